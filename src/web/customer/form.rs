//! What a customer sends by a page is kept as a message, so that agents see it where they see every other answer.

use std::collections::BTreeMap;

use data_encoding::BASE64;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Fault, Sent, Visit};
use crate::decision::ReasonForPeople;
use crate::letters::page_words;
use crate::reading;
use crate::registration::life_cycle::{AnswerToApply, CertainAnswer, Command};
use crate::registration::{Actor, Evidence, Field};
use crate::store::{FetchedMessage, MessageKey, Order, Settled, answers};
use crate::understanding::{Answer, AnswerStatus, Kind, Understanding};
use crate::{clock, randomness};

/// Names the way a value came, in evidence.
const RULE: &str = "customer_page";

/// A value or a yes that was given in a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub field: Field,
    pub status: AnswerStatus,
    /// As it was typed, or the words of the yes.
    pub text: String,
}

/// What becomes of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Apply,
    /// An agent looks first: values that agents alone change.
    Review,
}

/// What a page sends in.
pub struct Filled {
    pub kind: &'static str,
    pub given: Vec<Given>,
    /// Words of a yes or a withdrawal; stands first.
    pub statement: Option<String>,
    pub fate: Fate,
    pub file: Option<File>,
}

/// A file that was sent with it.
pub struct File {
    /// `type/subtype`, told from its bytes.
    pub content_type: &'static str,
    pub name: &'static str,
    pub content: Vec<u8>,
}

/// The message, its key, and the text it reads as.
pub struct Composed {
    key: MessageKey,
    pub raw: Vec<u8>,
    text: String,
    subject: String,
}

/// Keeps a form and carries out what it asks for. `command` makes the command of the message's key and its answers.
pub async fn take(
    visit: &Visit,
    filled: &Filled,
    command: impl FnOnce(String, Vec<AnswerToApply>) -> Command,
) -> Result<Sent, Fault> {
    let composed = compose(visit, filled);
    let understanding = understanding(visit, filled, &composed.text);
    let to_apply = understanding
        .answers
        .iter()
        .filter_map(|(field, answer)| {
            Some(AnswerToApply {
                field: *field,
                answer: certain(&answer.status)?,
                evidence: answer.evidence.clone(),
            })
        })
        .collect();
    let key = composed.key.0.clone();
    let (disposition, reasons, command) = match filled.fate {
        Fate::Apply => ("apply", Vec::new(), command(key, to_apply)),
        Fate::Review => {
            let note = Command::NoteMessage {
                message: key,
                kind: filled.kind.into(),
                disposition: "review".into(),
                returns_on: None,
            };
            ("review", vec![for_agents(filled)], note)
        }
    };
    let settled = Settled {
        disposition: disposition.into(),
        kind: filled.kind.into(),
        reference: Some(visit.registration.reference.clone()),
        evidence: json!({"evidence": [{"by": "token"}], "sender": {"trust": "trusted", "why": "signed link"}}),
        reasons,
        answers: written(&understanding),
        subject: composed.subject,
        sender: visit.registration.field(Field::Email).map(str::to_owned),
        language: Some(visit.registration.language.code().to_owned()),
    };
    let message = FetchedMessage {
        mailbox: "page".into(),
        uid_validity: 0,
        uid: composed.key.0.clone(),
        size_bytes: composed.raw.len() as u64,
        raw: composed.raw,
        received_at: visit.at,
    };
    let order = Order {
        reference: visit.registration.reference.clone(),
        actor: Actor::Customer,
        command,
    };
    let store = &visit.state.store;
    Sent::of(
        store
            .take_form(message, &composed.key, settled, vec![order], visit.at)
            .await,
    )
}

fn written(understanding: &Understanding) -> Value {
    answers::write(understanding)
}

/// Why an agent looks: at a file that was not read, or at a value that agents alone change.
fn for_agents(filled: &Filled) -> ReasonForPeople {
    let code = match filled.file {
        Some(_) => "unread_attachment",
        None => "sensitive_field",
    };
    ReasonForPeople {
        code: code.into(),
        detail: None,
        span: None,
        words: Vec::new(),
    }
}

fn certain(status: &AnswerStatus) -> Option<CertainAnswer> {
    match status {
        AnswerStatus::Corrected(value) => Some(CertainAnswer::Corrected(value.clone())),
        AnswerStatus::Confirmed => Some(CertainAnswer::Confirmed),
        AnswerStatus::Failed(_) | AnswerStatus::Unclear => None,
    }
}

/// Where the text of a page stands in the message it became.
pub fn evidence(text: &str, said: &str) -> Evidence {
    let span = text.find(said).map(|start| (start, start + said.len()));
    Evidence {
        part: "body".into(),
        span,
        text: said.to_owned(),
        rule: RULE.into(),
        place: None,
    }
}

fn understanding(visit: &Visit, filled: &Filled, text: &str) -> Understanding {
    let language = visit.registration.language;
    let answers: BTreeMap<Field, Answer> = filled
        .given
        .iter()
        .map(|given| {
            let mut evidence = evidence(text, &line(language, given));
            // The line names the field: the value alone is what was read.
            if let Some((_, end)) = evidence.span {
                evidence.span = Some((end - given.text.len(), end));
            }
            evidence.text.clone_from(&given.text);
            let answer = Answer {
                status: given.status.clone(),
                evidence,
                checks: Vec::new(),
            };
            (given.field, answer)
        })
        .collect();
    Understanding {
        kind: Kind::Answer,
        answers,
        written_yes: None,
        doubts: Vec::new(),
        language: Some(language),
    }
}

fn line(language: crate::registration::Language, given: &Given) -> String {
    format!("{}: {}", page_words::label(language, given.field), given.text)
}

/// An RFC 5322 message as the customer's own mail program might have sent it, with a header that says what it is.
pub fn compose(visit: &Visit, filled: &Filled) -> Composed {
    let registration = &visit.registration;
    let settings = visit.state.customer.as_ref();
    let to = settings.map_or("", |settings| settings.from_address.as_str());
    let from = registration.field(Field::Email).unwrap_or_default();
    let subject = format!("{} ({})", visit.texts().form_subject, registration.reference);
    let lines = filled
        .given
        .iter()
        .map(|given| line(registration.language, given));
    let body: Vec<String> = filled.statement.iter().cloned().chain(lines).collect();
    let text = one_line_each(&body);
    let date = date(visit.at);
    let head = format!(
        "From: <{}>\r\nTo: <{}>\r\nDate: {date}\r\nSubject: =?utf-8?B?{}?=\r\nX-Estafette-Page: {}\r\nMIME-Version: 1.0\r\n",
        plain(from),
        plain(to),
        BASE64.encode(subject.as_bytes()),
        filled.kind,
    );
    let part =
        format!("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}");
    let raw = match &filled.file {
        None => format!("{head}{part}"),
        Some(file) => format!("{head}{}", with_file(&part, file)),
    }
    .into_bytes();
    let text = reading::read(&raw).body.text;
    Composed {
        key: MessageKey::fresh(visit.at, randomness::bytes()),
        raw,
        text,
        subject,
    }
}

/// The text and the file as the two parts of a message.
fn with_file(part: &str, file: &File) -> String {
    const BOUNDARY: &str = "=_page";
    /// Characters of a line of base64 (RFC 2045, 6.8).
    const LINE_CHARS: usize = 76;
    let encoded = BASE64.encode(&file.content);
    let lines: Vec<&str> = encoded
        .as_bytes()
        .chunks(LINE_CHARS)
        .filter_map(|line| std::str::from_utf8(line).ok())
        .collect();
    format!(
        "Content-Type: multipart/mixed; boundary=\"{BOUNDARY}\"\r\n\r\n--{BOUNDARY}\r\n{part}\r\n--{BOUNDARY}\r\n\
         Content-Type: {}; name=\"{name}\"\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{}\r\n--{BOUNDARY}--\r\n",
        file.content_type,
        lines.join("\r\n"),
        name = file.name,
    )
}

fn one_line_each(lines: &[String]) -> String {
    lines.iter().map(|line| format!("{line}\r\n")).collect()
}

/// For a header: ASCII without what could end it.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>'))
        .collect()
}

fn date(at: Timestamp) -> String {
    let zoned = at.to_zoned(jiff::tz::TimeZone::UTC);
    jiff::fmt::rfc2822::to_string(&zoned).unwrap_or_else(|_| clock::now().to_string())
}
