//! Answers behind the number of their question, as our letters ask for: "1. Yes", "2) 5414...". Each is cut out as a piece of
//! its own that stands under its question.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::own::{self, Piece};
use super::words::{Meaning, Words};
use super::{DOUBT_CHARS_MAX, Doubt, DoubtReason, SentLetter};
use super::{found, sentence};
use crate::reading::{Message, Role};
use crate::registration::question::QUESTIONS_MAX;
use crate::registration::value::fold_key;
use crate::registration::{Field, Language, Registration};

/// A single bare number is rather part of a value.
const BARE_NUMBERS_MIN: usize = 2;
/// Quoted lines in which our questions are sought.
const QUOTED_LINES_MAX: usize = 2_000;
/// Digits that may follow the mark of a number without a space: fewer are a date, a decimal or a time.
const GLUED_DIGITS_MIN: usize = 9;

static MARKER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^[ \t]*(?:[-*•][ \t]+)?(\(|(?:question|vraag|frage|q|réponse|reponse|antwoord|antwort|answer)[ \t]*)?([1-9]\d?)([ \t]?(?:\.\)|[.):])|[ \t]?[-–—]|[ \t])",
    )
    .expect("a fixed pattern")
});
/// A number of a question with nothing but a space behind it.
static BARE_NUMBER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[ \t]*([1-9]\d?)[ \t]+\S").expect("a fixed pattern"));
/// Another number inside a line that began with one.
static NEXT_MARKER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[\s,;.!]([1-9]\d?)[ \t]?([.):])[ \t]").expect("a fixed pattern"));
/// Three numbers with full stops: a date written with spaces, or the number of a question before a day and month.
static THREE_NUMBERS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[1-9]\d?\.[ \t]\d{1,2}\.([ \t]?)\d{2,4}(?:[^\d.]|\.?$|\.\s)").expect("a fixed pattern")
});

/// Which question each number stands for.
pub(super) struct Numbering {
    /// The field of question 1, 2 and so on; none for a line of the letter that names no field we know to be asked.
    fields: Vec<Option<Field>>,
    /// Numbers that were answered.
    answered: BTreeSet<usize>,
}

struct Marker {
    number: usize,
    /// From the number to the answer.
    range: Range<usize>,
    /// Whether the number may as well belong to the value behind it.
    ambiguous: bool,
}

impl Numbering {
    /// The numbered lines of the letter tell the order, or of its quote where we have it not. Without them the order of the open questions does, unless an answer
    /// came since: then nobody knows which letter was counted.
    pub(super) fn new(
        message: &Message,
        registration: &Registration,
        letter: Option<&SentLetter>,
    ) -> Numbering {
        let mut fields = match letter {
            Some(letter) => own::numbered_fields(&letter.text, registration),
            None => own::numbered_fields(&quoted(message), registration),
        };
        let open: Vec<Option<Field>> = registration
            .open_questions()
            .map(|question| Some(question.field))
            .collect();
        if fields.is_empty() && open.len() == registration.questions.len() {
            fields = open;
        }
        fields.truncate(QUESTIONS_MAX);
        Numbering {
            fields,
            answered: BTreeSet::new(),
        }
    }

    /// The field of question 1, 2 and so on.
    pub(super) fn fields(&self) -> &[Option<Field>] {
        &self.fields
    }

    /// Cuts a piece at the numbers in it; what stands before the first and behind the last answer stays as it is.
    pub(super) fn cut(&mut self, piece: Piece, doubts: &mut Vec<Doubt>) -> Vec<Piece> {
        let markers = markers(&piece.text);
        let (Some(first), Some(body)) = (markers.first(), piece.range.clone()) else {
            return vec![piece];
        };
        let part = |range: Range<usize>, under, is_numbered| Piece {
            text: piece.text[range.clone()].to_owned(),
            range: Some(body.start + range.start..body.start + range.end),
            under,
            is_numbered,
        };
        let mut parts = vec![part(0..first.range.start, piece.under, false)];
        for (place, marker) in markers.iter().enumerate() {
            let end = match markers.get(place + 1) {
                Some(next) => next.range.start,
                None => end_of_answer(&piece.text, marker.range.end),
            };
            let field = marker
                .number
                .checked_sub(1)
                .and_then(|place| self.fields.get(place).copied().flatten());
            let mut doubt = |reason| {
                let range = marker.range.start..end;
                let text = piece.text[range.clone()].trim();
                doubts.push(Doubt {
                    reason,
                    text: Some(text.chars().take(DOUBT_CHARS_MAX).collect()),
                    span: Some((body.start + range.start, body.start + range.end)),
                    words: Vec::new(),
                });
            };
            if field.is_none() || marker.ambiguous {
                doubt(DoubtReason::AmbiguousValue);
            }
            let elsewhere = piece.under.is_some() && piece.under != field;
            if !self.answered.insert(marker.number) || elsewhere {
                doubt(DoubtReason::Contradiction);
            }
            parts.push(part(marker.range.end..end, field, field.is_some()));
            if place + 1 == markers.len() {
                parts.push(part(end..piece.text.len(), piece.under, false));
            }
        }
        parts.retain(|part| part.is_numbered || !part.text.trim().is_empty());
        parts
    }
}

/// The letter as the customer quotes it, without quote marks: where we do not have it, its numbers hold all the same.
fn quoted(message: &Message) -> String {
    let pieces = message.body.pieces(Role::Quoted).map(|(_, text)| text);
    let lines = pieces.flat_map(str::lines).take(QUOTED_LINES_MAX);
    let unmarked: Vec<&str> = lines
        .map(|line| line.trim_start_matches(['>', ' ', '\t']))
        .collect();
    unmarked.join("\n")
}

fn markers(text: &str) -> Vec<Marker> {
    let mut markers: Vec<Marker> = Vec::new();
    let mut start = 0;
    let mut above = "";
    let bare = bare_numbers(text);
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches('\n');
        if !sentence::goes_on(above, content)
            && let Some(marker) = marker_of_line(content, bare)
        {
            let mark = content[..marker.range.end].trim_end().chars().next_back();
            let mut last = Marker {
                range: start + marker.range.start..start + marker.range.end,
                ..marker
            };
            while let Some(next) = next_marker(text, start + content.len(), &last, mark) {
                markers.push(std::mem::replace(&mut last, next));
            }
            markers.push(last);
        }
        above = content;
        start += line.len();
    }
    markers
}

/// What a number at the beginning of a line is without a full stop or bracket behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum BareNumbers {
    /// Part of what stands behind it: "12 mai".
    Values,
    /// The number of a question: "1 yes", "2 5414...".
    Count,
}

/// Bare numbers count when each line with a digit begins with one, and these count 1, 2, 3.
fn bare_numbers(text: &str) -> BareNumbers {
    let mut counted = 0;
    for line in text
        .lines()
        .filter(|line| line.bytes().any(|b| b.is_ascii_digit()))
    {
        let number = BARE_NUMBER.captures(line).and_then(|found| found[1].parse().ok());
        if number != Some(counted + 1) || counted > QUESTIONS_MAX {
            return BareNumbers::Values;
        }
        counted += 1;
    }
    if counted >= BARE_NUMBERS_MIN {
        BareNumbers::Count
    } else {
        BareNumbers::Values
    }
}

fn marker_of_line(line: &str, bare: BareNumbers) -> Option<Marker> {
    let found = MARKER.captures(line)?;
    let (number, mark) = (found.get(2)?, found.get(3)?);
    let rest = &line[mark.end()..];
    let glued = rest.chars().take_while(char::is_ascii_digit).count();
    let apart = match mark.as_str().trim_start() {
        "-" | "–" | "—" => rest.is_empty() || rest.starts_with(char::is_whitespace),
        "" => {
            let named = found.get(1).is_some_and(|word| word.as_str() != "(");
            (named || bare == BareNumbers::Count) && !rest.trim().is_empty()
        }
        ")" => true,
        _ => glued == 0 || glued >= GLUED_DIGITS_MIN,
    };
    let from_number = &line[number.start()..];
    let three = THREE_NUMBERS.captures(from_number);
    let is_date = found::begins_with_named_month(from_number)
        || three.as_ref().is_some_and(|three| !three[1].is_empty());
    (apart && !is_date).then(|| Marker {
        number: number.as_str().parse().unwrap_or_default(),
        range: 0..mark.end(),
        ambiguous: three.is_some(),
    })
}

/// "1. yes 2. 5414...": the next number, with the same mark, and not the value of a label before it ("box 2.").
fn next_marker(text: &str, line_end: usize, last: &Marker, mark: Option<char>) -> Option<Marker> {
    let line = &text[last.range.end..line_end];
    NEXT_MARKER.captures_iter(line).find_map(|found| {
        let (number, closing) = (found.get(1)?, found.get(2)?);
        let counted: usize = number.as_str().parse().ok()?;
        // A bracket closes nothing else; a full stop may end a sentence with a number in it.
        let counts_on = counted == last.number + 1 || counted > last.number && closing.as_str() == ")";
        let same_mark = closing.as_str().chars().next() == mark;
        let range = last.range.end + number.start()..last.range.end + closing.end();
        (counts_on && same_mark && !ends_in_label(&line[..number.start()])).then_some(Marker {
            number: counted,
            range,
            ambiguous: false,
        })
    })
}

fn ends_in_label(text: &str) -> bool {
    let words = fold_key(text);
    let last = words.rsplit(' ').next().unwrap_or_default();
    // "Nee" is "no" in Dutch and "born" in French.
    let verdict = |meaning: &Meaning| matches!(meaning, Meaning::Confirm | Meaning::Deny);
    if Language::ALL
        .into_iter()
        .any(|language| Words::of(language).meanings(last).iter().any(verdict))
    {
        return false;
    }
    Language::ALL.into_iter().any(|language| {
        let meanings = Words::of(language).meanings(last);
        let of_value = |meaning: &Meaning| matches!(meaning, Meaning::Label(_) | Meaning::StreetWord);
        meanings.iter().any(of_value) || last == "nr" || last == "numero"
    })
}

/// The last answer: its line as far as it was wrapped, and the next line when the value only stands there.
fn end_of_answer(text: &str, from: usize) -> usize {
    let mut end = from;
    let mut above = "";
    for line in text[from..].split_inclusive('\n') {
        let content = line.trim_end_matches('\n');
        let said = text[from..end].trim();
        let waits = said.is_empty() || said.ends_with([':', '=']);
        if end > from && !waits && !sentence::goes_on(above, content) {
            break;
        }
        end += line.len();
        above = content;
    }
    end
}
