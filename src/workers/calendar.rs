//! What the calendar brings: an accepted registration becomes active on its start date, a customer who does not answer is
//! reminded.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{BATCH, Shift};
use crate::clock;
use crate::registration::{Actor, Command};
use crate::store::{ActError, Order, Silenced, Store, StoreError};

/// Between two looks at the calendar.
const LOOK_SECONDS: u64 = 300;
/// Silences broken in one look: these times [`BATCH`]. The rest waits for the next one.
const BATCHES_MAX: usize = 100;
/// Until a silence that could not be broken is looked at again.
const RETRY: SignedDuration = SignedDuration::from_hours(1);

pub struct Calendar {
    pub store: Store,
    pub shift: Shift,
}

impl Calendar {
    pub async fn run(self) {
        while !self.shift.shutdown.is_cancelled() {
            self.keep(clock::now()).await;
            tokio::select! {
                () = self.shift.shutdown.cancelled() => {}
                () = tokio::time::sleep(Duration::from_secs(LOOK_SECONDS)) => {}
            }
        }
    }

    /// One look: does all that is due `now`.
    pub async fn keep(&self, now: Timestamp) {
        for kept in [self.activate_due(now).await, self.break_silences(now).await] {
            if let Err(error) = kept {
                tracing::error!(%error, "the calendar could not be kept; trying again");
            }
        }
    }

    async fn activate_due(&self, now: Timestamp) -> Result<(), StoreError> {
        for reference in self
            .store
            .due_for_activation(clock::belgian_date(now), BATCH)
            .await?
        {
            let order = Order {
                reference: reference.clone(),
                actor: Actor::Estafette,
                command: Command::Activate,
            };
            match self.store.act(order, now).await {
                Ok(_) => tracing::info!(%reference, "active"),
                // One row that this version cannot read must not keep the others from becoming active.
                Err(ActError::Store(StoreError::Corrupt(what))) => {
                    tracing::error!(%reference, what, "could not become active");
                }
                Err(ActError::Store(error)) => return Err(error),
                Err(refusal) => tracing::warn!(%reference, %refusal, "could not become active"),
            }
        }
        Ok(())
    }

    /// Reminders, calls and ends that are due, in the hours that letters go out.
    async fn break_silences(&self, now: Timestamp) -> Result<(), StoreError> {
        if !self.store.patience().is_open(now) {
            return Ok(());
        }
        for _ in 0..BATCHES_MAX {
            let due = self.store.silent(now, BATCH).await?;
            if due.is_empty() || self.shift.shutdown.is_cancelled() {
                break;
            }
            for reference in due {
                match self.store.break_silence(&reference, now).await {
                    Ok(Silenced::Broken) => {
                        metrics::counter!("estafette_silences_broken_total").increment(1);
                        tracing::info!(%reference, "its customer was silent: what was due is done");
                    }
                    Ok(Silenced::Kept) => {}
                    Err(ActError::Store(error)) if !matches!(error, StoreError::Corrupt(_)) => {
                        return Err(error);
                    }
                    // It is looked at again later, so that it never stands before the others.
                    Err(error) => {
                        tracing::error!(%reference, %error, "a silence could not be broken; trying again in an hour");
                        let later = now.saturating_add(RETRY).unwrap_or(now);
                        self.store.put_off_step(&reference, later).await?;
                    }
                }
            }
            self.shift.bells.ring();
        }
        Ok(())
    }
}
