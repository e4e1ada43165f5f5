//! PURE. Message + candidates -> the registration it belongs to, with the evidence for it.

mod authentication;
mod clues;
mod weighing;

use crate::reading::Message;
use crate::registration::Reference;

/// A registration that a message may belong to, as the store's look-ups found it.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    pub reference: Reference,
    /// The registered e-mail address, lower case.
    pub email: Option<String>,
    /// `first_name last_name` or the company.
    pub name: Option<String>,
    /// Message-IDs of the letters sent to it, without angle brackets.
    pub letter_ids: Vec<String>,
    /// Still open: not closed, withdrawn or expired long ago.
    pub open: Openness,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Openness {
    Open,
    Closed,
}

/// What to look candidates up by: everything in the message that may lead to a registration. All in normal form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Clues {
    /// Reference of a reply token whose signature is right.
    pub signed_token: Option<Reference>,
    /// References of reply addresses whose signature is wrong or absent.
    pub unsigned_tokens: Vec<Reference>,
    /// Message-IDs it answers: In-Reply-To first, then References newest first.
    pub thread: Vec<String>,
    /// References written in subject or text.
    pub references_in_text: Vec<Reference>,
    /// From, Reply-To: lower case.
    pub senders: Vec<String>,
    /// EANs in the own text or the subject.
    pub eans: Vec<String>,
}

/// Checks a reply token: the edge that knows the key gives it. The argument is the part after `+` in the local part.
pub trait TokenCheck {
    /// The reference, and whether the signature is right; none when it is no token at all.
    fn check(&self, token: &str) -> Option<(Reference, Signature)>;
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signature {
    Valid,
    Invalid,
}

/// The registration a message belongs to, or why none could be named.
#[derive(Debug, Clone, PartialEq)]
pub enum Match {
    /// Belongs to it, by all that is known.
    Matched {
        reference: Reference,
        evidence: Vec<MatchEvidence>,
        trust: Trust,
    },
    /// May belong to these; an agent looks.
    Ambiguous {
        candidates: Vec<(Reference, Vec<MatchEvidence>)>,
    },
    Unmatched,
}

/// One thing that leads from the message to the registration.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "by", content = "what", rename_all = "snake_case")]
pub enum MatchEvidence {
    /// Signed reply token.
    Token,
    /// In-Reply-To or References name a letter of ours.
    Thread(String),
    /// The reference stands in the subject or text.
    Reference,
    /// Sent from the registered address.
    Sender,
    /// An EAN of the registration stands in it.
    Ean,
}

/// Whether the sender may change the registration (promise 4).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "trust", content = "why", rename_all = "snake_case")]
pub enum Trust {
    /// Signed reply token (or thread) and registered address, or an authenticated domain aligned with it.
    Trusted(String),
    /// Why not.
    Untrusted(String),
}

/// What to look up, before candidates are known.
pub fn clues(message: &Message, tokens: &dyn TokenCheck) -> Clues {
    clues::gather(message, tokens)
}

/// Decides among the candidates. `trusted_authserv_ids` names the servers (RFC 8601 authserv-id) whose
/// Authentication-Results headers are believed: ours; headers of any other name are the sender's own say-so.
pub fn match_message(
    message: &Message,
    clues: &Clues,
    candidates: &[Candidate],
    trusted_authserv_ids: &[String],
) -> Match {
    weighing::weigh(message, clues, candidates, trusted_authserv_ids)
}
