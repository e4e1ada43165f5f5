//! What may call for a person, weighed when all that its sentence says is known.
//!
//! A sentence, or a clause beside a value, that answers nothing is *told*. Told words that alarm, or that nobody foresaw, are
//! excused where the sentences of `sentences/` say that such are asides; and only when every question has its answer without
//! them: while one is open, what nobody understood may be that answer.

use std::collections::BTreeMap;

use super::*;
use crate::understanding::likeness::Company;
use crate::understanding::{Answer, AnswerStatus};

/// The likeness of a told sentence with words that nobody foresaw.
const UNFORESEEN_LOG_ODDS_MAX: f64 = -2.0;
/// With words that may alarm: kin, other homes, "I think".
const ALARMING_LOG_ODDS_MAX: f64 = -4.0;
/// With words that call for a person elsewhere.
const CONCERNING_LOG_ODDS_MAX: f64 = -4.0;
/// Of a sentence about what is attached and was read.
const ATTACHED_LOG_ODDS_MAX: f64 = 1.0;
/// Less, where it points back at an answer or names a field.
const POINTING_BACK_LOG_ODDS: f64 = -2.0;
/// Shorter ones have too little to be told by.
const TOLD_ITEMS_MIN: usize = 3;
/// Longer numbers may be answers.
const TOLD_NUMBER_DIGITS_MAX: usize = 4;

/// Items of a sentence that may call for a person.
pub(super) struct Suspicion {
    pub(super) reason: DoubtReason,
    pub(super) places: Vec<usize>,
}

/// What answers nothing, and how much it is like sentences that need a person.
struct Told {
    range: Range<usize>,
    log_odds: f64,
}

impl<'a> Examination<'a> {
    pub(super) fn suspect_leftovers(&mut self) {
        let places: Vec<usize> = (0..self.items().len())
            .filter(|place| !self.explained[*place])
            .collect();
        if !places.is_empty() {
            let reason = DoubtReason::UnexplainedSentence;
            self.suspicions.push(Suspicion { reason, places });
        }
    }

    pub(super) fn weigh_suspicions(&mut self) {
        let suspicions = std::mem::take(&mut self.suspicions);
        if suspicions.is_empty() {
            return;
        }
        let told = self.told();
        for Suspicion { reason, places } in suspicions {
            let (excused, left): (Vec<usize>, Vec<usize>) = places
                .into_iter()
                .partition(|place| told.iter().any(|told| self.is_excused(*place, reason, told)));
            if !left.is_empty() {
                self.doubt_of(reason, &left);
            }
            if !excused.is_empty() {
                let doubt = self.doubt_about(reason, &excused);
                add_doubt(&mut self.account.excusable, doubt);
            }
        }
    }

    /// The whole sentence if it answers nothing; else those of its clauses which do not.
    fn told(&self) -> Vec<Told> {
        let whole = 0..self.items().len();
        let judged = self.account.verdicts.len() > self.verdicts_before;
        if judged || whole.is_empty() {
            return Vec::new();
        }
        let log_odds = self.likeness_of(&whole);
        if self.is_told(&whole) {
            return vec![Told {
                range: whole,
                log_odds,
            }];
        }
        let clauses = self.tale_clauses().into_iter();
        let told = clauses.filter(|clause| self.is_told(clause));
        told.map(|range| Told {
            log_odds: log_odds.max(self.likeness_of(&range)),
            range,
        })
        .collect()
    }

    fn likeness_of(&self, range: &Range<usize>) -> f64 {
        let items = &self.items()[range.clone()];
        let bytes = items[0].range.start..items[items.len() - 1].range.end;
        likeness::weightiness(self.scope.language, self.text_of(&bytes))
    }

    fn is_told(&self, range: &Range<usize>) -> bool {
        let items = self.items();
        let labels = self.labels_in(range.clone());
        let harmless = |place: usize| match self.value(place) {
            Some(found) => {
                let digits = found.text.bytes().filter(u8::is_ascii_digit).count();
                let may_count = found.form == Form::Date
                    || found.form == Form::Number && digits <= TOLD_NUMBER_DIGITS_MAX;
                self.explained[place] || labels.is_empty() && may_count
            }
            None => true,
        };
        // "The name is written Example" gives a value though nobody knows the word.
        let of_words = labels.iter().any(|label| is_of_words(*label));
        let may_be_value = |place: usize| {
            of_words
                && !self.explained[place]
                && matches!(items[place].kind, ItemKind::Unknown)
                && names::has_capital(self.text_of(&items[place].range))
        };
        range.len() >= TOLD_ITEMS_MIN
            && self.span(&self.sentence.range).is_some()
            && self.names_claimed_in(range.clone()).next().is_none()
            && range.clone().all(|place| harmless(place) && !may_be_value(place))
    }

    fn is_excused(&self, place: usize, reason: DoubtReason, told: &Told) -> bool {
        if !told.range.contains(&place) {
            return false;
        }
        let text = self.text_of(&self.items()[place].range);
        let is_value = matches!(self.items()[place].kind, ItemKind::Value(_));
        let company = likeness::company(self.scope.language, text);
        let mut max = match reason {
            DoubtReason::NeedsPerson if company < Company::Asides => return false,
            DoubtReason::NeedsPerson => CONCERNING_LOG_ODDS_MAX,
            DoubtReason::UnexplainedSentence if !is_value => UNFORESEEN_LOG_ODDS_MAX,
            DoubtReason::UnclearAnswer | DoubtReason::AmbiguousValue if company >= Company::Both => {
                UNFORESEEN_LOG_ODDS_MAX
            }
            _ => ALARMING_LOG_ODDS_MAX,
        };
        // What is said of files that were read is shown by the files.
        if self.says(Meaning::Attachment)
            && self.account.attachments == Attachments::Read
            && matches!(
                reason,
                DoubtReason::UnexplainedSentence | DoubtReason::UnclearAnswer
            )
        {
            max = max.max(ATTACHED_LOG_ODDS_MAX);
        }
        if self.is_deferral() && reason == DoubtReason::UnexplainedSentence && !is_value {
            return told.log_odds <= tales::DEFERRAL_LOG_ODDS_MAX;
        }
        let points_back = told.range.clone().any(|place| {
            let item = &self.items()[place];
            item.means(Meaning::Anaphor) || item.means(Meaning::Contract)
        }) || self.names_what_was_asked(told.range.clone());
        if points_back {
            max += POINTING_BACK_LOG_ODDS;
        }
        told.log_odds <= max
    }
}

/// Whether values of the field are words, so that any word may be one.
fn is_of_words(label: Label) -> bool {
    match label {
        Label::Name | Label::Home => true,
        Label::Field(field) => has_words(field),
        Label::Date | Label::Ean | Label::MeterNumber | Label::Address => false,
    }
}

fn has_words(field: Field) -> bool {
    matches!(
        field,
        Field::FirstName | Field::LastName | Field::CompanyName | Field::Street | Field::Municipality
    )
}

/// The doubts that must be, as they may hide the answer to a question which is open.
pub(in crate::understanding) fn not_excused(
    scope: &Scope<'_>,
    answers: &BTreeMap<Field, Answer>,
    excusable: Vec<Doubt>,
) -> Vec<Doubt> {
    let is_settled = |field: Field| {
        answers.get(&field).is_some_and(|answer| {
            matches!(
                answer.status,
                AnswerStatus::Corrected(_) | AnswerStatus::Confirmed
            )
        })
    };
    let (settled, open): (Vec<Field>, Vec<Field>) = scope
        .asked
        .iter()
        .map(|(field, _)| *field)
        .partition(|field| is_settled(*field));
    let may_answer = |doubt: &Doubt| {
        let has_number = |word: &String| word.bytes().any(|byte| byte.is_ascii_digit());
        let says_unknown = doubt.reason == DoubtReason::UnexplainedSentence;
        settled.is_empty()
            || !open.is_empty()
                && says_unknown
                && (open.iter().any(|field| has_words(*field)) || doubt.words.iter().any(has_number))
    };
    excusable.into_iter().filter(may_answer).collect()
}
