//! PURE. Match + understanding -> disposition: apply, review or ignore, with the reason.

pub mod queue;

use serde::Serialize;

use crate::matching::{Match, Trust};
use crate::registration::Field;
use crate::registration::life_cycle::{AnswerToApply, CertainAnswer};
use crate::understanding::{AnswerStatus, Doubt, Kind, Understanding};

/// What happens to a message. Each message has exactly one.
#[derive(Debug, Clone, PartialEq)]
pub enum Disposition {
    /// Everything in it is certain: the answers are applied without a person.
    Apply {
        answers: Vec<AnswerToApply>,
        reasons: Vec<ReasonForPeople>,
    },
    /// An agent decides.
    Review { reasons: Vec<ReasonForPeople> },
    /// Needs nobody: robots, thanks.
    Ignore { reasons: Vec<ReasonForPeople> },
}

/// A stable code and the piece of text it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct ReasonForPeople {
    pub code: String,
    pub detail: Option<String>,
    /// Byte range in [`crate::reading::Body::text`].
    pub span: Option<(usize, usize)>,
    /// The words of the detail that gave rise to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
}

/// Whether the sender is judged: `interpret` reads files, which carry no sender trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judging<'a> {
    Sender(&'a Trust),
    ContentOnly,
}

/// What happens to a message that belongs to a registration.
///
/// A robot is ignored whoever sent it; a doubt goes to an agent, and so does a sender who may not change the registration;
/// what is left is certain.
pub fn decide(understanding: &Understanding, judging: Judging<'_>) -> Disposition {
    if let Some(reason) = robot(understanding) {
        return Disposition::Ignore {
            reasons: vec![reason],
        };
    }
    let mut reasons: Vec<ReasonForPeople> = understanding.doubts.iter().map(ReasonForPeople::of).collect();
    if let Some(reason) = kind_for_people(understanding.kind)
        && reasons.iter().all(|known| known.code != reason.code)
    {
        reasons.push(reason);
    }
    let answers = certain_answers(understanding);
    let asks_nothing = understanding.kind == Kind::Unrelated && reasons.is_empty();
    if asks_nothing && answers.is_empty() {
        return Disposition::Ignore {
            reasons: vec![ReasonForPeople::plain("nothing_to_answer", None)],
        };
    }
    if let Judging::Sender(Trust::Untrusted(why)) = judging {
        reasons.push(ReasonForPeople::plain("untrusted_sender", Some(why.clone())));
    }
    let denied = understanding
        .answers
        .iter()
        .find(|(_, answer)| answer.status == AnswerStatus::Unclear);
    if let (Some((field, _)), true) = (denied, answers.is_empty()) {
        // "That is wrong" and no more: asking the same again would sound deaf.
        reasons.push(ReasonForPeople::plain(
            "denied_without_value",
            Some(field.to_string()),
        ));
    }
    if !reasons.is_empty() {
        return Disposition::Review { reasons };
    }
    if answers.is_empty() {
        return Disposition::Ignore {
            reasons: vec![ReasonForPeople::plain("nothing_answered_yet", None)],
        };
    }
    Disposition::Apply {
        answers,
        reasons: vec![ReasonForPeople::plain("everything_accounted_for", None)],
    }
}

/// What happens to a message that belongs to none, or to several. `by_robot`: what it is, if no person wrote it
/// ([`crate::understanding::robot`]).
pub fn decide_unmatched(by_robot: Option<&Understanding>, found: &Match) -> Disposition {
    if let Some(reason) = by_robot.and_then(|by_robot| robot(by_robot).or_else(|| bulk(by_robot))) {
        return Disposition::Ignore {
            reasons: vec![reason],
        };
    }
    let reason = match found {
        Match::Ambiguous { candidates } => {
            let names: Vec<&str> = candidates
                .iter()
                .map(|(reference, _)| reference.as_str())
                .collect();
            ReasonForPeople::plain("ambiguous_match", Some(names.join(", ")))
        }
        Match::Unmatched => ReasonForPeople::plain("unmatched", None),
        Match::Matched { reference, .. } => ReasonForPeople::plain("unmatched", Some(reference.to_string())),
    };
    Disposition::Review {
        reasons: vec![reason],
    }
}

impl ReasonForPeople {
    fn plain(code: &str, detail: Option<String>) -> ReasonForPeople {
        ReasonForPeople {
            code: code.to_owned(),
            detail,
            span: None,
            words: Vec::new(),
        }
    }

    fn of(doubt: &Doubt) -> ReasonForPeople {
        ReasonForPeople {
            code: doubt.reason.name().to_owned(),
            detail: doubt.text.clone(),
            span: doubt.span,
            words: doubt.words.clone(),
        }
    }
}

impl Disposition {
    /// `apply`, `review` or `ignore`.
    pub fn name(&self) -> &'static str {
        match self {
            Disposition::Apply { .. } => "apply",
            Disposition::Review { .. } => "review",
            Disposition::Ignore { .. } => "ignore",
        }
    }

    pub fn reasons(&self) -> &[ReasonForPeople] {
        match self {
            Disposition::Apply { reasons, .. }
            | Disposition::Review { reasons }
            | Disposition::Ignore { reasons } => reasons,
        }
    }
}

/// Why nobody needs to see a robot's message; one that says that our letter reached nobody is doubted, and seen.
fn robot(understanding: &Understanding) -> Option<ReasonForPeople> {
    let kind = understanding.kind;
    match kind {
        _ if !understanding.doubts.is_empty() => None,
        Kind::AutoReply | Kind::Bounce => Some(ReasonForPeople::plain(kind.name(), None)),
        Kind::Answer | Kind::Question | Kind::Withdrawal | Kind::Unrelated => None,
    }
}

/// Why nobody needs to see mail for the many: of what no person wrote, it is all that is unrelated.
fn bulk(by_robot: &Understanding) -> Option<ReasonForPeople> {
    let is_bulk = by_robot.kind == Kind::Unrelated && by_robot.doubts.is_empty();
    is_bulk.then(|| ReasonForPeople::plain("bulk", None))
}

/// Kinds that a person reads even if no sentence raised a doubt.
fn kind_for_people(kind: Kind) -> Option<ReasonForPeople> {
    match kind {
        Kind::Question | Kind::Withdrawal => Some(ReasonForPeople::plain(kind.name(), None)),
        _ => None,
    }
}

fn certain_answers(understanding: &Understanding) -> Vec<AnswerToApply> {
    let mut answers: Vec<AnswerToApply> = understanding
        .answers
        .iter()
        .filter_map(|(field, answer)| {
            let certain = match &answer.status {
                AnswerStatus::Corrected(value) => CertainAnswer::Corrected(value.clone()),
                AnswerStatus::Confirmed => CertainAnswer::Confirmed,
                AnswerStatus::Failed(failed) => CertainAnswer::Failed(failed.clone()),
                AnswerStatus::Unclear => return None,
            };
            Some(AnswerToApply {
                field: *field,
                answer: certain,
                evidence: answer.evidence.clone(),
            })
        })
        .collect();
    // The field of a written yes has no meaning.
    answers.extend(understanding.written_yes.iter().map(|evidence| AnswerToApply {
        field: Field::FirstName,
        answer: CertainAnswer::WrittenYes,
        evidence: evidence.clone(),
    }));
    answers
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::registration::Evidence;
    use crate::understanding::{Answer, DoubtReason};

    fn understood(kind: Kind, statuses: &[(Field, AnswerStatus)], doubts: &[DoubtReason]) -> Understanding {
        let evidence = Evidence {
            part: "body".into(),
            span: None,
            text: "x".into(),
            rule: "test".into(),
            place: None,
        };
        let answers: BTreeMap<Field, Answer> = statuses
            .iter()
            .map(|(field, status)| {
                (
                    *field,
                    Answer {
                        status: status.clone(),
                        evidence: evidence.clone(),
                        checks: Vec::new(),
                    },
                )
            })
            .collect();
        let doubts = doubts
            .iter()
            .map(|reason| Doubt {
                reason: *reason,
                text: None,
                span: None,
                words: Vec::new(),
            })
            .collect();
        Understanding {
            kind,
            answers,
            written_yes: None,
            doubts,
            language: None,
        }
    }

    fn codes(disposition: &Disposition) -> (&'static str, Vec<&str>) {
        (
            disposition.name(),
            disposition
                .reasons()
                .iter()
                .map(|reason| reason.code.as_str())
                .collect(),
        )
    }

    #[test]
    fn a_certain_answer_is_applied_only_from_a_trusted_sender() {
        let certain = understood(
            Kind::Answer,
            &[(Field::Box, AnswerStatus::Corrected("3".into()))],
            &[],
        );
        let trusted = Trust::Trusted("token".into());
        assert_eq!(decide(&certain, Judging::Sender(&trusted)).name(), "apply");
        assert_eq!(decide(&certain, Judging::ContentOnly).name(), "apply");
        let stranger = Trust::Untrusted("another address".into());
        let decided = decide(&certain, Judging::Sender(&stranger));
        assert_eq!(codes(&decided), ("review", vec!["untrusted_sender"]));
    }

    #[test]
    fn one_doubt_is_enough_for_a_person() {
        let confirmed = [(Field::Box, AnswerStatus::Confirmed)];
        let doubted = understood(Kind::Answer, &confirmed, &[DoubtReason::UnexplainedSentence]);
        assert_eq!(
            codes(&decide(&doubted, Judging::ContentOnly)),
            ("review", vec!["unexplained_sentence"])
        );
        let question = understood(Kind::Question, &confirmed, &[]);
        assert_eq!(
            codes(&decide(&question, Judging::ContentOnly)),
            ("review", vec!["question"])
        );
        let denied = understood(Kind::Answer, &[(Field::Box, AnswerStatus::Unclear)], &[]);
        assert_eq!(
            codes(&decide(&denied, Judging::ContentOnly)),
            ("review", vec!["denied_without_value"])
        );
    }

    #[test]
    fn robots_thanks_and_promises_need_nobody_whoever_sent_them() {
        let stranger = Trust::Untrusted("another address".into());
        for (kind, code) in [
            (Kind::AutoReply, "auto_reply"),
            (Kind::Bounce, "bounce"),
            (Kind::Unrelated, "nothing_to_answer"),
        ] {
            let decided = decide(&understood(kind, &[], &[]), Judging::Sender(&stranger));
            assert_eq!(codes(&decided), ("ignore", vec![code]));
        }
        let later = decide(&understood(Kind::Answer, &[], &[]), Judging::ContentOnly);
        assert_eq!(codes(&later), ("ignore", vec!["nothing_answered_yet"]));
    }

    #[test]
    fn what_belongs_to_none_is_reviewed_unless_a_robot_wrote_it() {
        assert_eq!(
            codes(&decide_unmatched(None, &Match::Unmatched)),
            ("review", vec!["unmatched"])
        );
        let bounce = understood(Kind::Bounce, &[], &[]);
        assert_eq!(
            decide_unmatched(Some(&bounce), &Match::Unmatched).name(),
            "ignore"
        );
        let newsletter = understood(Kind::Unrelated, &[], &[]);
        assert_eq!(
            codes(&decide_unmatched(Some(&newsletter), &Match::Unmatched)),
            ("ignore", vec!["bulk"])
        );
    }

    #[test]
    fn a_robot_that_says_that_nobody_was_reached_is_seen_by_a_person() {
        let unread = understood(Kind::AutoReply, &[], &[DoubtReason::NeedsPerson]);
        let decided = decide(&unread, Judging::ContentOnly);
        assert_eq!(codes(&decided), ("review", vec!["needs_person"]));
        let unmatched = decide_unmatched(Some(&unread), &Match::Unmatched);
        assert_eq!(unmatched.name(), "review");
    }
}
