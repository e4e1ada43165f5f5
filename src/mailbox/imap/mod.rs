//! One session with an IMAP server (RFC 3501), driven over async-imap's parser. Commands are ours, because the crate's own take
//! a refusal or a closed connection for an empty answer.

mod connect;
mod driver;
mod folder;
mod names;

use std::time::Duration;

use tokio::time::timeout;

use super::Inventory;
use crate::config::{AfterProcessing, ImapAccount};
use crate::diagnosis::{Fault, Report};
use crate::tls::Trust;

pub use folder::{FetchedBody, Folder, LISTED_MESSAGES_MAX, Listed};

/// A whole [`check`].
const CHECK_SECONDS_MAX: u64 = 20;

/// Why something could not be done on a server. Holds neither passwords nor mail.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImapError {
    /// TCP, TLS or the greeting.
    #[error("cannot connect: {0}")]
    Connect(String),
    #[error("no TLS: {0}")]
    Tls(String),
    #[error("the server refuses the login: {0}")]
    Login(String),
    /// NO or BAD to a command: the session goes on.
    #[error("{command} was refused: {text}")]
    Refused { command: &'static str, text: String },
    /// Closed, silent, or not IMAP: the session is over.
    #[error("the connection is lost during {command}: {why}")]
    Lost { command: &'static str, why: String },
    #[error("{0}")]
    Unusable(Fault),
}

impl ImapError {
    /// Whether the session is still in step.
    pub fn leaves_session_usable(&self) -> bool {
        matches!(self, ImapError::Refused { .. })
    }

    /// In words for an operator.
    pub fn fault(&self, account: &ImapAccount) -> Fault {
        let server = format!("{}:{}", account.host, account.port);
        match self {
            ImapError::Connect(why) => Fault::new(
                format!("the IMAP server {server} cannot be reached: {why}"),
                "Check host and port in mail.incoming, and the firewalls between",
            ),
            ImapError::Tls(why) if why.contains("STARTTLS") => Fault::new(
                format!("the IMAP server {server}: {why}"),
                "Use imaps:// or another port; ?tls=none sends the password in clear",
            ),
            ImapError::Tls(why) => Fault::new(
                format!("TLS with the IMAP server {server} fails: {why}"),
                "Use the name that the certificate bears, or give mail.ca_file the authority that signed it",
            ),
            ImapError::Login(why) => Fault::new(
                format!(
                    "the IMAP server {server} refuses the login of {}: {why}",
                    account.user
                ),
                "Check user and password in mail.incoming",
            ),
            ImapError::Refused {
                command: "SELECT",
                text,
            } => Fault::new(
                format!(
                    "the folder {} cannot be opened on {server}: {text}",
                    account.folder
                ),
                "Check the folder at the end of the URL in mail.incoming",
            ),
            ImapError::Refused { .. } | ImapError::Lost { .. } => Fault::new(
                format!("{server}: {self}"),
                "It is tried again by itself; look into the server's log",
            ),
            ImapError::Unusable(fault) => fault.clone(),
        }
    }
}

/// Lists every message of the folder, a page at a time; changes nothing.
pub async fn inventory(
    account: &ImapAccount,
    trust: &Trust,
    after: &AfterProcessing,
) -> Result<Inventory, Fault> {
    let listing = async {
        let mut folder = Folder::open(account, trust, after.clone()).await?;
        let mut uids = Vec::new();
        let mut first_uid = 1;
        loop {
            let mut page: Vec<u32> = folder
                .list(first_uid)
                .await?
                .iter()
                .map(|message| message.uid)
                .collect();
            page.sort_unstable();
            uids.extend(page.iter().map(u32::to_string));
            match page.last() {
                Some(last) if page.len() >= folder::LISTED_MESSAGES_MAX => first_uid = last + 1,
                _ => break,
            }
        }
        let uid_validity = folder.uid_validity();
        folder.leave().await;
        Ok(Inventory {
            mailbox: account.label(),
            uid_validity,
            uids,
        })
    };
    listing.await.map_err(|error: ImapError| error.fault(account))
}

/// Connects, logs in, opens the folder and leaves; changes nothing.
pub async fn check(account: &ImapAccount, trust: &Trust, after: &AfterProcessing) -> Result<Report, Fault> {
    let looking = async {
        let mut folder = Folder::open(account, trust, after.clone()).await?;
        let seen = folder.describe();
        folder.leave().await;
        Ok(Report { seen })
    };
    match timeout(Duration::from_secs(CHECK_SECONDS_MAX), looking).await {
        Ok(looked) => looked.map_err(|error: ImapError| error.fault(account)),
        Err(_) => Err(ImapError::Connect("no answer in time".to_owned()).fault(account)),
    }
}
