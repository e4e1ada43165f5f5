//! Words that say what a value is not, and whose it is, by where they stand around it: `around.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::registration::value::fold_key;
use crate::registration::{Field, Language};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::understanding) struct Around {
    writer_begins: Phrases,
    simile_begins: Phrases,
    letter_of: Phrases,
    reading_words: Phrases,
    reading_verbs: Phrases,
    number_words: Phrases,
    helping: Phrases,
    of_whom: HashMap<Language, Phrases>,
    theirs: HashMap<Language, Phrases>,
    them: HashMap<Language, Phrases>,
    who: HashMap<Language, Phrases>,
    split: HashMap<Field, Vec<(String, String)>>,
}

/// Phrases of a list, folded, with a space at both ends.
#[derive(Deserialize)]
#[serde(from = "Vec<String>")]
struct Phrases(Vec<String>);

impl From<Vec<String>> for Phrases {
    fn from(list: Vec<String>) -> Phrases {
        Phrases(list.iter().map(|phrase| padded(&fold_key(phrase))).collect())
    }
}

impl Phrases {
    fn stand_in(&self, folded: &str) -> bool {
        let text = padded(folded);
        self.0.iter().any(|phrase| text.contains(phrase.as_str()))
    }

    fn begin(&self, folded: &str) -> bool {
        let text = padded(folded);
        self.0.iter().any(|phrase| text.starts_with(phrase.as_str()))
    }

    fn end(&self, folded: &str) -> bool {
        let text = padded(folded);
        self.0.iter().any(|phrase| text.ends_with(phrase.as_str()))
    }
}

fn padded(folded: &str) -> String {
    format!(" {folded} ")
}

static AROUND: LazyLock<Around> = LazyLock::new(|| {
    toml::from_str(include_str!("around.toml")).expect("the word files are compiled in and tested")
});

/// All texts are folded.
impl Around {
    pub(in crate::understanding) fn words() -> &'static Around {
        &AROUND
    }

    /// "I am the bookkeeper".
    pub(in crate::understanding) fn says_who_writes(&self, clause: &str) -> bool {
        self.writer_begins.begin(clause)
    }

    /// "Like the painter".
    pub(in crate::understanding) fn likens(&self, clause: &str) -> bool {
        self.simile_begins.begin(clause)
    }

    /// "Your mail of": what follows is the date of a letter or a call.
    pub(in crate::understanding) fn dates_a_letter(&self, before: &str) -> bool {
        self.letter_of.end(before)
    }

    /// "Index", "kWh", and "the meter shows", unless it is called a number.
    pub(in crate::understanding) fn tells_a_reading(&self, text: &str) -> bool {
        self.reading_words.stand_in(text)
            || self.reading_verbs.stand_in(text) && !self.number_words.stand_in(text)
    }

    /// "Found", "gave".
    pub(in crate::understanding) fn helps(&self, text: &str) -> bool {
        self.helping.stand_in(text)
    }

    /// "Of", "for", "at".
    pub(in crate::understanding) fn says_of_whom(&self, language: Language, text: &str) -> bool {
        stands(&self.of_whom, language, text)
    }

    /// "His", "of him".
    pub(in crate::understanding) fn says_theirs(&self, language: Language, text: &str) -> bool {
        let words: Vec<&str> = text.split(' ').collect();
        let of_them = words
            .windows(2)
            .any(|pair| stands(&self.of_whom, language, pair[0]) && stands(&self.them, language, pair[1]));
        of_them || stands(&self.theirs, language, text)
    }

    /// "Who", behind "it was my son".
    pub(in crate::understanding) fn refers_to_whom(&self, language: Language, word: &str) -> bool {
        stands(&self.who, language, word)
    }

    /// The field that both parts of a verb name together: "ziehen", "ein".
    pub(in crate::understanding) fn of_split_verb(&self, first: &str, last: &str) -> Option<Field> {
        let of_verb =
            |verbs: &Vec<(String, String)>| verbs.iter().any(|(begin, end)| begin == first && end == last);
        self.split
            .iter()
            .find(|(_, verbs)| of_verb(verbs))
            .map(|(field, _)| *field)
    }
}

fn stands(lists: &HashMap<Language, Phrases>, language: Language, text: &str) -> bool {
    lists.get(&language).is_some_and(|list| list.stand_in(text))
}
