//! The desk: where agents see what waits for them, and decide. Server-rendered pages and plain forms; works without script, and
//! with it by keyboard alone.
//!
//! An agent's click is a command to the store like any other event, with [`crate::registration::Actor::Agent`]. Every form of a
//! case carries the version of what the agent saw: who comes second is told what the first did.

mod account;
mod acts;
mod case_acts;
mod cases;
mod fields_form;
mod lookup;
pub(crate) mod mail_view;
pub(crate) mod news;
pub(crate) mod panel;
mod registrations;
mod reply;
mod view;
mod waiting;
pub(crate) mod words;

use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Router, middleware};

use super::WebState;
use super::page::{self, PlainPage};
use super::session;
use crate::store::{ActError, StoreError};

/// Forms are small: a page of fields, in bytes.
const FORM_BYTES_MAX: usize = 64 * 1024;

pub fn router() -> Router<WebState> {
    Router::new()
        .route(
            "/",
            get(async |State(state): State<WebState>| Redirect::to(state.settings.home)),
        )
        .route("/desk", get(cases::list))
        .route("/desk/news", get(news::news))
        .route("/desk/sign-in", get(account::sign_in_page).post(account::sign_in))
        .route("/desk/sign-out", post(account::sign_out))
        .route("/desk/welcome", get(account::welcome))
        .route(
            "/desk/account",
            get(account::account_page).post(account::set_password),
        )
        .route("/desk/cases/{key}", get(cases::show))
        .route("/desk/cases/{key}/html", get(mail_view::html))
        .route("/desk/cases/{key}/raw", get(mail_view::raw))
        .route(
            "/desk/cases/{key}/attachments/{number}",
            get(mail_view::attachment),
        )
        .route("/desk/cases/{key}/accept", post(case_acts::accept))
        .route("/desk/cases/{key}/fields", post(case_acts::set_fields))
        .route("/desk/cases/{key}/link", post(case_acts::link))
        .route("/desk/cases/{key}/close", post(case_acts::close))
        .route("/desk/cases/{key}/reply", post(case_acts::reply))
        .route("/desk/registrations", get(registrations::list))
        .route("/desk/registrations/{reference}", get(registrations::show))
        .route(
            "/desk/registrations/{reference}/fields",
            post(registrations::set_fields),
        )
        .route("/desk/registrations/{reference}/act", post(registrations::act))
        .route(
            "/desk/registrations/{reference}/reply",
            post(registrations::reply),
        )
        .route("/desk/registrations/{reference}/undo", post(registrations::undo))
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
        .layer(middleware::from_fn(session::same_origin_only))
        .layer(middleware::from_fn(page::page_headers))
        .route(page::STYLESHEET_PATH, get(page::stylesheet))
        .route(page::SCRIPT_PATH, get(page::script))
}

/// Why a page of the desk cannot be shown.
pub(crate) enum Fault {
    NotFound,
    Store(StoreError),
    Inside,
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Fault {
        Fault::Store(error)
    }
}

impl From<super::problem::Problem> for Fault {
    fn from(_: super::problem::Problem) -> Fault {
        Fault::Inside
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        match self {
            Fault::NotFound => {
                let text = "It may have been erased, or the link is not whole.";
                PlainPage::response(StatusCode::NOT_FOUND, "There is nothing here", text)
            }
            Fault::Store(error) => session::failure_page(error),
            Fault::Inside => {
                let text = "Something failed on our side, and was written to the log.";
                PlainPage::response(StatusCode::INTERNAL_SERVER_ERROR, "That did not work", text)
            }
        }
    }
}

/// What an act that was not carried out means for the agent: words to show, or a fault of the page.
fn refusal_in_words(error: ActError) -> Result<String, Fault> {
    match error {
        ActError::Refused(refusal) => Ok(format!("That cannot be done: {refusal}.")),
        ActError::NotFound(reference) => Ok(format!("There is no registration {reference}.")),
        ActError::Store(error) => Err(error.into()),
    }
}
