//! "Not X but Y": values that are said not to be right, beside the one that is.

use super::*;

/// "And not" says which is wrong, as "instead of" does not.
const NOT: [&str; 6] = ["pas", "non", "niet", "nie", "nicht", "not"];

impl<'a> Examination<'a> {
    /// Whether "instead of" stands before the value: what was before it may be the wrong one as well as the right one.
    pub(super) fn is_behind_instead(&self, place: usize) -> bool {
        self.denial_before(place).is_some_and(|place| {
            let item = &self.items()[place];
            let words = fold_key(self.text_of(&item.range));
            item.means(Meaning::Instead) && !words.split(' ').any(|word| NOT.contains(&word))
        })
    }

    /// Whether the value stands right behind a "not", but for articles.
    pub(super) fn stands_denied(&self, place: usize) -> bool {
        self.denial_before(place).is_some()
    }

    fn denial_before(&self, place: usize) -> Option<usize> {
        let passes = |item: &Item| {
            let small = [Meaning::Plain, Meaning::Particle]
                .iter()
                .any(|meaning| item.means(*meaning));
            let named = item
                .meanings()
                .iter()
                .any(|meaning| matches!(meaning, Meaning::Label(_) | Meaning::Energy(_)));
            small || named
        };
        let denies = |item: &Item| item.means(Meaning::Deny) || item.means(Meaning::Instead);
        (0..place)
            .rev()
            .find(|before| denies(&self.items()[*before]) || !passes(&self.items()[*before]))
            .filter(|before| denies(&self.items()[*before]))
    }

    /// A value that was denied is of no consequence where the sentence gives another one for its field; else it contradicts.
    pub(super) fn settle_denied(&mut self) {
        let last = (0..self.items().len()).rfind(|place| self.value(*place).is_some());
        let turns = |item: &Item| item.means(Meaning::Past) || item.means(Meaning::Also);
        // "I had given X and not Y", "not only X, Y too".
        let said_once = self.items()[..last.unwrap_or_default()].iter().any(turns);
        for (_, field) in std::mem::take(&mut self.denied) {
            let given = self.account.claims[self.claims_before..]
                .iter()
                .any(|claim| claim.field == field && matches!(claim.said, Said::Value(_) | Said::Confirmed));
            if !given || said_once {
                self.doubt(DoubtReason::Contradiction);
            }
        }
    }

    /// "..., not 2025", "not the 30th but the 3rd": parts of what was denied, or of what was given, beside the whole.
    pub(super) fn explain_parts_of_values(&mut self) {
        for place in 0..self.items().len() {
            let Some(found) = self.value(place).filter(|_| !self.explained[place]) else {
                continue;
            };
            let text = found.text.trim_matches(['(', ')']).to_lowercase();
            let digits = text.trim_end_matches(char::is_alphabetic);
            let Ok(number) = digits.parse::<i16>() else {
                continue;
            };
            let bare = digits.len() == text.len();
            let dates = self.dates_claimed();
            let of_date = |date: &Date| {
                let year = bare && digits.len() == 4 && date.year() == number;
                year || digits.len() <= 2 && i16::from(date.day()) == number
            };
            let may_be_of_date = digits.len() <= 2 || bare && digits.len() == 4;
            let denied = self.stands_denied(place) && may_be_of_date && !dates.is_empty();
            let given = dates.iter().any(of_date) && !bare || dates.iter().any(of_date) && digits.len() == 4;
            let contradicts = self.stands_denied(place) && dates.iter().any(of_date);
            if !contradicts && (denied || given) {
                self.explained[place] = true;
                if let Some(denial) = self.denial_before(place) {
                    self.explained[denial] = true;
                }
            }
        }
    }

    /// "The postal code is 4100, I typed 4000": what was registered, beside what replaces it.
    pub(super) fn explain_replaced_values(&mut self) {
        if !self.says(Meaning::Slip) {
            return;
        }
        for place in 0..self.items().len() {
            let Some(found) = self.value(place).filter(|_| !self.explained[place]) else {
                continue;
            };
            let is_replaced = |claim: &Claim| {
                let old = self.scope.registration.field(claim.field);
                let given = value::normalise(claim.field, &found.text);
                let differs = matches!(&claim.said, Said::Value(new) if Some(new.as_str()) != old);
                differs && old.is_some() && old == given.ok().as_deref()
            };
            self.explained[place] = self.account.claims[self.claims_before..].iter().any(is_replaced);
        }
    }

    /// The dates that this sentence gives.
    fn dates_claimed(&self) -> Vec<Date> {
        let claims = self.account.claims[self.claims_before..].iter();
        let of_date = claims.filter(|claim| matches!(claim.field, Field::DateOfBirth | Field::StartDate));
        of_date
            .filter_map(|claim| match &claim.said {
                Said::Value(date) => date.parse().ok(),
                Said::Confirmed => self.scope.registration.field(claim.field)?.parse().ok(),
                Said::Denied | Said::Failed(_) => None,
            })
            .collect()
    }
}
