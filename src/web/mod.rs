//! EDGE. HTTP: the API for other systems, the desk for agents, health and metrics for operators.
//!
//! - [`api`]: JSON under `/api`, bearer tokens, problem details.
//! - [`customer`]: the customer's pages under `/c`, behind signed links.
//! - [`desk`]: pages under `/desk`, behind sign-in ([`session`]), in the frame of [`page`].
//! - [`health`], [`metrics`]: for operators, without sign-in and without personal data.
//!
//! Decides nothing: a request becomes a command to the [`Store`], an agent's click like any other event.

pub mod api;
pub mod customer;
pub mod desk;
pub mod health;
pub mod metrics;
pub mod page;
pub mod problem;
pub mod session;

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use metrics_exporter_prometheus::PrometheusHandle;
use secrecy::SecretString;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tower_http::catch_panic::CatchPanicLayer;

use crate::reading::{AttachmentText, Message};
use crate::store::Store;
use health::Readiness;
use problem::{PROBLEM_JSON, Problem};

/// Where `/` leads.
pub const HOME: &str = "/desk";

/// Settings of `[http]` and `[api]` that this room needs.
#[derive(Debug, Clone)]
pub struct WebSettings {
    /// Bearer tokens of the API. None: the API answers 401.
    pub api_tokens: Vec<SecretString>,
    /// Whether cookies are for HTTPS alone; false only where the pages are served over plain HTTP (the demo).
    pub secure_cookies: bool,
    /// Largest JSON body, in bytes.
    pub body_bytes_max: usize,
    /// Largest NDJSON body of a bulk submission, in bytes.
    pub bulk_bytes_max: usize,
    /// Where `/` leads.
    pub home: &'static str,
}

impl Default for WebSettings {
    fn default() -> WebSettings {
        WebSettings {
            api_tokens: Vec::new(),
            secure_cookies: true,
            body_bytes_max: 64 * 1024,
            bulk_bytes_max: 16 * 1024 * 1024,
            home: HOME,
        }
    }
}

/// Reads what attachments say. The edge that does it is joined to this one by `app`.
pub trait ReadAttachments: Send + Sync {
    fn read<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Vec<AttachmentText>>;
}

/// What the handlers share. Cheap to clone.
#[derive(Clone)]
pub struct WebState {
    pub store: Store,
    pub settings: Arc<WebSettings>,
    pub readiness: Arc<dyn Readiness>,
    /// Without one, attachments stay unread at the desk.
    pub attachments: Option<Arc<dyn ReadAttachments>>,
    /// Told when there may be work: a hint only, workers poll as well.
    pub wake: Arc<Notify>,
    pub metrics: PrometheusHandle,
    store_failing_since: Arc<Mutex<Option<Timestamp>>>,
    sign_in: session::SharedSignIn,
    /// Without them there are no customer's pages.
    customer: Option<Arc<customer::CustomerSettings>>,
    guard: Arc<customer::Guard>,
    pulse: Arc<desk::news::Pulse>,
    /// Ends what would stay open for ever.
    closing: CancellationToken,
}

impl WebState {
    pub fn new(
        store: Store,
        settings: WebSettings,
        readiness: Arc<dyn Readiness>,
        wake: Arc<Notify>,
        metrics: PrometheusHandle,
    ) -> WebState {
        WebState {
            store,
            settings: Arc::new(settings),
            readiness,
            attachments: None,
            wake,
            metrics,
            store_failing_since: Arc::default(),
            sign_in: session::SharedSignIn::default(),
            customer: None,
            guard: Arc::default(),
            pulse: Arc::default(),
            closing: CancellationToken::new(),
        }
    }

    /// Ends what would stay open for ever when `closing` is cancelled.
    #[must_use]
    pub fn until(self, closing: CancellationToken) -> WebState {
        WebState { closing, ..self }
    }

    #[must_use]
    pub fn with_attachments(self, reader: Arc<dyn ReadAttachments>) -> WebState {
        WebState {
            attachments: Some(reader),
            ..self
        }
    }

    #[must_use]
    pub fn with_customer_pages(self, settings: customer::CustomerSettings) -> WebState {
        WebState {
            customer: Some(Arc::new(settings)),
            ..self
        }
    }
}

/// Everything this room serves. Other rooms may merge pages of their own into it.
pub fn router(state: WebState) -> Router {
    Router::new()
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(metrics::metrics))
        .merge(api::router(&state))
        .merge(desk::router())
        .merge(customer::router())
        .fallback(nothing_here)
        .with_state(state)
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn(errors_as_problems))
}

async fn nothing_here() -> Response {
    let text = "There is no page at this address.";
    page::PlainPage::response(StatusCode::NOT_FOUND, "There is nothing here", text)
}

/// Runs a piece of work to its end, even when the client hangs up: a transaction is not cut in the middle.
pub(crate) async fn to_the_end<T: Send + 'static>(
    work: impl Future<Output = T> + Send + 'static,
) -> Result<T, Problem> {
    tokio::spawn(work).await.map_err(|error| {
        tracing::error!(%error, "a request failed inside");
        Problem::of_status(StatusCode::INTERNAL_SERVER_ERROR)
    })
}

/// The API answers every error as problem details, also those that a router or a layer made.
async fn errors_as_problems(request: Request, next: Next) -> Response {
    let for_api = request.uri().path().starts_with("/api");
    let response = next.run(request).await;
    let status = response.status();
    if !for_api || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let is_problem = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind == PROBLEM_JSON);
    if is_problem {
        return response;
    }
    let allow = response.headers().get(header::ALLOW).cloned();
    let mut problem = Problem::of_status(status).into_response();
    if let Some(allow) = allow {
        problem.headers_mut().insert(header::ALLOW, allow);
    }
    problem
}
