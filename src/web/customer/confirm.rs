//! The written yes to a registration made by phone (law of 3 May 2024).

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::answer::text_of;
use super::form::{self, Fate, Filled};
use super::{Fault, Frame, Sent, Visit};
use crate::letters::page_words;
use crate::registration::life_cycle::{AnswerToApply, CertainAnswer, Command};
use crate::registration::{Field, State, WrittenYes};
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "customer/confirm.html")]
struct ConfirmPage {
    frame: Frame,
    token: String,
    changes: u32,
    facts: Vec<(&'static str, String)>,
}

pub fn show(visit: &Visit) -> Response {
    let (texts, registration) = (visit.texts(), &visit.registration);
    match (registration.state, registration.written_yes) {
        (State::Rejected | State::Withdrawn | State::Expired, _) => {
            visit.message(texts.closed_title, texts.closed, false)
        }
        (_, WrittenYes::Given | WrittenYes::NotNeeded) => {
            visit.message(texts.confirmed_title, texts.confirmed, true)
        }
        (_, WrittenYes::Awaited) => form(visit, StatusCode::OK),
    }
}

/// All that is confirmed, as letters show it.
fn form(visit: &Visit, status: StatusCode) -> Response {
    let registration = &visit.registration;
    let language = registration.language;
    let facts = registration
        .applicable_fields()
        .filter_map(|field| Some((field, registration.field(field)?)))
        .map(|(field, value)| {
            (
                page_words::label(language, field),
                page_words::shown(language, field, value),
            )
        })
        .collect();
    let page = ConfirmPage {
        frame: visit.frame(visit.texts().confirm_title),
        token: visit.token.clone(),
        changes: registration.changes,
        facts,
    };
    Page(status, page).into_response()
}

pub async fn act(visit: &Visit, pairs: &[(String, String)]) -> Result<Response, Fault> {
    let registration = &visit.registration;
    let is_open = !matches!(
        registration.state,
        State::Rejected | State::Withdrawn | State::Expired
    );
    if registration.written_yes != WrittenYes::Awaited || !is_open {
        return Ok(visit.again());
    }
    // What was shown is what is confirmed.
    let changes: Option<u32> = text_of(pairs, "changes").parse().ok();
    if changes != Some(registration.changes) {
        return Ok(form(visit, StatusCode::CONFLICT));
    }
    let statement = visit.texts().confirm_button;
    let filled = Filled {
        kind: "answer",
        given: Vec::new(),
        statement: Some(statement.to_owned()),
        fate: Fate::Apply,
        file: None,
    };
    let sent = form::take(visit, &filled, |message, _| Command::Answer {
        message,
        kind: "answer".into(),
        answers: vec![AnswerToApply {
            field: Field::Email,
            answer: CertainAnswer::WrittenYes,
            evidence: form::evidence(statement, statement),
        }],
        changes_seen: changes,
    });
    match sent.await? {
        Sent::Taken => Ok(visit.again()),
        Sent::Refused => Ok(form(visit, StatusCode::CONFLICT)),
    }
}
