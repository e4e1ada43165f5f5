//! The heart of the store: a command becomes events, a current row and queued letters, all in the caller's transaction.
//!
//! The life cycle decides, the writer writes, both pure; here they meet the rows. Nothing else changes a registration.

use std::collections::{BTreeSet, VecDeque};

use jiff::Timestamp;

use crate::registration::life_cycle::{Command, Policy, decide};
use crate::registration::{Actor, Effect, Outcome, Patience, Reference, Registration};

use super::db::{Tx, micros};
use super::letters::{self, Queued};
use super::registrations::{self, Current};
use super::{ActError, Inner, Order, Store, StoreError};

/// Letters one command may queue, those that follow from a letter's failure included. More is a loop.
const LETTERS_PER_COMMAND_MAX: usize = 8;

impl Store {
    /// Carries out one order: decide, record the events, write and queue the letters, one transaction.
    ///
    /// # Errors
    /// With any error nothing was changed.
    pub async fn act(&self, order: Order, at: Timestamp) -> Result<Registration, ActError> {
        let mut tx = self.inner.db.begin().await?;
        let registration = carry_out(&self.inner, &mut tx, order, at).await?;
        tx.commit().await?;
        Ok(registration)
    }
}

impl Store {
    /// Carries out what somebody asks for who saw the registration at `version`: all of it in one transaction, or nothing and
    /// false when it changed meanwhile. So a form that is posted twice acts once.
    ///
    /// # Errors
    /// With any error nothing was changed.
    pub async fn act_on_seen(
        &self,
        reference: &Reference,
        version: i64,
        orders: Vec<Order>,
        at: Timestamp,
    ) -> Result<bool, ActError> {
        let mut tx = self.inner.db.begin().await?;
        let current = registrations::lock(&mut tx, reference)
            .await?
            .ok_or_else(|| ActError::NotFound(reference.clone()))?;
        if current.version != version {
            tx.roll_back().await?;
            return Ok(false);
        }
        carry_out_all(&self.inner, &mut tx, orders, at).await?;
        tx.commit().await?;
        Ok(true)
    }
}

/// What breaking a silence came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silenced {
    /// A reminder was queued, the registration was put on the call list, or it expired.
    Broken,
    /// Nothing is due any more, or not yet.
    Kept,
}

impl Store {
    /// Does what is due because of a customer's silence: reminder, call list or expiry. Safe with several processes: who comes
    /// second finds nothing due.
    ///
    /// # Errors
    /// With any error nothing was changed.
    pub async fn break_silence(&self, reference: &Reference, at: Timestamp) -> Result<Silenced, ActError> {
        let mut tx = self.inner.db.begin().await?;
        let mut current = registrations::lock(&mut tx, reference)
            .await?
            .ok_or_else(|| ActError::NotFound(reference.clone()))?;
        let policy = &self.inner.policy;
        let silenced = match decide(&current.registration, Command::BreakSilence, at, policy) {
            Ok(outcome) => {
                let change = Change {
                    inner: &self.inner,
                    at,
                };
                change
                    .record(&mut tx, &mut current, Actor::Estafette, outcome)
                    .await?;
                Silenced::Broken
            }
            Err(_) => {
                registrations::plan(&mut tx, &current.registration, &policy.patience).await?;
                Silenced::Kept
            }
        };
        tx.commit().await?;
        Ok(silenced)
    }

    /// How long this store's registrations wait for their customers.
    pub fn patience(&self) -> &Patience {
        &self.inner.policy.patience
    }
}

/// Carries out the orders one after the other. An order that is refused refuses all: the caller drops the transaction.
pub(super) async fn carry_out_all(
    inner: &Inner,
    tx: &mut Tx,
    orders: Vec<Order>,
    at: Timestamp,
) -> Result<(), ActError> {
    // Locked in one order everywhere: two that need the same registrations wait for each other instead of failing.
    let references: BTreeSet<Reference> = orders.iter().map(|order| order.reference.clone()).collect();
    for reference in &references {
        registrations::lock(tx, reference).await?;
    }
    for order in orders {
        carry_out(inner, tx, order, at).await?;
    }
    Ok(())
}

async fn carry_out(
    inner: &Inner,
    tx: &mut Tx,
    order: Order,
    at: Timestamp,
) -> Result<Registration, ActError> {
    let mut current = registrations::lock(tx, &order.reference)
        .await?
        .ok_or(ActError::NotFound(order.reference))?;
    let outcome = decide(&current.registration, order.command, at, &inner.policy)?;
    let change = Change { inner, at };
    change.record(tx, &mut current, order.actor, outcome).await?;
    Ok(current.registration)
}

/// What the steps of one change have in common.
pub(super) struct Change<'a> {
    pub(super) inner: &'a Inner,
    pub(super) at: Timestamp,
}

impl Change<'_> {
    /// Records an outcome: folds and appends its events, queues its letters, writes the current row back.
    pub(super) async fn record(
        &self,
        tx: &mut Tx,
        current: &mut Current,
        actor: Actor,
        outcome: Outcome,
    ) -> Result<(), StoreError> {
        let before = current.clone();
        fold(current, &outcome, self.at);
        self.record_folded(tx, current, &before, actor, outcome).await
    }

    /// The same for an outcome whose events are folded into `current` already.
    pub(super) async fn record_folded(
        &self,
        tx: &mut Tx,
        current: &mut Current,
        before: &Current,
        actor: Actor,
        outcome: Outcome,
    ) -> Result<(), StoreError> {
        let mut letters_queued = 0;
        let mut outcomes = VecDeque::from([(actor, outcome)]);
        while let Some((actor, outcome)) = outcomes.pop_front() {
            for event in &outcome.events {
                registrations::append(tx, current, &actor, event, self.at).await?;
            }
            for effect in outcome.effects {
                letters_queued += 1;
                if letters_queued > LETTERS_PER_COMMAND_MAX {
                    return Err(StoreError::Corrupt(format!(
                        "{}: one command asks for more than {LETTERS_PER_COMMAND_MAX} letters",
                        current.registration.reference
                    )));
                }
                if let Some(follow_up) = self.take_effect(tx, &current.registration, effect).await? {
                    fold(current, &follow_up, self.at);
                    outcomes.push_back((Actor::Estafette, follow_up));
                }
            }
        }
        if current.last_sequence == before.last_sequence {
            return Ok(());
        }
        registrations::write_back(tx, &self.inner.policy.patience, current, before).await
    }

    /// Does what an effect asks for; gives what follows when it cannot be done.
    async fn take_effect(
        &self,
        tx: &mut Tx,
        registration: &Registration,
        effect: Effect,
    ) -> Result<Option<Outcome>, StoreError> {
        let Effect::QueueLetter { letter, kind, words } = effect;
        let wanted = letters::Wanted {
            number: letter,
            kind,
            words,
        };
        match letters::queue(self.inner, tx, registration, wanted, self.at).await? {
            Queued::ToSend => Ok(None),
            Queued::NotWritten(fault) => {
                let detail = fault.to_string();
                Ok(follow_up(
                    registration,
                    Command::LetterFailed { letter, detail },
                    self.at,
                    &self.inner.policy,
                ))
            }
        }
    }
}

/// The time that events recorded now are dated with: never before the last one, whoever's clock was slow.
fn dated(current: &Current, at: Timestamp) -> Timestamp {
    let micros = micros(at).max(current.last_at);
    Timestamp::from_microsecond(micros).unwrap_or(at)
}

fn fold(current: &mut Current, outcome: &Outcome, at: Timestamp) {
    let dated = dated(current, at);
    for event in &outcome.events {
        current.registration.evolve(event, dated);
    }
}

/// What estafette itself does next. The life cycle may refuse (a letter of a registration that was closed meanwhile): then
/// the letter's own state still tells.
pub(super) fn follow_up(
    registration: &Registration,
    command: Command,
    at: Timestamp,
    policy: &Policy,
) -> Option<Outcome> {
    match decide(registration, command, at, policy) {
        Ok(outcome) => Some(outcome),
        Err(refusal) => {
            tracing::warn!(reference = %registration.reference, %refusal, "the life cycle takes no note of a letter");
            None
        }
    }
}
