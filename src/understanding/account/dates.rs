//! Dates: of birth or of the start, said once or in two ways.

use super::*;
use crate::registration::value::{ValueFault, fault};

/// The shortest names of months have three letters; endings of days have two.
const MONTH_LETTERS_MIN: usize = 3;

impl<'a> Examination<'a> {
    pub(super) fn take_date(&mut self, place: usize, clause: &Range<usize>) {
        let Some(found) = self.value(place) else { return };
        let dates = [Field::DateOfBirth, Field::StartDate];
        if self.is_of_another(place) || self.dates_a_letter(place) {
            self.explained[place] = true;
            return;
        }
        let mut fields = self.labelled(clause, &dates, place);
        if fields.is_empty() && self.stands_bare(clause, place) {
            fields = self.scope.only_asked(&dates);
        }
        if fields.is_empty() {
            self.explained[place] = !self.stands_denied(place) && self.agrees_with_any_date(place, &dates);
        }
        let [field] = fields.as_slice() else {
            return;
        };
        let read = self.read_date(*field, &found.text);
        if *field == Field::DateOfBirth && self.says(Meaning::ThirdPerson) {
            // Still shown to the agent as what the message says.
            self.doubt(DoubtReason::AmbiguousValue);
        }
        let of_a_child = |date: &Date| {
            let day = self.scope.day;
            *field == Field::DateOfBirth && day.is_some_and(|day| date.year() + ADULT_YEARS > day.year())
        };
        if read.as_ref().is_ok_and(of_a_child) {
            self.explained[place] = true;
            self.doubt(DoubtReason::UnclearAnswer);
            return;
        }
        // "Around 15 November", "around the 15th"; not "beginning: 15 November".
        let small = |item: &&Item| item.means(Meaning::Particle) || item.means(Meaning::Copula);
        let before = self.items()[clause.start..place].iter().rev();
        if before
            .skip_while(small)
            .take(1)
            .any(|item| item.means(Meaning::Vague))
        {
            self.doubt(DoubtReason::UnclearAnswer);
        }
        let denied = self.stands_denied(place);
        if !denied && self.agrees_with_date_said(place, *field, read.as_ref().ok().copied()) {
            self.explained[place] = true;
            return;
        }
        let date = read.map(|date| date.to_string()).map_err(|fault| fault.code);
        self.take_one(place, &[*field], date, "date");
    }

    /// "Your mail of 2 November".
    fn dates_a_letter(&self, place: usize) -> bool {
        let items = self.items();
        let before = fold_key(&self.piece.text[items[0].range.start..items[place].range.start]);
        Around::words().dates_a_letter(&before)
    }

    /// Dates that the sentence gives as a start and that can be none.
    pub(super) fn suspect_starts(&mut self) {
        let starts: Vec<Date> = self.account.claims[self.claims_before..]
            .iter()
            .filter(|claim| claim.field == Field::StartDate)
            .filter_map(|claim| match &claim.said {
                Said::Value(date) => date.parse().ok(),
                _ => None,
            })
            .collect();
        if starts.into_iter().any(|date| self.is_no_start(date)) {
            self.doubt(DoubtReason::UnclearAnswer);
        }
    }

    /// A date so far from today that it is a date of something else, or mistyped.
    fn is_no_start(&self, date: Date) -> bool {
        let registered = self.scope.registration.field(Field::StartDate);
        let Some(day) = self
            .scope
            .day
            .filter(|_| registered != Some(date.to_string().as_str()))
        else {
            return false;
        };
        (date - day).get_days() < -START_DAYS_PAST_MAX || (date - day).get_days() > START_DAYS_AHEAD_MAX
    }

    fn read_date(&self, field: Field, text: &str) -> Result<Date, ValueFault> {
        if field == Field::DateOfBirth {
            value::parse_birth_date(text, self.scope.day)
        } else {
            value::parse_date(text, self.scope.day)
        }
    }

    /// Without a label of its own, beside the one date that was given.
    fn agrees_with_any_date(&mut self, place: usize, fields: &[Field]) -> bool {
        let Some(found) = self.value(place) else {
            return false;
        };
        let claimed: Vec<Field> = self.account.claims[self.claims_before..]
            .iter()
            .map(|claim| claim.field)
            .filter(|field| fields.contains(field))
            .collect();
        let [field] = claimed.as_slice() else { return false };
        let read = self.read_date(*field, &found.text).ok();
        self.agrees_with_date_said(place, *field, read)
    }

    /// Whether the sentence gave this very date before, in other words: "04/03/1989 - that is 4 March". One whose month is named
    /// tells how the numbers of the other are meant ("12/01/2026, i.e. the first of December"), and replaces it.
    fn agrees_with_date_said(&mut self, place: usize, field: Field, read: Option<Date>) -> bool {
        let Some(found) = self.value(place) else {
            return false;
        };
        let before = self.claims_before;
        let Some(index) = self.account.claims[before..]
            .iter()
            .position(|claim| claim.field == field)
            .map(|index| before + index)
        else {
            return false;
        };
        let claim = &self.account.claims[index];
        let registered = self.scope.registration.field(field).map(str::to_owned);
        let said = match &claim.said {
            Said::Value(date) => date.parse::<Date>().ok(),
            Said::Confirmed => registered.as_deref().and_then(|date| date.parse().ok()),
            Said::Failed(failed) if failed.fault == fault::DATE_AMBIGUOUS => {
                let completed = read.filter(|date| is_day_of(&failed.value, *date));
                return completed.is_some_and(|date| self.replace_date(index, place, date));
            }
            Said::Failed(_) | Said::Denied => None,
        };
        let Some(said) = said else { return false };
        if is_day_of(&found.text, said) {
            return true;
        }
        let here = read.unwrap_or(said);
        let mirrored = mirrored(said).is_some_and(|other| is_day_of(&found.text, other));
        let named_before = names_month(&claim.evidence.text);
        match (mirrored, named_before, names_month(&found.text)) {
            (true, true, false) => true,
            (true, false, true) => {
                let date = if here == said { mirrored_or(said) } else { here };
                self.replace_date(index, place, date)
            }
            _ => false,
        }
    }

    /// Puts a date in the place of one that was claimed before.
    fn replace_date(&mut self, index: usize, place: usize, date: Date) -> bool {
        let Some(found) = self.value(place) else {
            return false;
        };
        let field = self.account.claims[index].field;
        let date = date.to_string();
        let said = if self.scope.registration.field(field) == Some(date.as_str()) {
            Said::Confirmed
        } else {
            Said::Value(date)
        };
        let evidence = self.evidence(&found.range, "date");
        self.account.claims[index] = Claim {
            field,
            said,
            evidence,
        };
        true
    }
}

/// Whether the text, with its own year or none, is that day.
fn is_day_of(text: &str, date: Date) -> bool {
    let with_year = format!("{} {}", text.trim_end_matches('.'), date.year());
    let own_year = [
        value::parse_date(text, Some(date)),
        value::parse_birth_date(text, Some(date)),
    ];
    let without_year = value::parse_date(text, None).is_err_and(|fault| fault.code == fault::DATE_AMBIGUOUS);
    if without_year {
        return value::parse_date(&with_year, None).is_ok_and(|read| read == date);
    }
    own_year.iter().flatten().any(|read| *read == date)
}

/// Day and month swapped.
fn mirrored(date: Date) -> Option<Date> {
    (date.day() != date.month())
        .then(|| Date::new(date.year(), date.day(), date.month()).ok())
        .flatten()
}

fn mirrored_or(date: Date) -> Date {
    mirrored(date).unwrap_or(date)
}

fn names_month(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic())
        .any(|word| word.chars().count() >= MONTH_LETTERS_MIN)
}
