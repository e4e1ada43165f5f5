//! How the API shows a registration and a message.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::registration::{
    Actor, Channel, CustomerType, DistributorDecision, Energy, Event, Field, Kind, Language, Patience,
    Question, RecordedEvent, Reference, Registration, WrittenYes,
};
use crate::store::{Closing, LetterState, RegistrationRow, StoredLetter, StoredMessage};

/// A registration, with everything that happened to it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RegistrationView {
    #[serde(flatten)]
    pub summary: RegistrationSummary,
    pub current_supplier: Option<String>,
    /// Each field that applies to the registration, by name.
    pub fields: BTreeMap<&'static str, FieldView>,
    /// Every question ever put to the customer, oldest first; open while `settlement` is null.
    #[schema(value_type = Vec<QuestionView>)]
    pub questions: Vec<Question>,
    /// What the distributor said, by energy.
    #[schema(value_type = BTreeMap<String, DecisionView>)]
    pub decisions: BTreeMap<Energy, DistributorDecision>,
    /// The customer's written yes to a registration made by phone: `not_needed`, `awaited` or `given`.
    #[schema(value_type = String, example = "not_needed")]
    pub written_yes: WrittenYes,
    pub letters: Vec<LetterView>,
    pub messages: Vec<MessageView>,
    /// What will happen, and when, if the customer stays silent.
    pub planned: Vec<PlannedView>,
    /// Oldest first: `at`, `actor`, `event` and what belongs to the event.
    #[schema(value_type = Vec<HistoryEntry>)]
    pub history: Vec<Map<String, Value>>,
}

/// Something that will happen if the customer stays silent.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PlannedView {
    /// `reminder`, `last_reminder`, `call` (an agent is to call) or `expiry`.
    #[schema(example = "reminder")]
    pub step: &'static str,
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
}

/// A registration in a list.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RegistrationSummary {
    #[schema(value_type = String, example = "REG-7K3M9Q2X")]
    pub reference: Reference,
    /// `received`, `verifying`, `blocked`, `verified`, `accepted`, `active`, `rejected`, `withdrawn` or `expired`.
    #[schema(example = "blocked")]
    pub state: &'static str,
    /// Whom a blocked registration waits for: `customer` or `agent`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "customer")]
    pub awaiting: Option<crate::registration::Awaiting>,
    #[schema(value_type = String, example = "fr")]
    pub language: Language,
    #[schema(value_type = String, example = "web")]
    pub channel: Channel,
    #[schema(value_type = String, example = "switch")]
    pub kind: Kind,
    #[schema(value_type = String, example = "residential")]
    pub customer_type: CustomerType,
    #[schema(value_type = Vec<String>)]
    pub energies: Vec<Energy>,
    #[schema(value_type = String, format = DateTime)]
    pub submitted_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Timestamp,
}

/// The value of a field and where it came from.
#[derive(Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct FieldView {
    /// Null when the field is empty.
    pub value: Option<String>,
    /// Null when the field is empty and always was.
    pub source: Option<FieldSource>,
}

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct FieldSource {
    /// `submitted`, `message` (a customer's answer), `agent` (set by hand) or `undone` (taken back to what it was).
    #[schema(example = "message")]
    pub from: &'static str,
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Who: `customer`, `agent NAME`, `estafette` or `api NAME`.
    #[schema(example = "customer")]
    pub actor: String,
    /// Identifier of the message it was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// Documents [`Question`] for OpenAPI.
#[derive(utoipa::ToSchema)]
#[allow(dead_code, reason = "its shape alone is used")]
pub struct QuestionView {
    #[schema(example = "electricity_ean")]
    field: String,
    /// `missing`, `invalid` or `doubtful`.
    reason: String,
    /// Code of the rule that asked.
    #[schema(example = "ean_check_digit")]
    code: String,
    value: Option<String>,
    failed_answer: Option<FailedAnswerView>,
    /// `corrected`, `confirmed` or `resolved`; null while open.
    settlement: Option<String>,
}

#[derive(utoipa::ToSchema)]
#[allow(dead_code, reason = "its shape alone is used")]
pub struct FailedAnswerView {
    value: String,
    fault: String,
}

/// Documents [`DistributorDecision`] for OpenAPI.
#[derive(utoipa::ToSchema)]
#[allow(dead_code, reason = "its shape alone is used")]
pub struct DecisionView {
    /// `accepted` or `rejected`.
    decision: String,
    #[schema(example = "2026-12-15")]
    start_date: Option<String>,
    reason: Option<String>,
}

/// One event. Besides these, each event has members of its own, such as `field`, `old`, `new`, `message` and `span`.
#[derive(Serialize, utoipa::ToSchema)]
#[allow(dead_code, reason = "its shape alone is used")]
pub struct HistoryEntry {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// `customer`, `agent NAME`, `estafette` or `api NAME`.
    actor: String,
    /// Such as `submitted`, `blocked`, `letter_sent`, `answer_applied`, `requeued`.
    event: String,
    #[serde(flatten)]
    of_the_event: BTreeMap<String, Value>,
}

/// A letter to the customer.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct LetterView {
    /// From 1, within the registration.
    pub number: u32,
    #[schema(example = "clarification_request")]
    pub kind: &'static str,
    /// `queued`, `sending`, `sent`, `deferred`, `uncertain`, `failed`, `held` or `cancelled`.
    #[schema(value_type = String, example = "sent")]
    pub state: LetterState,
    pub message_id: String,
    pub recipient: String,
    pub subject: String,
    #[schema(value_type = String, format = DateTime)]
    pub queued_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub sent_at: Option<Timestamp>,
    pub attempts: u32,
    /// The server's last words.
    pub last_response: Option<String>,
}

/// An incoming message and what became of it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MessageView {
    pub id: String,
    #[schema(value_type = String, format = DateTime)]
    pub received_at: Timestamp,
    pub message_id: Option<String>,
    pub size_bytes: u64,
    pub subject: Option<String>,
    pub sender: Option<String>,
    pub language: Option<String>,
    /// `answer`, `question`, `withdrawal`, `auto_reply`, `bounce` or `unrelated`; null while it waits to be read.
    pub kind: Option<String>,
    /// `apply`, `review` or `ignore`; null while it waits to be read.
    pub disposition: Option<String>,
    /// The registration it belongs to, with the evidence for it.
    #[serde(rename = "match")]
    pub matched: MatchView,
    /// What it says of each field: status, value, evidence. The evidence is `part` (`body`, `subject` or `attachment N`), `span`
    /// (byte range in the text of that part), `text`, `rule`; and for a value from an attachment `place`: the `name` of the
    /// file, its `page` (from 1), the `region` (`left`, `top`, `right`, `bottom`, between 0 and 1 from the top left corner), and
    /// by its `source` how it was read (`text_layer`, `ocr`, `barcode`, `text_file`, `csv` or `nested_message`).
    #[schema(value_type = Object)]
    pub answers: Value,
    pub reasons: Vec<ReasonView>,
    /// Set when an agent closed the review case.
    pub closed: Option<ClosingView>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MatchView {
    #[schema(value_type = Option<String>, example = "REG-7K3M9Q2X")]
    pub reference: Option<Reference>,
    #[schema(value_type = Object)]
    pub evidence: Value,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ReasonView {
    #[schema(example = "unexplained_sentence")]
    pub code: String,
    pub detail: Option<String>,
    /// Byte range in the text of the message.
    #[schema(value_type = Option<Vec<usize>>)]
    pub span: Option<(usize, usize)>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ClosingView {
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    pub by: String,
    pub how: String,
}

impl RegistrationView {
    pub fn new(
        row: RegistrationRow,
        history: Vec<RecordedEvent>,
        letters: Vec<StoredLetter>,
        messages: Vec<StoredMessage>,
        patience: &Patience,
    ) -> RegistrationView {
        let summary = RegistrationSummary::new(&row);
        let fields = fields(&row.registration, &sources(&history));
        let registration = row.registration;
        let planned = registration
            .steps_ahead(patience)
            .into_iter()
            .map(|planned| PlannedView {
                step: planned.step.name(),
                at: planned.at,
            });
        let planned = planned.collect();
        RegistrationView {
            summary,
            current_supplier: registration.current_supplier,
            fields,
            questions: registration.questions,
            decisions: registration.decisions,
            written_yes: registration.written_yes,
            letters: letters.into_iter().map(LetterView::new).collect(),
            messages: messages.into_iter().map(MessageView::new).collect(),
            planned,
            history: history.iter().map(history_entry).collect(),
        }
    }
}

impl RegistrationSummary {
    pub fn new(row: &RegistrationRow) -> RegistrationSummary {
        let registration = &row.registration;
        RegistrationSummary {
            reference: registration.reference.clone(),
            state: registration.state.name(),
            awaiting: registration.state.awaiting(),
            language: registration.language,
            channel: registration.channel,
            kind: registration.kind,
            customer_type: registration.customer_type,
            energies: registration.energies.clone(),
            submitted_at: registration.submitted_at,
            updated_at: row.updated_at,
        }
    }
}

impl LetterView {
    fn new(letter: StoredLetter) -> LetterView {
        LetterView {
            number: letter.number,
            kind: letter.kind.name(),
            state: letter.state,
            message_id: letter.message_id,
            recipient: letter.recipient,
            subject: letter.subject,
            queued_at: letter.queued_at,
            sent_at: letter.sent_at,
            attempts: letter.attempts,
            last_response: letter.last_response,
        }
    }
}

impl MessageView {
    pub fn new(message: StoredMessage) -> MessageView {
        let (matched, settled) = match message.settled {
            Some(settled) => {
                let matched = MatchView {
                    reference: settled.reference.clone(),
                    evidence: settled.evidence.clone(),
                };
                (matched, Some(settled))
            }
            None => {
                let nothing = MatchView {
                    reference: None,
                    evidence: Value::Null,
                };
                (nothing, None)
            }
        };
        let reasons = settled.iter().flat_map(|settled| &settled.reasons);
        MessageView {
            id: message.key.0,
            received_at: message.received_at,
            message_id: message.message_id,
            size_bytes: message.size_bytes,
            subject: settled.as_ref().map(|settled| settled.subject.clone()),
            sender: settled.as_ref().and_then(|settled| settled.sender.clone()),
            language: settled.as_ref().and_then(|settled| settled.language.clone()),
            kind: settled.as_ref().map(|settled| settled.kind.clone()),
            disposition: settled.as_ref().map(|settled| settled.disposition.clone()),
            matched,
            answers: settled
                .as_ref()
                .map_or(Value::Null, |settled| settled.answers.clone()),
            reasons: reasons
                .map(|reason| ReasonView {
                    code: reason.code.clone(),
                    detail: reason.detail.clone(),
                    span: reason.span,
                })
                .collect(),
            closed: message.closed.map(ClosingView::new),
        }
    }
}

impl ClosingView {
    fn new(closing: Closing) -> ClosingView {
        ClosingView {
            at: closing.at,
            by: closing.by,
            how: closing.how,
        }
    }
}

/// Where the present value of each field came from: the last event of the history that touched it.
pub fn sources(history: &[RecordedEvent]) -> BTreeMap<Field, FieldSource> {
    let mut sources = BTreeMap::new();
    for RecordedEvent { at, actor, event } in history {
        let source = |from, message: Option<String>| FieldSource {
            from,
            at: *at,
            actor: actor.to_string(),
            message,
        };
        match event {
            Event::Submitted { registration } => {
                let filled = Field::ALL.into_iter().filter(|field| {
                    registration
                        .value(*field)
                        .is_some_and(|value| !value.trim().is_empty())
                });
                sources.extend(filled.map(|field| (field, source("submitted", None))));
            }
            Event::AnswerApplied { field, message, .. } => {
                let from = match (message, actor) {
                    (Some(_), _) => "message",
                    (None, Actor::Agent(_)) => "agent",
                    (None, _) => "submitted",
                };
                sources.insert(*field, source(from, message.clone()));
            }
            Event::Undone { field, .. } => {
                sources.insert(*field, source("undone", None));
            }
            _ => {}
        }
    }
    sources
}

fn fields(
    registration: &Registration,
    sources: &BTreeMap<Field, FieldSource>,
) -> BTreeMap<&'static str, FieldView> {
    let shown: BTreeSet<Field> = registration
        .applicable_fields()
        .chain(registration.fields.keys().copied())
        .collect();
    shown
        .into_iter()
        .map(|field| {
            let view = FieldView {
                value: registration.field(field).map(str::to_owned),
                source: sources.get(&field).cloned(),
            };
            (field.name(), view)
        })
        .collect()
}

/// The event as it is kept, with the actor in words and the span of the evidence beside it.
fn history_entry(recorded: &RecordedEvent) -> Map<String, Value> {
    let Ok(Value::Object(mut entry)) = serde_json::to_value(recorded) else {
        // An event is a struct of texts and numbers: it is always a JSON object.
        return Map::new();
    };
    entry.insert("actor".into(), recorded.actor.to_string().into());
    if let Some(span) = entry
        .get("evidence")
        .and_then(|evidence| evidence.get("span"))
        .cloned()
    {
        entry.insert("span".into(), span);
    }
    entry
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::registration::{Evidence, RegistrationDocument};

    fn recorded(actor: Actor, event: Event) -> RecordedEvent {
        RecordedEvent {
            at: Timestamp::UNIX_EPOCH,
            actor,
            event,
        }
    }

    fn history() -> Vec<RecordedEvent> {
        let document: RegistrationDocument = serde_json::from_value(json!({
            "language": "nl", "channel": "web", "kind": "move",
            "customer": {"type": "residential", "last_name": "Peeters", "phone": "0470"},
            "supply_address": {}, "gas": {}
        }))
        .unwrap();
        let evidence = Evidence {
            part: "body".into(),
            span: Some((4, 20)),
            text: "541448820012345678".into(),
            rule: "ean".into(),
            place: None,
        };
        let applied = |field, message: Option<&str>, evidence| Event::AnswerApplied {
            field,
            old: None,
            new: Some("x".into()),
            message: message.map(str::to_owned),
            evidence,
        };
        vec![
            recorded(
                Actor::ApiClient("token 1".into()),
                Event::Submitted {
                    registration: Box::new(document),
                },
            ),
            recorded(
                Actor::Customer,
                applied(Field::GasEan, Some("m1"), Some(evidence)),
            ),
            recorded(Actor::Agent("Ann".into()), applied(Field::Phone, None, None)),
        ]
    }

    #[test]
    fn the_source_of_a_field_is_the_last_event_that_touched_it() {
        let sources = sources(&history());
        let of = |field| {
            sources
                .get(&field)
                .map(|source: &FieldSource| (source.from, source.actor.as_str()))
        };
        assert_eq!(of(Field::LastName), Some(("submitted", "api token 1")));
        assert_eq!(of(Field::GasEan), Some(("message", "customer")));
        assert_eq!(of(Field::Phone), Some(("agent", "agent Ann")));
        assert_eq!(of(Field::Iban), None);
    }

    #[test]
    fn an_event_shows_its_actor_in_words_and_its_span() {
        let entry = history_entry(&history()[1]);
        assert_eq!(entry["event"], "answer_applied");
        assert_eq!(entry["actor"], "customer");
        assert_eq!(entry["span"], json!([4, 20]));
        assert_eq!(entry["message"], "m1");
    }
}
