//! Bare lines in the order of the questions: as many lines as questions, each of them a value or a yes or no for the question in
//! its place. Each is cut out as a piece of its own that stands under its question, as if its number stood before it.

use std::ops::Range;

use super::found::{self, Form};
use super::names;
use super::own::Piece;
use super::scope::Scope;
use super::sentence::{self, Item, ItemKind};
use super::words::Meaning;
use crate::registration::{Field, Reason, places, value};

/// A longer line is no bare answer, in characters.
const LINE_CHARS_MAX: usize = 60;
/// Lines looked at; a longer text is a letter.
const LINES_MAX: usize = 60;
/// Courtesy may be longer than a value, but not so long: such a line is not even cut into words.
const COURTESY_BYTES_MAX: usize = 400;
/// Words of a name that stands alone.
const NAME_ITEMS_MAX: usize = 6;

/// Cuts the one piece that a message consists of; any other stays as it is. `order` are the fields of the questions as the letter
/// numbers them.
pub(super) fn cut(scope: &Scope<'_>, order: &[Option<Field>], pieces: Vec<Piece>) -> Vec<Piece> {
    let questions: Option<Vec<(Field, Reason)>> = order
        .iter()
        .map(|field| field.and_then(|field| Some((field, scope.reason(field)?))))
        .collect();
    let (Some(questions), [piece]) = (questions, pieces.as_slice()) else {
        return pieces;
    };
    if piece.text.lines().any(|line| line.len() > COURTESY_BYTES_MAX) {
        return pieces;
    }
    let (Some(body), None, false) = (piece.range.clone(), piece.under, piece.is_numbered) else {
        return pieces;
    };
    if questions.len() < 2 || questions.len() != scope.asked.len() {
        return pieces;
    }
    let lines = lines(&piece.text);
    let Some(answers) = answers(scope, &questions, &piece.text, &lines) else {
        return pieces;
    };
    let part = |range: Range<usize>, under, is_numbered| Piece {
        text: piece.text[range.clone()].to_owned(),
        range: Some(body.start + range.start..body.start + range.end),
        under,
        is_numbered,
    };
    let (first, last) = (&answers[0], &answers[answers.len() - 1]);
    let mut parts = vec![part(0..first.start, None, false)];
    for (line, (field, _)) in answers.iter().zip(&questions) {
        parts.push(part(line.clone(), Some(*field), true));
    }
    parts.push(part(last.end..piece.text.len(), None, false));
    parts.retain(|part| part.is_numbered || !part.text.trim().is_empty());
    parts
}

/// The bytes of each line, the blank ones too.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n').take(LINES_MAX) {
        lines.push(start..start + line.trim_end_matches('\n').len());
        start += line.len();
    }
    lines
}

/// The one block of lines that answers the questions in their order.
fn answers(
    scope: &Scope<'_>,
    questions: &[(Field, Reason)],
    text: &str,
    lines: &[Range<usize>],
) -> Option<Vec<Range<usize>>> {
    let filled: Vec<Range<usize>> = lines
        .iter()
        .filter(|line| !text[(*line).clone()].trim().is_empty())
        .cloned()
        .collect();
    if lines.len() == LINES_MAX {
        return None;
    }
    let is_courtesy = |line: &Range<usize>| is_courtesy(scope, &text[line.clone()]);
    let begin = filled.iter().position(|line| !is_courtesy(line))?;
    let behind = filled[begin..].iter().position(is_courtesy);
    let end = behind.map_or(filled.len(), |length| begin + length);
    let block = &filled[begin..end];
    let read: Vec<Line> = block
        .iter()
        .map(|line| Line::of(scope, &text[line.clone()]))
        .collect();
    if block.len() != questions.len() {
        return None;
    }
    let fits = |line: usize, question: usize| read[line].fits(scope, questions[question]);
    let count = questions.len();
    let in_order = (0..count).all(|place| fits(place, place));
    // Two lines that could change places need labels.
    let swapped = (0..count).any(|one| {
        (one + 1..count).any(|other| {
            let verdicts = read[one].is_verdict && read[other].is_verdict;
            !verdicts && fits(one, other) && fits(other, one)
        })
    });
    (in_order && !swapped).then(|| block.to_vec())
}

/// A greeting, thanks or closing, or a sign-off of known names; with whatever names stand beside them.
fn is_courtesy(scope: &Scope<'_>, line: &str) -> bool {
    let values = found::find(line);
    let sentences = sentence::sentences(line, &values, scope.language);
    let items: Vec<&Item> = sentences.iter().flat_map(|sentence| &sentence.items).collect();
    let courtesy = |item: &&Item| {
        [Meaning::Greeting, Meaning::Thanks, Meaning::Closing]
            .iter()
            .any(|meaning| item.means(*meaning))
    };
    let plain = |item: &&Item| {
        courtesy(item)
            || matches!(item.kind, ItemKind::Break(_) | ItemKind::Unknown)
            || item.means(Meaning::Plain)
            || item.means(Meaning::Copula)
            || item.means(Meaning::Particle)
    };
    let signed = |item: &&Item| {
        value::fold_key(&line[item.range.clone()])
            .split(' ')
            .all(|word| scope.is_name(word))
    };
    values.is_empty()
        && !items.is_empty()
        && (items.iter().any(courtesy) && items.iter().all(plain) || items.iter().all(signed))
}

/// A line that may be an answer.
struct Line {
    text: String,
    /// Begins with a yes or no.
    is_verdict: bool,
    /// It is a value by its form, and nothing else.
    form: Option<Form>,
    /// It is words with capitals and nothing else.
    is_name: bool,
    is_street: bool,
}

impl Line {
    fn of(scope: &Scope<'_>, line: &str) -> Line {
        let text = line
            .trim()
            .trim_start_matches(['-', '*', '•', '·'])
            .trim()
            .trim_end_matches(['.', ',', ';'])
            .to_owned();
        let values = found::find(&text);
        let mut sentences = sentence::sentences(&text, &values, scope.language);
        let company = scope.is_asked(Field::CompanyName).then_some(Field::CompanyName);
        for sentence in &mut sentences {
            names::free(scope, &text, company, &mut sentence.items);
        }
        let short = text.chars().count() <= LINE_CHARS_MAX;
        let items: &[Item] = match sentences.as_slice() {
            [sentence] if short && !sentence.asks => &sentence.items,
            _ => &[],
        };
        let verdict = |item: &Item| {
            [Meaning::Confirm, Meaning::WeakConfirm, Meaning::Deny]
                .iter()
                .any(|meaning| item.means(*meaning))
        };
        let begins = |sentence: &sentence::Sentence| sentence.items.first().is_some_and(verdict);
        let form = match (items, values.as_slice()) {
            ([_], [found]) if found.range == (0..text.len()) => Some(found.form.clone()),
            _ => None,
        };
        Line {
            is_verdict: sentences.first().is_some_and(begins) && text.chars().any(char::is_alphabetic),
            form,
            is_name: is_name(&text, items),
            is_street: !items.is_empty() && names::looks_like_street(&text, items, &(0..items.len())),
            text,
        }
    }

    fn fits(&self, scope: &Scope<'_>, (field, reason): (Field, Reason)) -> bool {
        if self.is_verdict && !self.is_name {
            return reason == Reason::Doubtful;
        }
        let normal = value::normalise(field, &self.text).is_ok();
        let number = matches!(self.form, Some(Form::Number));
        match field {
            Field::ElectricityEan | Field::GasEan => matches!(self.form, Some(Form::Ean(_))),
            Field::ElectricityMeterNumber | Field::GasMeterNumber => {
                matches!(self.form, Some(Form::DigitalMeter(_))) || number && normal
            }
            Field::DateOfBirth => {
                self.form == Some(Form::Date) && value::parse_birth_date(&self.text, scope.day).is_ok()
            }
            Field::StartDate => {
                self.form == Some(Form::Date) && value::parse_date(&self.text, scope.day).is_ok()
            }
            Field::Iban => matches!(self.form, Some(Form::Iban(_))),
            Field::Email => matches!(self.form, Some(Form::Email(_))),
            Field::PostalCode => number && places::is_known(&self.text),
            Field::Phone | Field::EnterpriseNumber | Field::HouseNumber => number && normal,
            Field::Box => normal && (number || self.text.chars().count() == 1),
            Field::Street => self.is_name && self.is_street,
            Field::Municipality => self.is_name && !places::codes_of(&self.text).is_empty(),
            Field::FirstName | Field::LastName | Field::CompanyName => self.is_name && !self.is_street,
        }
    }
}

/// Words with capitals and the small ones inside names.
fn is_name(text: &str, items: &[Item]) -> bool {
    let in_name = |item: &Item| {
        let word = &text[item.range.clone()];
        match item.kind {
            ItemKind::Unknown => names::has_capital(word) || names::is_legal_form(word),
            ItemKind::Phrase(_) => item.means(Meaning::Particle) || item.means(Meaning::StreetWord),
            ItemKind::Break(mark) => mark == '-',
            ItemKind::Value(_) => false,
        }
    };
    let unknown = items.iter().any(|item| matches!(item.kind, ItemKind::Unknown));
    unknown && items.len() <= NAME_ITEMS_MAX && items.iter().all(in_name)
}
