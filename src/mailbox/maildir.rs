//! A Maildir as the mailbox: files of `new/` are kept, then renamed into `cur/` with the flag S. Files of `cur/` without S are
//! taken too: another program may have moved them there. What bears S is done; so people should not read in this Maildir by
//! a mail program, which would set S before we did.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use super::backoff::Waiting;
use super::watcher::jitter;
use super::{Inventory, Ledger, Reporter, header_of};
use crate::clock;
use crate::config::MailSettings;
use crate::diagnosis::{Fault, Report};
use crate::store::FetchedMessage;

/// Files taken in one round; the rest comes in the next.
const FILES_PER_ROUND_MAX: usize = 10_000;
/// Of the header of a message that is too large.
const HEADER_BYTES_MAX: u64 = 1024 * 1024;

pub(super) struct MaildirWatcher<L> {
    folder: PathBuf,
    label: String,
    poll_interval: Duration,
    message_bytes_max: u64,
    ledger: L,
    reporter: Reporter,
    shutdown: CancellationToken,
    waiting: Waiting<String>,
}

impl<L: Ledger> MaildirWatcher<L> {
    pub(super) fn new(
        folder: PathBuf,
        settings: &MailSettings,
        ledger: L,
        reporter: Reporter,
        shutdown: CancellationToken,
    ) -> MaildirWatcher<L> {
        MaildirWatcher {
            label: label(&folder),
            folder,
            poll_interval: settings.poll_interval,
            message_bytes_max: settings.message_bytes_max,
            ledger,
            reporter,
            shutdown,
            waiting: Waiting::default(),
        }
    }

    pub(super) async fn run(mut self) {
        while !self.shutdown.is_cancelled() {
            match self.round().await {
                Ok(()) => self.reporter.connected(self.waiting.len()),
                Err(error) => {
                    let fault = unreadable(&self.folder, &error);
                    tracing::warn!(mailbox = %self.label, error = %fault.what, "mailbox lost");
                    let next = clock::now()
                        .checked_add(self.poll_interval)
                        .unwrap_or(Timestamp::MAX);
                    self.reporter.failing(fault, next);
                }
            }
            tokio::select! {
                () = self.shutdown.cancelled() => {}
                () = tokio::time::sleep(self.poll_interval) => {}
            }
        }
    }

    async fn round(&mut self) -> io::Result<()> {
        let folder = self.folder.clone();
        let files = blocking(move || unprocessed(&folder)).await?;
        self.waiting
            .retain(|name| files.iter().any(|file| unique_name(file) == *name));
        for file in files {
            if self.shutdown.is_cancelled() {
                break;
            }
            let name = unique_name(&file);
            if !self.waiting.is_due(&name, clock::now()) {
                continue;
            }
            match self.take(file, &name).await {
                Ok(()) => self.waiting.succeeded(&name),
                Err(why) => {
                    let failures = self.waiting.failed(name.clone(), clock::now(), jitter());
                    tracing::warn!(mailbox = %self.label, file = name, failures, why, "message not kept; it is tried again");
                }
            }
        }
        Ok(())
    }

    /// Bytes committed, then the file renamed.
    async fn take(&mut self, file: PathBuf, name: &str) -> Result<(), String> {
        let (path, bytes_max) = (file.clone(), self.message_bytes_max);
        let read = match blocking(move || read(&path, bytes_max)).await {
            Ok(read) => read,
            // Another program moved it: the next round sees it where it is.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error.to_string()),
        };
        let message = FetchedMessage {
            mailbox: self.label.clone(),
            uid_validity: 0,
            uid: name.to_owned(),
            raw: read.raw,
            size_bytes: read.size_bytes,
            received_at: read.modified_at.unwrap_or_else(clock::now),
        };
        let kept = self
            .ledger
            .keep(message)
            .await
            .map_err(|error| error.to_string())?;
        self.reporter.kept(&kept);
        let done = self
            .folder
            .join("cur")
            .join(format!("{name}:2,{}", flags_with_seen(&file)));
        blocking(move || std::fs::rename(&file, &done))
            .await
            .map_err(|error| error.to_string())
    }
}

/// Whether the Maildir can be read and files moved in it; makes its folders when they are not there.
pub(super) fn check(folder: &Path) -> Result<Report, Fault> {
    let files = unprocessed(folder).map_err(|error| unreadable(folder, &error))?;
    Ok(Report {
        seen: vec![format!(
            "maildir:{}: {} new messages",
            folder.display(),
            files.len()
        )],
    })
}

/// Every message of the folder, new or done.
pub(super) fn inventory(folder: &Path) -> Result<Inventory, Fault> {
    let mut uids = Vec::new();
    for part in ["new", "cur"] {
        let entries = std::fs::read_dir(folder.join(part)).map_err(|error| unreadable(folder, &error))?;
        for entry in entries {
            let path = entry.map_err(|error| unreadable(folder, &error))?.path();
            if path.is_file() && !file_name(&path).starts_with('.') {
                uids.push(unique_name(&path));
            }
        }
    }
    uids.sort();
    Ok(Inventory {
        mailbox: label(folder),
        uid_validity: 0,
        uids,
    })
}

/// The name of a Maildir in the store.
fn label(folder: &Path) -> String {
    format!("maildir:{}", folder.display())
}

fn unreadable(folder: &Path, error: &io::Error) -> Fault {
    Fault::new(
        format!("the Maildir {} cannot be read: {error}", folder.display()),
        "Make the folder, or let the daemon's user read and write it",
    )
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|error| Err(io::Error::other(error)))
}

/// Files to take, oldest name first (names begin with the time of delivery).
fn unprocessed(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for part in ["tmp", "new", "cur"] {
        std::fs::create_dir_all(folder.join(part))?;
    }
    for part in ["new", "cur"] {
        for entry in std::fs::read_dir(folder.join(part))? {
            let path = entry?.path();
            let passed_by =
                file_name(&path).starts_with('.') || (part == "cur" && flags(&path).contains('S'));
            if !passed_by && path.is_file() {
                files.push(path);
            }
        }
    }
    files.sort_by_key(|path| file_name(path));
    files.truncate(FILES_PER_ROUND_MAX);
    Ok(files)
}

struct ReadFile {
    raw: Vec<u8>,
    size_bytes: u64,
    modified_at: Option<Timestamp>,
}

fn read(path: &Path, bytes_max: u64) -> io::Result<ReadFile> {
    let file = std::fs::File::open(path)?;
    let about = file.metadata()?;
    let modified_at = about.modified().ok().and_then(|at| Timestamp::try_from(at).ok());
    let whole = about.len() <= bytes_max;
    let mut raw = Vec::new();
    file.take(if whole { bytes_max } else { HEADER_BYTES_MAX })
        .read_to_end(&mut raw)?;
    if !whole {
        raw.truncate(header_of(&raw).len());
    }
    Ok(ReadFile {
        raw,
        size_bytes: about.len(),
        modified_at,
    })
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// The name less its flags: the same in `new/` and in `cur/`.
fn unique_name(path: &Path) -> String {
    let name = file_name(path);
    name.split_once(":2,")
        .map(|(unique, _)| unique.to_owned())
        .unwrap_or(name)
}

fn flags(path: &Path) -> String {
    file_name(path)
        .split_once(":2,")
        .map(|(_, flags)| flags.to_owned())
        .unwrap_or_default()
}

/// Flags stand in ASCII order.
fn flags_with_seen(path: &Path) -> String {
    let mut letters: Vec<char> = flags(path).chars().chain(['S']).collect();
    letters.sort_unstable();
    letters.dedup();
    letters.into_iter().collect()
}
