//! The page where the visitor is the customer: reads the letters, writes an answer, sees what it does.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use data_encoding::HEXLOWER;
use serde::Deserialize;

use super::mails::{LetterCard, ReplyCard};
use super::{Fault, PageState, digest::Digest, reference};
use crate::clock;
use crate::demo::cast::Member;
use crate::demo::customers::{self, VISITOR_PREFIX};
use crate::demo::mail::{self, Answered, Mail};
use crate::demo::voice;
use crate::demo::{Scenario, feed};
use crate::randomness;
use crate::registration::{Awaiting, Field, Reference, Registration, State as Standing};
use crate::store::StoredLetter;
use crate::web::desk::{panel, words};
use crate::web::page::{Frame, Page};

/// An answer beyond this many characters is cut.
const ANSWER_CHARS_MAX: usize = 10_000;
/// The other address the visitor may write from.
const OTHER_ADDRESS: &str = "someone.else@office.example";

struct Choice {
    reference: String,
    name: String,
    language: String,
    state: String,
    pill: &'static str,
    /// Waits for an answer that nobody but the visitor will write.
    waits_for_you: bool,
    sort: u8,
}

#[derive(Template)]
#[template(path = "demo/customers.html")]
struct ListPage {
    frame: Frame,
    choices: Vec<Choice>,
}

pub async fn list(State(state): State<PageState>) -> Result<Response, Fault> {
    let view = state.board.look(&state.stage.store).await?;
    let mut choices: Vec<Choice> = view.rows.iter().map(|digest| choice(&state, digest)).collect();
    choices.sort_by_key(|choice| choice.sort);
    let page = ListPage {
        frame: Frame::default(),
        choices,
    };
    Ok(Page(StatusCode::OK, page).into_response())
}

fn choice(state: &PageState, digest: &Digest) -> Choice {
    let member = digest
        .reference
        .parse()
        .ok()
        .and_then(|reference| state.stage.cast.find(&reference));
    let silent = member.is_some_and(|member| member.sample.scenario == Scenario::Never);
    let waits = digest.pill == "waiting";
    Choice {
        reference: digest.reference.clone(),
        name: digest.name.clone(),
        language: digest.language.to_uppercase(),
        state: digest.state.clone(),
        pill: digest.pill,
        waits_for_you: waits && silent,
        sort: match (waits, silent, digest.pill) {
            (true, true, _) => 0,
            (true, false, _) => 1,
            (false, _, "ours") => 2,
            _ => 3,
        },
    }
}

/// Registers somebody new for the visitor to be.
pub async fn register(State(state): State<PageState>) -> Result<Redirect, Fault> {
    let stage = &state.stage;
    for guest in stage.cast.guests() {
        if stage.store.registration(&guest.reference).await?.is_none() {
            feed::submit(stage, guest).await?;
            stage.bells.ring();
            return Ok(Redirect::to(&format!("/demo/customers/{}", guest.reference)));
        }
    }
    Ok(Redirect::to("/demo/customers"))
}

/// What the customer has at hand: the number on the bill, the name on the passport.
struct AtHand {
    label: &'static str,
    value: String,
}

#[derive(Template)]
#[template(path = "demo/outcome.html")]
struct OutcomePart {
    state: String,
    pill: &'static str,
    replies: Vec<ReplyCard>,
    /// Sent and not read yet.
    on_its_way: bool,
    letters: Vec<LetterCard>,
    reference: String,
    shown: u32,
    /// Number of a letter that came after the one that is shown.
    newer: Option<u32>,
}

#[derive(Template)]
#[template(path = "demo/customer.html")]
struct CustomerPage {
    frame: Frame,
    reference: String,
    name: String,
    address: String,
    letter: Option<LetterCard>,
    reply_to: String,
    reply_subject: String,
    placeholder: String,
    at_hand: Vec<AtHand>,
    answers_alone: bool,
    outcome: OutcomePart,
    sent: String,
}

#[derive(Deserialize)]
pub struct PageQuery {
    /// Number of the letter to show; the newest without it.
    letter: Option<u32>,
    /// Message-ID of the answer just sent.
    #[serde(default)]
    sent: String,
}

pub async fn page(
    State(state): State<PageState>,
    Path(of): Path<String>,
    Query(query): Query<PageQuery>,
) -> Result<Response, Fault> {
    let of = reference(&of)?;
    let row = state
        .stage
        .store
        .registration(&of)
        .await?
        .ok_or(Fault::NotFound)?;
    let letters = arrived(&state, &of).await?;
    let letter = chosen(&letters, query.letter);
    let member = state.stage.cast.find(&of);
    let registration = &row.registration;
    let page = CustomerPage {
        frame: Frame::default(),
        reference: of.to_string(),
        name: panel::customer(registration),
        address: registration.field(Field::Email).unwrap_or_default().to_owned(),
        reply_to: state.stage.from.clone(),
        reply_subject: letter
            .map(|letter| reply_subject(registration, letter))
            .unwrap_or_default(),
        letter: letter.map(LetterCard::new),
        placeholder: placeholder(registration),
        at_hand: at_hand(member, registration),
        answers_alone: answers_alone(&state, member, &of).await?,
        outcome: outcome(
            &state,
            &of,
            &letters,
            letter.map_or(0, |letter| letter.number),
            &query.sent,
        )
        .await?,
        sent: query.sent,
    };
    Ok(Page(StatusCode::OK, page).into_response())
}

pub async fn fragment(
    State(state): State<PageState>,
    Path(of): Path<String>,
    Query(query): Query<PageQuery>,
) -> Result<Response, Fault> {
    let of = reference(&of)?;
    let letters = arrived(&state, &of).await?;
    let shown = query.letter.unwrap_or(0);
    Ok(Page(
        StatusCode::OK,
        outcome(&state, &of, &letters, shown, &query.sent).await?,
    )
    .into_response())
}

async fn arrived(state: &PageState, of: &Reference) -> Result<Vec<StoredLetter>, Fault> {
    let mut letters = state.stage.store.letters_of(of).await?;
    letters.retain(LetterCard::arrived);
    Ok(letters)
}

fn chosen(letters: &[StoredLetter], number: Option<u32>) -> Option<&StoredLetter> {
    let asked_for = number.and_then(|number| letters.iter().find(|letter| letter.number == number));
    asked_for.or(letters.last())
}

fn reply_subject(registration: &Registration, letter: &StoredLetter) -> String {
    format!("{}{}", voice::reply_prefix(registration.language), letter.subject)
}

fn placeholder(registration: &Registration) -> String {
    let language = registration.language;
    format!(
        "{}\n\n…\n\n{}\n{}",
        voice::greeting(language),
        voice::closing(language),
        panel::customer(registration)
    )
}

/// The true values of what is asked. A visitor need not invent an EAN with a right check digit.
fn at_hand(member: Option<&Member>, registration: &Registration) -> Vec<AtHand> {
    let Some(member) = member else { return Vec::new() };
    registration
        .open_questions()
        .filter_map(|question| {
            let value = member.sample.truth.get(&question.field)?;
            Some(AtHand {
                label: words::field_label(question.field),
                value: voice::written(registration.language, question.field, value),
            })
        })
        .collect()
}

/// Whether the sample customer would answer by itself what waits now.
async fn answers_alone(state: &PageState, member: Option<&Member>, of: &Reference) -> Result<bool, Fault> {
    let silent = member.is_none_or(|member| member.sample.scenario == Scenario::Never);
    Ok(!silent && !customers::is_taken_over(&state.stage, of).await?)
}

async fn outcome(
    state: &PageState,
    of: &Reference,
    letters: &[StoredLetter],
    shown: u32,
    sent: &str,
) -> Result<OutcomePart, Fault> {
    let store = &state.stage.store;
    let row = store.registration(of).await?.ok_or(Fault::NotFound)?;
    // Messages first: what one came to is then in the history that is read after it.
    let messages = store.messages_of(of).await?;
    let history = store.history(of).await?;
    let mut replies = Vec::new();
    for message in messages.iter().rev() {
        replies.push(ReplyCard::load(store, message, &history).await?);
    }
    let digest = Digest::new(&row, &history);
    let moving = matches!(
        row.registration.state,
        Standing::Received
            | Standing::Verifying
            | Standing::Blocked {
                awaiting: Awaiting::Customer
            }
    );
    Ok(OutcomePart {
        on_its_way: !sent.is_empty() && moving && !replies.iter().any(|reply| reply.message_id == sent),
        state: digest.state,
        pill: digest.pill,
        replies,
        newer: letters
            .last()
            .map(|letter| letter.number)
            .filter(|number| *number > shown),
        letters: letters.iter().rev().map(LetterCard::new).collect(),
        reference: of.to_string(),
        shown,
    })
}

#[derive(Deserialize)]
pub struct AnswerForm {
    letter: u32,
    text: String,
    #[serde(default)]
    program: Program,
    #[serde(default)]
    sender: Sender,
}

/// The mail program the visitor writes with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Program {
    #[default]
    Webmail,
    Phone,
    Desktop,
    Outlook,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Sender {
    #[default]
    Registered,
    Other,
}

/// Sends the visitor's answer: a real message into the mailbox of the service client.
pub async fn answer(
    State(state): State<PageState>,
    Path(of): Path<String>,
    Form(form): Form<AnswerForm>,
) -> Result<Redirect, Fault> {
    let of = reference(&of)?;
    let row = state
        .stage
        .store
        .registration(&of)
        .await?
        .ok_or(Fault::NotFound)?;
    let letters = arrived(&state, &of).await?;
    let number = form.letter;
    if form.text.trim().is_empty() {
        return Ok(Redirect::to(&format!("/demo/customers/{of}?letter={number}")));
    }
    let letter = letters
        .iter()
        .find(|letter| letter.number == number)
        .ok_or(Fault::NotFound)?;
    let mail = mail_of(&row.registration, form);
    let answered = answered(&state, letter).await?;
    customers::send(&state.stage, &mail, &answered).await?;
    let id = percent_encoding::utf8_percent_encode(&mail.message_id, percent_encoding::NON_ALPHANUMERIC);
    Ok(Redirect::to(&format!(
        "/demo/customers/{of}?letter={number}&sent={id}#outcome"
    )))
}

fn mail_of(registration: &Registration, form: AnswerForm) -> Mail {
    let from_address = match form.sender {
        Sender::Registered => registration
            .field(Field::Email)
            .unwrap_or(OTHER_ADDRESS)
            .to_owned(),
        Sender::Other => OTHER_ADDRESS.to_owned(),
    };
    let domain = from_address.rsplit('@').next().unwrap_or_default().to_owned();
    Mail {
        language: registration.language,
        from_name: panel::customer(registration),
        message_id: format!(
            "{VISITOR_PREFIX}{}@{domain}",
            HEXLOWER.encode(&randomness::bytes::<12>())
        ),
        from_address,
        at: clock::now(),
        form: match form.program {
            Program::Webmail => mail::Form::Webmail,
            Program::Phone => mail::Form::Phone,
            Program::Desktop => mail::Form::Desktop,
            Program::Outlook => mail::Form::Outlook,
        },
        subject: None,
        own: form
            .text
            .replace("\r\n", "\n")
            .chars()
            .take(ANSWER_CHARS_MAX)
            .collect(),
    }
}

/// The letter as the customer's mail program has it.
async fn answered(state: &PageState, letter: &StoredLetter) -> Result<Answered, Fault> {
    let earlier = state.stage.store.letters_of(&letter.reference).await?;
    Ok(Answered {
        message_id: letter.message_id.clone(),
        references: earlier
            .into_iter()
            .filter(|other| other.number < letter.number)
            .map(|other| other.message_id)
            .collect(),
        from_name: state.stage.from_name.clone(),
        from_address: state.stage.from.clone(),
        reply_to: state.stage.reply_address(&letter.reference),
        subject: letter.subject.clone(),
        text: letter.text.clone(),
        sent_at: letter.sent_at.unwrap_or(letter.queued_at),
    })
}
