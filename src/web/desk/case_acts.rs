//! The forms of a case. Each closes it with what the agent wants done, in one transaction, or says why not.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::json;

use super::acts::{self, Act};
use super::cases::{self, Case, Said};
use super::fields_form::{self, Wanted};
use super::reply::{self, Asked, ReplySaid};
use super::{Fault, refusal_in_words};
use crate::clock;
use crate::decision::{self, Disposition, Judging, ReasonForPeople};
use crate::matching::Trust;
use crate::reading::{AttachmentText, Message};
use crate::registration::{Command, Reference, Registration};
use crate::store::answers;
use crate::store::{Closing, Settled, Store, StoredLetter};
use crate::understanding::{self, SentLetter};
use crate::web::session::SignedIn;
use crate::web::{WebState, to_the_end};

/// What every form of a case carries.
#[derive(Deserialize)]
pub struct Seen {
    version: i64,
    #[serde(default)]
    registration_version: i64,
}

pub async fn accept(
    State(state): State<WebState>,
    SignedIn(agent): SignedIn,
    Path(key): Path<String>,
    Form(seen): Form<Seen>,
) -> Result<Response, Fault> {
    let case = Case::load(&state, &key).await?;
    let Some((row, _)) = &case.registration else {
        return Ok(cases::page(
            &case,
            &agent,
            Said::refused("Link the message to a registration first."),
        ));
    };
    if row.version != seen.registration_version {
        let text = "The registration changed while you looked. Look once more, then accept.";
        return Ok(cases::page(&case, &agent, Said::refused(text)));
    }
    let wanted = fields_form::accepted(&case.answers, case.written_yes.as_ref());
    if wanted.is_empty() {
        return Ok(cases::page(
            &case,
            &agent,
            Said::refused("There is nothing to accept."),
        ));
    }
    apply(state, agent, case, seen.version, wanted).await
}

pub async fn set_fields(
    State(state): State<WebState>,
    SignedIn(agent): SignedIn,
    Path(key): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let case = Case::load(&state, &key).await?;
    let Some((row, _)) = &case.registration else {
        return Ok(cases::page(
            &case,
            &agent,
            Said::refused("Link the message to a registration first."),
        ));
    };
    let posted = fields_form::posted(&pairs);
    let wanted = match fields_form::wanted(&row.registration, &case.answers, &posted) {
        Ok(wanted) if !wanted.is_empty() => wanted,
        outcome => {
            let (notice, errors) = match outcome {
                Ok(_) => ("Nothing was changed or confirmed.", Default::default()),
                Err(errors) => ("Nothing was saved: see the fields marked below.", errors),
            };
            let said = Said {
                status: StatusCode::UNPROCESSABLE_ENTITY,
                notice: Some(notice.into()),
                posted: Some(&posted),
                errors,
                ..Said::default()
            };
            return Ok(cases::page(&case, &agent, said));
        }
    };
    let version = version_of(&pairs);
    apply(state, agent, case, version, wanted).await
}

/// The version of the case that a form carries; one that carries none was seen by nobody.
fn version_of(pairs: &[(String, String)]) -> i64 {
    let carried = pairs.iter().find(|(name, _)| name == "version");
    carried
        .and_then(|(_, version)| version.parse().ok())
        .unwrap_or(-1)
}

async fn apply(
    state: WebState,
    agent: String,
    case: Case,
    version: i64,
    wanted: Wanted,
) -> Result<Response, Fault> {
    let kind = case
        .stored
        .settled
        .as_ref()
        .map_or("answer", |settled| settled.kind.as_str());
    let commands = acts::field_commands(wanted, Some((case.key(), kind)));
    let deed = Deed::new("applied", commands);
    finish(state, agent, case, version, deed).await
}

#[derive(Deserialize)]
pub struct Close {
    version: i64,
    act: String,
}

pub async fn close(
    State(state): State<WebState>,
    SignedIn(agent): SignedIn,
    Path(key): Path<String>,
    Form(form): Form<Close>,
) -> Result<Response, Fault> {
    let act = Act::from_name(&form.act).ok_or(Fault::NotFound)?;
    let case = Case::load(&state, &key).await?;
    let commands = match (&case.registration, act) {
        (Some((_, history)), _) => act.commands(history, Some(case.key())),
        (None, Act::Ignore) => Vec::new(),
        (None, _) => {
            let said = Said::refused("Link the message to a registration first.");
            return Ok(cases::page(&case, &agent, said));
        }
    };
    let deed = Deed::new(act.how(), commands);
    finish(state, agent, case, form.version, deed).await
}

/// Writes to the customer, which closes the case; or shows what would be written.
pub async fn reply(
    State(state): State<WebState>,
    SignedIn(agent): SignedIn,
    Path(key): Path<String>,
    Form(posted): Form<reply::Posted>,
) -> Result<Response, Fault> {
    let case = Case::load(&state, &key).await?;
    let Some((row, history)) = &case.registration else {
        return Ok(cases::page(
            &case,
            &agent,
            Said::refused("Link the message to a registration first."),
        ));
    };
    match reply::asked(&state.store, &row.registration, &posted) {
        Asked::Send(words) => {
            let deed = Deed {
                unsent: posted.words,
                ..Deed::new("replied", acts::reply_commands(words, history))
            };
            finish(state, agent, case, posted.version, deed).await
        }
        Asked::Show(reply) => {
            let said = Said {
                status: reply.status(),
                reply,
                ..Said::default()
            };
            Ok(cases::page(&case, &agent, said))
        }
    }
}

/// What closes a case.
struct Deed {
    how: &'static str,
    commands: Vec<Command>,
    /// What the agent wrote: it is shown again if nothing comes of it.
    unsent: String,
}

impl Deed {
    fn new(how: &'static str, commands: Vec<Command>) -> Deed {
        Deed {
            how,
            commands,
            unsent: String::new(),
        }
    }
}

async fn finish(
    state: WebState,
    agent: String,
    case: Case,
    version: i64,
    deed: Deed,
) -> Result<Response, Fault> {
    let Deed {
        how,
        commands,
        unsent: written,
    } = deed;
    if !case.is_open() {
        return Ok(faster(&case, &agent, ReplySaid::unsent(written)));
    }
    let reference = case
        .registration
        .as_ref()
        .map(|(row, _)| row.registration.reference.clone());
    let orders = match &reference {
        Some(reference) => acts::orders(reference, &agent, commands),
        None => Vec::new(),
    };
    let now = clock::now();
    let closing = Closing {
        at: now,
        by: agent.clone(),
        how: how.to_owned(),
    };
    let (store, key) = (state.store.clone(), case.stored.key.clone());
    let work = async move {
        store
            .close_case(&key, version, closing, reference.as_ref(), orders, now)
            .await
    };
    match to_the_end(work).await? {
        Ok(true) => {
            state.wake.notify_one();
            Ok(Redirect::to(&format!("/desk?done={how}")).into_response())
        }
        Ok(false) => {
            let now = Case::load(&state, case.key()).await?;
            Ok(faster(&now, &agent, ReplySaid::unsent(written)))
        }
        Err(error) => {
            let said = Said {
                reply: ReplySaid::unsent(written),
                ..Said::refused(refusal_in_words(error)?)
            };
            Ok(cases::page(&case, &agent, said))
        }
    }
}

/// The page for the one who came second: what the first did.
fn faster(case: &Case, agent: &str, reply: ReplySaid) -> Response {
    let notice = match case.closed_in_words() {
        Some(closed) => format!("Nothing was done: somebody was faster. {closed}"),
        None => "Nothing was done: the case changed while you looked. This is how it is now.".into(),
    };
    let said = Said {
        reply,
        ..Said::refused(notice)
    };
    cases::page(case, agent, said)
}

#[derive(Deserialize)]
pub struct Link {
    version: i64,
    reference: String,
}

/// Gives the message to another registration, and understands it again against that one. The case stays open.
pub async fn link(
    State(state): State<WebState>,
    SignedIn(agent): SignedIn,
    Path(key): Path<String>,
    Form(form): Form<Link>,
) -> Result<Response, Fault> {
    let case = Case::load(&state, &key).await?;
    if !case.is_open() {
        return Ok(faster(&case, &agent, ReplySaid::default()));
    }
    let found = match form.reference.parse::<Reference>() {
        Ok(reference) => state.store.registration(&reference).await?,
        Err(_) => None,
    };
    let (Some(row), Some(settled)) = (found, case.stored.settled.clone()) else {
        let said = Said {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            link_error: Some(format!("There is no registration {}.", form.reference.trim())),
            ..Said::default()
        };
        return Ok(cases::page(&case, &agent, said));
    };
    let letter = match &case.message {
        Some(message) => answered_letter(&state.store, &row.registration, message).await?,
        None => None,
    };
    let attachments = match (&case.message, &state.attachments) {
        (Some(message), Some(reader)) if message.has_attachments_to_read() => reader.read(message).await,
        _ => Vec::new(),
    };
    let message = case.message.clone();
    let again = tokio::task::spawn_blocking(move || {
        let (message, letter) = (message.as_ref(), letter.as_ref());
        understood_again(settled, message, &row.registration, letter, &attachments)
    });
    let settled = again.await.map_err(|_| Fault::Inside)?;
    let (store, key) = (state.store.clone(), case.stored.key.clone());
    let linked =
        to_the_end(async move { store.relink(&key, form.version, settled, clock::now()).await }).await??;
    if linked {
        Ok(Redirect::to(&format!("/desk/cases/{}", case.key())).into_response())
    } else {
        let now = Case::load(&state, case.key()).await?;
        Ok(faster(&now, &agent, ReplySaid::default()))
    }
}

/// The letter that a message answers: the one its headers name, else the last one. Of what kind that was is not known then.
async fn answered_letter(
    store: &Store,
    registration: &Registration,
    message: &Message,
) -> Result<Option<SentLetter>, Fault> {
    let letters = store.letters_of(&registration.reference).await?;
    let is_named = |letter: &&StoredLetter| {
        let mut ids = message.in_reply_to.iter().chain(&message.references);
        ids.any(|id| *id == letter.message_id)
    };
    let named = letters.iter().find(is_named);
    let letter = named.or(letters.last()).map(|letter| SentLetter {
        kind: named.map(|named| named.kind),
        text: letter.text.clone(),
    });
    Ok(letter)
}

/// What the message says to this registration. It stays a review case, whatever comes out: an agent is looking at it.
fn understood_again(
    settled: Settled,
    message: Option<&Message>,
    registration: &Registration,
    letter: Option<&SentLetter>,
    attachments: &[AttachmentText],
) -> Settled {
    let linked = ReasonForPeople {
        code: "linked_by_agent".into(),
        detail: None,
        span: None,
        words: Vec::new(),
    };
    let (answers, kind, reasons) = match message {
        Some(message) => {
            let understanding = understanding::understand(message, registration, letter, attachments);
            let trust = Trust::Untrusted("linked_by_agent".into());
            let reasons = match decision::decide(&understanding, Judging::Sender(&trust)) {
                Disposition::Apply { reasons, .. }
                | Disposition::Review { reasons }
                | Disposition::Ignore { reasons } => reasons,
            };
            let kind = understanding.kind.name().to_owned();
            (answers::write(&understanding), kind, reasons)
        }
        None => (json!({}), settled.kind.clone(), Vec::new()),
    };
    Settled {
        disposition: "review".into(),
        kind,
        reference: Some(registration.reference.clone()),
        evidence: json!({
            "reference": registration.reference,
            "evidence": [{"by": "agent"}],
            "sender": settled.evidence.get("sender"),
        }),
        reasons: std::iter::once(linked).chain(reasons).collect(),
        answers,
        ..settled
    }
}
