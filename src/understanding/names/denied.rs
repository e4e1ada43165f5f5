//! "Not Arlon but Virton": a place or street beside the registered one that is said to be wrong.

use super::*;

/// Where the registered place or street is denied and the sentence names one other, which shows in itself to be one, that is it.
pub(super) fn beside_denied(scope: &Scope<'_>, text: &str, items: &[Item]) -> Vec<Spelling> {
    [Field::Municipality, Field::Street]
        .into_iter()
        .filter(|field| scope.is_asked(*field))
        .filter_map(|field| one_beside(text, items, field, scope.registration.field(field)?))
        .collect()
}

fn one_beside(text: &str, items: &[Item], field: Field, registered: &str) -> Option<Spelling> {
    let wrong = denied(text, items, &fold_key(registered))?;
    let mut others: Vec<Range<usize>> = Vec::new();
    let mut place = 0;
    while place < items.len() {
        let starts_name = has_capital_start(text, &items[place]) || items[place].means(Meaning::StreetWord);
        let run = if wrong.contains(&place) || !starts_name {
            place..place
        } else {
            run_at(text, items, place)
        };
        let shows = |run: &Range<usize>| {
            let written = &text[items[run.start].range.start..items[run.end - 1].range.end];
            match field {
                Field::Street => looks_like_street(text, items, run),
                _ => !places::codes_of(written).is_empty(),
            }
        };
        place = run.end.max(place + 1);
        if run.end > run.start && !wrong.contains(&run.start) && !wrong.contains(&(run.end - 1)) {
            if !shows(&run) {
                return None;
            }
            others.push(run);
        }
    }
    let [other] = others.as_slice() else { return None };
    spelling(text, items, other.clone(), field, "beside_denied")
}

/// The items of the registered name, where a "not" stands before it with nothing but small words between.
fn denied(text: &str, items: &[Item], registered: &str) -> Option<Range<usize>> {
    (0..items.len()).find_map(|begin| {
        let end = (begin + 1..=items.len().min(begin + NAME_ITEMS_MAX))
            .find(|end| fold_key(&text[items[begin].range.start..items[end - 1].range.end]) == registered)?;
        let small = |item: &&Item| {
            item.means(Meaning::Plain) || item.means(Meaning::Particle) || item.means(Meaning::Copula)
        };
        let before = items[..begin].iter().rev().find(|item| !small(item))?;
        let denies = before.means(Meaning::Deny) || before.means(Meaning::Instead);
        denies.then_some(begin..end)
    })
}
