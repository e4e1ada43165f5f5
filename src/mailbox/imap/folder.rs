//! The one folder that is watched: what is in it, its messages, and what is done with those we have.

use std::time::Duration;

use async_imap::imap_proto::{
    AttributeValue, Capability, MailboxDatum, MessageSection, Response, ResponseCode, SectionPath,
};
use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use super::connect::connect;
use super::driver::{Driver, Idled, READ_SECONDS_MAX};
use super::{ImapError, names};
use crate::config::{AfterProcessing, ImapAccount};
use crate::diagnosis::Fault;
use crate::tls::Trust;

/// Marks what we have, beside `\Seen`, which people set too.
const KEYWORD: &str = "$Estafette";
/// The slowest line a message is waited for on.
const BYTES_PER_SECOND_MIN: u64 = 20_000;
/// Messages listed at once; the rest of a huge mailbox comes in the next round.
pub const LISTED_MESSAGES_MAX: usize = 5_000;
/// Of the header of a message that is too large.
const HEADER_BYTES_MAX: usize = 1024 * 1024;

/// A message that the folder holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    pub uid: u32,
    pub size_bytes: u64,
}

/// A message as fetched: whole, or its header alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchedBody {
    pub raw: Vec<u8>,
    /// When it came into the mailbox (INTERNALDATE).
    pub received_at: Option<Timestamp>,
}

/// What a server can do, as it says after login (before, some say less).
#[derive(Debug, Clone, Copy, Default)]
struct Capabilities {
    idle: bool,
    moves: bool,
    uidplus: bool,
}

pub struct Folder {
    driver: Driver,
    capabilities: Capabilities,
    uid_validity: u32,
    messages: u32,
    keeps_keywords: bool,
    after: AfterProcessing,
    /// The folder for processed mail as this server names it, once that is known.
    processed_folder: Option<String>,
    label: String,
}

impl Folder {
    /// Connects, logs in and opens the account's folder.
    pub async fn open(
        account: &ImapAccount,
        trust: &Trust,
        after: AfterProcessing,
    ) -> Result<Folder, ImapError> {
        let mut driver = connect(account, trust).await?;
        let mut capabilities = Capabilities::default();
        driver
            .run("CAPABILITY", "CAPABILITY", ordinary(), |response| {
                capabilities.note(response)
            })
            .await?;

        let command = format!("SELECT {}", folder_name(&account.folder)?);
        let (mut uid_validity, mut messages, mut keeps_keywords) = (None, 0, false);
        let completed = driver
            .run("SELECT", &command, ordinary(), |response| match response {
                Response::Data { outcome, .. } => match &outcome.code {
                    Some(ResponseCode::UidValidity(value)) => uid_validity = Some(*value),
                    Some(ResponseCode::PermanentFlags(flags)) => {
                        keeps_keywords = flags
                            .iter()
                            .any(|flag| flag == "\\*" || flag.eq_ignore_ascii_case(KEYWORD));
                    }
                    _ => {}
                },
                Response::MailboxData(MailboxDatum::Exists(count)) => messages = *count,
                _ => {}
            })
            .await?;
        if completed.read_only {
            return Err(ImapError::Unusable(Fault::new(
                format!(
                    "the folder {} of {} can only be read",
                    account.folder, account.user
                ),
                "Give the user the right to set flags there, or name another folder",
            )));
        }
        let Some(uid_validity) = uid_validity else {
            return Err(ImapError::Unusable(Fault::new(
                format!(
                    "the server {} gives its messages no lasting numbers (UIDVALIDITY)",
                    account.host
                ),
                "Use an IMAP server that keeps UIDs",
            )));
        };
        driver.take_news();
        let label = account.label();
        Ok(Folder {
            driver,
            capabilities,
            uid_validity,
            messages,
            keeps_keywords,
            after,
            processed_folder: None,
            label,
        })
    }

    pub fn uid_validity(&self) -> u32 {
        self.uid_validity
    }

    pub fn can_idle(&self) -> bool {
        self.capabilities.idle
    }

    /// Whether something was announced since the last listing.
    pub fn take_news(&mut self) -> bool {
        self.driver.take_news()
    }

    /// For `doctor`.
    pub fn describe(&self) -> Vec<String> {
        let mut seen = vec![format!("{}: {} messages", self.label, self.messages)];
        seen.push(match self.capabilities.idle {
            true => "new mail is announced at once (IDLE)".to_owned(),
            false => "the server does not announce new mail; it is polled".to_owned(),
        });
        seen
    }

    /// Messages from `first_uid` on, in the server's order.
    pub async fn list(&mut self, first_uid: u32) -> Result<Vec<Listed>, ImapError> {
        self.driver.take_news();
        let command = format!("UID FETCH {first_uid}:* (UID RFC822.SIZE)");
        let mut listed = Vec::new();
        self.driver
            .run("UID FETCH", &command, ordinary(), |response| {
                let Response::Fetch(_, attributes) = response else {
                    return;
                };
                let (mut uid, mut size) = (None, None);
                for attribute in attributes {
                    match attribute {
                        AttributeValue::Uid(value) => uid = Some(*value),
                        AttributeValue::Rfc822Size(value) => size = Some(u64::from(*value)),
                        _ => {}
                    }
                }
                // Without a size it is a change of flags that somebody else made: no part of this answer.
                if let (Some(uid), Some(size_bytes)) = (uid, size)
                    && uid >= first_uid
                    && listed.len() < LISTED_MESSAGES_MAX
                {
                    listed.push(Listed { uid, size_bytes });
                }
            })
            .await?;
        Ok(listed)
    }

    /// The bytes of a message, without setting `\Seen`; above `bytes_max` its header alone. None when it is gone.
    pub async fn fetch(&mut self, message: Listed, bytes_max: u64) -> Result<Option<FetchedBody>, ImapError> {
        let whole = message.size_bytes <= bytes_max;
        let section = if whole { "BODY.PEEK[]" } else { "BODY.PEEK[HEADER]" };
        let command = format!("UID FETCH {} (UID INTERNALDATE {section})", message.uid);
        let expected_bytes = if whole {
            message.size_bytes
        } else {
            HEADER_BYTES_MAX as u64
        };
        let limit = ordinary() + Duration::from_secs(expected_bytes / BYTES_PER_SECOND_MIN);
        let mut fetched = None;
        self.driver
            .run("UID FETCH", &command, limit, |response| {
                let Response::Fetch(_, attributes) = response else {
                    return;
                };
                let is_it = attributes
                    .iter()
                    .any(|value| matches!(value, AttributeValue::Uid(uid) if *uid == message.uid));
                if let (true, Some(mut raw)) = (is_it, body(attributes, whole)) {
                    if !whole {
                        raw.truncate(HEADER_BYTES_MAX);
                    }
                    fetched = Some(FetchedBody {
                        raw,
                        received_at: internal_date(attributes),
                    });
                }
            })
            .await?;
        Ok(fetched)
    }

    /// Tells the mailbox that we have these: flags them, and moves them where that is wanted.
    pub async fn mark_processed(&mut self, uids: &[u32]) -> Result<(), ImapError> {
        if uids.is_empty() {
            return Ok(());
        }
        let set = uids.iter().map(u32::to_string).collect::<Vec<_>>().join(",");
        let flags = if self.keeps_keywords {
            format!("\\Seen {KEYWORD}")
        } else {
            "\\Seen".to_owned()
        };
        let command = format!("UID STORE {set} +FLAGS.SILENT ({flags})");
        self.driver.run("UID STORE", &command, ordinary(), |_| {}).await?;
        match self.after.clone() {
            AfterProcessing::Flag => Ok(()),
            AfterProcessing::MoveTo(folder) => self.move_to(&set, &folder).await,
        }
    }

    async fn move_to(&mut self, set: &str, wanted: &str) -> Result<(), ImapError> {
        let folder = self.processed_folder.clone().unwrap_or_else(|| wanted.to_owned());
        match self.move_once(set, &folder).await {
            // Mostly because it is not there yet.
            Err(ImapError::Refused { .. }) => {
                let made = self.make_folder(wanted).await?;
                self.move_once(set, &made).await?;
                self.processed_folder = Some(made);
            }
            other => other?,
        }
        Ok(())
    }

    async fn move_once(&mut self, set: &str, folder: &str) -> Result<(), ImapError> {
        let name = folder_name(folder)?;
        if self.capabilities.moves {
            let command = format!("UID MOVE {set} {name}");
            self.driver.run("UID MOVE", &command, ordinary(), |_| {}).await?;
            return Ok(());
        }
        self.driver
            .run("UID COPY", &format!("UID COPY {set} {name}"), ordinary(), |_| {})
            .await?;
        let delete = format!("UID STORE {set} +FLAGS.SILENT (\\Deleted)");
        self.driver.run("UID STORE", &delete, ordinary(), |_| {}).await?;
        // A plain EXPUNGE would also remove what other people marked: without UIDPLUS the originals stay, marked as deleted.
        if self.capabilities.uidplus {
            self.driver
                .run("UID EXPUNGE", &format!("UID EXPUNGE {set}"), ordinary(), |_| {})
                .await?;
        }
        Ok(())
    }

    /// Makes the folder, below INBOX on servers that allow it nowhere else; gives its name.
    async fn make_folder(&mut self, wanted: &str) -> Result<String, ImapError> {
        let (mut delimiter, mut is_there) = (".".to_owned(), false);
        let list = format!("LIST \"\" {}", folder_name(wanted)?);
        self.driver
            .run("LIST", &list, ordinary(), |response| {
                is_there |= matches!(response, Response::MailboxData(MailboxDatum::List(_)))
            })
            .await?;
        if is_there {
            return Ok(wanted.to_owned());
        }
        let create = format!("CREATE {}", folder_name(wanted)?);
        match self.driver.run("CREATE", &create, ordinary(), |_| {}).await {
            Ok(_) => return Ok(wanted.to_owned()),
            Err(error) if !error.leaves_session_usable() => return Err(error),
            Err(_) => {}
        }
        self.driver
            .run("LIST", "LIST \"\" INBOX", ordinary(), |response| {
                if let Response::MailboxData(MailboxDatum::List(list)) = response
                    && let Some(found) = &list.delimiter
                {
                    delimiter = found.to_string();
                }
            })
            .await?;
        let below = format!("INBOX{delimiter}{wanted}");
        let create = format!("CREATE {}", folder_name(&below)?);
        match self.driver.run("CREATE", &create, ordinary(), |_| {}).await {
            // Refused: it may be there already. The move that follows tells.
            Ok(_) | Err(ImapError::Refused { .. }) => Ok(below),
            Err(error) => Err(error),
        }
    }

    /// Waits for news, at most `limit`; only where the server can do it.
    pub async fn idle(&mut self, limit: Duration, shutdown: &CancellationToken) -> Result<Idled, ImapError> {
        self.driver.idle(limit, shutdown).await
    }

    pub async fn leave(&mut self) {
        self.driver.logout().await;
    }
}

impl Capabilities {
    fn note(&mut self, response: &Response<'_>) {
        let Response::Capabilities(all) = response else {
            return;
        };
        for capability in all {
            if let Capability::Atom(name) = capability {
                self.idle |= name.eq_ignore_ascii_case("IDLE");
                self.moves |= name.eq_ignore_ascii_case("MOVE");
                self.uidplus |= name.eq_ignore_ascii_case("UIDPLUS");
            }
        }
    }
}

fn ordinary() -> Duration {
    Duration::from_secs(READ_SECONDS_MAX)
}

fn folder_name(name: &str) -> Result<String, ImapError> {
    names::folder(name).ok_or_else(|| {
        ImapError::Unusable(Fault::new(
            format!("{name:?} cannot be a folder's name"),
            "Use a name without line ends",
        ))
    })
}

fn body(attributes: &[AttributeValue<'_>], whole: bool) -> Option<Vec<u8>> {
    attributes.iter().find_map(|attribute| match attribute {
        AttributeValue::BodySection {
            section: None,
            data: Some(data),
            ..
        } if whole => Some(data.to_vec()),
        AttributeValue::BodySection {
            section: Some(SectionPath::Full(MessageSection::Header)),
            data: Some(data),
            ..
        } if !whole => Some(data.to_vec()),
        _ => None,
    })
}

/// `17-Jul-1996 02:44:25 -0700`, the day padded with a space (RFC 3501, 9, date-time).
fn internal_date(attributes: &[AttributeValue<'_>]) -> Option<Timestamp> {
    attributes.iter().find_map(|attribute| match attribute {
        AttributeValue::InternalDate(text) => Timestamp::strptime("%d-%b-%Y %H:%M:%S %z", text.trim()).ok(),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn internal_dates_are_read_with_one_digit_or_two() {
        for (text, expected) in [
            ("17-Jul-1996 02:44:25 -0700", Some("1996-07-17T09:44:25Z")),
            (" 7-Nov-2026 10:00:00 +0100", Some("2026-11-07T09:00:00Z")),
            ("yesterday", None),
        ] {
            let attributes = [AttributeValue::InternalDate(text.into())];
            assert_eq!(
                internal_date(&attributes).map(|at| at.to_string()).as_deref(),
                expected,
                "{text}"
            );
        }
    }
}
