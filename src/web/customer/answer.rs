//! The open questions as a form: just these, each with what was wrong with a value beside its field.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::form::{self, Fate, Filled, Given};
use super::{Fault, Frame, SENT, Sent, Visit, bill};
use crate::letters::page_words;
use crate::registration::life_cycle::Command;
use crate::registration::value::{self, fold_white_space};
use crate::registration::{Field, Question, Reason, State};
use crate::understanding::AnswerStatus;
use crate::web::page::Page;

#[derive(Template)]
#[template(path = "customer/answer.html")]
struct AnswerPage {
    frame: Frame,
    token: String,
    changes: u32,
    notice: Option<&'static str>,
    notice_is_bad: bool,
    questions: Vec<Asked>,
    settled: Vec<(&'static str, Option<String>)>,
    takes_bill: bool,
    bill_error: Option<&'static str>,
}

/// A question with what was typed under it.
struct Asked {
    name: &'static str,
    label: String,
    text: String,
    help: Option<String>,
    doubtful: bool,
    ean: bool,
    digits: bool,
    for_agent: bool,
    autocomplete: &'static str,
    typed: String,
    yes: bool,
    error: Option<String>,
}

/// What was typed for a question, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    pub typed: String,
    pub yes: bool,
    pub fault: Option<EntryFault>,
}

/// What is said at the top of the form, or beside the bill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    Good(&'static str),
    Bad(&'static str),
    OfBill(&'static str),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryFault {
    /// A code of [`value::fault`].
    Value(&'static str),
    /// A yes and another value at once.
    Both,
}

/// `sent` after a form was taken: a question that agents settle is still open then.
pub fn show(visit: &Visit, sent: bool) -> Response {
    let thanks = Notice::Good(visit.texts().thanks_title);
    page(visit, StatusCode::OK, sent.then_some(thanks), &[])
}

/// The form while there is something to ask; else how it stands.
pub fn page(
    visit: &Visit,
    status: StatusCode,
    notice: Option<Notice>,
    entries: &[(Field, Entry)],
) -> Response {
    let (texts, registration) = (visit.texts(), &visit.registration);
    let has_open = registration.open_questions().next().is_some();
    match registration.state {
        State::Received | State::Verifying | State::Blocked { .. } | State::Expired if has_open => {}
        State::Received | State::Verifying => {
            return visit.message(texts.thanks_title, texts.thanks, true);
        }
        State::Blocked { .. } | State::Verified | State::Accepted | State::Active => {
            return visit.message(texts.nothing_open_title, texts.nothing_open, true);
        }
        State::Rejected | State::Withdrawn | State::Expired => {
            return visit.message(texts.closed_title, texts.closed, false);
        }
    }
    // Part of it was answered, and is being looked at.
    let notice = notice.or(registration
        .state
        .awaits_verification()
        .then_some(Notice::Good(texts.thanks_title)));
    let questions = page_words::open_questions(registration)
        .into_iter()
        .zip(registration.open_questions())
        .map(|(words, question)| asked(visit, words, question, entries))
        .collect();
    let page = AnswerPage {
        frame: visit.frame(texts.answer_title),
        token: visit.token.clone(),
        changes: registration.changes,
        notice: match notice {
            Some(Notice::Good(text) | Notice::Bad(text)) => Some(text),
            Some(Notice::OfBill(_)) | None => None,
        },
        notice_is_bad: matches!(notice, Some(Notice::Bad(_))),
        questions,
        settled: page_words::settled(registration),
        takes_bill: bill::may_help(visit),
        bill_error: match notice {
            Some(Notice::OfBill(text)) => Some(text),
            _ => None,
        },
    };
    Page(status, page).into_response()
}

fn asked(
    visit: &Visit,
    words: page_words::PageQuestion,
    question: &Question,
    entries: &[(Field, Entry)],
) -> Asked {
    let field = question.field;
    let texts = visit.texts();
    let entry = entries.iter().find(|(of, _)| *of == field);
    let entry = entry.map(|(_, entry)| entry.clone()).unwrap_or_default();
    let error = entry.fault.as_ref().map(|fault| match fault {
        EntryFault::Both => texts.choose.to_owned(),
        EntryFault::Value(code) => page_words::fault(visit.registration.language, code, &entry.typed),
    });
    Asked {
        name: field.name(),
        label: words.label,
        text: words.text,
        help: words.help,
        doubtful: question.reason == Reason::Doubtful,
        ean: matches!(field, Field::ElectricityEan | Field::GasEan),
        digits: matches!(field, Field::ElectricityEan | Field::GasEan | Field::PostalCode),
        for_agent: is_for_agents(field),
        autocomplete: autocomplete(field),
        typed: entry.typed,
        yes: entry.yes,
        error,
    }
}

/// Agents alone change these, whoever asks: a thief of a mailbox must not redirect money or letters.
fn is_for_agents(field: Field) -> bool {
    matches!(field, Field::Iban | Field::Email)
}

/// What a browser may fill in (HTML, autofill).
fn autocomplete(field: Field) -> &'static str {
    match field {
        Field::FirstName => "given-name",
        Field::LastName => "family-name",
        Field::DateOfBirth => "bday",
        Field::Email => "email",
        Field::Phone => "tel",
        Field::CompanyName => "organization",
        Field::PostalCode => "postal-code",
        Field::Municipality => "address-level2",
        _ => "off",
    }
}

pub async fn act(visit: &Visit, pairs: &[(String, String)]) -> Result<Response, Fault> {
    let texts = visit.texts();
    let open: Vec<&Question> = visit.registration.open_questions().collect();
    let entries: Vec<(Field, Entry)> = open
        .iter()
        .map(|question| (question.field, entry(visit, question, pairs)))
        .collect();
    let unsound = StatusCode::UNPROCESSABLE_ENTITY;
    if entries.iter().any(|(_, entry)| entry.fault.is_some()) {
        return Ok(page(
            visit,
            unsound,
            Some(Notice::Bad(texts.wrong_count)),
            &entries,
        ));
    }
    let (for_agents, to_apply): (Vec<Given>, Vec<Given>) = entries
        .iter()
        .filter_map(|(field, entry)| given(visit, *field, entry))
        .partition(|given| is_for_agents(given.field) && given.status != AnswerStatus::Confirmed);
    if for_agents.is_empty() && to_apply.is_empty() {
        // Sent twice, the second finds its questions answered.
        if is_about_settled_questions(visit, pairs) {
            return Ok(visit.again());
        }
        return Ok(page(
            visit,
            unsound,
            Some(Notice::Bad(texts.nothing_typed)),
            &entries,
        ));
    }
    let changes = text_of(pairs, "changes")
        .parse()
        .unwrap_or(visit.registration.changes);
    if changes != visit.registration.changes {
        let notice = Some(Notice::Bad(texts.changed_meanwhile));
        return Ok(page(visit, StatusCode::CONFLICT, notice, &entries));
    }
    for (given, fate) in [(to_apply, Fate::Apply), (for_agents, Fate::Review)] {
        if given.is_empty() {
            continue;
        }
        let filled = Filled {
            kind: "answer",
            given,
            statement: None,
            fate,
            file: None,
        };
        let sent = form::take(visit, &filled, |message, answers| Command::Answer {
            message,
            kind: "answer".into(),
            answers,
            changes_seen: Some(changes),
        });
        if let Sent::Refused = sent.await? {
            let notice = Some(Notice::Bad(texts.changed_meanwhile));
            return Ok(page(visit, StatusCode::CONFLICT, notice, &entries));
        }
    }
    let query = match visit.query().as_str() {
        "" => format!("?{SENT}"),
        query => format!("{query}&{SENT}"),
    };
    Ok(Redirect::to(&format!("/c/{}{query}", visit.token)).into_response())
}

fn entry(visit: &Visit, question: &Question, pairs: &[(String, String)]) -> Entry {
    let field = question.field;
    let typed = fold_white_space(text_of(pairs, field.name()));
    let right = format!("{}.right", field.name());
    let yes = question.reason == Reason::Doubtful && text_of(pairs, &right) == "yes";
    let fault = match value::normalise(field, &typed) {
        _ if typed.is_empty() => None,
        Err(fault) => Some(EntryFault::Value(fault.code)),
        Ok(normal) if yes && visit.registration.field(field) != Some(normal.as_str()) => {
            Some(EntryFault::Both)
        }
        Ok(_) => None,
    };
    Entry { typed, yes, fault }
}

fn given(visit: &Visit, field: Field, entry: &Entry) -> Option<Given> {
    if entry.typed.is_empty() {
        return entry.yes.then(|| Given {
            field,
            status: AnswerStatus::Confirmed,
            text: visit.texts().yes_right.to_owned(),
        });
    }
    let value = value::normalise(field, &entry.typed).ok()?;
    Some(Given {
        field,
        status: AnswerStatus::Corrected(value),
        text: entry.typed.clone(),
    })
}

fn is_about_settled_questions(visit: &Visit, pairs: &[(String, String)]) -> bool {
    let settled = visit.registration.questions.iter();
    settled
        .filter(|question| question.settlement.is_some())
        .any(|question| {
            let name = question.field.name();
            pairs
                .iter()
                .any(|(key, value)| key.starts_with(name) && !value.trim().is_empty())
        })
}

/// The value of a key; empty without it.
pub fn text_of<'a>(pairs: &'a [(String, String)], key: &str) -> &'a str {
    pairs
        .iter()
        .find(|(name, _)| name == key)
        .map_or("", |(_, value)| value)
}
