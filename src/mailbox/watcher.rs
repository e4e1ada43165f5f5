//! The loop over sessions of one IMAP mailbox. Any doubt ends the session; the next one goes on from the cursor.

use std::time::Duration;

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use super::backoff::RECONNECT;
use super::cursor::{Opened, Progress};
use super::imap::{Folder, ImapError, LISTED_MESSAGES_MAX, Listed};
use super::{Ledger, Reporter};
use crate::config::{ImapAccount, MailSettings};
use crate::diagnosis::Fault;
use crate::store::{FetchedMessage, StoreError};
use crate::tls::Trust;
use crate::{clock, crash, randomness};

/// Messages kept before the mailbox is told and the cursor moves: what a crash makes us fetch again.
const BATCH_MESSAGES: usize = 20;
/// IDLE is begun anew so often, so that a connection that died silently is noticed.
const IDLE_SECONDS_MAX: u64 = 5 * 60;
/// When the store refuses so many in a row, it is the store and not the messages: the rest waits.
const STORE_FAILURES_IN_A_ROW_MAX: u32 = 3;

pub(super) struct Watcher<L> {
    account: ImapAccount,
    label: String,
    settings: MailSettings,
    ledger: L,
    reporter: Reporter,
    shutdown: CancellationToken,
    /// Kept over reconnects: which messages made trouble.
    progress: Option<Progress>,
}

/// How a look at the mailbox ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Round {
    Complete,
    /// The mailbox holds more than one listing takes.
    MoreToList,
}

/// Why a session ended.
#[derive(Debug)]
enum SessionError {
    Imap(ImapError),
    Store(StoreError),
}

impl From<ImapError> for SessionError {
    fn from(error: ImapError) -> SessionError {
        SessionError::Imap(error)
    }
}

impl From<StoreError> for SessionError {
    fn from(error: StoreError) -> SessionError {
        SessionError::Store(error)
    }
}

impl<L: Ledger> Watcher<L> {
    pub(super) fn new(
        account: ImapAccount,
        settings: &MailSettings,
        ledger: L,
        reporter: Reporter,
        shutdown: CancellationToken,
    ) -> Watcher<L> {
        let label = account.label();
        Watcher {
            account,
            label,
            settings: settings.clone(),
            ledger,
            reporter,
            shutdown,
            progress: None,
        }
    }

    pub(super) async fn run(mut self) {
        let mut failures = 0;
        while !self.shutdown.is_cancelled() {
            self.reporter.connecting();
            let mut worked = false;
            let Err(error) = self.session(&mut worked).await else {
                return;
            };
            failures = if worked { 1 } else { failures + 1 };
            let wait = RECONNECT.wait(failures, jitter());
            self.report(&error, wait);
            tokio::select! {
                () = self.shutdown.cancelled() => {}
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    fn report(&self, error: &SessionError, wait: Duration) {
        let fault = match error {
            SessionError::Imap(error) => error.fault(&self.account),
            SessionError::Store(error) => Fault::new(
                format!("messages cannot be kept: {error}"),
                "See what /readyz says of the store",
            ),
        };
        let next_attempt = clock::now().checked_add(wait).unwrap_or(Timestamp::MAX);
        tracing::warn!(mailbox = %self.label, error = %fault.what, wait_ms = wait.as_millis() as u64, "mailbox lost");
        self.reporter.failing(fault, next_attempt);
    }

    /// One session, until shutdown (Ok) or trouble. `worked` is set when everything was read once.
    async fn session(&mut self, worked: &mut bool) -> Result<(), SessionError> {
        let trust = Trust::load(self.settings.ca_file.as_deref()).map_err(ImapError::Unusable)?;
        let opening = Folder::open(&self.account, &trust, self.settings.after_processing.clone());
        let mut folder = tokio::select! {
            opened = opening => opened?,
            () = self.shutdown.cancelled() => return Ok(()),
        };
        self.take_up(folder.uid_validity()).await?;
        tracing::info!(mailbox = %self.label, "mailbox connected");
        while !self.shutdown.is_cancelled() {
            let round = self.round(&mut folder).await?;
            *worked = true;
            let troubled = self.progress().troubled();
            self.reporter.connected(troubled);
            if round == Round::Complete && !folder.take_news() {
                self.wait(&mut folder).await?;
            }
        }
        folder.leave().await;
        Ok(())
    }

    async fn take_up(&mut self, uid_validity: u32) -> Result<(), SessionError> {
        if self
            .progress
            .as_ref()
            .is_some_and(|progress| progress.uid_validity() == uid_validity)
        {
            return Ok(());
        }
        let stored = self.ledger.cursor(&self.label).await?;
        let (progress, opened) = Progress::open(stored, uid_validity);
        if opened == Opened::Renumbered {
            tracing::warn!(mailbox = %self.label, uid_validity, "the mailbox was renumbered: reading it again from the start");
        }
        self.progress = Some(progress);
        Ok(())
    }

    fn progress(&mut self) -> &mut Progress {
        self.progress
            .as_mut()
            .expect("a session takes up its progress before anything else")
    }

    /// Fetches and keeps everything that is due.
    async fn round(&mut self, folder: &mut Folder) -> Result<Round, SessionError> {
        let Some(first) = self.progress().first_wanted() else {
            return Ok(Round::Complete);
        };
        let listed = folder.list(first).await?;
        let uids: Vec<u32> = listed.iter().map(|message| message.uid).collect();
        let due = self.progress().due(&uids, clock::now());
        let due: Vec<Listed> = listed
            .into_iter()
            .filter(|message| due.binary_search(&message.uid).is_ok())
            .collect();
        for batch in due.chunks(BATCH_MESSAGES) {
            if self.shutdown.is_cancelled() {
                return Ok(Round::Complete);
            }
            let kept = self.keep_batch(folder, batch).await?;
            self.tell(folder, &kept).await?;
            if !kept.is_empty() {
                crash::point("mailbox_told");
            }
            for uid in kept {
                self.progress().done(uid);
            }
            self.advance(&uids).await?;
        }
        self.advance(&uids).await?;
        let cut_short = uids.len() >= LISTED_MESSAGES_MAX;
        let moved = self.progress().first_wanted() != Some(first);
        Ok(if cut_short && moved {
            Round::MoreToList
        } else {
            Round::Complete
        })
    }

    async fn advance(&mut self, listed: &[u32]) -> Result<(), SessionError> {
        if let Some(cursor) = self.progress().advance(listed) {
            self.ledger.set_cursor(&self.label, cursor).await?;
        }
        Ok(())
    }

    /// Gives the UIDs whose bytes are committed. A message that fails is noted and passed by.
    async fn keep_batch(&mut self, folder: &mut Folder, batch: &[Listed]) -> Result<Vec<u32>, SessionError> {
        let mut kept = Vec::with_capacity(batch.len());
        let mut store_failures = 0;
        for message in batch {
            let fetched = match folder.fetch(*message, self.settings.message_bytes_max).await {
                Ok(Some(fetched)) => fetched,
                // Deleted since the listing, or the server has no bytes for it: the next listing tells.
                Ok(None) => {
                    self.failed(message.uid, "the server gives no bytes for it");
                    continue;
                }
                Err(error) => {
                    self.failed(message.uid, &error.to_string());
                    if error.leaves_session_usable() {
                        continue;
                    }
                    return Err(error.into());
                }
            };
            // Some servers (Exchange) only estimate sizes: of a message that was fetched whole, its bytes tell.
            let size_bytes = match message.size_bytes <= self.settings.message_bytes_max {
                true => fetched.raw.len() as u64,
                false => message.size_bytes,
            };
            let fetched = FetchedMessage {
                mailbox: self.label.clone(),
                uid_validity: folder.uid_validity(),
                uid: message.uid.to_string(),
                raw: fetched.raw,
                size_bytes,
                received_at: fetched.received_at.unwrap_or_else(clock::now),
            };
            crash::point("message_fetched");
            match self.ledger.keep(fetched).await {
                Ok(outcome) => {
                    crash::point("message_kept");
                    self.reporter.kept(&outcome);
                    store_failures = 0;
                    kept.push(message.uid);
                }
                Err(error) => {
                    self.failed(message.uid, &error.to_string());
                    store_failures += 1;
                    if store_failures >= STORE_FAILURES_IN_A_ROW_MAX {
                        return Err(error.into());
                    }
                }
            }
        }
        Ok(kept)
    }

    fn failed(&mut self, uid: u32, why: &str) {
        let failures = self.progress().failed(uid, clock::now(), jitter());
        tracing::warn!(mailbox = %self.label, uid, failures, why, "message not kept; it is tried again");
    }

    /// Flags or moves what we have. A refusal is said and changes nothing: the bytes are ours and the cursor knows.
    async fn tell(&mut self, folder: &mut Folder, uids: &[u32]) -> Result<(), SessionError> {
        match folder.mark_processed(uids).await {
            Err(error) if error.leaves_session_usable() => {
                tracing::warn!(mailbox = %self.label, %error, "processed messages could not be flagged or moved");
                Ok(())
            }
            other => Ok(other?),
        }
    }

    /// Until news, the next poll or the next retry, whichever comes first.
    async fn wait(&mut self, folder: &mut Folder) -> Result<(), SessionError> {
        let mut limit = self.settings.poll_interval;
        if let Some(retry) = self.progress().next_retry() {
            let until = retry.duration_since(clock::now());
            limit = limit.min(Duration::try_from(until).unwrap_or(Duration::ZERO));
        }
        let shutdown = self.shutdown.clone();
        if folder.can_idle() {
            let limit = limit.min(Duration::from_secs(IDLE_SECONDS_MAX));
            folder.idle(limit, &shutdown).await?;
        } else {
            tokio::select! {
                () = shutdown.cancelled() => {}
                () = tokio::time::sleep(limit) => {}
            }
        }
        Ok(())
    }
}

/// A random number in 0..1 for the pure schedules.
pub(super) fn jitter() -> f64 {
    f64::from(u16::from_be_bytes(randomness::bytes())) / f64::from(u16::MAX)
}
