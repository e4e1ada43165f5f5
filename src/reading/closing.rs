//! Closings: "Met vriendelijke groeten", "Merci d'avance" over a name, "Veuillez agréer ...".

use std::collections::HashSet;
use std::sync::LazyLock;

use super::phrases::{endings, first_at_start, first_in, searchable};

/// Looked up for every line.
static CLOSINGS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| endings().closing.iter().map(String::as_str).collect());
static WEAK_CLOSINGS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| endings().weak_closing.iter().map(String::as_str).collect());

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Closing {
    /// Says good-bye and nothing else.
    Strong,
    /// Says thanks, or wishes a good day: a closing only over a name.
    Weak,
}

/// What a line closes with, when it closes a mail.
pub(crate) fn of(text: &str) -> Option<Closing> {
    /// "Mes salutations distinguées," is long; a sentence is longer.
    const CLOSING_CHARS_MAX: usize = 70;
    const FORMAL_CHARS_MAX: usize = 250;
    let text = text.trim();
    let chars = text.chars().count();
    if chars > FORMAL_CHARS_MAX {
        return None;
    }
    let said = searchable(text);
    let bare = said.trim_matches(|letter: char| !letter.is_alphanumeric());
    if is_formal(bare) {
        return Some(Closing::Strong);
    }
    if chars > CLOSING_CHARS_MAX {
        return None;
    }
    let is = |phrases: &HashSet<&str>| {
        let halves = || {
            bare.split([',', '.', '!', '/'])
                .map(str::trim)
                .filter(|half| !half.is_empty())
        };
        let known = |half: &str| phrases.contains(half);
        known(bare)
            || (halves().all(|half| known(half) || WEAK_CLOSINGS.contains(half)) && halves().any(known))
    };
    if is(&CLOSINGS) || ends_in_greeting(text, bare) || names_follow(text, bare) {
        Some(Closing::Strong)
    } else if is(&WEAK_CLOSINGS) {
        Some(Closing::Weak)
    } else {
        None
    }
}

fn is_listed(text: &str, phrases: &[String]) -> bool {
    phrases.iter().any(|phrase| phrase == text)
}

/// "Veuillez agréer, Madame, Monsieur, mes salutations distinguées."
fn is_formal(bare: &str) -> bool {
    let words = endings();
    first_at_start(bare, &words.formal_begin).is_some() && first_in(bare, &words.formal_end).is_some()
}

/// "Met de meeste hoogachting", "Danke und Gruß": few words, the last of them a greeting.
fn ends_in_greeting(text: &str, bare: &str) -> bool {
    const WORDS_MAX: usize = 7;
    let digits = text.contains(|letter: char| letter.is_ascii_digit());
    let count = bare.split_whitespace().count();
    !digits
        && !text.contains('?')
        && count <= WORDS_MAX
        && bare
            .split_whitespace()
            .last()
            .is_some_and(|last| is_listed(last, &endings().greetings))
}

/// "groetjes Sofie", "Cordialement, Marie Dupont".
fn names_follow(text: &str, bare: &str) -> bool {
    /// A name of so many words at most.
    const NAME_WORDS_MAX: usize = 4;
    if text.contains(|letter: char| letter.is_ascii_digit() || matches!(letter, '?' | ':')) {
        return false;
    }
    endings().closing.iter().any(|phrase| {
        let Some(rest) = bare.strip_prefix(phrase.as_str()) else {
            return false;
        };
        let count = rest
            .split_whitespace()
            .filter(|word| word.contains(char::is_alphanumeric))
            .count();
        let capital = text.split_whitespace().rev().take(count.max(1)).all(|word| {
            word.chars()
                .next()
                .is_some_and(|letter| letter.is_uppercase() || !letter.is_alphabetic())
        });
        rest.starts_with([' ', ',', '.', '!'])
            && (1..=NAME_WORDS_MAX).contains(&count)
            && (capital || count == 1)
    })
}

/// Whether the name stands on the closing's own line.
pub(crate) fn holds_name(text: &str) -> bool {
    let said = searchable(text.trim());
    let bare = said.trim_matches(|letter: char| !letter.is_alphanumeric());
    !CLOSINGS.contains(bare) && !is_formal(bare) && names_follow(text, bare) && !ends_in_greeting(text, bare)
}
