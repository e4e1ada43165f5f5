//! `[mail]`: the mailbox that answers come to and the server that letters go out by.

use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;

/// How a connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// TLS from the first byte (`imaps://`, `smtps://`).
    Implicit,
    /// STARTTLS before anything else; no letter and no password without it. The default for hosts that are not loopback.
    Required,
    /// No TLS. The default for loopback; elsewhere only when `?tls=none` says so.
    None,
}

#[derive(Debug, Clone)]
pub struct ImapAccount {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub user: String,
    pub password: SecretString,
    /// `INBOX` unless the URL's path names another.
    pub folder: String,
}

impl ImapAccount {
    /// Name of the mailbox without secrets, stable over restarts: the key of its cursor.
    pub fn label(&self) -> String {
        format!("imap://{}@{}:{}/{}", self.user, self.host, self.port, self.folder)
    }
}

#[derive(Debug, Clone)]
pub enum Incoming {
    Imap(ImapAccount),
    /// A Maildir: `new/` is read, processed files go to `cur/` with the flag S.
    Maildir(PathBuf),
}

#[derive(Debug, Clone)]
pub struct SmtpServer {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub credentials: Option<(String, SecretString)>,
}

#[derive(Debug, Clone)]
pub enum Outgoing {
    Smtp(SmtpServer),
    /// Letters become files in `new/` of a Maildir: the demo and dry runs.
    Maildir(PathBuf),
}

/// What is done in the mailbox with a message whose bytes are in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AfterProcessing {
    /// `\Seen`, and the keyword `$Estafette` where the server keeps keywords.
    Flag,
    /// Moved to this folder, made when it is not there (MOVE, or COPY + \Deleted + UID EXPUNGE).
    MoveTo(String),
}

#[derive(Debug, Clone)]
pub struct MailSettings {
    pub from_name: Option<String>,
    pub from_address: String,
    pub incoming: Incoming,
    pub outgoing: Outgoing,
    /// A PEM file of certification authorities to trust besides the system's.
    pub ca_file: Option<PathBuf>,
    pub after_processing: AfterProcessing,
    /// Between two polls of the mailbox, whatever IDLE says.
    pub poll_interval: Duration,
    /// Messages larger than this are kept by their headers alone and go to an agent. Bytes.
    pub message_bytes_max: u64,
    /// Host names whose Authentication-Results headers are believed (RFC 8601 authserv-id).
    pub trusted_authserv_ids: Vec<String>,
}
