//! What a document says besides codes and meters: taken only where the customer points at it ("the date is on it too"), as a
//! bill holds many dates and the numbers of two companies.

use std::collections::BTreeSet;

use super::{evidence, homes};
use crate::reading::{AttachmentText, Line, Page};
use crate::registration::value::{self, fold_key};
use crate::registration::{Evidence, Field};
use crate::understanding::claim::{Claim, Said};
use crate::understanding::found::{self, Form, Found};
use crate::understanding::scope::Scope;
use crate::understanding::words::Words;

/// A supply starts at most this many days before the message.
const START_DAYS_PAST_MAX: i32 = 92;
/// And at most this many after it.
const START_DAYS_AHEAD_MAX: i32 = 366;

/// What the documents would answer, and which fields the customer points at.
#[derive(Debug, Default)]
pub(in crate::understanding) struct Pointed {
    candidates: Vec<(Field, String, Evidence)>,
    fields: BTreeSet<Field>,
}

impl Pointed {
    /// The customer says that the field's value stands in what is attached.
    pub(in crate::understanding) fn at(&mut self, field: Field) {
        self.fields.insert(field);
    }

    /// Whether a document has exactly one value for the field.
    pub(in crate::understanding) fn has(&self, field: Field) -> bool {
        self.only(field).is_some()
    }

    /// The answers to the fields pointed at, but for those that are claimed in words.
    pub(in crate::understanding) fn claims(&self, scope: &Scope<'_>, claimed: &[Claim]) -> Vec<Claim> {
        let unclaimed = |field: &&Field| claimed.iter().all(|claim| claim.field != **field);
        let fields = self.fields.iter().filter(unclaimed);
        fields
            .filter_map(|field| {
                let (value, evidence) = self.only(*field)?;
                let said = if scope.registration.field(*field) == Some(value) {
                    Said::Confirmed
                } else {
                    Said::Value(value.to_owned())
                };
                Some(Claim {
                    field: *field,
                    said,
                    evidence: evidence.clone(),
                })
            })
            .collect()
    }

    fn only(&self, field: Field) -> Option<(&str, &Evidence)> {
        let mut of_field = self.candidates.iter().filter(|(of, ..)| *of == field);
        let (_, value, evidence) = of_field.next()?;
        let alone = of_field.all(|(_, other, _)| other == value);
        alone.then_some((value.as_str(), evidence))
    }

    pub(super) fn collect(&mut self, scope: &Scope<'_>, text: &AttachmentText, page: &Page) {
        let values = found::find(&page.text);
        if scope.is_asked(Field::StartDate) {
            self.collect_takeover_date(scope, text, page, &values);
        }
        if scope.is_asked(Field::EnterpriseNumber) {
            self.collect_enterprise_number(scope, text, page, &values);
        }
    }

    fn add(&mut self, field: Field, value: String, text: &AttachmentText, page: &Page, found: &Found) {
        if let Some(place) = text.place_of(page, &found.range)
            && super::is_sure(super::Number::Meter, &place.source)
        {
            let evidence = evidence(text, found.range.clone(), &found.text, place);
            self.candidates.push((field, value, evidence));
        }
    }

    fn collect_takeover_date(
        &mut self,
        scope: &Scope<'_>,
        text: &AttachmentText,
        page: &Page,
        values: &[Found],
    ) {
        for found in values.iter().filter(|found| found.form == Form::Date) {
            let label = fold_key(&labels_of(page, found));
            let named = Words::of_takeover_date()
                .iter()
                .any(|words| label.ends_with(words.as_str()));
            let date = value::parse_date(&found.text, scope.day);
            if let Ok(date) = date
                && named
                && scope.day.is_some_and(|day| {
                    let days = (date - day).get_days();
                    (-START_DAYS_PAST_MAX..=START_DAYS_AHEAD_MAX).contains(&days)
                })
            {
                self.add(Field::StartDate, date.to_string(), text, page, found);
            }
        }
    }

    /// The number of the registered company: on a bill it stands behind "your", in its own papers it is the only one.
    fn collect_enterprise_number(
        &mut self,
        scope: &Scope<'_>,
        text: &AttachmentText,
        page: &Page,
        values: &[Found],
    ) {
        let Some(company) = scope.registration.field(Field::CompanyName).map(fold_key) else {
            return;
        };
        if scope.is_asked(Field::CompanyName) || !fold_key(&page.text).contains(&company) {
            return;
        }
        let numbers: Vec<(String, &Found)> = values
            .iter()
            .filter(|found| found.form == Form::Number)
            .filter_map(|found| {
                let value = value::normalise(Field::EnterpriseNumber, &found.text).ok()?;
                Some((value, found))
            })
            .collect();
        let alone = numbers
            .iter()
            .all(|(value, _)| Some(value) == numbers.first().map(|(first, _)| first));
        for (value, found) in &numbers {
            let label = fold_key(&labels_of(page, found));
            let own = label.split(' ').any(Words::is_customers_own) || label.contains(&company);
            if own || alone && names_enterprise_number(&label) {
                self.add(Field::EnterpriseNumber, value.clone(), text, page, found);
            }
        }
    }
}

/// The words before a value on its line, and of what stands left of it on its row.
fn labels_of(page: &Page, found: &Found) -> String {
    let Some(line) = page
        .lines
        .iter()
        .find(|line| line.range.contains(&found.range.start))
    else {
        return String::new();
    };
    let before = &page.text[line.range.start..found.range.start];
    if !before.trim().is_empty() {
        return before.trim().to_owned();
    }
    // The nearest one: a form has several columns.
    let edge = |line: &&Line| {
        line.words
            .last()
            .and_then(|word| word.region)
            .map(|region| region.right)
    };
    let left = page.lines.iter().filter(|other| homes::is_beside(other, line));
    let nearest = left.max_by(|one, other| {
        let place = |line: &&Line| edge(line).map_or(0.0, |edge| edge.value());
        place(one).total_cmp(&place(other))
    });
    nearest.map_or_else(String::new, |line| page.text_of(&line.range).to_owned())
}

/// "TVA", "n° d'entreprise": in the word lists it is a label of the field.
fn names_enterprise_number(label: &str) -> bool {
    use crate::registration::Language;
    use crate::understanding::words::{Label, Meaning};
    let is_label = |phrase: &str| {
        Language::ALL.iter().any(|language| {
            Words::of(*language)
                .meanings(phrase)
                .contains(&Meaning::Label(Label::Field(Field::EnterpriseNumber)))
        })
    };
    let words: Vec<&str> = label.split(' ').collect();
    (0..words.len()).any(|begin| is_label(&words[begin..].join(" ")) || is_label(words[begin]))
}
