//! Pages: the frame they share, their security headers, the one style sheet.
//!
//! A page is a struct that derives [`Template`] over a file that extends `frame.html`, with a member `frame: Frame`.
//! Nothing remote, one script of ours: what a page may load is said by [`CONTENT_SECURITY_POLICY`].

use askama::Template;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

/// Of every page: our own style sheet, script and forms, and frames of our own (the mail view).
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
                                           frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Path of the style sheet.
pub const STYLESHEET_PATH: &str = "/assets/estafette.css";
const STYLESHEET: &str = include_str!("assets/estafette.css");
/// Path of the script of the desk: keys, and lists that keep themselves up to date.
pub const SCRIPT_PATH: &str = "/assets/desk.js";
const SCRIPT: &str = include_str!("assets/desk.js");

/// What every page shows around its content.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// The agent who is signed in; none on open pages.
    pub agent: Option<String>,
    /// Which entry of the navigation is the present one.
    pub section: Section,
    /// Said at the top of the page, once.
    pub notice: Option<Notice>,
    /// What stands in the search box.
    pub sought: String,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Section {
    #[default]
    None,
    Cases,
    Registrations,
    Account,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub tone: Tone,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Good,
    Bad,
}

impl Tone {
    pub fn class(self) -> &'static str {
        match self {
            Tone::Good => "good",
            Tone::Bad => "bad",
        }
    }
}

impl Frame {
    pub fn of(agent: &str, section: Section) -> Frame {
        Frame {
            agent: Some(agent.to_owned()),
            section,
            ..Frame::default()
        }
    }

    pub fn with_sought(mut self, sought: &str) -> Frame {
        self.sought = sought.to_owned();
        self
    }

    pub fn with_notice(mut self, tone: Tone, text: impl Into<String>) -> Frame {
        self.notice = Some(Notice {
            tone,
            text: text.into(),
        });
        self
    }

    /// For the navigation of `frame.html`.
    pub fn is_at(&self, section: &str) -> bool {
        matches!(
            (self.section, section),
            (Section::Cases, "cases")
                | (Section::Registrations, "registrations")
                | (Section::Account, "account")
        )
    }
}

/// A template as a response.
pub struct Page<T>(pub StatusCode, pub T);

impl<T: Template> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        match self.1.render() {
            Ok(html) => (self.0, Html(html)).into_response(),
            Err(error) => {
                tracing::error!(%error, "a page could not be made");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}

/// A page that says one thing: nothing here, sign in again, and the like.
#[derive(Template)]
#[template(path = "desk/message.html")]
pub struct PlainPage {
    pub frame: Frame,
    pub title: String,
    pub text: String,
}

impl PlainPage {
    pub fn response(status: StatusCode, title: &str, text: &str) -> Response {
        let page = PlainPage {
            frame: Frame::default(),
            title: title.to_owned(),
            text: text.to_owned(),
        };
        Page(status, page).into_response()
    }
}

/// Sets the headers of pages, where the handler set none of its own.
pub async fn page_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let defaults = [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (header::CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in defaults {
        headers
            .entry(name)
            .or_insert_with(|| HeaderValue::from_static(value));
    }
    response
}

pub async fn stylesheet() -> Response {
    asset("text/css; charset=utf-8", STYLESHEET)
}

pub async fn script() -> Response {
    asset("text/javascript; charset=utf-8", SCRIPT)
}

fn asset(kind: &'static str, text: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, text).into_response()
}
