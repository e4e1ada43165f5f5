//! Which candidate a message belongs to, and whether its sender may change it.

use super::authentication::{disowned, vouched_for};
use super::{Candidate, Clues, Match, MatchEvidence, Openness, Trust};
use crate::reading::Message;
use crate::registration::Reference;

/// What each kind of evidence weighs. Whatever stands at [`STRONG`] or above names one registration by itself; two strong
/// pieces that name different ones are a contradiction, not a sum.
fn weight(evidence: &MatchEvidence) -> u32 {
    match evidence {
        MatchEvidence::Token => 100,
        MatchEvidence::Thread(_) => 60,
        MatchEvidence::Reference => 40,
        MatchEvidence::Ean => 20,
        MatchEvidence::Sender => 10,
    }
}

const STRONG: u32 = 40;

struct Weighed<'a> {
    candidate: &'a Candidate,
    evidence: Vec<MatchEvidence>,
}

impl Weighed<'_> {
    fn weight(&self) -> u32 {
        self.evidence.iter().map(weight).sum()
    }

    fn is_strong(&self) -> bool {
        self.evidence.iter().any(|evidence| weight(evidence) >= STRONG)
    }

    fn named(&self) -> (Reference, Vec<MatchEvidence>) {
        (self.candidate.reference.clone(), self.evidence.clone())
    }
}

pub(super) fn weigh(
    message: &Message,
    clues: &Clues,
    candidates: &[Candidate],
    trusted_authserv_ids: &[String],
) -> Match {
    let mut weighed: Vec<Weighed<'_>> = candidates
        .iter()
        .map(|candidate| Weighed {
            candidate,
            evidence: evidence_for(candidate, clues),
        })
        .filter(|weighed| !weighed.evidence.is_empty())
        .collect();
    let strong = weighed.iter().filter(|weighed| weighed.is_strong()).count();
    if strong > 1 {
        weighed.retain(Weighed::is_strong);
        return ambiguous(weighed);
    }
    // Of registrations that only the sender (or an EAN) leads to, the closed ones wait behind the open ones.
    let rank = |weighed: &Weighed<'_>| {
        (
            weighed.is_strong(),
            weighed.candidate.open == Openness::Open,
            weighed.weight(),
        )
    };
    weighed.sort_by_key(|weighed| std::cmp::Reverse(rank(weighed)));
    match weighed.as_slice() {
        [] => Match::Unmatched,
        [first, second, ..] if !first.is_strong() && rival(first, second) => ambiguous(weighed),
        [first, ..] => Match::Matched {
            reference: first.candidate.reference.clone(),
            evidence: first.evidence.clone(),
            trust: trust(message, clues, first, trusted_authserv_ids),
        },
    }
}

/// Whether the second is as likely as the first: open like it, and not outweighed.
fn rival(first: &Weighed<'_>, second: &Weighed<'_>) -> bool {
    first.candidate.open == second.candidate.open && first.weight() == second.weight()
}

fn ambiguous(weighed: Vec<Weighed<'_>>) -> Match {
    Match::Ambiguous {
        candidates: weighed.iter().map(Weighed::named).collect(),
    }
}

fn evidence_for(candidate: &Candidate, clues: &Clues) -> Vec<MatchEvidence> {
    let mut evidence = Vec::new();
    if clues.signed_token.as_ref() == Some(&candidate.reference) {
        evidence.push(MatchEvidence::Token);
    }
    let thread = clues.thread.iter().find(|id| candidate.letter_ids.contains(id));
    evidence.extend(thread.map(|id| MatchEvidence::Thread(id.clone())));
    let written = clues.references_in_text.iter().chain(&clues.unsigned_tokens);
    if written
        .into_iter()
        .any(|reference| *reference == candidate.reference)
    {
        evidence.push(MatchEvidence::Reference);
    }
    if sent_from(candidate, clues.senders.iter()) {
        evidence.push(MatchEvidence::Sender);
    }
    // Candidates come from look-ups by the clues: one that nothing else leads to was found by its EAN.
    if evidence.is_empty() && !clues.eans.is_empty() {
        evidence.push(MatchEvidence::Ean);
    }
    evidence
}

fn sent_from<'a>(candidate: &Candidate, mut senders: impl Iterator<Item = &'a String>) -> bool {
    let Some(email) = &candidate.email else {
        return false;
    };
    senders.any(|sender| sender.eq_ignore_ascii_case(email))
}

fn trust(message: &Message, clues: &Clues, matched: &Weighed<'_>, trusted_authserv_ids: &[String]) -> Trust {
    let Some(from) = message.from.as_ref().map(|from| &from.address) else {
        return Trust::Untrusted("the message has no sender".into());
    };
    // From alone counts: Reply-To is whatever the sender likes.
    if !sent_from(matched.candidate, std::iter::once(from)) {
        return Trust::Untrusted("not sent from the registered address".into());
    }
    if clues.signed_token.is_none() && !clues.unsigned_tokens.is_empty() {
        return Trust::Untrusted("the reply address carries a wrong signature".into());
    }
    // Reply addresses leak, by a Cc or a forwarded mail: one does not outweigh what our own server found out.
    if disowned(&message.authentication_results, trusted_authserv_ids) {
        return Trust::Untrusted("our mail server says that the sender's domain did not send it".into());
    }
    if matched.evidence.contains(&MatchEvidence::Token) {
        return Trust::Trusted("signed reply address and registered address".into());
    }
    if !matched.is_strong() {
        return Trust::Untrusted("neither a letter of ours nor the reference leads to it".into());
    }
    if vouched_for(&message.authentication_results, trusted_authserv_ids, from) {
        return Trust::Trusted("registered address of an authenticated domain".into());
    }
    Trust::Untrusted("no signed reply address, and the sender's domain is not authenticated".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::{Body, Mailbox, MessageKind};

    const OURS: &str = "mx.example.test";

    fn message(from: &str) -> Message {
        Message {
            message_id: None,
            in_reply_to: vec![],
            references: vec![],
            from: Some(Mailbox {
                name: None,
                address: from.into(),
            }),
            reply_to: None,
            return_path: None,
            to: vec![],
            cc: vec![],
            delivered_to: vec![],
            subject: String::new(),
            date: None,
            kind: MessageKind::Personal,
            language: None,
            body: Body::default(),
            attachments: vec![],
            authentication_results: vec![],
            faults: vec![],
        }
    }

    fn reference(digits: &str) -> Reference {
        format!("REG-{digits}").parse().unwrap()
    }

    fn candidate(digits: &str, open: Openness) -> Candidate {
        Candidate {
            reference: reference(digits),
            email: Some("an@skynet.example".into()),
            name: None,
            letter_ids: vec![format!("{digits}.1@example.test")],
            open,
        }
    }

    fn decided(message: &Message, clues: &Clues, candidates: &[Candidate]) -> Match {
        weigh(message, clues, candidates, &[OURS.to_owned()])
    }

    fn trust_of(found: &Match) -> &Trust {
        match found {
            Match::Matched { trust, .. } => trust,
            other => panic!("not matched: {other:?}"),
        }
    }

    fn sender_clue() -> Clues {
        Clues {
            senders: vec!["an@skynet.example".into()],
            ..Clues::default()
        }
    }

    #[test]
    fn a_signed_token_from_the_registered_address_is_trusted_and_from_another_is_not() {
        let clues = Clues {
            signed_token: Some(reference("7K3M9Q2X")),
            ..sender_clue()
        };
        let candidates = [candidate("7K3M9Q2X", Openness::Open)];
        let found = decided(&message("An@Skynet.example"), &clues, &candidates);
        assert!(matches!(trust_of(&found), Trust::Trusted(_)), "{found:?}");
        let found = decided(&message("jan@skynet.example"), &clues, &candidates);
        assert!(matches!(trust_of(&found), Trust::Untrusted(_)), "{found:?}");
    }

    #[test]
    fn a_forged_token_is_never_trusted_even_with_an_authenticated_sender() {
        let clues = Clues {
            unsigned_tokens: vec![reference("7K3M9Q2X")],
            ..sender_clue()
        };
        let mut mail = message("an@skynet.example");
        mail.authentication_results = vec![format!("{OURS}; dmarc=pass header.from=skynet.example")];
        let found = decided(&mail, &clues, &[candidate("7K3M9Q2X", Openness::Open)]);
        assert!(matches!(trust_of(&found), Trust::Untrusted(_)), "{found:?}");
    }

    #[test]
    fn a_signed_token_does_not_help_a_sender_whom_our_server_disowns() {
        let clues = Clues {
            signed_token: Some(reference("7K3M9Q2X")),
            ..sender_clue()
        };
        let candidates = [candidate("7K3M9Q2X", Openness::Open)];
        let mut mail = message("an@skynet.example");
        assert!(matches!(
            trust_of(&decided(&mail, &clues, &candidates)),
            Trust::Trusted(_)
        ));
        mail.authentication_results = vec![format!("{OURS}; dmarc=fail header.from=skynet.example")];
        let found = decided(&mail, &clues, &candidates);
        assert!(matches!(trust_of(&found), Trust::Untrusted(_)), "{found:?}");
        // Another server's word for it is anybody's.
        mail.authentication_results = vec!["mx.other.example; dmarc=fail header.from=skynet.example".into()];
        assert!(matches!(
            trust_of(&decided(&mail, &clues, &candidates)),
            Trust::Trusted(_)
        ));
    }

    #[test]
    fn a_thread_needs_an_authenticated_domain() {
        let clues = Clues {
            thread: vec!["7K3M9Q2X.1@example.test".into()],
            ..sender_clue()
        };
        let candidates = [candidate("7K3M9Q2X", Openness::Open)];
        let mut mail = message("an@skynet.example");
        assert!(matches!(
            trust_of(&decided(&mail, &clues, &candidates)),
            Trust::Untrusted(_)
        ));
        mail.authentication_results = vec![format!("{OURS}; dmarc=pass header.from=skynet.example")];
        assert!(matches!(
            trust_of(&decided(&mail, &clues, &candidates)),
            Trust::Trusted(_)
        ));
    }

    #[test]
    fn strong_clues_that_disagree_are_ambiguous() {
        let clues = Clues {
            signed_token: Some(reference("7K3M9Q2X")),
            references_in_text: vec![reference("3RK8B5ZW")],
            ..sender_clue()
        };
        let candidates = [
            candidate("7K3M9Q2X", Openness::Open),
            candidate("3RK8B5ZW", Openness::Open),
        ];
        let found = decided(&message("an@skynet.example"), &clues, &candidates);
        assert!(
            matches!(&found, Match::Ambiguous { candidates } if candidates.len() == 2),
            "{found:?}"
        );
    }

    #[test]
    fn the_sender_alone_matches_his_one_open_registration_without_trust() {
        let candidates = [
            candidate("7K3M9Q2X", Openness::Closed),
            candidate("3RK8B5ZW", Openness::Open),
        ];
        let found = decided(&message("an@skynet.example"), &sender_clue(), &candidates);
        assert!(
            matches!(&found, Match::Matched { reference: r, .. } if *r == reference("3RK8B5ZW")),
            "{found:?}"
        );
        assert!(matches!(trust_of(&found), Trust::Untrusted(_)));
        let both = [
            candidate("7K3M9Q2X", Openness::Open),
            candidate("3RK8B5ZW", Openness::Open),
        ];
        let found = decided(&message("an@skynet.example"), &sender_clue(), &both);
        assert!(matches!(found, Match::Ambiguous { .. }), "{found:?}");
        assert_eq!(
            decided(&message("x@y.example"), &Clues::default(), &[]),
            Match::Unmatched
        );
    }
}
