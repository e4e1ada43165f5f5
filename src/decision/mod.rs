//! PURE. Match + understanding -> disposition: apply, review or ignore, with the reason.

use serde::Serialize;

use crate::matching::{Match, Trust};
use crate::registration::life_cycle::AnswerToApply;
use crate::understanding::Understanding;

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
pub fn decide(understanding: &Understanding, judging: Judging<'_>) -> Disposition {
    let _ = (understanding, judging);
    todo!()
}

/// What happens to a message that belongs to none, or to several.
pub fn decide_unmatched(understanding: Option<&Understanding>, found: &Match) -> Disposition {
    let _ = (understanding, found);
    todo!()
}
