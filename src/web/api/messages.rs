//! Incoming messages by disposition.

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use super::paging::Paging;
use super::view::MessageView;
use crate::web::WebState;
use crate::web::problem::Problem;

/// A page of messages.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MessageList {
    pub messages: Vec<MessageView>,
    /// What to give as `after` for the next page; null on the last one.
    pub next: Option<String>,
}

/// List messages, oldest first
#[utoipa::path(
    get, path = "/api/v1/messages", tag = "messages",
    params(
        ("disposition" = Option<String>, Query,
            description = "`apply`, `review` (the open review cases) or `ignore`; all messages when absent"),
        ("after" = Option<String>, Query, description = "The `next` of the page before"),
        ("limit" = Option<u32>, Query, description = "1 to 200, 50 when absent"),
    ),
    responses(
        (status = 200, description = "A page", body = MessageList),
        (status = 400, description = "A bad parameter", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "No valid token", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn list(State(state): State<WebState>, paging: Paging) -> Result<Json<MessageList>, Problem> {
    let page = state
        .store
        .messages(
            paging.disposition.as_deref(),
            paging.after.as_deref(),
            paging.limit,
        )
        .await?;
    Ok(Json(MessageList {
        messages: page.items.into_iter().map(MessageView::new).collect(),
        next: page.next,
    }))
}
