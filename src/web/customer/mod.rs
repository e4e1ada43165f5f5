//! The customer's pages: answer the open questions, give the written yes, read the contract, withdraw from it.
//!
//! A signed link opens one page of one registration until a day ([`crate::letters::PageToken`]); there is nothing to sign in to
//! and nothing to guess. To look changes nothing, so a mail scanner that follows the links does no harm; only a form that is
//! sent acts, through the same gate as every other event. What is sent is kept as a message, byte for byte.

mod answer;
mod bill;
mod confirm;
mod contract;
mod form;
mod guard;
mod withdraw;
mod words;

use askama::Template;
use axum::extract::{DefaultBodyLimit, Form, Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Router, middleware};
use jiff::Timestamp;
use jiff::civil::Date;

use super::WebState;
use super::page::{self, Page};
use crate::clock;
use crate::letters::page_words;
use crate::letters::{Brand, PageToken, Purpose, TokenKeeper};
use crate::registration::{Language, Registration};
use crate::store::{ActError, StoreError};

pub use guard::Guard;
use words::Texts;

/// Our own style sheet, script and forms; nothing else.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; \
                                       base-uri 'none'; frame-ancestors 'none'";
/// A form of a few values, in bytes.
const FORM_BYTES_MAX: usize = 16 * 1024;
const STYLESHEET: &str = include_str!("../assets/customer.css");
const SCRIPT: &str = include_str!("../assets/customer.js");

/// What the pages are made with.
#[derive(Debug)]
pub struct CustomerSettings {
    pub tokens: TokenKeeper,
    pub brand: Brand,
    /// The address letters come from.
    pub from_address: String,
}

pub fn router() -> Router<WebState> {
    Router::new()
        .route("/c/{token}", get(show).post(act))
        .route("/c/{token}/{file}", get(file))
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
        .route(
            "/c/{token}/bill",
            post(bill::act).layer(DefaultBodyLimit::max(bill::REQUEST_BYTES_MAX)),
        )
        .layer(middleware::from_fn(guard::own_forms_only))
        .layer(middleware::map_response(policy))
        .layer(middleware::from_fn(page::page_headers))
        .route(
            "/assets/customer.css",
            get(async || asset("text/css; charset=utf-8", STYLESHEET)),
        )
        .route(
            "/assets/customer.js",
            get(async || asset("text/javascript; charset=utf-8", SCRIPT)),
        )
}

async fn policy(mut response: Response) -> Response {
    response
        .headers_mut()
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(CONTENT_SECURITY_POLICY));
    response
}

fn asset(kind: &'static str, text: &'static str) -> Response {
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")];
    (headers, text).into_response()
}

/// What every page shows around its content.
struct Frame {
    language: Language,
    title: &'static str,
    brand: String,
    reference: Option<String>,
    texts: &'static Texts,
    call: Option<String>,
    /// The query that keeps the language, with its `?`; empty in the registration's own.
    query: String,
    /// The other languages: code, own name, path.
    others: Vec<(&'static str, &'static str, String)>,
}

/// A page that says one thing, and what was answered.
#[derive(Template)]
#[template(path = "customer/message.html")]
struct MessagePage {
    frame: Frame,
    text: String,
    good: bool,
    settled: Vec<(&'static str, Option<String>)>,
}

/// A link that was opened: whose, and for what.
struct Visit {
    state: WebState,
    token: String,
    page: PageToken,
    registration: Registration,
    at: Timestamp,
    /// The language that was chosen on the page, if another than the registration's.
    chosen: Option<Language>,
}

/// Why a page cannot be shown.
enum Fault {
    /// No link of ours, or its day is over.
    NoLink(Language),
    Busy(Language),
    Inside,
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Fault {
        tracing::error!(%error, "a customer's page could not be made");
        Fault::Inside
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let (status, language) = match &self {
            Fault::NoLink(language) => (StatusCode::NOT_FOUND, *language),
            Fault::Busy(language) => (StatusCode::TOO_MANY_REQUESTS, *language),
            Fault::Inside => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        };
        let texts = words::of(language);
        let (title, text) = match self {
            Fault::NoLink(_) | Fault::Inside => (texts.expired_title, texts.expired),
            Fault::Busy(_) => (texts.busy_title, texts.busy),
        };
        let frame = Frame {
            language,
            title,
            brand: String::new(),
            reference: None,
            texts,
            call: None,
            query: String::new(),
            others: Vec::new(),
        };
        let page = MessagePage {
            frame,
            text: text.to_owned(),
            good: false,
            settled: Vec::new(),
        };
        Page(status, page).into_response()
    }
}

impl Visit {
    /// Opens a link. A forged one costs no look into the store.
    async fn open(
        state: WebState,
        token: String,
        headers: &HeaderMap,
        query: Option<&str>,
    ) -> Result<Visit, Fault> {
        let stranger = guard::language_of(headers);
        let settings = state.customer.clone().ok_or(Fault::NoLink(stranger))?;
        let at = clock::now();
        let page = settings.tokens.read_page_token(&token);
        let page = page.ok_or(Fault::NoLink(stranger))?;
        if !state.guard.may_look(&page.reference, at) {
            return Err(Fault::Busy(stranger));
        }
        let row = state.store.registration(&page.reference).await?;
        let mut registration = row.ok_or(Fault::NoLink(stranger))?.registration;
        if page.is_over(clock::belgian_date(at)) {
            return Err(Fault::NoLink(registration.language));
        }
        let chosen = chosen_language(query).filter(|language| *language != registration.language);
        // For this page alone: nothing here writes a registration's language.
        registration.language = chosen.unwrap_or(registration.language);
        Ok(Visit {
            state,
            token,
            page,
            registration,
            at,
            chosen,
        })
    }

    fn texts(&self) -> &'static Texts {
        words::of(self.registration.language)
    }

    fn frame(&self, title: &'static str) -> Frame {
        let brand = self.state.customer.as_ref().map(|settings| &settings.brand);
        let phone = brand.map_or("", |brand| brand.phone.trim());
        let texts = self.texts();
        Frame {
            language: self.registration.language,
            title,
            brand: brand.map(|brand| brand.name.clone()).unwrap_or_default(),
            reference: Some(self.registration.reference.to_string()),
            texts,
            call: (!phone.is_empty()).then(|| words::fill(texts.call, &[("phone", phone)])),
            query: self.query(),
            others: Language::ALL
                .into_iter()
                .filter(|language| *language != self.registration.language)
                .map(|language| {
                    (
                        language.code(),
                        own_name(language),
                        format!("/c/{}?lang={language}", self.token),
                    )
                })
                .collect(),
        }
    }

    /// A page that says how it stands.
    fn message(&self, title: &'static str, text: &str, good: bool) -> Response {
        let page = MessagePage {
            frame: self.frame(title),
            text: text.to_owned(),
            good,
            settled: match self.page.purpose {
                Purpose::Answer => page_words::settled(&self.registration),
                Purpose::Confirm | Purpose::Contract | Purpose::Withdraw => Vec::new(),
            },
        };
        Page(StatusCode::OK, page).into_response()
    }

    /// The token of another page of the same registration.
    fn link(&self, purpose: Purpose, last_day: Date) -> Option<String> {
        let settings = self.state.customer.as_ref()?;
        let page = PageToken::until(purpose, self.registration.reference.clone(), last_day);
        Some(settings.tokens.page_token(&page))
    }

    fn query(&self) -> String {
        match self.chosen {
            Some(language) => format!("?lang={language}"),
            None => String::new(),
        }
    }

    /// Back to the page, which then shows how it stands: sent again, nothing happens twice.
    fn again(&self) -> Response {
        Redirect::to(&format!("/c/{}{}", self.token, self.query())).into_response()
    }
}

/// The language that a page was asked in: `lang=nl`.
fn chosen_language(query: Option<&str>) -> Option<Language> {
    let parts = query?.split('&');
    let mut codes = parts.filter_map(|part| part.strip_prefix("lang="));
    Language::from_code(codes.next()?)
}

fn own_name(language: Language) -> &'static str {
    match language {
        Language::Fr => "Français",
        Language::Nl => "Nederlands",
        Language::De => "Deutsch",
        Language::En => "English",
    }
}

/// The query of a page that is shown after its form was taken.
const SENT: &str = "sent";

/// What a form that was sent came to.
enum Sent {
    Taken,
    /// The registration moved on since the page was shown.
    Refused,
}

impl Sent {
    fn of(outcome: Result<bool, ActError>) -> Result<Sent, Fault> {
        match outcome {
            Ok(_) => Ok(Sent::Taken),
            Err(ActError::Refused(_)) => Ok(Sent::Refused),
            Err(ActError::NotFound(_)) => Err(Fault::Inside),
            Err(ActError::Store(error)) => Err(error.into()),
        }
    }
}

async fn show(
    State(state): State<WebState>,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let visit = Visit::open(state, token, &headers, query.as_deref()).await?;
    let sent = query
        .as_deref()
        .is_some_and(|query| query.split('&').any(|part| part == SENT));
    match visit.page.purpose {
        Purpose::Answer => Ok(answer::show(&visit, sent)),
        Purpose::Confirm => Ok(confirm::show(&visit)),
        Purpose::Contract => contract::show(&visit).await,
        Purpose::Withdraw => withdraw::show(&visit).await,
    }
}

async fn act(
    State(state): State<WebState>,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let visit = Visit::open(state, token, &headers, query.as_deref()).await?;
    if !visit.state.guard.may_act(&visit.page.reference, visit.at) {
        return Err(Fault::Busy(visit.registration.language));
    }
    let wake = visit.state.wake.clone();
    let response = super::to_the_end(async move {
        match visit.page.purpose {
            Purpose::Answer => answer::act(&visit, &pairs).await,
            Purpose::Confirm => confirm::act(&visit, &pairs).await,
            Purpose::Contract => Ok(visit.again()),
            Purpose::Withdraw => withdraw::act(&visit).await,
        }
    })
    .await
    .map_err(|_| Fault::Inside)??;
    wake.notify_one();
    Ok(response)
}

async fn file(
    State(state): State<WebState>,
    Path((token, _)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let visit = Visit::open(state, token, &headers, None).await?;
    match visit.page.purpose {
        Purpose::Contract => contract::file(&visit).await,
        _ => Err(Fault::NoLink(visit.registration.language)),
    }
}
