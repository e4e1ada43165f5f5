//! Values that are words: names, streets, municipalities. They have no form of their own: a label, the question they stand
//! under, or their likeness to what is registered tells them.

mod alike;
mod denied;
mod labelled;
mod looks;

use std::ops::Range;

use super::scope::Scope;
use super::sentence::{Item, ItemKind};
use super::spelling;
use super::words::{Label, Meaning, Words};
use crate::registration::value::fold_key;
use crate::registration::{Field, places};

use alike::{alike, is_like_registered, letters};
pub(super) use alike::{is_asked_name, is_like_asked, is_same};
use denied::beside_denied;
use labelled::{labelled, rest_of_line, run_at, skip_copula, without_other_name};
pub(super) use looks::{has_capital, is_legal_form, looks_like_street};
use looks::{has_capital_start, is_company_name};

/// A name is no longer than this many items of a sentence.
const NAME_ITEMS_MAX: usize = 6;
/// Sentences of more items hold no name worth the search.
const ITEMS_SEARCHED_MAX: usize = 120;
/// A line of so few words may be a name and nothing else.
const ALONE_ITEMS_MAX: usize = 4;
/// The rule of names given letter by letter.
pub(super) const SPELLED_RULE: &str = "spelled_out";
const TEXT_FIELDS: [Field; 5] = [
    Field::FirstName,
    Field::LastName,
    Field::CompanyName,
    Field::Street,
    Field::Municipality,
];

/// A name found in a sentence.
pub(super) struct Spelling {
    pub(super) field: Field,
    /// The places of its items.
    pub(super) items: Range<usize>,
    /// Its bytes in the piece.
    pub(super) range: Range<usize>,
    pub(super) rule: &'static str,
    /// What it says, where that is not what stands there: the letters of a name joined.
    pub(super) joined: Option<String>,
}

/// The names a sentence gives, none inside another.
pub(super) fn spellings(
    scope: &Scope<'_>,
    text: &str,
    items: &[Item],
    under: Option<Field>,
) -> Vec<Spelling> {
    let items = &items[..items.len().min(ITEMS_SEARCHED_MAX)];
    let mut found: Vec<Spelling> = Vec::new();
    let free = |found: &[Spelling], items: &Range<usize>| {
        found
            .iter()
            .all(|other| other.items.end <= items.start || items.end <= other.items.start)
    };
    for spelling in labelled(scope, text, items)
        .into_iter()
        .chain(beside_denied(scope, text, items))
        .chain(alike(scope, text, items))
    {
        if free(&found, &spelling.items) {
            found.push(spelling);
        }
    }
    if let Some(spelled) = spelled(scope, text, items, under, &found) {
        found
            .retain(|other| other.items.end <= spelled.items.start || spelled.items.end <= other.items.start);
        found.insert(0, spelled);
    }
    if found.is_empty() {
        found.extend(alone(scope, text, items, under));
    }
    found
}

/// A name given letter by letter: under its question, or like one that was asked about. Where it is written as well and the two
/// agree, it is as written.
fn spelled(
    scope: &Scope<'_>,
    text: &str,
    items: &[Item],
    under: Option<Field>,
    found: &[Spelling],
) -> Option<Spelling> {
    let (run, name) = spelling::spelled_out(text, items)?;
    let alike: Vec<Field> = scope
        .asked
        .iter()
        .map(|(field, _)| *field)
        .filter(|field| TEXT_FIELDS.contains(field) && is_like_registered(scope, *field, &name))
        .collect();
    let field = match (under, alike.as_slice()) {
        (Some(under), _) if TEXT_FIELDS.contains(&under) => under,
        (None, [field]) => *field,
        _ => return None,
    };
    let written = found.iter().find_map(|other| {
        let written = &text[other.range.clone()];
        (other.field == field && letters(written) == letters(&name)).then(|| written.to_owned())
    });
    let mut spelled = spelling(text, items, run, field, SPELLED_RULE)?;
    spelled.joined = Some(written.unwrap_or(name));
    Some(spelled)
}

fn spelling(
    text: &str,
    items: &[Item],
    run: Range<usize>,
    field: Field,
    rule: &'static str,
) -> Option<Spelling> {
    let (first, last) = (items.get(run.start)?, items.get(run.end.checked_sub(1)?)?);
    let range = first.range.start..last.range.end;
    text.get(range.clone()).map(|_| Spelling {
        field,
        items: run,
        range,
        rule,
        joined: None,
    })
}

/// Gives back to names the words that are also words of tales ("Müller", "Boulanger"): where the sentence names a name that was
/// asked about, and where they are like it.
pub(super) fn free(scope: &Scope<'_>, text: &str, under: Option<Field>, items: &mut [Item]) {
    let names_a_name = under.is_some_and(|field| TEXT_FIELDS.contains(&field))
        || items.iter().any(|item| {
            item.meanings().iter().any(|meaning| {
                matches!(meaning, Meaning::Label(label)
                    if scope.fields_of(*label, &[]).iter().any(|field| TEXT_FIELDS.contains(field) && scope.is_asked(*field)))
            })
        });
    free_signature(scope, text, items);
    let asks_names = scope.asked.iter().any(|(field, _)| TEXT_FIELDS.contains(field));
    if !asks_names {
        return;
    }
    let alone = items.len() <= ALONE_ITEMS_MAX;
    let answer = behind_introduction(items);
    if under == Some(Field::CompanyName) && is_company_name(text, &items[answer..]) {
        for item in items[answer..]
            .iter_mut()
            .filter(|item| !item.means(Meaning::Particle))
        {
            item.kind = ItemKind::Unknown;
        }
    }
    for item in items {
        let word = &text[item.range.clone()];
        let of_a_tale = item.meanings().iter().all(|meaning| meaning.is_of_a_tale());
        let key = fold_key(word);
        if matches!(item.kind, ItemKind::Phrase(_))
            && of_a_tale
            && !key.contains(' ')
            && (word.starts_with(char::is_uppercase) || is_legal_form(&key))
            && (names_a_name || alone || is_like_asked(scope, &key))
        {
            item.kind = ItemKind::Unknown;
        }
    }
}

/// A sentence that is a name and nothing else, under its question or to the only question.
fn alone(scope: &Scope<'_>, text: &str, items: &[Item], under: Option<Field>) -> Option<Spelling> {
    let field = match (under, scope.asked.as_slice()) {
        (Some(field), _) => field,
        (None, [(field, _)]) => *field,
        (None, _) => only_name_asked(scope)?,
    };
    let registered = scope.registration.field(field);
    // Any name may stand at the end of a message; a street or place shows in itself.
    let shows = matches!(field, Field::Street | Field::Municipality);
    if !TEXT_FIELDS.contains(&field) || registered.is_none() && under.is_none() && !shows {
        return None;
    }
    let begin = items
        .iter()
        .position(|item| !item.means(Meaning::Deny) && !matches!(item.kind, ItemKind::Break(_)))?;
    let begin = skip_copula(items, begin).max(behind_introduction(items));
    let run = if under.is_some() && field == Field::CompanyName {
        rest_of_line(text, items, begin)
    } else {
        run_at(text, items, begin)
    };
    let run = without_other_name(scope, text, items, run, field);
    let reaches_end = items[run.end..]
        .iter()
        .all(|item| scope.is_name(&fold_key(&text[item.range.clone()])));
    if run.is_empty() || !reaches_end || !may_stand_alone(scope, text, items, &run, field, under) {
        return None;
    }
    spelling(text, items, run, field, "name_alone")
}

/// Where the answer begins behind words of known meaning and a colon: "No, please change it to: ...".
fn behind_introduction(items: &[Item]) -> usize {
    let colon = items
        .iter()
        .position(|item| matches!(item.kind, ItemKind::Break(':')));
    let known = |item: &Item| matches!(item.kind, ItemKind::Phrase(_) | ItemKind::Break(_));
    match colon {
        Some(colon) if items[..colon].iter().all(known) => colon + 1,
        _ => 0,
    }
}

/// "Rose Fox": a line of nothing but the names of the customer or the sender, whatever else its words mean.
fn free_signature(scope: &Scope<'_>, text: &str, items: &mut [Item]) {
    let of_name = |item: &Item| {
        let word = &text[item.range.clone()];
        let key = fold_key(word);
        // "Camille" is no mistyped "famille".
        let taken_as_mistyped = Words::of(scope.language).meanings(&key).is_empty();
        has_capital(word)
            && (taken_as_mistyped || item.meanings().iter().all(|meaning| meaning.is_of_a_tale()))
            && key.split(' ').all(|part| scope.is_name(part))
    };
    if items.len() <= ALONE_ITEMS_MAX && items.iter().all(of_name) {
        for item in items {
            item.kind = ItemKind::Unknown;
        }
    }
}

/// The one field among those asked whose values are words.
pub(super) fn only_name_asked(scope: &Scope<'_>) -> Option<Field> {
    let mut names = scope
        .asked
        .iter()
        .map(|(field, _)| *field)
        .filter(|field| TEXT_FIELDS.contains(field));
    names.next().filter(|_| names.next().is_none())
}

/// Any word may stand alone ("Perfect", "Absolutely"): as a name it is taken when it is like the registered one, or has
/// the looks of such a value.
fn may_stand_alone(
    scope: &Scope<'_>,
    text: &str,
    items: &[Item],
    run: &Range<usize>,
    field: Field,
    under: Option<Field>,
) -> bool {
    let written = &text[items[run.start].range.start..items[run.end - 1].range.end];
    let unknown = items[run.clone()]
        .iter()
        .filter(|item| matches!(item.kind, ItemKind::Unknown))
        .count();
    let looks = match field {
        Field::Street => looks_like_street(text, items, run),
        Field::Municipality => !places::codes_of(written).is_empty(),
        // Under its own question any name of a company may stand, however many words it has.
        Field::CompanyName => unknown == 1 || unknown > 1 && under == Some(field),
        _ => unknown == 1,
    };
    let before = &items[..run.start];
    let is_correction = under.is_some()
        && (behind_introduction(before) > 0
            || before
                .iter()
                .any(|item| item.means(Meaning::Deny) || item.means(Meaning::ShouldBe)));
    let looks = looks
        && (scope.registration.field(field).is_none()
            || is_correction
            || matches!(field, Field::Street | Field::Municipality));
    looks || is_like_registered(scope, field, written)
}
