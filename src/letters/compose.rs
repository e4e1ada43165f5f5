//! The RFC 5322 message: headers, and the text and HTML parts as alternatives. The same input gives the same bytes.

use std::time::SystemTime;

use jiff::Timestamp;
use lettre::address::{Address, Envelope};
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};

use super::LetterFault;
use crate::registration::Language;

/// Message-IDs in References: the first and the newest ones, so that the header stays short however long the case.
const REFERENCES_MAX: usize = 10;

/// Who wrote what a letter says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    Program,
    /// A person: nothing in the headers says otherwise.
    Agent,
}

/// Everything a message is composed of.
pub struct Parts<'a> {
    pub from_name: Option<&'a str>,
    pub from_address: &'a str,
    /// The plus address with the reply token; also the envelope sender, so that bounces carry the token.
    pub reply_address: &'a str,
    pub recipient: &'a str,
    pub subject: &'a str,
    /// Without angle brackets.
    pub message_id: &'a str,
    /// Our own earlier letters, oldest first, without angle brackets.
    pub earlier: &'a [String],
    pub language: Language,
    pub author: Author,
    pub at: Timestamp,
    pub text: &'a str,
    pub html: &'a str,
    pub attachment: Option<&'a Attachment>,
}

/// A PDF that goes with the letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// ASCII.
    pub file_name: String,
    pub bytes: Vec<u8>,
}

/// The message with CRLF line ends.
///
/// # Errors
/// [`LetterFault::NoAddress`], [`LetterFault::UnusableAddress`] for the recipient; [`LetterFault::Message`] for all else.
pub fn compose(parts: &Parts<'_>) -> Result<Vec<u8>, LetterFault> {
    let recipient = recipient(parts.recipient)?;
    let sender = address(parts.reply_address)?;
    let envelope = Envelope::new(Some(sender.clone()), vec![recipient.clone()]).map_err(fault)?;
    let from_name = parts.from_name.map(one_line);
    let from = Mailbox::new(from_name.clone(), address(parts.from_address)?);
    let mut builder = Message::builder()
        .envelope(envelope)
        .message_id(Some(format!("<{}>", parts.message_id)))
        .date(SystemTime::from(parts.at))
        .from(from)
        // The address alone: a display name in To can be questioned, wrong, or hostile, and adds nothing.
        .to(Mailbox::new(None, recipient))
        .reply_to(Mailbox::new(from_name, sender))
        .subject(parts.subject);
    if let Some(last) = parts.earlier.last() {
        builder = builder
            .in_reply_to(format!("<{last}>"))
            .references(references(parts.earlier));
    }
    // RFC 3834; the second is what Exchange heeds. No `Precedence`: RFC 3834 asks for none, and `bulk` harms delivery.
    let by_a_program: &[_] = match parts.author {
        Author::Program => &[
            ("Auto-Submitted", "auto-generated"),
            ("X-Auto-Response-Suppress", "All"),
        ],
        Author::Agent => &[],
    };
    let language = [("Content-Language", parts.language.code())];
    for (name, value) in by_a_program.iter().copied().chain(language) {
        builder = builder.raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str(name),
            value.to_owned(),
        ));
    }
    let message = builder.multipart(body(parts)).map_err(fault)?;
    Ok(message.formatted())
}

/// Text and HTML; with a file beside them if there is one.
fn body(parts: &Parts<'_>) -> MultiPart {
    let Some(attachment) = parts.attachment else {
        return alternatives(parts);
    };
    let file =
        lettre::message::Attachment::new(attachment.file_name.clone()).body(attachment.bytes.clone(), pdf());
    MultiPart::mixed()
        .boundary(format!("{}_mixed", boundary(parts.message_id)))
        .multipart(alternatives(parts))
        .singlepart(file)
}

fn pdf() -> ContentType {
    ContentType::parse("application/pdf").expect("the type is fixed and sound")
}

fn alternatives(parts: &Parts<'_>) -> MultiPart {
    MultiPart::alternative()
        .boundary(boundary(parts.message_id))
        .singlepart(part(ContentType::TEXT_PLAIN, parts.text))
        .singlepart(part(ContentType::TEXT_HTML, parts.html))
}

fn part(content_type: ContentType, body: &str) -> SinglePart {
    SinglePart::builder()
        .header(content_type)
        .header(ContentTransferEncoding::QuotedPrintable)
        .body(body.to_owned())
}

/// The Message-ID's own characters, so that nothing is drawn at random; `=_` cannot stand in quoted-printable text.
fn boundary(message_id: &str) -> String {
    let local = message_id.split('@').next().unwrap_or_default();
    let safe: String = local
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
        .collect();
    format!("=_{safe}")
}

/// Without control characters: lettre panics over a line end in a display name.
fn one_line(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

fn references(earlier: &[String]) -> String {
    let newest = earlier.len().saturating_sub(REFERENCES_MAX - 1).max(1);
    let kept = earlier.iter().take(1).chain(earlier.iter().skip(newest));
    kept.map(|id| format!("<{id}>")).collect::<Vec<_>>().join(" ")
}

/// The customer's address, if mail can be sent to it.
fn recipient(text: &str) -> Result<Address, LetterFault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(LetterFault::NoAddress);
    }
    let unusable = || LetterFault::UnusableAddress(text.to_owned());
    let address: Address = text.parse().map_err(|_| unusable())?;
    // Without SMTPUTF8 at every server on the way, an address beyond ASCII does not arrive.
    let sendable = text.is_ascii() && address.domain().contains('.');
    if sendable { Ok(address) } else { Err(unusable()) }
}

fn address(text: &str) -> Result<Address, LetterFault> {
    text.parse()
        .map_err(|_| LetterFault::Message(format!("`{text}` is no e-mail address")))
}

fn fault(fault: impl std::fmt::Display) -> LetterFault {
    LetterFault::Message(fault.to_string())
}
