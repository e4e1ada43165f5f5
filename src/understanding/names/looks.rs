//! What names of streets and companies look like.

use super::*;

/// What companies and associations write before or behind their names, in Belgium.
const LEGAL_FORMS: [&str; 22] = [
    "sa", "nv", "srl", "bv", "sprl", "bvba", "sc", "cv", "scrl", "cvba", "snc", "vof", "scomm", "commv",
    "gcv", "asbl", "vzw", "vog", "aisbl", "ivzw", "gmbh", "ag",
];
/// Streets whose kind is grown onto their name.
const STREET_ENDINGS: [&str; 12] = [
    "straat", "laan", "weg", "steenweg", "plein", "dreef", "lei", "kaai", "strasse", "platz", "gasse", "pad",
];

pub(in crate::understanding) fn looks_like_street(text: &str, items: &[Item], run: &Range<usize>) -> bool {
    let written = &text[items[run.start].range.start..items[run.end - 1].range.end];
    items[run.clone()]
        .iter()
        .any(|item| item.means(Meaning::StreetWord))
        || STREET_ENDINGS
            .iter()
            .any(|ending| letters(written).ends_with(ending))
}

pub(in crate::understanding) fn is_legal_form(word: &str) -> bool {
    LEGAL_FORMS.contains(&fold_key(word).as_str())
}

/// "Les Petits Pas": nothing but words with capitals, one of them of no meaning in an answer, that begin with no yes or no. In the name of
/// a company any word may stand.
pub(super) fn is_company_name(text: &str, items: &[Item]) -> bool {
    let in_name = |item: &Item| {
        let written = has_capital_start(text, item) || is_legal_form(&text[item.range.clone()]);
        let word = matches!(item.kind, ItemKind::Unknown | ItemKind::Phrase(_));
        word && (written || item.means(Meaning::Particle))
    };
    let verdict = |item: &Item| item.means(Meaning::Confirm) || item.means(Meaning::Deny);
    let unmeant = |item: &Item| item.meanings().iter().all(|meaning| meaning.is_of_a_tale());
    items.iter().any(unmeant)
        && items.len() <= NAME_ITEMS_MAX
        && items.iter().all(in_name)
        && items.first().is_some_and(|first| !verdict(first))
}

pub(super) fn has_capital_start(text: &str, item: &Item) -> bool {
    text[item.range.clone()]
        .chars()
        .next()
        .is_some_and(char::is_uppercase)
}

pub(in crate::understanding) fn has_capital(text: &str) -> bool {
    text.chars().any(char::is_uppercase)
}
