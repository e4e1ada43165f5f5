//! The words of `words/absence.toml`, read once.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::registration::value::fold_key;

/// No phrase of the file is longer than this many words.
pub(super) const PHRASE_WORDS_MAX: usize = 4;

/// What a phrase of an automatic reply does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    Absent,
    Back,
    Until,
    UntilAfterStart,
    From,
    On,
    After,
    Before,
    Negation,
    NegationBegin,
    NegationEnd,
    PassedOver,
    Exclusive,
    Others,
    Mine,
    IAm,
    OtherUntil,
    Tomorrow,
    Greeting,
    DayArticle,
    Return,
    ShortWeekday,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    absent: Vec<String>,
    back: Vec<String>,
    until: Vec<String>,
    until_after_start: Vec<String>,
    from: Vec<String>,
    on: Vec<String>,
    after: Vec<String>,
    before: Vec<String>,
    negation: Vec<String>,
    negation_begin: Vec<String>,
    negation_end: Vec<String>,
    passed_over: Vec<String>,
    exclusive: Vec<String>,
    others: Vec<String>,
    mine: Vec<String>,
    i_am: Vec<String>,
    other_until: Vec<String>,
    tomorrow: Vec<String>,
    greeting: Vec<String>,
    day_article: Vec<String>,
    returning: Vec<String>,
    weekdays: Vec<Vec<String>>,
    weekdays_short: Vec<String>,
    months: Vec<Vec<String>>,
    ordinals: Vec<String>,
}

pub(super) struct Words {
    phrases: HashMap<String, Vec<Cue>>,
    /// From 0 for Monday.
    weekdays: HashMap<String, i8>,
    /// From 1 for January.
    months: HashMap<String, i8>,
    pub(super) ordinals: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../words/absence.toml"))
        .expect("the file is part of the program, and a test reads it");
    Words::of(file)
});

pub(super) fn words() -> &'static Words {
    &WORDS
}

impl Words {
    fn of(file: File) -> Words {
        let lists = [
            (Cue::Absent, file.absent),
            (Cue::Back, file.back),
            (Cue::Until, file.until),
            (Cue::UntilAfterStart, file.until_after_start),
            (Cue::From, file.from),
            (Cue::On, file.on),
            (Cue::After, file.after),
            (Cue::Before, file.before),
            (Cue::Negation, file.negation),
            (Cue::NegationBegin, file.negation_begin),
            (Cue::NegationEnd, file.negation_end),
            (Cue::PassedOver, file.passed_over),
            (Cue::Exclusive, file.exclusive),
            (Cue::Others, file.others),
            (Cue::Mine, file.mine),
            (Cue::IAm, file.i_am),
            (Cue::OtherUntil, file.other_until),
            (Cue::Tomorrow, file.tomorrow),
            (Cue::Greeting, file.greeting),
            (Cue::DayArticle, file.day_article),
            (Cue::Return, file.returning),
            (Cue::ShortWeekday, file.weekdays_short),
        ];
        let mut phrases: HashMap<String, Vec<Cue>> = HashMap::new();
        for (cue, list) in lists {
            for phrase in list {
                phrases.entry(key(&phrase)).or_default().push(cue);
            }
        }
        Words {
            phrases,
            weekdays: numbered(file.weekdays, 0),
            months: numbered(file.months, 1),
            ordinals: file.ordinals,
        }
    }

    pub(super) fn is(&self, phrase: &str, cue: Cue) -> bool {
        self.phrases.get(phrase).is_some_and(|cues| cues.contains(&cue))
    }

    /// From 0 for Monday.
    pub(super) fn weekday(&self, word: &str) -> Option<i8> {
        self.weekdays.get(word).copied()
    }

    /// From 1 for January.
    pub(super) fn month(&self, word: &str) -> Option<i8> {
        self.months.get(word).copied()
    }
}

/// A phrase as it is looked up; a dash stands for itself.
fn key(phrase: &str) -> String {
    let key = fold_key(phrase);
    if key.is_empty() { phrase.to_owned() } else { key }
}

fn numbered(lists: Vec<Vec<String>>, first: i8) -> HashMap<String, i8> {
    lists
        .into_iter()
        .zip(first..)
        .flat_map(|(names, number)| names.into_iter().map(move |name| (key(&name), number)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_sound() {
        let words = words();
        assert!(words.is("afwezig", Cue::Absent));
        assert!(words.is("jusqu au", Cue::Until));
        assert_eq!(words.month("dezember"), Some(12));
        assert_eq!(words.weekday("sunday"), Some(6));
        let longest = words.phrases.keys().map(|phrase| phrase.split(' ').count()).max();
        assert!(longest <= Some(PHRASE_WORDS_MAX), "{longest:?}");
    }
}
