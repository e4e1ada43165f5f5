//! What the calendar brings: an accepted registration becomes active on its start date.

use std::time::Duration;

use super::{BATCH, Shift};
use crate::clock;
use crate::registration::{Actor, Command};
use crate::store::{ActError, Order, Store, StoreError};

/// Between two looks at the calendar.
const LOOK_SECONDS: u64 = 300;

pub struct Calendar {
    pub store: Store,
    pub shift: Shift,
}

impl Calendar {
    pub async fn run(self) {
        while !self.shift.shutdown.is_cancelled() {
            if let Err(error) = self.activate_due().await {
                tracing::error!(%error, "the calendar could not be kept; trying again");
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
}
