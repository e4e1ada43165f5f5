//! Messages whose attachments must be read. Each goes its own way, under a lease that is renewed while it waits for its turn
//! and is read; a few are read at once, and nothing is held in memory of those that wait.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::task::TaskTracker;

use super::super::{LEASE_SECONDS, now_and_lease};
use super::{Extent, Opened, Reader, Reading};
use crate::attachments::read_attachments;
use crate::matching::Match;
use crate::reading::AttachmentText;
use crate::store::{MessageKey, StoreError};

/// Messages whose attachments are read at once: each keeps a core busy.
const READ_AT_ONCE: usize = 2;
/// Messages that are read or wait for it. While there are so many, no more are claimed.
const WAITING_MAX: usize = 100;

pub(super) struct Aside {
    tasks: TaskTracker,
    turns: Arc<Semaphore>,
}

/// What became of the attachments.
enum Outcome {
    Read(Vec<AttachmentText>),
    /// The daemon stops: the lease ends, and the message is claimed again.
    Stopped,
}

impl Aside {
    pub(super) fn new() -> Aside {
        Aside {
            tasks: TaskTracker::new(),
            turns: Arc::new(Semaphore::new(READ_AT_ONCE)),
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.tasks.len() >= WAITING_MAX
    }

    /// Waits until every message that was put aside is settled, or left for its lease to end.
    pub(super) async fn drained(&self) {
        self.tasks.close();
        self.tasks.wait().await;
    }

    pub(super) fn put(&self, reader: Reader, key: MessageKey, attempts: u32) {
        let turns = Arc::clone(&self.turns);
        self.tasks.spawn(async move {
            let renewal = tokio::spawn(renew(reader.clone(), key.clone()));
            if let Err(error) = reader.settle_with_attachments(&key, attempts, turns).await {
                tracing::error!(message = %key.0, %error, "a message could not be settled; its lease will end");
            }
            renewal.abort();
            reader.shift.bells.ring();
        });
    }
}

impl Reader {
    async fn settle_with_attachments(
        &self,
        key: &MessageKey,
        attempts: u32,
        turns: Arc<Semaphore>,
    ) -> Result<(), StoreError> {
        let Some(turn) = self.turn_of(turns).await else {
            return Ok(());
        };
        let opened = self.open(key, attempts).await?;
        let outcome = self.attachments_of(&opened).await?;
        drop(turn);
        match outcome {
            Outcome::Read(attachments) => self.settle(key, &opened, &attachments).await,
            Outcome::Stopped => Ok(()),
        }
    }

    /// None when the daemon stops.
    async fn turn_of(&self, turns: Arc<Semaphore>) -> Option<OwnedSemaphorePermit> {
        tokio::select! {
            turn = turns.acquire_owned() => turn.ok(),
            () = self.shift.shutdown.cancelled() => None,
        }
    }

    /// What nobody can be matched to is not looked into: a stranger's file costs nothing.
    async fn attachments_of(&self, opened: &Opened) -> Result<Outcome, StoreError> {
        let Reading::Read { message, .. } = &opened.reading else {
            return Ok(Outcome::Read(Vec::new()));
        };
        if !matches!(self.matched(message).await?, Some(Match::Matched { .. })) {
            return Ok(Outcome::Read(Vec::new()));
        }
        Ok(tokio::select! {
            attachments = read_attachments(message, &self.tools, &self.limits) => Outcome::Read(attachments),
            () = self.shift.shutdown.cancelled() => Outcome::Stopped,
        })
    }
}

impl Opened {
    /// Of a message too large only the headers are there.
    pub(super) fn has_attachments_to_read(&self) -> bool {
        match &self.reading {
            Reading::Read {
                message,
                extent: Extent::Whole,
            } => message.has_attachments_to_read(),
            Reading::Read { .. } | Reading::Failed => false,
        }
    }
}

/// Keeps the claim of a message until it is aborted. A failing store is no reason to stop: at worst another replica reads the
/// message too, and one of the two settles it.
async fn renew(reader: Reader, key: MessageKey) {
    loop {
        tokio::time::sleep(Duration::from_secs(LEASE_SECONDS as u64 / 3)).await;
        let (_, until) = now_and_lease();
        // A task of its own, so that aborting this one never cuts a database future.
        let (store, worker, key) = (reader.store.clone(), reader.shift.worker.clone(), key.clone());
        let renewed =
            tokio::spawn(async move { store.renew_message_lease(&key, &worker, until).await }).await;
        if let Ok(Err(error)) = renewed {
            tracing::warn!(%error, "the claim of a message could not be renewed");
        }
    }
}
