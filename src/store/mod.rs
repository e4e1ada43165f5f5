//! EDGE. sqlx; the only place with SQL; a file an aggregate. SQLite and PostgreSQL, chosen by the URL.

use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;

use crate::decision::ReasonForPeople;
use crate::letters::Writer;
use crate::matching::{Candidate, Clues, MatchEvidence};
use crate::registration::life_cycle::{Command, Policy};
use crate::registration::{
    Actor, LetterKind, RecordedEvent, Reference, Refusal, Registration, RegistrationDocument,
};

/// The store. Cheap to clone; holds the pools, and the pure [`Writer`] and [`Policy`] so that a command, its events and the
/// letters they ask for are one transaction ([`Store::act`]).
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {}

/// Why the store could not do it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the store cannot be reached: {0}")]
    Unreachable(String),
    #[error("the store failed: {0}")]
    Database(#[from] sqlx::Error),
    #[error("the store holds something this version cannot read: {0}")]
    Corrupt(String),
    #[error("the URL of the store is not usable: {0}")]
    Url(String),
}

/// Why a command was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    #[error("there is no registration {0}")]
    NotFound(Reference),
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A command with who gives it. What one message asks for is one list, applied in one transaction.
#[derive(Debug, Clone)]
pub struct Order {
    pub reference: Reference,
    pub actor: Actor,
    pub command: Command,
}

/// What an idempotent POST came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Submission {
    Created(Reference),
    /// The same key and the same body came before: this is what they made.
    Repeated(Reference),
    /// The key came before with another body.
    KeyReused,
}

/// A message as the mailbox gave it.
#[derive(Debug, Clone)]
pub struct FetchedMessage {
    /// Which mailbox, without secrets: `imap://host:port/INBOX` or `maildir:DIR`.
    pub mailbox: String,
    /// UIDVALIDITY (0 for Maildir).
    pub uid_validity: u32,
    /// UID, or the Maildir's unique name.
    pub uid: String,
    /// The bytes; for a message over the limit, its headers alone.
    pub raw: Vec<u8>,
    /// Size in the mailbox, bytes. Larger than `raw` when only headers were taken.
    pub size_bytes: u64,
    pub received_at: Timestamp,
}

/// What keeping a fetched message came to. In both cases its bytes are committed when this is returned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    New(MessageKey),
    /// The same bytes (or the same Message-ID with the same content) were kept before.
    Known(MessageKey),
}

/// Identifier of a message in the store: UUID v7 in text form.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct MessageKey(pub String);

/// How far a mailbox was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailboxCursor {
    pub uid_validity: u32,
    /// Every UID up to this one was kept.
    pub last_uid: u32,
}

/// The end state of a message, with everything a person needs to see why.
#[derive(Debug, Clone, PartialEq, Serialize, serde::Deserialize)]
pub struct Settled {
    /// `apply`, `review` or `ignore`.
    pub disposition: String,
    /// A kind of the corpus: `answer`, `question`, ...
    pub kind: String,
    pub reference: Option<Reference>,
    pub evidence: serde_json::Value,
    pub reasons: Vec<ReasonForPeople>,
    /// Per field: status, value, evidence, as `interpret` prints it.
    pub answers: serde_json::Value,
    pub subject: String,
    pub sender: Option<String>,
    pub language: Option<String>,
}

/// A message with what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredMessage {
    pub key: MessageKey,
    pub received_at: Timestamp,
    pub message_id: Option<String>,
    pub size_bytes: u64,
    /// None while it waits to be read.
    pub settled: Option<Settled>,
    /// The version to give back with an agent's act: another agent may have been faster.
    pub version: i64,
    /// Set when a review case was closed: by whom and how.
    pub closed: Option<Closing>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct Closing {
    pub at: Timestamp,
    /// Name of the agent.
    pub by: String,
    /// `applied`, `linked`, `ignored` or `asked_again`.
    pub how: String,
}

/// States of a letter (promise 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LetterState {
    Queued,
    Sending,
    Sent,
    Deferred,
    Uncertain,
    Failed,
    Held,
    Cancelled,
}

/// A letter claimed for sending: nobody else sends it until the lease ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedLetter {
    /// Row id of the outbox.
    pub id: i64,
    pub reference: Reference,
    pub number: u32,
    pub kind: LetterKind,
    pub message_id: String,
    pub envelope_sender: String,
    pub recipient: String,
    pub raw: Vec<u8>,
    /// How many attempts were made before this one.
    pub attempts: u32,
    /// The state it was claimed from: `Uncertain` ones are sent again with the same Message-ID.
    pub from_state: LetterState,
}

/// How an attempt to send ended; the words are the server's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttemptOutcome {
    Sent {
        response: String,
    },
    /// Try again at `next`.
    Deferred {
        response: String,
        next: Timestamp,
    },
    /// Nobody knows whether it arrived; again at `next`, with the same Message-ID.
    Uncertain {
        detail: String,
        next: Timestamp,
    },
    Failed {
        response: String,
    },
}

/// A letter as people see it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredLetter {
    pub id: i64,
    pub reference: Reference,
    pub number: u32,
    pub kind: LetterKind,
    pub message_id: String,
    pub recipient: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub state: LetterState,
    pub queued_at: Timestamp,
    pub sent_at: Option<Timestamp>,
    pub attempts: u32,
    pub last_response: Option<String>,
}

/// A row of the list of registrations.
#[derive(Debug, Clone, PartialEq)]
pub struct RegistrationRow {
    pub registration: Registration,
    pub updated_at: Timestamp,
    pub version: i64,
}

/// One page of a list: `next` is the cursor of the page after it.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub next: Option<String>,
}

/// An agent that may sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    pub name: String,
    /// PHC string of argon2id.
    pub password_hash: Option<String>,
}

/// Random bytes and time come from the caller.
impl Store {
    /// Opens the store of `url` (`sqlite:FILE`, `postgres://...`), runs the migrations, and returns it.
    pub async fn open(url: &str, writer: WriterSource, policy: Policy) -> Result<Store, StoreError> {
        todo!()
    }
    /// Whether the database answers now.
    pub async fn ping(&self) -> Result<(), StoreError> {
        todo!()
    }
    /// A 32-byte secret kept under `name`, made from `fresh` at the first call: all replicas share it.
    pub async fn secret(&self, name: &str, fresh: [u8; 32]) -> Result<[u8; 32], StoreError> {
        todo!()
    }

    // -- registrations
    /// Takes a registration in: state received, event submitted, registration confirmation queued, one transaction.
    pub async fn submit(
        &self,
        document: RegistrationDocument,
        reference: Reference,
        actor: Actor,
        idempotency: Option<(String, [u8; 32])>,
        at: Timestamp,
    ) -> Result<Submission, StoreError> {
        todo!()
    }
    pub async fn registration(&self, reference: &Reference) -> Result<Option<RegistrationRow>, StoreError> {
        todo!()
    }
    pub async fn history(&self, reference: &Reference) -> Result<Vec<RecordedEvent>, StoreError> {
        todo!()
    }
    /// Newest change first.
    pub async fn registrations(
        &self,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Page<RegistrationRow>, StoreError> {
        todo!()
    }
    /// Carries out one order: decide, record the events, write and queue the letters, one transaction.
    pub async fn act(&self, order: Order, at: Timestamp) -> Result<Registration, ActError> {
        todo!()
    }
    /// Claims registrations that wait for verification, oldest first, until `lease_until`.
    pub async fn claim_for_verification(
        &self,
        worker: &str,
        limit: u32,
        at: Timestamp,
        lease_until: Timestamp,
    ) -> Result<Vec<Registration>, StoreError> {
        todo!()
    }
    /// EANs of `registration` that also stand in another registration which is pending or active.
    pub async fn eans_in_use(&self, registration: &Registration) -> Result<Vec<String>, StoreError> {
        todo!()
    }
    /// Accepted registrations whose start date is `today` or earlier.
    pub async fn due_for_activation(
        &self,
        today: jiff::civil::Date,
        limit: u32,
    ) -> Result<Vec<Reference>, StoreError> {
        todo!()
    }
    /// Registrations that the clues lead to, at most `limit`.
    pub async fn candidates(&self, clues: &Clues, limit: u32) -> Result<Vec<Candidate>, StoreError> {
        todo!()
    }

    // -- messages
    /// Commits the bytes of a message (once, by content) before the mailbox is told.
    pub async fn keep(
        &self,
        message: FetchedMessage,
        fresh_key: MessageKey,
        message_id: Option<&str>,
        at: Timestamp,
    ) -> Result<Kept, StoreError> {
        todo!()
    }
    pub async fn cursor(&self, mailbox: &str) -> Result<Option<MailboxCursor>, StoreError> {
        todo!()
    }
    pub async fn set_cursor(&self, mailbox: &str, cursor: MailboxCursor) -> Result<(), StoreError> {
        todo!()
    }
    /// Claims messages that were not read yet, oldest first.
    pub async fn claim_messages(
        &self,
        worker: &str,
        limit: u32,
        at: Timestamp,
        lease_until: Timestamp,
    ) -> Result<Vec<(MessageKey, u32)>, StoreError> {
        todo!()
    }
    pub async fn raw_message(&self, key: &MessageKey) -> Result<Option<Vec<u8>>, StoreError> {
        todo!()
    }
    /// Gives a message its one end state and carries out the orders, one transaction. A second call for a message that has its
    /// end state changes nothing and returns false.
    pub async fn settle(
        &self,
        key: &MessageKey,
        settled: Settled,
        orders: Vec<Order>,
        at: Timestamp,
    ) -> Result<bool, ActError> {
        todo!()
    }
    pub async fn message(&self, key: &MessageKey) -> Result<Option<StoredMessage>, StoreError> {
        todo!()
    }
    /// Messages by disposition (`review`: those still open), oldest first.
    pub async fn messages(
        &self,
        disposition: Option<&str>,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Page<StoredMessage>, StoreError> {
        todo!()
    }
    pub async fn messages_of(&self, reference: &Reference) -> Result<Vec<StoredMessage>, StoreError> {
        todo!()
    }
    /// Closes a review case with what the agent wants done, one transaction; false when `version` is not the stored one any more.
    pub async fn close_case(
        &self,
        key: &MessageKey,
        version: i64,
        closing: Closing,
        reference: Option<&Reference>,
        orders: Vec<Order>,
        at: Timestamp,
    ) -> Result<bool, ActError> {
        todo!()
    }
    /// Gives a review case another registration (agent's link) and its new understanding; the case stays open.
    pub async fn relink(
        &self,
        key: &MessageKey,
        version: i64,
        settled: Settled,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        todo!()
    }

    // -- letters
    pub async fn claim_letters(
        &self,
        worker: &str,
        limit: u32,
        at: Timestamp,
        lease_until: Timestamp,
    ) -> Result<Vec<ClaimedLetter>, StoreError> {
        todo!()
    }
    /// Records how an attempt ended, with the event (letter_sent, letter_failed) in the same transaction.
    pub async fn record_attempt(
        &self,
        letter: &ClaimedLetter,
        outcome: AttemptOutcome,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        todo!()
    }
    pub async fn letters_of(&self, reference: &Reference) -> Result<Vec<StoredLetter>, StoreError> {
        todo!()
    }
    pub async fn letter_by_message_id(&self, message_id: &str) -> Result<Option<StoredLetter>, StoreError> {
        todo!()
    }

    // -- agents and sessions
    pub async fn put_agent(&self, agent: Agent) -> Result<(), StoreError> {
        todo!()
    }
    pub async fn agent(&self, name: &str) -> Result<Option<Agent>, StoreError> {
        todo!()
    }
    pub async fn any_agent(&self) -> Result<bool, StoreError> {
        todo!()
    }
    /// Keeps a session under the SHA-256 of its cookie.
    pub async fn put_session(
        &self,
        hash: [u8; 32],
        agent: &str,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        todo!()
    }
    pub async fn session(&self, hash: [u8; 32], at: Timestamp) -> Result<Option<String>, StoreError> {
        todo!()
    }
    pub async fn end_session(&self, hash: [u8; 32]) -> Result<(), StoreError> {
        todo!()
    }

    // -- numbers
    /// Rows by state: registrations, messages, letters; for /metrics and the demo page.
    pub async fn counts(&self) -> Result<Vec<(String, String, i64)>, StoreError> {
        todo!()
    }
}

/// The [`Writer`] needs the signing key, which may live in the store: it is built once the store is open.
pub type WriterSource = Box<dyn FnOnce([u8; 32]) -> Writer + Send>;

#[expect(unused, reason = "named here for the documents above")]
fn _types(_: MatchEvidence) {}
