//! Verifies what waits for it: new registrations and requeued ones.

use super::{BATCH, Loop, Shift, Turn, now_and_lease};
use crate::clock;
use crate::registration::{Actor, Command, Registration};
use crate::store::{ActError, Order, Store, StoreError};
use crate::verification::{self, Circumstances, Settings};

pub struct Verifier {
    pub store: Store,
    pub settings: Settings,
    pub shift: Shift,
}

impl Verifier {
    pub async fn run(self) {
        self.shift.run(Loop::Verifier, || self.turn()).await;
    }

    async fn turn(&self) -> Result<Turn, StoreError> {
        let (now, lease_until) = now_and_lease();
        let claimed = self
            .store
            .claim_for_verification(&self.shift.worker, BATCH, now, lease_until)
            .await?;
        if claimed.is_empty() {
            return Ok(Turn::Idle);
        }
        // One that fails must not keep the others waiting until their lease ends.
        let mut failure = None;
        for registration in claimed {
            if let Err(error) = self.verify(registration).await {
                failure.get_or_insert(error);
            }
        }
        failure.map_or(Ok(Turn::Worked), Err)
    }

    async fn verify(&self, registration: Registration) -> Result<(), StoreError> {
        let now = clock::now();
        let circumstances = Circumstances {
            today: clock::belgian_date(now),
            eans_in_use: self.store.eans_in_use(&registration).await?,
            settings: self.settings.clone(),
        };
        let findings = verification::verify(&registration, &circumstances);
        let reference = &registration.reference;
        tracing::info!(%reference, findings = findings.len(), "verified");
        metrics::counter!("estafette_verifications_total").increment(1);
        let order = Order {
            reference: reference.clone(),
            actor: Actor::Estafette,
            command: Command::Verify {
                changes_seen: registration.changes,
                findings,
            },
        };
        match self.store.act(order, now).await {
            Ok(_) => Ok(()),
            Err(ActError::Store(error)) => Err(error),
            // Somebody moved it on while we looked: it is claimed again if it still waits.
            Err(refusal @ (ActError::NotFound(_) | ActError::Refused(_))) => {
                tracing::info!(%reference, %refusal, "verification came too late");
                Ok(())
            }
        }
    }
}
