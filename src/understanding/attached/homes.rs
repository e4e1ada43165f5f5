//! Which home a page is for: the one that is registered, or another.

use strsim::osa_distance;

use super::Find;
use crate::reading::{AttachmentText, Line, Page};
use crate::registration::value::fold_key;
use crate::registration::{Field, places};
use crate::understanding::scope::Scope;
use crate::understanding::words::Words;

/// A text of more words than this is a document, and says whose it is.
const LABEL_WORDS_MAX: usize = 40;
/// The address stands on the line that names the supply point, or on one of so many behind it.
const SUPPLY_ADDRESS_LINES: usize = 3;
/// Words that may stand before "supply address" on its line: "your", "details of the".
const WORDS_BEFORE_LABEL_MAX: usize = 3;
/// A street's word of so many letters may have one slip of a recogniser.
const SLIP_LETTERS_MIN: usize = 5;

/// Which home a bill says it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Home {
    This,
    Other,
}

/// The homes that "supply address" and the like name on a page, with where they do, in order.
pub(super) fn homes_named(scope: &Scope<'_>, page: &Page) -> Vec<(usize, Home)> {
    let mut homes = Vec::new();
    for (place, line) in page.lines.iter().enumerate() {
        if !is_label_of_supply(page, line) {
            continue;
        }
        let last = (place + SUPPLY_ADDRESS_LINES).min(page.lines.len() - 1);
        let behind = &page.lines[place..=last];
        let beside: Vec<&Line> = page.lines.iter().filter(|other| is_beside(line, other)).collect();
        let address = &page.text[line.range.start..page.lines[last].range.end];
        let is_here = |line: &&Line| is_this_home(scope, page.text_of(&line.range));
        let is_there = |line: &&Line| names_a_place(page, line) && !is_of_a_company(page, line);
        if is_this_home(scope, address) || beside.iter().any(is_here) {
            homes.push((line.range.start, Home::This));
        } else if behind.iter().chain(beside).any(|line| is_there(&line)) {
            homes.push((line.range.start, Home::Other));
        }
    }
    homes
}

/// "Supply address:", "your supply point"; not "this code belongs to your supply point."
fn is_label_of_supply(page: &Page, line: &Line) -> bool {
    let key = fold_key(page.text_of(&line.range));
    let is_label = |words: &String| {
        let before = key.find(words.as_str()).map(|begin| &key[..begin]);
        before.is_some_and(|before| before.split_whitespace().count() <= WORDS_BEFORE_LABEL_MAX)
    };
    Words::of_supply_point().iter().any(is_label)
}

/// Whether a line stands right of another one, on the same row.
pub(super) fn is_beside(line: &Line, other: &Line) -> bool {
    let region = |line: &Line| line.words.first().and_then(|word| word.region);
    let (Some(left), Some(right)) = (region(line), region(other)) else {
        return false;
    };
    let middle = f64::midpoint(right.top.value(), right.bottom.value());
    left.top.value() <= middle && middle <= left.bottom.value() && left.right.value() < right.left.value()
}

/// The line in which a company says who and where it is.
fn is_of_a_company(page: &Page, line: &Line) -> bool {
    let key = fold_key(page.text_of(&line.range));
    key.split(' ').any(Words::is_of_a_company)
}

/// The home named on the row of a number; else the one named last before it; the first one, where the number stands above all.
pub(super) fn home_of(scope: &Scope<'_>, page: &Page, homes: &[(usize, Home)], find: &Find) -> Option<Home> {
    let (begin, _) = find.evidence.span?;
    let row = page.lines.iter().find(|line| line.range.contains(&begin));
    if let Some(row) = row.filter(|row| names_a_place(page, row)) {
        let here = is_this_home(scope, page.text_of(&row.range));
        return Some(if here { Home::This } else { Home::Other });
    }
    let before = homes.iter().rev().find(|(place, _)| *place <= begin);
    before.or(homes.first()).map(|(_, home)| *home)
}

/// A bill that ends the supply of a home: who lives there has left it.
pub(super) fn closes(page: &Page) -> bool {
    page.lines.iter().any(|line| {
        let key = fold_key(page.text_of(&line.range));
        Words::of_closing_bill()
            .iter()
            .any(|words| key.contains(words.as_str()))
    })
}

/// A document that names a home, and not this one.
pub(super) fn is_of_another_home(scope: &Scope<'_>, page: &Page) -> bool {
    let words = page.lines.iter().map(|line| line.words.len()).sum::<usize>();
    words > LABEL_WORDS_MAX && names_a_home(page) && !names_home(scope, &page.text)
}

pub(super) fn names_this_home(scope: &Scope<'_>, text: &AttachmentText) -> bool {
    text.pages.iter().any(|page| names_home(scope, &page.text))
}

/// Whether a page says in so many words that it is for the registered home.
pub(super) fn shows_this_home(scope: &Scope<'_>, page: &Page) -> bool {
    is_this_home(scope, &page.text)
}

/// A postal code with a place behind it.
fn names_a_home(page: &Page) -> bool {
    page.lines.iter().any(|line| names_a_place(page, line))
}

fn names_a_place(page: &Page, line: &Line) -> bool {
    let words: Vec<&str> = page.text_of(&line.range).split(' ').collect();
    words.windows(2).any(|pair| {
        let code = pair[0].trim_matches(|c: char| !c.is_ascii_digit());
        let place = pair[1].trim_matches(|c: char| !c.is_alphanumeric());
        code.len() == 4 && places::is_known(code) && place.starts_with(char::is_uppercase)
    })
}

/// Whether the registered street stands in the text; or the postal code, while the street is in question. The code alone is
/// also that of the supplier, or of the next street.
fn names_home(scope: &Scope<'_>, text: &str) -> bool {
    let folded = fold_key(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let street = scope
        .registration
        .field(Field::Street)
        .map(Street::of)
        .unwrap_or_default();
    let named = (0..words.len()).any(|begin| street.length_at(&words, begin, Reading::Slips).is_some());
    named || names_code_of_asked_street(scope, &words)
}

fn names_code_of_asked_street(scope: &Scope<'_>, words: &[&str]) -> bool {
    let code = scope.registration.field(Field::PostalCode);
    scope.is_asked(Field::Street) && code.is_some_and(|code| words.contains(&code))
}

/// Whether a supply address is the registered one: its street with its number, or its postal code while the street itself is in
/// question. Who moved within a street has a bill of the same street with another number; a neighbour has another box.
pub(super) fn is_this_home(scope: &Scope<'_>, address: &str) -> bool {
    let folded = fold_key(address);
    let words: Vec<&str> = folded.split(' ').collect();
    let settled = |field| {
        let value = scope.registration.field(field).map(fold_key);
        value.filter(|_| !scope.is_asked(field))
    };
    let street = scope
        .registration
        .field(Field::Street)
        .map(Street::of)
        .unwrap_or_default();
    let number = settled(Field::HouseNumber);
    let unit = settled(Field::Box);
    let is_here = |behind: &[&str]| {
        let Some((written, rest)) = behind.split_first() else {
            return true;
        };
        let digits = leading_digits(written);
        let other_number = number
            .as_deref()
            .is_some_and(|number| !digits.is_empty() && digits != leading_digits(number));
        let other_unit = unit
            .as_deref()
            .zip(unit_in(rest))
            .is_some_and(|(unit, written)| !is_same_unit(unit, written));
        !other_number && !other_unit
    };
    // A slip in the street is believed where the postal code fits.
    let code = scope.registration.field(Field::PostalCode);
    let reading = if code.is_some_and(|code| words.contains(&code)) {
        Reading::Slips
    } else {
        Reading::Exact
    };
    let named = (0..words.len()).any(|begin| {
        let length = street.length_at(&words, begin, reading);
        length.is_some_and(|length| is_here(&words[begin + length..]))
    });
    named || names_code_of_asked_street(scope, &words)
}

/// The box that stands right behind a house number.
fn unit_in<'a>(behind_number: &[&'a str]) -> Option<&'a str> {
    let (label, unit) = behind_number
        .first()
        .zip(behind_number.get(1))
        .filter(|(label, _)| Words::is_box(label))?;
    (!label.is_empty()).then_some(unit)
}

fn is_same_unit(registered: &str, written: &str) -> bool {
    let bare = |unit: &str| unit.replace(' ', "").trim_start_matches('0').to_owned();
    bare(registered) == bare(written)
}

fn leading_digits(word: &str) -> &str {
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    &word[..end]
}

/// A street's folded words, as they may be written on paper: shortened, or read with a slip.
#[derive(Default)]
struct Street {
    words: Vec<String>,
}

impl Street {
    fn of(street: &str) -> Street {
        let words = fold_key(street);
        Street {
            words: words
                .split(' ')
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect(),
        }
    }

    /// How many words from `begin` on are this street.
    fn length_at(&self, words: &[&str], begin: usize, reading: Reading) -> Option<usize> {
        let window = words.get(begin..begin + self.words.len())?;
        let pairs = || self.words.iter().zip(window);
        let slips = pairs()
            .filter(|(known, written)| !is_same_word(known, written))
            .count();
        let fits = match reading {
            Reading::Exact => slips == 0,
            Reading::Slips => pairs().all(|(known, written)| is_slip_of(known, written)) && slips <= 1,
        };
        (!self.words.is_empty() && fits).then_some(self.words.len())
    }
}

/// How strictly a street is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// But for what is shortened.
    Exact,
    /// One letter may be wrong.
    Slips,
}

fn is_same_word(known: &str, written: &str) -> bool {
    known == written || Words::is_street_word_short_for(written, known)
}

fn is_slip_of(known: &str, written: &str) -> bool {
    // The kind of street tells two streets of one name apart.
    let kind = Words::is_kind_of_street(known) || Words::is_kind_of_street(written);
    let long = known.chars().count() >= SLIP_LETTERS_MIN;
    is_same_word(known, written) || long && !kind && osa_distance(known, written) <= 1
}
