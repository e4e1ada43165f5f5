//! Names that are like the registered ones.

use super::*;

/// A name is like the registered one when one letter in this many differs, or one letter at all.
const LETTERS_PER_DIFFERENCE: usize = 4;

/// Runs that are the registered value or a small edit of it, for asked fields: the closest first.
pub(super) fn alike(scope: &Scope<'_>, text: &str, items: &[Item]) -> Vec<Spelling> {
    let mut found: Vec<(usize, Spelling)> = Vec::new();
    for (field, _) in &scope.asked {
        let Some(registered) = scope
            .registration
            .field(*field)
            .filter(|_| TEXT_FIELDS.contains(field))
        else {
            continue;
        };
        for begin in 0..items.len() {
            let closest = closest(text, items, begin, registered);
            found.extend(closest.and_then(|(distance, run)| {
                Some((
                    distance,
                    spelling(text, items, run, *field, "like_registered_name")?,
                ))
            }));
        }
    }
    found.sort_by_key(|(distance, spelling)| (*distance, spelling.items.start));
    found.into_iter().map(|(_, spelling)| spelling).collect()
}

/// The run that begins here and is closest to the registered name, if it is close enough.
fn closest(text: &str, items: &[Item], begin: usize, registered: &str) -> Option<(usize, Range<usize>)> {
    let target = letters(registered);
    let length = target.chars().count();
    let allowed = (length / LETTERS_PER_DIFFERENCE).max(1);
    let mut best: Option<(usize, Range<usize>)> = None;
    if !can_begin_name(text, &items[begin], registered) {
        return None;
    }
    for end in begin + 1..=(begin + NAME_ITEMS_MAX).min(items.len()) {
        if !can_be_inside_name(&items[end - 1]) {
            break;
        }
        let slice = text.get(items[begin].range.start..items[end - 1].range.end)?;
        let written = letters(slice);
        if written.chars().count() > length + allowed {
            break;
        }
        let holds_unknown = items[begin..end]
            .iter()
            .any(|item| matches!(item.kind, ItemKind::Unknown))
            || written == target && has_capital(slice);
        let initials = [&items[begin], &items[end - 1]]
            .iter()
            .any(|item| text[item.range.clone()].chars().count() == 1);
        let distance = strsim::levenshtein(&written, &target);
        // A two-letter name with one letter changed is another name.
        let close = distance <= allowed && (distance == 0 || length > 3);
        if holds_unknown && !initials && close && best.as_ref().is_none_or(|(least, _)| distance < *least) {
            best = Some((distance, begin..end));
        }
    }
    best
}

/// A name begins with a capital, with a word of no other meaning, or as the registered one does ("de Wilde").
fn can_begin_name(text: &str, item: &Item, registered: &str) -> bool {
    let word = fold_key(&text[item.range.clone()]);
    let as_registered = fold_key(registered).split(' ').next() == Some(word.as_str());
    // "de Villers" for a registered "Devillers".
    let grown_on = item.means(Meaning::Particle) && letters(registered).starts_with(&word) && word.len() > 1;
    matches!(item.kind, ItemKind::Unknown)
        || can_be_inside_name(item) && (has_capital_start(text, item) || as_registered || grown_on)
}

pub(super) fn can_be_inside_name(item: &Item) -> bool {
    match item.kind {
        ItemKind::Unknown => true,
        ItemKind::Phrase(_) => item.means(Meaning::Particle) || item.means(Meaning::StreetWord),
        _ => false,
    }
}

pub(super) fn is_like_registered(scope: &Scope<'_>, field: Field, written: &str) -> bool {
    let written = letters(written);
    scope
        .registration
        .field(field)
        .map(letters)
        .is_some_and(|registered| {
            strsim::levenshtein(&written, &registered)
                <= (registered.chars().count() / LETTERS_PER_DIFFERENCE).max(1)
        })
}

/// Letters and digits alone, folded.
pub(super) fn letters(text: &str) -> String {
    fold_key(text).replace(' ', "")
}

/// Whether a spelling says no more than the registered one: the same but for a capital at its beginning ("rue Haute"), or the
/// same in capitals or small letters only.
pub(in crate::understanding) fn is_same(registered: &str, written: &str) -> bool {
    let one_case = !has_capital(written) || !written.chars().any(char::is_lowercase);
    let uncapitalised = |text: &str| {
        let mut chars = text.chars();
        let first = chars.next().map(|first| first.to_lowercase().to_string());
        first.unwrap_or_default() + chars.as_str()
    };
    uncapitalised(registered) == uncapitalised(written)
        || (one_case && registered.to_lowercase() == written.to_lowercase())
}

/// Whether the word belongs to a name that was asked about: then it is not explained by being known.
pub(in crate::understanding) fn is_asked_name(scope: &Scope<'_>, word: &str) -> bool {
    scope.asked.iter().any(|(field, _)| {
        TEXT_FIELDS.contains(field)
            && scope
                .registration
                .field(*field)
                .is_some_and(|value| fold_key(value).split(' ').any(|part| part == word))
    })
}

/// Whether the word might be a spelling of a name that was asked about.
pub(in crate::understanding) fn is_like_asked(scope: &Scope<'_>, word: &str) -> bool {
    let near = |part: &str| {
        strsim::levenshtein(part, word) <= (part.chars().count() / LETTERS_PER_DIFFERENCE).max(1)
    };
    scope.asked.iter().any(|(field, _)| {
        TEXT_FIELDS.contains(field)
            && scope
                .registration
                .field(*field)
                .is_some_and(|value| fold_key(value).split(' ').any(near))
    })
}
