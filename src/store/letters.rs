//! The outbox: letters from queueing to the end, with every attempt and the server's words.
//!
//! ```text
//! queued -> sending -> sent | deferred | uncertain | failed
//!              ^----------------/---------/      cancelled: the registration was withdrawn, or its questions settled
//! ```

use jiff::Timestamp;

use crate::letters::{LetterFault, RenderedLetter};
use crate::registration::life_cycle::Command;
use crate::registration::{Actor, AgentWords, LetterKind, Reference, Registration};

use super::db::{Tx, execute, micros, on_pool, on_tx, statements, storable, timestamp, to_json, to_u32};
use super::orders::{Change, follow_up};
use super::registrations::{self, parse_reference};
use super::{AttemptOutcome, ClaimedLetter, Inner, LetterState, Store, StoreError, StoredLetter};

statements! {
    INSERT = "INSERT INTO letters (reference, number, kind, message_id, envelope_sender, recipient, subject, text, html,
            raw, state, queued_at, due_at, last_response, urgency, recipient_domain)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $13, $14, $15)";
    EARLIER = "SELECT message_id FROM letters WHERE reference = $1 AND number < $2
        AND state NOT IN ('failed', 'held', 'cancelled') ORDER BY number";
    TO_SEND = "SELECT letters.id, letters.reference, letters.number, letters.kind, letters.message_id,
            letters.envelope_sender, letters.recipient, letters.raw, letters.attempts, letters.state,
            registrations.state AS registration_state, registrations.awaiting
        FROM letters JOIN registrations ON registrations.reference = letters.reference
        WHERE letters.state IN ('queued', 'deferred', 'uncertain', 'sending')
            AND letters.due_at <= $1 AND letters.lease_until <= $1
            AND NOT EXISTS (SELECT 1 FROM json_each($3) AS resting WHERE resting.value = letters.recipient_domain)
        ORDER BY letters.urgency, letters.due_at, letters.id LIMIT $2",
        postgres says "SELECT letters.id, letters.reference, letters.number, letters.kind, letters.message_id,
            letters.envelope_sender, letters.recipient, letters.raw, letters.attempts, letters.state,
            registrations.state AS registration_state, registrations.awaiting
        FROM letters JOIN registrations ON registrations.reference = letters.reference
        WHERE letters.state IN ('queued', 'deferred', 'uncertain', 'sending')
            AND letters.due_at <= $1 AND letters.lease_until <= $1
            AND NOT EXISTS (SELECT 1 FROM jsonb_array_elements_text(CAST(CAST($3 AS TEXT) AS JSONB)) AS resting (value)
                WHERE resting.value = letters.recipient_domain)
        ORDER BY letters.urgency, letters.due_at, letters.id LIMIT $2 FOR UPDATE OF letters SKIP LOCKED";
    SENT_LATELY = "SELECT COUNT(*) FROM letters WHERE recipient = $1 AND sent_at > $2";
    PUT_OFF = "UPDATE letters SET state = $4, due_at = $2, worker = NULL, lease_until = 0, last_response = $3
        WHERE id = $1";
    CLAIM = "UPDATE letters SET state = 'sending', attempts = attempts + 1, worker = $2, lease_until = $3 WHERE id = $1";
    RENEW = "UPDATE letters SET lease_until = $3 WHERE id = $1 AND worker = $2 AND state = 'sending'";
    CANCEL = "UPDATE letters SET state = 'cancelled', worker = NULL, lease_until = 0, last_response = $2 WHERE id = $1";
    KEEP_ATTEMPT = "INSERT INTO letter_attempts (letter_id, attempt, at, outcome, response) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (letter_id, attempt) DO UPDATE
        SET at = excluded.at, outcome = excluded.outcome, response = excluded.response";
    LOCK = "SELECT state, attempts FROM letters WHERE id = $1", postgres adds "FOR UPDATE";
    FINISH_ATTEMPT = "UPDATE letters SET state = $2, due_at = $3, sent_at = $4, last_response = $5, worker = NULL,
            lease_until = 0 WHERE id = $1";
    OF_REGISTRATION = "SELECT id, reference, number, kind, message_id, recipient, subject, text, html, state, queued_at,
            sent_at, attempts, last_response FROM letters WHERE reference = $1 ORDER BY number";
    BY_MESSAGE_ID = "SELECT id, reference, number, kind, message_id, recipient, subject, text, html, state, queued_at,
            sent_at, attempts, last_response FROM letters WHERE message_id = $1";
    UNDELIVERED = "SELECT letters.id, letters.reference, letters.number, letters.kind, letters.message_id, letters.recipient,
            letters.subject, letters.text, letters.html, letters.state, letters.queued_at, letters.sent_at,
            letters.attempts, letters.last_response
        FROM letters JOIN registrations ON registrations.reference = letters.reference
        WHERE letters.state = 'failed' AND registrations.state IN ('verified', 'accepted', 'active')
            AND NOT EXISTS (SELECT 1 FROM letters AS later WHERE later.reference = letters.reference
                AND later.number > letters.number AND later.state = 'sent')
        ORDER BY letters.queued_at, letters.id LIMIT $1";
    RAW = "SELECT raw FROM letters WHERE reference = $1 AND number = $2";
    ATTEMPTS = "SELECT attempt, at, outcome, response FROM letter_attempts WHERE letter_id = $1 ORDER BY attempt";
}

/// What the claimer of a letter reads when the one before died with it.
const INTERRUPTED: &str = "interrupted while sending: nobody knows whether it arrived";
const CANCELLED: &str = "the registration was withdrawn before it was sent";
const CANCELLED_UNCERTAIN: &str = "the registration was withdrawn; an earlier attempt may have arrived";

const CANCELLED_SETTLED: &str = "its questions were settled before it was sent";
const CANCELLED_HEARD: &str = "the customer was heard of before it was sent";
const SETTLED_STATES: [&str; 4] = ["verified", "accepted", "active", "rejected"];

const TOO_MANY_LETTERS: &str = "put off: this address had its fill of letters within a day";
/// No customer needs more letters in a day; a loop with a robot that looks like a person ends here.
pub const LETTERS_PER_ADDRESS_A_DAY_MAX: i64 = 20;
const DAY_MICROSECONDS: i64 = 24 * 3600 * 1_000_000;
/// A letter over that number is looked at again after an hour.
const PUT_OFF_MICROSECONDS: i64 = 3600 * 1_000_000;

/// One attempt to send a letter, as people see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAttempt {
    /// From 1.
    pub attempt: u32,
    pub at: Timestamp,
    /// `sent`, `deferred`, `uncertain` or `failed`.
    pub outcome: String,
    /// The server's words.
    pub response: String,
}

/// What queueing a letter came to.
pub(super) enum Queued {
    ToSend,
    /// It could not be written: kept as failed, so that somebody knows.
    NotWritten(LetterFault),
}

/// The parts of a letter that its row keeps; of one that could not be written, what is known.
struct Written {
    message_id: String,
    envelope_sender: String,
    recipient: String,
    subject: String,
    text: String,
    html: String,
    raw: Vec<u8>,
}

/// A letter that an event asks for.
pub(super) struct Wanted {
    pub(super) number: u32,
    pub(super) kind: LetterKind,
    /// Of an agent's reply alone.
    pub(super) words: Option<AgentWords>,
}

impl Store {
    /// The letter that an agent's words would become, if they were sent now.
    ///
    /// # Errors
    /// See [`LetterFault`].
    pub fn preview_reply(
        &self,
        words: &AgentWords,
        registration: &Registration,
        at: Timestamp,
    ) -> Result<RenderedLetter, LetterFault> {
        let number = registration.letters_queued + 1;
        self.inner.writer.reply(words, number, registration, &[], at)
    }
}

/// Writes a letter and puts it into the outbox, in the transaction of the event that asks for it.
pub(super) async fn queue(
    inner: &Inner,
    tx: &mut Tx,
    registration: &Registration,
    wanted: Wanted,
    at: Timestamp,
) -> Result<Queued, StoreError> {
    let Wanted { number, kind, words } = wanted;
    let earlier: Vec<String> = on_tx!(&mut *tx, c, sql = EARLIER => {
        sqlx::query_scalar(sql)
            .bind(registration.reference.as_str())
            .bind(i64::from(number))
            .fetch_all(c)
            .await
    })?;
    let letter = match &words {
        Some(words) => inner.writer.reply(words, number, registration, &earlier, at),
        None => inner.writer.write(kind, number, registration, &earlier, at),
    };
    match letter {
        Ok(letter) => {
            let written = Written {
                message_id: letter.message_id,
                envelope_sender: letter.envelope_sender,
                recipient: letter.recipient,
                subject: letter.subject,
                text: letter.text,
                html: letter.html,
                raw: letter.raw,
            };
            insert(
                tx,
                registration,
                number,
                kind,
                written,
                (LetterState::Queued, None),
                at,
            )
            .await?;
            Ok(Queued::ToSend)
        }
        Err(fault) => {
            let reason = fault.to_string();
            tracing::error!(reference = %registration.reference, number, "a letter could not be written");
            let state = (LetterState::Failed, Some(reason.as_str()));
            insert(
                tx,
                registration,
                number,
                kind,
                unwritten(inner, registration, number),
                state,
                at,
            )
            .await?;
            Ok(Queued::NotWritten(fault))
        }
    }
}

fn unwritten(inner: &Inner, registration: &Registration, number: u32) -> Written {
    let sender = &inner.writer.from_address;
    let domain = sender.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    Written {
        message_id: inner
            .writer
            .tokens
            .message_id(&registration.reference, number, domain),
        envelope_sender: sender.clone(),
        recipient: registration
            .field(crate::registration::Field::Email)
            .unwrap_or_default()
            .to_owned(),
        subject: String::new(),
        text: String::new(),
        html: String::new(),
        raw: Vec::new(),
    }
}

async fn insert(
    tx: &mut Tx,
    registration: &Registration,
    number: u32,
    kind: LetterKind,
    letter: Written,
    (state, response): (LetterState, Option<&str>),
    at: Timestamp,
) -> Result<(), StoreError> {
    execute!(
        tx,
        INSERT,
        registration.reference.as_str(),
        i64::from(number),
        kind.name(),
        storable(&letter.message_id),
        storable(&letter.envelope_sender),
        storable(&letter.recipient),
        storable(&letter.subject),
        storable(&letter.text),
        storable(&letter.html),
        letter.raw.as_slice(),
        state.name(),
        micros(at),
        response.map(storable),
        urgency(kind),
        domain_of(&storable(&letter.recipient))
    )?;
    Ok(())
}

/// Who waits for a letter gets it before who was only silent.
fn urgency(kind: LetterKind) -> i64 {
    i64::from(kind.is_reminder() || kind == LetterKind::Expiry)
}

/// What stands behind the @ of an address, in lower case; empty when there is nothing.
pub fn domain_of(address: &str) -> String {
    address
        .rsplit_once('@')
        .map_or_else(String::new, |(_, domain)| domain.to_lowercase())
}

#[derive(sqlx::FromRow)]
struct LetterToSend {
    id: i64,
    reference: String,
    number: i64,
    kind: String,
    message_id: String,
    envelope_sender: String,
    recipient: String,
    raw: Vec<u8>,
    attempts: i64,
    state: String,
    registration_state: String,
    awaiting: Option<String>,
}

/// Why a letter is not sent any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stale {
    Withdrawn,
    Settled,
    /// The customer was silent when it was written, and is not any more.
    Heard,
}

impl LetterToSend {
    fn stale(&self) -> Option<Stale> {
        let state = self.registration_state.as_str();
        let kind = LetterKind::from_name(&self.kind)?;
        match kind {
            LetterKind::WithdrawalAcknowledgement | LetterKind::AgentReply => None,
            _ if state == "withdrawn" => Some(Stale::Withdrawn),
            // Only the first request: a follow-up also tells what was noted.
            LetterKind::ClarificationRequest if SETTLED_STATES.contains(&state) => Some(Stale::Settled),
            LetterKind::Reminder | LetterKind::LastReminder => {
                (self.awaiting.as_deref() != Some("customer")).then_some(Stale::Heard)
            }
            LetterKind::Expiry => (state != "expired").then_some(Stale::Heard),
            _ => None,
        }
    }

    fn into_claimed(self) -> Result<ClaimedLetter, StoreError> {
        Ok(ClaimedLetter {
            id: self.id,
            reference: parse_reference(&self.reference)?,
            number: to_u32(self.number, "letter number")?,
            kind: kind(&self.kind)?,
            message_id: self.message_id,
            envelope_sender: self.envelope_sender,
            recipient: self.recipient,
            raw: self.raw,
            attempts: to_u32(self.attempts, "attempts")?,
            from_state: match LetterState::from_name(&self.state)? {
                // Its sender died: the server may have taken it.
                LetterState::Sending => LetterState::Uncertain,
                state => state,
            },
        })
    }
}

#[derive(sqlx::FromRow)]
struct LetterRow {
    id: i64,
    reference: String,
    number: i64,
    kind: String,
    message_id: String,
    recipient: String,
    subject: String,
    text: String,
    html: String,
    state: String,
    queued_at: i64,
    sent_at: Option<i64>,
    attempts: i64,
    last_response: Option<String>,
}

impl LetterRow {
    fn into_letter(self) -> Result<StoredLetter, StoreError> {
        Ok(StoredLetter {
            id: self.id,
            reference: parse_reference(&self.reference)?,
            number: to_u32(self.number, "letter number")?,
            kind: kind(&self.kind)?,
            message_id: self.message_id,
            recipient: self.recipient,
            subject: self.subject,
            text: self.text,
            html: self.html,
            state: LetterState::from_name(&self.state)?,
            queued_at: timestamp(self.queued_at)?,
            sent_at: self.sent_at.map(timestamp).transpose()?,
            attempts: to_u32(self.attempts, "attempts")?,
            last_response: self.last_response,
        })
    }
}

fn kind(name: &str) -> Result<LetterKind, StoreError> {
    LetterKind::from_name(name).ok_or_else(|| StoreError::Corrupt(format!("the kind of letter `{name}`")))
}

impl LetterState {
    pub const ALL: [LetterState; 8] = [
        LetterState::Queued,
        LetterState::Sending,
        LetterState::Sent,
        LetterState::Deferred,
        LetterState::Uncertain,
        LetterState::Failed,
        LetterState::Held,
        LetterState::Cancelled,
    ];

    /// The name in snake case, as stored and shown.
    pub fn name(self) -> &'static str {
        match self {
            LetterState::Queued => "queued",
            LetterState::Sending => "sending",
            LetterState::Sent => "sent",
            LetterState::Deferred => "deferred",
            LetterState::Uncertain => "uncertain",
            LetterState::Failed => "failed",
            LetterState::Held => "held",
            LetterState::Cancelled => "cancelled",
        }
    }

    fn from_name(name: &str) -> Result<LetterState, StoreError> {
        LetterState::ALL
            .into_iter()
            .find(|state| state.name() == name)
            .ok_or_else(|| StoreError::Corrupt(format!("the state of a letter `{name}`")))
    }
}

impl AttemptOutcome {
    fn state(&self) -> LetterState {
        match self {
            AttemptOutcome::Sent { .. } => LetterState::Sent,
            AttemptOutcome::Deferred { .. } => LetterState::Deferred,
            AttemptOutcome::Uncertain { .. } => LetterState::Uncertain,
            AttemptOutcome::Failed { .. } => LetterState::Failed,
        }
    }

    fn words(&self) -> &str {
        match self {
            AttemptOutcome::Sent { response }
            | AttemptOutcome::Deferred { response, .. }
            | AttemptOutcome::Failed { response } => response,
            AttemptOutcome::Uncertain { detail, .. } => detail,
        }
    }

    fn next(&self) -> Option<Timestamp> {
        match self {
            AttemptOutcome::Deferred { next, .. } | AttemptOutcome::Uncertain { next, .. } => Some(*next),
            AttemptOutcome::Sent { .. } | AttemptOutcome::Failed { .. } => None,
        }
    }
}

impl Store {
    /// Claims letters that are due, longest due first, and marks them as being sent. One whose sender died before it could
    /// say how it ended comes back, when its lease is over, as [`LetterState::Uncertain`]. Letters of a withdrawn
    /// registration are cancelled instead.
    pub async fn claim_letters(
        &self,
        worker: &str,
        limit: u32,
        resting: &[String],
        at: Timestamp,
        lease_until: Timestamp,
    ) -> Result<Vec<ClaimedLetter>, StoreError> {
        let resting = to_json(&resting)?;
        let mut tx = self.inner.db.begin().await?;
        let rows: Vec<LetterToSend> = on_tx!(&mut tx, c, sql = TO_SEND => {
            sqlx::query_as(sql)
                .bind(micros(at))
                .bind(i64::from(limit))
                .bind(&resting)
                .fetch_all(c)
                .await
        })?;
        let mut claimed = Vec::with_capacity(rows.len());
        for row in rows {
            let stale = row.stale();
            let id = row.id;
            let interrupted = row.state == LetterState::Sending.name();
            let letter = match row.into_claimed() {
                Ok(letter) => letter,
                Err(error) => {
                    // One row that this version cannot read must not keep the others from being sent.
                    tracing::error!(letter = id, %error, "a letter cannot be sent");
                    continue;
                }
            };
            if interrupted {
                let outcome = LetterState::Uncertain.name();
                execute!(
                    &mut tx,
                    KEEP_ATTEMPT,
                    id,
                    i64::from(letter.attempts),
                    micros(at),
                    outcome,
                    INTERRUPTED
                )?;
            }
            let too_many = self.too_many_lately(&mut tx, &letter.recipient, at).await?;
            if let Some(stale) = stale {
                let words = match (stale, letter.from_state) {
                    (Stale::Withdrawn, LetterState::Uncertain) => CANCELLED_UNCERTAIN,
                    (Stale::Withdrawn, _) => CANCELLED,
                    (Stale::Settled, _) => CANCELLED_SETTLED,
                    (Stale::Heard, _) => CANCELLED_HEARD,
                };
                execute!(&mut tx, CANCEL, id, words)?;
            } else if too_many {
                tracing::warn!(letter = %letter.message_id, "put off: {TOO_MANY_LETTERS}");
                // What may have arrived already stays so.
                let put_off = match letter.from_state {
                    LetterState::Uncertain => LetterState::Uncertain,
                    _ => LetterState::Deferred,
                };
                execute!(
                    &mut tx,
                    PUT_OFF,
                    id,
                    micros(at) + PUT_OFF_MICROSECONDS,
                    TOO_MANY_LETTERS,
                    put_off.name()
                )?;
            } else {
                execute!(&mut tx, CLAIM, id, worker, micros(lease_until))?;
                claimed.push(letter);
            }
        }
        tx.commit().await?;
        Ok(claimed)
    }

    /// Whether the address had its fill of letters for a day: then something writes to a robot, or in a circle.
    async fn too_many_lately(&self, tx: &mut Tx, recipient: &str, at: Timestamp) -> Result<bool, StoreError> {
        let since = micros(at) - DAY_MICROSECONDS;
        let sent: i64 = on_tx!(&mut *tx, c, sql = SENT_LATELY => {
            sqlx::query_scalar(sql).bind(recipient).bind(since).fetch_one(c).await
        })?;
        Ok(sent >= LETTERS_PER_ADDRESS_A_DAY_MAX)
    }

    /// Records how an attempt ended, with the event (letter_sent, letter_failed) in the same transaction.
    ///
    /// An attempt whose lease ran out, so that the letter was claimed again, keeps its words; of its outcome only `Sent`
    /// counts: the letter did arrive.
    pub async fn record_attempt(
        &self,
        letter: &ClaimedLetter,
        outcome: AttemptOutcome,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.inner.db.begin().await?;
        let current = registrations::lock(&mut tx, &letter.reference).await?;
        let row: Option<(String, i64)> = on_tx!(&mut tx, c, sql = LOCK => {
            sqlx::query_as(sql).bind(letter.id).fetch_optional(c).await
        })?;
        let (Some(mut current), Some((state, attempts))) = (current, row) else {
            return Err(StoreError::Corrupt(format!("letter {} is gone", letter.id)));
        };
        let state = LetterState::from_name(&state)?;
        let attempt = i64::from(letter.attempts) + 1;
        let words = storable(outcome.words());
        execute!(
            &mut tx,
            KEEP_ATTEMPT,
            letter.id,
            attempt,
            micros(at),
            outcome.state().name(),
            &words
        )?;
        let ours = state == LetterState::Sending && attempts == attempt;
        let arrived_late = outcome.state() == LetterState::Sent && state != LetterState::Sent;
        if ours || arrived_late {
            let due_at = outcome.next().unwrap_or(at);
            let sent_at = (outcome.state() == LetterState::Sent).then(|| micros(at));
            execute!(
                &mut tx,
                FINISH_ATTEMPT,
                letter.id,
                outcome.state().name(),
                micros(due_at),
                sent_at,
                &words
            )?;
            let number = letter.number;
            let command = match outcome {
                AttemptOutcome::Sent { .. } => Some(Command::LetterSent { letter: number }),
                AttemptOutcome::Failed { response } => Some(Command::LetterFailed {
                    letter: number,
                    detail: response,
                }),
                AttemptOutcome::Deferred { .. } | AttemptOutcome::Uncertain { .. } => None,
            };
            let inner = &self.inner;
            let noted =
                command.and_then(|command| follow_up(&current.registration, command, at, &inner.policy));
            if let Some(noted) = noted {
                let change = Change { inner, at };
                change
                    .record(&mut tx, &mut current, Actor::Estafette, noted)
                    .await?;
            }
        }
        tx.commit().await
    }

    /// Keeps the claim of a letter that is still being sent by that worker; changes nothing when it is not.
    pub async fn renew_letter_lease(
        &self,
        letter: i64,
        worker: &str,
        lease_until: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.inner.db.begin().await?;
        execute!(&mut tx, RENEW, letter, worker, micros(lease_until))?;
        tx.commit().await
    }

    /// The letters of a registration, in the order they were queued.
    pub async fn letters_of(&self, reference: &Reference) -> Result<Vec<StoredLetter>, StoreError> {
        let rows: Vec<LetterRow> = on_pool!(&self.inner.db, c, sql = OF_REGISTRATION => {
            sqlx::query_as(sql).bind(reference.as_str()).fetch_all(c).await
        })?;
        rows.into_iter().map(LetterRow::into_letter).collect()
    }

    /// The bytes of a letter, as they were or will be sent.
    pub async fn raw_letter(
        &self,
        reference: &Reference,
        number: u32,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let raw = on_pool!(&self.inner.db, c, sql = RAW => {
            sqlx::query_scalar(sql).bind(reference.as_str()).bind(i64::from(number)).fetch_optional(c).await
        })?;
        Ok(raw)
    }

    /// Letters that were refused for good to registrations that go on without them: nobody else would hear of it. Those with a
    /// later letter that arrived are left out. Oldest first.
    pub async fn undelivered_letters(&self, limit: u32) -> Result<Vec<StoredLetter>, StoreError> {
        let rows: Vec<LetterRow> = on_pool!(&self.inner.db, c, sql = UNDELIVERED => {
            sqlx::query_as(sql).bind(i64::from(limit)).fetch_all(c).await
        })?;
        rows.into_iter().map(LetterRow::into_letter).collect()
    }

    /// The letter of a Message-ID, without angle brackets.
    pub async fn letter_by_message_id(&self, message_id: &str) -> Result<Option<StoredLetter>, StoreError> {
        let row: Option<LetterRow> = on_pool!(&self.inner.db, c, sql = BY_MESSAGE_ID => {
            sqlx::query_as(sql).bind(storable(message_id)).fetch_optional(c).await
        })?;
        row.map(LetterRow::into_letter).transpose()
    }

    /// The attempts to send a letter, oldest first.
    pub async fn attempts_of(&self, letter_id: i64) -> Result<Vec<StoredAttempt>, StoreError> {
        let rows: Vec<(i64, i64, String, String)> = on_pool!(&self.inner.db, c, sql = ATTEMPTS => {
            sqlx::query_as(sql).bind(letter_id).fetch_all(c).await
        })?;
        rows.into_iter()
            .map(|(attempt, at, outcome, response)| {
                Ok(StoredAttempt {
                    attempt: to_u32(attempt, "attempt")?,
                    at: timestamp(at)?,
                    outcome,
                    response,
                })
            })
            .collect()
    }
}
