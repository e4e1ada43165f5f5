//! The list of registrations, the page of one, and what an agent does there without a message at hand.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use serde::Deserialize;

use super::acts::{self, Act};
use super::fields_form::{self, Errors, FieldsForm, Posted};
use super::lookup::{self, FOUND_MAX};
use super::panel::{self, Panel};
use super::reply::{self, Asked, ReplyForm, ReplySaid};
use super::{Fault, refusal_in_words, words};
use crate::clock;
use crate::registration::search::Query as Sought;
use crate::registration::silence::Planned;
use crate::registration::{Command, Field, Patience, RecordedEvent, Reference, Registration};
use crate::store::{Found as FoundRow, RegistrationRow, StoredLetter, StoredMessage};
use crate::web::page::{Frame, Notice, Page, Section, Tone};
use crate::web::session::SignedIn;
use crate::web::{WebState, to_the_end};

const REGISTRATIONS_PER_PAGE: u32 = 50;

struct Row {
    reference: String,
    customer: String,
    place: String,
    state: &'static str,
    pill: &'static str,
    language: String,
    open_questions: usize,
    changed: String,
    /// What a search found it by.
    by: String,
}

impl Row {
    fn new(row: &RegistrationRow, now: Timestamp) -> Row {
        let (state, pill) = words::state(row.registration.state);
        Row {
            reference: row.registration.reference.to_string(),
            customer: panel::customer(&row.registration),
            place: panel::place(&row.registration),
            state,
            pill,
            language: row.registration.language.code().to_uppercase(),
            open_questions: row.registration.open_questions().count(),
            changed: words::ago(row.updated_at, now),
            by: String::new(),
        }
    }
}

#[derive(Template)]
#[template(path = "desk/registrations.html")]
struct ListPage {
    frame: Frame,
    rows: Vec<Row>,
    next: Option<String>,
    query: String,
    is_first: bool,
    /// There may be more than these.
    is_full: bool,
}

#[derive(Deserialize)]
pub struct ListQuery {
    after: Option<String>,
    #[serde(default)]
    q: String,
}

pub async fn list(
    State(state): State<WebState>,
    SignedIn(agent): SignedIn,
    Query(query): Query<ListQuery>,
) -> Result<Response, Fault> {
    let sought = query.q.trim();
    if let Some(reference) = as_reference(sought)
        && state.store.registration(&reference).await?.is_some()
    {
        return Ok(Redirect::to(&format!("/desk/registrations/{reference}")).into_response());
    }
    let now = clock::now();
    let (rows, next) = if sought.is_empty() {
        let page = state
            .store
            .registrations(query.after.as_deref(), REGISTRATIONS_PER_PAGE)
            .await?;
        let rows: Vec<Row> = page.items.iter().map(|row| Row::new(row, now)).collect();
        (rows, page.next)
    } else {
        let found = state.store.search(&Sought::parse(sought), FOUND_MAX).await?;
        let row = |found: &FoundRow| Row {
            by: lookup::by(&found.fit),
            ..Row::new(&found.row, now)
        };
        (found.iter().map(row).collect(), None)
    };
    let page = ListPage {
        frame: Frame::of(&agent, Section::Registrations).with_sought(sought),
        is_full: !sought.is_empty() && rows.len() == FOUND_MAX,
        rows,
        next,
        query: sought.to_owned(),
        is_first: query.after.is_none(),
    };
    Ok(Page(StatusCode::OK, page).into_response())
}

/// A reference as an agent types it: with or without `REG-`.
fn as_reference(text: &str) -> Option<Reference> {
    text.parse().or_else(|_| format!("REG-{text}").parse()).ok()
}

struct LetterLine {
    number: u32,
    kind: &'static str,
    state: &'static str,
    pill: &'static str,
    at: String,
    subject: String,
    recipient: String,
    text: String,
    words_of_server: Option<String>,
}

impl LetterLine {
    fn new(letter: StoredLetter) -> LetterLine {
        let (state, pill) = words::letter_state(letter.state);
        LetterLine {
            number: letter.number,
            kind: words::letter_kind(letter.kind),
            state,
            pill,
            at: words::when(letter.sent_at.unwrap_or(letter.queued_at)),
            subject: letter.subject,
            recipient: letter.recipient,
            text: letter.text,
            words_of_server: letter.last_response,
        }
    }
}

struct MessageLine {
    key: String,
    at: String,
    sender: String,
    subject: String,
    became: String,
}

impl MessageLine {
    fn new(message: StoredMessage) -> MessageLine {
        let became = match (&message.closed, &message.settled) {
            (Some(closing), _) => format!("{} by {}", words::code(&closing.how), closing.by),
            (None, Some(settled)) => match settled.disposition.as_str() {
                "apply" => "applied".into(),
                "review" => "waits for an agent".into(),
                "ignore" => "ignored".into(),
                other => words::code(other),
            },
            (None, None) => "being read".into(),
        };
        let settled = message.settled;
        MessageLine {
            key: message.key.0,
            at: words::when(message.received_at),
            sender: settled
                .as_ref()
                .and_then(|settled| settled.sender.clone())
                .unwrap_or_default(),
            subject: settled.map(|settled| settled.subject).unwrap_or_default(),
            became,
        }
    }
}

#[derive(Template)]
#[template(path = "desk/registration.html")]
struct RegistrationPage {
    frame: Frame,
    panel: Panel,
    form: FieldsForm,
    action: String,
    version: i64,
    registration_version: i64,
    /// Only on a case is there something to accept instead.
    can_accept: bool,
    corrections: Vec<CorrectionLine>,
    letters: Vec<LetterLine>,
    /// What will happen if the customer stays silent.
    planned: Vec<PlannedLine>,
    messages: Vec<MessageLine>,
    reply: ReplyForm,
}

struct PlannedLine {
    step: &'static str,
    at: String,
}

fn planned_lines(registration: &Registration, patience: &Patience) -> Vec<PlannedLine> {
    let line = |planned: Planned| PlannedLine {
        step: words::step(planned.step),
        at: words::when(planned.at),
    };
    registration.steps_ahead(patience).into_iter().map(line).collect()
}

/// The last correction of a field, which an agent may take back.
struct CorrectionLine {
    name: &'static str,
    label: &'static str,
    old: String,
    new: String,
}

fn correction_lines(registration: &Registration) -> Vec<CorrectionLine> {
    let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "empty".into());
    let last = |field: Field| {
        registration
            .corrections
            .iter()
            .rev()
            .find(|correction| correction.field == field)
    };
    Field::ALL
        .into_iter()
        .filter_map(last)
        .map(|correction| CorrectionLine {
            name: correction.field.name(),
            label: words::field_label(correction.field),
            old: shown(&correction.old),
            new: shown(&correction.new),
        })
        .collect()
}

struct Found {
    row: RegistrationRow,
    history: Vec<RecordedEvent>,
}

async fn find(state: &WebState, reference: &str) -> Result<Found, Fault> {
    let reference = as_reference(reference).ok_or(Fault::NotFound)?;
    let row = state
        .store
        .registration(&reference)
        .await?
        .ok_or(Fault::NotFound)?;
    let history = state.store.history(&reference).await?;
    Ok(Found { row, history })
}

#[derive(Default)]
struct Said<'a> {
    status: StatusCode,
    notice: Option<Notice>,
    posted: Option<&'a Posted>,
    errors: Errors,
    reply: ReplySaid,
}

async fn page(state: &WebState, found: Found, agent: &str, said: Said<'_>) -> Result<Response, Fault> {
    let reference = &found.row.registration.reference;
    let letters = state.store.letters_of(reference).await?;
    let messages = state.store.messages_of(reference).await?;
    let mut frame = Frame::of(agent, Section::Registrations);
    frame.notice = said.notice;
    let page = RegistrationPage {
        frame,
        panel: Panel::new(&found.row.registration, &found.history),
        form: FieldsForm::new(&found.row.registration, &[], said.posted, &said.errors),
        action: format!("/desk/registrations/{reference}/fields"),
        version: found.row.version,
        registration_version: found.row.version,
        can_accept: false,
        corrections: correction_lines(&found.row.registration),
        letters: letters.into_iter().map(LetterLine::new).collect(),
        planned: planned_lines(&found.row.registration, state.store.patience()),
        messages: messages.into_iter().map(MessageLine::new).collect(),
        reply: ReplyForm::new(
            &found.row.registration,
            format!("/desk/registrations/{reference}/reply"),
            found.row.version,
            "Send",
            said.reply,
        ),
    };
    Ok(Page(said.status, page).into_response())
}

#[derive(Deserialize)]
pub struct ShowQuery {
    done: Option<String>,
}

pub async fn show(
    State(state): State<WebState>,
    SignedIn(agent): SignedIn,
    Path(reference): Path<String>,
    Query(query): Query<ShowQuery>,
) -> Result<Response, Fault> {
    let found = find(&state, &reference).await?;
    let act = query.done.as_deref().map(|done| match done {
        "fields" => "saved",
        "reply" => "your words go out",
        _ => "done",
    });
    let said = Said {
        notice: act.map(|act| Notice {
            tone: Tone::Good,
            text: acts::done_in_words(&found.row.registration, act),
        }),
        ..Said::default()
    };
    page(&state, found, &agent, said).await
}

pub async fn set_fields(
    State(state): State<WebState>,
    SignedIn(agent): SignedIn,
    Path(reference): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let found = find(&state, &reference).await?;
    let posted = fields_form::posted(&pairs);
    match fields_form::wanted(&found.row.registration, &[], &posted) {
        Ok(wanted) if !wanted.is_empty() => {
            let commands = acts::field_commands(wanted, None);
            carry_out(state, found, agent, commands, "fields", ReplySaid::default()).await
        }
        outcome => {
            let (text, errors) = match outcome {
                Ok(_) => ("Nothing was changed or confirmed.", Errors::new()),
                Err(errors) => ("Nothing was saved: see the fields marked below.", errors),
            };
            let said = Said {
                status: StatusCode::UNPROCESSABLE_ENTITY,
                notice: Some(bad(text)),
                posted: Some(&posted),
                errors,
                ..Said::default()
            };
            page(&state, found, &agent, said).await
        }
    }
}

fn bad(text: impl Into<String>) -> Notice {
    Notice {
        tone: Tone::Bad,
        text: text.into(),
    }
}

#[derive(Deserialize)]
pub struct ActForm {
    act: String,
    version: i64,
}

pub async fn act(
    State(state): State<WebState>,
    SignedIn(agent): SignedIn,
    Path(reference): Path<String>,
    Form(form): Form<ActForm>,
) -> Result<Response, Fault> {
    let found = find(&state, &reference).await?;
    let act = Act::from_name(&form.act)
        .filter(|act| *act != Act::Ignore)
        .ok_or(Fault::NotFound)?;
    if form.version != found.row.version {
        return stale(&state, found, &agent, ReplySaid::default()).await;
    }
    let commands = act.commands(&found.history, None);
    carry_out(state, found, agent, commands, "act", ReplySaid::default()).await
}

/// The page for the one who acts on what is no longer so.
async fn stale(state: &WebState, found: Found, agent: &str, reply: ReplySaid) -> Result<Response, Fault> {
    let text = "Nothing was done: the registration changed while you looked. This is how it is now.";
    let said = Said {
        status: StatusCode::CONFLICT,
        notice: Some(bad(text)),
        reply,
        ..Said::default()
    };
    page(state, found, agent, said).await
}

/// Writes to the customer, or shows what would be written.
pub async fn reply(
    State(state): State<WebState>,
    SignedIn(agent): SignedIn,
    Path(reference): Path<String>,
    Form(posted): Form<reply::Posted>,
) -> Result<Response, Fault> {
    let found = find(&state, &reference).await?;
    match reply::asked(&state.store, &found.row.registration, &posted) {
        Asked::Send(words) => {
            let unsent = ReplySaid::unsent(posted.words);
            if posted.version != found.row.version {
                return stale(&state, found, &agent, unsent).await;
            }
            carry_out(
                state,
                found,
                agent,
                vec![Command::Reply { words }],
                "reply",
                unsent,
            )
            .await
        }
        Asked::Show(reply) => {
            let said = Said {
                status: reply.status(),
                reply,
                ..Said::default()
            };
            page(&state, found, &agent, said).await
        }
    }
}

#[derive(Deserialize)]
pub struct UndoForm {
    field: String,
    version: i64,
}

/// Takes the last applied answer to a field back.
pub async fn undo(
    State(state): State<WebState>,
    SignedIn(agent): SignedIn,
    Path(reference): Path<String>,
    Form(form): Form<UndoForm>,
) -> Result<Response, Fault> {
    let found = find(&state, &reference).await?;
    let field: Field = form.field.parse().map_err(|_| Fault::NotFound)?;
    if form.version != found.row.version {
        return stale(&state, found, &agent, ReplySaid::default()).await;
    }
    let commands = vec![Command::UndoField { field }];
    carry_out(state, found, agent, commands, "act", ReplySaid::default()).await
}

/// All the commands or none; what was written to the customer is shown again when nothing came of it.
async fn carry_out(
    state: WebState,
    found: Found,
    agent: String,
    commands: Vec<Command>,
    done: &'static str,
    unsent: ReplySaid,
) -> Result<Response, Fault> {
    let (reference, version) = (found.row.registration.reference.clone(), found.row.version);
    let orders = acts::orders(&reference, &agent, commands);
    let (store, sought) = (state.store.clone(), reference.clone());
    let work = async move { store.act_on_seen(&sought, version, orders, clock::now()).await };
    let outcome = to_the_end(work).await?;
    state.wake.notify_one();
    match outcome {
        Ok(true) => Ok(Redirect::to(&format!("/desk/registrations/{reference}?done={done}")).into_response()),
        Ok(false) => {
            let found = find(&state, reference.as_str()).await?;
            stale(&state, found, &agent, unsent).await
        }
        Err(error) => {
            let said = Said {
                status: StatusCode::CONFLICT,
                notice: Some(bad(refusal_in_words(error)?)),
                reply: unsent,
                ..Said::default()
            };
            let found = find(&state, reference.as_str()).await?;
            page(&state, found, &agent, said).await
        }
    }
}
