//! The demo's post: Maildirs that letters and replies are real files in.
//!
//! A file is written in `tmp` and renamed into `new`, so that nobody reads half of it. Names are given by the caller: the
//! same mail delivered twice is one file, whatever stopped the demo in between.

use std::ffi::OsStr;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use tokio::fs;
use tokio::io::AsyncWriteExt;

/// Letters looked at in one turn.
const UNREAD_MAX: usize = 200;

/// A Maildir.
#[derive(Debug, Clone)]
pub struct Maildir {
    folder: PathBuf,
}

/// A mail that waits in `new`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    pub name: String,
    path: PathBuf,
    /// When the file was written.
    pub arrived_at: Timestamp,
}

/// What a delivery came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    Delivered,
    /// A mail of that name was delivered before.
    AlreadyThere,
}

impl Maildir {
    /// The Maildir at `folder`, made if it is not there.
    pub async fn open(folder: &Path) -> io::Result<Maildir> {
        for part in ["tmp", "new", "cur"] {
            fs::create_dir_all(folder.join(part)).await?;
        }
        Ok(Maildir {
            folder: folder.to_owned(),
        })
    }

    /// Leaves a mail in `new` under `name`, unless one of that name is there or was there and has been read.
    pub async fn deliver(&self, name: &str, mail: &[u8]) -> io::Result<Delivery> {
        let fresh = self.folder.join("new").join(name);
        if fs::try_exists(&fresh).await? || self.was_read(name).await? {
            return Ok(Delivery::AlreadyThere);
        }
        let draft = self.folder.join("tmp").join(name);
        let mut file = fs::File::create(&draft).await?;
        file.write_all(mail).await?;
        file.sync_all().await?;
        fs::rename(&draft, &fresh).await?;
        Ok(Delivery::Delivered)
    }

    /// What waits in `new`, oldest first.
    pub async fn unread(&self) -> io::Result<Vec<Unread>> {
        let mut entries = fs::read_dir(self.folder.join("new")).await?;
        let mut unread = Vec::new();
        while let Some(entry) = entries.next_entry().await? {
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            let modified = match entry.metadata().await {
                Ok(metadata) => metadata.modified()?,
                // Read by somebody else in between.
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                Err(error) => return Err(error),
            };
            unread.push(Unread {
                name,
                path: entry.path(),
                arrived_at: Timestamp::try_from(modified).unwrap_or(Timestamp::UNIX_EPOCH),
            });
        }
        unread.sort_by(|a, b| (a.arrived_at, &a.name).cmp(&(b.arrived_at, &b.name)));
        unread.truncate(UNREAD_MAX);
        Ok(unread)
    }

    pub async fn read(&self, mail: &Unread) -> io::Result<Vec<u8>> {
        fs::read(&mail.path).await
    }

    /// Puts a mail away in `cur`, with the flag for "seen".
    pub async fn put_away(&self, mail: &Unread) -> io::Result<()> {
        let seen = self.folder.join("cur").join(format!("{}:2,S", mail.name));
        fs::rename(&mail.path, seen).await
    }

    /// Whether `cur` holds a mail of that name, whatever its flags.
    async fn was_read(&self, name: &str) -> io::Result<bool> {
        let mut entries = fs::read_dir(self.folder.join("cur")).await?;
        while let Some(entry) = entries.next_entry().await? {
            if unflagged(&entry.file_name()) == name {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The name of a Maildir file without its flags.
fn unflagged(name: &OsStr) -> String {
    let name = name.to_string_lossy();
    name.split(":2,").next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block_on<T>(future: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap()
            .block_on(future)
    }

    #[test]
    fn a_mail_is_delivered_once_whatever_its_reader_did_with_it() {
        let folder = tempfile::tempdir().unwrap();
        block_on(async {
            let maildir = Maildir::open(folder.path()).await.unwrap();
            assert_eq!(
                maildir.deliver("one", b"first").await.unwrap(),
                Delivery::Delivered
            );
            assert_eq!(
                maildir.deliver("one", b"again").await.unwrap(),
                Delivery::AlreadyThere
            );
            let unread = maildir.unread().await.unwrap();
            assert_eq!(unread.len(), 1);
            assert_eq!(maildir.read(&unread[0]).await.unwrap(), b"first");
            maildir.put_away(&unread[0]).await.unwrap();
            assert_eq!(maildir.unread().await.unwrap(), []);
            assert_eq!(
                maildir.deliver("one", b"again").await.unwrap(),
                Delivery::AlreadyThere
            );
            assert_eq!(
                maildir.deliver("two", b"second").await.unwrap(),
                Delivery::Delivered
            );
        });
    }
}
