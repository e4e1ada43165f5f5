//! The end of a message: its one end state, and what agents do with the ones that wait for them.

use jiff::Timestamp;

use crate::decision::queue::{Queue, hurts_at, wished_start};
use crate::registration::Reference;

use super::db::{Tx, execute, from_json, micros, on_tx, statements, storable, timestamp, to_json};
use super::orders::carry_out_all;
use super::registrations;
use super::{ActError, Closing, FetchedMessage, MessageKey, Order, Settled, Store, StoreError};

statements! {
    LOCK = "SELECT version, settled, closed FROM messages WHERE message_key = $1", postgres adds "FOR UPDATE";
    SETTLE = "UPDATE messages SET settled = $2, disposition = $3, reference = $4, settled_at = $5, version = version + 1,
            worker = NULL, lease_until = 0
        WHERE message_key = $1";
    RELINK = "UPDATE messages SET settled = $2, reference = $3, version = version + 1 WHERE message_key = $1";
    QUEUE = "UPDATE messages SET queue = $2, language = $3, starts_on = $4, hurts_at = $5 WHERE message_key = $1";
    RECEIVED_AT = "SELECT received_at FROM messages WHERE message_key = $1";
    CLOSE = "UPDATE messages SET settled = $2, reference = $3, closed = $4, version = version + 1 WHERE message_key = $1";
}

const REVIEW: &str = "review";

#[derive(sqlx::FromRow)]
struct CaseRow {
    version: i64,
    settled: Option<String>,
    closed: Option<String>,
}

impl Store {
    /// Takes in what a customer sent by one of our own pages: its bytes, its end state and what it asks for, one transaction.
    /// False when the same content was kept before: then nothing changes.
    ///
    /// # Errors
    /// When an order is refused (the registration moved on), nothing was kept: the page says so.
    pub async fn take_form(
        &self,
        message: FetchedMessage,
        key: &MessageKey,
        settled: Settled,
        orders: Vec<Order>,
        at: Timestamp,
    ) -> Result<bool, ActError> {
        let mut tx = self.inner.db.begin().await?;
        if !super::messages::keep_form(&mut tx, &message, key, at).await? {
            tx.roll_back().await?;
            return Ok(false);
        }
        let (json, disposition) = (to_json(&settled)?, storable(&settled.disposition));
        let reference = settled.reference.as_ref().map(Reference::as_str);
        execute!(&mut tx, SETTLE, &key.0, json, disposition, reference, micros(at))
            .map_err(StoreError::from)?;
        carry_out_all(&self.inner, &mut tx, orders, at).await?;
        queue(&mut tx, key, &settled).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Gives a message its one end state and carries out the orders, one transaction. A second call for a message that has
    /// its end state changes nothing and returns false; so does one for a message that does not exist.
    ///
    /// # Errors
    /// When an order is refused (the registration moved on), nothing was changed: the message still waits.
    pub async fn settle(
        &self,
        key: &MessageKey,
        settled: Settled,
        orders: Vec<Order>,
        at: Timestamp,
    ) -> Result<bool, ActError> {
        let mut tx = self.inner.db.begin().await?;
        let waits = lock(&mut tx, key).await?.is_some_and(|row| row.settled.is_none());
        if !waits {
            tx.roll_back().await?;
            return Ok(false);
        }
        let (json, disposition) = (to_json(&settled)?, storable(&settled.disposition));
        let reference = settled.reference.as_ref().map(Reference::as_str);
        execute!(&mut tx, SETTLE, &key.0, json, disposition, reference, micros(at))
            .map_err(StoreError::from)?;
        carry_out_all(&self.inner, &mut tx, orders, at).await?;
        queue(&mut tx, key, &settled).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Closes a review case with what the agent wants done, one transaction; false when `version` is not the stored one any
    /// more, or the message is no open case.
    ///
    /// # Errors
    /// When an order is refused nothing was changed: the case is still open.
    pub async fn close_case(
        &self,
        key: &MessageKey,
        version: i64,
        closing: Closing,
        reference: Option<&Reference>,
        orders: Vec<Order>,
        at: Timestamp,
    ) -> Result<bool, ActError> {
        let mut tx = self.inner.db.begin().await?;
        let Some(mut settled) = open_case(&mut tx, key, version).await? else {
            tx.roll_back().await?;
            return Ok(false);
        };
        if let Some(reference) = reference {
            settled.reference = Some(reference.clone());
        }
        let reference = settled.reference.as_ref().map(Reference::as_str);
        execute!(
            &mut tx,
            CLOSE,
            &key.0,
            to_json(&settled)?,
            reference,
            to_json(&closing)?
        )
        .map_err(StoreError::from)?;
        carry_out_all(&self.inner, &mut tx, orders, at).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Gives a review case another registration (agent's link) and its new understanding; the case stays open, whatever the
    /// disposition of `settled`. False as in [`Store::close_case`].
    pub async fn relink(
        &self,
        key: &MessageKey,
        version: i64,
        settled: Settled,
        _at: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut tx = self.inner.db.begin().await?;
        if open_case(&mut tx, key, version).await?.is_none() {
            tx.roll_back().await?;
            return Ok(false);
        }
        let settled = Settled {
            disposition: REVIEW.into(),
            ..settled
        };
        let reference = settled.reference.as_ref().map(Reference::as_str);
        execute!(&mut tx, RELINK, &key.0, to_json(&settled)?, reference)?;
        queue(&mut tx, key, &settled).await?;
        tx.commit().await?;
        Ok(true)
    }
}

/// Writes down what a message that waits for an agent is looked for by; of others there is nothing to write.
async fn queue(tx: &mut Tx, key: &MessageKey, settled: &Settled) -> Result<(), StoreError> {
    if settled.disposition != REVIEW {
        return Ok(());
    }
    let received_at: i64 = on_tx!(&mut *tx, c, sql = RECEIVED_AT => {
        sqlx::query_scalar(sql).bind(&key.0).fetch_one(c).await
    })?;
    let registration = match &settled.reference {
        Some(reference) => registrations::seen(tx, reference).await?,
        None => None,
    };
    let start = registration.as_ref().and_then(wished_start);
    execute!(
        tx,
        QUEUE,
        &key.0,
        Queue::of(&settled.kind, registration.as_ref()).name(),
        settled.language.as_deref().map(storable),
        start.map(|date| date.to_string()),
        micros(hurts_at(timestamp(received_at)?, start))
    )?;
    Ok(())
}

async fn lock(tx: &mut Tx, key: &MessageKey) -> Result<Option<CaseRow>, StoreError> {
    let row = on_tx!(tx, c, sql = LOCK => {
        sqlx::query_as(sql).bind(storable(&key.0)).fetch_optional(c).await
    })?;
    Ok(row)
}

/// What became of the message so far, when it is an open review case and nobody was faster.
async fn open_case(tx: &mut Tx, key: &MessageKey, version: i64) -> Result<Option<Settled>, StoreError> {
    let Some(row) = lock(tx, key).await? else {
        return Ok(None);
    };
    let (Some(settled), None) = (row.settled, row.closed) else {
        return Ok(None);
    };
    let settled: Settled = from_json(&settled, "what became of a message")?;
    let open = row.version == version && settled.disposition == REVIEW;
    Ok(open.then_some(settled))
}
