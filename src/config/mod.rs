//! The configuration: a file a section; unknown keys are refused; every fault is reported at once, with key and remedy.

pub mod mail;

pub use mail::{AfterProcessing, ImapAccount, Incoming, MailSettings, Outgoing, SmtpServer, Tls};
