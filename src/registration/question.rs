//! A finding that was put to the customer.

use serde::{Deserialize, Serialize};

use super::Field;

/// No letter asks more than this at once: a longer list is not answered.
pub const QUESTIONS_MAX: usize = 5;

/// Why a field is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The field is empty; a value is wanted.
    Missing,
    /// The value cannot be right; another one is wanted.
    Invalid,
    /// The value may be right; a yes or a corrected value is wanted.
    Doubtful,
}

/// A finding that was put to the customer in a clarification request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    pub field: Field,
    pub reason: Reason,
    /// The code of the verification rule that asked, such as `ean_check_digit`: letters choose their words by it.
    pub code: String,
    /// The value that was questioned; none when it was missing.
    pub value: Option<String>,
    /// An answer the customer gave to this question that failed its checks, and the code of what was wrong with it.
    /// The next letter says so.
    pub failed_answer: Option<FailedAnswer>,
    pub settlement: Option<Settlement>,
}

impl Question {
    /// Whether both ask the same of the same value: then it is one question, asked once.
    pub fn asks_the_same(&self, other: &Question) -> bool {
        let same_code = self.code == other.code || self.code.is_empty() || other.code.is_empty();
        self.field == other.field && self.reason == other.reason && self.value == other.value && same_code
    }
}

/// A value the customer answered with that is not valid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedAnswer {
    pub value: String,
    /// The code of [`super::value::ValueFault`].
    pub fault: String,
}

/// How a question was settled. What was settled is never asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settlement {
    /// The customer, or an agent, gave another value.
    Corrected,
    /// The customer, or an agent, said that the value is right.
    Confirmed,
    /// Verification has nothing against the field any more.
    Resolved,
}
