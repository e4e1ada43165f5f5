//! Values that are words: names, streets, municipalities. They have no form of their own: a label, the question they stand
//! under, or their likeness to what is registered tells them.

use std::ops::Range;

use super::scope::Scope;
use super::sentence::{Item, ItemKind};
use super::spelling;
use super::words::{Label, Meaning};
use crate::registration::value::fold_key;
use crate::registration::{Field, places};

/// A name is like the registered one when one letter in this many differs, or one letter at all.
const LETTERS_PER_DIFFERENCE: usize = 4;
/// A name is no longer than this many items of a sentence.
const NAME_ITEMS_MAX: usize = 6;
/// A name between quotation marks may be this long.
const QUOTED_ITEMS_MAX: usize = 10;
/// Sentences of more items hold no name worth the search.
const ITEMS_SEARCHED_MAX: usize = 120;

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

/// A line of so few words may be a name and nothing else.
const ALONE_ITEMS_MAX: usize = 4;
/// What companies and associations write before or behind their names, in Belgium.
const LEGAL_FORMS: [&str; 22] = [
    "sa", "nv", "srl", "bv", "sprl", "bvba", "sc", "cv", "scrl", "cvba", "snc", "vof", "scomm", "commv",
    "gcv", "asbl", "vzw", "vog", "aisbl", "ivzw", "gmbh", "ag",
];
/// Streets whose kind is grown onto their name.
const STREET_ENDINGS: [&str; 12] = [
    "straat", "laan", "weg", "steenweg", "plein", "dreef", "lei", "kaai", "strasse", "platz", "gasse", "pad",
];
/// The rule of names given letter by letter.
pub(super) const SPELLED_RULE: &str = "spelled_out";
const TEXT_FIELDS: [Field; 5] = [
    Field::FirstName,
    Field::LastName,
    Field::CompanyName,
    Field::Street,
    Field::Municipality,
];

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

/// "Achternaam: Van den Bossche": the run of capitalised words behind a label.
fn labelled(scope: &Scope<'_>, text: &str, items: &[Item]) -> Vec<Spelling> {
    let mut found = Vec::new();
    for (place, item) in items.iter().enumerate() {
        for meaning in item.meanings() {
            let Meaning::Label(label) = meaning else { continue };
            let fields: Vec<Field> = scope
                .fields_of(*label, &[])
                .into_iter()
                .filter(|field| TEXT_FIELDS.contains(field))
                .collect();
            let home = *label == Label::Home;
            let field = match fields.as_slice() {
                [field] => field,
                // Which of the two shows in the name itself.
                [field, _] if home => field,
                _ => continue,
            };
            let begin = if item.means(Meaning::StreetWord) && has_capital_start(text, item) {
                place
            } else {
                skip_copula(items, place + 1)
            };
            let behind_colon = begin > place + 1
                && items[place + 1..begin]
                    .iter()
                    .any(|item| matches!(item.kind, ItemKind::Break(':' | '=')));
            let run = if let Some(quoted) = quoted(text, items, begin) {
                quoted
            } else if behind_colon {
                rest_of_line(text, items, begin)
            } else {
                run_at(text, items, begin)
            };
            let run = without_other_name(scope, text, items, run, *field);
            let field = &if home {
                match home_field(scope, text, items, &run) {
                    Some(field) => field,
                    None => continue,
                }
            } else {
                *field
            };
            if run.len() > usize::from(begin == place)
                && is_one_name(scope, text, items, &run, *field, *label)
            {
                found.extend(spelling(text, items, run, *field, "labelled_name"));
            }
        }
    }
    found
}

/// "Is called “Les Petits Pas”": the words between quotation marks, whatever they mean elsewhere.
fn quoted(text: &str, items: &[Item], begin: usize) -> Option<Range<usize>> {
    let first = items.get(begin)?;
    let open = text[..first.range.start].trim_end().chars().next_back()?;
    let close: &[char] = match open {
        '"' => &['"'],
        '“' | '„' | '”' => &['”', '“'],
        '«' => &['»'],
        _ => return None,
    };
    let end = first.range.start + text[first.range.start..].find(close)?;
    let inside = items[begin..].iter().take_while(|item| item.range.end <= end);
    let length = inside.clone().count();
    let words = inside
        .clone()
        .all(|item| matches!(item.kind, ItemKind::Unknown | ItemKind::Phrase(_)));
    (words && length <= QUOTED_ITEMS_MAX && has_capital(&text[first.range.start..end]))
        .then(|| begin..begin + length)
}

/// Whether the name behind "I live in" is a street's or a place's.
fn home_field(scope: &Scope<'_>, text: &str, items: &[Item], run: &Range<usize>) -> Option<Field> {
    if run.is_empty() {
        return None;
    }
    let written = &text[items[run.start].range.start..items[run.end - 1].range.end];
    let field = if looks_like_street(text, items, run) {
        Field::Street
    } else if !places::codes_of(written).is_empty() {
        Field::Municipality
    } else {
        return None;
    };
    scope.is_asked(field).then_some(field)
}

pub(super) fn looks_like_street(text: &str, items: &[Item], run: &Range<usize>) -> bool {
    let written = &text[items[run.start].range.start..items[run.end - 1].range.end];
    items[run.clone()]
        .iter()
        .any(|item| item.means(Meaning::StreetWord))
        || STREET_ENDINGS
            .iter()
            .any(|ending| letters(written).ends_with(ending))
}

/// "My name is Stéphanie Delacroix" gives the last name behind the registered first name.
fn without_other_name(
    scope: &Scope<'_>,
    text: &str,
    items: &[Item],
    mut run: Range<usize>,
    field: Field,
) -> Range<usize> {
    let other = match field {
        Field::LastName => Field::FirstName,
        Field::FirstName => Field::LastName,
        _ => return run,
    };
    let Some(name) = scope.registration.field(other).map(fold_key) else {
        return run;
    };
    let words = name.split(' ').count();
    let folded = |places: Range<usize>| -> String {
        places
            .map(|place| fold_key(&text[items[place].range.clone()]))
            .collect::<Vec<_>>()
            .join(" ")
    };
    if run.len() > words && folded(run.start..run.start + words) == name {
        run.start += words;
    } else if run.len() > words && folded(run.end - words..run.end) == name {
        run.end -= words;
    }
    run
}

/// Whether a labelled run is one name of the field and not a whole "Jean Dupont": unlike what is registered, it may be one
/// word only.
fn is_one_name(
    scope: &Scope<'_>,
    text: &str,
    items: &[Item],
    run: &Range<usize>,
    field: Field,
    label: Label,
) -> bool {
    if !matches!(field, Field::FirstName | Field::LastName) {
        return true;
    }
    let unknown = items[run.clone()]
        .iter()
        .filter(|item| matches!(item.kind, ItemKind::Unknown))
        .count();
    let written = &text[items[run.start].range.start..items[run.end - 1].range.end];
    is_like_registered(scope, field, written) || unknown == 1 && label != Label::Name
}

/// Behind "is", "c'est" and a colon.
fn skip_copula(items: &[Item], mut place: usize) -> usize {
    while items.get(place).is_some_and(|item| {
        let particle = item.means(Meaning::Particle);
        matches!(item.kind, ItemKind::Break(':' | '='))
            || ((item.means(Meaning::Plain) || item.means(Meaning::Copula)) && !particle)
            || item.means(Meaning::ShouldBe)
            || item.means(Meaning::Spelling)
    }) {
        place += 1;
    }
    place
}

/// Behind a label's colon the value goes on to the next comma or bracket, whatever its words mean elsewhere: "Nom : ASBL Les
/// Petits Pas". Without a capital at its beginning, with a value or too long, it is taken as any run.
fn rest_of_line(text: &str, items: &[Item], begin: usize) -> Range<usize> {
    let ends = |item: &Item| matches!(item.kind, ItemKind::Break(_) | ItemKind::Value(_));
    let end = items[begin..]
        .iter()
        .position(ends)
        .map_or(items.len(), |length| begin + length);
    let valued = items
        .get(end)
        .is_some_and(|item| matches!(item.kind, ItemKind::Value(_)));
    let plain = |item: &Item| {
        let capital = has_capital_start(text, item) || has_capital(&text[item.range.clone()]);
        let inside = item.means(Meaning::Particle) || item.means(Meaning::StreetWord);
        let unknown = matches!(item.kind, ItemKind::Unknown);
        capital || inside || unknown && is_legal_form(&text[item.range.clone()])
    };
    let begins = items
        .get(begin)
        .is_some_and(|item| has_capital_start(text, item) || is_legal_form(&text[item.range.clone()]));
    let whole = begins && !valued && end - begin <= NAME_ITEMS_MAX && items[begin..end].iter().all(plain);
    if whole {
        begin..end
    } else {
        run_at(text, items, begin)
    }
}

pub(super) fn is_legal_form(word: &str) -> bool {
    LEGAL_FORMS.contains(&fold_key(word).as_str())
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
    let asks_names = scope.asked.iter().any(|(field, _)| TEXT_FIELDS.contains(field));
    if !asks_names {
        return;
    }
    let alone = items.len() <= ALONE_ITEMS_MAX;
    if under == Some(Field::CompanyName) && is_company_name(text, items) {
        for item in items.iter_mut().filter(|item| !item.means(Meaning::Particle)) {
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

/// "Les Petits Pas": nothing but words with capitals, one of them of no meaning in an answer, that begin with no yes or no. In the name of
/// a company any word may stand.
fn is_company_name(text: &str, items: &[Item]) -> bool {
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

/// The run of words that can be one name: it begins with a capital and holds at least one unknown word.
fn run_at(text: &str, items: &[Item], begin: usize) -> Range<usize> {
    let mut end = begin;
    let mut last_unknown = begin;
    while let Some(item) = items.get(end).filter(|_| end - begin < NAME_ITEMS_MAX) {
        let unknown = matches!(item.kind, ItemKind::Unknown);
        let capital = has_capital_start(text, item);
        let inside = item.means(Meaning::Particle) || item.means(Meaning::StreetWord);
        let legal = unknown && is_legal_form(&text[item.range.clone()]);
        let capital = capital || legal;
        if end == begin && !capital || !unknown && !inside || unknown && !capital {
            break;
        }
        end += 1;
        if unknown || (item.means(Meaning::StreetWord) && capital && last_unknown > begin) {
            last_unknown = end;
        }
    }
    let any_unknown = items[begin.min(items.len())..last_unknown.max(begin).min(items.len())]
        .iter()
        .any(|item| matches!(item.kind, ItemKind::Unknown));
    if any_unknown {
        begin..last_unknown
    } else {
        begin..begin
    }
}

fn has_capital_start(text: &str, item: &Item) -> bool {
    text[item.range.clone()]
        .chars()
        .next()
        .is_some_and(char::is_uppercase)
}

/// Runs that are the registered value or a small edit of it, for asked fields: the closest first.
fn alike(scope: &Scope<'_>, text: &str, items: &[Item]) -> Vec<Spelling> {
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

fn can_be_inside_name(item: &Item) -> bool {
    match item.kind {
        ItemKind::Unknown => true,
        ItemKind::Phrase(_) => item.means(Meaning::Particle) || item.means(Meaning::StreetWord),
        _ => false,
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
    let begin = skip_copula(items, begin);
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
    let looks = looks
        && (scope.registration.field(field).is_none()
            || matches!(field, Field::Street | Field::Municipality));
    looks || is_like_registered(scope, field, written)
}

fn is_like_registered(scope: &Scope<'_>, field: Field, written: &str) -> bool {
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
fn letters(text: &str) -> String {
    fold_key(text).replace(' ', "")
}

pub(super) fn has_capital(text: &str) -> bool {
    text.chars().any(char::is_uppercase)
}

/// Whether a spelling says no more than the registered one: the same, or the same in capitals or small letters only.
pub(super) fn is_same(registered: &str, written: &str) -> bool {
    let one_case = !has_capital(written) || !written.chars().any(char::is_lowercase);
    registered == written || (one_case && registered.to_lowercase() == written.to_lowercase())
}

/// Whether the word belongs to a name that was asked about: then it is not explained by being known.
pub(super) fn is_asked_name(scope: &Scope<'_>, word: &str) -> bool {
    scope.asked.iter().any(|(field, _)| {
        TEXT_FIELDS.contains(field)
            && scope
                .registration
                .field(*field)
                .is_some_and(|value| fold_key(value).split(' ').any(|part| part == word))
    })
}

/// Whether the word might be a spelling of a name that was asked about.
pub(super) fn is_like_asked(scope: &Scope<'_>, word: &str) -> bool {
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
