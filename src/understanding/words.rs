//! What words and phrases mean, in four languages: the files of `words/`, read once.

mod around;
mod of_bills;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{LazyLock, OnceLock};

use serde::Deserialize;
use strsim::osa_distance;

pub(super) use around::Around;

use crate::registration::value::fold_key;
use crate::registration::{Energy, Field, Language};

/// No phrase of the files is longer than this many words.
pub(super) const PHRASE_WORDS_MAX: usize = 9;
/// Shorter words are not looked up as mistyped ones.
const MISTYPED_LETTERS_MIN: usize = 5;
/// About as many as a language has, so that its table need not grow.
const PHRASES_EXPECTED: usize = 32_000;
const UMLAUTS: [char; 3] = ['ä', 'ö', 'ü'];

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
    /// Tells a story around the answer ("behind the fridge", "my glasses"): harmless, also beside a value.
    Telling,
    /// Harmless in a tale, but beside a value it might turn it ("before", "first", "not yet").
    TaleOnly,
    /// Who or what might have a supply point of its own (kin, trades, premises): harmless in a story, never near a value.
    Owner,
    /// Stands for something said before ("that is", "c'est celui"): what the sentence says, it says of that.
    Anaphor,
    /// What the correspondence is about: a tale that speaks of contracts, prices or suppliers is none.
    Contract,
    /// Joins two clauses ("but", "because", "when").
    Joins,
    /// "The rest": all that is not spoken of here.
    Rest,
    /// "Too": what was said of one field holds for the next.
    Also,
    /// Speaks to us: such a sentence may want something.
    Addressed,
    /// What small numbers count ("20 minutes", "84 ans").
    Unit,
    /// "It is", "on the": may stand beside a bare value without saying anything of it.
    Copula,
    /// Stands before a name ("Mme").
    Title,
    /// Says who writes and for whom ("as the bookkeeper of").
    Writer,
    /// May stand inside a name.
    Particle,
    StreetWord,
    Label(Label),
    Energy(Energy),
}

impl Meaning {
    /// Whether it only tells something around the answer.
    pub(super) fn is_of_a_tale(self) -> bool {
        matches!(self, Meaning::Telling | Meaning::TaleOnly | Meaning::Owner)
    }

    /// Whether it may change what an answer says, or calls for a person.
    pub(super) fn is_weighty(self) -> bool {
        matches!(
            self,
            Meaning::Except
                | Meaning::Deny
                | Meaning::Instead
                | Meaning::NotOurs
                | Meaning::Question
                | Meaning::Withdrawal
                | Meaning::NeedsPerson
                | Meaning::Attachment
                | Meaning::Uncertain
                | Meaning::Later
                | Meaning::Vague
                | Meaning::OtherNumber
                | Meaning::Owner
        )
    }
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
    /// Street or municipality: "I live in".
    Home,
    /// All of the supply address: "the address is right".
    Address,
}

/// The words of one language, with those that are used in all four.
///
/// Laid out to be small and soon built: every process of ours reads all the files at its first message.
pub(super) struct Words {
    /// The place in `sets` of what each phrase means.
    phrases: HashMap<Box<str>, usize, BuildHasherDefault<Fnv>>,
    /// The different sets of meanings, a few hundred for tens of thousands of phrases; the first is empty.
    sets: Vec<Vec<Meaning>>,
    /// Made when the first unknown word is met: only the language of a message needs it.
    mistyped: OnceLock<Mistyped>,
}

/// How the words that are looked up mistyped are found.
struct Mistyped {
    /// In order.
    correct: Vec<Box<str>>,
    /// Hashes of what remains of these words without one letter, each with the place of its word; ordered. Two rests of one
    /// hash do no harm: what is found is compared.
    near: Vec<(u32, u32)>,
}

/// FNV-1a: the keys are ours, so nobody can choose them to collide.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct WordsFile {
    injection: Vec<String>,
    meter: Vec<String>,
    supply_point: Vec<String>,
    closing_bill: Vec<String>,
    street_short: Vec<(String, String)>,
    box_word: Vec<String>,
    company_line: Vec<String>,
    customer_own: Vec<String>,
    takeover_date: Vec<String>,
    predecessor: Vec<String>,
    former: Vec<String>,
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
    anaphor: Vec<String>,
    unit: Vec<String>,
    contract: Vec<String>,
    addressed: Vec<String>,
    also: Vec<String>,
    rest: Vec<String>,
    joins: Vec<String>,
    /// Words set apart by white space, no phrases.
    telling: String,
    /// As `telling`.
    tale_only: String,
    /// As `telling`.
    owner: String,
    /// Words of tales in all their forms.
    telling_forms: Vec<Forms>,
    title: Vec<String>,
    writer: Vec<String>,
    writes_for: Vec<String>,
    copula: Vec<String>,
    particle: Vec<String>,
    street_word: Vec<String>,
    label: HashMap<String, Vec<String>>,
    energy: EnergyWords,
}

/// A list behind this table would be taken for one of it: none other is known here.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct EnergyWords {
    electricity: Vec<String>,
    gas: Vec<String>,
}

/// Stems that all take the same endings; `-` is none. A form that nobody writes does no harm.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Forms {
    endings: String,
    stems: String,
}

impl Forms {
    /// Calls for each form, all in one piece of memory.
    fn each(&self, mut found: impl FnMut(&str)) {
        let mut form = String::new();
        for stem in self.stems.split_whitespace() {
            for ending in self.endings.split_whitespace() {
                form.clear();
                form.push_str(stem);
                form.push_str(ending.trim_start_matches('-'));
                found(&form);
            }
        }
    }
}

static TABLES: LazyLock<[Words; 4]> = LazyLock::new(|| {
    Language::ALL.map(|language| {
        let mut words = Words {
            phrases: HashMap::with_capacity_and_hasher(PHRASES_EXPECTED, BuildHasherDefault::default()),
            sets: vec![Vec::new()],
            mistyped: OnceLock::new(),
        };
        words.add(include_str!("words/any.toml"));
        let (answers, tales) = match language {
            Language::Fr => (include_str!("words/fr.toml"), include_str!("words/tales.fr.toml")),
            Language::Nl => (include_str!("words/nl.toml"), include_str!("words/tales.nl.toml")),
            Language::De => (include_str!("words/de.toml"), include_str!("words/tales.de.toml")),
            Language::En => (include_str!("words/en.toml"), include_str!("words/tales.en.toml")),
        };
        words.add(answers);
        words.add(tales);
        words
    })
});

impl Mistyped {
    /// The correct words that have this rest.
    fn near(&self, rest: u32) -> impl Iterator<Item = &str> {
        let begin = self.near.partition_point(|(other, _)| *other < rest);
        self.near[begin..]
            .iter()
            .take_while(move |(other, _)| *other == rest)
            .map(|(_, place)| &*self.correct[*place as usize])
    }
}

impl Words {
    pub(super) fn of(language: Language) -> &'static Words {
        let place = Language::ALL.iter().position(|other| *other == language);
        &TABLES[place.unwrap_or_default()]
    }

    /// The meanings of a phrase whose words are folded and joined by one space; empty when it is not known.
    pub(super) fn meanings(&self, phrase: &str) -> &[Meaning] {
        self.phrases.get(phrase).map_or(&[], |set| &self.sets[*set])
    }

    /// The meanings of the one word that differs from this in one letter, or in two neighbours swapped; the weightiest where
    /// several do. Empty for short words: their neighbours are other words.
    pub(super) fn meanings_of_mistyped(&self, word: &str) -> &[Meaning] {
        if word.chars().count() < MISTYPED_LETTERS_MIN {
            return &[];
        }
        let mistyped = self.mistyped.get_or_init(|| self.index_near());
        let near = rests(word)
            .flat_map(|rest| mistyped.near(rest))
            .filter(|known| osa_distance(known, word) <= 1)
            .map(|known| self.meanings(known));
        near.max_by_key(|meanings| meanings.iter().any(|meaning| meaning.is_weighty()))
            .unwrap_or_default()
    }

    fn index_near(&self) -> Mistyped {
        // Words of tales are too many and too alike: any misspelling would be one of them.
        let tells: Vec<bool> = self
            .sets
            .iter()
            .map(|set| set.iter().all(|meaning| meaning.is_of_a_tale()))
            .collect();
        let is_indexed = |phrase: &str, set: usize| {
            !tells[set] && !phrase.contains(' ') && phrase.chars().count() >= MISTYPED_LETTERS_MIN - 1
        };
        let mut correct: Vec<Box<str>> = self
            .phrases
            .iter()
            .filter(|(phrase, set)| is_indexed(phrase, **set))
            .map(|(phrase, _)| phrase.clone())
            .collect();
        correct.sort_unstable();
        let places = (0u32..).zip(&correct);
        let mut near: Vec<(u32, u32)> = places
            .flat_map(|(place, word)| rests(word).map(move |rest| (rest, place)))
            .collect();
        near.sort_unstable();
        near.dedup();
        Mistyped { correct, near }
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
            (file.anaphor.clone(), Meaning::Anaphor),
            // What points back says nothing else by itself.
            (file.anaphor.clone(), Meaning::Plain),
            (file.anaphor, Meaning::Copula),
            (file.unit, Meaning::Unit),
            // "You find it under supply address": where a value was found.
            (file.supply_point, Meaning::Source),
            (file.closing_bill, Meaning::Source),
            (file.contract, Meaning::Contract),
            (file.addressed, Meaning::Addressed),
            (file.also, Meaning::Also),
            (file.rest, Meaning::Rest),
            (file.joins, Meaning::Joins),
        ] {
            self.add_all(list.iter().map(String::as_str), meaning);
        }
        self.add_all(file.owner.split_whitespace(), Meaning::Owner);
        self.add_all(file.tale_only.split_whitespace(), Meaning::TaleOnly);
        self.add_all(file.telling.split_whitespace(), Meaning::Telling);
        self.add_forms(&file.telling_forms, Meaning::Telling);
        for (list, meaning) in [
            (file.title, Meaning::Title),
            (file.writer, Meaning::Writer),
            // For whom, is said behind it.
            (file.writes_for, Meaning::Plain),
            (file.copula, Meaning::Copula),
            (file.particle, Meaning::Particle),
            (file.street_word, Meaning::StreetWord),
        ] {
            self.add_all(list.iter().map(String::as_str), meaning);
        }
        for (name, list) in file.label {
            self.add_all(
                list.iter().map(String::as_str),
                Meaning::Label(label_named(&name)),
            );
        }
        for (list, energy) in [
            (file.energy.electricity, Energy::Electricity),
            (file.energy.gas, Energy::Gas),
        ] {
            self.add_all(list.iter().map(String::as_str), Meaning::Energy(energy));
        }
    }

    fn add_all<'a>(&mut self, list: impl Iterator<Item = &'a str>, meaning: Meaning) {
        let mut joined = HashMap::new();
        for phrase in list {
            self.add_spelled(phrase, meaning, &mut joined);
        }
    }

    fn add_forms(&mut self, forms: &[Forms], meaning: Meaning) {
        let mut joined = HashMap::new();
        for forms in forms {
            forms.each(|form| self.add_spelled(form, meaning, &mut joined));
        }
    }

    fn add_spelled(&mut self, phrase: &str, meaning: Meaning, joined: &mut HashMap<usize, usize>) {
        // "fuer", "Zaehler": umlauts as people type them without.
        if phrase.contains(UMLAUTS) {
            let spelled = phrase.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue");
            self.add_one(&spelled, meaning, joined);
        }
        self.add_one(phrase, meaning, joined);
    }

    /// `joined`: which set another one becomes with this meaning, as far as it was seen.
    fn add_one(&mut self, phrase: &str, meaning: Meaning, joined: &mut HashMap<usize, usize>) {
        // Arrows are no words and would fold to nothing.
        let key = if phrase.chars().any(char::is_alphanumeric) {
            fold_key(phrase)
        } else {
            phrase.to_owned()
        };
        let set = self.phrases.entry(key.into_boxed_str()).or_default();
        *set = *joined
            .entry(*set)
            .or_insert_with_key(|set| with_meaning(&mut self.sets, *set, meaning));
    }
}

/// The place of the set that has this meaning too.
fn with_meaning(sets: &mut Vec<Vec<Meaning>>, set: usize, meaning: Meaning) -> usize {
    let known = &sets[set];
    // A word that does something in an answer is more than a word of a tale.
    if known.contains(&meaning) || (meaning.is_of_a_tale() && !known.is_empty()) {
        return set;
    }
    let more = [known.as_slice(), &[meaning]].concat();
    sets.iter().position(|other| *other == more).unwrap_or_else(|| {
        sets.push(more);
        sets.len() - 1
    })
}

/// Hashes of the word, and of what remains of it without each of its letters in turn.
fn rests(word: &str) -> impl Iterator<Item = u32> {
    let without_one = word
        .char_indices()
        .map(|(place, letter)| hash(&word[..place], &word[place + letter.len_utf8()..]));
    without_one.chain([hash(word, "")])
}

/// FNV-1a of both pieces together.
fn hash(begin: &str, end: &str) -> u32 {
    let bytes = begin.bytes().chain(end.bytes());
    bytes.fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

fn label_named(name: &str) -> Label {
    match name {
        "name" => Label::Name,
        "date" => Label::Date,
        "ean" => Label::Ean,
        "meter_number" => Label::MeterNumber,
        "home" => Label::Home,
        "address" => Label::Address,
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
    fn a_mistyped_word_means_what_the_correct_one_does() {
        let words = Words::of(Language::Fr);
        let correct = words.meanings("cordialement");
        assert!(!correct.is_empty());
        // One letter too few, too many, another, and two swapped.
        for mistyped in ["cordialment", "cordiallement", "cordialemant", "cordialemnet"] {
            assert_eq!(words.meanings(mistyped), [], "{mistyped}");
            assert_eq!(words.meanings_of_mistyped(mistyped), correct, "{mistyped}");
        }
        assert_eq!(words.meanings_of_mistyped("cordalemant"), []);
    }

    #[test]
    fn a_word_may_mean_several_things() {
        let meter = Words::of(Language::Fr).meanings("compteur");
        assert!(meter.contains(&Meaning::Source) && meter.contains(&Meaning::Label(Label::MeterNumber)));
    }
}
