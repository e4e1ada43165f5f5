//! Values in attachments: the EAN codes and meter numbers of a bill, a label, a portal's screen. A bill holds many numbers, of
//! both energies, of what is fed in, and sometimes of another home: what cannot be told apart is left to a person.

mod homes;
mod pointed;

use std::collections::HashSet;
use std::ops::Range;

use homes::Home;
pub(super) use pointed::Pointed;

use super::account::Account;
use super::claim::{Claim, Said};
use super::found::{self, Form};
use super::scope::Scope;
use super::words::{Meaning, Words};
use super::{Doubt, DoubtReason};
use crate::reading::{Attachment, AttachmentText, Page};
use crate::registration::value::{self, fold_key};
use crate::registration::{AttachmentPlace, Energy, Evidence, Field, Language, Region, TextSource};

/// Words of a page that are looked at; a longer page is no bill.
const PAGE_WORDS_MAX: usize = 5_000;
/// What OCR is less sure of is no value.
const OCR_CONFIDENCE_MIN_PERCENT: u8 = 60;
/// A number without a check digit must be read better than one with.
const OCR_METER_CONFIDENCE_MIN_PERCENT: u8 = 85;
/// An energy word tells a value's energy when another one stands at least this many times farther away.
const NEARER_TIMES: f64 = 1.4;
/// Of a page's height: words farther above a value say nothing of it.
const ABOVE_MAX: f64 = 0.35;
/// Without regions (text files): lines above a value that may tell its energy.
const LINES_ABOVE_MAX: usize = 8;
/// A horizontal gap counts less than a vertical one: tables are wide.
const SIDEWAYS_WEIGHT: f64 = 0.5;

/// What the attachments add to the account. Returns those (by their place in the message) that a person need not open: all of
/// it was read.
pub(super) fn read(
    scope: &Scope<'_>,
    attachments: &[Attachment],
    texts: &[AttachmentText],
    account: &mut Account,
) -> Vec<usize> {
    let mut finds: Vec<Find> = Vec::new();
    let mut of_this_home = HashSet::new();
    for text in texts {
        if text
            .pages
            .iter()
            .any(|page| homes::is_of_another_home(scope, page))
            && !homes::names_this_home(scope, text)
        {
            account.doubts.push(doubt(DoubtReason::NotThisHome, text));
            continue;
        }
        let shown = text.pages.iter().any(|page| homes::shows_this_home(scope, page));
        if shown {
            of_this_home.insert(text.attachment);
        }
        for page in &text.pages {
            let homes = homes::homes_named(scope, page);
            let of_page = finds_on(text, page);
            let of_other = |find: &Find| homes::home_of(scope, page, &homes, find) == Some(Home::Other);
            if homes::closes(page) || !of_page.is_empty() && of_page.iter().all(of_other) {
                account.doubts.push(doubt(DoubtReason::NotThisHome, text));
                continue;
            }
            account.beside.unread |= may_hold_more(page);
            account.beside.pointed.collect(scope, text, page);
            if shown {
                let words = fold_key(&page.text);
                account.beside.words.extend(words.split(' ').map(str::to_owned));
            }
            finds.extend(of_page.into_iter().filter(|find| !of_other(find)));
        }
    }
    account.beside.home_is_shown = texts.iter().all(|text| of_this_home.contains(&text.attachment));
    let asked = [
        Field::ElectricityEan,
        Field::GasEan,
        Field::ElectricityMeterNumber,
        Field::GasMeterNumber,
    ];
    for field in asked.into_iter().filter(|field| scope.is_asked(*field)) {
        take(scope, field, &finds, account);
    }
    account.beside.unread |= finds.iter().any(|find| is_left_over(scope, find, account));
    let whole = |place: &usize| {
        let mut of_it = texts.iter().filter(|text| text.attachment == *place).peekable();
        of_it.peek().is_some() && of_it.all(|text| text.faults.is_empty())
    };
    (0..attachments.len()).filter(whole).collect()
}

/// What the attachments leave for sentences that speak of them.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// All of them say in so many words that they are for the registered home.
    pub(super) home_is_shown: bool,
    /// The folded words of pages that do.
    pub(super) words: HashSet<String>,
    /// A code or number may stand there that was not taken.
    pub(super) unread: bool,
    pub(super) pointed: Pointed,
}

/// Whether a page may hold codes and numbers that were not seen: a recogniser may miss them, and a code with a slip is none.
fn may_hold_more(page: &Page) -> bool {
    let by_ocr = page
        .lines
        .iter()
        .any(|line| matches!(line.source, TextSource::Ocr { .. }));
    by_ocr
        || found::find(&page.text)
            .iter()
            .any(|found| matches!(found.form, Form::Ean(Err(_))))
}

/// Whether nobody could say what a number is.
fn is_left_over(scope: &Scope<'_>, find: &Find, account: &Account) -> bool {
    let taken = account.claims.iter().any(|claim| match &claim.said {
        Said::Value(value) => *value == find.value,
        _ => scope.registration.field(claim.field) == Some(find.value.as_str()),
    });
    let known = scope
        .registration
        .fields
        .values()
        .any(|value| *value == find.value);
    let told = match find.energy {
        Told::NotSupplied => true,
        Told::Energy(energy) => {
            let field = match find.kind {
                Number::Ean => energy.ean_field(),
                Number::Meter => energy.meter_number_field(),
            };
            !scope.is_asked(field)
        }
        Told::Nothing | Told::Unclear => false,
    };
    !(taken || known || told)
}

/// A number in an attachment that may answer a question.
#[derive(Debug, Clone)]
struct Find {
    kind: Number,
    /// In normal form.
    value: String,
    energy: Told,
    evidence: Evidence,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Number {
    Ean,
    Meter,
}

/// What the words around a number say of its energy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    Energy(Energy),
    /// What is fed in, or another meter than the one that counts.
    NotSupplied,
    Nothing,
    /// Two energies about as near.
    Unclear,
}

/// Takes the one number that is told to be the field's.
fn take(scope: &Scope<'_>, field: Field, finds: &[Find], account: &mut Account) {
    let (kind, energy) = match field {
        Field::ElectricityEan => (Number::Ean, Energy::Electricity),
        Field::GasEan => (Number::Ean, Energy::Gas),
        Field::ElectricityMeterNumber => (Number::Meter, Energy::Electricity),
        _ => (Number::Meter, Energy::Gas),
    };
    let of_kind: Vec<&Find> = finds
        .iter()
        .filter(|find| find.kind == kind && find.energy != Told::NotSupplied)
        .collect();
    let told: Vec<&Find> = of_kind
        .iter()
        .copied()
        .filter(|find| find.energy == Told::Energy(energy))
        .collect();
    let both = scope.registration.energies.len() > 1;
    // A label or a bill of one energy often does not name it; then the only number is the one that was asked for.
    let candidates = if told.is_empty() && !both {
        let unnamed = |find: &&Find| find.energy == Told::Nothing;
        of_kind.iter().copied().filter(unnamed).collect()
    } else if told.is_empty() {
        only_question_of_kind(scope, field, &of_kind)
    } else {
        told
    };
    let mut values: Vec<&str> = candidates.iter().map(|find| find.value.as_str()).collect();
    values.sort_unstable();
    values.dedup();
    match (values.as_slice(), candidates.first()) {
        ([value], Some(first)) => {
            // Read twice, the surer reading is shown: a barcode, a text layer, then what a recogniser read.
            let best = candidates
                .iter()
                .min_by_key(|find| uncertainty(&find.evidence))
                .unwrap_or(first);
            let registered = scope.registration.field(field);
            let said = if registered == Some(*value) {
                Said::Confirmed
            } else {
                Said::Value((*value).to_owned())
            };
            account.claims.push(Claim {
                field,
                said,
                evidence: best.evidence.clone(),
            });
        }
        ([], _) | (_, None) => {}
        (_, Some(first)) => account.doubts.push(Doubt {
            reason: DoubtReason::AmbiguousValue,
            text: Some(values.join(", ")),
            span: first.evidence.span,
            words: Vec::new(),
        }),
    }
}

/// With two energies an unnamed number answers only where no other question of its kind is open and none is registered.
fn only_question_of_kind<'a>(scope: &Scope<'_>, field: Field, of_kind: &[&'a Find]) -> Vec<&'a Find> {
    let twin = match field {
        Field::ElectricityEan => Field::GasEan,
        Field::GasEan => Field::ElectricityEan,
        Field::ElectricityMeterNumber => Field::GasMeterNumber,
        _ => Field::ElectricityMeterNumber,
    };
    let registered_twin = scope.registration.field(twin).filter(|_| !scope.is_asked(twin));
    let Some(registered_twin) = registered_twin else {
        return Vec::new();
    };
    of_kind
        .iter()
        .copied()
        .filter(|find| find.energy == Told::Nothing && find.value != registered_twin)
        .collect()
}

fn uncertainty(evidence: &Evidence) -> u8 {
    match evidence.place.as_ref().map(|place| &place.source) {
        Some(TextSource::Barcode { .. }) => 0,
        Some(TextSource::Ocr { .. }) => 2,
        _ => 1,
    }
}

fn finds_on(text: &AttachmentText, page: &Page) -> Vec<Find> {
    let words = marked_words(page);
    let found = found::find(&page.text);
    let mut finds = Vec::new();
    for found in &found {
        let (kind, value, own_energy) = match &found.form {
            Form::Ean(Ok(ean)) => (Number::Ean, ean.clone(), None),
            Form::DigitalMeter(number) => {
                let energy = number
                    .parse::<value::MeterNumber>()
                    .ok()
                    .and_then(|number| number.energy());
                (Number::Meter, number.clone(), energy)
            }
            Form::Number if is_called_meter(page, &words, &found.range) => {
                match value::normalise(Field::ElectricityMeterNumber, &found.text) {
                    Ok(number) => (Number::Meter, number, None),
                    Err(_) => continue,
                }
            }
            _ => continue,
        };
        let Some(place) = text.place_of(page, &found.range) else {
            continue;
        };
        if !is_sure(kind, &place.source) {
            continue;
        }
        let energy = own_energy.map_or_else(|| told(page, &words, &found.range, &place), Told::Energy);
        finds.push(Find {
            kind,
            value,
            energy,
            evidence: evidence(text, found.range.clone(), &found.text, place),
        });
    }
    finds
}

fn is_sure(kind: Number, source: &TextSource) -> bool {
    let TextSource::Ocr { confidence_percent } = source else {
        return true;
    };
    *confidence_percent
        >= match kind {
            Number::Ean => OCR_CONFIDENCE_MIN_PERCENT,
            Number::Meter => OCR_METER_CONFIDENCE_MIN_PERCENT,
        }
}

fn evidence(text: &AttachmentText, range: Range<usize>, written: &str, place: AttachmentPlace) -> Evidence {
    Evidence {
        part: format!("attachment {}", text.attachment + 1),
        span: Some((range.start, range.end)),
        text: written.to_owned(),
        rule: "attachment".to_owned(),
        place: Some(place),
    }
}

/// A word of a page that says something of the numbers around it.
#[derive(Debug, Clone)]
struct Marked {
    range: Range<usize>,
    region: Option<Region>,
    mark: Mark,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Energy(Energy),
    Injection,
    Meter,
    /// Customer's, contract's, invoice's: a number behind it is none of a meter.
    OtherNumber,
}

fn marked_words(page: &Page) -> Vec<Marked> {
    let words = page.lines.iter().flat_map(|line| &line.words);
    words
        .take(PAGE_WORDS_MAX)
        .filter_map(|word| {
            let mark = mark_of(&fold_key(&page.text[word.range.clone()]))?;
            Some(Marked {
                range: word.range.clone(),
                region: word.region,
                mark,
            })
        })
        .collect()
}

/// What a word of a page says, in any of the four languages: people and bills mix them.
fn mark_of(key: &str) -> Option<Mark> {
    let key = key.trim_matches(|c: char| !c.is_alphanumeric());
    if Words::is_injection(key) {
        return Some(Mark::Injection);
    }
    if Words::is_meter(key) {
        return Some(Mark::Meter);
    }
    for part in key.split(|c: char| !c.is_alphanumeric()) {
        for language in Language::ALL {
            for meaning in Words::of(language).meanings(part) {
                match meaning {
                    Meaning::Energy(energy) => return Some(Mark::Energy(*energy)),
                    Meaning::OtherNumber => return Some(Mark::OtherNumber),
                    _ => {}
                }
            }
        }
    }
    None
}

/// What the words around a number say of its energy: the nearest one, unless another is about as near.
fn told(page: &Page, words: &[Marked], range: &Range<usize>, place: &AttachmentPlace) -> Told {
    let of_energy = words
        .iter()
        .filter(|word| matches!(word.mark, Mark::Energy(_) | Mark::Injection));
    let mut near: Vec<(f64, Mark)> = of_energy
        .filter_map(|word| Some((distance(page, word, range, place)?, word.mark)))
        .collect();
    near.sort_by(|left, right| left.0.total_cmp(&right.0));
    let Some((nearest, mark)) = near.first().copied() else {
        return Told::Nothing;
    };
    // "Injection" stands beside "electricity" and says more.
    let close = |distance: f64| distance <= nearest * NEARER_TIMES + f64::EPSILON;
    if near
        .iter()
        .any(|(distance, mark)| *mark == Mark::Injection && close(*distance))
    {
        return Told::NotSupplied;
    }
    let other = near.iter().find(|(_, other)| *other != mark);
    match mark {
        _ if other.is_some_and(|(distance, _)| close(*distance)) => Told::Unclear,
        Mark::Energy(energy) => Told::Energy(energy),
        _ => Told::NotSupplied,
    }
}

/// How far a word that stands before or above a number is from it, as a part of the page. None when it stands behind, below or
/// too far above.
fn distance(page: &Page, word: &Marked, range: &Range<usize>, place: &AttachmentPlace) -> Option<f64> {
    let (Some(left), Some(right)) = (word.region, place.region) else {
        return lines_between(page, &word.range, range);
    };
    let top = |region: Region| region.top.value();
    let bottom = |region: Region| region.bottom.value();
    let height = (bottom(right) - top(right)).max(0.005);
    let gap_sideways = (right.left.value() - left.right.value())
        .max(left.left.value() - right.right.value())
        .max(0.0);
    let same_line = (top(left) - top(right)).abs() < height && (bottom(left) - bottom(right)).abs() < height;
    if same_line {
        // A word behind the number may name it as well, "(gas)", yet less likely than one before it.
        let behind = left.left.value() > right.right.value();
        return Some(if behind {
            2.0 * height + gap_sideways
        } else {
            gap_sideways * 0.2
        });
    }
    let above = top(right) - bottom(left);
    (-height / 2.0 <= above && above <= ABOVE_MAX)
        .then_some(height + above.max(0.0) + SIDEWAYS_WEIGHT * gap_sideways)
}

/// Lines from the word down to the number, in a text without regions.
fn lines_between(page: &Page, word: &Range<usize>, number: &Range<usize>) -> Option<f64> {
    let (from, to, behind) = if word.start <= number.start {
        (word.end, number.start, false)
    } else {
        (number.end, word.start, true)
    };
    let lines = page.text.get(from..to)?.matches('\n').count();
    if behind {
        return (lines == 0).then_some(1.5);
    }
    (lines <= LINES_ABOVE_MAX).then_some(lines as f64 + 0.1)
}

/// Whether the nearest word before or above a number that names numbers at all calls it a meter's.
fn is_called_meter(page: &Page, words: &[Marked], range: &Range<usize>) -> bool {
    let line_start = page.text[..range.start].rfind('\n').map_or(0, |end| end + 1);
    let before = words
        .iter()
        .rev()
        .filter(|word| matches!(word.mark, Mark::Meter | Mark::OtherNumber))
        .find(|word| word.range.end <= range.start && word.range.start >= line_start);
    before.is_some_and(|word| word.mark == Mark::Meter)
}

fn doubt(reason: DoubtReason, text: &AttachmentText) -> Doubt {
    Doubt {
        reason,
        text: Some(text.name.clone()),
        span: None,
        words: Vec::new(),
    }
}
