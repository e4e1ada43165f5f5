//! What the calendar brings: an accepted registration becomes active on its start date, a customer who does not answer is
//! reminded.

use std::time::Duration;

use super::{BATCH, Shift};
use crate::clock;
use crate::registration::{Actor, Command};
use crate::store::{ActError, Order, Silenced, Store, StoreError};

/// Between two looks at the calendar.
const LOOK_SECONDS: u64 = 300;
/// Silences broken in one look: these times [`BATCH`]. The rest waits for the next one.
const BATCHES_MAX: usize = 100;

pub struct Calendar {
    pub store: Store,
    pub shift: Shift,
}

impl Calendar {
    pub async fn run(self) {
        while !self.shift.shutdown.is_cancelled() {
            for kept in [self.activate_due().await, self.break_silences().await] {
                if let Err(error) = kept {
                    tracing::error!(%error, "the calendar could not be kept; trying again");
                }
            }
            tokio::select! {
                () = self.shift.shutdown.cancelled() => {}
                () = tokio::time::sleep(Duration::from_secs(LOOK_SECONDS)) => {}
            }
        }
    }

    async fn activate_due(&self) -> Result<(), StoreError> {
        let now = clock::now();
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
                Err(ActError::Store(error)) => return Err(error),
                Err(refusal) => tracing::warn!(%reference, %refusal, "could not become active"),
            }
        }
        Ok(())
    }

    /// Reminders, calls and ends that are due, in the hours that letters go out.
    async fn break_silences(&self) -> Result<(), StoreError> {
        let now = clock::now();
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
                    Err(ActError::Store(error)) => return Err(error),
                    Err(refusal) => tracing::warn!(%reference, %refusal, "a silence could not be broken"),
                }
            }
            self.shift.bells.ring();
        }
        Ok(())
    }
}
