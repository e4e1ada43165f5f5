//! The body: lines of the better source, with whose each piece is.

use super::line::{LINE_COUNT_MAX, Line, TEXT_BYTES_MAX, head_of};
use super::mime::{Parts, Segment};
use super::{Body, BodySource, Role, Span, html, plain, quote, signature};

/// Cuts texts to what is read of them, and says so.
pub(crate) fn cut(parts: &mut Parts) {
    let mut left = TEXT_BYTES_MAX;
    let mut was_cut = false;
    for segment in &mut parts.segments {
        let plain = segment.plain.as_mut().map(|plain| &mut plain.text);
        let mut longest = 0;
        for text in plain.into_iter().chain(segment.html.as_mut()) {
            let kept = head_of(text, left).len();
            was_cut |= kept < text.len();
            text.truncate(kept);
            longest = longest.max(kept);
        }
        left -= longest;
    }
    if was_cut {
        parts.text_too_long();
    }
}

/// Reads the text of a message out of its segments.
pub(crate) fn build(segments: &[Segment]) -> Body {
    let has_html = segments.iter().any(|segment| segment.html.is_some());
    let has_plain = segments.iter().any(|segment| segment.plain.is_some());
    let from_html = has_html.then(|| assemble(lines(segments, BodySource::Html), BodySource::Html));
    let from_plain = has_plain.then(|| assemble(lines(segments, BodySource::Plain), BodySource::Plain));
    match (from_html, from_plain) {
        (Some(html), Some(plain)) => choose(html, plain),
        (Some(body), None) | (None, Some(body)) => body,
        (None, None) => Body::default(),
    }
}

/// HTML knows where a quote ends; plain text is taken where the HTML is empty, or has nothing of the sender's own.
fn choose(html: Body, plain: Body) -> Body {
    let plain_is_better =
        html.text.trim().is_empty() || (html.own_text().is_empty() && !plain.own_text().is_empty());
    let (mut chosen, other) = if plain_is_better {
        (plain, html)
    } else {
        (html, plain)
    };
    // A plain part of a line or two that stands in for the HTML says nothing.
    let other_own = other.own_text();
    if !other_own.is_empty() && says_something_else(&chosen, &other) {
        chosen.differing_own_text = Some(other_own);
    }
    chosen
}

/// Whether a line of the plain part's own text stands nowhere in the HTML's own text, signature or footer, or a line of the HTML's
/// nowhere in the plain part: colours tell what was written into the quote, and plain text has none.
fn says_something_else(one: &Body, other: &Body) -> bool {
    /// Longer texts are compared as a whole.
    const COMPARED_BY_LINES_BYTES_MAX: usize = 64 * 1024;
    let (own, other_own) = (one.own_text(), other.own_text());
    if folded(&own) == folded(&other_own) {
        return false;
    }
    if own.len().max(other_own.len()) > COMPARED_BY_LINES_BYTES_MAX {
        return true;
    }
    let lacks_a_line = |own: &str, of: &Body| {
        let is_plain = of.source == BodySource::Plain;
        let unquoted: String = of
            .spans
            .iter()
            .filter(|span| is_plain || !matches!(span.role, Role::Quoted | Role::Attribution))
            .map(|span| folded(&of.text[span.range.clone()]))
            .collect();
        own.lines().map(folded).any(|line| !unquoted.contains(&line))
    };
    lacks_a_line(&own, other) || lacks_a_line(&other_own, one)
}

/// The letters and digits alone: converters differ in white space, list marks, emphasis, links and pictures.
fn folded(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(['<', '[']) {
        kept.push_str(&rest[..start]);
        let inner = &rest[start + 1..];
        let added = ["http://", "https://", "mailto:", "tel:", "cid:", "image:"]
            .iter()
            .any(|begin| inner.starts_with(begin));
        let end = if added { inner.find(['>', ']']) } else { None };
        rest = end.map_or(inner, |end| &inner[end + 1..]);
    }
    kept.push_str(rest);
    let words = kept
        .split_whitespace()
        .filter(|word| !word.trim_start_matches('(').starts_with("http"));
    words
        .flat_map(str::chars)
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}

/// A segment that has not the wanted source gives its other one: a list's plain footer under an HTML mail.
fn lines(segments: &[Segment], source: BodySource) -> Vec<Line> {
    let mut all: Vec<Line> = Vec::new();
    for segment in segments {
        let of_html = || segment.html.as_deref().map(html::lines);
        let of_plain = || segment.plain.as_ref().map(plain::lines);
        let lines = match source {
            BodySource::Html => of_html().or_else(of_plain),
            _ => of_plain().or_else(of_html),
        };
        all.extend(lines.unwrap_or_default());
    }
    all
}

fn assemble(mut lines: Vec<Line>, source: BodySource) -> Body {
    trim_blank_ends(&mut lines);
    let looked_at = lines.len().min(LINE_COUNT_MAX);
    let mut roles = quote::roles(&lines[..looked_at]);
    signature::mark(&lines[..looked_at], &mut roles);
    blank_lines_follow(&lines[..looked_at], &mut roles);
    roles.resize(lines.len(), roles.last().copied().unwrap_or(Role::Own));
    let mut body = Body {
        source,
        ..Body::default()
    };
    for (line, role) in lines.iter().zip(roles) {
        let start = body.text.len();
        body.text.push_str(&line.text);
        body.text.push('\n');
        let end = body.text.len();
        match body.spans.last_mut() {
            Some(span) if span.role == role => span.range.end = end,
            _ => body.spans.push(Span {
                range: start..end,
                role,
            }),
        }
    }
    body
}

fn trim_blank_ends(lines: &mut Vec<Line>) {
    let end = lines
        .iter()
        .rposition(|line| !line.is_blank())
        .map_or(0, |last| last + 1);
    lines.truncate(end);
    let start = lines.iter().position(|line| !line.is_blank()).unwrap_or(0);
    lines.drain(..start);
}

/// A blank line belongs to what stands above it.
fn blank_lines_follow(lines: &[Line], roles: &mut [Role]) {
    for index in 1..lines.len() {
        if lines[index].is_blank() {
            roles[index] = roles[index - 1];
        }
    }
}
