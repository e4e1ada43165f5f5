//! The demo's pages, open to whoever reaches them: they exist in the demo only.
//!
//! Server-rendered in the frame of the desk; they work without script. One small script looks for news every second and
//! puts the new content in the place of the old.

mod board;
mod customer;
mod digest;
mod live;
mod mails;
mod story;

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Router, middleware};
use jiff::Timestamp;
use serde::Deserialize;

use super::{Stage, voice};
use crate::registration::Reference;
use crate::store::StoreError;
use crate::web::page::{self, PlainPage};
use crate::web::session;

/// The live page.
pub const LIVE_PATH: &str = "/demo";
/// As that of the desk, with our own script and what it fetches.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
                                       frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const STYLESHEET: &str = include_str!("demo.css");
const SCRIPT: &str = include_str!("demo.js");
/// An answer the visitor writes, in bytes.
const FORM_BYTES_MAX: usize = 64 * 1024;
/// The agent whose desk the visitor may try.
pub const AGENT: &str = "demo";

/// What the handlers share.
#[derive(Clone)]
pub struct PageState {
    stage: Arc<Stage>,
    board: Arc<board::Board>,
}

pub fn router(stage: Arc<Stage>) -> Router {
    let state = PageState {
        stage,
        board: Arc::default(),
    };
    Router::new()
        .route(LIVE_PATH, get(live::page))
        .route("/demo/live", get(live::fragment))
        .route("/demo/registrations/{reference}", get(story::page))
        .route("/demo/registrations/{reference}/live", get(story::fragment))
        .route(
            "/demo/registrations/{reference}/letters/{number}",
            get(mails::letter_html),
        )
        .route(
            "/demo/registrations/{reference}/letters/{number}/contract.pdf",
            get(mails::contract),
        )
        .route("/demo/messages/{key}", get(mails::raw_message))
        .route("/demo/customers", get(customer::list).post(customer::register))
        .route(
            "/demo/customers/{reference}",
            get(customer::page).post(customer::answer),
        )
        .route("/demo/customers/{reference}/live", get(customer::fragment))
        .route("/demo/desk", get(desk))
        .route(
            "/demo/demo.css",
            get(async || asset("text/css; charset=utf-8", STYLESHEET)),
        )
        .route(
            "/demo/demo.js",
            get(async || asset("text/javascript; charset=utf-8", SCRIPT)),
        )
        .with_state(state)
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
        .layer(middleware::from_fn(session::same_origin_only))
        .layer(middleware::map_response(policy))
        .layer(middleware::from_fn(page::page_headers))
}

/// Sets the demo's policy where the handler set none.
async fn policy(mut response: Response) -> Response {
    response
        .headers_mut()
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(CONTENT_SECURITY_POLICY));
    response
}

fn asset(content_type: &'static str, text: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, content_type),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, text).into_response()
}

#[derive(Deserialize)]
struct DeskQuery {
    #[serde(default)]
    then: String,
}

/// Signs the visitor in at the desk, at the page of a case when one is named.
async fn desk(State(state): State<PageState>, Query(query): Query<DeskQuery>) -> Redirect {
    let lands_on = match query.then.strip_prefix("/desk/") {
        Some(_) => query.then.as_str(),
        None => "/desk",
    };
    Redirect::to(&state.stage.web.one_time_sign_in(AGENT, lands_on))
}

/// Why a page cannot be shown.
enum Fault {
    NotFound,
    Failed(anyhow::Error),
}

impl From<anyhow::Error> for Fault {
    fn from(error: anyhow::Error) -> Fault {
        Fault::Failed(error)
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Fault {
        Fault::Failed(error.into())
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        match self {
            Fault::NotFound => {
                let text = "The link is not whole, or it is of another demo.";
                PlainPage::response(StatusCode::NOT_FOUND, "There is nothing here", text)
            }
            Fault::Failed(error) => {
                tracing::error!(
                    error = format!("{error:#}"),
                    "a page of the demo could not be made"
                );
                let text =
                    "Something failed, and was written to the terminal of the demo. Try again in a moment.";
                PlainPage::response(StatusCode::INTERNAL_SERVER_ERROR, "That did not work", text)
            }
        }
    }
}

fn reference(text: &str) -> Result<Reference, Fault> {
    text.parse().map_err(|_| Fault::NotFound)
}

/// `16:04:07`, in Belgium.
fn clock_time(at: Timestamp) -> String {
    at.to_zoned(voice::belgium()).strftime("%H:%M:%S").to_string()
}
