//! EDGE. Incoming mail: IMAP and Maildir. Raw bytes go to the store before the mailbox is told.
//!
//! The order is law: the bytes are committed ([`Ledger::keep`] returned), then the mailbox is told (flagged or moved), then
//! the cursor is advanced. After a crash anywhere between, the message is fetched again and turns out to be known.
//! Which messages are new is decided by UID, never by flags: a person who opens a message does not hide it from us.
//!
//! - [`cursor`] (pure): which UIDs are due, and how far everything is done;
//! - [`backoff`] (pure): how long to wait after the n-th failure;
//! - [`imap`]: one session with a server, every command with its own end and time limit;
//! - `watcher`: the loop over sessions; [`maildir`]: the same for a folder of files.

pub mod backoff;
pub mod cursor;
pub mod imap;
pub mod maildir;
mod watcher;

use std::future::Future;
use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;

use crate::config::{Incoming, MailSettings};
use crate::diagnosis::{Fault, Report};
use crate::store::{FetchedMessage, Kept, MailboxCursor, MessageKey, Store, StoreError};
use crate::tls::Trust;
use crate::{clock, randomness};

/// What a mailbox needs of the store.
pub trait Ledger: Send + Sync {
    /// How far the mailbox of that label was read.
    fn cursor(&self, mailbox: &str)
    -> impl Future<Output = Result<Option<MailboxCursor>, StoreError>> + Send;
    fn set_cursor(
        &self,
        mailbox: &str,
        cursor: MailboxCursor,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;
    /// Commits the bytes. When this returns Ok, no crash can lose the message any more.
    fn keep(&self, message: FetchedMessage) -> impl Future<Output = Result<Kept, StoreError>> + Send;
}

impl Ledger for Store {
    async fn cursor(&self, mailbox: &str) -> Result<Option<MailboxCursor>, StoreError> {
        Store::cursor(self, mailbox).await
    }

    async fn set_cursor(&self, mailbox: &str, cursor: MailboxCursor) -> Result<(), StoreError> {
        Store::set_cursor(self, mailbox, cursor).await
    }

    async fn keep(&self, message: FetchedMessage) -> Result<Kept, StoreError> {
        let at = clock::now();
        let message_id = message_id(&message.raw);
        Store::keep(self, message, fresh_key(at), message_id.as_deref(), at).await
    }
}

/// How it stands with the mailbox, for `/readyz` and the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    Connecting {
        since: Timestamp,
    },
    /// Everything in the mailbox is read, but for `troubled` messages that could not be fetched or kept yet.
    Connected {
        since: Timestamp,
        troubled: usize,
    },
    Failing {
        error: Fault,
        since: Timestamp,
        next_attempt: Timestamp,
    },
}

impl Status {
    pub fn is_ready(&self) -> bool {
        matches!(self, Status::Connected { .. })
    }
}

/// The watcher's end: what it tells.
#[derive(Debug, Clone)]
pub struct Reporter {
    status: watch::Sender<Status>,
    kept: Arc<Notify>,
}

/// The listener's end.
#[derive(Debug, Clone)]
pub struct Signals {
    pub status: watch::Receiver<Status>,
    /// Notified right after a new message was kept. A hint: the reader polls as well.
    pub kept: Arc<Notify>,
}

/// Both ends, for [`watch()`].
pub fn signals() -> (Reporter, Signals) {
    let (sender, receiver) = watch::channel(Status::Connecting { since: clock::now() });
    let kept = Arc::new(Notify::new());
    (
        Reporter {
            status: sender,
            kept: Arc::clone(&kept),
        },
        Signals {
            status: receiver,
            kept,
        },
    )
}

impl Reporter {
    fn connecting(&self) {
        // A mailbox that was failing stays so until it works again: "connecting" would hide the reason.
        self.status.send_if_modified(|status| {
            let changed = matches!(status, Status::Connected { .. });
            if changed {
                *status = Status::Connecting { since: clock::now() };
            }
            changed
        });
    }

    fn connected(&self, troubled_now: usize) {
        self.status.send_if_modified(|status| {
            if let Status::Connected { troubled, .. } = status {
                let changed = *troubled != troubled_now;
                *troubled = troubled_now;
                return changed;
            }
            *status = Status::Connected {
                since: clock::now(),
                troubled: troubled_now,
            };
            true
        });
    }

    fn failing(&self, error: Fault, next_attempt: Timestamp) {
        self.status.send_modify(|status| {
            let since = match status {
                Status::Failing { since, .. } => *since,
                _ => clock::now(),
            };
            *status = Status::Failing {
                error,
                since,
                next_attempt,
            };
        });
    }

    fn kept(&self, kept: &Kept) {
        if let Kept::New(_) = kept {
            // notify_one keeps a permit: a reader that is busy now wakes at once afterwards.
            self.kept.notify_one();
        }
    }
}

/// Watches the mailbox of the settings until `shutdown`: whatever fails is tried again with growing waits. Ends between two
/// messages, never within one.
pub async fn watch<L: Ledger>(
    settings: MailSettings,
    ledger: L,
    reporter: Reporter,
    shutdown: CancellationToken,
) {
    match &settings.incoming {
        Incoming::Imap(account) => {
            watcher::Watcher::new(account.clone(), &settings, ledger, reporter, shutdown)
                .run()
                .await;
        }
        Incoming::Maildir(folder) => {
            maildir::MaildirWatcher::new(folder.clone(), &settings, ledger, reporter, shutdown)
                .run()
                .await;
        }
    }
}

/// What lies in a mailbox now, for `reconcile`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inventory {
    /// The mailbox's label, as the store keeps it.
    pub mailbox: String,
    /// 0 for a Maildir.
    pub uid_validity: u32,
    /// UIDs, or the unique names of a Maildir, oldest first.
    pub uids: Vec<String>,
}

/// Lists what lies in the mailbox; changes nothing.
pub async fn inventory(settings: &MailSettings) -> Result<Inventory, Fault> {
    match &settings.incoming {
        Incoming::Imap(account) => {
            let trust = Trust::load(settings.ca_file.as_deref())?;
            imap::inventory(account, &trust, &settings.after_processing).await
        }
        Incoming::Maildir(folder) => maildir::inventory(folder),
    }
}

/// Whether the mailbox could be read now: connects, logs in, opens the folder, changes nothing.
pub async fn check(settings: &MailSettings) -> Result<Report, Fault> {
    match &settings.incoming {
        Incoming::Imap(account) => {
            let trust = Trust::load(settings.ca_file.as_deref())?;
            imap::check(account, &trust, &settings.after_processing).await
        }
        Incoming::Maildir(folder) => maildir::check(folder),
    }
}

/// UUID v7: keys sort by the time the message was kept.
fn fresh_key(at: Timestamp) -> MessageKey {
    let milliseconds = u64::try_from(at.as_millisecond()).unwrap_or(0);
    let random = randomness::bytes::<10>();
    MessageKey(
        uuid::Builder::from_unix_timestamp_millis(milliseconds, &random)
            .into_uuid()
            .to_string(),
    )
}

/// Message-ID without its angle brackets, found without parsing the message: also for one that no reader can read.
fn message_id(raw: &[u8]) -> Option<String> {
    const NAME: &[u8] = b"message-id:";
    const HEADER_BYTES_MAX: usize = 256 * 1024;
    let head = &raw[..raw.len().min(HEADER_BYTES_MAX)];
    let mut lines = head
        .split(|byte| *byte == b'\n')
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let mut value = None;
    for line in lines.by_ref() {
        if line.is_empty() {
            return None;
        }
        if line.len() >= NAME.len() && line[..NAME.len()].eq_ignore_ascii_case(NAME) {
            value = Some(line[NAME.len()..].to_vec());
            break;
        }
    }
    let mut value = value?;
    for line in lines {
        if !matches!(line.first(), Some(b' ' | b'\t')) {
            break;
        }
        value.extend_from_slice(line);
    }
    let text = String::from_utf8_lossy(&value).into_owned();
    let inside = text
        .split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'))
        .map(|(id, _)| id);
    let id = inside.unwrap_or(&text).trim();
    (!id.is_empty()).then(|| id.to_owned())
}

/// The header of a message: everything up to and with the empty line, or what there is of it.
fn header_of(raw: &[u8]) -> &[u8] {
    let end = raw.windows(2).zip(1..).find_map(|(pair, at)| {
        let rest = raw.get(at..)?;
        (pair[0] == b'\n' && (rest.starts_with(b"\n") || rest.starts_with(b"\r\n"))).then(|| {
            let blank = if rest.starts_with(b"\r\n") { 2 } else { 1 };
            at + blank
        })
    });
    &raw[..end.unwrap_or(raw.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_id_is_found_in_the_header_only() {
        let cases: [(&[u8], Option<&str>); 7] = [
            (b"Message-ID: <a@b.example>\r\n\r\nx", Some("a@b.example")),
            (
                b"Subject: x\nMESSAGE-id:\n <folded@b.example>\n\nx",
                Some("folded@b.example"),
            ),
            (b"Message-Id: bare@b.example\r\n\r\n", Some("bare@b.example")),
            (b"Subject: x\r\n\r\nMessage-ID: <body@b.example>\r\n", None),
            (b"Message-ID:\r\n\r\n", None),
            (b"\xff\xfe\x00", None),
            (b"", None),
        ];
        for (raw, expected) in cases {
            assert_eq!(
                message_id(raw).as_deref(),
                expected,
                "{}",
                String::from_utf8_lossy(raw)
            );
        }
    }

    #[test]
    fn the_header_ends_at_the_first_empty_line() {
        assert_eq!(
            header_of(b"A: 1\r\nB: 2\r\n\r\nbody\r\n\r\nmore"),
            b"A: 1\r\nB: 2\r\n\r\n"
        );
        assert_eq!(header_of(b"A: 1\n\nbody"), b"A: 1\n\n");
        assert_eq!(header_of(b"A: 1\r\nno end"), b"A: 1\r\nno end");
        assert_eq!(header_of(b""), b"");
    }

    #[test]
    fn a_failing_mailbox_keeps_its_reason_while_it_connects_again() {
        let (reporter, signals) = signals();
        reporter.failing(Fault::new("down", "mend it"), Timestamp::UNIX_EPOCH);
        reporter.connecting();
        assert!(matches!(*signals.status.borrow(), Status::Failing { .. }));
        reporter.connected(0);
        assert!(signals.status.borrow().is_ready());
    }
}
