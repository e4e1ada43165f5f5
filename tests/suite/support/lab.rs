//! A whole post office of the test's own: Postfix takes mail for every address of `.test` and `.example` and hands it to
//! Dovecot, where every user's password is the same. It ends with the test, whatever becomes of the test.
//!
//! ```ignore
//! let lab = MailLab::start();
//! // mail.incoming = lab.imap_url("care@example.test"), mail.outgoing = lab.smtp_url()
//! lab.deliver("care+TOKEN@example.test", raw_reply);
//! let letters = lab.wait_for_messages("lena@customer.example", 1, Duration::from_secs(10));
//! ```

use std::path::Path;
use std::time::Duration;

use super::certificates::{Certificates, NameOnCertificate};
use super::dovecot::{Delivered, Dovecot, DovecotOptions, PASSWORD};
use super::place::{Place, wait_until};
use super::policy::AskedRecipient;
use super::postfix::Postfix;
use super::wire::{Dialect, hand_over};

/// Dovecot and Postfix, joined.
#[derive(Debug)]
pub struct MailLab {
    pub dovecot: Dovecot,
    pub postfix: Postfix,
    certificates: Certificates,
    // Dropped last: ends the servers and removes the folder.
    place: Place,
}

/// Dovecot alone: enough for what only reads mail, and up in a fraction of a second.
#[derive(Debug)]
pub struct ImapLab {
    pub dovecot: Dovecot,
    certificates: Certificates,
    place: Place,
}

impl MailLab {
    pub fn start() -> MailLab {
        MailLab::start_with(NameOnCertificate::Ours, &DovecotOptions::default())
    }

    pub fn start_with(name: NameOnCertificate, options: &DovecotOptions) -> MailLab {
        let place = Place::new();
        let certificates = Certificates::make(place.path(), name);
        let auth_socket = Postfix::prepare_auth_socket(&place);
        let dovecot = Dovecot::start(&place, &certificates, Some(&auth_socket), options);
        let postfix = Postfix::start(&place, &certificates, dovecot.lmtp_port());
        MailLab {
            dovecot,
            postfix,
            certificates,
            place,
        }
    }

    /// `mail.incoming` for a user, a whole address: plain IMAP on the loopback.
    pub fn imap_url(&self, user: &str) -> String {
        imap_url(&self.dovecot, user)
    }

    /// The same with TLS from the first byte; the daemon then needs [`MailLab::ca_file`].
    pub fn imaps_url(&self, user: &str) -> String {
        format!(
            "imaps://{}:{PASSWORD}@localhost:{}/INBOX",
            escaped(user),
            self.dovecot.imaps_port()
        )
    }

    /// `mail.outgoing`: plain SMTP on the loopback, no login.
    pub fn smtp_url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.postfix.smtp_port())
    }

    /// `mail.outgoing` with STARTTLS and a login; the daemon then needs [`MailLab::ca_file`].
    pub fn submission_url(&self, user: &str) -> String {
        let port = self.postfix.submission_port();
        format!(
            "smtp://{}:{PASSWORD}@localhost:{port}?tls=required",
            escaped(user)
        )
    }

    /// PEM file of the authority that signed the servers' certificate.
    pub fn ca_file(&self) -> &Path {
        &self.certificates.ca_file
    }

    /// Puts a raw message into a mailbox by LMTP, byte for byte below the server's trace headers.
    pub fn deliver(&self, recipient: &str, raw: &[u8]) {
        self.dovecot.deliver(recipient, raw);
    }

    /// Sends a raw message by SMTP through Postfix, as another mail server does; an Err is the refusal in its words.
    pub fn send(&self, sender: &str, recipient: &str, raw: &[u8]) -> Result<String, String> {
        hand_over(Dialect::Smtp, self.postfix.smtp_port(), sender, recipient, raw)
    }

    /// Messages of a user (customers are users too), all folders, oldest first within a folder.
    pub fn messages(&self, user: &str) -> Vec<Delivered> {
        self.dovecot.messages(user)
    }

    /// Waits until a user has at least `count` messages.
    pub fn wait_for_messages(&self, user: &str, count: usize, limit: Duration) -> Vec<Delivered> {
        wait_until(&format!("{count} messages for {user}"), limit, || {
            Some(self.messages(user)).filter(|messages| messages.len() >= count)
        })
    }

    /// From now on Postfix refuses recipients that contain `pattern`: `550 5.1.1 no such user`, `450 4.2.0 greylisted`.
    pub fn refuse(&self, pattern: &str, answer: &str) {
        self.postfix.policy().add(pattern, answer, u32::MAX);
    }

    /// The same, `times` times only: greylisting.
    pub fn refuse_times(&self, pattern: &str, answer: &str, times: u32) {
        self.postfix.policy().add(pattern, answer, times);
    }

    /// Forgets all refusals.
    pub fn accept_all(&self) {
        self.postfix.policy().clear();
    }

    /// Every RCPT that Postfix was asked for, refused ones included.
    pub fn asked_recipients(&self) -> Vec<AskedRecipient> {
        self.postfix.policy().asked()
    }

    /// An address that is accepted and then bounced with a real delivery status notification.
    pub fn bouncing_address(&self) -> String {
        format!("{}.away@customer.example", super::postfix::BOUNCING_LOCAL_PART)
    }
}

impl ImapLab {
    /// What Dovecot logged until now.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.place.path().join("dovecot.log")).unwrap_or_default()
    }

    pub fn start() -> ImapLab {
        ImapLab::start_with(NameOnCertificate::Ours, &DovecotOptions::default())
    }

    pub fn start_with(name: NameOnCertificate, options: &DovecotOptions) -> ImapLab {
        let place = Place::new();
        let certificates = Certificates::make(place.path(), name);
        let dovecot = Dovecot::start(&place, &certificates, None, options);
        ImapLab {
            dovecot,
            certificates,
            place,
        }
    }

    pub fn imap_url(&self, user: &str) -> String {
        imap_url(&self.dovecot, user)
    }

    pub fn ca_file(&self) -> &Path {
        &self.certificates.ca_file
    }
}

fn imap_url(dovecot: &Dovecot, user: &str) -> String {
    format!(
        "imap://{}:{PASSWORD}@127.0.0.1:{}/INBOX",
        escaped(user),
        dovecot.imap_port()
    )
}

fn escaped(user: &str) -> String {
    user.replace('%', "%25").replace('@', "%40").replace('+', "%2B")
}
