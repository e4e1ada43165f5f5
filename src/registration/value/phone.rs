//! Phone numbers, in the form of ITU-T E.164. A number without a country is a Belgian one.

use std::str::FromStr;

use phonenumber::country;

use super::{ValueFault, ascii_digit, fault, is_separator, text_value, without_label};

/// E.164: at most 15 digits.
const DIGITS_MAX: usize = 15;
/// Significant digits of a Belgian land line, 0 dropped.
const LAND_LINE_DIGITS: usize = 8;
/// Significant digits of a Belgian mobile number, 0 dropped; it begins with 4.
const MOBILE_DIGITS: usize = 9;

const LABELS: [&str; 12] = [
    "téléphone",
    "telephone",
    "telefoon",
    "telefon",
    "phone",
    "mobile",
    "gsm",
    "handy",
    "tél",
    "tel",
    "t.",
    "nr",
];

/// A valid phone number, `+32470123456`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Phone(String);

text_value!(Phone);

impl FromStr for Phone {
    type Err = ValueFault;

    fn from_str(text: &str) -> Result<Phone, ValueFault> {
        let number = compact(text).ok_or(ValueFault::new(fault::PHONE_INVALID))?;
        let significant = belgian_significant(&number);
        if let Some(digits) = significant
            && !fits_belgium(digits)
        {
            return Err(ValueFault::new(fault::PHONE_LENGTH));
        }
        let international = match significant {
            Some(digits) => format!("+32{digits}"),
            None => number,
        };
        // The crate has panicked on hostile input before; a number that makes it panic is no number.
        let valid = std::panic::catch_unwind(|| {
            let parsed = phonenumber::parse(Some(country::BE), &international).ok()?;
            (parsed.is_valid() && parsed.extension().is_none())
                .then(|| parsed.format().mode(phonenumber::Mode::E164).to_string())
        });
        valid
            .ok()
            .flatten()
            .map(Phone)
            .ok_or(ValueFault::new(fault::PHONE_INVALID))
    }
}

/// The digits, with a `+` before them when the country is written; none when something else stands there.
fn compact(text: &str) -> Option<String> {
    let text = without_label(text.trim(), &LABELS);
    // `+32 (0)470`: the 0 is for those who call from inside the country.
    let text = text.replace("(0)", " ");
    let mut number = String::new();
    for character in text.chars() {
        if let Some(digit) = ascii_digit(character) {
            number.push(digit);
        } else if character == '+' && number.is_empty() {
            number.push('+');
        } else if !is_separator(character) && !matches!(character, '(' | ')') {
            return None;
        }
    }
    if let Some(rest) = number.strip_prefix("00") {
        number = format!("+{rest}");
    }
    let digits = number.trim_start_matches('+').len();
    (1..=DIGITS_MAX).contains(&digits).then_some(number)
}

/// The significant digits, if the number is a Belgian one: the leading 0 dropped, `+32` too.
fn belgian_significant(number: &str) -> Option<&str> {
    let national = match number.strip_prefix('+') {
        Some(international) => international.strip_prefix("32")?,
        // `32470123456`: longer than any number within the country, so the plus was left out.
        None => number
            .strip_prefix("32")
            .filter(|rest| fits_belgium(rest))
            .unwrap_or(number),
    };
    Some(national.strip_prefix('0').unwrap_or(national))
}

/// Whether the digits are as many as a Belgian number of their kind has.
fn fits_belgium(digits: &str) -> bool {
    let wanted = match digits.as_bytes() {
        [b'4', b'5'..=b'9', ..] => MOBILE_DIGITS,
        _ => LAND_LINE_DIGITS,
    };
    digits.len() == wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        for written in [
            "0470 12 34 56",
            "0470/12.34.56",
            "0470-12-34-56",
            "0032470123456",
            "+32 (0)470 12 34 56",
            "+32 0470 12 34 56",
            "470/12 34 56",
            "32 470 12 34 56",
            "GSM: 0470 12 34 56",
            "Tél. 0470\u{a0}12\u{202f}34 56",
        ] {
            assert_eq!(
                written.parse::<Phone>().as_ref().map(Phone::as_str),
                Ok("+32470123456"),
                "{written}"
            );
        }
        for (written, phone) in [
            ("04/221 08 40", "+3242210840"),
            ("32 4 221 08 40", "+3242210840"),
            ("+33 6 12 34 56 78", "+33612345678"),
            ("+352 621 123 456", "+352621123456"),
            ("0049 30 901820", "+4930901820"),
        ] {
            assert_eq!(
                written.parse::<Phone>().as_ref().map(Phone::as_str),
                Ok(phone),
                "{written}"
            );
        }
    }

    #[test]
    fn says_what_is_wrong() {
        for (written, code) in [
            ("0470 12 34 5", fault::PHONE_LENGTH),
            ("04701234567", fault::PHONE_LENGTH),
            ("+3249622718", fault::PHONE_LENGTH),
            ("+3247531826", fault::PHONE_LENGTH),
            ("0470123456 ou 0471123456", fault::PHONE_INVALID),
            ("0470 12 34 56 0471 12 34 56", fault::PHONE_INVALID),
            ("0000000000", fault::PHONE_INVALID),
            ("call me", fault::PHONE_INVALID),
            ("+", fault::PHONE_INVALID),
        ] {
            assert_eq!(written.parse::<Phone>().unwrap_err().code, code, "{written}");
        }
    }
}
