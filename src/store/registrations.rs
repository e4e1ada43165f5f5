//! Registrations: the current row, the append-only history it is folded from, and what finds them.

use jiff::{Timestamp, civil::Date};

use crate::registration::event::Event;
use crate::registration::life_cycle;
use crate::registration::{
    Actor, Awaiting, Energy, Field, Patience, RecordedEvent, Reference, Registration, RegistrationDocument,
    State,
};

use super::db::{
    Tx, execute, from_json, micros, on_pool, on_tx, statements, storable, timestamp, to_json,
    to_the_microsecond,
};
use super::orders::Change;
use super::page::{Position, page, rows_to_fetch};
use super::search;
use super::{Page, RegistrationRow, Store, StoreError, Submission};

statements! {
    INSERT = "INSERT INTO registrations (reference, version, last_sequence, state, awaiting, email, electricity_ean,
            gas_ean, start_date, submitted_at, updated_at, registration, words_kept)
        VALUES ($1, 1, 0, $2, $3, $4, $5, $6, $7, $8, $8, $9, 1) ON CONFLICT (reference) DO NOTHING";
    LOCK = "SELECT reference, version, last_sequence, updated_at, registration FROM registrations WHERE reference = $1",
        postgres adds "FOR UPDATE";
    UPDATE = "UPDATE registrations SET version = version + 1, last_sequence = $2, state = $3, awaiting = $4, email = $5,
            electricity_ean = $6, gas_ean = $7, start_date = $8, updated_at = $9, registration = $10, next_step_at = $12
        WHERE reference = $1 AND version = $11";
    END_LEASE = "UPDATE registrations SET worker = NULL, lease_until = 0 WHERE reference = $1";
    APPEND = "INSERT INTO history (reference, sequence, at, actor, event) VALUES ($1, $2, $3, $4, $5)";
    HISTORY = "SELECT at, actor, event FROM history WHERE reference = $1 ORDER BY sequence";
    ONE = "SELECT reference, version, last_sequence, updated_at, registration FROM registrations WHERE reference = $1";
    NEWEST_CHANGE_FIRST = "SELECT reference, version, last_sequence, updated_at, registration FROM registrations
        WHERE (updated_at, reference) < ($1, $2) ORDER BY updated_at DESC, reference DESC LIMIT $3";
    FOR_AGENT = "SELECT reference, version, last_sequence, updated_at, registration FROM registrations
        WHERE state = 'blocked' AND awaiting = 'agent' AND NOT EXISTS (SELECT 1 FROM messages
            WHERE messages.reference = registrations.reference AND disposition = 'review' AND closed IS NULL)
        ORDER BY updated_at, reference LIMIT $1";
    READ_IDEMPOTENCY_KEY = "SELECT body_sha256, reference FROM idempotency_keys WHERE idempotency_key = $1";
    KEEP_IDEMPOTENCY_KEY = "INSERT INTO idempotency_keys (idempotency_key, body_sha256, reference, at)
        VALUES ($1, $2, $3, $4) ON CONFLICT (idempotency_key) DO NOTHING";
    TO_VERIFY = "SELECT reference, registration FROM registrations
        WHERE state IN ('received', 'verifying') AND lease_until <= $1 ORDER BY submitted_at, reference LIMIT $2",
        postgres adds "FOR UPDATE SKIP LOCKED";
    LEASE = "UPDATE registrations SET worker = $2, lease_until = $3 WHERE reference = $1";
    EAN_IN_USE = "SELECT reference FROM registrations WHERE (electricity_ean = $1 OR gas_ean = $1) AND reference <> $2
        AND state NOT IN ('rejected', 'withdrawn', 'expired') LIMIT 1";
    SILENT = "SELECT reference FROM registrations WHERE next_step_at IS NOT NULL AND next_step_at <= $1
        ORDER BY next_step_at, reference LIMIT $2";
    PLAN = "UPDATE registrations SET next_step_at = $2 WHERE reference = $1";
    DUE_FOR_ACTIVATION = "SELECT reference FROM registrations
        WHERE state = 'accepted' AND start_date <= $1 ORDER BY start_date, reference LIMIT $2";
}

/// The current row, as a change takes it.
#[derive(Debug, Clone)]
pub(super) struct Current {
    pub(super) version: i64,
    /// Sequence number of the last event.
    pub(super) last_sequence: i64,
    /// Time of the last event, microseconds. A later event is never dated before it, whoever's clock was slow.
    pub(super) last_at: i64,
    pub(super) registration: Registration,
}

#[derive(sqlx::FromRow)]
pub(super) struct CurrentRow {
    reference: String,
    version: i64,
    last_sequence: i64,
    updated_at: i64,
    registration: String,
}

impl CurrentRow {
    fn position(&self) -> Position {
        Position {
            at: self.updated_at,
            key: self.reference.clone(),
        }
    }

    pub(super) fn into_row(self) -> Result<RegistrationRow, StoreError> {
        Ok(RegistrationRow {
            registration: from_json(&self.registration, "a registration")?,
            updated_at: timestamp(self.updated_at)?,
            version: self.version,
        })
    }
}

impl Store {
    /// Takes a registration in: state received, event submitted, registration confirmation queued, one transaction.
    ///
    /// `idempotency` is the key of the POST and the SHA-256 of its body.
    ///
    /// # Errors
    /// With [`StoreError::ReferenceTaken`] the caller draws another reference; with any error nothing was changed.
    pub async fn submit(
        &self,
        document: RegistrationDocument,
        reference: Reference,
        actor: Actor,
        idempotency: Option<(String, [u8; 32])>,
        at: Timestamp,
    ) -> Result<Submission, StoreError> {
        let at = to_the_microsecond(at);
        let (registration, outcome) = match life_cycle::submit(document, reference, at) {
            Ok(submitted) => submitted,
            Err(faults) => return Err(StoreError::Faulty(faults)),
        };
        let mut tx = self.inner.db.begin().await?;
        if let Some((key, hash)) = &idempotency
            && let Some(submission) = earlier_submission(&mut tx, key, hash).await?
        {
            return Ok(submission);
        }
        if !insert(&mut tx, &registration, at).await? {
            return Err(StoreError::ReferenceTaken(registration.reference));
        }
        if let Some((key, hash)) = &idempotency
            && !keep_idempotency_key(&mut tx, key, hash, &registration.reference, at).await?
        {
            // Another POST with the same key was committed in between: that one counts.
            tx.roll_back().await?;
            let mut tx = self.inner.db.begin().await?;
            return earlier_submission(&mut tx, key, hash)
                .await?
                .ok_or_else(|| StoreError::Corrupt("an idempotency key came and went".into()));
        }
        let reference = registration.reference.clone();
        let mut current = Current {
            version: 1,
            last_sequence: 0,
            last_at: 0,
            registration,
        };
        let inserted = current.clone();
        let change = Change {
            inner: &self.inner,
            at,
        };
        change
            .record_folded(&mut tx, &mut current, &inserted, actor, outcome)
            .await?;
        tx.commit().await?;
        Ok(Submission::Created(reference))
    }

    pub async fn registration(&self, reference: &Reference) -> Result<Option<RegistrationRow>, StoreError> {
        let row: Option<CurrentRow> = on_pool!(&self.inner.db, c, sql = ONE => {
            sqlx::query_as(sql).bind(reference.as_str()).fetch_optional(c).await
        })?;
        row.map(CurrentRow::into_row).transpose()
    }

    /// Everything that happened to it, oldest first.
    pub async fn history(&self, reference: &Reference) -> Result<Vec<RecordedEvent>, StoreError> {
        let rows: Vec<(i64, String, String)> = on_pool!(&self.inner.db, c, sql = HISTORY => {
            sqlx::query_as(sql).bind(reference.as_str()).fetch_all(c).await
        })?;
        rows.into_iter()
            .map(|(at, actor, event)| {
                Ok(RecordedEvent {
                    at: timestamp(at)?,
                    actor: from_json(&actor, "an actor of the history")?,
                    event: from_json(&event, "an event of the history")?,
                })
            })
            .collect()
    }

    /// The registration as its history makes it; equal to the current row, or one of the two is wrong.
    pub async fn rebuilt(&self, reference: &Reference) -> Result<Option<Registration>, StoreError> {
        let history = self.history(reference).await?;
        let Some(first) = history.first() else {
            return Ok(None);
        };
        let Event::Submitted { registration } = &first.event else {
            return Err(StoreError::Corrupt(format!(
                "the history of {reference} does not begin with its submission"
            )));
        };
        let mut registration = RegistrationDocument::clone(registration)
            .into_registration(reference.clone(), first.at)
            .map_err(|_| StoreError::Corrupt(format!("the document that {reference} was submitted with")))?;
        for recorded in &history {
            registration.evolve(&recorded.event, recorded.at);
        }
        Ok(Some(registration))
    }

    /// Registrations that wait for an agent though none of their messages does: findings that only a person settles, letters
    /// that do not arrive. The longest waiting first.
    pub async fn registrations_for_agent(&self, limit: u32) -> Result<Vec<RegistrationRow>, StoreError> {
        let rows: Vec<CurrentRow> = on_pool!(&self.inner.db, c, sql = FOR_AGENT => {
            sqlx::query_as(sql).bind(i64::from(limit)).fetch_all(c).await
        })?;
        rows.into_iter().map(CurrentRow::into_row).collect()
    }

    /// Newest change first.
    pub async fn registrations(
        &self,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Page<RegistrationRow>, StoreError> {
        let after = after
            .map(Position::parse)
            .transpose()?
            .unwrap_or(Position::last());
        let rows: Vec<CurrentRow> = on_pool!(&self.inner.db, c, sql = NEWEST_CHANGE_FIRST => {
            sqlx::query_as(sql)
                .bind(after.at)
                .bind(&after.key)
                .bind(rows_to_fetch(limit))
                .fetch_all(c)
                .await
        })?;
        page(rows, limit, CurrentRow::position, CurrentRow::into_row)
    }

    /// Claims registrations that wait for verification, oldest first, until `lease_until`.
    pub async fn claim_for_verification(
        &self,
        worker: &str,
        limit: u32,
        at: Timestamp,
        lease_until: Timestamp,
    ) -> Result<Vec<Registration>, StoreError> {
        let mut tx = self.inner.db.begin().await?;
        let rows: Vec<(String, String)> = on_tx!(&mut tx, c, sql = TO_VERIFY => {
            sqlx::query_as(sql).bind(micros(at)).bind(i64::from(limit)).fetch_all(c).await
        })?;
        let mut claimed = Vec::with_capacity(rows.len());
        for (reference, json) in rows {
            execute!(&mut tx, LEASE, &reference, worker, micros(lease_until))?;
            // One row that this version cannot read must not keep the others from being verified.
            match from_json(&json, "a registration") {
                Ok(registration) => claimed.push(registration),
                Err(error) => tracing::error!(reference, %error, "a registration cannot be verified"),
            }
        }
        tx.commit().await?;
        Ok(claimed)
    }

    /// EANs of `registration`, as they stand in it, that another registration has as well which is pending or active.
    pub async fn eans_in_use(&self, registration: &Registration) -> Result<Vec<String>, StoreError> {
        let mut in_use = Vec::new();
        for energy in Energy::ALL {
            let Some(ean) = registration.field(energy.ean_field()) else {
                continue;
            };
            let Some(digits) = ean_digits(Some(ean)) else {
                continue;
            };
            let other: Option<String> = on_pool!(&self.inner.db, c, sql = EAN_IN_USE => {
                sqlx::query_scalar(sql)
                    .bind(&digits)
                    .bind(registration.reference.as_str())
                    .fetch_optional(c)
                    .await
            })?;
            if other.is_some() {
                in_use.push(ean.to_owned());
            }
        }
        Ok(in_use)
    }

    /// Registrations whose customers were silent for so long that something is due, the longest due first.
    pub async fn silent(&self, at: Timestamp, limit: u32) -> Result<Vec<Reference>, StoreError> {
        let rows: Vec<String> = on_pool!(&self.inner.db, c, sql = SILENT => {
            sqlx::query_scalar(sql).bind(micros(at)).bind(i64::from(limit)).fetch_all(c).await
        })?;
        rows.iter().map(|text| parse_reference(text)).collect()
    }

    /// Has a registration whose step could not be taken wait until `at`, whatever its silence says.
    pub async fn put_off_step(&self, reference: &Reference, at: Timestamp) -> Result<(), StoreError> {
        let mut tx = self.inner.db.begin().await?;
        execute!(&mut tx, PLAN, reference.as_str(), micros(at))?;
        tx.commit().await
    }

    /// Accepted registrations whose first day of supply is `today` or earlier.
    pub async fn due_for_activation(&self, today: Date, limit: u32) -> Result<Vec<Reference>, StoreError> {
        let rows: Vec<String> = on_pool!(&self.inner.db, c, sql = DUE_FOR_ACTIVATION => {
            sqlx::query_scalar(sql).bind(today.to_string()).bind(i64::from(limit)).fetch_all(c).await
        })?;
        rows.iter().map(|text| parse_reference(text)).collect()
    }
}

/// Reads the row for a change; nobody else changes it until the transaction ends.
pub(super) async fn lock(tx: &mut Tx, reference: &Reference) -> Result<Option<Current>, StoreError> {
    let row: Option<CurrentRow> = on_tx!(tx, c, sql = LOCK => {
        sqlx::query_as(sql).bind(reference.as_str()).fetch_optional(c).await
    })?;
    row.map(|row| {
        Ok(Current {
            version: row.version,
            last_sequence: row.last_sequence,
            last_at: row.updated_at,
            registration: from_json(&row.registration, "a registration")?,
        })
    })
    .transpose()
}

/// Reads the row without a lock; one that this version cannot read is as none.
pub(super) async fn seen(tx: &mut Tx, reference: &Reference) -> Result<Option<Registration>, StoreError> {
    let row: Option<CurrentRow> = on_tx!(tx, c, sql = ONE => {
        sqlx::query_as(sql).bind(reference.as_str()).fetch_optional(c).await
    })?;
    Ok(row
        .and_then(|row| row.into_row().ok())
        .map(|row| row.registration))
}

/// Appends an event to the history of `current`, under the next number.
pub(super) async fn append(
    tx: &mut Tx,
    current: &mut Current,
    actor: &Actor,
    event: &Event,
    at: Timestamp,
) -> Result<(), StoreError> {
    current.last_sequence += 1;
    current.last_at = current.last_at.max(micros(at));
    execute!(
        tx,
        APPEND,
        current.registration.reference.as_str(),
        current.last_sequence,
        current.last_at,
        to_json(actor)?,
        to_json(event)?
    )?;
    Ok(())
}

/// Writes the current row after its events. The version guards against a change that went past the lock.
pub(super) async fn write_back(
    tx: &mut Tx,
    patience: &Patience,
    current: &mut Current,
    before: &Current,
) -> Result<(), StoreError> {
    let reference = current.registration.reference.clone();
    let keys = LookUpKeys::of(&current.registration);
    let written = execute!(
        tx,
        UPDATE,
        reference.as_str(),
        current.last_sequence,
        keys.state,
        keys.awaiting,
        &keys.email,
        &keys.electricity_ean,
        &keys.gas_ean,
        &keys.start_date,
        current.last_at,
        to_json(&current.registration)?,
        before.version,
        next_step_at(&current.registration, patience)
    )?;
    if written != 1 {
        return Err(StoreError::Corrupt(format!("{reference} changed under its lock")));
    }
    search::keep_words(tx, Some(&before.registration), &current.registration).await?;
    current.version = before.version + 1;
    if current.registration.state != before.registration.state {
        // What was claimed in the old state is another task now, free for anybody.
        execute!(tx, END_LEASE, reference.as_str())?;
    }
    Ok(())
}

/// When something is due if the customer stays silent, as its column has it.
fn next_step_at(registration: &Registration, patience: &Patience) -> Option<i64> {
    registration.next_step(patience).map(|planned| micros(planned.at))
}

/// Writes down when the next step is due: settings may have changed since it was.
pub(super) async fn plan(
    tx: &mut Tx,
    registration: &Registration,
    patience: &Patience,
) -> Result<(), StoreError> {
    let next = next_step_at(registration, patience);
    execute!(tx, PLAN, registration.reference.as_str(), next)?;
    Ok(())
}

/// What a registration is looked up by, in the form of its columns.
struct LookUpKeys {
    state: &'static str,
    awaiting: Option<&'static str>,
    email: Option<String>,
    electricity_ean: Option<String>,
    gas_ean: Option<String>,
    start_date: Option<String>,
}

impl LookUpKeys {
    fn of(registration: &Registration) -> LookUpKeys {
        LookUpKeys {
            state: registration.state.name(),
            awaiting: awaiting_name(registration.state),
            email: registration.field(Field::Email).map(email_key),
            electricity_ean: ean_digits(registration.field(Field::ElectricityEan)),
            gas_ean: ean_digits(registration.field(Field::GasEan)),
            start_date: registration.starts_on().map(|date| date.to_string()),
        }
    }
}

/// An e-mail address as it is looked up: lower case.
pub(super) fn email_key(address: &str) -> String {
    storable(&address.trim().to_lowercase())
}

fn awaiting_name(state: State) -> Option<&'static str> {
    state.awaiting().map(|awaiting| match awaiting {
        Awaiting::Customer => "customer",
        Awaiting::Agent => "agent",
    })
}

/// The digits of what was submitted as EAN: people write it in groups. None when there are none.
pub(super) fn ean_digits(text: Option<&str>) -> Option<String> {
    let digits: String = text?.chars().filter(char::is_ascii_digit).collect();
    (!digits.is_empty()).then_some(digits)
}

/// A reference from a column.
pub(super) fn parse_reference(text: &str) -> Result<Reference, StoreError> {
    text.parse()
        .map_err(|_| StoreError::Corrupt(format!("`{text}` where a reference should be")))
}

async fn insert(tx: &mut Tx, registration: &Registration, at: Timestamp) -> Result<bool, StoreError> {
    let keys = LookUpKeys::of(registration);
    let inserted = execute!(
        &mut *tx,
        INSERT,
        registration.reference.as_str(),
        keys.state,
        keys.awaiting,
        &keys.email,
        &keys.electricity_ean,
        &keys.gas_ean,
        &keys.start_date,
        micros(at),
        to_json(registration)?
    )?;
    if inserted == 1 {
        search::keep_words(tx, None, registration).await?;
    }
    Ok(inserted == 1)
}

async fn earlier_submission(
    tx: &mut Tx,
    key: &str,
    hash: &[u8; 32],
) -> Result<Option<Submission>, StoreError> {
    let row: Option<(Vec<u8>, String)> = on_tx!(tx, c, sql = READ_IDEMPOTENCY_KEY => {
        sqlx::query_as(sql).bind(storable(key)).fetch_optional(c).await
    })?;
    row.map(|(kept, reference)| {
        Ok(if kept == hash {
            Submission::Repeated(parse_reference(&reference)?)
        } else {
            Submission::KeyReused
        })
    })
    .transpose()
}

async fn keep_idempotency_key(
    tx: &mut Tx,
    key: &str,
    hash: &[u8; 32],
    reference: &Reference,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let kept = execute!(
        tx,
        KEEP_IDEMPOTENCY_KEY,
        storable(key),
        hash.as_slice(),
        reference.as_str(),
        micros(at)
    )?;
    Ok(kept == 1)
}
