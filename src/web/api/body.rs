//! Reads a body: its content type, its size, its syntax; each fault is a problem of its own.

use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use serde_json::Value;

use crate::web::problem::Problem;

/// A body that takes longer to arrive is given up: a slow client holds a connection, not more.
const BODY_WAIT_MAX: Duration = Duration::from_secs(60);
/// Longest idempotency key taken, in bytes.
const KEY_BYTES_MAX: usize = 255;

pub const JSON: &str = "application/json";
pub const NDJSON: &str = "application/x-ndjson";

/// The content type without its parameters, lower case.
pub fn content_type(headers: &HeaderMap) -> Option<String> {
    let kind = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let essence = kind.split(';').next().unwrap_or(kind);
    Some(essence.trim().to_ascii_lowercase())
}

pub async fn read(body: Body, limit_bytes: usize) -> Result<Bytes, Problem> {
    match tokio::time::timeout(BODY_WAIT_MAX, to_bytes(body, limit_bytes)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) if is_length_limit(&error) => Err(Problem::too_large(limit_bytes)),
        Ok(Err(error)) => Err(Problem::syntax(format!("the body broke off: {error}"))),
        Err(_) => Err(Problem::of_status(StatusCode::REQUEST_TIMEOUT)),
    }
}

fn is_length_limit(error: &axum::Error) -> bool {
    use std::error::Error;
    let mut source: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = source {
        if error.to_string().contains("length limit") {
            return true;
        }
        source = error.source();
    }
    false
}

/// The JSON in `bytes`.
pub fn parse(bytes: &[u8]) -> Result<Value, Problem> {
    serde_json::from_slice(bytes).map_err(|error| Problem::syntax(format!("no JSON: {error}")))
}

/// A body that must be JSON.
pub async fn read_json(headers: &HeaderMap, body: Body, limit_bytes: usize) -> Result<Value, Problem> {
    if content_type(headers).as_deref() != Some(JSON) {
        return Err(Problem::unsupported_media_type(JSON));
    }
    parse(&read(body, limit_bytes).await?)
}

/// The client's `Idempotency-Key`, if it sent one.
pub struct IdempotencyKey(pub Option<String>);

impl<S: Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<IdempotencyKey, Problem> {
        let Some(value) = parts.headers.get("idempotency-key") else {
            return Ok(IdempotencyKey(None));
        };
        let bad = || Problem::invalid_key("write 1 to 255 visible ASCII characters");
        let key = value.to_str().map_err(|_| bad())?.trim();
        if key.is_empty() || key.len() > KEY_BYTES_MAX {
            return Err(bad());
        }
        Ok(IdempotencyKey(Some(key.to_owned())))
    }
}
