//! What lies behind a question: the code of a verification rule or of a value's fault, as a cause that each language has
//! words for. A code that no letter knows falls back on the words of its field and reason.

use crate::registration::question::QUESTIONS_MAX;
use crate::registration::value::{digit_count, fault};
use crate::registration::{Energy, Field, Question, Reason, Registration};

use super::content::NumberedQuestion;
use super::mask;
use super::words::Words;

/// Why a value is not good as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// An EAN of another length than 18; how many digits it has.
    EanLength(usize),
    EanLetters,
    EanCheckDigit,
    /// A supply point of another country.
    EanAbroad,
    /// Does not begin with 54.
    EanPrefix,
    /// The same EAN for both energies.
    EanSameForBoth,
    /// All zeros, or one digit repeated.
    EanFiller,
    /// The prefix is of another region than the supply address.
    EanRegion,
    /// An EAN stands where a meter number should.
    MeterNumberIsEan,
    MeterNumber,
    PostalCodeForm,
    PostalCodeUnknown,
    PostalCodeMunicipality,
    HouseNumber,
    HouseNumberWithBox,
    StreetWithNumber,
    /// Digits or signs where a name should be, a single letter, or a filler.
    NameUnlikely,
    /// First and last name are the same.
    NameTwice,
    /// One slip away from a common name, or from the one in the e-mail address.
    NameSpelling,
    DateInvalid,
    /// The year is missing or has two digits.
    DateAmbiguous,
    BirthDateFuture,
    BirthDateTooOld,
    StartDateTooEarly,
    StartDatePast,
    StartDateTooFar,
    Phone,
    PhoneLength,
    IbanForm,
    IbanCheck,
    EnterpriseNumberForm,
    EnterpriseNumberCheck,
    EnterpriseNumberResidential,
    Email,
    TooLong,
    /// No words of its own: those of the reason alone are right for every field.
    Other,
}

impl Cause {
    /// The cause behind a code of a verification rule or of a value's fault.
    pub fn of(code: &str, value: Option<&str>) -> Cause {
        match code {
            fault::EAN_LENGTH => Cause::EanLength(value.map_or(0, digit_count)),
            fault::EAN_LETTERS => Cause::EanLetters,
            fault::EAN_CHECK_DIGIT => Cause::EanCheckDigit,
            fault::EAN_COUNTRY => Cause::EanAbroad,
            fault::EAN_PREFIX => Cause::EanPrefix,
            fault::METER_NUMBER_IS_EAN => Cause::MeterNumberIsEan,
            fault::METER_NUMBER_FORMAT => Cause::MeterNumber,
            fault::POSTAL_CODE_FORMAT => Cause::PostalCodeForm,
            fault::POSTAL_CODE_UNKNOWN => Cause::PostalCodeUnknown,
            fault::HOUSE_NUMBER_FORMAT => Cause::HouseNumber,
            fault::HOUSE_NUMBER_WITH_BOX => Cause::HouseNumberWithBox,
            fault::NAME_FORMAT => Cause::NameUnlikely,
            fault::DATE_INVALID => Cause::DateInvalid,
            fault::DATE_AMBIGUOUS => Cause::DateAmbiguous,
            fault::PHONE_INVALID => Cause::Phone,
            fault::PHONE_LENGTH => Cause::PhoneLength,
            fault::IBAN_FORMAT => Cause::IbanForm,
            fault::IBAN_CHECK => Cause::IbanCheck,
            fault::ENTERPRISE_NUMBER_FORMAT => Cause::EnterpriseNumberForm,
            fault::ENTERPRISE_NUMBER_CHECK => Cause::EnterpriseNumberCheck,
            fault::EMAIL_FORMAT => Cause::Email,
            fault::TOO_LONG => Cause::TooLong,
            _ => Cause::of_rule(code),
        }
    }

    /// The codes of `verification`, which letters know by name only.
    fn of_rule(code: &str) -> Cause {
        match code {
            "ean_same_for_both" => Cause::EanSameForBoth,
            "ean_filler" => Cause::EanFiller,
            "ean_region" => Cause::EanRegion,
            "postal_code_municipality" => Cause::PostalCodeMunicipality,
            "street_with_number" => Cause::StreetWithNumber,
            "name_short" | "name_filler" => Cause::NameUnlikely,
            "name_twice" => Cause::NameTwice,
            "first_name_spelling" | "name_unlike_email" => Cause::NameSpelling,
            "date_of_birth_future" => Cause::BirthDateFuture,
            "date_of_birth_too_old" => Cause::BirthDateTooOld,
            "enterprise_number_residential" => Cause::EnterpriseNumberResidential,
            "start_date_too_early" => Cause::StartDateTooEarly,
            "start_date_past" => Cause::StartDatePast,
            "start_date_too_far" => Cause::StartDateTooFar,
            _ => Cause::Other,
        }
    }
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
            help: help(words, registration, question.field),
        })
        .collect()
}

/// Where to find the value; for an EAN also what may be sent instead, unless that is known or asked already.
fn help(words: &dyn Words, registration: &Registration, field: Field) -> Option<String> {
    let help = words.help(field)?;
    let needless = Energy::ALL
        .iter()
        .filter(|energy| energy.ean_field() == field)
        .all(|energy| {
            let meter_number = energy.meter_number_field();
            registration.field(meter_number).is_some()
                || registration
                    .open_questions()
                    .any(|question| question.field == meter_number)
        });
    Some(if needless {
        help.to_owned()
    } else {
        format!("{help} {}", words.instead_of_ean())
    })
}

/// A question without number, label and help.
fn put(words: &dyn Words, registration: &Registration, question: &Question) -> String {
    let field = question.field;
    if let Some(failed) = &question.failed_answer {
        let cause = Cause::of(&failed.fault, Some(&failed.value));
        return words.ask_again(
            &mask::shown(field, &words.value(field, &failed.value)),
            &words.fault(&cause),
        );
    }
    let value = question.value.as_deref();
    let shown = value.map(|value| mask::shown(field, &words.value(field, value)));
    let cause = Cause::of(&question.code, value);
    match (question.reason, shown) {
        (Reason::Missing, _) | (Reason::Invalid, None) => words.ask_missing(field),
        (Reason::Invalid, Some(shown)) => words.ask_invalid(&shown, &words.fault(&cause)),
        (Reason::Doubtful, shown) => {
            words.ask_doubtful(shown.as_deref(), words.doubt(&cause, registration).as_deref())
        }
    }
}
