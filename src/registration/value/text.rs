//! Values that are words: names, streets, places; and the small numbers of an address.

use std::str::FromStr;
use std::sync::LazyLock;

use regex::Regex;

use super::{ValueFault, fault, text_value};
use crate::registration::places;

/// Longer texts are no value of any field, in characters.
pub const VALUE_CHARS_MAX: usize = 320;
const NAME_CHARS_MAX: usize = 80;
const STREET_CHARS_MAX: usize = 120;
const BOX_CHARS_MAX: usize = 10;

/// The name of a person, as written.
///
/// # Errors
/// [`fault::NAME_FORMAT`] for what cannot be one: digits, an e-mail address, brackets and the like.
pub fn person_name(text: &str) -> Result<String, ValueFault> {
    let letters = text.chars().filter(|character| character.is_alphabetic()).count();
    let fits = text.chars().all(|character| {
        character.is_alphabetic() || matches!(character, ' ' | '-' | '\'' | '’' | '.' | '\u{300}'..='\u{36f}')
    });
    within(text, NAME_CHARS_MAX)?;
    if letters > 0 && fits {
        Ok(text.to_owned())
    } else {
        Err(ValueFault::new(fault::NAME_FORMAT))
    }
}

/// The name of a company, as written: it may hold digits and signs.
///
/// # Errors
/// [`fault::NAME_FORMAT`] without a letter or digit, or with an `@`.
pub fn company_name(text: &str) -> Result<String, ValueFault> {
    within(text, STREET_CHARS_MAX)?;
    if text.chars().any(char::is_alphanumeric) && !text.contains('@') {
        Ok(text.to_owned())
    } else {
        Err(ValueFault::new(fault::NAME_FORMAT))
    }
}

/// The name of a street, as written. Streets may hold digits (`Rue du 11 Novembre`).
///
/// # Errors
/// [`fault::STREET_FORMAT`] without two letters, or with an `@`.
pub fn street(text: &str) -> Result<String, ValueFault> {
    within(text, STREET_CHARS_MAX)?;
    let letters = text.chars().filter(|character| character.is_alphabetic()).count();
    if letters >= 2 && !text.contains('@') {
        Ok(text.to_owned())
    } else {
        Err(ValueFault::new(fault::STREET_FORMAT))
    }
}

/// The name of a municipality or locality, as written; whether it exists is for [`places`] to say.
///
/// # Errors
/// [`fault::MUNICIPALITY_FORMAT`] without two letters, or with digits or an `@`.
pub fn municipality(text: &str) -> Result<String, ValueFault> {
    within(text, NAME_CHARS_MAX)?;
    let letters = text.chars().filter(|character| character.is_alphabetic()).count();
    let strange = text
        .chars()
        .any(|character| character.is_numeric() || character == '@');
    if letters >= 2 && !strange {
        Ok(text.to_owned())
    } else {
        Err(ValueFault::new(fault::MUNICIPALITY_FORMAT))
    }
}

/// A house number as written: up to four digits, an index (`12A`, `12 bis`), or a range (`12-14`).
///
/// # Errors
/// [`fault::HOUSE_NUMBER_WITH_BOX`] for `12 bte 3` or `12/3`, [`fault::HOUSE_NUMBER_FORMAT`] for the rest.
pub fn house_number(text: &str) -> Result<String, ValueFault> {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        let one = r"[1-9]\d{0,3}(?: ?[A-Za-z])?(?: ?(?i:bis|ter|quater))?";
        Regex::new(&format!(r"^{one}(?: ?- ?{one})?$")).expect("a fixed pattern")
    });
    static WITH_BOX: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^\d{1,4} ?[a-z]? ?(?:[/#]|,? ?(?:b\.?|bte\.?|bo[iî]te|bus|box|bfk\.?|app?t?\.?) ?)[0-9a-z./ ]{1,8}$")
            .expect("a fixed pattern")
    });
    if NUMBER.is_match(text) {
        Ok(text.to_owned())
    } else if WITH_BOX.is_match(text) {
        Err(ValueFault::new(fault::HOUSE_NUMBER_WITH_BOX))
    } else {
        Err(ValueFault::new(fault::HOUSE_NUMBER_FORMAT))
    }
}

/// A box, bare: `bte 3` is `3`, leading zeros stay (`0101`).
///
/// # Errors
/// [`fault::BOX_FORMAT`] for what is longer than a box is, or holds neither digit nor letter.
pub fn box_number(text: &str) -> Result<String, ValueFault> {
    static LABELLED: LazyLock<Regex> = LazyLock::new(|| {
        // A bare `b` is a label only before a dot or space: `B12` is the name of a box.
        Regex::new(
            r"(?i)^(?:(?:bte|bo[iî]te|bus|box|bfk|briefkasten)[.: ]*|b[.: ]+)([0-9].*|[a-z](?:[0-9. /].*)?)$",
        )
        .expect("a fixed pattern")
    });
    let bare = LABELLED
        .captures(text)
        .and_then(|found| found.get(1))
        .map_or(text, |bare| bare.as_str());
    let fits = bare
        .chars()
        .all(|character| character.is_alphanumeric() || matches!(character, ' ' | '.' | '/' | '-'));
    let filled = bare.chars().any(char::is_alphanumeric);
    if fits && filled && bare.chars().count() <= BOX_CHARS_MAX {
        Ok(bare.to_owned())
    } else {
        Err(ValueFault::new(fault::BOX_FORMAT))
    }
}

/// A Belgian postal code that exists.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PostalCode(String);

text_value!(PostalCode);

impl FromStr for PostalCode {
    type Err = ValueFault;

    /// Reads `4000`, `B-4000`, `BE-4000`.
    fn from_str(text: &str) -> Result<PostalCode, ValueFault> {
        let text = text.trim();
        let code = ["BE-", "B-", "BE ", "B "]
            .iter()
            .find_map(|country| {
                text.get(..country.len())
                    .filter(|head| head.eq_ignore_ascii_case(country))
                    .map(|_| &text[country.len()..])
            })
            .unwrap_or(text)
            .trim();
        if code.len() != 4 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(ValueFault::new(fault::POSTAL_CODE_FORMAT));
        }
        if places::is_known(code) {
            Ok(PostalCode(code.to_owned()))
        } else {
            Err(ValueFault::new(fault::POSTAL_CODE_UNKNOWN))
        }
    }
}

fn within(text: &str, chars_max: usize) -> Result<(), ValueFault> {
    if text.chars().count() > chars_max {
        Err(ValueFault::new(fault::TOO_LONG))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code<T: std::fmt::Debug>(result: Result<T, ValueFault>) -> &'static str {
        result.unwrap_err().code
    }

    #[test]
    fn names_stay_as_written() {
        for name in [
            "Van den Berghe",
            "D’hondt",
            "Saïd",
            "Jean-Pierre",
            "O'Connor",
            "Müller",
            "J.",
        ] {
            assert_eq!(person_name(name).as_deref(), Ok(name));
        }
        for wrong in ["an@mail.example", "Jan 2", "???", "--"] {
            assert_eq!(code(person_name(wrong)), fault::NAME_FORMAT, "{wrong}");
        }
    }

    #[test]
    fn house_numbers() {
        for number in ["12", "12A", "12 A", "12a", "12 bis", "12ter", "12-14", "1234"] {
            assert_eq!(house_number(number).as_deref(), Ok(number));
        }
        for with_box in [
            "32 b 20",
            "32/20",
            "32#20",
            "12 bte 3",
            "12, bus 0101",
            "12 b3",
            "12A bus 2",
            "32 appt 20",
        ] {
            assert_eq!(
                code(house_number(with_box)),
                fault::HOUSE_NUMBER_WITH_BOX,
                "{with_box}"
            );
        }
        for wrong in ["Rue Haute 12", "12345", "twelve", "12 34", "0"] {
            assert_eq!(code(house_number(wrong)), fault::HOUSE_NUMBER_FORMAT, "{wrong}");
        }
    }

    #[test]
    fn boxes_are_bare() {
        for (written, bare) in [
            ("3", "3"),
            ("bte 3", "3"),
            ("bus 0101", "0101"),
            ("boîte B", "B"),
            ("b.3", "3"),
            ("bus3", "3"),
            ("B", "B"),
            ("5B", "5B"),
            ("RdC 1", "RdC 1"),
            ("B12", "B12"),
            ("box A2", "A2"),
        ] {
            assert_eq!(box_number(written).as_deref(), Ok(bare), "{written}");
        }
        for wrong in ["je n'ai pas de boîte", "-", "12, 13"] {
            assert_eq!(code(box_number(wrong)), fault::BOX_FORMAT, "{wrong}");
        }
    }

    #[test]
    fn postal_codes() {
        for (written, expected) in [
            ("4000", "4000"),
            ("B-4000", "4000"),
            ("BE-1348", "1348"),
            ("b 9992", "9992"),
        ] {
            assert_eq!(
                written.parse::<PostalCode>().as_ref().map(PostalCode::as_str),
                Ok(expected)
            );
        }
        assert_eq!(code("4001".parse::<PostalCode>()), fault::POSTAL_CODE_UNKNOWN);
        for wrong in ["400", "40000", "4000 Liège", "F-59000"] {
            assert_eq!(
                code(wrong.parse::<PostalCode>()),
                fault::POSTAL_CODE_FORMAT,
                "{wrong}"
            );
        }
    }
}
