//! Verifies what waits for it: new registrations and requeued ones.

use super::{BATCH, Loop, Shift, Turn, now_and_lease};
use crate::clock;
use crate::registration::{Actor, Command, Reference, Registration};
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
            let reference = registration.reference.clone();
            let verifying = verify(self.store.clone(), self.settings.clone(), registration);
            let outcome = match tokio::spawn(verifying).await {
                Ok(outcome) => outcome,
                Err(error) => {
                    tracing::error!(%reference, %error, "verification failed inside; an agent looks");
                    self.hand_over(reference).await
                }
            };
            if let Err(error) = outcome {
                failure.get_or_insert(error);
            }
        }
        failure.map_or(Ok(Turn::Worked), Err)
    }

    async fn hand_over(&self, reference: Reference) -> Result<(), StoreError> {
        let order = Order {
            reference,
            actor: Actor::Estafette,
            command: Command::HandToAgent {
                reason: "verification_failed".into(),
            },
        };
        match self.store.act(order, clock::now()).await {
            Err(ActError::Store(error)) => Err(error),
            Ok(_) | Err(ActError::NotFound(_) | ActError::Refused(_)) => Ok(()),
        }
    }
}

async fn verify(store: Store, settings: Settings, registration: Registration) -> Result<(), StoreError> {
    let now = clock::now();
    let circumstances = Circumstances {
        today: clock::belgian_date(now),
        eans_in_use: store.eans_in_use(&registration).await?,
        settings,
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
    match store.act(order, now).await {
        Ok(_) => Ok(()),
        Err(ActError::Store(error)) => Err(error),
        // Somebody moved it on while we looked: it is claimed again if it still waits.
        Err(refusal @ (ActError::NotFound(_) | ActError::Refused(_))) => {
            tracing::info!(%reference, %refusal, "verification came too late");
            Ok(())
        }
    }
}
