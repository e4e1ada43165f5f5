//! Whether a sentence gives up what the customer asked of us, or only ends something else: an old contract, a value, an
//! appointment.
//!
//! A word such as "cancel" calls for a person wherever it stands (`words`); only what ends something of ours, without condition,
//! makes a message a withdrawal.

use std::sync::LazyLock;

use serde::Deserialize;

use super::scope::Scope;
use super::{Doubt, DoubtReason};
use crate::registration::value::fold_key;

/// Words that `..` stands for.
const GAP_WORDS_MAX: usize = 6;
/// Behind them begins a clause; as a word, a comma stands for each.
const CLAUSE_ENDS: [char; 6] = [',', ';', ':', '(', ')', '\n'];
/// A negation stands at most so many words before what it denies.
const NEGATION_WORDS_BEFORE: usize = 3;

/// Whether a sentence gives up what was asked of us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum GivingUp {
    No,
    /// Something is ended, or would be, and it may be ours: a threat, a question, a contract that is not said to be whose.
    Perhaps,
    Yes,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    ends: Vec<String>,
    ours: Vec<String>,
    shared: Vec<String>,
    plain: Vec<String>,
    stays: Vec<String>,
    signs: Vec<String>,
    news: Vec<String>,
    old: Vec<String>,
    at: Vec<String>,
    us: Vec<String>,
    things: Vec<String>,
    conditional: Vec<String>,
    polite_conditions: Vec<String>,
    requests: Vec<String>,
    negation: Vec<String>,
}

/// A phrase, its words taken apart.
type Phrase = Vec<Box<str>>;

struct Phrases {
    ends: Vec<Phrase>,
    ours: Vec<Phrase>,
    shared: Vec<Phrase>,
    plain: Vec<Phrase>,
    stays: Vec<Phrase>,
    signs: Vec<Phrase>,
    news: Vec<Phrase>,
    old: Vec<Phrase>,
    at: Vec<Phrase>,
    us: Vec<Phrase>,
    things: Vec<Phrase>,
    conditional: Vec<Phrase>,
    polite_conditions: Vec<Phrase>,
    requests: Vec<Phrase>,
    negation: Vec<Phrase>,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("words/giving_up.toml"))
        .expect("the file is part of the program, and a test reads it");
    let of = |list: Vec<String>| list.iter().map(|phrase| words_of(phrase)).collect();
    Phrases {
        ends: of(file.ends),
        ours: of(file.ours),
        shared: of(file.shared),
        plain: of(file.plain),
        stays: of(file.stays),
        signs: of(file.signs),
        news: of(file.news),
        old: of(file.old),
        at: of(file.at),
        us: of(file.us),
        things: of(file.things),
        conditional: of(file.conditional),
        polite_conditions: of(file.polite_conditions),
        requests: of(file.requests),
        negation: of(file.negation),
    }
});

fn words_of(text: &str) -> Phrase {
    text.split(' ').map(Into::into).collect()
}

/// Whether the customer gives up what was asked of us. Of the sentences that hold a word for ending something, those that end
/// nothing of ours need a person and are no withdrawal; of all that a person must read, one may be a withdrawal in other words.
pub(super) fn weigh(scope: &Scope<'_>, body: &str, doubts: &mut Vec<Doubt>) -> GivingUp {
    let mut all = GivingUp::No;
    let mut plainest: Option<Doubt> = None;
    for doubt in doubts.iter_mut() {
        let shown = doubt.text.as_deref().unwrap_or_default();
        let sentence = doubt.span.and_then(|(begin, end)| body.get(begin..end));
        let found = judge(sentence.unwrap_or(shown), |word| scope.is_registered_word(word));
        let alarmed = doubt.reason == DoubtReason::Withdrawal;
        match found {
            GivingUp::Yes if !alarmed && plainest.is_none() => {
                plainest = Some(Doubt {
                    reason: DoubtReason::Withdrawal,
                    words: Vec::new(),
                    ..doubt.clone()
                });
            }
            GivingUp::Yes => {}
            GivingUp::Perhaps | GivingUp::No if alarmed => doubt.reason = DoubtReason::NeedsPerson,
            GivingUp::Perhaps | GivingUp::No => continue,
        }
        all = all.max(if alarmed {
            found.max(GivingUp::Perhaps)
        } else {
            found
        });
    }
    if doubts.iter().all(|doubt| doubt.reason != DoubtReason::Withdrawal) {
        doubts.extend(plainest);
    }
    all
}

/// Judges one sentence. `is_registered`: whether a folded word is of the name of the registered supplier, or of the address.
pub(super) fn judge(sentence: &str, is_registered: impl Fn(&str) -> bool) -> GivingUp {
    let phrases = &*PHRASES;
    let clauses: Vec<String> = sentence.split(CLAUSE_ENDS).map(fold_key).collect();
    let joined = clauses.join(" , ");
    let mut words: Vec<&str> = joined.split(' ').filter(|word| !word.is_empty()).collect();
    let has_request = has(&words, &phrases.requests);
    for polite in &phrases.polite_conditions {
        while let Some(place) = find(&words, polite) {
            words.drain(place.start..place.end);
        }
    }
    let ends = affirmed(&words, &phrases.ends);
    let ours = has(&words, &phrases.ours);
    let shared = has(&words, &phrases.shared);
    let of_another = || has(&words, &phrases.old) || names_another(sentence, &is_registered);
    let ends_ours = ends && (ours || (shared && !has(&words, &phrases.things) && !of_another()));
    let leaves = [
        (&phrases.stays, true),
        (&phrases.signs, has(&words, &phrases.news)),
    ]
    .into_iter()
    .any(|(list, told)| told && affirmed(&words, list) && !is_at_us(&words, list));
    let plain = affirmed(&words, &phrases.plain);
    let only_if = has(&words, &phrases.conditional);
    let only_asks = sentence.trim_end().ends_with('?') && !has_request;
    if !(ends_ours || leaves || plain) {
        let perhaps = has(&words, &phrases.ends) || has(&words, &phrases.signs);
        return if perhaps { GivingUp::Perhaps } else { GivingUp::No };
    }
    if only_if || only_asks {
        GivingUp::Perhaps
    } else {
        GivingUp::Yes
    }
}

/// "With Luminus": at whom else than us something is, by a capital or by the name of the registered supplier.
fn names_another(sentence: &str, is_registered: impl Fn(&str) -> bool) -> bool {
    let phrases = &*PHRASES;
    let words: Vec<&str> = sentence.split_whitespace().collect();
    words.windows(2).any(|pair| {
        let (at, whom) = (fold_key(pair[0]), fold_key(pair[1]));
        has(&[at.as_str()], &phrases.at)
            && !whom.is_empty()
            && !has(&[whom.as_str()], &phrases.us)
            && (pair[1].starts_with(char::is_uppercase) || is_registered(&whom))
    })
}

/// "We stay with you".
fn is_at_us(words: &[&str], list: &[Phrase]) -> bool {
    places(words, list).all(|place| words.get(place.end).is_some_and(|next| has(&[next], &PHRASES.us)))
}

fn has(words: &[&str], list: &[Phrase]) -> bool {
    places(words, list).next().is_some()
}

/// Whether one of the phrases stands there undenied. A phrase that itself denies is not denied by its own word.
fn affirmed(words: &[&str], list: &[Phrase]) -> bool {
    places(words, list).any(|place| {
        let before = &words[place.start.saturating_sub(NEGATION_WORDS_BEFORE)..place.start];
        let clause = before.rsplit(|word| *word == ",").next().unwrap_or_default();
        !has(clause, &PHRASES.negation)
    })
}

fn places<'a>(words: &'a [&str], list: &'a [Phrase]) -> impl Iterator<Item = std::ops::Range<usize>> + 'a {
    list.iter().filter_map(|phrase| find(words, phrase))
}

/// The first place of a phrase.
fn find(words: &[&str], phrase: &Phrase) -> Option<std::ops::Range<usize>> {
    (0..words.len()).find_map(|start| end_of(&words[start..], phrase).map(|length| start..start + length))
}

/// How many words the phrase takes that begins here.
fn end_of(words: &[&str], phrase: &[Box<str>]) -> Option<usize> {
    let Some((first, rest)) = phrase.split_first() else {
        return Some(0);
    };
    if &**first == ".." {
        return (0..=GAP_WORDS_MAX.min(words.len()))
            .find_map(|gap| end_of(&words[gap..], rest).map(|length| gap + length));
    }
    let (word, words) = words.split_first()?;
    let fits = match first.strip_suffix('*') {
        Some(begin) => word.starts_with(begin),
        None => **first == **word,
    };
    fits.then(|| end_of(words, rest))
        .flatten()
        .map(|length| 1 + length)
}

#[cfg(test)]
mod tests;
