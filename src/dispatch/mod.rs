//! EDGE. Outgoing mail: SMTP and Maildir. Every server's answer is closed into an enum of ours before anybody decides on it.
//!
//! - [`outcome`] (pure): what a reply, a time-out or a lost connection means at each step;
//! - [`schedule`] (pure): an outcome and the number of attempts -> when again, or never;
//! - [`traffic`] (pure): what holds letters back for a while; [`waits`] (pure): how long a server asks us to wait;
//! - [`smtp`]: a few connections, kept and used again;
//! - [`maildir`]: letters as files, for the demo and dry runs.

pub mod maildir;
pub mod outcome;
pub mod schedule;
pub mod smtp;
pub mod traffic;
pub mod waits;

pub use maildir::MaildirDrop;
pub use outcome::{Outcome, Refusal};
pub use schedule::Schedule;
pub use smtp::{Limits, SmtpKeeper, Timeouts};
pub use traffic::{Change, Pace, Traffic};

use crate::config::{MailSettings, Outgoing};
use crate::diagnosis::{Fault, Report};
use crate::tls::Trust;

/// The way out, whichever the settings name.
pub enum Dispatcher {
    Smtp(Box<SmtpKeeper>),
    Maildir(MaildirDrop),
}

impl Dispatcher {
    /// Connects to nothing yet.
    pub fn new(settings: &MailSettings) -> Result<Dispatcher, Fault> {
        match &settings.outgoing {
            Outgoing::Smtp(server) => {
                let trust = Trust::load(settings.ca_file.as_deref())?;
                let keeper = SmtpKeeper::new(server.clone(), &trust, Limits::default(), Timeouts::default())?;
                Ok(Dispatcher::Smtp(Box::new(keeper)))
            }
            Outgoing::Maildir(folder) => Ok(Dispatcher::Maildir(MaildirDrop::new(folder.clone()))),
        }
    }

    /// Hands one letter over for one recipient. Never panics and never errs: whatever happened is an [`Outcome`].
    /// Must not be dropped half-way: the letter might have been accepted.
    pub async fn deliver(&self, envelope_sender: &str, recipient: &str, raw: &[u8]) -> Outcome {
        match self {
            Dispatcher::Smtp(keeper) => keeper.deliver(envelope_sender, recipient, raw).await,
            Dispatcher::Maildir(folder) => folder.deliver(envelope_sender, recipient, raw).await,
        }
    }

    /// Whether letters could go out now: connects, negotiates TLS, logs in; sends nothing.
    pub async fn check(&self) -> Result<Report, Fault> {
        match self {
            Dispatcher::Smtp(keeper) => keeper.check().await,
            Dispatcher::Maildir(folder) => folder.check().await,
        }
    }

    /// Says good-bye to the servers.
    pub async fn close(&self) {
        if let Dispatcher::Smtp(keeper) = self {
            keeper.close().await;
        }
    }
}
