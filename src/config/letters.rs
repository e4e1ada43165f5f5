//! `[letters]`: how much is asked, and how often.

use crate::registration::life_cycle::Policy;
use crate::registration::question::QUESTIONS_MAX;

use super::reader::Section;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterSettings {
    pub policy: Policy,
    /// Days within which letters ask for an answer.
    pub answer_days: u8,
}

pub(super) fn read(mut section: Section<'_>) -> LetterSettings {
    let default = Policy::default();
    let policy = Policy {
        requests_max: section.number("requests_max", u64::from(default.requests_max), 1..=20) as u32,
        questions_per_letter_max: section.number(
            "questions_per_letter_max",
            default.questions_per_letter_max as u64,
            1..=QUESTIONS_MAX as u64,
        ) as usize,
        patience: default.patience,
    };
    let answer_days = section.number("answer_days", 7, 1..=60) as u8;
    section.finish();
    LetterSettings { policy, answer_days }
}
