//! How a name is spelled: letter by letter ("H-E-I-N-E-N"), and in words ("with two n", "avec un e et pas un a").

use super::sentence::{Item, ItemKind};
use super::words::Meaning;
use crate::registration::value::fold_key;
use std::ops::Range;

/// Fewer letters in a row are initials.
const SPELLED_LETTERS_MIN: usize = 3;
/// Letters that are spoken of together.
const GROUPS: [&str; 14] = [
    "th", "ph", "ck", "ch", "sch", "dt", "ss", "ij", "tz", "gh", "ae", "oe", "ue", "ie",
];
const ARTICLES: [&str; 14] = [
    "un", "une", "de", "le", "la", "een", "ein", "eine", "einem", "an", "met", "avec", "mit", "with",
];
const NEGATIONS: [&str; 11] = [
    "sans", "zonder", "ohne", "without", "no", "pas", "geen", "niet", "kein", "nicht", "not",
];
const DOUBLES: [&str; 8] = [
    "deux", "dubbele", "dubbel", "twee", "zwei", "doppel", "two", "double",
];
const SINGLES: [&str; 5] = ["seul", "enkele", "single", "one", "einfachem"];

/// Capital letters set apart by hyphens, full stops or spaces, joined to a name; with the places of their items.
pub(super) fn spelled_out(text: &str, items: &[Item]) -> Option<(Range<usize>, String)> {
    let letter = |item: &Item| -> Option<char> {
        let mut letters = text[item.range.clone()].chars();
        let letter = letters.next().filter(|letter| letter.is_uppercase())?;
        let alone = letters.next().is_none() && !matches!(item.kind, ItemKind::Value(_));
        alone.then_some(letter)
    };
    let joined = |item: &Item| matches!(item.kind, ItemKind::Break('-'));
    let mut begin = 0;
    while begin < items.len() {
        let mut name = String::new();
        let mut end = begin;
        while let Some(item) = items.get(end) {
            if let Some(letter) = letter(item) {
                if name.is_empty() {
                    name.push(letter);
                } else {
                    name.extend(letter.to_lowercase());
                }
            } else if name.is_empty() || !joined(item) {
                break;
            }
            end += 1;
        }
        if name.chars().count() >= SPELLED_LETTERS_MIN {
            return Some((begin..end, name));
        }
        begin = end.max(begin) + 1;
    }
    None
}

/// Whether words about the spelling fit the name: "with two n" needs a double n, "without h" a name that has none.
pub(super) fn fits(sentence: &str, written: &str) -> bool {
    // The stress of Dutch "één" is what tells it from the article.
    let stressed = sentence.replace("één", "enkele").replace("Eén", "enkele");
    let words = fold_key(&stressed);
    let words: Vec<&str> = words.split(' ').collect();
    let name = fold_key(written).replace(' ', "");
    let letters_fit = (0..words.len()).all(|place| {
        let Some(group) = group_at(&words, place) else {
            return true;
        };
        let before: Vec<&str> = words[..place]
            .iter()
            .rev()
            .take_while(|word| ARTICLES.contains(word) || is_of(&[&NEGATIONS, &DOUBLES, &SINGLES], word))
            .copied()
            .collect();
        let says = |list: &[&str]| before.iter().any(|word| list.contains(word));
        let doubled = name.contains(&group.repeat(2));
        if before.is_empty() {
            true
        } else if says(&NEGATIONS) {
            if says(&DOUBLES) {
                !doubled
            } else {
                !name.contains(group)
            }
        } else if says(&DOUBLES) {
            doubled
        } else if says(&SINGLES) {
            name.contains(group) && !doubled
        } else {
            name.contains(group)
        }
    });
    letters_fit && words_fit(&words, written) && accents_fit(&words, written)
}

fn is_of(lists: &[&[&str]], word: &str) -> bool {
    lists.iter().any(|list| list.contains(&word))
}

/// Whether a folded word is a letter, or a group of letters that people name together.
pub(super) fn is_group(word: &str) -> bool {
    word.len() == 1 && word.bytes().all(|b| b.is_ascii_lowercase()) || GROUPS.contains(&word)
}

/// A letter or a group of letters that is spoken of; "a" before another is an article.
fn group_at<'w>(words: &[&'w str], place: usize) -> Option<&'w str> {
    let word = words[place];
    let article = word == "a" && words.get(place + 1).is_some_and(|next| is_group(next));
    (is_group(word) && !article).then_some(word)
}

/// "In one word" has no space, "in two words" one.
fn words_fit(words: &[&str], written: &str) -> bool {
    let count = written.split_whitespace().count();
    words.windows(2).all(|pair| match pair {
        [
            "un" | "seul" | "1" | "een" | "enkele" | "one" | "einem" | "ein",
            "mot" | "woord" | "word" | "wort",
        ] => count == 1,
        [
            "deux" | "2" | "twee" | "two" | "zwei",
            "mots" | "woorden" | "words" | "worten" | "worter",
        ] => count == 2,
        [
            "trois" | "3" | "drie" | "three" | "drei",
            "mots" | "woorden" | "words" | "worten" | "worter",
        ] => count == 3,
        _ => true,
    })
}

/// "With an acute accent on the first e": the accent stands in the name, and there.
fn accents_fit(words: &[&str], written: &str) -> bool {
    let marks = |mark: &str| -> &[char] {
        match mark {
            "aigu" | "acute" => &['á', 'é', 'í', 'ó', 'ú'],
            "grave" => &['à', 'è', 'ì', 'ò', 'ù'],
            "circonflexe" | "circumflex" => &['â', 'ê', 'î', 'ô', 'û'],
            "trema" | "umlaut" | "diaeresis" => &['ä', 'ë', 'ï', 'ö', 'ü'],
            "cedille" | "cedilla" => &['ç'],
            _ => &[],
        }
    };
    let written = written.to_lowercase();
    words.iter().enumerate().all(|(place, word)| {
        let marked = marks(word);
        if marked.is_empty() {
            return true;
        }
        let denied = words[..place]
            .iter()
            .rev()
            .take(3)
            .any(|word| NEGATIONS.contains(word));
        let Some(ordinal) = ordinal_behind(&words[place + 1..]) else {
            return denied != written.contains(marked);
        };
        let (which, letter) = ordinal;
        let mut same = written.chars().filter(|c| fold_key(&c.to_string()) == letter);
        denied != same.nth(which).is_some_and(|c| marked.contains(&c))
    })
}

/// "On the first e": its place among the letters e, from 0.
fn ordinal_behind<'w>(words: &[&'w str]) -> Option<(usize, &'w str)> {
    let place = words.iter().position(|word| {
        matches!(
            *word,
            "premier"
                | "deuxieme"
                | "second"
                | "eerste"
                | "tweede"
                | "erste"
                | "ersten"
                | "zweiten"
                | "first"
        )
    })?;
    let which = usize::from(matches!(
        words[place],
        "deuxieme" | "second" | "tweede" | "zweiten"
    ));
    let letter = words.get(place + 1).filter(|word| word.len() == 1)?;
    Some((which, letter))
}

/// Whether an item can stand in words about a spelling.
pub(super) fn speaks_of_spelling(text: &str, item: &Item) -> bool {
    let word = fold_key(&text[item.range.clone()]);
    // "1" is a count of words only beside them: elsewhere it may be a value.
    let letter = is_group(&word) || word == "1" && counts_words(&text[item.range.end..]);
    let own = word.split(' ').all(|word| {
        ARTICLES.contains(&word)
            || is_of(&[&NEGATIONS, &DOUBLES, &SINGLES], word)
            || matches!(
                word,
                "et" | "en"
                    | "und"
                    | "and"
                    | "in"
                    | "woord"
                    | "mot"
                    | "word"
                    | "wort"
                    | "sur"
                    | "op"
                    | "on"
                    | "premier"
                    | "eerste"
                    | "first"
                    | "the"
                    | "ersten"
                    | "auf"
                    | "dem"
            )
    });
    letter || own || item.means(Meaning::Spelling) || matches!(item.kind, ItemKind::Break(',' | '(' | ')'))
}

fn counts_words(behind: &str) -> bool {
    let next = behind.split_whitespace().next().map(fold_key);
    next.is_some_and(|next| matches!(next.as_str(), "mot" | "woord" | "word" | "wort"))
}
