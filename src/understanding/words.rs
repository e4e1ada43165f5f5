//! What words and phrases mean, in four languages: the files of `words/`, read once.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::registration::value::fold_key;
use crate::registration::{Energy, Field, Language};

/// No phrase of the files is longer than this many words.
pub(super) const PHRASE_WORDS_MAX: usize = 9;

/// What a word or phrase does in a sentence. One phrase may do several things ("compteur" names where a number stands, and
/// what it is).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Greeting,
    Thanks,
    Closing,
    /// Says that something is right.
    Confirm,
    /// Says so only beside a label: "bon" alone is no yes.
    WeakConfirm,
    /// Everything, both.
    All,
    /// "Everything but ...".
    Except,
    /// "Not", "wrong": denies what stands beside it.
    Deny,
    /// Between the denied value and the right one.
    But,
    /// After the right value, before the old one.
    Instead,
    /// After the old value, before the right one.
    ShouldBe,
    /// The value beside it is somebody else's, or a former one.
    NotOurs,
    /// It will come later, or is not known yet.
    Later,
    Question,
    Withdrawal,
    /// Refusals, complaints, changes of the contract: a person must read it.
    NeedsPerson,
    /// Speaks of something attached.
    Attachment,
    /// "My answers stand below".
    Below,
    Uncertain,
    /// What it says held once.
    Past,
    /// A date that is none.
    Vague,
    /// A number that follows is a customer's, an invoice's: none of our fields.
    OtherNumber,
    /// "He", "her number": a birth date or phone beside it is somebody else's.
    ThirdPerson,
    /// Where a value was found.
    Source,
    /// How the error came about.
    Slip,
    /// How a name is spelled.
    Spelling,
    /// Without consequence by itself.
    Plain,
    /// "It is", "on the": may stand beside a bare value without saying anything of it.
    Copula,
    /// May stand inside a name.
    Particle,
    StreetWord,
    Label(Label),
    Energy(Energy),
}

/// What a label says of the value beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Field(Field),
    /// First or last name.
    Name,
    /// Date of birth or start date.
    Date,
    /// EAN of either energy.
    Ean,
    /// Meter number of either energy.
    MeterNumber,
}

/// The words of one language, with those that are used in all four.
pub(super) struct Words {
    phrases: HashMap<String, Vec<Meaning>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct WordsFile {
    greeting: Vec<String>,
    thanks: Vec<String>,
    closing: Vec<String>,
    confirm: Vec<String>,
    weak_confirm: Vec<String>,
    all: Vec<String>,
    except: Vec<String>,
    deny: Vec<String>,
    but: Vec<String>,
    instead: Vec<String>,
    should_be: Vec<String>,
    not_ours: Vec<String>,
    later: Vec<String>,
    question: Vec<String>,
    withdrawal: Vec<String>,
    person: Vec<String>,
    attachment: Vec<String>,
    below: Vec<String>,
    uncertain: Vec<String>,
    past: Vec<String>,
    vague: Vec<String>,
    other_number: Vec<String>,
    third_person: Vec<String>,
    source: Vec<String>,
    slip: Vec<String>,
    spelling: Vec<String>,
    plain: Vec<String>,
    copula: Vec<String>,
    particle: Vec<String>,
    street_word: Vec<String>,
    label: HashMap<String, Vec<String>>,
    energy: HashMap<String, Vec<String>>,
}

static TABLES: LazyLock<[Words; 4]> = LazyLock::new(|| {
    Language::ALL.map(|language| {
        let mut words = Words {
            phrases: HashMap::new(),
        };
        words.add(include_str!("words/any.toml"));
        words.add(match language {
            Language::Fr => include_str!("words/fr.toml"),
            Language::Nl => include_str!("words/nl.toml"),
            Language::De => include_str!("words/de.toml"),
            Language::En => include_str!("words/en.toml"),
        });
        words
    })
});

impl Words {
    pub(super) fn of(language: Language) -> &'static Words {
        let place = Language::ALL.iter().position(|other| *other == language);
        &TABLES[place.unwrap_or_default()]
    }

    /// The meanings of a phrase whose words are folded and joined by one space; empty when it is not known.
    pub(super) fn meanings(&self, phrase: &str) -> &[Meaning] {
        self.phrases.get(phrase).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, text: &str) {
        let file: WordsFile = toml::from_str(text).expect("the word files are compiled in and tested");
        for (list, meaning) in [
            (file.greeting, Meaning::Greeting),
            (file.thanks, Meaning::Thanks),
            (file.closing, Meaning::Closing),
            (file.confirm, Meaning::Confirm),
            (file.weak_confirm, Meaning::WeakConfirm),
            (file.all, Meaning::All),
            (file.except, Meaning::Except),
            (file.deny, Meaning::Deny),
            (file.but, Meaning::But),
            (file.instead, Meaning::Instead),
            (file.should_be, Meaning::ShouldBe),
            (file.not_ours, Meaning::NotOurs),
            (file.later, Meaning::Later),
            (file.question, Meaning::Question),
            (file.withdrawal, Meaning::Withdrawal),
            (file.person, Meaning::NeedsPerson),
            (file.attachment, Meaning::Attachment),
            (file.below, Meaning::Below),
            (file.uncertain, Meaning::Uncertain),
            (file.past, Meaning::Past),
            (file.vague, Meaning::Vague),
            (file.other_number, Meaning::OtherNumber),
            (file.third_person, Meaning::ThirdPerson),
            (file.source, Meaning::Source),
            (file.slip, Meaning::Slip),
            (file.spelling, Meaning::Spelling),
            (file.plain, Meaning::Plain),
            (file.copula, Meaning::Copula),
            (file.particle, Meaning::Particle),
            (file.street_word, Meaning::StreetWord),
        ] {
            self.add_all(list, meaning);
        }
        for (name, list) in file.label {
            self.add_all(list, Meaning::Label(label_named(&name)));
        }
        for (name, list) in file.energy {
            let energy = if name == "gas" {
                Energy::Gas
            } else {
                Energy::Electricity
            };
            self.add_all(list, Meaning::Energy(energy));
        }
    }

    fn add_all(&mut self, list: Vec<String>, meaning: Meaning) {
        for phrase in list {
            // Arrows are no words and would fold to nothing.
            let key = if phrase.chars().any(char::is_alphanumeric) {
                fold_key(&phrase)
            } else {
                phrase
            };
            let meanings = self.phrases.entry(key).or_default();
            if !meanings.contains(&meaning) {
                meanings.push(meaning);
            }
        }
    }
}

fn label_named(name: &str) -> Label {
    match name {
        "name" => Label::Name,
        "date" => Label::Date,
        "ean" => Label::Ean,
        "meter_number" => Label::MeterNumber,
        other => Label::Field(other.parse().expect("the word files name fields that exist")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_read_and_no_phrase_is_longer_than_the_search_looks() {
        for language in Language::ALL {
            let words = Words::of(language);
            assert!(words.phrases.len() > 300, "{language}");
            for phrase in words.phrases.keys() {
                assert!(
                    !phrase.is_empty() && phrase.split(' ').count() <= PHRASE_WORDS_MAX,
                    "{language}: {phrase}"
                );
            }
        }
    }

    #[test]
    fn a_word_may_mean_several_things() {
        let meter = Words::of(Language::Fr).meanings("compteur");
        assert!(meter.contains(&Meaning::Source) && meter.contains(&Meaning::Label(Label::MeterNumber)));
    }
}
