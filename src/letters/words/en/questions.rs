//! How questions are put in English, and why.

use super::English;
use crate::letters::questions::Cause;
use crate::letters::words::{self, QuestionWords};
use crate::registration::{Field, Registration};

impl QuestionWords for English {
    fn ask_missing(&self, _field: Field) -> String {
        "this is missing from your application. Could you send it to us?".to_owned()
    }

    fn ask_invalid(&self, value: &str, fault: &str) -> String {
        format!("we received “{value}”, but {fault}. Could you check it and send us the right one?")
    }

    fn ask_again(&self, value: &str, fault: &str) -> String {
        format!("you answered “{value}”, but {fault}. Could you check it and send us the right one?")
    }

    fn ask_doubtful(&self, value: Option<&str>, doubt: Option<&str>) -> String {
        let noted = match value {
            Some(value) => format!("we noted “{value}”."),
            None => "we noted nothing.".to_owned(),
        };
        match (value, doubt) {
            (Some(value), Some(doubt)) => {
                format!("{noted} {doubt} Is “{value}” correct? If not, what should it be?")
            }
            (_, doubt) => {
                let doubt = doubt.map(|doubt| format!(" {doubt}")).unwrap_or_default();
                format!("{noted}{doubt} Is that correct? If not, what should it be?")
            }
        }
    }

    fn fault(&self, cause: &Cause) -> String {
        match cause {
            Cause::EanLength(0) => "an EAN code has 18 digits".to_owned(),
            Cause::EanLength(1) => "it has 1 digit, while an EAN code has 18".to_owned(),
            Cause::EanLength(digits) => format!("it has {digits} digits, while an EAN code has 18"),
            Cause::EanLetters => "an EAN code has only digits (18)".to_owned(),
            Cause::EanCheckDigit => {
                "it probably holds a typing error: the check digit does not match".to_owned()
            }
            Cause::EanSameForBoth => {
                "it stands for both electricity and gas, while each has an EAN code of its own".to_owned()
            }
            Cause::MeterNumberIsEan => "that is an EAN code, not a meter number".to_owned(),
            Cause::MeterNumber => "that is not a meter number".to_owned(),
            Cause::PostalCodeUnknown => "there is no such postal code in Belgium".to_owned(),
            Cause::HouseNumber => "that is not a house number".to_owned(),
            Cause::DateInvalid => "that is not a valid date".to_owned(),
            Cause::BirthDateFuture => "that date is in the future".to_owned(),
            Cause::Phone => "that is not a valid phone number".to_owned(),
            Cause::IbanCheck => "it probably holds a typing error: the check digits do not match".to_owned(),
            Cause::EanAbroad => {
                "that is a supply point in another country: a Belgian EAN code starts with 54".to_owned()
            }
            Cause::EanPrefix => "a Belgian EAN code starts with 54".to_owned(),
            Cause::PostalCodeForm => "a Belgian postal code has 4 digits".to_owned(),
            Cause::HouseNumberWithBox => {
                "it may hold a box number too. Please write the house number and the box number apart"
                    .to_owned()
            }
            Cause::DateAmbiguous => "the year is missing or not clear".to_owned(),
            Cause::PhoneLength => "it has too many or too few digits for a Belgian phone number".to_owned(),
            Cause::IbanForm => "a Belgian bank account (IBAN) consists of BE and 14 digits".to_owned(),
            Cause::EnterpriseNumberForm => {
                "an enterprise number has 10 digits, of which the first is 0 or 1".to_owned()
            }
            Cause::EnterpriseNumberCheck => {
                "it probably holds a typing error: the check digits do not match".to_owned()
            }
            Cause::TooLong => "that is too long for this field".to_owned(),
            Cause::Email => "that is not a valid e-mail address".to_owned(),
            _ => "that does not seem to be valid".to_owned(),
        }
    }

    fn doubt(&self, cause: &Cause, registration: &Registration) -> Option<String> {
        Some(match cause {
            Cause::EanFiller => "This number looks like an example.".to_owned(),
            Cause::EanRegion => match words::place(registration) {
                Some(place) => {
                    format!("This number seems to belong to another region than your address ({place}).")
                }
                None => "This number seems to belong to another region than your address.".to_owned(),
            },
            Cause::PostalCodeMunicipality => match words::code_and_municipality(registration) {
                Some((code, municipality)) => {
                    format!("The postal code “{code}” and the town “{municipality}” do not belong together.")
                }
                None => "The postal code and the town do not belong together.".to_owned(),
            },
            Cause::HouseNumberWithBox => "It may hold a box number too.".to_owned(),
            Cause::StreetWithNumber => "It may hold a house or box number too.".to_owned(),
            Cause::NameTwice => "The first name and the last name are the same.".to_owned(),
            Cause::NameSpelling => "It may hold a typing error.".to_owned(),
            Cause::NameUnlikely => "That does not look like a name.".to_owned(),
            Cause::StartDatePast => "That date is in the past.".to_owned(),
            Cause::BirthDateTooOld => "That date is very long ago.".to_owned(),
            Cause::StartDateTooEarly => {
                "A change of supplier usually takes three weeks; this date comes sooner.".to_owned()
            }
            Cause::StartDateTooFar => "That date is still far away.".to_owned(),
            Cause::EnterpriseNumberResidential => {
                "You applied as a private customer, but gave an enterprise number.".to_owned()
            }
            _ => return None,
        })
    }

    fn help(&self, field: Field) -> Option<&'static str> {
        match field {
            Field::ElectricityEan | Field::GasEan => {
                Some("You will find this 18-digit code (it starts with 54) at the top of your energy bill.")
            }
            Field::ElectricityMeterNumber | Field::GasMeterNumber => {
                Some("You will find this number on the meter itself and on your energy bill.")
            }
            Field::EnterpriseNumber => Some(
                "This 10-digit number is the same as your VAT number. You will find it on your invoices, \
                 for example.",
            ),
            Field::Iban => Some(
                "You will find this number on your bank card or your account statement. For your safety we \
                 show only the end of it.",
            ),
            Field::DateOfBirth => Some("Please write the day, the month and the year."),
            Field::StartDate => {
                Some("Please write the day, the month and the year from which you would like to be supplied.")
            }
            Field::Box => Some("If there is no box number, just tell us so."),
            _ => None,
        }
    }

    fn instead_of_ean(&self) -> &'static str {
        "If you cannot find it, you may send us the meter number or a photo of the bill instead."
    }
}
