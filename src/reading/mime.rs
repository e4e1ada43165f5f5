//! The parts of a message: which hold its text, which are attachments. Structure by mail-parser, bytes by [`decode`].

use std::borrow::Cow;
use std::collections::HashSet;

use mail_parser::{ContentType, HeaderName, MessageParser, MessagePart, MimeHeaders, PartType};
use memchr::memmem;

use super::decode::{self, TransferEncoding};
use super::headers::Headers;
use super::line::TEXT_BYTES_MAX;
use super::{Attachment, ReadingFault};

/// Parts beyond this many are not read.
pub(crate) const PART_COUNT_MAX: usize = 500;
/// Bytes of body text that are decoded, as they were sent: enough for all that is read of it, escaped or not.
const BODY_SOURCE_BYTES_MAX: usize = 4 * TEXT_BYTES_MAX;

/// A text part, decoded.
#[derive(Debug, Clone, Default)]
pub(crate) struct TextPart {
    pub text: String,
    /// `format=flowed` of RFC 3676.
    pub flowed: bool,
    /// Its `delsp=yes`: the space that marks a soft break is deleted.
    pub delete_space: bool,
}

/// One piece of the body; both, when it came as `multipart/alternative`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Segment {
    pub plain: Option<TextPart>,
    pub html: Option<String>,
}

/// A message taken apart.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub segments: Vec<Segment>,
    pub attachments: Vec<Attachment>,
    /// `report-type` of a `multipart/report`, lower case.
    pub report_type: Option<String>,
    /// Date header, as mail-parser reads it.
    pub date: Option<mail_parser::DateTime>,
    pub faults: Vec<ReadingFault>,
}

/// Takes a message apart.
pub(crate) fn split(raw: &[u8]) -> Parts {
    let raw = unfold_parameters(raw);
    // Only the structure is taken from it, [`decode`] does the bytes: what it does not decode it does not look into. A message
    // hidden in base64 would be taken apart by recursion, as deep as its sender likes.
    let parser = MessageParser::new()
        .with_mime_headers()
        .with_date_headers()
        .ignore_header(HeaderName::ContentTransferEncoding);
    let Some(message) = parser.parse(raw.as_ref()).map(Parsed) else {
        return Parts::default();
    };
    let message = &message.0;
    let mut splitter = Splitter {
        raw: raw.as_ref(),
        parts: Parts::default(),
        body_bytes_left: BODY_SOURCE_BYTES_MAX,
        shown: HashSet::new(),
    };
    splitter.parts.date = message.date().copied();
    splitter.walk(&message.parts);
    if splitter.breaks_off(&message.parts) {
        let what = "what follows a part whose boundary is used twice";
        splitter
            .parts
            .faults
            .push(ReadingFault::NotOpened(what.to_owned()));
    }
    splitter.parts
}

/// A parsed message. Messages in messages hold each other: thousands of them, dropped one inside the other, would exhaust the
/// stack and end the process, which no `catch_unwind` can hold. So they are taken apart one after the other.
struct Parsed<'a>(mail_parser::Message<'a>);

impl Drop for Parsed<'_> {
    fn drop(&mut self) {
        let mut pending = std::mem::take(&mut self.0.parts);
        while let Some(part) = pending.pop() {
            if let PartType::Message(mut nested) = part.body {
                pending.append(&mut nested.parts);
            }
        }
    }
}

struct Splitter<'a> {
    raw: &'a [u8],
    parts: Parts,
    body_bytes_left: usize,
    /// Content-IDs that the HTML shows.
    shown: HashSet<String>,
}

/// Where a part stands: what its container makes of it.
#[derive(Clone, Copy, Default)]
struct Place {
    /// The body segment that the parts of an alternative share.
    segment: Option<usize>,
    /// Inside a `multipart/report`, after its first child: what is returned is no body.
    returned: bool,
}

impl<'a> Splitter<'a> {
    /// Visits the parts in the order of the message, with a stack of its own: nesting cannot exhaust the program's.
    fn walk(&mut self, parts: &[MessagePart<'_>]) {
        let mut stack: Vec<(usize, Place)> = vec![(0, Place::default())];
        let mut seen = 0usize;
        while let Some((index, place)) = stack.pop() {
            let Some(part) = parts.get(index) else { continue };
            seen += 1;
            if seen > PART_COUNT_MAX {
                self.parts.faults.push(ReadingFault::TooManyParts {
                    limit: PART_COUNT_MAX,
                });
                return;
            }
            match &part.body {
                PartType::Multipart(children) => {
                    let inner = self.enter(part, place, index == 0);
                    let report = is_report(part);
                    for (position, child) in children.iter().enumerate().rev() {
                        let returned = inner.returned || (report && position > 0);
                        stack.push((*child as usize, Place { returned, ..inner }));
                    }
                }
                _ => self.leaf(part, place, index == 0),
            }
        }
    }

    /// Whether a part begins behind the last that was found: mail-parser stops where a message inside uses the boundary of the
    /// one around it.
    fn breaks_off(&self, parts: &[MessagePart<'_>]) -> bool {
        let leaves = parts
            .iter()
            .filter(|part| !matches!(part.body, PartType::Multipart(_)));
        let end = leaves.map(|part| part.offset_end).max().unwrap_or_default();
        let rest = self.raw.get(end as usize..).unwrap_or_default();
        let boundary = parts
            .first()
            .filter(|part| matches!(part.body, PartType::Multipart(_)))
            .and_then(|part| part.content_type()?.attribute("boundary"));
        boundary.is_some_and(|boundary| {
            let delimiter = format!("\n--{boundary}");
            memmem::find_iter(rest, &delimiter).any(|at| {
                let behind = &rest[at + delimiter.len()..];
                let line_end = memchr::memchr(b'\n', behind).unwrap_or(behind.len());
                // Neither the end of the parts, nor the boundary of another one that only begins alike.
                behind[..line_end].trim_ascii().is_empty() && !behind.trim_ascii().is_empty()
            })
        })
    }

    fn enter(&mut self, part: &MessagePart<'_>, place: Place, root: bool) -> Place {
        if root && is_report(part) {
            let report_type = part.content_type().and_then(|kind| kind.attribute("report-type"));
            self.parts.report_type = report_type.map(str::to_ascii_lowercase);
        }
        let alternative = subtype_is(part, "alternative");
        if alternative && place.segment.is_none() && !place.returned {
            self.parts.segments.push(Segment::default());
            return Place {
                segment: Some(self.parts.segments.len() - 1),
                ..place
            };
        }
        place
    }

    fn leaf(&mut self, part: &MessagePart<'_>, place: Place, alone: bool) {
        let headers = Headers::parse(self.slice(part.offset_header, part.offset_body));
        let content_type = content_type_of(part);
        let name = file_name(part, &headers);
        let attached = part.content_disposition().is_some_and(ContentType::is_attachment);
        let text = matches!(content_type.as_str(), "text/plain" | "text/html");
        // A message of one text part is its text, whatever it calls itself.
        let is_body = alone || (!attached && !place.returned && (name.is_none() || place.segment.is_some()));
        let source = self.slice(part.offset_body, part.offset_end);
        if text && is_body {
            let bytes = self.body_bytes(source, &headers);
            self.body(part, &content_type, bytes, place);
            return;
        }
        let content_id = headers
            .first("content-id")
            .map(|id| id.trim_matches(['<', '>', ' ']));
        let inline = content_id.is_some_and(|id| self.shown.contains(id));
        let content = transfer_encoding(&headers).decode(source);
        self.parts.attachments.push(Attachment {
            name,
            content_type,
            content,
            inline,
        });
    }

    fn body(&mut self, part: &MessagePart<'_>, content_type: &str, bytes: Vec<u8>, place: Place) {
        let parameter = |name: &str| part.content_type().and_then(|kind| kind.attribute(name));
        let charset = parameter("charset");
        let index = match place.segment {
            Some(index) => index,
            None => {
                self.parts.segments.push(Segment::default());
                self.parts.segments.len() - 1
            }
        };
        let Some(segment) = self.parts.segments.get_mut(index) else {
            return;
        };
        if content_type == "text/html" {
            let own = charset
                .map(str::to_owned)
                .or_else(|| decode::html_meta_charset(&bytes));
            let html = decode::text(&bytes, own.as_deref());
            self.shown.extend(shown_inside(&html));
            segment.html.get_or_insert_default().push_str(&html);
        } else {
            let text = decode::text(&bytes, charset);
            let flowed = parameter("format").is_some_and(|format| format.eq_ignore_ascii_case("flowed"));
            let delete_space = parameter("delsp").is_some_and(|value| value.eq_ignore_ascii_case("yes"));
            let plain = segment.plain.get_or_insert_default();
            plain.text.push_str(&text);
            plain.flowed = flowed;
            plain.delete_space = delete_space;
        }
    }

    /// The decoded bytes of a body; of a huge one, its beginning.
    fn body_bytes(&mut self, source: &[u8], headers: &Headers) -> Vec<u8> {
        let kept = source.len().min(self.body_bytes_left);
        self.body_bytes_left -= kept;
        let mut bytes = transfer_encoding(headers).decode(&source[..kept]);
        if kept < source.len() {
            decode::drop_cut_character(&mut bytes);
            self.parts.text_too_long();
        }
        bytes
    }

    fn slice(&self, start: u32, end: u32) -> &'a [u8] {
        let (start, end) = (start as usize, (end as usize).min(self.raw.len()));
        self.raw.get(start..end.max(start)).unwrap_or_default()
    }
}

impl Parts {
    /// Says that not all text was read.
    pub(crate) fn text_too_long(&mut self) {
        let fault = ReadingFault::TextTooLong {
            limit_bytes: TEXT_BYTES_MAX,
        };
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }
}

fn transfer_encoding(headers: &Headers) -> TransferEncoding {
    let encoding = headers.first("content-transfer-encoding").unwrap_or_default();
    TransferEncoding::from_header(encoding)
}

/// The Content-IDs that an HTML source refers to (`cid:`, RFC 2392).
fn shown_inside(html: &str) -> impl Iterator<Item = String> {
    let ends = |letter: char| letter.is_whitespace() || matches!(letter, '"' | '\'' | '<' | '>' | ')');
    html.split("cid:")
        .skip(1)
        .filter_map(move |rest| rest.split(ends).next())
        .filter(|id| !id.is_empty())
        .map(str::to_owned)
}

fn is_report(part: &MessagePart<'_>) -> bool {
    subtype_is(part, "report")
}

fn subtype_is(part: &MessagePart<'_>, subtype: &str) -> bool {
    part.content_type()
        .and_then(ContentType::subtype)
        .is_some_and(|own| own.eq_ignore_ascii_case(subtype))
}

/// `type/subtype` in lower case; `text/plain` where none is given, as RFC 2045 has it.
fn content_type_of(part: &MessagePart<'_>) -> String {
    match part.content_type() {
        Some(kind) => match kind.subtype() {
            Some(subtype) => format!("{}/{}", kind.ctype(), subtype).to_ascii_lowercase(),
            // `Content-Type: text` of old Unix mailers.
            None if kind.ctype().eq_ignore_ascii_case("text") => "text/plain".to_owned(),
            None => "application/octet-stream".to_owned(),
        },
        None => match part.body {
            PartType::Message(_) => "message/rfc822".to_owned(),
            _ => "text/plain".to_owned(),
        },
    }
}

fn file_name(part: &MessagePart<'_>, headers: &Headers) -> Option<String> {
    let of = |kind: Option<&ContentType<'_>>, attribute: &str| {
        kind.and_then(|kind| kind.attribute(attribute)).map(str::to_owned)
    };
    let parsed = of(part.content_disposition(), "filename").or_else(|| of(part.content_type(), "name"))?;
    // mail-parser resolves encoded words one by one: a character split over two of them is lost. Ours joins them.
    let name = if parsed.contains('\u{FFFD}') {
        own_file_name(headers).unwrap_or(parsed)
    } else {
        parsed
    };
    let name = decode::encoded_words(&name);
    let name = name.rsplit(['/', '\\']).next().unwrap_or(&name).trim().to_owned();
    (!name.is_empty()).then_some(name)
}

fn own_file_name(headers: &Headers) -> Option<String> {
    let pairs = [("content-disposition", "filename="), ("content-type", "name=")];
    pairs.into_iter().find_map(|(header, parameter)| {
        let value = headers.first(header)?;
        let start = value.to_ascii_lowercase().find(parameter)? + parameter.len();
        let rest = value.get(start..)?.trim_start();
        match rest.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next().map(str::to_owned),
            None => rest.split(';').next().map(|name| name.trim().to_owned()),
        }
    })
}

/// Joins a header parameter with its value on the folded next line (`boundary=\r\n "x"`): mail-parser 0.11 loses the
/// value otherwise, and with it the whole structure. Only header blocks are touched: a soft break of quoted-printable
/// looks the same.
fn unfold_parameters(raw: &[u8]) -> Cow<'_, [u8]> {
    let mut out: Option<Vec<u8>> = None;
    let dashes = memmem::Finder::new("\n--");
    let mut in_headers = true;
    let mut start = 0;
    while start < raw.len() {
        let mut end = memchr::memchr(b'\n', &raw[start..]).map_or(raw.len(), |at| start + at + 1);
        let content = raw[start..end].trim_ascii_end();
        if is_boundary_line(content) {
            in_headers = true;
        } else if in_headers && !is_header_line(content) {
            in_headers = false;
        }
        if in_headers && matches!(raw.get(end), Some(b' ' | b'\t')) && ends_in_parameter(content) {
            let value = raw[end..]
                .iter()
                .position(|byte| !matches!(byte, b' ' | b'\t'))
                .unwrap_or(0);
            out.get_or_insert_with(|| raw[..start].to_vec())
                .extend_from_slice(content);
            start = end + value;
            continue;
        }
        if !in_headers {
            // Of a body, only the next line of dashes may matter.
            end = dashes.find(&raw[end - 1..]).map_or(raw.len(), |at| end + at);
        }
        if let Some(out) = &mut out {
            out.extend_from_slice(&raw[start..end]);
        }
        start = end;
    }
    out.map_or(Cow::Borrowed(raw), Cow::Owned)
}

/// `--` and what RFC 2046 allows in a boundary: not `-->`, which ends a comment of HTML.
fn is_boundary_line(line: &[u8]) -> bool {
    /// RFC 2046 allows 70 after the dashes; some clients write more.
    const BOUNDARY_BYTES_MAX: usize = 200;
    let allowed = |byte: &u8| byte.is_ascii_alphanumeric() || b"'()+_,-./:=? ".contains(byte);
    line.starts_with(b"--") && (3..BOUNDARY_BYTES_MAX).contains(&line.len()) && line.iter().all(allowed)
}

/// `Name: value`, or the folded rest of one.
fn is_header_line(line: &[u8]) -> bool {
    if line.starts_with(b" ") || line.starts_with(b"\t") {
        return true;
    }
    let name = line
        .iter()
        .position(|byte| *byte == b':')
        .map_or(&[][..], |colon| &line[..colon]);
    !name.is_empty()
        && name
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

fn ends_in_parameter(line: &[u8]) -> bool {
    let Some(before) = line.strip_suffix(b"=") else {
        return false;
    };
    let start = before
        .iter()
        .rposition(|byte| matches!(byte, b' ' | b'\t' | b';' | b'"'))
        .map_or(0, |at| at + 1);
    let name = &before[start..];
    let name = name.split(|byte| *byte == b'*').next().unwrap_or_default();
    [
        &b"boundary"[..],
        b"filename",
        b"name",
        b"charset",
        b"format",
        b"report-type",
    ]
    .iter()
    .any(|known| known.eq_ignore_ascii_case(name))
}

/// The headers of a returned message: of a `message/rfc822` or a `text/rfc822-headers` part.
pub(crate) fn returned_headers(attachment: &Attachment) -> Option<Headers> {
    let kinds = [
        "message/rfc822",
        "text/rfc822-headers",
        "message/global",
        "message/global-headers",
        "message/rfc822-headers",
    ];
    kinds
        .contains(&attachment.content_type.as_str())
        .then(|| Headers::parse(&attachment.content))
}
