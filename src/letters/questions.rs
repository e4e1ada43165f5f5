//! What lies behind a question: the code of a verification rule or of a value's fault, as a cause that each language has
//! words for. A code that no letter knows falls back on the words of its field and reason.

use crate::registration::{Field, Question, Reason, Registration};

use super::content::NumberedQuestion;
use super::mask;
use super::words::Words;

/// Questions in one letter, at most.
pub const QUESTIONS_MAX: usize = 5;

/// Why a value is not good as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// An EAN of another length than 18; how many digits it has.
    EanLength(usize),
    EanLetters,
    EanCheckDigit,
    EanNotBelgian,
    /// The same EAN for both energies.
    EanTwice,
    /// All zeros, or one digit repeated.
    EanFiller,
    /// The prefix is of another region than the supply address.
    EanRegion,
    /// An EAN stands where a meter number should.
    MeterNumberIsEan,
    MeterNumber,
    /// No natural gas is known at the postal code.
    GasUnavailable,
    PostalCodeUnknown,
    PlaceMismatch,
    HouseNumber,
    HouseNumberHoldsBox,
    StreetHoldsNumber,
    NameUnlikely,
    DateUnreadable,
    BirthDateFuture,
    BirthDateOld,
    StartDateEarly,
    StartDateFar,
    Phone,
    Iban,
    EnterpriseNumber,
    EnterpriseNumberOfResidential,
    Email,
    /// No words of its own.
    Other,
}

impl Cause {
    /// The cause behind a code, for this value.
    pub fn of(code: &str, field: Field, value: Option<&str>) -> Cause {
        match code {
            "ean_length" => Cause::EanLength(digits(value)),
            "ean_letters" | "ean_characters" | "ean_format" => Cause::EanLetters,
            "ean_check_digit" => Cause::EanCheckDigit,
            "ean_country" => Cause::EanNotBelgian,
            "ean_same" | "ean_twice" | "ean_same_for_both" | "ean_duplicate" => Cause::EanTwice,
            "ean_filler" => Cause::EanFiller,
            "ean_region" => Cause::EanRegion,
            "phone_invalid" => Cause::Phone,
            "iban_check" => Cause::Iban,
            "date_invalid" => Cause::DateUnreadable,
            _ => Cause::of_field(field),
        }
    }

    /// What a value of the field most probably suffers from, when only the field is known.
    fn of_field(field: Field) -> Cause {
        match field {
            Field::Phone => Cause::Phone,
            Field::Iban => Cause::Iban,
            Field::EnterpriseNumber => Cause::EnterpriseNumber,
            Field::Email => Cause::Email,
            _ => Cause::Other,
        }
    }
}

fn digits(value: Option<&str>) -> usize {
    value.map_or(0, |value| value.chars().filter(|c| c.is_numeric()).count())
}

/// The open questions, numbered, in the order of [`Registration::open_questions`].
pub fn open(words: &dyn Words, registration: &Registration) -> Vec<NumberedQuestion> {
    registration
        .open_questions()
        .take(QUESTIONS_MAX)
        .zip(1..)
        .map(|(question, number)| NumberedQuestion {
            number,
            label: words.label(question.field).to_owned(),
            text: put(words, registration, question),
            help: words.help(question.field).map(str::to_owned),
        })
        .collect()
}

/// A question without number, label and help.
fn put(words: &dyn Words, registration: &Registration, question: &Question) -> String {
    let field = question.field;
    if let Some(failed) = &question.failed_answer {
        let cause = Cause::of(&failed.fault, field, Some(&failed.value));
        return words.ask_again(&mask::shown(field, &words.value(field, &failed.value)), &words.fault(&cause));
    }
    let value = question.value.as_deref();
    let shown = value.map(|value| mask::shown(field, &words.value(field, value)));
    let cause = Cause::of(&question.code, field, value);
    match (question.reason, shown) {
        (Reason::Missing, _) | (Reason::Invalid, None) => words.ask_missing(field),
        (Reason::Invalid, Some(shown)) => words.ask_invalid(&shown, &words.fault(&cause)),
        (Reason::Doubtful, shown) => {
            words.ask_doubtful(shown.as_deref(), words.doubt(&cause, registration).as_deref())
        }
    }
}
