//! Which text is the customer's: the newly written pieces, what stands between our lines inside the quote, and the
//! subject when it carries a value.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::words::{Label, Meaning, Words};
use super::{SentLetter, found};
use crate::reading::{Body, Message, Role};
use crate::registration::value::{fold_key, fold_white_space};
use crate::registration::{Field, Language, Registration};

/// More own text than this many bytes is no answer but a document: a person reads it.
pub(super) const OWN_TEXT_BYTES_MAX: usize = 20 * 1024;
/// Quoted lines compared with the letter; the rest of a longer quote is taken as quoted.
const QUOTED_LINES_MAX: usize = 2_000;
/// A line of the quote that begins with this many words of our letter and goes on otherwise was written on.
const OUR_WORDS_MIN: usize = 3;
/// The label of a question without a number has no more words.
const LABEL_WORDS_MAX: usize = 6;

/// A piece of text the customer wrote.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub(super) text: String,
    /// Where it stands in the body; none for the subject.
    pub(super) range: Option<Range<usize>>,
    /// The question it stands under, inside the quote.
    pub(super) under: Option<Field>,
    /// The customer wrote the number of that question before it.
    pub(super) is_numbered: bool,
}

static NUMBERED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\s*(\d{1,2})\s?[.)]\s+\S").expect("a fixed pattern"));
static ARROW: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\s*(?:=+>|-+>|→|>>+)").expect("a fixed pattern"));
static REPLY_PREFIX: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:(?:re|aw|antw|antwoord|fwd?|wg|tr|sv|rép|rep)\s*(?:\[\d+\])?\s*:\s*)+")
        .expect("a fixed pattern")
});

/// The customer's pieces of the body, in order.
pub(super) fn pieces(
    message: &Message,
    registration: &Registration,
    letter: Option<&SentLetter>,
) -> Vec<Piece> {
    let body = &message.body;
    let mut pieces: Vec<Piece> = Vec::new();
    let mut quoted_above: Option<&str> = None;
    let mut lines_left = QUOTED_LINES_MAX;
    for span in &body.spans {
        let text = &body.text[span.range.clone()];
        match span.role {
            Role::Own if !text.trim().is_empty() => {
                let under = quoted_above.and_then(|quoted| question_at_end_of(quoted, registration));
                pieces.push(Piece {
                    text: text.to_owned(),
                    range: Some(span.range.clone()),
                    under,
                    is_numbered: false,
                });
            }
            Role::Quoted => {
                let lines = lines(&body.text, span.range.clone(), lines_left);
                lines_left -= lines.len();
                pieces.extend(inside_quote(body, &lines, registration, letter));
                quoted_above = Some(text);
            }
            _ => {}
        }
    }
    pieces
}

/// The parts of the subject that the customer may have written: without "Re:", and only those that hold a number other
/// than a reference. An ordinary subject says nothing.
pub(super) fn subject_parts(subject: &str) -> Vec<Piece> {
    let plain = REPLY_PREFIX.replace(subject, "");
    let is_reply = plain.len() != subject.trim_start().len();
    let parts: Vec<&str> = plain.split("->").flat_map(|part| part.split(" - ")).collect();
    parts
        .into_iter()
        .filter(|part| {
            let has_digit = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
            let names_reference = part.to_uppercase().contains("REG");
            // In a reply the words around our reference are ours, unless a number stands among them that is none of ours.
            let beside_reference = has_digit(&without_references(part));
            has_digit(part)
                && (beside_reference
                    || !(names_reference && (is_reply || fold_key(part).split(' ').count() <= 3)))
        })
        .map(|part| Piece {
            text: part.trim().to_owned(),
            range: None,
            under: None,
            is_numbered: false,
        })
        .collect()
}

fn without_references(text: &str) -> String {
    let mut rest = String::new();
    let mut end = 0;
    for found in found::find(text) {
        if matches!(
            found.form,
            found::Form::Reference(_) | found::Form::MistypedReference(_)
        ) {
            rest.push_str(&text[end..found.range.start]);
            end = found.range.end;
        }
    }
    rest.push_str(&text[end..]);
    rest
}

/// What the customer wrote inside a quoted piece.
fn inside_quote(
    body: &Body,
    lines: &[Range<usize>],
    registration: &Registration,
    letter: Option<&SentLetter>,
) -> Vec<Piece> {
    match letter {
        Some(letter) => beside_letter(body, lines, registration, letter),
        None => under_numbered_questions(body, lines, registration),
    }
}

fn lines(text: &str, range: Range<usize>, at_most: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = range.start;
    for line in text[range].split_inclusive('\n').take(at_most) {
        lines.push(start..start + line.trim_end_matches('\n').len());
        start += line.len();
    }
    lines
}

/// With the letter: what is not ours, between the first and the last line that is.
fn beside_letter(
    body: &Body,
    lines: &[Range<usize>],
    registration: &Registration,
    letter: &SentLetter,
) -> Vec<Piece> {
    let ours = comparable(&letter.text);
    let is_ours = |line: &Range<usize>| {
        let text = comparable(&body.text[line.clone()]);
        !text.is_empty() && ours.contains(&text)
    };
    let (Some(first), Some(last)) = (lines.iter().position(is_ours), lines.iter().rposition(is_ours)) else {
        return Vec::new();
    };
    let mut pieces = Vec::new();
    let mut under = None;
    let mut paragraph_begins = true;
    for line in &lines[first..=last] {
        let text = &body.text[line.clone()];
        if text.trim().is_empty() {
            paragraph_begins = true;
            continue;
        }
        let our_part = if is_ours(line) {
            text.len()
        } else {
            our_beginning(text, &ours)
        };
        if our_part > 0 {
            match question_of_ours(&text[..our_part], registration) {
                Some(field) => under = Some(field),
                // Another paragraph of ours: what follows it answers no question in particular.
                None if paragraph_begins => under = None,
                None => {}
            }
            paragraph_begins = false;
        }
        if !text[our_part..].trim().is_empty() {
            let range = line.start + our_part..line.end;
            pieces.push(Piece {
                text: body.text[range.clone()].to_owned(),
                range: Some(range),
                under,
                is_numbered: false,
            });
        }
    }
    pieces
}

/// The field a line of ours asks about; the number may be lost where the quote was made from HTML.
fn question_of_ours(line: &str, registration: &Registration) -> Option<Field> {
    if NUMBERED.is_match(line) {
        return question_in_line(line, registration);
    }
    let asked: Vec<Field> = registration
        .open_questions()
        .map(|question| question.field)
        .collect();
    line.contains(':')
        .then(|| by_label(line, &asked, registration.language))
        .flatten()
}

/// What the questions 1, 2 and so on of a letter ask for; empty when it has none.
pub(super) fn numbered_fields(letter: &str, registration: &Registration) -> Vec<Option<Field>> {
    let open: Vec<Field> = registration
        .open_questions()
        .map(|question| question.field)
        .collect();
    let ever: Vec<Field> = registration
        .questions
        .iter()
        .map(|question| question.field)
        .collect();
    let language = registration.language;
    let mut fields = Vec::new();
    for line in letter.lines().filter(|line| line.contains(':')) {
        let number = NUMBERED
            .captures(line)
            .and_then(|number| number.get(1)?.as_str().parse().ok());
        if number == Some(fields.len() + 1) {
            fields.push(by_label(line, &open, language).or_else(|| by_label(line, &ever, language)));
        }
    }
    fields
}

/// Quote marks and white space are no difference.
fn comparable(text: &str) -> String {
    let unquoted: String = text
        .chars()
        .map(|c| {
            if matches!(
                c,
                '>' | '"' | '«' | '»' | '“' | '”' | '„' | '*' | '_' | '\u{feff}'
            ) {
                ' '
            } else {
                c
            }
        })
        .collect();
    fold_white_space(&unquoted)
}

/// How many bytes of the line stand in our letter: a customer may write on behind our words.
fn our_beginning(line: &str, ours: &str) -> usize {
    let ends: Vec<usize> = line
        .char_indices()
        .filter(|(place, c)| c.is_whitespace() && *place > 0)
        .map(|(place, _)| place)
        .chain([line.len()])
        .collect();
    let words = |end: usize| line[..end].split_whitespace().count();
    // The longer the beginning, the rarer it is in the letter: halving finds the longest.
    let count = ends.partition_point(|end| ours.contains(&comparable(&line[..*end])));
    match count.checked_sub(1).map(|last| ends[last]) {
        Some(end) if words(end) >= OUR_WORDS_MIN => end,
        _ => 0,
    }
}

/// Without the letter: a paragraph that an arrow marks, or that stands between two numbered questions of ours.
fn under_numbered_questions(body: &Body, lines: &[Range<usize>], registration: &Registration) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut under: Option<Field> = None;
    let mut waiting: Option<Piece> = None;
    let mut paragraph_begins = true;
    let mut in_question = false;
    for line in lines {
        let text = &body.text[line.clone()];
        if text.trim().is_empty() {
            paragraph_begins = true;
            in_question = false;
            continue;
        }
        if NUMBERED.is_match(text) {
            // What stood between two questions is neither of them.
            pieces.extend(waiting.take());
            under = question_in_line(text, registration);
            in_question = true;
        } else if let Some(field) = under
            && !in_question
        {
            let piece = Piece {
                text: text.to_owned(),
                range: Some(line.clone()),
                under: Some(field),
                is_numbered: false,
            };
            if ARROW.is_match(text) {
                pieces.push(piece);
            } else if paragraph_begins && waiting.is_none() {
                waiting = Some(piece);
            } else {
                // A second paragraph: our address line and closing words after the last question.
                under = None;
                waiting = None;
            }
        }
        paragraph_begins = false;
    }
    pieces
}

/// The question that a quoted piece ends with.
fn question_at_end_of(quoted: &str, registration: &Registration) -> Option<Field> {
    let last_paragraph = quoted.trim_end().rsplit("\n\n").next()?;
    let numbered = last_paragraph.lines().rev().find(|line| NUMBERED.is_match(line));
    match numbered {
        Some(line) => question_in_line(line, registration),
        None => question_without_number(last_paragraph.lines().next()?, registration),
    }
}

/// "Name : missing, please fill in": the first line of a paragraph that begins with the label of an asked field.
fn question_without_number(line: &str, registration: &Registration) -> Option<Field> {
    let (label, _) = line.split_once(':')?;
    let asked: Vec<Field> = registration
        .open_questions()
        .map(|question| question.field)
        .collect();
    let is_short = label.split_whitespace().count() <= LABEL_WORDS_MAX;
    is_short
        .then(|| by_label(line, &asked, registration.language))
        .flatten()
}

/// The field a numbered line of ours asks about: told by its label, and by its number unless the two differ.
fn question_in_line(line: &str, registration: &Registration) -> Option<Field> {
    let number: usize = NUMBERED.captures(line)?.get(1)?.as_str().parse().ok()?;
    let by_number = registration
        .open_questions()
        .nth(number.checked_sub(1)?)
        .map(|question| question.field);
    let asked: Vec<Field> = registration
        .open_questions()
        .map(|question| question.field)
        .collect();
    match by_label(line, &asked, registration.language) {
        Some(field) => Some(field),
        // Labels that only fit fields which were not asked belong to another letter.
        None => by_number.filter(|_| !line.contains(':')),
    }
}

/// The one asked field whose label stands before the colon of a question line.
fn by_label(line: &str, asked: &[Field], language: Language) -> Option<Field> {
    let label = line.split(':').next().unwrap_or(line);
    let words = fold_key(
        label.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || ".)".contains(c)),
    );
    let one_of = |languages: &[Language]| {
        let named = |field: &&Field| {
            languages
                .iter()
                .any(|language| names_field(&words, **field, *language))
        };
        let fitting: Vec<&Field> = asked.iter().filter(named).collect();
        match fitting.as_slice() {
            [field] => Some(**field),
            _ => None,
        }
    };
    // Our letters are in the language of the registration; "name" is a last name in another.
    one_of(&[language]).or_else(|| one_of(&Language::ALL))
}

/// Whether the words of a label, in one language, name the field and no other energy.
fn names_field(words: &str, field: Field, language: Language) -> bool {
    let table = Words::of(language);
    let list: Vec<&str> = words.split(' ').collect();
    let mut labels = Vec::new();
    let mut energies = Vec::new();
    let mut place = 0;
    while place < list.len() {
        let longest = (place + 1..=list.len())
            .rev()
            .find(|end| !table.meanings(&list[place..*end].join(" ")).is_empty());
        let end = longest.unwrap_or(place + 1);
        for meaning in table.meanings(&list[place..end].join(" ")) {
            match meaning {
                Meaning::Label(label) => labels.push(*label),
                Meaning::Energy(energy) => energies.push(*energy),
                _ => {}
            }
        }
        place = end;
    }
    let energy_fits = field.energy().is_none_or(|energy| energies.contains(&energy));
    labels.iter().any(|label| match label {
        Label::Field(named) => *named == field,
        Label::Name => field == Field::LastName,
        Label::Date | Label::Home | Label::Address => false,
        Label::Ean => matches!(field, Field::ElectricityEan | Field::GasEan) && energy_fits,
        Label::MeterNumber => {
            matches!(field, Field::ElectricityMeterNumber | Field::GasMeterNumber) && energy_fits
        }
    })
}
