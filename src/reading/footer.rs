//! Footers among the own lines: what a mail program, a scanner, a company or a list adds below an answer.

use super::Role;
use super::line::Line;
use super::phrases::{endings, first_at_start, first_in, searchable};
use super::signature::is_value;

/// Turns own lines and signatures into Footer where they are that.
pub(crate) fn mark(lines: &[Line], roles: &mut [Role]) {
    let mut in_disclaimer = false;
    let mut after_disclaimer = false;
    for (index, line) in lines.iter().enumerate() {
        if !matches!(roles[index], Role::Own | Role::Signature) {
            (in_disclaimer, after_disclaimer) = (false, false);
            continue;
        }
        if line.is_blank() {
            in_disclaimer = false;
            continue;
        }
        let further = after_disclaimer && is_further_disclaimer(&line.text);
        in_disclaimer = in_disclaimer || further || is_disclaimer(lines, index);
        after_disclaimer |= in_disclaimer;
        if (in_disclaimer || is_added(&line.text)) && !holds_value(&line.text) {
            roles[index] = Role::Footer;
        }
    }
}

/// Digits that could be an answer.
fn holds_value(text: &str) -> bool {
    const VALUE_DIGITS: usize = 4;
    const SHORT_CHARS: usize = 40;
    let digits = text.chars().filter(char::is_ascii_digit).count();
    is_value(text) || (digits >= VALUE_DIGITS && text.chars().count() <= SHORT_CHARS && !text.contains("://"))
}

fn is_added(text: &str) -> bool {
    /// Longer lines are sentences that happen to begin so.
    const FOOTER_CHARS_MAX: usize = 200;
    const FOOTER_WORDS_MAX: usize = 16;
    if text.chars().count() > FOOTER_CHARS_MAX || text.split_whitespace().count() > FOOTER_WORDS_MAX {
        return false;
    }
    let text = searchable(
        text.trim()
            .trim_start_matches(['*', '_', '<', '[', '(', '|', '>', '-', ' ']),
    );
    let text = text.trim_end();
    if text.ends_with('?') {
        return false;
    }
    let words = endings();
    first_at_start(text, &words.added_by_programs).is_some()
        || first_at_start(text, &words.added_by_lists).is_some()
        || is_reaction(text)
        || is_outlook_mobile(text)
}

/// "Obtenir Outlook pour iOS", in whatever language.
fn is_outlook_mobile(text: &str) -> bool {
    const WORDS_MAX: usize = 7;
    text.contains("outlook")
        && ["ios", "android"].iter().any(|system| text.contains(system))
        && text.split_whitespace().count() <= WORDS_MAX
}

/// Gmail's "X a réagi via Gmail" under an emoji.
fn is_reaction(text: &str) -> bool {
    let via_gmail = text.contains("via gmail");
    via_gmail
        && ["a reagi", "heeft gereageerd", "reacted", "reagiert"]
            .iter()
            .any(|word| text.contains(word))
}

/// The second paragraph of a disclaimer.
fn is_further_disclaimer(text: &str) -> bool {
    first_in(&searchable(text), &endings().disclaimer_goes_on).is_some()
}

fn is_disclaimer(lines: &[Line], index: usize) -> bool {
    /// The paragraph is looked at so far for a second telling word.
    const LOOKED_AT_LINES: usize = 4;
    let first = searchable(lines[index].text.trim().trim_start_matches(['*', '_', '-', ' ']));
    if first_at_start(&first, &endings().disclaimer_begins).is_none() {
        return false;
    }
    lines[index..]
        .iter()
        .take(LOOKED_AT_LINES)
        .take_while(|line| !line.is_blank())
        .any(|line| first_in(&searchable(&line.text), &endings().confidential).is_some())
}
