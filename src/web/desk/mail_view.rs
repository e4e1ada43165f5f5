//! The message of a case, safe to look at: its text with what was read marked, its HTML cleaned, its files as downloads.

use std::collections::{HashMap, HashSet};

use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};

use super::Fault;
use crate::reading::{self, Body, Message, Role};
use crate::store::MessageKey;
use crate::web::WebState;
use crate::web::session::SignedIn;

/// HTML beyond this many bytes is not shown: its text is.
const HTML_BYTES_MAX: usize = 512 * 1024;
/// HTML nested deeper than this is not shown: cleaning takes quadratic time in it.
const HTML_DEPTH_MAX: usize = 256;
/// Text beyond this many bytes is cut on the page; the download has all of it.
const TEXT_BYTES_SHOWN_MAX: usize = 200 * 1024;

/// A piece of the text, marked when something was read from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub mark: Option<MarkKind>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkKind {
    /// An answer was read here.
    Answer,
    /// A person must look here.
    Doubt,
}

impl Piece {
    pub fn class(&self) -> &'static str {
        match self.mark {
            Some(MarkKind::Answer) => "answer",
            Some(MarkKind::Doubt) => "doubt",
            None => "",
        }
    }
}

/// A run of text of one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub role: Role,
    pub pieces: Vec<Piece>,
    pub lines: usize,
}

impl Block {
    pub fn is_own(&self) -> bool {
        self.role == Role::Own
    }

    /// A folded block opens by itself when something in it counts.
    pub fn is_marked(&self) -> bool {
        self.pieces.iter().any(|piece| piece.mark.is_some())
    }

    pub fn label(&self) -> &'static str {
        match self.role {
            Role::Own | Role::Name => "Own text",
            Role::Struck => "Struck through",
            Role::Quoted | Role::Attribution => "Quoted text",
            Role::Signature => "Signature",
            Role::Footer => "Footer",
        }
    }
}

/// What to mark in the text: byte ranges of [`Body::text`].
pub type Mark = ((usize, usize), MarkKind);

/// The text in runs of one role, each cut into marked and plain pieces.
pub fn blocks(body: &Body, marks: &[Mark]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut shown = 0;
    for span in &body.spans {
        let Some(text) = body.text.get(span.range.clone()) else {
            continue;
        };
        shown += text.len();
        if shown > TEXT_BYTES_SHOWN_MAX {
            let text = "… the rest is in the downloaded message.".into();
            blocks.push(Block {
                role: Role::Own,
                pieces: vec![Piece { text, mark: None }],
                lines: 1,
            });
            break;
        }
        // The line that introduces a quote folds with it.
        let role = match span.role {
            Role::Attribution => Role::Quoted,
            Role::Name => Role::Own,
            other => other,
        };
        let pieces = pieces(&body.text, span.range.start, span.range.end, marks);
        let lines = text.lines().count();
        match blocks.last_mut().filter(|block| block.role == role) {
            Some(block) => {
                block.pieces.extend(pieces);
                block.lines += lines;
            }
            None => blocks.push(Block { role, pieces, lines }),
        }
    }
    blocks.retain(|block| block.pieces.iter().any(|piece| !piece.text.trim().is_empty()));
    blocks
}

/// More marks than this are not drawn: a page that is all marks shows nothing.
const MARKS_MAX: usize = 300;

/// Cuts at every edge of a mark. Where an answer stands in a doubtful sentence, the answer is what is shown.
fn pieces(text: &str, start: usize, end: usize, marks: &[Mark]) -> Vec<Piece> {
    let inside: Vec<(usize, usize, MarkKind)> = marks
        .iter()
        .take(MARKS_MAX)
        .map(|((from, to), kind)| ((*from).max(start), (*to).min(end), *kind))
        .filter(|(from, to, _)| from < to && text.is_char_boundary(*from) && text.is_char_boundary(*to))
        .collect();
    let mut edges: Vec<usize> = inside.iter().flat_map(|(from, to, _)| [*from, *to]).collect();
    edges.extend([start, end]);
    edges.sort_unstable();
    edges.dedup();
    let mut pieces: Vec<Piece> = Vec::new();
    for edge in edges.windows(2) {
        let covers = |kind| {
            inside
                .iter()
                .any(|(from, to, of)| *of == kind && *from <= edge[0] && edge[1] <= *to)
        };
        let mark = [MarkKind::Answer, MarkKind::Doubt]
            .into_iter()
            .find(|kind| covers(*kind));
        let piece = &text[edge[0]..edge[1]];
        match pieces.last_mut().filter(|last| last.mark == mark) {
            Some(last) => last.text.push_str(piece),
            None => pieces.push(Piece {
                text: piece.to_owned(),
                mark,
            }),
        }
    }
    pieces
}

/// The HTML with nothing left in it that acts, loads or links; none when it is too large or too deep to clean.
pub fn sanitised(html: &str) -> Option<String> {
    if html.len() > HTML_BYTES_MAX || depth(html) > HTML_DEPTH_MAX {
        return None;
    }
    const TAGS: [&str; 41] = [
        "p",
        "br",
        "div",
        "span",
        "b",
        "i",
        "em",
        "strong",
        "u",
        "s",
        "small",
        "sub",
        "sup",
        "blockquote",
        "pre",
        "code",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "center",
        "del",
        "ins",
        "abbr",
    ];
    const DROPPED_WITH_CONTENT: [&str; 13] = [
        "script", "style", "title", "template", "noscript", "svg", "math", "iframe", "object", "embed",
        "select", "textarea", "head",
    ];
    let cell = HashSet::from(["colspan", "rowspan"]);
    let clean = ammonia::Builder::empty()
        .tags(HashSet::from(TAGS))
        .clean_content_tags(HashSet::from(DROPPED_WITH_CONTENT))
        .tag_attributes(HashMap::from([("td", cell.clone()), ("th", cell)]))
        .generic_attributes(HashSet::new())
        .strip_comments(true)
        .clean(html)
        .to_string();
    Some(clean)
}

/// How deep the tags nest, at most; elements that close themselves are not counted.
fn depth(html: &str) -> usize {
    const CLOSES_ITSELF: [&str; 17] = [
        "br", "img", "hr", "meta", "link", "input", "col", "area", "base", "wbr", "p", "li", "option", "dt",
        "dd", "!doctype", "!--",
    ];
    let (mut depth, mut deepest) = (0usize, 0usize);
    for piece in html.split('<').skip(1) {
        let name: String = piece
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '!' | '-' | ':'))
            .take(16)
            .collect::<String>()
            .to_ascii_lowercase();
        if name.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !CLOSES_ITSELF.contains(&name.as_str())
            && name.starts_with(|c: char| c.is_ascii_alphabetic())
        {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest
}

/// Reads a message away from the async threads. Never fails: a reader that failed is a message that could not be read.
pub(super) async fn read(raw: Vec<u8>) -> Option<Message> {
    tokio::task::spawn_blocking(move || reading::read(&raw))
        .await
        .ok()
}

async fn raw_of(state: &WebState, key: String) -> Result<Vec<u8>, Fault> {
    state
        .store
        .raw_message(&MessageKey(key))
        .await?
        .ok_or(Fault::NotFound)
}

/// The style of the mail frame stands in the document; the policy names it by its hash.
const FRAME_STYLE: &str = "html{color-scheme:light dark}body{margin:.75rem;font:14px/1.5 system-ui,sans-serif;\
                           overflow-wrap:anywhere}table{border-collapse:collapse}td,th{padding:.1rem .4rem;\
                           vertical-align:top}blockquote{margin:.5rem 0 .5rem .25rem;padding-left:.75rem;\
                           border-left:2px solid GrayText;color:GrayText}";

fn frame_policy() -> HeaderValue {
    let hash = ring::digest::digest(&ring::digest::SHA256, FRAME_STYLE.as_bytes());
    let hash = data_encoding::BASE64.encode(hash.as_ref());
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; sandbox; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'self'"
    );
    HeaderValue::from_str(&policy).expect("a policy is visible ASCII")
}

/// The cleaned HTML of a message, in a document of its own for a sandboxed frame.
pub async fn html(
    State(state): State<WebState>,
    SignedIn(_): SignedIn,
    Path(key): Path<String>,
) -> Result<Response, Fault> {
    let raw = raw_of(&state, key).await?;
    let clean = tokio::task::spawn_blocking(move || sanitised(&reading::html_of(&raw)?)).await;
    let clean = clean.ok().flatten().unwrap_or_else(|| {
        "<p>This HTML is too large to show, or there is none. Its text is on the page.</p>".into()
    });
    let document = format!(
        "<!doctype html><html><head><meta charset=\"utf-8\"><style>{FRAME_STYLE}</style></head><body>{clean}</body></html>"
    );
    Ok((
        [(header::CONTENT_SECURITY_POLICY, frame_policy())],
        Html(document),
    )
        .into_response())
}

/// The message as it came.
pub async fn raw(
    State(state): State<WebState>,
    SignedIn(_): SignedIn,
    Path(key): Path<String>,
) -> Result<Response, Fault> {
    let raw = raw_of(&state, key).await?;
    Ok(download("message.eml", raw))
}

pub async fn attachment(
    State(state): State<WebState>,
    SignedIn(_): SignedIn,
    Path((key, number)): Path<(String, usize)>,
) -> Result<Response, Fault> {
    let raw = raw_of(&state, key).await?;
    let message = read(raw).await.ok_or(Fault::Inside)?;
    let attachment = number
        .checked_sub(1)
        .and_then(|place| message.attachments.into_iter().nth(place))
        .ok_or(Fault::NotFound)?;
    let name = attachment.name.unwrap_or_else(|| format!("attachment-{number}"));
    Ok(download(&name, attachment.content))
}

/// Always bytes to be saved, whatever they claim to be: nothing a stranger sent is opened on our origin.
fn download(name: &str, bytes: Vec<u8>) -> Response {
    let encoded = percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC);
    let disposition = HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{encoded}"))
        .expect("percent-encoded text is visible ASCII");
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/octet-stream"),
        ),
        (header::CONTENT_DISPOSITION, disposition),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; sandbox"),
        ),
    ];
    (headers, bytes).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::{BodySource, Span};

    #[test]
    fn nothing_active_or_remote_survives() {
        let hostile = r#"<p onclick="x()" style="background:url(//t.example/p)">Hi <b>Ann</b></p><img src="https://t.example/p.gif">
            <script>alert(1)</script><svg onload=alert(1)><a href="x">y</a></svg><a href="javascript:alert(1)">here</a>
            <form action="/desk/sign-out" method="post"><button>go</button></form><iframe src="/desk"></iframe>
            <meta http-equiv="refresh" content="0;url=https://t.example"><link rel="stylesheet" href="//t.example/c.css">
            <table background="//t.example/b"><tr><td colspan="2">cell</td></tr></table><base href="//t.example">"#;
        let clean = sanitised(hostile).unwrap();
        for gone in [
            "script",
            "alert",
            "onclick",
            "style",
            "t.example",
            "<a",
            "<form",
            "<button",
            "<img",
            "<svg",
            "href",
            "iframe",
            "<meta",
            "<link",
            "<base",
        ] {
            assert!(!clean.contains(gone), "{gone} in {clean}");
        }
        assert!(clean.contains("<p>Hi <b>Ann</b></p>"));
        assert!(clean.contains("<td colspan=\"2\">cell</td>"));
        assert!(clean.contains("here"));
    }

    #[test]
    fn what_is_too_large_or_too_deep_is_not_cleaned() {
        assert_eq!(sanitised(&"<div>".repeat(20_000)), None);
        assert_eq!(sanitised(&"x".repeat(HTML_BYTES_MAX + 1)), None);
        assert!(sanitised(&"<p>line<br>".repeat(2_000)).is_some());
    }

    fn body() -> Body {
        let text = "Mon EAN est 123.\nMerci\nLe 1 mai, X a écrit :\nVotre EAN ?\n";
        let span = |start: usize, end: usize, role| Span {
            range: start..end,
            role,
        };
        Body {
            text: text.into(),
            spans: vec![
                span(0, 23, Role::Own),
                span(23, 46, Role::Attribution),
                span(46, text.len(), Role::Quoted),
            ],
            source: BodySource::Plain,
            differing_own_text: None,
        }
    }

    #[test]
    fn the_text_comes_in_runs_with_marks_and_nothing_is_lost() {
        let marks = [
            ((12, 15), MarkKind::Answer),
            ((0, 16), MarkKind::Doubt),
            ((400, 500), MarkKind::Doubt),
        ];
        let blocks = blocks(&body(), &marks);
        assert_eq!(blocks.len(), 2);
        let joined: String = blocks
            .iter()
            .flat_map(|block| &block.pieces)
            .map(|piece| piece.text.as_str())
            .collect();
        assert_eq!(joined, body().text);
        assert!(blocks[0].is_own() && blocks[0].is_marked() && !blocks[1].is_marked());
        assert_eq!(blocks[1].lines, 2);
    }

    #[test]
    fn an_answer_shows_inside_a_doubtful_sentence() {
        let own = blocks(
            &body(),
            &[((0, 16), MarkKind::Doubt), ((12, 15), MarkKind::Answer)],
        )
        .remove(0);
        let pieces: Vec<(&str, &str)> = own
            .pieces
            .iter()
            .map(|piece| (piece.text.as_str(), piece.class()))
            .collect();
        assert_eq!(
            pieces,
            [
                ("Mon EAN est ", "doubt"),
                ("123", "answer"),
                (".", "doubt"),
                ("\nMerci\n", "")
            ]
        );
    }
}
