//! The names. What the customer writes is kept: particles, capitals and accents are nobody's business but theirs.

use strsim::osa_distance;

use super::{Case, code, first_names};
use crate::registration::value::{EmailAddress, fold_key};
use crate::registration::{Channel, CustomerType, Field, Finding};

const NAMES: [Field; 2] = [Field::FirstName, Field::LastName];
/// Shorter words are too easily like each other, in letters.
const WORD_LETTERS_MIN: usize = 4;
/// Letters by which a name and its spelling in the e-mail address may differ to be the same name, misspelled.
const EMAIL_DISTANCE_MAX: usize = 2;

/// A company may sign up without naming a person.
pub(super) fn missing(case: &Case<'_>) -> Vec<Finding> {
    if case.registration.customer_type == CustomerType::Business {
        return Vec::new();
    }
    NAMES
        .into_iter()
        .filter(|field| case.value(*field).is_none())
        .flat_map(|field| case.missing(field, code::NAME_MISSING))
        .collect()
}

pub(super) fn looks_like_a_name(case: &Case<'_>) -> Vec<Finding> {
    NAMES
        .into_iter()
        .flat_map(|field| name_alone(case, field))
        .collect()
}

fn name_alone(case: &Case<'_>, field: Field) -> Vec<Finding> {
    let Some(name) = case.value(field) else {
        return Vec::new();
    };
    if case.fault(field).is_some() {
        return case.doubtful(field, code::NAME_FORMAT);
    }
    let key = fold_key(name);
    if FILLERS.contains(&key.as_str()) {
        return case.doubtful(field, code::NAME_FILLER);
    }
    if key.chars().filter(|character| character.is_alphabetic()).count() <= 1 {
        return case.doubtful(field, code::NAME_SHORT);
    }
    Vec::new()
}

/// What people type to get past a form.
const FILLERS: [&str; 14] = [
    "test", "teste", "testing", "tester", "asdf", "azerty", "qwerty", "xxx", "xx", "abc", "nvt", "na",
    "none", "aaa",
];

pub(super) fn twice(case: &Case<'_>) -> Vec<Finding> {
    match (case.value(Field::FirstName), case.value(Field::LastName)) {
        (Some(first), Some(last)) if fold_key(first) == fold_key(last) => NAMES
            .into_iter()
            .flat_map(|field| case.doubtful(field, code::NAME_TWICE))
            .collect(),
        _ => Vec::new(),
    }
}

pub(super) fn first_name_spelling(case: &Case<'_>) -> Vec<Finding> {
    match case.value(Field::FirstName) {
        Some(name) if first_names::is_slip(name) && !case.was_given(Field::FirstName) => {
            case.doubtful(Field::FirstName, code::FIRST_NAME_SPELLING)
        }
        _ => Vec::new(),
    }
}

/// Who takes a name down by ear may misspell it; customers spell their own e-mail address right.
pub(super) fn unlike_email(case: &Case<'_>) -> Vec<Finding> {
    let address = case
        .value(Field::Email)
        .and_then(|text| text.parse::<EmailAddress>().ok());
    let (Channel::Phone, Some(address)) = (case.registration.channel, address) else {
        return Vec::new();
    };
    let words = words_of_address(address.local_part());
    NAMES
        .into_iter()
        .filter(|field| {
            case.value(*field)
                .is_some_and(|name| spelled_otherwise(name, &words))
                && !case.was_given(*field)
        })
        .flat_map(|field| case.doubtful(field, code::NAME_UNLIKE_EMAIL))
        .collect()
}

fn words_of_address(local: &str) -> Vec<String> {
    local
        .split(|character: char| !character.is_alphabetic())
        .map(plain)
        .filter(|word| word.len() >= WORD_LETTERS_MIN)
        .collect()
}

/// The letters of a name as an e-mail address has them: one word, and no trace of an umlaut.
fn plain(text: &str) -> String {
    fold_key(text)
        .replace(' ', "")
        .replace("ae", "a")
        .replace("oe", "o")
        .replace("ue", "u")
}

fn spelled_otherwise(name: &str, words: &[String]) -> bool {
    let name = plain(name);
    if name.len() < WORD_LETTERS_MIN || words.iter().any(|word| word.contains(&name)) {
        return false;
    }
    words.iter().any(|word| {
        let allowed = EMAIL_DISTANCE_MAX.min(name.len() / WORD_LETTERS_MIN);
        word.chars().next() == name.chars().next() && osa_distance(word, &name) <= allowed
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_compared_with_its_word_in_the_address() {
        let differs = |name, local| spelled_otherwise(name, &words_of_address(local));
        for (name, local) in [
            ("Kathleen", "katleen.wouters"),
            ("Michelle", "michel.leroy58"),
            ("Leroi", "michel.leroy58"),
            ("Müler", "ursula.mueller48"),
        ] {
            assert!(differs(name, local), "{name} {local}");
        }
        for (name, local) in [
            ("Müller", "ursula.mueller48"),
            ("Ben Ali", "s.benali"),
            ("Griet", "griet.vdb"),
            ("Vandenbosche", "griet.vdb"),
            ("Claes", "info"),
            ("Said", "s.benali"),
            ("Peeters", "sofie1990"),
            ("Leroy", "leroymichel"),
        ] {
            assert!(!differs(name, local), "{name} {local}");
        }
    }
}
