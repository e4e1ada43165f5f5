//! What an edge says about itself to `doctor` and `/readyz`: what it saw, or what is wrong and how to mend it.

/// Something outside does not work, in words for an operator. Holds no secrets.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}. {remedy}")]
pub struct Fault {
    pub what: String,
    /// A sentence that says what to do.
    pub remedy: String,
}

impl Fault {
    pub fn new(what: impl Into<String>, remedy: impl Into<String>) -> Fault {
        Fault {
            what: what.into(),
            remedy: remedy.into(),
        }
    }
}

/// An edge that works: what it saw there, a sentence each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    pub seen: Vec<String>,
}
