//! Letters and replies as the demo shows them, and as they are.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};

use super::digest::{capital, reply, understood};
use super::{Fault, PageState, clock_time, reference};
use crate::reading::{self, Role};
use crate::registration::{LetterKind, RecordedEvent};
use crate::store::{LetterState, MessageKey, Store, StoredLetter, StoredMessage, answers};
use crate::understanding::AnswerStatus;
use crate::web::desk::mail_view::{self, Block, Mark, MarkKind};
use crate::web::desk::words;

/// Our own letters carry their style in themselves; nothing else is loaded and nothing runs.
const LETTER_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups allow-popups-to-escape-sandbox; \
                             base-uri 'none'; form-action 'none'; \
                             frame-ancestors 'self'";

/// A letter of ours.
pub struct LetterCard {
    pub number: u32,
    pub kind: &'static str,
    pub subject: String,
    pub state: &'static str,
    pub pill: &'static str,
    pub time: String,
    /// Of its HTML.
    pub path: String,
    /// Of the contract it carries.
    pub contract: Option<String>,
}

impl LetterCard {
    pub fn new(letter: &StoredLetter) -> LetterCard {
        let (state, pill) = words::letter_state(letter.state);
        let path = format!(
            "/demo/registrations/{}/letters/{}",
            letter.reference, letter.number
        );
        let has_contract = letter.kind == LetterKind::ContractConfirmation;
        LetterCard {
            number: letter.number,
            kind: words::letter_kind(letter.kind),
            subject: letter.subject.clone(),
            state,
            pill,
            time: clock_time(letter.sent_at.unwrap_or(letter.queued_at)),
            contract: has_contract.then(|| format!("{path}/contract.pdf")),
            path,
        }
    }

    pub fn arrived(letter: &StoredLetter) -> bool {
        letter.state == LetterState::Sent
    }
}

/// A run of a reply's text, and whether it is folded away.
pub struct Shown {
    pub block: Block,
    pub folded: bool,
}

impl Shown {
    /// What was quoted is folded unless something in it counts; a signature of a few lines is no trouble to the eye.
    fn new(mut block: Block) -> Shown {
        const SIGNATURE_LINES_MAX: usize = 4;
        let is_short = block.role == Role::Signature && block.lines <= SIGNATURE_LINES_MAX;
        let folded = !(block.is_own() || block.is_marked() || is_short);
        if let Some(last) = block.pieces.last_mut() {
            last.text.truncate(last.text.trim_end().len());
        }
        Shown { block, folded }
    }

    pub fn class(&self) -> &'static str {
        if self.block.is_own() { "" } else { "dim" }
    }
}

/// Something that was read from a reply.
pub struct Answer {
    pub label: &'static str,
    pub status: &'static str,
    pub value: String,
}

/// A reply, with what was made of it.
pub struct ReplyCard {
    pub key: String,
    pub message_id: String,
    pub kind: String,
    pub icon: &'static str,
    pub tone: &'static str,
    pub became: String,
    pub from: String,
    pub subject: String,
    pub time: String,
    pub pieces: Vec<Shown>,
    pub answers: Vec<Answer>,
    pub reasons: Vec<Reason>,
}

pub struct Reason {
    pub words: String,
    pub detail: Option<String>,
}

impl ReplyCard {
    /// The card of a stored message; `history` is that of its registration.
    pub async fn load(
        store: &Store,
        message: &StoredMessage,
        history: &[RecordedEvent],
    ) -> anyhow::Result<ReplyCard> {
        let raw = store.raw_message(&message.key).await?.unwrap_or_default();
        let read = tokio::task::spawn_blocking(move || reading::read(&raw)).await?;
        let settled = message.settled.as_ref();
        let read_answers = settled
            .map(|settled| answers::read(&settled.answers))
            .unwrap_or_default();
        let mut marks: Vec<Mark> = Vec::new();
        let mut shown = Vec::new();
        for answer in &read_answers {
            let in_body = answer.evidence.part == "body";
            marks.extend(
                answer
                    .evidence
                    .span
                    .filter(|_| in_body)
                    .map(|span| (span, MarkKind::Answer)),
            );
            let (status, value) = match &answer.status {
                AnswerStatus::Corrected(value) => ("corrected", value.clone()),
                AnswerStatus::Confirmed => ("confirmed", String::new()),
                AnswerStatus::Failed(failed) => (
                    "not valid",
                    format!("{}: {}", failed.value, words::value_fault(&failed.fault)),
                ),
                AnswerStatus::Unclear => ("unclear", String::new()),
            };
            shown.push(Answer {
                label: words::field_label(answer.field),
                status,
                value,
            });
        }
        let reasons = settled
            .map(|settled| settled.reasons.as_slice())
            .unwrap_or_default();
        let is_review = settled.is_some_and(|settled| settled.disposition == "review");
        let doubts = reasons
            .iter()
            .filter(|_| is_review)
            .filter_map(|reason| reason.span);
        marks.extend(doubts.map(|span| (span, MarkKind::Doubt)));
        let reasons = reasons
            .iter()
            // That everything was accounted for is said by the verdict.
            .filter(|_| is_review)
            .map(|reason| Reason {
                words: words::reason(&reason.code),
                detail: reason.detail.clone(),
            })
            .collect();
        let (kind, disposition) = settled.map_or(("", ""), |settled| {
            (settled.kind.as_str(), settled.disposition.as_str())
        });
        let (icon, tone, became) = reply(kind, disposition);
        let became = match (disposition, &message.closed) {
            ("", _) => "being read".to_owned(),
            (_, Some(closing)) => format!("{} by agent {}", words::code(&closing.how), closing.by),
            ("apply", None) => format!(
                "applied without a person: {}",
                understood(&message.key.0, history)
            ),
            _ => became.to_owned(),
        };
        let sender = read.from.as_ref();
        let name = sender.and_then(|from| from.name.clone());
        let address = sender.map(|from| from.address.clone()).unwrap_or_default();
        Ok(ReplyCard {
            key: message.key.0.clone(),
            message_id: message.message_id.clone().unwrap_or_default(),
            kind: capital(&words::message_kind(kind)),
            icon,
            tone,
            became,
            from: name.map_or_else(|| address.clone(), |name| format!("{name} <{address}>")),
            subject: read.subject.clone(),
            time: clock_time(message.received_at),
            pieces: mail_view::blocks(&read.body, &marks)
                .into_iter()
                .map(Shown::new)
                .collect(),
            answers: shown,
            reasons,
        })
    }
}

/// A letter's HTML, for a sandboxed frame.
pub async fn letter_html(
    State(state): State<PageState>,
    Path((of, number)): Path<(String, u32)>,
) -> Result<Response, Fault> {
    let letters = state.stage.store.letters_of(&reference(&of)?).await?;
    let letter = letters
        .into_iter()
        .find(|letter| letter.number == number)
        .ok_or(Fault::NotFound)?;
    let policy = (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(LETTER_POLICY),
    );
    // A letter's links open beside the demo, as a mail program opens them.
    let html = letter
        .html
        .replacen("<head>", "<head><base target=\"_blank\">", 1);
    Ok(([policy], Html(html)).into_response())
}

/// The contract that a letter carries.
pub async fn contract(
    State(state): State<PageState>,
    Path((of, number)): Path<(String, u32)>,
) -> Result<Response, Fault> {
    let raw = state.stage.store.raw_letter(&reference(&of)?, number).await?;
    let raw = raw.ok_or(Fault::NotFound)?;
    let read = tokio::task::spawn_blocking(move || reading::read(&raw)).await;
    let mut files = read.map_err(anyhow::Error::from)?.attachments.into_iter();
    let file = files.find(|file| file.content_type == "application/pdf");
    let headers = [
        (header::CONTENT_TYPE, "application/pdf"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'",
        ),
    ];
    Ok((headers, file.ok_or(Fault::NotFound)?.content).into_response())
}

/// A message as it came: the bytes of the file in the Maildir.
pub async fn raw_message(State(state): State<PageState>, Path(key): Path<String>) -> Result<Response, Fault> {
    let raw = state
        .stage
        .store
        .raw_message(&MessageKey(key))
        .await?
        .ok_or(Fault::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
    ];
    Ok((headers, raw).into_response())
}
