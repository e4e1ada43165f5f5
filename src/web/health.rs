//! `/healthz`: the process answers. `/readyz`: every part it needs answers, or which one does not and since when.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use super::WebState;

/// One part that the daemon cannot do its work without.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// `store`, `mailbox` or `smtp`.
    pub name: &'static str,
    #[serde(flatten)]
    pub status: PartStatus,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum PartStatus {
    Ready,
    Failing {
        since: Timestamp,
        /// What the last attempt said; without secrets.
        detail: String,
    },
}

/// What the workers know of their parts. Asked at each request of `/readyz`, so it must answer at once.
pub trait Readiness: Send + Sync {
    fn parts(&self) -> Vec<Part>;
}

pub async fn healthz() -> Response {
    Json(json!({"status": "ok"})).into_response()
}

pub async fn readyz(State(state): State<WebState>) -> Response {
    let mut parts = state.readiness.parts();
    parts.retain(|part| part.name != "store");
    parts.insert(0, store_part(&state).await);
    let failing = parts.iter().any(|part| part.status != PartStatus::Ready);
    let (status, word) = if failing {
        (StatusCode::SERVICE_UNAVAILABLE, "failing")
    } else {
        (StatusCode::OK, "ready")
    };
    (status, Json(json!({"status": word, "parts": parts}))).into_response()
}

/// The store is asked now: it is the one part this room can ask itself.
async fn store_part(state: &WebState) -> Part {
    let outcome = state.store.ping().await;
    let mut failing_since = state
        .store_failing_since
        .lock()
        .unwrap_or_else(|e| e.into_inner());
    let status = match outcome {
        Ok(()) => {
            *failing_since = None;
            PartStatus::Ready
        }
        Err(error) => PartStatus::Failing {
            since: *failing_since.get_or_insert_with(crate::clock::now),
            detail: error.to_string(),
        },
    };
    Part {
        name: "store",
        status,
    }
}
