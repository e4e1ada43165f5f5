//! Whether a sentence is rather like those that change nothing or like those that need a person: naive Bayes over the words and
//! pairs of words of the sentences in `sentences/`, which people wrote for it. Learnt when first asked for; to teach it, add a
//! sentence there.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::registration::Language;
use crate::registration::value::fold_key;

/// Added to every count, so that one sentence proves nothing (Lidstone smoothing).
const SMOOTHING: f64 = 0.5;
/// A longer sentence is judged by its beginning.
const WORDS_MAX: usize = 120;

/// How much more like weighty sentences than like asides a sentence is, as the logarithm of the odds: above 0 rather weighty.
/// 0 where nothing in it was ever seen.
pub(super) fn weightiness(language: Language, sentence: &str) -> f64 {
    let place = Language::ALL.iter().position(|other| *other == language);
    let learnt: &Learnt = &LEARNT[place.unwrap_or_default()];
    features(sentence)
        .iter()
        .map(|feature| learnt.log_odds(feature))
        .sum()
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

/// In how many sentences of each sort a feature stands.
#[derive(Debug, Default, Clone, Copy)]
struct Count {
    aside: u32,
    weighty: u32,
}

struct Learnt {
    counts: HashMap<String, Count>,
    total: Count,
}

impl Learnt {
    fn from((asides, weighty): (&str, &str)) -> Learnt {
        let mut learnt = Learnt {
            counts: HashMap::new(),
            total: Count::default(),
        };
        for sentence in asides.lines() {
            learnt.add(sentence, |count| count.aside += 1);
        }
        for sentence in weighty.lines() {
            learnt.add(sentence, |count| count.weighty += 1);
        }
        learnt
    }

    fn add(&mut self, sentence: &str, seen: fn(&mut Count)) {
        for feature in features(sentence) {
            seen(self.counts.entry(feature).or_default());
            seen(&mut self.total);
        }
    }

    fn log_odds(&self, feature: &str) -> f64 {
        let Some(count) = self.counts.get(feature) else {
            return 0.0;
        };
        let share = |count: u32, total: u32| {
            (f64::from(count) + SMOOTHING) / (f64::from(total) + SMOOTHING * self.counts.len() as f64)
        };
        (share(count.weighty, self.total.weighty) / share(count.aside, self.total.aside)).ln()
    }
}

/// The distinct words of a sentence and pairs of neighbours, with its beginning and its end as words.
fn features(sentence: &str) -> HashSet<String> {
    let folded = fold_key(sentence);
    let words: Vec<&str> = std::iter::once("^")
        .chain(folded.split(' ').filter(|word| !word.is_empty()).take(WORDS_MAX))
        .chain(["$"])
        .collect();
    let pairs = words.windows(2).map(|pair| pair.join(" "));
    words.iter().map(|word| (*word).to_owned()).chain(pairs).collect()
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
                assert!(right * 100 >= all * 97, "{language}: {right} of {all}");
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
