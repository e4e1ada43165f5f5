//! PURE. Match + understanding -> disposition: apply, review or ignore, with the reason.

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
    if let Some(reason) = robot(understanding.kind) {
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

/// What happens to a message that belongs to none, or to several.
pub fn decide_unmatched(understanding: Option<&Understanding>, found: &Match) -> Disposition {
    if let Some(reason) = understanding.and_then(|understanding| robot(understanding.kind)) {
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
        }
    }

    fn of(doubt: &Doubt) -> ReasonForPeople {
        ReasonForPeople {
            code: doubt.reason.name().to_owned(),
            detail: doubt.text.clone(),
            span: doubt.span,
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

/// Why nobody needs to see a robot's message.
fn robot(kind: Kind) -> Option<ReasonForPeople> {
    match kind {
        Kind::AutoReply | Kind::Bounce => Some(ReasonForPeople::plain(kind.name(), None)),
        Kind::Answer | Kind::Question | Kind::Withdrawal | Kind::Unrelated => None,
    }
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
