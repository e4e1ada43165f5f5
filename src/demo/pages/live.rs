//! The live page: every registration's way, each letter and reply on it, and what just happened.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::board::View;
use super::digest::{Counted, Digest, News, STEPS};
use super::{Fault, PageState};
use crate::web::page::{Frame, Page};

#[derive(Deserialize)]
pub struct LiveQuery {
    #[serde(default)]
    show: Show,
}

/// Which registrations are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Show {
    #[default]
    All,
    Straight,
    Blocked,
    SettledAlone,
    AwaitsAgent,
    Contract,
}

impl Show {
    fn of(self, counted: &Counted) -> usize {
        match self {
            Show::All => 1,
            Show::Straight => counted.straight,
            Show::Blocked => counted.blocked,
            Show::SettledAlone => counted.settled_alone,
            Show::AwaitsAgent => counted.awaits_agent,
            Show::Contract => counted.contract,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Show::All => "all",
            Show::Straight => "straight",
            Show::Blocked => "blocked",
            Show::SettledAlone => "settled_alone",
            Show::AwaitsAgent => "awaits_agent",
            Show::Contract => "contract",
        }
    }
}

/// A number at the head of the page, and a link to what it counts.
struct Number {
    value: usize,
    label: &'static str,
    show: &'static str,
    is_shown: bool,
}

#[derive(Template)]
#[template(path = "demo/board.html")]
struct BoardPart {
    numbers: Vec<Number>,
    steps: [&'static str; 5],
    rows: Vec<Arc<Digest>>,
    news: Vec<News>,
    expected: usize,
    came_in: usize,
}

#[derive(Template)]
#[template(path = "demo/live.html")]
struct LivePage {
    frame: Frame,
    show: &'static str,
    board: BoardPart,
}

pub async fn page(State(state): State<PageState>, Query(query): Query<LiveQuery>) -> Result<Response, Fault> {
    let page = LivePage {
        frame: Frame::default(),
        show: query.show.name(),
        board: board(&state, query.show).await?,
    };
    Ok(Page(StatusCode::OK, page).into_response())
}

/// The part of the page that changes.
pub async fn fragment(
    State(state): State<PageState>,
    Query(query): Query<LiveQuery>,
) -> Result<Response, Fault> {
    Ok(Page(StatusCode::OK, board(&state, query.show).await?).into_response())
}

async fn board(state: &PageState, show: Show) -> Result<BoardPart, Fault> {
    let View { rows, counted, news } = state.board.look(&state.stage.store).await?;
    let came_in = rows.len();
    let number = |value, label, of: Show| Number {
        value,
        label,
        show: of.name(),
        is_shown: of == show,
    };
    let numbers = vec![
        number(came_in, "came in", Show::All),
        number(counted.straight, "passed straight through", Show::Straight),
        number(counted.blocked, "blocked", Show::Blocked),
        number(
            counted.settled_alone,
            "settled without a person",
            Show::SettledAlone,
        ),
        number(counted.awaits_agent, "wait for an agent", Show::AwaitsAgent),
        number(counted.contract, "contracts", Show::Contract),
    ];
    Ok(BoardPart {
        numbers,
        steps: STEPS,
        rows: rows.into_iter().filter(|row| show.of(&row.counted) > 0).collect(),
        news,
        expected: state.stage.cast.samples().len(),
        came_in,
    })
}
