//! EDGE. The loops that join the rest: verifier, reader, outbox, calendar, words.
//!
//! Each loop claims work from the store under a lease, does it, and sleeps until it is woken or its poll is due. A loop that
//! is stopped finishes what it has claimed; one that dies leaves a lease that ends, and another takes over.

pub mod calendar;
pub mod outbox;
pub mod probe;
pub mod reader;
pub mod verifier;
pub mod words;

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::clock;
use crate::store::StoreError;

/// How long a claim holds: longer than a piece of work takes, short enough that another worker soon takes over from one
/// that died. Sending a letter may take longer and renews its claim.
const LEASE_SECONDS: i64 = 30;
/// Looks for work at least this often: another replica may have made some.
const POLL_SECONDS: u64 = 2;
/// After the store failed, the first pause; it doubles up to [`STORE_PAUSE_SECONDS_MAX`].
const STORE_PAUSE_SECONDS_MIN: u64 = 1;
const STORE_PAUSE_SECONDS_MAX: u64 = 30;
/// Rows claimed at once.
const BATCH: u32 = 20;

/// Rings whenever there may be work; each loop has its own bell, all are rung together.
#[derive(Clone, Default)]
pub struct Bells {
    bells: Arc<[Notify; 4]>,
}

/// Which loop a bell belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loop {
    Verifier,
    Reader,
    Outbox,
    Words,
}

impl Bells {
    /// Wakes every loop: one piece of work makes the next.
    pub fn ring(&self) {
        for bell in self.bells.iter() {
            bell.notify_one();
        }
    }

    fn bell(&self, of: Loop) -> &Notify {
        &self.bells[of as usize]
    }
}

/// What every loop has.
#[derive(Clone)]
pub struct Shift {
    /// Name of this process among the replicas, for leases.
    pub worker: String,
    pub bells: Bells,
    pub shutdown: CancellationToken,
}

/// Whether a turn of a loop found something to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    Worked,
    Idle,
}

impl Shift {
    /// Turns until shutdown. A failing store is waited for: nothing claimed is lost, its lease ends.
    pub async fn run<F>(&self, name: Loop, mut turn: impl FnMut() -> F)
    where
        F: Future<Output = Result<Turn, StoreError>>,
    {
        let mut pause_seconds = STORE_PAUSE_SECONDS_MIN;
        while !self.shutdown.is_cancelled() {
            let wait = match turn().await {
                Ok(Turn::Worked) => {
                    pause_seconds = STORE_PAUSE_SECONDS_MIN;
                    self.bells.ring();
                    continue;
                }
                Ok(Turn::Idle) => {
                    pause_seconds = STORE_PAUSE_SECONDS_MIN;
                    POLL_SECONDS
                }
                Err(error) => {
                    tracing::error!(?name, %error, pause_seconds, "the store failed; trying again");
                    let wait = pause_seconds;
                    pause_seconds = (pause_seconds * 2).min(STORE_PAUSE_SECONDS_MAX);
                    wait
                }
            };
            tokio::select! {
                () = self.shutdown.cancelled() => {}
                () = self.bells.bell(name).notified() => {}
                () = tokio::time::sleep(Duration::from_secs(wait)) => {}
            }
        }
    }
}

/// When a claim made now ends.
fn lease_end(now: Timestamp) -> Timestamp {
    now.checked_add(SignedDuration::from_secs(LEASE_SECONDS))
        .unwrap_or(now)
}

/// Now, and when a claim made now ends.
fn now_and_lease() -> (Timestamp, Timestamp) {
    let now = clock::now();
    (now, lease_end(now))
}
