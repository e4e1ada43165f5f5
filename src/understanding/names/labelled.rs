//! Names beside a label: "Achternaam: Van den Bossche", "I live in ...".

use super::*;

/// A name between quotation marks may be this long.
const QUOTED_ITEMS_MAX: usize = 10;

/// "Achternaam: Van den Bossche": the run of capitalised words behind a label.
pub(super) fn labelled(scope: &Scope<'_>, text: &str, items: &[Item]) -> Vec<Spelling> {
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
            let behind = skip_copula(items, place + 1);
            // "The rue Borgnet", as against "the rue is ...".
            let is_in_name = has_capital_start(text, item)
                || behind == place + 1
                    && items
                        .get(behind)
                        .is_some_and(|next| has_capital_start(text, next));
            let begin = if item.means(Meaning::StreetWord) && is_in_name {
                place
            } else {
                behind
            };
            let behind_colon = begin > place + 1
                && items[place + 1..begin]
                    .iter()
                    .any(|item| matches!(item.kind, ItemKind::Break(':' | '=')));
            let run = if let Some(quoted) = quoted(text, items, begin) {
                quoted
            } else if behind_colon {
                rest_of_line(text, items, begin)
            } else if begin == place {
                place..run_at(text, items, place + 1).end
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
            let bare =
                *field == Field::Street && !run.is_empty() && lacks_street_word(scope, text, items, &run);
            if run.len() > usize::from(begin == place)
                && !bare
                && is_one_name(scope, text, items, &run, *field, *label)
            {
                // A street's own "rue" says of no value that it is the answer.
                let rule = if begin == place {
                    "named_street"
                } else {
                    "labelled_name"
                };
                found.extend(spelling(text, items, run, *field, rule));
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

/// "Rue: Borgnet" of a registered "Rue Borgnette" leaves out what the street is: with or without it, a person sees.
fn lacks_street_word(scope: &Scope<'_>, text: &str, items: &[Item], run: &Range<usize>) -> bool {
    let registered = scope.registration.field(Field::Street).map(fold_key);
    let kind = registered.as_deref().and_then(|street| street.split(' ').next());
    kind.is_some_and(|kind| {
        Words::of(scope.language)
            .meanings(kind)
            .contains(&Meaning::StreetWord)
    }) && !looks_like_street(text, items, run)
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

/// "My name is Stéphanie Delacroix" gives the last name behind the registered first name.
pub(super) fn without_other_name(
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
pub(super) fn skip_copula(items: &[Item], mut place: usize) -> usize {
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
pub(super) fn rest_of_line(text: &str, items: &[Item], begin: usize) -> Range<usize> {
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

/// The run of words that can be one name: it begins with a capital and holds at least one unknown word.
pub(super) fn run_at(text: &str, items: &[Item], begin: usize) -> Range<usize> {
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
