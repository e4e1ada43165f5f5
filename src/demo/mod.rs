//! EDGE. `estafette demo`: a sample site, sample customers and a sample distributor around the daemon as it is.
//!
//! Nothing of the daemon knows that it is a demo. Registrations come in by the store as the API's do, letters and replies
//! are real messages in Maildirs, the distributor decides by the same command as the API's clients.
//! Everything here can stop at any moment and go on at the next start: what was done is seen in the store and in the
//! Maildirs, and nothing is kept in memory alone.
//!
//! - [`samples`] (with [`names`] and [`dice`]), [`cast`]: who registers, the same at every start. Pure. The people, the
//!   companies and the addresses at `.example` are invented; the numbers are valid by their check digits and may therefore
//!   belong to somebody: they never leave the demo.
//! - [`feed`], [`customers`], [`distributor`]: the loops. [`answers`], [`voice`], [`mail`] make what customers write;
//!   [`post`] carries it.
//! - [`pages`]: the live page, and the page where the visitor is the customer.

pub mod answers;
pub mod cast;
pub mod customers;
pub mod dice;
pub mod distributor;
pub mod feed;
pub mod mail;
pub mod names;
pub mod pages;
pub mod post;
pub mod samples;
pub mod voice;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use jiff::Timestamp;

use crate::app::Running;
use crate::clock;
use crate::config::MailSettings;
use crate::letters::TokenKeeper;
use crate::registration::Reference;
use crate::store::Store;
use crate::web::WebState;
use crate::workers::{Bells, Shift};
use cast::Cast;
use post::Maildir;

pub use dice::Dice;
pub use samples::{Breakage, DistributorAnswer, Sample, Scenario, samples};

/// Maildir that letters go out to, in the demo's folder.
pub const CUSTOMERS_MAILDIR: &str = "customers";
/// Maildir that answers come to.
pub const CARE_MAILDIR: &str = "care";
/// How often the loops look for work: short, so that the page shows life; long enough to cost nothing.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// How many times faster than usual sample people act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace(pub u32);

impl Pace {
    pub fn of(self, usual: Duration) -> Duration {
        usual / self.0.max(1)
    }

    /// Whether something that happens `after` an event has its time now.
    pub fn is_due(self, event: Timestamp, after: Duration, now: Timestamp) -> bool {
        let wanted = i128::try_from(self.of(after).as_millis()).unwrap_or(i128::MAX);
        now.duration_since(event).as_millis() >= wanted
    }
}

/// What the loops and pages share.
pub struct Stage {
    pub store: Store,
    pub bells: Bells,
    pub shift: Shift,
    pub cast: Cast,
    pub pace: Pace,
    /// Letters to customers.
    pub customers: Maildir,
    /// The mailbox of the service client.
    pub care: Maildir,
    /// The service client's name and address.
    pub from_name: String,
    pub from: String,
    tokens: TokenKeeper,
    pub web: WebState,
}

impl Stage {
    /// Where an answer to a letter of that registration goes.
    pub fn reply_address(&self, reference: &Reference) -> String {
        let (local, domain) = self.from.split_once('@').unwrap_or((&self.from, ""));
        format!("{local}+{}@{domain}", self.tokens.reply_token(reference))
    }

    /// Turns until shutdown; a turn that fails is logged and comes again.
    async fn repeat<F>(self: Arc<Stage>, name: &'static str, turn: impl Fn(Arc<Stage>) -> F)
    where
        F: Future<Output = anyhow::Result<()>>,
    {
        let mut failing = false;
        while !self.shift.shutdown.is_cancelled() {
            match turn(self.clone()).await {
                Ok(()) => failing = false,
                // Once, not every half second.
                Err(error) if !failing => {
                    failing = true;
                    tracing::error!(
                        name,
                        error = format!("{error:#}"),
                        "a part of the demo failed; it is tried again"
                    );
                }
                Err(_) => {}
            }
            self.wait(LOOK_EVERY).await;
        }
    }

    /// Waits, or less when it is time to stop.
    async fn wait(&self, pause: Duration) {
        tokio::select! {
            () = self.shift.shutdown.cancelled() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Starts the people of the demo, and gives its pages.
///
/// # Errors
/// When the folder cannot be written to or the store fails.
pub async fn start(
    running: Running,
    shift: Shift,
    mail: &MailSettings,
    folder: &Path,
    pace: Pace,
) -> anyhow::Result<Router> {
    let open = async |name| {
        let path = folder.join(name);
        Maildir::open(&path)
            .await
            .with_context(|| format!("cannot write to {}", path.display()))
    };
    let (customers, care) = (open(CUSTOMERS_MAILDIR).await?, open(CARE_MAILDIR).await?);
    // The dates of the samples count from the day the demo began, however often it is started.
    let first = running.store.registration(&cast::reference(0)).await?;
    let began = first.map_or_else(clock::now, |row| row.registration.submitted_at);
    let stage = Arc::new(Stage {
        store: running.store,
        bells: running.bells,
        shift,
        cast: Cast::of(clock::belgian_date(began)),
        pace,
        customers,
        care,
        from_name: mail.from_name.clone().unwrap_or_default(),
        from: mail.from_address.clone(),
        tokens: running.tokens,
        web: running.web,
    });
    tokio::spawn(stage.clone().repeat("feed", feed::turn));
    tokio::spawn(stage.clone().repeat("customers", customers::turn));
    tokio::spawn(stage.clone().repeat("distributor", distributor::turn));
    Ok(pages::router(stage))
}
