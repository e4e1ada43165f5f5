//! The life cycle: `(registration, command) -> events + what to do`, or a named refusal.
//!
//! ```text
//! received -> verifying -> verified -> accepted (contract confirmed) -> active
//!                |  ^         \-> rejected -> (blocked again, by reason, or closed)
//!                v  |  requeued
//!              blocked: awaiting customer | awaiting agent
//! from any open state: withdrawn; from blocked: expired (a later answer reopens it)
//! ```
//!
//! [`decide`] is the only maker of events and [`Registration::evolve`] the only one that changes a registration, so an
//! illegal move cannot be made elsewhere.

mod decide;
mod evolve;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::event::{Event, LetterKind};
use super::evidence::Evidence;
use super::question::{FailedAnswer, QUESTIONS_MAX};
use super::{AgentWords, DistributorDecision, Energy, Field, Finding, Patience};

pub use decide::{decide, submit};

/// Whom a blocked registration waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Awaiting {
    Customer,
    Agent,
}

/// Where a registration stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    Received,
    Verifying,
    Blocked { awaiting: Awaiting },
    Verified,
    Accepted,
    Active,
    Rejected,
    Withdrawn,
    Expired,
}

impl State {
    /// The name as the API says it; `blocked` whoever it waits for.
    pub fn name(self) -> &'static str {
        match self {
            State::Received => "received",
            State::Verifying => "verifying",
            State::Blocked { .. } => "blocked",
            State::Verified => "verified",
            State::Accepted => "accepted",
            State::Active => "active",
            State::Rejected => "rejected",
            State::Withdrawn => "withdrawn",
            State::Expired => "expired",
        }
    }

    /// Whom it waits for, when it is blocked.
    pub fn awaiting(self) -> Option<Awaiting> {
        match self {
            State::Blocked { awaiting } => Some(awaiting),
            _ => None,
        }
    }

    /// Whether verification has still to look at it.
    pub fn awaits_verification(self) -> bool {
        matches!(self, State::Received | State::Verifying)
    }
}

/// One answer of a message, certain enough to apply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerToApply {
    pub field: Field,
    pub answer: CertainAnswer,
    pub evidence: Evidence,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CertainAnswer {
    /// Another value, valid and in normal form.
    Corrected(String),
    /// The registered value is right.
    Confirmed,
    /// A value that certainly answers the question and certainly fails its checks.
    Failed(FailedAnswer),
    /// The written yes to a registration made by phone; `field` is of no meaning then.
    WrittenYes,
}

/// What somebody wants to happen to a registration.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Verification looked at the fields, as they were after that many changes ([`super::Registration::changes`]).
    Verify {
        changes_seen: u32,
        findings: Vec<Finding>,
    },
    /// A message of the customer was read: its answers are applied and the registration is requeued.
    Answer {
        message: String,
        kind: String,
        answers: Vec<AnswerToApply>,
        /// The changes ([`super::Registration::changes`]) of the registration it was understood against. None when an agent
        /// has compared the values.
        changes_seen: Option<u32>,
    },
    /// A message that changes nothing was received, with what became of it.
    NoteMessage {
        message: String,
        kind: String,
        disposition: String,
        /// When the customer is back, of an out-of-office that says so.
        returns_on: Option<Date>,
    },
    /// The customer is still silent: what is due is done.
    BreakSilence,
    /// An agent sets a field; `None` empties it.
    SetField {
        field: Field,
        value: Option<String>,
    },
    /// An agent says that the registered value is right.
    ConfirmField {
        field: Field,
    },
    /// An agent puts the registration back to verification.
    Requeue,
    /// An agent leaves it to the customer: the open questions wait, no letter goes out.
    AwaitCustomer,
    /// An agent closes a registration that the distributor refused.
    Reject,
    /// An agent asks the open questions again.
    AskAgain,
    /// An agent writes to the customer in own words.
    Reply {
        words: AgentWords,
    },
    /// An agent takes back the last applied answer to a field.
    UndoField {
        field: Field,
    },
    HandToAgent {
        reason: String,
    },
    /// The customer's written yes, recorded by an agent.
    RecordWrittenYes,
    Decide {
        energy: Energy,
        decision: DistributorDecision,
    },
    Activate,
    Withdraw {
        message: Option<String>,
    },
    Expire,
    LetterSent {
        letter: u32,
    },
    LetterFailed {
        letter: u32,
        detail: String,
    },
    LetterBounced {
        letter: u32,
        severity: String,
        status: Option<String>,
    },
}

/// What has to be done because of the events, in the same transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    QueueLetter {
        letter: u32,
        kind: LetterKind,
        /// Of [`LetterKind::AgentReply`] alone.
        words: Option<AgentWords>,
    },
}

/// Settings the life cycle decides by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Letters that ask something, at most, a registration; then an agent.
    pub requests_max: u32,
    /// Questions in one letter, at most.
    pub questions_per_letter_max: usize,
    pub patience: Patience,
}

impl Default for Policy {
    fn default() -> Policy {
        Policy {
            requests_max: 4,
            questions_per_letter_max: QUESTIONS_MAX,
            patience: Patience::default(),
        }
    }
}

/// The events to record, in order, and what to do because of them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outcome {
    pub events: Vec<Event>,
    pub effects: Vec<Effect>,
}

/// Why a command cannot be carried out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("a registration that is {state} cannot {what}")]
    WrongState { state: &'static str, what: &'static str },
    #[error("the registration is not for {}", energy.name())]
    EnergyNotAsked { energy: Energy },
    #[error("{0} was decided already, otherwise")]
    DecidedOtherwise(&'static str),
    #[error(
        "the registration was made by phone: the customer's written yes has not come yet (law of 3 May 2024)"
    )]
    WrittenYesMissing,
    #[error("the field `{field}` cannot take that value: {fault}")]
    InvalidValue { field: Field, fault: String },
    #[error("its fields changed while they were looked at")]
    ChangedMeanwhile,
    #[error("the distributor accepted the supply with `{0}` as it is")]
    AcceptedAsItIs(Field),
    #[error("there is nothing to undo for `{0}`")]
    NothingToUndo(Field),
    #[error("`{0}` is changed by agents only")]
    AgentsOnly(Field),
    #[error("the registration has no field `{0}`")]
    NotApplicable(Field),
    #[error("the wished start date has not come yet")]
    NotYetStarted,
    #[error("nothing is due yet because of the customer's silence")]
    NothingDue,
    #[error("there is no open question to ask")]
    NothingToAsk,
    #[error("the customer cannot be written to: {0}")]
    Unreachable(&'static str),
}
