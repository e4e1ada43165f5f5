//! What the customer's pages say in the words of the letters: the open questions, labels, values as they may be shown.

use super::questions::{self, Cause};
use super::{mask, words};
use crate::registration::{Energy, Field, Language, Question, Registration};

/// An open question, as letters put it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageQuestion {
    pub field: Field,
    pub label: String,
    pub text: String,
    pub help: Option<String>,
}

/// The open questions of a registration, in the order of [`Registration::open_questions`].
pub fn open_questions(registration: &Registration) -> Vec<PageQuestion> {
    let words = words::of(registration.language);
    let fields = registration.open_questions().map(|question| question.field);
    fields
        .zip(questions::open(words, registration))
        .map(|(field, question)| PageQuestion {
            field,
            label: question.label,
            text: capital(&words.typeset(&question.text)),
            help: words.help(field).map(|help| words.typeset(help)),
        })
        .collect()
}

pub fn label(language: Language, field: Field) -> &'static str {
    words::of(language).label(field)
}

/// A value as a letter may show it: masked, dates in figures.
pub fn shown(language: Language, field: Field, value: &str) -> String {
    mask::shown(field, &words::of(language).value(field, value))
}

/// Why a value that was typed is not good, as a sentence; `code` is one of [`crate::registration::value::fault`].
pub fn fault(language: Language, code: &str, value: &str) -> String {
    let words = words::of(language);
    let clause = words.fault(&Cause::of(code, Some(value)));
    words.typeset(&format!("{}.", capital(&clause)))
}

/// What was asked before and is settled: label, and the value as it now stands.
pub fn settled(registration: &Registration) -> Vec<(&'static str, Option<String>)> {
    let language = registration.language;
    let is_settled = |question: &&Question| question.settlement.is_some();
    let mut rows: Vec<(&'static str, Option<String>)> = Vec::new();
    for question in registration.questions.iter().filter(is_settled) {
        let field = question.field;
        let is_open = registration.open_questions().any(|open| open.field == field);
        let label = label(language, field);
        if is_open || rows.iter().any(|(other, _)| *other == label) {
            continue;
        }
        let value = registration.field(field);
        rows.push((label, value.map(|value| shown(language, field, value))));
    }
    rows
}

pub fn date(language: Language, date: jiff::civil::Date) -> String {
    words::of(language).date(date)
}

pub fn energies(language: Language, energies: &[Energy]) -> String {
    words::of(language).energies(energies)
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
