//! The withdrawal from the contract, within its term: a page that says what it means, then one press.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::form::{self, Fate, Filled};
use super::{Fault, Frame, Sent, Visit, contract, words};
use crate::letters::{Purpose, page_words};
use crate::registration::life_cycle::Command;
use crate::registration::{DistributorDecision, State};
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "customer/withdraw.html")]
struct WithdrawPage {
    frame: Frame,
    token: String,
    /// The token of the contract's page.
    back: String,
    intro: String,
    term: String,
}

pub async fn show(visit: &Visit) -> Result<Response, Fault> {
    let (texts, registration) = (visit.texts(), &visit.registration);
    let language = registration.language;
    if registration.state == State::Withdrawn {
        return Ok(visit.message(texts.withdrawn_title, texts.withdrawn, true));
    }
    let Some(letter) = contract::confirmation(visit).await? else {
        return Ok(visit.message(texts.contract_title, texts.contract_none, false));
    };
    let term = contract::term(&letter);
    let until = page_words::date(language, term.until);
    if !contract::may_withdraw(visit, &term) {
        let text = words::fill(texts.withdraw_over, &[("until", &until)]);
        return Ok(visit.message(texts.withdraw_over_title, &text, false));
    }
    let page = WithdrawPage {
        frame: visit.frame(texts.withdraw_title),
        token: visit.token.clone(),
        back: visit.link(Purpose::Contract, term.last_day).unwrap_or_default(),
        intro: intro(visit),
        term: words::fill(texts.withdraw_term, &[("until", &until)]),
    };
    Ok(Page(StatusCode::OK, page).into_response())
}

/// What is withdrawn from, in words.
fn intro(visit: &Visit) -> String {
    let registration = &visit.registration;
    let accepted: Vec<_> = registration
        .energies
        .iter()
        .copied()
        .filter(|energy| {
            let decision = registration.decisions.get(energy);
            matches!(decision, Some(DistributorDecision::Accepted { .. }))
        })
        .collect();
    words::fill(
        visit.texts().withdraw_intro,
        &[
            (
                "energies",
                &page_words::energies(registration.language, &accepted),
            ),
            ("reference", registration.reference.as_str()),
        ],
    )
}

pub async fn act(visit: &Visit) -> Result<Response, Fault> {
    let letter = contract::confirmation(visit).await?;
    let in_time = letter.is_some_and(|letter| contract::may_withdraw(visit, &contract::term(&letter)));
    if !in_time {
        return Ok(visit.again());
    }
    let filled = Filled {
        kind: "withdrawal",
        given: Vec::new(),
        statement: Some(format!("{} {}", visit.texts().withdraw_button, intro(visit))),
        fate: Fate::Apply,
        file: None,
    };
    let sent = form::take(visit, &filled, |message, _| Command::Withdraw {
        message: Some(message),
    });
    match sent.await? {
        Sent::Taken | Sent::Refused => Ok(visit.again()),
    }
}
