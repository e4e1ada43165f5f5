//! PURE. Bytes -> message: who, when, of what kind, which text is the customer's own and which is quoted.
//!
//! The only room that knows mail-parser. Never panics, whatever the bytes; what cannot be read is said in
//! [`Message::faults`]. Nothing is cut away: [`Body::text`] holds everything, [`Body::spans`] says whose each piece is.

mod absence;
mod attachment;
mod attribution;
mod body;
mod bounce;
mod closing;
mod colour;
mod decode;
mod ending_lines;
mod footer;
mod header_block;
mod headers;
mod html;
mod html_marks;
mod kind;
mod language;
mod line;
mod mime;
mod phrases;
mod plain;
mod quote;
mod reach;
mod signature;
mod tnef;

use std::ops::Range;

use jiff::Zoned;
use serde::Serialize;

use crate::registration::Language;
pub use attachment::{AttachmentFault, AttachmentText, Line, NewWord, Page, Word};
use headers::Headers;

/// A message, read.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Message-ID without angle brackets.
    pub message_id: Option<String>,
    /// Ids of In-Reply-To, without angle brackets.
    pub in_reply_to: Vec<String>,
    /// Ids of References, oldest first, without angle brackets.
    pub references: Vec<String>,
    pub from: Option<Mailbox>,
    pub reply_to: Option<Mailbox>,
    /// Envelope sender (topmost Return-Path); `Some("")` is the null sender of RFC 5321.
    pub return_path: Option<String>,
    pub to: Vec<Mailbox>,
    pub cc: Vec<Mailbox>,
    /// Addresses the mail servers say it was delivered to (Delivered-To, X-Original-To, Envelope-To), topmost first.
    pub delivered_to: Vec<String>,
    pub subject: String,
    /// Date, in the sender's own offset.
    pub date: Option<Zoned>,
    pub kind: MessageKind,
    /// The language of the own text, when it is long enough to tell.
    pub language: Option<Language>,
    pub body: Body,
    pub attachments: Vec<Attachment>,
    /// Every Authentication-Results header, topmost first, unfolded.
    pub authentication_results: Vec<String>,
    /// What could not be read; each is a reason for an agent to look.
    pub faults: Vec<ReadingFault>,
}

/// A display name and an address (lower-cased domain).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mailbox {
    pub name: Option<String>,
    pub address: String,
}

/// What the message is by its form alone, before anybody reads what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MessageKind {
    /// Written by a person, as far as its form tells.
    Personal,
    /// Out of office, ticket receipt, challenge, read receipt (RFC 3834 and its kin).
    AutoReply {
        /// What it was known by.
        signal: String,
        reach: AutoReplyReach,
        /// The first day on which somebody is back, where the text says it without doubt.
        returns_on: Option<jiff::civil::Date>,
    },
    Bounce(Bounce),
    /// Newsletter, mailing list or other bulk mail.
    Bulk {
        signal: String,
    },
}

/// Whether our letter reached somebody, by what an automatic reply says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AutoReplyReach {
    /// It lies in a mailbox that somebody reads, now or when back.
    WillBeRead,
    /// Nobody reads the mailbox any more, or a test must be passed first: a person must find another way.
    NobodyReached,
}

impl AutoReplyReach {
    pub fn name(self) -> &'static str {
        match self {
            AutoReplyReach::WillBeRead => "will_be_read",
            AutoReplyReach::NobodyReached => "nobody_reached",
        }
    }
}

/// A delivery report (RFC 3464, or a server's own prose).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounce {
    pub severity: BounceSeverity,
    /// The recipient that was not reached.
    pub recipient: Option<String>,
    /// Enhanced status code of RFC 3463, such as `5.1.1`.
    pub status: Option<String>,
    /// The server's words.
    pub diagnostic: Option<String>,
    /// Message-ID of the letter that bounced, without angle brackets.
    pub original_message_id: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BounceSeverity {
    /// It will never arrive.
    Hard,
    /// It did not arrive; the address may work later (full mailbox).
    Soft,
    /// It has not arrived yet; the server keeps trying.
    Delayed,
}

impl BounceSeverity {
    pub fn name(self) -> &'static str {
        match self {
            BounceSeverity::Hard => "hard",
            BounceSeverity::Soft => "soft",
            BounceSeverity::Delayed => "delayed",
        }
    }
}

/// The text a person would see, with whose each piece is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    /// All of it, quotes included, lines ended by `\n`, `format=flowed` and HTML resolved. Quote marks (`>`) of plain text
    /// are left out of the text; the span says how deep the quote is.
    pub text: String,
    /// Ordered, without gap or overlap, over all of `text`; each ends at a line end.
    pub spans: Vec<Span>,
    pub source: BodySource,
    /// The own text of the other alternative (HTML when `source` is plain), when it says something else.
    pub differing_own_text: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BodySource {
    #[default]
    None,
    Plain,
    Html,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub range: Range<usize>,
    pub role: Role,
}

/// Whose a piece of the body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Newly written by the sender.
    Own,
    /// Quoted from an earlier mail.
    Quoted,
    /// The line that introduces a quote ("Le 13 oct. 2026 à 15:29, X a écrit :", a header block).
    Attribution,
    /// The name typed under the closing: the sender's own words, and who writes is no answer.
    Name,
    /// What a habit or a program adds below the name: telephone, company, address.
    Signature,
    /// Struck through by the sender: it is there to be seen, and is not what he says.
    Struck,
    /// Mobile footer, disclaimer, list footer.
    Footer,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The file name, if it has one.
    pub name: Option<String>,
    /// `type/subtype`, lower case.
    pub content_type: String,
    /// Decoded bytes.
    pub content: Vec<u8>,
    /// Shown inside the HTML by `cid:` (a logo, most often).
    pub inline: bool,
}

/// Something in the message that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum ReadingFault {
    #[error("no header and no body could be found")]
    Unparsable,
    #[error("larger than {limit_bytes} bytes: only its headers were read")]
    TooLarge { limit_bytes: usize },
    #[error("more than {limit} parts")]
    TooManyParts { limit: usize },
    #[error("more than {limit_bytes} bytes of text: the rest was not read")]
    TextTooLong { limit_bytes: usize },
    #[error("more than {limit} lines of text: the rest was not looked at")]
    TooManyLines { limit: usize },
    #[error("{0} was not opened")]
    NotOpened(String),
    #[error("the reader failed on it: {0}")]
    ReaderFailed(String),
}

/// Messages larger than this many bytes are read by their headers alone and go to an agent.
pub const MESSAGE_BYTES_MAX: usize = 25 * 1024 * 1024;

impl Message {
    /// Whether it has attachments that may hold an answer. Robots' are read by nobody.
    pub fn has_attachments_to_read(&self) -> bool {
        self.kind == MessageKind::Personal
            && self
                .attachments
                .iter()
                .any(|attachment| !attachment.is_ornament())
    }
}

/// A logo is a small picture; a photo of a bill is not.
const LOGO_BYTES_MAX: usize = 40 * 1024;

impl Attachment {
    /// Calendar entries, visiting cards and signatures of mail: they hold no answer.
    pub fn is_card(&self) -> bool {
        const TYPES: [&str; 10] = [
            "text/calendar",
            "application/ics",
            "text/vcard",
            "text/x-vcard",
            "text/directory",
            "application/pkcs7-signature",
            "application/x-pkcs7-signature",
            "application/pgp-signature",
            "application/pgp-keys",
            "text/vnd.google.email-reaction+json",
        ];
        const ENDINGS: [&str; 5] = [".ics", ".vcf", ".asc", ".p7s", ".sig"];
        let name = self.name.as_deref().unwrap_or_default().to_lowercase();
        // Some programs call them octets of no type.
        let untyped = matches!(
            self.content_type.as_str(),
            "application/octet-stream" | "text/plain"
        );
        TYPES.contains(&self.content_type.as_str())
            || untyped && ENDINGS.iter().any(|ending| name.ends_with(ending))
    }

    /// Logos of signatures, and what [`Self::is_card`] says: they hold no answer.
    pub fn is_ornament(&self) -> bool {
        let name = self.name.as_deref().unwrap_or_default().to_lowercase();
        let named_as_logo = name.is_empty()
            || ["image0", "logo", "signature", "outlook-"]
                .iter()
                .any(|begin| name.starts_with(begin));
        let logo = self.content_type.starts_with("image/")
            && self.inline
            && named_as_logo
            && self.content.len() <= LOGO_BYTES_MAX;
        logo || self.is_card()
    }
}

/// The text of a file: UTF-8 where it is valid, else windows-1252; UTF-16 where its mark says so.
pub fn text_of(bytes: &[u8]) -> String {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes).0.into_owned(),
        None => decode::text(bytes, None),
    }
}

impl Body {
    /// The pieces of the given role, in order, with their ranges.
    pub fn pieces(&self, role: Role) -> impl Iterator<Item = (Range<usize>, &str)> {
        self.spans
            .iter()
            .filter(move |span| span.role == role)
            .map(|span| (span.range.clone(), &self.text[span.range.clone()]))
    }

    /// All but what is quoted: own text, signature and footer.
    fn unquoted(&self) -> String {
        self.spans
            .iter()
            .filter(|span| !matches!(span.role, Role::Quoted | Role::Attribution))
            .map(|span| &self.text[span.range.clone()])
            .collect()
    }

    /// The newly written text with the name under it, pieces joined by a line end, trimmed.
    pub fn own_text(&self) -> String {
        let own = self
            .spans
            .iter()
            .filter(|span| matches!(span.role, Role::Own | Role::Name));
        let pieces: Vec<&str> = own
            .map(|span| self.text[span.range.clone()].trim_end_matches('\n'))
            .collect();
        pieces.join("\n").trim().to_owned()
    }
}

/// Reads a message. Never panics and never fails: what cannot be read is a fault of the result.
pub fn read(raw: &[u8]) -> Message {
    // The one place that catches a panic of ours or of a parser: a message that breaks the reader becomes a review case.
    std::panic::catch_unwind(|| read_whole(raw)).unwrap_or_else(|panic| {
        let words = panic_words(panic.as_ref());
        let mut message =
            std::panic::catch_unwind(|| from_headers(&headers_of(raw))).unwrap_or_else(|_| empty());
        message.faults.push(ReadingFault::ReaderFailed(words));
        message
    })
}

/// The HTML of the message as it came, all of it hostile until it is cleaned: for showing only. None when it has none, or when
/// the message cannot be taken apart.
pub fn html_of(raw: &[u8]) -> Option<String> {
    let parts = std::panic::catch_unwind(|| mime::split(raw)).ok()?;
    let html: String = parts
        .segments
        .into_iter()
        .filter_map(|segment| segment.html)
        .collect();
    (!html.is_empty()).then_some(html)
}

fn panic_words(panic: &(dyn std::any::Any + Send)) -> String {
    let words = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied());
    words.unwrap_or("no reason given").to_owned()
}

fn read_whole(raw: &[u8]) -> Message {
    let headers = headers_of(raw);
    let mut message = from_headers(&headers);
    if raw.len() > MESSAGE_BYTES_MAX {
        message.faults.push(ReadingFault::TooLarge {
            limit_bytes: MESSAGE_BYTES_MAX,
        });
        return message;
    }
    let mut parts = mime::split(raw);
    message.date = message.date.or_else(|| parts.date.as_ref().and_then(zoned));
    body::cut(&mut parts);
    message.body = body::build(&parts.segments);
    if message.body.text.lines().nth(line::LINE_COUNT_MAX).is_some() {
        message.faults.push(ReadingFault::TooManyLines {
            limit: line::LINE_COUNT_MAX,
        });
    }
    if headers.is_empty() && message.body.text.trim().is_empty() && parts.attachments.is_empty() {
        message.faults.push(ReadingFault::Unparsable);
    }
    // A server's words may stand in one of two alternatives alone.
    let differing = message.body.differing_own_text.as_deref().unwrap_or_default();
    let text = format!("{}\n{differing}", message.body.text);
    let unquoted = format!("{}\n{differing}", message.body.unquoted());
    message.kind = kind::judge(&kind::Evidence {
        headers: &headers,
        parts: &parts,
        from: message.from.as_ref(),
        subject: &message.subject,
        date: message.date.as_ref().map(Zoned::date),
        text: &text,
        unquoted: &unquoted,
        has_quote: message.body.pieces(Role::Quoted).next().is_some(),
    });
    message.language = language::detect(&message.body.own_text());
    message.attachments = std::mem::take(&mut parts.attachments);
    // Without words beside it, they are inside, as RTF.
    if !message.body.text.trim().is_empty() {
        message.attachments = opened(message.attachments);
    }
    message.faults.extend(sealed(&message.attachments));
    message.faults.append(&mut parts.faults);
    message
}

/// The attachments, with the files of a `winmail.dat` in its place.
fn opened(attachments: Vec<Attachment>) -> Vec<Attachment> {
    let open = |attachment: Attachment| {
        let inside = tnef::is_tnef(&attachment.content).then(|| tnef::files(&attachment.content));
        inside.flatten().unwrap_or_else(|| vec![attachment])
    };
    attachments.into_iter().flat_map(open).collect()
}

/// Containers whose content stays closed to us: Outlook's own form where it is damaged, and signed or encrypted mail.
fn sealed(attachments: &[Attachment]) -> impl Iterator<Item = ReadingFault> {
    const SEALED: &[(&str, &str)] = &[
        ("application/ms-tnef", "winmail.dat (TNEF)"),
        ("application/vnd.ms-tnef", "winmail.dat (TNEF)"),
        ("application/pkcs7-mime", "a signed or encrypted part (S/MIME)"),
        ("application/x-pkcs7-mime", "a signed or encrypted part (S/MIME)"),
        ("application/pgp-encrypted", "an encrypted part (PGP)"),
    ];
    let named = |attachment: &Attachment| {
        let by_type = SEALED.iter().find(|(kind, _)| *kind == attachment.content_type);
        let winmail = attachment
            .name
            .as_deref()
            .is_some_and(|name| name.eq_ignore_ascii_case("winmail.dat"));
        by_type
            .map(|(_, what)| *what)
            .or(winmail.then_some("winmail.dat (TNEF)"))
            .map(|what| ReadingFault::NotOpened(what.to_owned()))
    };
    attachments
        .iter()
        .filter_map(named)
        .take(1)
        .collect::<Vec<_>>()
        .into_iter()
}

fn headers_of(raw: &[u8]) -> Headers {
    /// The headers of a message are not longer; a longer block is read so far.
    const HEADER_BYTES_MAX: usize = 1024 * 1024;
    Headers::parse(&raw[..raw.len().min(HEADER_BYTES_MAX)])
}

/// What the headers alone tell: cheap, and safe for a message of any size.
fn from_headers(headers: &Headers) -> Message {
    Message {
        message_id: headers.ids("message-id").into_iter().next(),
        in_reply_to: headers.ids("in-reply-to"),
        references: headers.ids("references"),
        from: headers.addresses("from").into_iter().next(),
        reply_to: headers.addresses("reply-to").into_iter().next(),
        return_path: headers.first("return-path").and_then(headers::path),
        to: headers.addresses("to"),
        cc: headers.addresses("cc"),
        delivered_to: delivered_to(headers),
        subject: headers.text("subject").unwrap_or_default(),
        date: headers.first("date").and_then(date),
        authentication_results: headers.all("authentication-results").map(str::to_owned).collect(),
        ..empty()
    }
}

fn delivered_to(headers: &Headers) -> Vec<String> {
    let names = ["delivered-to", "x-original-to", "envelope-to"];
    let values = names
        .into_iter()
        .flat_map(|name| headers.all(name).collect::<Vec<_>>());
    values
        .filter_map(headers::path)
        .filter(|address| !address.is_empty())
        .collect()
}

/// The Date header by RFC 5322, strictly; mail-parser's lenient reading stands in where that fails.
fn date(value: &str) -> Option<Zoned> {
    jiff::fmt::rfc2822::parse(value).ok()
}

fn zoned(date: &mail_parser::DateTime) -> Option<Zoned> {
    date.to_rfc3339()
        .parse::<jiff::Timestamp>()
        .ok()
        .and_then(|timestamp| {
            let hours = i32::from(date.tz_hour) * 3600 + i32::from(date.tz_minute) * 60;
            let seconds = if date.tz_before_gmt { -hours } else { hours };
            let offset = jiff::tz::Offset::from_seconds(seconds).ok()?;
            Some(timestamp.to_zoned(offset.to_time_zone()))
        })
}

fn empty() -> Message {
    Message {
        message_id: None,
        in_reply_to: Vec::new(),
        references: Vec::new(),
        from: None,
        reply_to: None,
        return_path: None,
        to: Vec::new(),
        cc: Vec::new(),
        delivered_to: Vec::new(),
        subject: String::new(),
        date: None,
        kind: MessageKind::Personal,
        language: None,
        body: Body::default(),
        attachments: Vec::new(),
        authentication_results: Vec::new(),
        faults: Vec::new(),
    }
}
