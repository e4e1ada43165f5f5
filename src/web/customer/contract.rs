//! The contract, as the letter that confirms it carried it.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::ToSpan;
use jiff::civil::Date;

use super::{Fault, Frame, Visit, words};
use crate::clock::belgian_date;
use crate::contract;
use crate::letters::{Purpose, page_words};
use crate::reading;
use crate::registration::{CustomerType, LetterKind, State};
use crate::store::StoredLetter;
use crate::web::page::Page;

/// A term that ends on a Saturday, Sunday or holiday runs to the next working day; never are more days in a row free than
/// these (Good Friday is a working day in Belgium).
const FREE_DAYS_MAX: i64 = 4;

#[derive(Template)]
#[template(path = "customer/contract.html")]
struct ContractPage {
    frame: Frame,
    token: String,
    file_name: String,
    /// The token of the page of withdrawal, and until when.
    withdraw: Option<(String, String)>,
}

/// The letter that confirmed the contract; the newest, should there be several.
pub async fn confirmation(visit: &Visit) -> Result<Option<StoredLetter>, Fault> {
    let letters = visit.state.store.letters_of(&visit.page.reference).await?;
    let confirms = |letter: &StoredLetter| letter.kind == LetterKind::ContractConfirmation;
    Ok(letters.into_iter().rev().find(confirms))
}

/// The term of withdrawal.
pub struct Term {
    /// As the contract says it.
    pub until: Date,
    /// The last day on which the page takes it.
    pub last_day: Date,
}

pub fn term(letter: &StoredLetter) -> Term {
    let until = contract::withdrawal_until(belgian_date(letter.queued_at));
    Term {
        until,
        last_day: until.saturating_add(FREE_DAYS_MAX.days()),
    }
}

/// Whether there is a contract that a consumer may still withdraw from.
pub fn may_withdraw(visit: &Visit, term: &Term) -> bool {
    let registration = &visit.registration;
    registration.customer_type == CustomerType::Residential
        && matches!(registration.state, State::Accepted | State::Active)
        && belgian_date(visit.at) <= term.last_day
}

pub async fn show(visit: &Visit) -> Result<Response, Fault> {
    let texts = visit.texts();
    if visit.registration.state == State::Withdrawn {
        return Ok(visit.message(texts.withdrawn_title, texts.withdrawn, false));
    }
    let Some(letter) = confirmation(visit).await? else {
        return Ok(visit.message(texts.contract_title, texts.contract_none, false));
    };
    let term = term(&letter);
    let until = page_words::date(visit.registration.language, term.until);
    let link = may_withdraw(visit, &term).then(|| visit.link(Purpose::Withdraw, term.last_day));
    let page = ContractPage {
        frame: visit.frame(texts.contract_title),
        token: visit.token.clone(),
        file_name: contract::file_name(&visit.registration),
        withdraw: link
            .flatten()
            .map(|link| (link, words::fill(texts.withdraw_term, &[("until", &until)]))),
    };
    Ok(Page(StatusCode::OK, page).into_response())
}

pub async fn file(visit: &Visit) -> Result<Response, Fault> {
    let language = visit.registration.language;
    let letter = confirmation(visit).await?.ok_or(Fault::NoLink(language))?;
    let raw = visit
        .state
        .store
        .raw_letter(&letter.reference, letter.number)
        .await?
        .unwrap_or_default();
    let read = tokio::task::spawn_blocking(move || reading::read(&raw)).await;
    let attachments = read.map_err(|_| Fault::Inside)?.attachments;
    let file = attachments
        .into_iter()
        .find(|file| file.content_type == "application/pdf")
        .ok_or(Fault::NoLink(language))?;
    let name = contract::file_name(&visit.registration);
    let disposition =
        HeaderValue::try_from(format!("inline; filename=\"{name}\"")).map_err(|_| Fault::Inside)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/pdf")),
        (header::CONTENT_DISPOSITION, disposition),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; object-src 'self'; style-src 'unsafe-inline'"),
        ),
    ];
    Ok((headers, file.content).into_response())
}
