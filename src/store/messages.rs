//! The ledger of incoming messages: every byte that was received, once, and what became of it.

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::decision::queue::Queue;
use crate::registration::{Language, Reference};

use super::content::{fingerprint, sha256};
use super::db::{Tx, execute, from_json, micros, on_pool, on_tx, statements, storable, timestamp, to_u32};
use super::page::{Position, page, rows_to_fetch};
use super::{FetchedMessage, Kept, MailboxCursor, MessageKey, Page, Store, StoreError, StoredMessage};

statements! {
    BY_CONTENT = "SELECT message_key FROM messages WHERE sha256 = $1 AND fetched = $2
        UNION ALL SELECT message_key FROM messages WHERE fingerprint = $3 LIMIT 1";
    KEEP_RAW = "INSERT INTO raw_messages (sha256, raw) VALUES ($1, $2) ON CONFLICT (sha256) DO NOTHING";
    INSERT = "INSERT INTO messages (message_key, sha256, fetched, size_bytes, message_id, fingerprint, received_at,
            kept_at, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1) ON CONFLICT DO NOTHING";
    SEE = "INSERT INTO sightings (mailbox, uid_validity, uid, message_key, seen_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (mailbox, uid_validity, uid) DO UPDATE SET message_key = excluded.message_key";
    SEEN_UIDS = "SELECT uid FROM sightings WHERE mailbox = $1 AND uid_validity = $2";
    CURSOR = "SELECT uid_validity, last_uid FROM mailbox_cursors WHERE mailbox = $1";
    SET_CURSOR = "INSERT INTO mailbox_cursors (mailbox, uid_validity, last_uid) VALUES ($1, $2, $3)
        ON CONFLICT (mailbox) DO UPDATE SET uid_validity = excluded.uid_validity, last_uid = excluded.last_uid";
    TO_READ = "SELECT message_key, claims FROM messages WHERE settled IS NULL AND lease_until <= $1
        ORDER BY received_at, message_key LIMIT $2",
        postgres adds "FOR UPDATE SKIP LOCKED";
    CLAIM = "UPDATE messages SET claims = claims + 1, worker = $2, lease_until = $3 WHERE message_key = $1";
    RENEW_CLAIM = "UPDATE messages SET lease_until = $3 WHERE message_key = $1 AND worker = $2 AND settled IS NULL";
    RAW = "SELECT raw_messages.raw FROM messages JOIN raw_messages ON raw_messages.sha256 = messages.sha256
        WHERE messages.message_key = $1";
    ONE = "SELECT message_key, received_at, message_id, size_bytes, settled, version, closed FROM messages
        WHERE message_key = $1";
    ALL = "SELECT message_key, received_at, message_id, size_bytes, settled, version, closed FROM messages
        WHERE (received_at, message_key) > ($1, $2) ORDER BY received_at, message_key LIMIT $3";
    TO_REVIEW = "SELECT message_key, received_at, message_id, size_bytes, settled, version, closed FROM messages
        WHERE disposition = 'review' AND closed IS NULL AND (received_at, message_key) > ($1, $2)
        ORDER BY received_at, message_key LIMIT $3";
    CASES = "SELECT message_key, received_at, message_id, size_bytes, settled, version, closed, hurts_at, starts_on
        FROM messages WHERE hurts_at IS NOT NULL AND closed IS NULL AND (hurts_at, message_key) > ($1, $2)
            AND ($4 = '' OR queue = $4) AND ($5 = '' OR language = $5)
        ORDER BY hurts_at, message_key LIMIT $3";
    CASE_BEFORE = "SELECT message_key FROM messages
        WHERE hurts_at IS NOT NULL AND closed IS NULL
            AND (hurts_at, message_key) < (SELECT hurts_at, message_key FROM messages WHERE message_key = $1)
            AND ($2 = '' OR queue = $2) AND ($3 = '' OR language = $3)
        ORDER BY hurts_at DESC, message_key DESC LIMIT 1";
    CASE_AFTER = "SELECT message_key FROM messages
        WHERE hurts_at IS NOT NULL AND closed IS NULL
            AND (hurts_at, message_key) > (SELECT hurts_at, message_key FROM messages WHERE message_key = $1)
            AND ($2 = '' OR queue = $2) AND ($3 = '' OR language = $3)
        ORDER BY hurts_at, message_key LIMIT 1";
    CASES_BY_QUEUE = "SELECT queue, COALESCE(language, ''), COUNT(*) FROM messages
        WHERE hurts_at IS NOT NULL AND closed IS NULL GROUP BY queue, language";
    BY_DISPOSITION = "SELECT message_key, received_at, message_id, size_bytes, settled, version, closed FROM messages
        WHERE disposition = $4 AND (received_at, message_key) > ($1, $2) ORDER BY received_at, message_key LIMIT $3";
    OF_REGISTRATION = "SELECT message_key, received_at, message_id, size_bytes, settled, version, closed FROM messages
        WHERE reference = $1 ORDER BY received_at, message_key";
}

/// Message-IDs are kept up to this many characters (a line of RFC 5322); hostile ones are longer.
const MESSAGE_ID_CHARS_MAX: usize = 998;

/// How much of a message was fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fetched {
    Whole,
    Headers,
}

impl Fetched {
    fn of(message: &FetchedMessage) -> Fetched {
        if message.size_bytes > message.raw.len() as u64 {
            Fetched::Headers
        } else {
            Fetched::Whole
        }
    }

    fn name(self) -> &'static str {
        match self {
            Fetched::Whole => "whole",
            Fetched::Headers => "headers",
        }
    }
}

#[derive(sqlx::FromRow)]
struct MessageRow {
    message_key: String,
    received_at: i64,
    message_id: Option<String>,
    size_bytes: i64,
    settled: Option<String>,
    version: i64,
    closed: Option<String>,
}

impl MessageRow {
    fn position(&self) -> Position {
        Position {
            at: self.received_at,
            key: self.message_key.clone(),
        }
    }

    fn into_message(self) -> Result<StoredMessage, StoreError> {
        let settled = self
            .settled
            .map(|json| from_json(&json, "what became of a message"));
        let closed = self.closed.map(|json| from_json(&json, "how a case was closed"));
        Ok(StoredMessage {
            key: MessageKey(self.message_key),
            received_at: timestamp(self.received_at)?,
            message_id: self.message_id,
            size_bytes: u64::try_from(self.size_bytes).unwrap_or(0),
            settled: settled.transpose()?,
            version: self.version,
            closed: closed.transpose()?,
        })
    }
}

#[derive(sqlx::FromRow)]
struct OpenCaseRow {
    #[sqlx(flatten)]
    message: MessageRow,
    hurts_at: i64,
    starts_on: Option<String>,
}

impl OpenCaseRow {
    fn position(&self) -> Position {
        Position {
            at: self.hurts_at,
            key: self.message.message_key.clone(),
        }
    }

    fn into_case(self) -> Result<OpenCase, StoreError> {
        Ok(OpenCase {
            message: self.message.into_message()?,
            wished_start: self.starts_on.and_then(|date| date.parse().ok()),
        })
    }
}

/// Which of the open cases somebody looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct View {
    pub queue: Option<Queue>,
    pub language: Option<Language>,
}

impl View {
    fn queue_name(self) -> &'static str {
        self.queue.map_or("", Queue::name)
    }

    fn language_code(self) -> &'static str {
        self.language.map_or("", Language::code)
    }
}

/// A message that waits for an agent.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenCase {
    pub message: StoredMessage,
    /// The start of supply that its registration wishes.
    pub wished_start: Option<Date>,
}

/// What a message is recognised by.
struct Identity {
    sha256: [u8; 32],
    fetched: Fetched,
    /// None without a Message-ID or without the body: then only equal bytes are the same message.
    fingerprint: Option<[u8; 32]>,
}

impl Store {
    /// Commits the bytes of a message (once, by content) before the mailbox is told.
    ///
    /// The same message is: the same bytes; or the same `message_id` (without angle brackets) with the same From, Date,
    /// Subject, In-Reply-To and body, whatever route it took.
    pub async fn keep(
        &self,
        message: FetchedMessage,
        fresh_key: MessageKey,
        message_id: Option<&str>,
        at: Timestamp,
    ) -> Result<Kept, StoreError> {
        let fetched = Fetched::of(&message);
        let identity = Identity {
            sha256: sha256(&message.raw),
            fetched,
            fingerprint: message_id
                .filter(|id| !id.is_empty() && fetched == Fetched::Whole)
                .map(|id| fingerprint(id, &message.raw)),
        };
        let mut tx = self.inner.db.begin().await?;
        let kept = match known(&mut tx, &identity).await? {
            Some(key) => Kept::Known(key),
            None => insert(&mut tx, &message, &identity, fresh_key, message_id, at).await?,
        };
        let (Kept::New(key) | Kept::Known(key)) = &kept;
        execute!(
            &mut tx,
            SEE,
            storable(&message.mailbox),
            i64::from(message.uid_validity),
            storable(&message.uid),
            &key.0,
            micros(at)
        )?;
        tx.commit().await?;
        Ok(kept)
    }

    /// The UIDs (or Maildir names) under which this mailbox's messages were kept, for `reconcile`.
    pub async fn kept_uids(&self, mailbox: &str, uid_validity: u32) -> Result<HashSet<String>, StoreError> {
        let uids: Vec<String> = on_pool!(&self.inner.db, c, sql = SEEN_UIDS => {
            sqlx::query_scalar(sql).bind(storable(mailbox)).bind(i64::from(uid_validity)).fetch_all(c).await
        })?;
        Ok(uids.into_iter().collect())
    }

    /// How far the mailbox was read; none before the first message.
    pub async fn cursor(&self, mailbox: &str) -> Result<Option<MailboxCursor>, StoreError> {
        let row: Option<(i64, i64)> = on_pool!(&self.inner.db, c, sql = CURSOR => {
            sqlx::query_as(sql).bind(storable(mailbox)).fetch_optional(c).await
        })?;
        row.map(|(uid_validity, last_uid)| {
            Ok(MailboxCursor {
                uid_validity: to_u32(uid_validity, "UIDVALIDITY")?,
                last_uid: to_u32(last_uid, "UID")?,
            })
        })
        .transpose()
    }

    pub async fn set_cursor(&self, mailbox: &str, cursor: MailboxCursor) -> Result<(), StoreError> {
        let mut tx = self.inner.db.begin().await?;
        let (uid_validity, last_uid) = (i64::from(cursor.uid_validity), i64::from(cursor.last_uid));
        execute!(&mut tx, SET_CURSOR, storable(mailbox), uid_validity, last_uid)?;
        tx.commit().await
    }

    /// Claims messages that were not read yet, oldest first; each with how often it was claimed before, so that one that
    /// takes the process down with it can be handed to an agent. One that was claimed before comes alone: should the process
    /// go down again, it is known by which message, and the others of its batch are not blamed.
    pub async fn claim_messages(
        &self,
        worker: &str,
        limit: u32,
        at: Timestamp,
        lease_until: Timestamp,
    ) -> Result<Vec<(MessageKey, u32)>, StoreError> {
        let mut tx = self.inner.db.begin().await?;
        let rows: Vec<(String, i64)> = on_tx!(&mut tx, c, sql = TO_READ => {
            sqlx::query_as(sql).bind(micros(at)).bind(i64::from(limit)).fetch_all(c).await
        })?;
        let batch = rows.iter().take_while(|(_, claims)| *claims == 0).count().max(1);
        let mut claimed = Vec::with_capacity(batch);
        for (key, claims) in rows.into_iter().take(batch) {
            execute!(&mut tx, CLAIM, &key, worker, micros(lease_until))?;
            claimed.push((MessageKey(key), u32::try_from(claims).unwrap_or(u32::MAX)));
        }
        tx.commit().await?;
        Ok(claimed)
    }

    /// Keeps a claim while the worker that has it reads on. Without effect when the claim has become another's.
    pub async fn renew_message_lease(
        &self,
        key: &MessageKey,
        worker: &str,
        lease_until: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.inner.db.begin().await?;
        execute!(&mut tx, RENEW_CLAIM, &key.0, worker, micros(lease_until))?;
        tx.commit().await
    }

    /// The bytes as they came.
    pub async fn raw_message(&self, key: &MessageKey) -> Result<Option<Vec<u8>>, StoreError> {
        let raw = on_pool!(&self.inner.db, c, sql = RAW => {
            sqlx::query_scalar(sql).bind(storable(&key.0)).fetch_optional(c).await
        })?;
        Ok(raw)
    }

    pub async fn message(&self, key: &MessageKey) -> Result<Option<StoredMessage>, StoreError> {
        let row: Option<MessageRow> = on_pool!(&self.inner.db, c, sql = ONE => {
            sqlx::query_as(sql).bind(storable(&key.0)).fetch_optional(c).await
        })?;
        row.map(MessageRow::into_message).transpose()
    }

    /// Messages by disposition (`review`: those still open), oldest first; all, the unread too, without one.
    pub async fn messages(
        &self,
        disposition: Option<&str>,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Page<StoredMessage>, StoreError> {
        let after = after
            .map(Position::parse)
            .transpose()?
            .unwrap_or(Position::first());
        let statement = match disposition {
            None => ALL,
            Some("review") => TO_REVIEW,
            Some(_) => BY_DISPOSITION,
        };
        let other = disposition.filter(|name| *name != "review").map(storable);
        let rows: Vec<MessageRow> = on_pool!(&self.inner.db, c, sql = statement => {
            let query = sqlx::query_as(sql).bind(after.at).bind(&after.key).bind(rows_to_fetch(limit));
            match &other {
                Some(name) => query.bind(name).fetch_all(c).await,
                None => query.fetch_all(c).await,
            }
        })?;
        page(rows, limit, MessageRow::position, MessageRow::into_message)
    }

    /// Open cases, what begins to hurt first before the others.
    pub async fn cases(
        &self,
        view: View,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Page<OpenCase>, StoreError> {
        let after = after
            .map(Position::parse)
            .transpose()?
            .unwrap_or(Position::first());
        let rows: Vec<OpenCaseRow> = on_pool!(&self.inner.db, c, sql = CASES => {
            sqlx::query_as(sql)
                .bind(after.at)
                .bind(&after.key)
                .bind(rows_to_fetch(limit))
                .bind(view.queue_name())
                .bind(view.language_code())
                .fetch_all(c)
                .await
        })?;
        page(rows, limit, OpenCaseRow::position, OpenCaseRow::into_case)
    }

    /// The open cases before and after a message in their list, if there are any.
    pub async fn cases_beside(
        &self,
        key: &MessageKey,
        view: View,
    ) -> Result<(Option<MessageKey>, Option<MessageKey>), StoreError> {
        let mut beside = [None, None];
        for (place, statement) in beside.iter_mut().zip([CASE_BEFORE, CASE_AFTER]) {
            let key: Option<String> = on_pool!(&self.inner.db, c, sql = statement => {
                sqlx::query_scalar(sql)
                    .bind(storable(&key.0))
                    .bind(view.queue_name())
                    .bind(view.language_code())
                    .fetch_optional(c)
                    .await
            })?;
            *place = key.map(MessageKey);
        }
        let [before, after] = beside;
        Ok((before, after))
    }

    /// How many cases are open, by queue and language (none: it could not be told).
    pub async fn case_counts(&self) -> Result<Vec<(Queue, Option<Language>, u64)>, StoreError> {
        let rows: Vec<(String, String, i64)> = on_pool!(&self.inner.db, c, sql = CASES_BY_QUEUE => {
            sqlx::query_as(sql).fetch_all(c).await
        })?;
        let counted = |(queue, language, count): (String, String, i64)| {
            let queue = Queue::from_name(&queue)
                .ok_or_else(|| StoreError::Corrupt(format!("the queue `{queue}`")))?;
            let count = u64::try_from(count).unwrap_or(0);
            Ok((queue, Language::from_code(&language), count))
        };
        rows.into_iter().map(counted).collect()
    }

    /// The messages of a registration, oldest first.
    pub async fn messages_of(&self, reference: &Reference) -> Result<Vec<StoredMessage>, StoreError> {
        let rows: Vec<MessageRow> = on_pool!(&self.inner.db, c, sql = OF_REGISTRATION => {
            sqlx::query_as(sql).bind(reference.as_str()).fetch_all(c).await
        })?;
        rows.into_iter().map(MessageRow::into_message).collect()
    }
}

async fn known(tx: &mut Tx, identity: &Identity) -> Result<Option<MessageKey>, StoreError> {
    let key: Option<String> = on_tx!(tx, c, sql = BY_CONTENT => {
        sqlx::query_scalar(sql)
            .bind(identity.sha256.as_slice())
            .bind(identity.fetched.name())
            .bind(identity.fingerprint.as_ref().map(<[u8; 32]>::as_slice))
            .fetch_optional(c)
            .await
    })?;
    Ok(key.map(MessageKey))
}

/// Keeps what came by a page; false when the same bytes were kept before.
pub(super) async fn keep_form(
    tx: &mut Tx,
    message: &FetchedMessage,
    key: &MessageKey,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let identity = Identity {
        sha256: sha256(&message.raw),
        fetched: Fetched::Whole,
        fingerprint: None,
    };
    if known(tx, &identity).await?.is_some() {
        return Ok(false);
    }
    let kept = insert(tx, message, &identity, key.clone(), None, at).await?;
    Ok(matches!(kept, Kept::New(_)))
}

async fn insert(
    tx: &mut Tx,
    message: &FetchedMessage,
    identity: &Identity,
    fresh_key: MessageKey,
    message_id: Option<&str>,
    at: Timestamp,
) -> Result<Kept, StoreError> {
    execute!(
        &mut *tx,
        KEEP_RAW,
        identity.sha256.as_slice(),
        message.raw.as_slice()
    )?;
    let shown_id = message_id.map(|id| {
        storable(id)
            .chars()
            .take(MESSAGE_ID_CHARS_MAX)
            .collect::<String>()
    });
    let inserted = execute!(
        &mut *tx,
        INSERT,
        &fresh_key.0,
        identity.sha256.as_slice(),
        identity.fetched.name(),
        i64::try_from(message.size_bytes).unwrap_or(i64::MAX),
        shown_id,
        identity.fingerprint.as_ref().map(<[u8; 32]>::as_slice),
        micros(message.received_at),
        micros(at)
    )?;
    if inserted == 1 {
        return Ok(Kept::New(fresh_key));
    }
    // Another replica kept it between the look-up and now.
    known(tx, identity).await?.map(Kept::Known).ok_or_else(|| {
        StoreError::Corrupt(format!(
            "the message key {} is taken by another message",
            fresh_key.0
        ))
    })
}
