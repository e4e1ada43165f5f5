//! What verification has against a registration.

use serde::{Deserialize, Serialize};

use super::{Field, Reason};

/// One thing verification has against a registration, with the code of the rule that found it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "for", rename_all = "snake_case")]
pub enum Finding {
    /// The customer can settle it: it becomes a question.
    Customer {
        field: Field,
        reason: Reason,
        code: String,
        value: Option<String>,
    },
    /// Only a person of the supplier can settle it; never put to the customer.
    Agent { field: Option<Field>, code: String },
}
