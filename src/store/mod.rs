//! EDGE. sqlx; the only place with SQL; a file an aggregate. SQLite and PostgreSQL, chosen by the URL.
//!
//! Rules to keep:
//! - a statement stands in the `statements!` list of its file: [`Store::check_schema`] prepares each, a test on both databases;
//! - everything that belongs together is one transaction, and rows are locked in the order message, registration, letter;
//! - a registration changes through [`Store::act`] and its kin alone, which ask the life cycle;
//! - no caller puts these futures into `select!` or `timeout`; random bytes and time come from the caller.

mod agents;
pub mod answers;
mod candidates;
mod content;
mod counts;
mod db;
mod letters;
mod messages;
mod migrate;
mod orders;
mod page;
mod registrations;
mod review;
mod schema;
mod search;
mod secrets;

use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;

use crate::decision::ReasonForPeople;
use crate::letters::Writer;
use crate::registration::document::DocumentFault;
use crate::registration::life_cycle::{Command, Policy};
use crate::registration::{Actor, LetterKind, Reference, Refusal, Registration};

use db::Db;

pub use letters::{LETTERS_PER_ADDRESS_A_DAY_MAX, StoredAttempt, domain_of};
pub use messages::{OpenCase, View};
pub use orders::Silenced;
pub use search::Found;

/// The store. Cheap to clone; holds the pools, and the pure [`Writer`] and [`Policy`] so that a command, its events and the
/// letters they ask for are one transaction ([`Store::act`]).
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    db: Db,
    writer: Writer,
    policy: Policy,
}

/// Why the store could not do it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the store cannot be reached: {0}")]
    Unreachable(String),
    #[error("the store failed: {0}")]
    Database(#[source] sqlx::Error),
    #[error("the store holds something this version cannot read: {0}")]
    Corrupt(String),
    #[error("the URL of the store is not usable: {0}")]
    Url(String),
    /// Another registration has the reference that was drawn: nothing was done, the same submission with a fresh one will do.
    #[error("the reference {0} is taken")]
    ReferenceTaken(Reference),
    /// The document is unfit to be kept at all, which [`crate::registration::RegistrationDocument::faults`] says before.
    #[error("the document has {} faults", .0.len())]
    Faulty(Vec<DocumentFault>),
    /// The caller's cursor is none that a [`Page`] gave.
    #[error("`{0}` is no cursor of this list")]
    Cursor(String),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> StoreError {
        match error {
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed => StoreError::Unreachable(error.to_string()),
            other => StoreError::Database(other),
        }
    }
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

impl MessageKey {
    /// A key that sorts by time.
    pub fn fresh(at: Timestamp, random: [u8; 10]) -> MessageKey {
        let milliseconds = u64::try_from(at.as_millisecond()).unwrap_or(0);
        let key = uuid::Builder::from_unix_timestamp_millis(milliseconds, &random);
        MessageKey(key.into_uuid().to_string())
    }
}

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
    /// `applied`, `linked`, `ignored`, `asked_again`, `replied`, `handed_back` or `withdrawn`.
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

/// Name of the secret that signs reply tokens and Message-IDs.
const SIGNING_SECRET: &str = "signing";

/// The [`Writer`] needs the signing key, which may live in the store: it is built once the store is open.
pub type WriterSource = Box<dyn FnOnce([u8; 32]) -> Writer + Send>;

impl Store {
    /// Opens the store of `url` (`sqlite:FILE`, `postgres://...`), runs the migrations, and returns it.
    ///
    /// # Errors
    /// [`StoreError::Url`] for a URL that names no store, [`StoreError::Unreachable`] when it does not answer,
    /// [`StoreError::Corrupt`] when its schema is of a newer version.
    pub async fn open(url: &str, writer: WriterSource, policy: Policy) -> Result<Store, StoreError> {
        let db = Db::open(url).await?;
        migrate::run(&db).await?;
        let signing = secrets::get_or_keep(&db, SIGNING_SECRET, crate::randomness::bytes()).await?;
        let inner = Inner {
            db,
            writer: writer(signing),
            policy,
        };
        Ok(Store {
            inner: Arc::new(inner),
        })
    }
}
