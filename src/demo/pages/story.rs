//! One registration from beginning to end: every event, letter and reply in the order they happened.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::digest::{Digest, STEPS};
use super::mails::{LetterCard, ReplyCard};
use super::{Fault, PageState, clock_time, reference};
use crate::demo::voice;
use crate::registration::{Actor, Event, Field, RecordedEvent, Reference, Registration};
use crate::web::desk::words;
use crate::web::page::{Frame, Page};

/// Something on the way.
struct Entry {
    /// Number in the history, for links to it.
    event: usize,
    time: String,
    kind: EntryKind,
}

enum EntryKind {
    Event {
        what: String,
        detail: String,
        by: String,
    },
    Letter(LetterCard),
    Reply(Box<ReplyCard>),
}

struct FieldLine {
    label: &'static str,
    value: String,
    /// What it was before, and who changed it.
    was: Option<String>,
    /// Why it is asked.
    asked: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "demo/story.html")]
struct StoryPart {
    digest: Arc<Digest>,
    steps: [&'static str; 5],
    fields: Vec<FieldLine>,
    entries: Vec<Entry>,
}

#[derive(Template)]
#[template(path = "demo/registration.html")]
struct StoryPage {
    frame: Frame,
    story: StoryPart,
}

pub async fn page(State(state): State<PageState>, Path(of): Path<String>) -> Result<Response, Fault> {
    let page = StoryPage {
        frame: Frame::default(),
        story: story(&state, &reference(&of)?).await?,
    };
    Ok(Page(StatusCode::OK, page).into_response())
}

pub async fn fragment(State(state): State<PageState>, Path(of): Path<String>) -> Result<Response, Fault> {
    Ok(Page(StatusCode::OK, story(&state, &reference(&of)?).await?).into_response())
}

async fn story(state: &PageState, of: &Reference) -> Result<StoryPart, Fault> {
    let store = &state.stage.store;
    let row = store.registration(of).await?.ok_or(Fault::NotFound)?;
    let history = store.history(of).await?;
    let letters = store.letters_of(of).await?;
    let messages = store.messages_of(of).await?;
    let mut entries = Vec::new();
    for (event, recorded) in history.iter().enumerate() {
        let kind = match &recorded.event {
            Event::LetterQueued { letter, .. } => letters
                .iter()
                .find(|stored| stored.number == *letter)
                .map(|letter| EntryKind::Letter(LetterCard::new(letter))),
            Event::MessageReceived { message, .. } => {
                match messages.iter().find(|stored| stored.key.0 == *message) {
                    Some(message) => Some(EntryKind::Reply(Box::new(
                        ReplyCard::load(store, message, &history).await?,
                    ))),
                    None => plain(recorded),
                }
            }
            _ => plain(recorded),
        };
        entries.extend(kind.map(|kind| Entry {
            event,
            time: clock_time(recorded.at),
            kind,
        }));
    }
    Ok(StoryPart {
        digest: Arc::new(Digest::new(&row, &history)),
        steps: STEPS,
        fields: fields(&row.registration),
        entries,
    })
}

/// An event as a line; none for what the cards of letters and replies show.
fn plain(recorded: &RecordedEvent) -> Option<EntryKind> {
    let from_message = match &recorded.event {
        Event::LetterSent { .. } | Event::Requeued => return None,
        Event::HandedToAgent { reason } if reason == "message_needs_agent" => return None,
        Event::AnswerApplied { message, .. }
        | Event::ValueConfirmed { message, .. }
        | Event::AnswerFailed { message, .. }
        | Event::WrittenYesGiven { message, .. } => message.is_some(),
        _ => false,
    };
    if from_message {
        return None;
    }
    let (what, detail) = words::event(recorded);
    let by = match &recorded.actor {
        Actor::Estafette => String::new(),
        Actor::ApiClient(name) => name.clone(),
        actor => actor.to_string(),
    };
    Some(EntryKind::Event { what, detail, by })
}

fn fields(registration: &Registration) -> Vec<FieldLine> {
    let line = |field: Field| {
        let value = registration.field(field);
        let asked = registration
            .open_questions()
            .find(|question| question.field == field);
        let correction = registration
            .corrections
            .iter()
            .rfind(|correction| correction.field == field);
        let written = |value: &str| voice::written(registration.language, field, value);
        if value.is_none() && asked.is_none() {
            return None;
        }
        Some(FieldLine {
            label: words::field_label(field),
            value: value.map(written).unwrap_or_default(),
            was: correction
                .map(|correction| correction.old.as_deref().map_or_else(|| "empty".into(), written)),
            asked: asked.map(|question| words::question_reason(question.reason)),
        })
    };
    registration.applicable_fields().filter_map(line).collect()
}
