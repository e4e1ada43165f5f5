//! Addresses in one line: "Rue Haute 12 bte 3, 4000 Liège". A street needs its number beside it and a place its postal code:
//! what stands alone is read as any value that is a word.

use std::ops::Range;

use super::found::{Form, Found};
use super::names;
use super::scope::Scope;
use super::sentence::{Item, ItemKind};
use super::words::{Label, Meaning};
use crate::registration::{Field, places, value};

/// Words of the longest name of a street or place.
const NAME_ITEMS_MAX: usize = 6;
/// Letters of a box that is named by letters.
const BOX_LETTERS_MAX: usize = 2;

/// One field of an address.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    pub(super) field: Field,
    /// The places of its items.
    pub(super) items: Range<usize>,
    /// Its bytes in the piece.
    pub(super) range: Range<usize>,
}

/// The address that a sentence gives behind words like "I live in", "it is"; empty when it gives none, or anything stands
/// between its parts or right behind it.
pub(super) fn find(scope: &Scope<'_>, text: &str, items: &[Item], values: &[Found]) -> Vec<Part> {
    let Some(begin) = items.iter().position(|item| !leads(item)) else {
        return Vec::new();
    };
    let mut address = Address {
        scope,
        text,
        items,
        values,
        place: begin,
        parts: Vec::new(),
    };
    // "12, rue Haute" and "Rue Haute 12" are the two orders.
    let home = address.number_and_street() || address.street_and_number();
    if home {
        address.unit();
    }
    address.postal_code_and_place(home);
    let ends = items.get(address.place).is_none_or(|item| {
        matches!(item.kind, ItemKind::Break(',' | ')')) || item.means(Meaning::Joins) || is_and(text, item)
    });
    if ends { address.parts } else { Vec::new() }
}

/// What may stand before an address without saying whose or which it is.
fn leads(item: &Item) -> bool {
    let of_an_address = |label: &Label| {
        matches!(
            label,
            Label::Home | Label::Field(Field::HouseNumber | Field::PostalCode | Field::Municipality)
        )
    };
    match item.kind {
        ItemKind::Break(_) => true,
        ItemKind::Phrase(meanings) => {
            let turns = [
                Meaning::Deny,
                Meaning::Past,
                Meaning::Uncertain,
                Meaning::StreetWord,
            ]
            .iter()
            .any(|meaning| item.means(*meaning));
            let plain = meanings.iter().any(|meaning| match meaning {
                Meaning::Greeting
                | Meaning::Copula
                | Meaning::Plain
                | Meaning::ShouldBe
                | Meaning::Joins
                | Meaning::Confirm => true,
                Meaning::Label(label) => of_an_address(label),
                _ => false,
            });
            plain && !turns
        }
        _ => false,
    }
}

fn is_and(text: &str, item: &Item) -> bool {
    matches!(
        value::fold_key(&text[item.range.clone()]).as_str(),
        "et" | "en" | "und" | "and"
    )
}

struct Address<'a> {
    scope: &'a Scope<'a>,
    text: &'a str,
    items: &'a [Item],
    values: &'a [Found],
    /// The next item to be read.
    place: usize,
    parts: Vec<Part>,
}

impl Address<'_> {
    fn written(&self, items: &Range<usize>) -> &str {
        let range = self.bytes(items);
        &self.text[range]
    }

    fn bytes(&self, items: &Range<usize>) -> Range<usize> {
        self.items[items.start].range.start..self.items[items.end - 1].range.end
    }

    fn take(&mut self, field: Field, items: Range<usize>) {
        let range = self.bytes(&items);
        self.place = items.end;
        self.parts.push(Part { field, items, range });
    }

    fn number_at(&self, place: usize) -> Option<&str> {
        match self.items.get(place)?.kind {
            ItemKind::Value(index) => self
                .values
                .get(index)
                .filter(|found| found.form == Form::Number)
                .map(|found| found.text.as_str()),
            _ => None,
        }
    }

    fn is_house_number(&self, place: usize) -> bool {
        self.number_at(place)
            .is_some_and(|number| value::normalise(Field::HouseNumber, number).is_ok())
    }

    fn behind_breaks(&self, mut place: usize, marks: &[char]) -> usize {
        while matches!(self.items.get(place).map(|item| &item.kind), Some(ItemKind::Break(mark)) if marks.contains(mark))
        {
            place += 1;
        }
        place
    }

    /// The words from a place on that can be a name.
    fn name_at(&self, begin: usize) -> Range<usize> {
        let in_name = |item: &Item| match item.kind {
            ItemKind::Unknown => true,
            ItemKind::Phrase(meanings) => {
                let small = item.means(Meaning::Particle) || item.means(Meaning::StreetWord);
                let capital = self.text[item.range.clone()].starts_with(char::is_uppercase);
                small || capital && meanings.iter().all(|meaning| meaning.is_of_a_tale())
            }
            _ => false,
        };
        let length = self.items[begin.min(self.items.len())..]
            .iter()
            .take(NAME_ITEMS_MAX)
            .take_while(|item| in_name(item))
            .count();
        begin..begin + length
    }

    fn is_street(&self, items: &Range<usize>) -> bool {
        let only_its_kind = self.items[items.clone()]
            .iter()
            .all(|item| item.means(Meaning::StreetWord) || item.means(Meaning::Particle));
        !items.is_empty()
            && !only_its_kind
            && (names::looks_like_street(self.text, self.items, items)
                || self.is_registered(Field::Street, self.written(items)))
    }

    fn is_registered(&self, field: Field, written: &str) -> bool {
        self.scope
            .registration
            .field(field)
            .is_some_and(|registered| value::fold_key(registered) == value::fold_key(written))
    }

    fn street_and_number(&mut self) -> bool {
        let street = self.name_at(self.place);
        let number = self.behind_breaks(street.end, &[',']);
        let found = self.is_street(&street) && self.is_house_number(number);
        if found {
            self.take(Field::Street, street);
            self.take(Field::HouseNumber, number..number + 1);
        }
        found
    }

    fn number_and_street(&mut self) -> bool {
        let number = self.place;
        let street = self.name_at(self.behind_breaks(number + 1, &[',']));
        let found = self.is_house_number(number) && self.is_street(&street);
        if found {
            self.take(Field::HouseNumber, number..number + 1);
            self.take(Field::Street, street);
        }
        found
    }

    /// "bte 3", "bus A".
    fn unit(&mut self) {
        let label = self.behind_breaks(self.place, &[',', '-', '/']);
        let named = self
            .items
            .get(label)
            .is_some_and(|item| item.means(Meaning::Label(Label::Field(Field::Box))));
        let place = self.behind_breaks(label + 1, &[':']);
        let Some(item) = self.items.get(place).filter(|_| named) else {
            return;
        };
        let written = &self.text[item.range.clone()];
        let letters = written.chars().count() <= BOX_LETTERS_MAX && names::has_capital(written);
        if self.number_at(place).is_some() || letters && !matches!(item.kind, ItemKind::Break(_)) {
            self.take(Field::Box, place..place + 1);
        }
    }

    /// A place is told by its code; behind a street either of them may stand alone.
    fn postal_code_and_place(&mut self, behind_street: bool) {
        let begin = self.behind_breaks(self.place, &[',', '-', '(']);
        let code = self
            .number_at(begin)
            .filter(|code| code.len() == 4 && places::is_known(code))
            .map(str::to_owned);
        let name = self.name_at(match code {
            Some(_) => self.behind_breaks(begin + 1, &[',']),
            None => begin,
        });
        let longest = (name.start + 1..=name.end)
            .rev()
            .map(|end| name.start..end)
            .find(|name| self.is_place(name, code.as_deref()));
        match (code, longest) {
            (Some(_), Some(name)) => {
                self.take(Field::PostalCode, begin..begin + 1);
                self.take(Field::Municipality, name);
            }
            (Some(_), None) if behind_street && name.is_empty() => {
                self.take(Field::PostalCode, begin..begin + 1);
            }
            (None, Some(name)) if behind_street => self.take(Field::Municipality, name),
            _ => {}
        }
    }

    fn is_place(&self, items: &Range<usize>, code: Option<&str>) -> bool {
        let name = self.written(items);
        match code {
            Some(code) => {
                let registered = self.is_registered(Field::PostalCode, code)
                    && self.is_registered(Field::Municipality, name);
                registered || places::fits(name, code)
            }
            None => !places::codes_of(name).is_empty(),
        }
    }
}
