//! PURE. Message + registration + the letter it answers -> what the customer answered, with spans.
//!
//! Applies nothing and decides nothing: a doubt is a value here ([`Understanding::doubts`]), and one doubt is enough for
//! [`crate::decision`] to hand the message to an agent.

use std::collections::BTreeMap;

use crate::reading::Message;
use crate::registration::question::FailedAnswer;
use crate::registration::{Evidence, Field, Language, LetterKind, Registration};

/// The letter that a message answers, as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentLetter {
    /// None when only its text is known.
    pub kind: Option<LetterKind>,
    /// The text part, as rendered.
    pub text: String,
}

/// What a message says, as a careful agent would take it.
#[derive(Debug, Clone, PartialEq)]
pub struct Understanding {
    pub kind: Kind,
    pub answers: BTreeMap<Field, Answer>,
    /// The customer's written yes to a phone registration, when the message answers that letter and plainly says it.
    pub written_yes: Option<Evidence>,
    /// Why a person must read it; empty when every sentence is accounted for.
    pub doubts: Vec<Doubt>,
    pub language: Option<Language>,
}

/// The kinds of the reply corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Answer,
    Question,
    Withdrawal,
    AutoReply,
    Bounce,
    Unrelated,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::Answer => "answer",
            Kind::Question => "question",
            Kind::Withdrawal => "withdrawal",
            Kind::AutoReply => "auto_reply",
            Kind::Bounce => "bounce",
            Kind::Unrelated => "unrelated",
        }
    }
}

/// What a message says of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: AnswerStatus,
    pub evidence: Evidence,
    /// The checks the value passed, by name, for people to see.
    pub checks: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerStatus {
    /// Another value, valid and in normal form.
    Corrected(String),
    /// The registered value is right.
    Confirmed,
    /// A value was given for the field and fails its checks.
    Failed(FailedAnswer),
    /// Something was said of the field that cannot be taken as a value.
    Unclear,
}

/// Why a person must look, with the piece of text that asks for it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Doubt {
    pub reason: DoubtReason,
    /// The sentence or value in question.
    pub text: Option<String>,
    /// Byte range in [`crate::reading::Body::text`].
    pub span: Option<(usize, usize)>,
}

/// The names are shown in `reasons` and on the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DoubtReason {
    /// A sentence that is neither answer, greeting, thanks, closing nor a known phrase without consequence.
    UnexplainedSentence,
    Question,
    Withdrawal,
    /// Two values for one field, or a text that contradicts its other part.
    Contradiction,
    /// A value that may belong to several fields (an EAN without its energy).
    AmbiguousValue,
    /// Something was said of an asked field that is no value.
    UnclearAnswer,
    /// IBAN and e-mail changes always go to an agent.
    SensitiveField,
    /// An attachment that was not read.
    UnreadAttachment,
    /// What was given says something that nobody asked.
    UnaskedField,
    /// The reader had a fault.
    Unreadable,
    /// A threat, a refusal, an erasure request, "not me".
    NeedsPerson,
}

/// Understands a message against its registration and the letter it answers.
pub fn understand(
    message: &Message,
    registration: &Registration,
    letter: Option<&SentLetter>,
) -> Understanding {
    let _ = (message, registration, letter);
    todo!()
}
