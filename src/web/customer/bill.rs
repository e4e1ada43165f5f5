//! A photo or PDF of a bill: read by the code that reads attachments, and what it says proposed to the customer.
//!
//! What could be read is shown in the form and not kept: the customer sends it, or not. What could not be read with certainty
//! is kept for an agent.

use axum::extract::multipart::{Field as Part, MultipartError};
use axum::extract::{Multipart, Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::answer::{Entry, Notice, page};
use super::form::{self, Fate, File, Filled};
use super::{Fault, Visit};
use crate::letters::Purpose;
use crate::reading::{self, Message};
use crate::registration::life_cycle::Command;
use crate::registration::{Field, State as Standing};
use crate::understanding::{self, AnswerStatus};
use crate::web::WebState;

/// Photos of phones are smaller, in bytes.
const BILL_BYTES_MAX: usize = 10 * 1024 * 1024;
/// Of the request around it, in bytes.
pub const REQUEST_BYTES_MAX: usize = BILL_BYTES_MAX + 64 * 1024;

/// Whether a bill can answer one of the open questions, and somebody can read it.
pub fn may_help(visit: &Visit) -> bool {
    visit.state.attachments.is_some()
        && visit
            .registration
            .open_questions()
            .any(|question| is_on_bill(question.field))
}

fn is_on_bill(field: Field) -> bool {
    matches!(
        field,
        Field::ElectricityEan | Field::GasEan | Field::ElectricityMeterNumber | Field::GasMeterNumber
    )
}

pub async fn act(
    State(state): State<WebState>,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Multipart,
) -> Result<Response, Fault> {
    let visit = Visit::open(state, token, &headers, query.as_deref()).await?;
    let language = visit.registration.language;
    if visit.page.purpose != Purpose::Answer {
        return Err(Fault::NoLink(language));
    }
    if !visit.state.guard.may_act(&visit.page.reference, visit.at) {
        return Err(Fault::Busy(language));
    }
    let is_open = !matches!(
        visit.registration.state,
        Standing::Rejected | Standing::Withdrawn | Standing::Accepted | Standing::Active
    );
    if !may_help(&visit) || !is_open {
        return Ok(visit.again());
    }
    let file = match received(body).await {
        Ok(file) => file,
        Err(fault) => return Ok(refused(&visit, fault)),
    };
    super::super::to_the_end(async move { read(&visit, file).await })
        .await
        .map_err(|_| Fault::Inside)?
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileFault {
    Missing,
    TooLarge,
    Kind,
}

fn refused(visit: &Visit, fault: FileFault) -> Response {
    let texts = visit.texts();
    let text = match fault {
        FileFault::Missing => texts.bill_missing,
        FileFault::TooLarge => texts.bill_too_large,
        FileFault::Kind => texts.bill_kind,
    };
    page(
        visit,
        StatusCode::UNPROCESSABLE_ENTITY,
        Some(Notice::OfBill(text)),
        &[],
    )
}

async fn received(mut body: Multipart) -> Result<File, FileFault> {
    while let Some(part) = body.next_field().await.map_err(fault)? {
        if part.name() == Some("bill") {
            return file(part).await;
        }
    }
    Err(FileFault::Missing)
}

async fn file(part: Part<'_>) -> Result<File, FileFault> {
    let content = part.bytes().await.map_err(fault)?.to_vec();
    if content.is_empty() {
        return Err(FileFault::Missing);
    }
    if content.len() > BILL_BYTES_MAX {
        return Err(FileFault::TooLarge);
    }
    let (content_type, name) = kind_of(&content).ok_or(FileFault::Kind)?;
    Ok(File {
        content_type,
        name,
        content,
    })
}

fn fault(error: MultipartError) -> FileFault {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => FileFault::TooLarge,
        _ => FileFault::Missing,
    }
}

/// What the first bytes say; the name and type that a browser gives are not believed.
fn kind_of(content: &[u8]) -> Option<(&'static str, &'static str)> {
    let brand = content.get(4..12).unwrap_or_default();
    match content {
        [b'%', b'P', b'D', b'F', ..] => Some(("application/pdf", "bill.pdf")),
        [0xff, 0xd8, 0xff, ..] => Some(("image/jpeg", "bill.jpg")),
        [0x89, b'P', b'N', b'G', ..] => Some(("image/png", "bill.png")),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(("image/webp", "bill.webp")),
        _ if matches!(brand, b"ftypheic" | b"ftypheix" | b"ftypmif1") => Some(("image/heic", "bill.heic")),
        _ => None,
    }
}

async fn read(visit: &Visit, file: File) -> Result<Response, Fault> {
    let texts = visit.texts();
    let filled = Filled {
        kind: "answer",
        given: Vec::new(),
        statement: None,
        fate: Fate::Review,
        file: Some(file),
    };
    let message = reading::read(&form::compose(visit, &filled).raw);
    let proposals = proposals(visit, &message).await;
    if !proposals.is_empty() {
        return Ok(page(
            visit,
            StatusCode::OK,
            Some(Notice::Good(texts.bill_read)),
            &proposals,
        ));
    }
    // Nothing is applied: an agent looks at the picture.
    let unused = |_, _| Command::HandToAgent {
        reason: "message_needs_agent".into(),
    };
    form::take(visit, &filled, unused).await?;
    visit.state.wake.notify_one();
    Ok(page(
        visit,
        StatusCode::OK,
        Some(Notice::Bad(texts.bill_unread)),
        &[],
    ))
}

/// What the bill says to the open questions: each value of which the reading is certain.
async fn proposals(visit: &Visit, message: &Message) -> Vec<(Field, Entry)> {
    let Some(reader) = &visit.state.attachments else {
        return Vec::new();
    };
    let attachments = reader.read(message).await;
    let understood = understanding::understand(message, &visit.registration, None, &attachments);
    let is_asked = |field: Field| {
        let mut open = visit.registration.open_questions();
        open.any(|question| question.field == field)
    };
    understood
        .answers
        .into_iter()
        .filter(|(field, _)| is_on_bill(*field) && is_asked(*field))
        .filter_map(|(field, answer)| match answer.status {
            AnswerStatus::Corrected(value) => Some((
                field,
                Entry {
                    typed: value,
                    yes: false,
                    fault: None,
                },
            )),
            AnswerStatus::Confirmed | AnswerStatus::Failed(_) | AnswerStatus::Unclear => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_first_bytes_say() {
        assert_eq!(kind_of(b"%PDF-1.7"), Some(("application/pdf", "bill.pdf")));
        assert_eq!(kind_of(b"\xff\xd8\xff\xe0"), Some(("image/jpeg", "bill.jpg")));
        assert_eq!(kind_of(b"\0\0\0\x18ftypheic"), Some(("image/heic", "bill.heic")));
        for other in [&b""[..], b"<script>", b"MZ", b"RIFF1234WAVE"] {
            assert_eq!(kind_of(other), None);
        }
    }
}
