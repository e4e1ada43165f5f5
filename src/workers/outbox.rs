//! Sends what the store has queued. Claimed, sent outside any transaction, then marked: what happens in between is known
//! as `sending`, and comes back as `uncertain` when the process dies there.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{BATCH, LEASE_SECONDS, Loop, Shift, Turn, now_and_lease};
use crate::dispatch::{Change, Dispatcher, Schedule, Traffic};
use crate::store::{AttemptOutcome, ClaimedLetter, LetterState, Store, StoreError, domain_of};
use crate::{clock, crash, randomness};

pub struct Outbox {
    pub store: Store,
    pub dispatcher: Arc<Dispatcher>,
    pub schedule: Schedule,
    pub traffic: Arc<Mutex<Traffic>>,
    pub shift: Shift,
}

impl Outbox {
    pub async fn run(self) {
        let room = Arc::new(Semaphore::new(BATCH as usize));
        self.shift.run(Loop::Outbox, || self.turn(&room)).await;
        // What was claimed is sent to its end: every permit comes back.
        let _ = room.acquire_many(BATCH).await;
    }

    /// Claims as many letters as there is room for and lets each go its own way: a recipient whose server takes minutes holds
    /// up neither the others of its turn nor the next turn. The dispatcher limits its connections itself.
    async fn turn(&self, room: &Arc<Semaphore>) -> Result<Turn, StoreError> {
        let (now, lease_until) = now_and_lease();
        let (may_go, resting) = {
            let traffic = lock(&self.traffic);
            (traffic.room(now), traffic.resting(now))
        };
        let free = u32::try_from(room.available_permits())
            .unwrap_or(BATCH)
            .min(BATCH);
        let limit = may_go.min(BATCH).saturating_sub(BATCH - free);
        if limit == 0 {
            return Ok(Turn::Idle);
        }
        let claimed = self
            .store
            .claim_letters(&self.shift.worker, limit, &resting, now, lease_until)
            .await?;
        if claimed.is_empty() {
            return Ok(Turn::Idle);
        }
        for letter in claimed {
            lock(&self.traffic).goes(&domain_of(&letter.recipient), now);
            let permit = room.clone().try_acquire_owned().ok();
            tokio::spawn(self.send_and_ring(letter, permit));
        }
        Ok(Turn::Worked)
    }

    fn send_and_ring(
        &self,
        letter: ClaimedLetter,
        permit: Option<OwnedSemaphorePermit>,
    ) -> impl Future<Output = ()> + use<> {
        let (bells, message_id) = (self.shift.bells.clone(), letter.message_id.clone());
        let sending = self.send(letter);
        async move {
            if let Err(error) = sending.await {
                tracing::error!(letter = %message_id, %error, "what became of a letter could not be kept; its lease will end");
            }
            drop(permit);
            bells.ring();
        }
    }

    /// Sends one letter to its end, and keeps its lease while the server takes its time. Never cut half-way: the letter might
    /// have been accepted.
    fn send(&self, letter: ClaimedLetter) -> impl Future<Output = Result<(), StoreError>> + use<> {
        let (store, dispatcher, schedule) =
            (self.store.clone(), self.dispatcher.clone(), self.schedule.clone());
        let (worker, traffic) = (self.shift.worker.clone(), self.traffic.clone());
        async move {
            if letter.from_state == LetterState::Uncertain {
                tracing::warn!(letter = %letter.message_id, "sent again, same Message-ID: nobody knows whether it arrived");
            }
            crash::point("letter_claimed");
            let renewal = tokio::spawn(renew(store.clone(), letter.id, worker));
            let outcome = dispatcher
                .deliver(&letter.envelope_sender, &letter.recipient, &letter.raw)
                .await;
            renewal.abort();
            crash::point("letter_accepted");
            let now = clock::now();
            let domain = domain_of(&letter.recipient);
            let (server, there) = lock(&traffic).came(&domain, &outcome, now);
            tell("our mail server", server);
            tell(&domain, there);
            let outcome = schedule.judge(outcome, letter.attempts, now, jitter());
            let state = match &outcome {
                AttemptOutcome::Sent { .. } => "sent",
                AttemptOutcome::Deferred { .. } => "deferred",
                AttemptOutcome::Uncertain { .. } => "uncertain",
                AttemptOutcome::Failed { .. } => "failed",
            };
            tracing::info!(letter = %letter.message_id, kind = letter.kind.name(), state, "letter");
            metrics::counter!("estafette_letter_attempts_total", "outcome" => state).increment(1);
            store.record_attempt(&letter, outcome, now).await
        }
    }
}

/// Keeps the lease of a letter until it is aborted. A failing store is no reason to stop sending: at worst the letter is
/// taken for uncertain.
async fn renew(store: Store, letter: i64, worker: String) {
    loop {
        tokio::time::sleep(Duration::from_secs(LEASE_SECONDS as u64 / 3)).await;
        let (_, until) = now_and_lease();
        // A task of its own, so that aborting this one never cuts a database future.
        let (store, worker) = (store.clone(), worker.clone());
        let renewed =
            tokio::spawn(async move { store.renew_letter_lease(letter, &worker, until).await }).await;
        if let Ok(Err(error)) = renewed {
            tracing::warn!(%error, "the lease of a letter could not be renewed");
        }
    }
}

/// Tells the operator when letters stop for a while, and when they go again.
fn tell(whom: &str, change: Change) {
    match change {
        Change::None => {}
        Change::Stopped { seconds } => {
            metrics::counter!("estafette_outbox_stops_total").increment(1);
            tracing::warn!(
                whom,
                seconds,
                "takes no letters for now: they wait, then one tries again"
            );
        }
        Change::Resumed => tracing::info!(whom, "takes letters again"),
    }
}

fn lock(traffic: &Mutex<Traffic>) -> MutexGuard<'_, Traffic> {
    traffic.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A number in 0..1.
fn jitter() -> f64 {
    f64::from(u16::from_be_bytes(randomness::bytes())) / 65_536.0
}
