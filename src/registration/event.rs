//! What happened to a registration: the append-only history that its current row is folded from.

use std::fmt;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::evidence::Evidence;
use super::question::FailedAnswer;
use super::{Awaiting, Energy, Field, Question, RegistrationDocument};

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "name", rename_all = "snake_case")]
pub enum Actor {
    Customer,
    Agent(String),
    Estafette,
    ApiClient(String),
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Actor::Customer => f.write_str("customer"),
            Actor::Agent(name) => write!(f, "agent {name}"),
            Actor::Estafette => f.write_str("estafette"),
            Actor::ApiClient(name) => write!(f, "api {name}"),
        }
    }
}

/// The kinds of letters. A later kind is a new variant and a new folder of templates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LetterKind {
    /// All data entered, sent within a minute; "this is not a contract".
    RegistrationConfirmation,
    /// The numbered questions of a blocked registration.
    ClarificationRequest,
    /// The same for what is still open, saying what was wrong with what was answered.
    FollowUp,
    /// What was corrected, old and new, once everything asked is settled.
    Acknowledgement,
    /// Nobody answered: the open questions again.
    Reminder,
    /// The last time, with what happens otherwise.
    LastReminder,
    /// Closed for want of an answer, and how to open it again.
    Expiry,
    /// The customer's withdrawal was noted.
    WithdrawalAcknowledgement,
    /// The distributor refused, and nothing mends it.
    DistributorRefusal,
    /// An agent's own words.
    AgentReply,
    /// The distributor has accepted: what domain law wants a contract confirmation to show.
    ContractConfirmation,
}

impl LetterKind {
    pub const ALL: [LetterKind; 11] = [
        LetterKind::RegistrationConfirmation,
        LetterKind::ClarificationRequest,
        LetterKind::FollowUp,
        LetterKind::Acknowledgement,
        LetterKind::ContractConfirmation,
        LetterKind::Reminder,
        LetterKind::LastReminder,
        LetterKind::Expiry,
        LetterKind::WithdrawalAcknowledgement,
        LetterKind::DistributorRefusal,
        LetterKind::AgentReply,
    ];

    /// The name in snake case, as stored and shown.
    pub fn name(self) -> &'static str {
        match self {
            LetterKind::RegistrationConfirmation => "registration_confirmation",
            LetterKind::ClarificationRequest => "clarification_request",
            LetterKind::FollowUp => "follow_up",
            LetterKind::Acknowledgement => "acknowledgement",
            LetterKind::ContractConfirmation => "contract_confirmation",
            LetterKind::Reminder => "reminder",
            LetterKind::LastReminder => "last_reminder",
            LetterKind::Expiry => "expiry",
            LetterKind::WithdrawalAcknowledgement => "withdrawal_acknowledgement",
            LetterKind::DistributorRefusal => "distributor_refusal",
            LetterKind::AgentReply => "agent_reply",
        }
    }

    /// Whether it asks something again that was asked, of somebody who was silent.
    pub fn is_reminder(self) -> bool {
        matches!(self, LetterKind::Reminder | LetterKind::LastReminder)
    }

    /// The kind of a stored name.
    pub fn from_name(name: &str) -> Option<LetterKind> {
        LetterKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// One event. The tag is the event's name in the API.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    Submitted {
        registration: Box<RegistrationDocument>,
    },
    VerificationPassed,
    Blocked {
        awaiting: Awaiting,
        /// The questions that are new with this event; earlier open ones stay open.
        questions: Vec<Question>,
        /// Codes of the findings an agent must decide on.
        findings_for_agent: Vec<String>,
    },
    /// Verification has nothing against these fields any more, though nobody answered (another correction mended them).
    QuestionsResolved {
        fields: Vec<Field>,
    },
    LetterQueued {
        letter: u32,
        kind: LetterKind,
    },
    LetterSent {
        letter: u32,
    },
    LetterBounced {
        letter: u32,
        /// `hard`, `soft` or `delayed`.
        severity: String,
        /// Enhanced status code of RFC 3463, when the report has one.
        status: Option<String>,
    },
    LetterFailed {
        letter: u32,
        detail: String,
    },
    MessageReceived {
        /// Identifier of the message in the store.
        message: String,
        /// `answer`, `question`, `withdrawal`, `auto_reply`, `bounce` or `unrelated`.
        kind: String,
        /// `apply`, `review` or `ignore`.
        disposition: String,
        /// When the customer is back, of an out-of-office that says so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        returns_on: Option<Date>,
    },
    /// A field got another value, by the customer's answer (then with `message` and `evidence`) or by an agent's hand.
    AnswerApplied {
        field: Field,
        old: Option<String>,
        /// None when an agent emptied the field.
        new: Option<String>,
        message: Option<String>,
        evidence: Option<Evidence>,
    },
    /// The registered value was said to be right.
    ValueConfirmed {
        field: Field,
        value: Option<String>,
        message: Option<String>,
        evidence: Option<Evidence>,
    },
    /// The customer answered with a value that fails its checks; the next letter says why.
    AnswerFailed {
        field: Field,
        answer: FailedAnswer,
        message: Option<String>,
        evidence: Option<Evidence>,
    },
    Requeued,
    HandedToAgent {
        reason: String,
    },
    /// The customer's written yes to a registration made by phone (law of 3 May 2024).
    WrittenYesGiven {
        message: Option<String>,
        evidence: Option<Evidence>,
    },
    DecisionAccepted {
        energy: Energy,
        start_date: Date,
    },
    DecisionRejected {
        energy: Energy,
        reason: String,
    },
    /// Every energy was accepted, or the rest was refused: the contract is confirmed to the customer.
    ContractConfirmed {
        energies: Vec<Energy>,
    },
    /// Every energy was refused for good.
    Rejected,
    Activated,
    Withdrawn {
        message: Option<String>,
    },
    Expired,
    /// An applied answer was taken back by an agent.
    Undone {
        field: Field,
        old: Option<String>,
        new: Option<String>,
    },
}

/// An event as the history keeps it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecordedEvent {
    pub at: Timestamp,
    pub actor: Actor,
    #[serde(flatten)]
    pub event: Event,
}
