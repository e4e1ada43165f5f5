//! Whether a sentence is rather like those that change nothing or like those that need a person: naive Bayes over the words and
//! pairs of words of the sentences in `sentences/`, which people wrote for it. Learnt when first asked for; to teach it, add a
//! sentence there.

use std::collections::HashSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::LazyLock;

use crate::registration::Language;
use crate::registration::value::fold_key;

/// Added to every count, so that one sentence proves nothing (Lidstone smoothing).
const SMOOTHING: f64 = 0.5;
/// A longer sentence is judged by its beginning.
const WORDS_MAX: usize = 120;
/// What stands in fewer asides may do so by chance.
const ASIDES_MIN: u32 = 2;
const BOTH_WEIGHTY_PER_ASIDE_MAX: f64 = 1.3;
const ASIDES_WEIGHTY_PER_ASIDE_MAX: f64 = 0.7;

/// How much more like weighty sentences than like asides a sentence is, as the logarithm of the odds: above 0 rather weighty.
/// 0 where nothing in it was ever seen.
pub(super) fn weightiness(language: Language, sentence: &str) -> f64 {
    let learnt = learnt(language);
    features(sentence)
        .iter()
        .map(|feature| learnt.log_odds(*feature))
        .sum()
}

fn learnt(language: Language) -> &'static Learnt {
    let place = Language::ALL.iter().position(|other| *other == language);
    &LEARNT[place.unwrap_or_default()]
}

/// In which sort of sentences one word, or two, stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Company {
    /// Rather in weighty ones, or hardly ever.
    Weighty,
    /// In asides about as often.
    Both,
    /// Far more often in asides.
    Asides,
}

/// The company a phrase keeps in the sentences; longer phrases than two words are not known.
pub(super) fn company(language: Language, phrase: &str) -> Company {
    let folded = fold_key(phrase);
    let words: Vec<&str> = folded.split(' ').collect();
    if words.len() > 2 {
        return Company::Weighty;
    }
    let count = learnt(language).count(hashed(&words));
    let weighty_per_aside = f64::from(count.weighty) / f64::from(count.aside);
    if count.aside < ASIDES_MIN || weighty_per_aside > BOTH_WEIGHTY_PER_ASIDE_MAX {
        Company::Weighty
    } else if weighty_per_aside > ASIDES_WEIGHTY_PER_ASIDE_MAX {
        Company::Both
    } else {
        Company::Asides
    }
}

static LEARNT: [LazyLock<Learnt>; 4] = [
    LazyLock::new(|| Learnt::from(sentences_of(Language::ALL[0]))),
    LazyLock::new(|| Learnt::from(sentences_of(Language::ALL[1]))),
    LazyLock::new(|| Learnt::from(sentences_of(Language::ALL[2]))),
    LazyLock::new(|| Learnt::from(sentences_of(Language::ALL[3]))),
];

fn sentences_of(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::Fr => (
            include_str!("sentences/fr.aside.txt"),
            include_str!("sentences/fr.weighty.txt"),
        ),
        Language::Nl => (
            include_str!("sentences/nl.aside.txt"),
            include_str!("sentences/nl.weighty.txt"),
        ),
        Language::De => (
            include_str!("sentences/de.aside.txt"),
            include_str!("sentences/de.weighty.txt"),
        ),
        Language::En => (
            include_str!("sentences/en.aside.txt"),
            include_str!("sentences/en.weighty.txt"),
        ),
    }
}

/// A word or pair of words, hashed: tens of thousands of them stay small.
type Feature = u64;

/// In how many sentences of each sort a feature stands.
#[derive(Debug, Default, Clone, Copy)]
struct Count {
    aside: u32,
    weighty: u32,
}

/// Ordered by feature.
struct Learnt {
    features: Vec<Feature>,
    counts: Vec<Count>,
    total: Count,
}

impl Learnt {
    fn from((asides, weighty): (&str, &str)) -> Learnt {
        let seen = |sentences: &str, is_weighty: bool| -> Vec<(Feature, bool)> {
            let of_all = sentences.lines().flat_map(features);
            of_all.map(|feature| (feature, is_weighty)).collect()
        };
        let mut all = [seen(asides, false), seen(weighty, true)].concat();
        all.sort_unstable();
        let mut learnt = Learnt {
            features: Vec::new(),
            counts: Vec::new(),
            total: Count::default(),
        };
        for same in all.chunk_by(|(feature, _), (next, _)| feature == next) {
            let asides = same.iter().filter(|(_, is_weighty)| !is_weighty).count() as u32;
            let count = Count {
                aside: asides,
                weighty: same.len() as u32 - asides,
            };
            learnt.features.push(same[0].0);
            learnt.counts.push(count);
            learnt.total.aside += count.aside;
            learnt.total.weighty += count.weighty;
        }
        learnt
    }

    fn count(&self, feature: Feature) -> Count {
        let place = self.features.binary_search(&feature);
        place.map_or(Count::default(), |place| self.counts[place])
    }

    fn log_odds(&self, feature: Feature) -> f64 {
        let count = self.count(feature);
        if count.aside + count.weighty == 0 {
            return 0.0;
        }
        let share = |count: u32, total: u32| {
            (f64::from(count) + SMOOTHING) / (f64::from(total) + SMOOTHING * self.features.len() as f64)
        };
        (share(count.weighty, self.total.weighty) / share(count.aside, self.total.aside)).ln()
    }
}

/// The distinct words of a sentence and pairs of neighbours, with its beginning and its end as words.
fn features(sentence: &str) -> HashSet<Feature> {
    let folded = fold_key(sentence);
    let words: Vec<&str> = std::iter::once("^")
        .chain(folded.split(' ').filter(|word| !word.is_empty()).take(WORDS_MAX))
        .chain(["$"])
        .collect();
    let pairs = words.windows(2).map(hashed);
    words
        .iter()
        .map(|word| hashed(std::slice::from_ref(word)))
        .chain(pairs)
        .collect()
}

fn hashed(words: &[&str]) -> Feature {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taught_is_known() {
        for language in Language::ALL {
            let (asides, weighty) = sentences_of(language);
            let right = |sentences: &str, is_right: fn(f64) -> bool| {
                let all = sentences.lines().count();
                let right = sentences
                    .lines()
                    .filter(|sentence| is_right(weightiness(language, sentence)))
                    .count();
                (right, all)
            };
            for (right, all) in [
                right(asides, |odds| odds < 0.0),
                right(weighty, |odds| odds > 0.0),
            ] {
                assert!(right * 100 >= all * 95, "{language}: {right} of {all}");
            }
        }
    }

    #[test]
    fn nothing_known_is_neither() {
        assert_eq!(
            weightiness(Language::Fr, "xqzt"),
            weightiness(Language::Fr, "qqqq")
        );
    }

    #[test]
    fn no_sentence_is_taught_both_ways() {
        for language in Language::ALL {
            let (asides, weighty) = sentences_of(language);
            let asides: HashSet<String> = asides.lines().map(fold_key).collect();
            for sentence in weighty.lines() {
                assert!(!asides.contains(&fold_key(sentence)), "{language}: {sentence}");
            }
        }
    }
}
