//! Problem details (RFC 9457): the one form of every error of the API.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::registration::import::ImportFault;
use crate::store::{ActError, StoreError};

pub const PROBLEM_JSON: &str = "application/problem+json";

/// What is wrong with one field of what was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FieldError {
    /// The path of the key, dotted: `customer.last_name`; empty for the body as a whole. For queries, the parameter.
    #[schema(example = "customer.type")]
    pub field: String,
    #[schema(example = "must be one of residential, business")]
    pub detail: String,
}

impl FieldError {
    pub fn new(field: impl Into<String>, detail: impl Into<String>) -> FieldError {
        FieldError {
            field: field.into(),
            detail: detail.into(),
        }
    }
}

impl From<ImportFault> for FieldError {
    fn from(fault: ImportFault) -> FieldError {
        FieldError::new(fault.key.unwrap_or_default(), fault.detail)
    }
}

/// An error as RFC 9457 has it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// A URN that names the kind of problem and does not change.
    #[serde(rename = "type")]
    #[schema(example = "urn:estafette:problem:invalid-body")]
    kind: String,
    #[schema(example = "The body is not acceptable")]
    title: &'static str,
    #[schema(example = 422)]
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// Each bad field, when the fault lies in fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldError>,
    #[serde(skip)]
    #[schema(ignore)]
    header: ExtraHeader,
}

/// The header that some problems carry beside their body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ExtraHeader {
    None,
    /// `WWW-Authenticate`
    Challenge,
    /// `Retry-After`
    Pause,
}

impl Problem {
    fn new(status: StatusCode, kind: &str, title: &'static str) -> Problem {
        Problem {
            kind: format!("urn:estafette:problem:{kind}"),
            title,
            status: status.as_u16(),
            detail: None,
            errors: Vec::new(),
            header: ExtraHeader::None,
        }
    }

    pub fn with_detail(mut self, detail: impl Into<String>) -> Problem {
        self.detail = Some(detail.into());
        self
    }

    pub fn with_errors(mut self, errors: impl IntoIterator<Item = impl Into<FieldError>>) -> Problem {
        self.errors = errors.into_iter().map(Into::into).collect();
        self
    }

    pub fn syntax(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, "syntax", "The body cannot be read").with_detail(detail)
    }

    pub fn invalid_query(errors: Vec<FieldError>) -> Problem {
        let title = "A parameter of the query is not acceptable";
        Problem::new(StatusCode::BAD_REQUEST, "invalid-query", title).with_errors(errors)
    }

    pub fn invalid_body(errors: impl IntoIterator<Item = impl Into<FieldError>>) -> Problem {
        let title = "The body is not acceptable";
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid-body", title).with_errors(errors)
    }

    pub fn key_reused() -> Problem {
        let title = "The idempotency key was used before, with another body";
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "idempotency-key-reused", title)
    }

    pub fn invalid_key(detail: &str) -> Problem {
        let title = "The idempotency key is not acceptable";
        Problem::new(StatusCode::BAD_REQUEST, "invalid-idempotency-key", title).with_detail(detail)
    }

    pub fn unauthorised(detail: &str) -> Problem {
        let title = "A bearer token is needed";
        let problem = Problem::new(StatusCode::UNAUTHORIZED, "unauthorised", title).with_detail(detail);
        Problem {
            header: ExtraHeader::Challenge,
            ..problem
        }
    }

    pub fn not_found(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::NOT_FOUND, "not-found", "There is no such thing").with_detail(detail)
    }

    pub fn conflict(detail: impl Into<String>) -> Problem {
        let title = "The registration's state does not allow it";
        Problem::new(StatusCode::CONFLICT, "refused", title).with_detail(detail)
    }

    pub fn too_large(limit_bytes: usize) -> Problem {
        Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too-large",
            "The body is too large",
        )
        .with_detail(format!("at most {limit_bytes} bytes are taken"))
    }

    pub fn unsupported_media_type(accepted: &str) -> Problem {
        let title = "The content type is not supported";
        Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported-media-type",
            title,
        )
        .with_detail(format!("send {accepted}"))
    }

    /// The form of an error that another layer answered with a bare status (404, 405, 408, ...).
    pub fn of_status(status: StatusCode) -> Problem {
        let (kind, title) = match status {
            StatusCode::NOT_FOUND => ("not-found", "There is nothing at this path"),
            StatusCode::METHOD_NOT_ALLOWED => ("method-not-allowed", "The path does not take this method"),
            StatusCode::REQUEST_TIMEOUT => ("timeout", "The request did not arrive in time"),
            StatusCode::INTERNAL_SERVER_ERROR => ("internal", "Something failed on our side"),
            other => ("http", other.canonical_reason().unwrap_or("The request failed")),
        };
        Problem::new(status, kind, title)
    }
}

/// The cause is logged here, once; the client learns only whether trying again makes sense.
impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Problem {
        if let StoreError::Cursor(_) = error {
            let detail = "must be the `next` of the page before";
            return Problem::invalid_query(vec![FieldError::new("after", detail)]);
        }
        tracing::error!(%error, "the store failed a request");
        let title = "The store does not answer";
        let detail = "nothing was changed unless it is seen on a later look; send the same request again";
        let problem =
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "store-unavailable", title).with_detail(detail);
        Problem {
            header: ExtraHeader::Pause,
            ..problem
        }
    }
}

impl From<ActError> for Problem {
    fn from(error: ActError) -> Problem {
        match error {
            ActError::NotFound(reference) => Problem::not_found(format!("no registration {reference}")),
            ActError::Refused(refusal) => Problem::conflict(refusal.to_string()),
            ActError::Store(error) => error.into(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).expect("texts and numbers always make JSON");
        let mut response = (status, [(header::CONTENT_TYPE, PROBLEM_JSON)], body).into_response();
        let extra = match self.header {
            ExtraHeader::None => None,
            ExtraHeader::Challenge => Some((header::WWW_AUTHENTICATE, "Bearer realm=\"estafette\"")),
            ExtraHeader::Pause => Some((header::RETRY_AFTER, "5")),
        };
        if let Some((name, value)) = extra {
            response
                .headers_mut()
                .insert(name, HeaderValue::from_static(value));
        }
        response
    }
}
