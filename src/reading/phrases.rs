//! The words of `words/robots.toml`, `words/bounces.toml` and `words/closings.toml`, read once, and the form in which texts are searched for them.

use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::line::head_of;

/// How responders, receipts and challenges are known.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RobotWords {
    pub responder_headers: Vec<String>,
    pub responder_subjects: Vec<String>,
    pub absent_subjects: Vec<String>,
    pub absent: Vec<String>,
    pub urgent: Vec<String>,
    pub received: Vec<String>,
    pub ticket_subjects: Vec<String>,
    pub challenge: Vec<String>,
    pub robot: Vec<String>,
    pub robot_weak: Vec<String>,
    pub nobody_reached: Vec<String>,
    pub nobody_reads: Vec<String>,
    pub forwarded: Vec<String>,
    pub negation: Vec<String>,
    /// The two words of "no longer".
    pub ended: Vec<[String; 2]>,
    pub wished: Vec<String>,
    pub answer: Vec<String>,
    pub answer_promised: Vec<String>,
}

/// How delivery reports are known.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BounceWords {
    pub reporters: Vec<String>,
    pub subjects: Vec<String>,
    pub failed: Vec<String>,
    pub delayed: Vec<String>,
    pub full: Vec<String>,
    pub passing: Vec<String>,
    pub returned_below: Vec<String>,
}

/// How people end a mail, and what stands below.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EndingWords {
    pub closing: Vec<String>,
    pub weak_closing: Vec<String>,
    pub greetings: Vec<String>,
    pub formal_begin: Vec<String>,
    pub formal_end: Vec<String>,
    pub postscript: Vec<String>,
    pub name_particles: Vec<String>,
    pub no_names: Vec<String>,
    pub company: Vec<String>,
    pub contact_labels: Vec<String>,
    pub street_begins: Vec<String>,
    pub street_ends: Vec<String>,
    pub legal: Vec<String>,
    pub added_by_programs: Vec<String>,
    pub disclaimer_begins: Vec<String>,
    pub confidential: Vec<String>,
    pub disclaimer_goes_on: Vec<String>,
    pub added_by_lists: Vec<String>,
}

static ROBOTS: LazyLock<RobotWords> = LazyLock::new(|| read(include_str!("words/robots.toml")));
static BOUNCES: LazyLock<BounceWords> = LazyLock::new(|| read(include_str!("words/bounces.toml")));

static ENDINGS: LazyLock<EndingWords> = LazyLock::new(|| read(include_str!("words/closings.toml")));

pub(super) fn endings() -> &'static EndingWords {
    &ENDINGS
}

pub(super) fn robots() -> &'static RobotWords {
    &ROBOTS
}

pub(super) fn bounces() -> &'static BounceWords {
    &BOUNCES
}

fn read<Words: DeserializeOwned>(file: &str) -> Words {
    toml::from_str(file).expect("the file is part of the program, and a test reads it")
}

/// Robots say what they are near the top; no more of a text than this many bytes is searched.
const SEARCHED_BYTES_MAX: usize = 32 * 1024;

/// A text as phrases are looked for in it: lower case, no accents, plain apostrophes, every white space one blank.
pub(super) fn searchable(text: &str) -> String {
    let mut folded = String::with_capacity(text.len().min(SEARCHED_BYTES_MAX));
    let mut blank = true;
    let text = head_of(text, SEARCHED_BYTES_MAX);
    // Most lines are ASCII, and are folded letter by letter.
    let (plain, accented) = if text.is_ascii() { (text, "") } else { ("", text) };
    for letter in plain.chars().chain(accented.nfd()) {
        match letter {
            'a'..='z' | '0'..='9' => folded.push(letter),
            _ if letter.is_whitespace() => {
                if !blank {
                    folded.push(' ');
                }
                blank = true;
                continue;
            }
            '\u{2018}' | '\u{2019}' | '\u{2BC}' | '`' | '´' => folded.push('\''),
            '\u{2010}'..='\u{2015}' => folded.push('-'),
            'ß' => folded.push_str("ss"),
            'œ' | 'Œ' => folded.push_str("oe"),
            _ if is_combining_mark(letter) => continue,
            _ => folded.extend(letter.to_lowercase()),
        }
        blank = false;
    }
    folded
}

/// The first of the phrases that a searchable text holds.
pub(super) fn first_in(text: &str, phrases: &'static [String]) -> Option<&'static str> {
    phrases
        .iter()
        .find(|phrase| text.contains(phrase.as_str()))
        .map(String::as_str)
}

/// The first of the phrases that a searchable text begins with.
pub(super) fn first_at_start(text: &str, phrases: &'static [String]) -> Option<&'static str> {
    phrases
        .iter()
        .find(|phrase| text.starts_with(phrase.as_str()))
        .map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_can_be_found() {
        let (robots, bounces, endings) = (robots(), bounces(), endings());
        let lists = [
            &endings.closing,
            &endings.weak_closing,
            &endings.formal_begin,
            &endings.formal_end,
            &endings.postscript,
            &endings.no_names,
            &endings.company,
            &endings.contact_labels,
            &endings.legal,
            &endings.added_by_programs,
            &endings.disclaimer_begins,
            &endings.confidential,
            &endings.disclaimer_goes_on,
            &endings.added_by_lists,
            &robots.responder_subjects,
            &robots.absent_subjects,
            &robots.absent,
            &robots.urgent,
            &robots.received,
            &robots.ticket_subjects,
            &robots.challenge,
            &robots.robot,
            &robots.robot_weak,
            &robots.nobody_reached,
            &robots.nobody_reads,
            &robots.forwarded,
            &robots.negation,
            &robots.wished,
            &robots.answer,
            &robots.answer_promised,
            &bounces.subjects,
            &bounces.failed,
            &bounces.delayed,
            &bounces.full,
            &bounces.passing,
        ];
        for phrase in lists.into_iter().flatten() {
            assert_eq!(
                searchable(phrase),
                *phrase,
                "a phrase that is not in its searched form is never found"
            );
        }
    }

    #[test]
    fn line_ends_accents_and_apostrophes_make_no_difference() {
        assert_eq!(
            searchable("N’a pas\r\n pu être\u{A0}REMIS "),
            "n'a pas pu etre remis "
        );
    }
}
