//! Composition root: builds the edges, starts the workers, waits for shutdown.
//!
//! HTTP answers from the first moment, so that `/readyz` can say what is missing; the workers start as soon as the store can
//! be opened, and everything that fails afterwards is tried again while nothing is lost.

use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use anyhow::{Context, anyhow};
use axum::Router;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use secrecy::ExposeSecret;
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::attachments::{Limits, Tools, read_attachments};
use crate::config::Config;
use crate::dispatch::{Dispatcher, Pace, Schedule, Traffic};
use crate::letters::{SigningKey, TokenKeeper, Writer};
use crate::reading::{AttachmentText, Message};
use crate::store::{Store, StoreError};
use crate::web::customer::CustomerSettings;
use crate::web::health::{Part, PartStatus, Readiness};
use crate::web::{self, ReadAttachments, WebSettings, WebState};
use crate::workers::calendar::Calendar;
use crate::workers::outbox::Outbox;
use crate::workers::probe::{Smtp, probe};
use crate::workers::reader::Reader;
use crate::workers::verifier::Verifier;
use crate::workers::words::Words;
use crate::workers::{Bells, Shift};
use crate::{clock, mailbox, randomness};

/// What is under way when we are told to stop has this long to finish. Then it is cut: leases and the ledger see to it that
/// nothing is lost.
pub const SHUTDOWN_SECONDS_MAX: u64 = 20;
/// Pauses between attempts to open the store.
const STORE_PAUSE_SECONDS_MIN: u64 = 1;
const STORE_PAUSE_SECONDS_MAX: u64 = 15;

/// Everything that runs once the store is open.
#[derive(Clone)]
pub struct Running {
    pub store: Store,
    pub tokens: TokenKeeper,
    pub bells: Bells,
    pub web: WebState,
}

/// What the edges say of themselves, for `/readyz`.
struct Edges {
    mailbox: watch::Receiver<mailbox::Status>,
    smtp: watch::Receiver<Smtp>,
}

impl Readiness for Edges {
    fn parts(&self) -> Vec<Part> {
        vec![
            Part {
                name: "mailbox",
                status: mailbox_status(&self.mailbox.borrow()),
            },
            Part {
                name: "smtp",
                status: smtp_status(&self.smtp.borrow()),
            },
        ]
    }
}

fn mailbox_status(mailbox: &mailbox::Status) -> PartStatus {
    match mailbox {
        mailbox::Status::Connected { .. } => PartStatus::Ready,
        mailbox::Status::Connecting { since } => PartStatus::Failing {
            since: *since,
            detail: "connecting".into(),
        },
        mailbox::Status::Failing { error, since, .. } => PartStatus::Failing {
            since: *since,
            detail: error.to_string(),
        },
    }
}

fn smtp_status(smtp: &Smtp) -> PartStatus {
    match smtp {
        Smtp::Ready => PartStatus::Ready,
        Smtp::Starting { since } => PartStatus::Failing {
            since: *since,
            detail: "not asked yet".into(),
        },
        Smtp::Failing { since, detail } => PartStatus::Failing {
            since: *since,
            detail: detail.clone(),
        },
    }
}

/// Reads attachments for the desk, those of one message at a time: an agent waits for them.
struct Files {
    tools: Arc<Tools>,
    limits: Arc<Limits>,
    turn: tokio::sync::Mutex<()>,
}

impl ReadAttachments for Files {
    fn read<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Vec<AttachmentText>> {
        Box::pin(async {
            let _turn = self.turn.lock().await;
            read_attachments(message, &self.tools, &self.limits).await
        })
    }
}

/// The daemon, being built and running.
pub struct App {
    config: Config,
    shutdown: CancellationToken,
    tasks: TaskTracker,
    home: &'static str,
    /// The first loop that ended though nobody told it to.
    fallen: Arc<OnceLock<&'static str>>,
}

impl App {
    pub fn new(config: Config, shutdown: CancellationToken) -> App {
        App {
            config,
            shutdown,
            tasks: TaskTracker::new(),
            home: web::HOME,
            fallen: Arc::default(),
        }
    }

    /// Lets `/` lead to another page than the desk.
    pub fn with_home(self, home: &'static str) -> App {
        App { home, ..self }
    }

    /// Runs until `shutdown`, then finishes what is under way within [`SHUTDOWN_SECONDS_MAX`].
    ///
    /// `started` is called once, when the store is open and the workers run; what it gives is merged into the HTTP routes
    /// (the demo's pages).
    ///
    /// # Errors
    /// When the address to listen on is not to be had, or the store says something that time does not mend (a migration that
    /// does not fit, a URL of no store).
    pub async fn run<F>(self, started: impl FnOnce(Running, Shift) -> F) -> anyhow::Result<()>
    where
        F: Future<Output = anyhow::Result<Router>>,
    {
        let listen = self.config.http.listen;
        let listener = TcpListener::bind(listen).await.with_context(|| {
            format!("cannot listen on {listen}: choose another address in [http] listen, or stop what listens there")
        })?;
        let (router_sender, router) = watch::channel(None);
        let failing = Arc::new(Mutex::new(None));
        let server = self
            .tasks
            .spawn(serve(listener, router, failing.clone(), self.shutdown.clone()));
        tracing::info!(%listen, "listening");

        let outcome = match self.open_store(&failing).await {
            Ok(Some((store, tokens))) => self.start(store, tokens, router_sender, started).await,
            Ok(None) => Ok(()),
            Err(error) => Err(error.into()),
        };
        if outcome.is_ok() {
            self.shutdown.cancelled().await;
        }
        self.shutdown.cancel();
        // An unsent notification changes nothing: systemd then waits for the process to end.
        let _ = sd_notify::notify(&[sd_notify::NotifyState::Stopping]);
        self.tasks.close();
        let limit = Duration::from_secs(SHUTDOWN_SECONDS_MAX);
        if tokio::time::timeout(limit, self.tasks.wait()).await.is_err() {
            tracing::warn!(
                limit_seconds = SHUTDOWN_SECONDS_MAX,
                "stopped with work under way; leases will end"
            );
        }
        server.abort();
        match self.fallen.get() {
            Some(name) => Err(anyhow!(
                "the loop `{name}` ended by itself (see the log); start the daemon again"
            )),
            None => outcome,
        }
    }

    /// Runs one of the loops. A daemon that goes on without one would look well and do nothing: if it ends by itself, by
    /// a panic, everything stops, so that whoever watches the process starts it again.
    fn tend(&self, name: &'static str, work: impl Future<Output = ()> + Send + 'static) {
        let (shutdown, fallen) = (self.shutdown.clone(), Arc::clone(&self.fallen));
        let work = self.tasks.spawn(work);
        self.tasks.spawn(async move {
            let ended = work.await;
            if !shutdown.is_cancelled() {
                tracing::error!(name, ?ended, "a loop ended by itself; stopping");
                // Only the first one counts.
                let _ = fallen.set(name);
                shutdown.cancel();
            }
        });
    }

    /// Opens the store, trying again while it cannot be reached. None when told to stop meanwhile.
    async fn open_store(&self, failing: &Failing) -> Result<Option<(Store, TokenKeeper)>, StoreError> {
        let mut pause_seconds = STORE_PAUSE_SECONDS_MIN;
        loop {
            match open_store(&self.config).await {
                Ok(opened) => {
                    *failing.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = None;
                    return Ok(Some(opened));
                }
                Err(error @ StoreError::Unreachable(_)) => {
                    tracing::error!(%error, pause_seconds, "trying again");
                    failing
                        .lock()
                        .unwrap_or_else(|poisoned| poisoned.into_inner())
                        .get_or_insert_with(|| (clock::now(), String::new()))
                        .1 = error.to_string();
                }
                Err(error) => return Err(error),
            }
            tokio::select! {
                () = self.shutdown.cancelled() => return Ok(None),
                () = tokio::time::sleep(Duration::from_secs(pause_seconds)) => {}
            }
            pause_seconds = (pause_seconds * 2).min(STORE_PAUSE_SECONDS_MAX);
        }
    }

    async fn start<F>(
        &self,
        store: Store,
        tokens: TokenKeeper,
        router: watch::Sender<Option<Router>>,
        started: impl FnOnce(Running, Shift) -> F,
    ) -> anyhow::Result<()>
    where
        F: Future<Output = anyhow::Result<Router>>,
    {
        let bells = Bells::default();
        let worker = format!(
            "{}-{}",
            std::process::id(),
            uuid::Builder::from_random_bytes(randomness::bytes()).into_uuid()
        );
        let shift = Shift {
            worker,
            bells: bells.clone(),
            shutdown: self.shutdown.clone(),
        };

        let (reporter, signals) = mailbox::signals();
        self.tend(
            "mailbox",
            mailbox::watch(
                self.config.mail.clone(),
                store.clone(),
                reporter,
                self.shutdown.clone(),
            ),
        );
        self.tend(
            "bells",
            pass_on(signals.kept, bells.clone(), self.shutdown.clone()),
        );
        let dispatcher = Arc::new(Dispatcher::new(&self.config.mail)?);
        let (smtp_sender, smtp) = watch::channel(Smtp::Starting { since: clock::now() });
        self.tend(
            "probe",
            probe(dispatcher.clone(), smtp_sender, self.shutdown.clone()),
        );
        let schedule = Schedule::default();
        let pace = Pace {
            letters_per_domain_a_minute_max: self.config.mail.letters_per_domain_a_minute_max,
            ..Pace::default()
        };
        self.tend(
            "outbox",
            Outbox {
                store: store.clone(),
                dispatcher,
                schedule,
                traffic: Arc::new(Mutex::new(Traffic::new(pace))),
                shift: shift.clone(),
            }
            .run(),
        );
        let (tools, limits) = (Arc::new(Tools::of_this_program()), Arc::<Limits>::default());
        let reader = Reader {
            store: store.clone(),
            tokens: tokens.clone(),
            trusted_authserv_ids: self.config.mail.trusted_authserv_ids.clone(),
            tools: Arc::clone(&tools),
            limits: Arc::clone(&limits),
            shift: shift.clone(),
        };
        self.tend("reader", reader.run());
        let settings = self.config.verification.clone();
        self.tend(
            "verifier",
            Verifier {
                store: store.clone(),
                settings,
                shift: shift.clone(),
            }
            .run(),
        );
        self.tend(
            "words",
            Words {
                store: store.clone(),
                shift: shift.clone(),
            }
            .run(),
        );
        self.tend(
            "calendar",
            Calendar {
                store: store.clone(),
                shift: shift.clone(),
            }
            .run(),
        );

        let edges = Arc::new(Edges {
            mailbox: signals.status,
            smtp,
        });
        let settings = WebSettings {
            api_tokens: self.config.api.tokens.clone(),
            secure_cookies: self.config.http.public_url.starts_with("https://"),
            home: self.home,
            ..WebSettings::default()
        };
        let wake = Arc::new(Notify::new());
        self.tend(
            "bells",
            pass_on(wake.clone(), bells.clone(), self.shutdown.clone()),
        );
        let files = Arc::new(Files {
            tools,
            limits,
            turn: tokio::sync::Mutex::default(),
        });
        let web = WebState::new(store.clone(), settings, edges, wake, metrics_handle())
            .until(self.shutdown.clone())
            .with_attachments(files)
            .with_customer_pages(CustomerSettings {
                tokens: tokens.clone(),
                brand: self.config.brand.clone(),
                from_address: self.config.mail.from_address.clone(),
            });
        let more = started(
            Running {
                store,
                tokens,
                bells,
                web: web.clone(),
            },
            shift,
        )
        .await?;
        router.send_replace(Some(web::router(web).merge(more)));
        let _ = sd_notify::notify(&[sd_notify::NotifyState::Ready]);
        tracing::info!("ready");
        Ok(())
    }
}

/// Opens the store of the configuration, with the writer of letters that its secret signs for.
///
/// # Errors
/// See [`Store::open`].
pub async fn open_store(config: &Config) -> Result<(Store, TokenKeeper), StoreError> {
    let brand = config.brand.clone();
    let terms = config.contract.clone();
    let pages = config.http.customer_url.clone();
    let from_name = config.mail.from_name.clone();
    let from_address = config.mail.from_address.clone();
    let keeper: Arc<Mutex<Option<TokenKeeper>>> = Arc::default();
    let kept = keeper.clone();
    let writer = move |secret: [u8; 32]| {
        let tokens = TokenKeeper::new(SigningKey::new(&secret));
        *kept.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = Some(tokens.clone());
        Writer {
            brand,
            from_name,
            from_address,
            tokens,
            terms,
            pages,
        }
    };
    let store = Store::open(
        config.store.url.expose_secret(),
        Box::new(writer),
        config.letters.policy.clone(),
    )
    .await?;
    let tokens = keeper
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
        .take();
    Ok((store, tokens.expect("the store makes its writer when it opens")))
}

/// Who makes work, a request or a message that came in, rings every loop's bell.
async fn pass_on(wake: Arc<Notify>, bells: Bells, shutdown: CancellationToken) {
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = wake.notified() => bells.ring(),
        }
    }
}

/// The one recorder of metrics of this process.
fn metrics_handle() -> PrometheusHandle {
    static HANDLE: std::sync::OnceLock<PrometheusHandle> = std::sync::OnceLock::new();
    let recorder = || {
        PrometheusBuilder::new()
            .install_recorder()
            .expect("nobody else installs a recorder")
    };
    HANDLE.get_or_init(recorder).clone()
}

/// Since when the store cannot be opened, and what it said last.
type Failing = Arc<Mutex<Option<(Timestamp, String)>>>;

/// Serves the routes once they are there; until then `/healthz` and `/readyz` answer for themselves.
async fn serve(
    listener: TcpListener,
    router: watch::Receiver<Option<Router>>,
    failing: Failing,
    shutdown: CancellationToken,
) {
    let shell = Router::new().fallback(move |request: Request| {
        let router = router.borrow().clone();
        let failing = failing.clone();
        async move {
            match router {
                Some(router) => tower::ServiceExt::oneshot(router, request)
                    .await
                    .unwrap_or_else(|never| match never {}),
                None => starting(request.uri().path(), &failing),
            }
        }
    });
    let stop = async move { shutdown.cancelled().await };
    if let Err(error) = axum::serve(listener, shell).with_graceful_shutdown(stop).await {
        tracing::error!(%error, "the HTTP server ended");
    }
}

/// What is answered before the store is open.
fn starting(path: &str, failing: &Failing) -> Response {
    use axum::http::StatusCode;
    if path == "/healthz" {
        return axum::Json(serde_json::json!({"status": "ok"})).into_response();
    }
    let failing = failing
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
        .clone();
    let status = match failing {
        Some((since, detail)) => PartStatus::Failing { since, detail },
        None => PartStatus::Failing {
            since: clock::now(),
            detail: "starting".into(),
        },
    };
    let parts = vec![Part {
        name: "store",
        status,
    }];
    let body = serde_json::json!({"status": "failing", "parts": parts});
    (StatusCode::SERVICE_UNAVAILABLE, axum::Json(body)).into_response()
}
