//! A mailbox watched by the real watcher into a real store (SQLite).

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use estafette::config::{AfterProcessing, ImapAccount, Incoming, MailSettings, Outgoing, Tls};
use estafette::mailbox::{self, Ledger, Signals, Status};
use estafette::store::{FetchedMessage, Kept, MailboxCursor, Store, StoreError};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::dovecot::{Dovecot, PASSWORD};
use super::store::Place;

pub const USER: &str = "care@example.test";
/// Long enough that a message seen sooner was announced by IDLE.
pub const POLL_SECONDS: u64 = 120;
const WAIT_SECONDS_MAX: u64 = 30;

/// Settings for that user's INBOX: plain IMAP, flagging, seldom polling.
pub fn settings(dovecot: &Dovecot) -> MailSettings {
    MailSettings {
        from_name: None,
        from_address: USER.to_owned(),
        incoming: Incoming::Imap(account(dovecot)),
        outgoing: Outgoing::Maildir(PathBuf::from("nowhere")),
        ca_file: None,
        after_processing: AfterProcessing::Flag,
        poll_interval: Duration::from_secs(POLL_SECONDS),
        message_bytes_max: 1024 * 1024,
        letters_per_domain_a_minute_max: 120,
        trusted_authserv_ids: Vec::new(),
    }
}

pub fn account(dovecot: &Dovecot) -> ImapAccount {
    ImapAccount {
        host: "127.0.0.1".to_owned(),
        port: dovecot.imap_port(),
        tls: Tls::None,
        user: USER.to_owned(),
        password: PASSWORD.into(),
        folder: "INBOX".to_owned(),
    }
}

/// A raw message with that subject, from an invented customer.
pub fn message(subject: &str) -> Vec<u8> {
    format!(
        "From: Lena <lena@customer.example>\r\nTo: {USER}\r\nMessage-ID: <{subject}@customer.example>\r\n\
         Subject: {subject}\r\n\r\nGoeiedag\r\n"
    )
    .into_bytes()
}

/// The store as ledger, with a record of what it was asked, and with messages it is told to refuse.
#[derive(Clone)]
pub struct Witness {
    store: Store,
    /// Per subject: how often its message was handed over.
    seen: Arc<Mutex<BTreeMap<String, u32>>>,
    cursors: Arc<Mutex<Vec<MailboxCursor>>>,
    /// Subject and how many more times its message is refused.
    refuse: Arc<Mutex<Option<(String, u32)>>>,
}

impl Witness {
    pub fn times_handed_over(&self, subject: &str) -> u32 {
        self.seen
            .lock()
            .expect("no panic holds it")
            .get(subject)
            .copied()
            .unwrap_or(0)
    }

    pub fn last_cursor(&self) -> Option<MailboxCursor> {
        self.cursors.lock().expect("no panic holds it").last().cloned()
    }
}

impl Ledger for Witness {
    async fn cursor(&self, mailbox: &str) -> Result<Option<MailboxCursor>, StoreError> {
        Ledger::cursor(&self.store, mailbox).await
    }

    async fn set_cursor(&self, mailbox: &str, cursor: MailboxCursor) -> Result<(), StoreError> {
        self.cursors
            .lock()
            .expect("no panic holds it")
            .push(cursor.clone());
        Ledger::set_cursor(&self.store, mailbox, cursor).await
    }

    async fn keep(&self, message: FetchedMessage) -> Result<Kept, StoreError> {
        let subject = subject(&message.raw);
        *self
            .seen
            .lock()
            .expect("no panic holds it")
            .entry(subject.clone())
            .or_default() += 1;
        if let Some((refused, times)) = self.refuse.lock().expect("no panic holds it").as_mut()
            && *refused == subject
            && *times > 0
        {
            *times -= 1;
            return Err(StoreError::Unreachable("refused by the test".to_owned()));
        }
        Ledger::keep(&self.store, message).await
    }
}

pub fn subject(raw: &[u8]) -> String {
    let text = String::from_utf8_lossy(raw);
    let line = text.lines().find_map(|line| line.strip_prefix("Subject: "));
    line.unwrap_or_default().trim().to_owned()
}

/// A watcher at work. It ends with [`Watched::stop`], or is cut off when dropped, as by a crash.
pub struct Watched {
    pub place: Place,
    pub store: Store,
    pub witness: Witness,
    pub signals: Signals,
    shutdown: CancellationToken,
    task: JoinHandle<()>,
}

impl Watched {
    pub async fn start(settings: MailSettings) -> Watched {
        Watched::start_on(Place::sqlite(), settings, None).await
    }

    /// Refuses to keep the message of that subject the first `times`.
    pub async fn start_refusing(settings: MailSettings, subject: &str, times: u32) -> Watched {
        Watched::start_on(Place::sqlite(), settings, Some((subject.to_owned(), times))).await
    }

    pub async fn start_on(place: Place, settings: MailSettings, refuse: Option<(String, u32)>) -> Watched {
        let store = place.open().await;
        let witness = Witness {
            store: store.clone(),
            seen: Arc::default(),
            cursors: Arc::default(),
            refuse: Arc::new(Mutex::new(refuse)),
        };
        let (reporter, signals) = mailbox::signals();
        let shutdown = CancellationToken::new();
        let task = tokio::spawn(mailbox::watch(
            settings,
            witness.clone(),
            reporter,
            shutdown.clone(),
        ));
        Watched {
            place,
            store,
            witness,
            signals,
            shutdown,
            task,
        }
    }

    /// Asks it to end and waits until it has.
    pub async fn stop(self) -> Place {
        self.shutdown.cancel();
        let ended = tokio::time::timeout(Duration::from_secs(10), self.task).await;
        ended
            .expect("the watcher ends when asked")
            .expect("it does not panic");
        self.place
    }

    /// Cuts it off where it stands.
    pub async fn crash(self) -> Place {
        self.task.abort();
        let _ = self.task.await;
        self.place
    }

    pub async fn wait_for_status(&self, what: &str, is_it: impl FnMut(&Status) -> bool) -> Status {
        let mut status = self.signals.status.clone();
        let waiting =
            tokio::time::timeout(Duration::from_secs(WAIT_SECONDS_MAX), status.wait_for(is_it)).await;
        match waiting {
            Ok(Ok(status)) => status.clone(),
            _ => panic!(
                "waited for {what}, but it is {:?}",
                self.signals.status.borrow().clone()
            ),
        }
    }

    pub async fn wait_until_connected(&self) {
        self.wait_for_status("a connection", Status::is_ready).await;
    }

    /// Waits until the store holds exactly the messages of these subjects, each once.
    pub async fn wait_for_kept(&self, subjects: &[&str]) {
        let mut wanted: Vec<String> = subjects.iter().map(|subject| subject.to_string()).collect();
        wanted.sort();
        self.wait_until(&format!("{wanted:?} in the store"), async || {
            self.kept().await == wanted
        })
        .await;
    }

    pub async fn kept(&self) -> Vec<String> {
        let page = self
            .store
            .messages(None, None, 100)
            .await
            .expect("the store answers");
        let mut subjects = Vec::new();
        for message in page.items {
            let raw = self
                .store
                .raw_message(&message.key)
                .await
                .expect("the store answers");
            subjects.push(subject(&raw.expect("the bytes are there")));
        }
        subjects.sort();
        subjects
    }

    pub async fn wait_until(&self, what: &str, mut condition: impl AsyncFnMut() -> bool) {
        let end = tokio::time::Instant::now() + Duration::from_secs(WAIT_SECONDS_MAX);
        while !condition().await {
            assert!(
                tokio::time::Instant::now() < end,
                "waited for {what}; the store has {:?}",
                self.kept().await
            );
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }
}
