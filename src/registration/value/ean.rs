//! The EAN of a supply point: a GS1 Global Service Relation Number of 18 digits that begins with 54.
//!
//! Check digit: GS1 General Specifications, section 7.9.1 (modulo 10, weights 3 and 1). It finds every single wrong
//! digit, and misses a swap of neighbours that differ by 5.

use std::str::FromStr;

use super::{ValueFault, ascii_digit, fault, is_separator, text_value, without_label};

/// Digits of an EAN.
pub const EAN_DIGITS: usize = 18;
/// Leading digits that tell the distributor.
const PREFIX_DIGITS: usize = 7;
const BELGIUM: &str = "54";
const NETHERLANDS: &str = "87";

/// A valid Belgian EAN, 18 digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ean(String);

text_value!(Ean);

impl Ean {
    /// The first seven digits: the company prefix of the distributor that gave the number out.
    pub fn prefix(&self) -> &str {
        &self.0[..PREFIX_DIGITS]
    }

    /// Whether the serial is one repeated digit, such as all zeros: the check digit fits, but somebody filled a box.
    pub fn is_filler(&self) -> bool {
        let mut serial = self.0[PREFIX_DIGITS..EAN_DIGITS - 1].bytes();
        let first = serial.next();
        serial.all(|digit| Some(digit) == first)
    }

    /// The EAN of a prefix and a serial: seven and ten digits; the check digit is worked out.
    ///
    /// # Errors
    /// As for reading an EAN, when these are not 17 digits that begin with 54.
    pub fn from_parts(prefix: &str, serial: &str) -> Result<Ean, ValueFault> {
        let body = format!("{prefix}{serial}");
        if body.len() != EAN_DIGITS - 1 || !body.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(ValueFault::new(fault::EAN_LENGTH));
        }
        let check = check_digit(&body);
        format!("{body}{check}").parse()
    }
}

impl FromStr for Ean {
    type Err = ValueFault;

    /// Reads an EAN in any of the ways people write one: in groups, with dots, dashes or slashes, with `EAN` before
    /// it, with the letters O, I and l for 0 and 1 (only when the number is then valid).
    fn from_str(text: &str) -> Result<Ean, ValueFault> {
        let written = Written::of(text);
        let fault = match written.check() {
            Ok(()) => return Ok(Ean(written.digits)),
            Err(fault) => fault,
        };
        // A letter is what the customer sees first: whatever else is wrong, that is what to say.
        let code = if written.digits.is_empty() && written.letters == 0 {
            fault::EMPTY
        } else if written.letters > 0 || written.strangers > 0 {
            fault::EAN_LETTERS
        } else {
            fault
        };
        Err(ValueFault::new(code))
    }
}

/// How many digits the text has, separators left out: what a letter says of a number with the wrong length.
pub fn digit_count(text: &str) -> usize {
    text.chars().filter_map(ascii_digit).count()
}

/// A text taken apart: its digits with look-alike letters read as digits, and what was not a digit.
struct Written {
    digits: String,
    /// O, I and l that were read as digits.
    letters: usize,
    /// Characters that belong in no EAN.
    strangers: usize,
}

impl Written {
    fn of(text: &str) -> Written {
        let mut written = Written {
            digits: String::with_capacity(EAN_DIGITS),
            letters: 0,
            strangers: 0,
        };
        let number = without_label(unwrapped(text), &["code EAN", "EAN-code", "EAN code", "EAN"]);
        for character in number.chars() {
            if let Some(digit) = ascii_digit(character) {
                written.digits.push(digit);
            } else if let Some(digit) = look_alike(character) {
                written.digits.push(digit);
                written.letters += 1;
            } else if !is_separator(character) {
                written.strangers += 1;
            }
        }
        written
    }

    fn check(&self) -> Result<(), &'static str> {
        if self.strangers > 0 {
            return Err(fault::EAN_LETTERS);
        }
        if self.digits.len() != EAN_DIGITS {
            return Err(fault::EAN_LENGTH);
        }
        if self.digits.starts_with(NETHERLANDS) {
            return Err(fault::EAN_COUNTRY);
        }
        if !self.digits.starts_with(BELGIUM) {
            return Err(fault::EAN_PREFIX);
        }
        let (body, check) = self.digits.split_at(EAN_DIGITS - 1);
        if check != check_digit(body).to_string() {
            return Err(fault::EAN_CHECK_DIGIT);
        }
        Ok(())
    }
}

/// Spreadsheets write a number that must stay text as `="5414..."`.
fn unwrapped(text: &str) -> &str {
    let text = text.trim();
    let quoted = text.strip_prefix('=').unwrap_or(text);
    match quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) => inner,
        None => text,
    }
}

fn look_alike(character: char) -> Option<char> {
    match character {
        'O' | 'o' => Some('0'),
        'I' | 'l' => Some('1'),
        _ => None,
    }
}

/// GS1 modulo 10: weight 3 on the last digit of `body`, then 1 and 3 by turns towards the left.
fn check_digit(body: &str) -> u32 {
    let sum: u32 = body
        .bytes()
        .rev()
        .zip([3, 1].into_iter().cycle())
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    (10 - sum % 10) % 10
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn code(text: &str) -> &'static str {
        text.parse::<Ean>().expect_err(text).code
    }

    #[test]
    fn reads_what_is_valid() {
        for valid in [
            "541448820012345678",
            "541448965011223340",
            "541449020506070805",
            "541456700000123459",
            "541449200004000508",
            "541448820016127409",
            "541448820061127409",
        ] {
            assert_eq!(valid.parse::<Ean>().as_ref().map(Ean::as_str), Ok(valid));
        }
    }

    #[test]
    fn says_what_is_wrong() {
        for (text, expected) in [
            ("541448820021345678", fault::EAN_CHECK_DIGIT),
            ("541448820912345678", fault::EAN_CHECK_DIGIT),
            ("54144882001234567", fault::EAN_LENGTH),
            ("5414488200123456780", fault::EAN_LENGTH),
            ("4488200123456 78", fault::EAN_LENGTH),
            ("871687120012345678", fault::EAN_COUNTRY),
            ("401448820012345678", fault::EAN_PREFIX),
            ("5,41449E+17", fault::EAN_LETTERS),
            ("I don't know", fault::EAN_LETTERS),
            ("5414488200I2345679", fault::EAN_LETTERS),
            ("541448820012345678, 541448965011223340", fault::EAN_LETTERS),
            ("541448820012345678 541448965011223340", fault::EAN_LENGTH),
            ("...", fault::EMPTY),
        ] {
            assert_eq!(code(text), expected, "{text}");
        }
        assert_eq!(digit_count("5414 4882 0012 3456 7"), 17);
    }

    #[test]
    fn reads_every_way_of_writing() {
        for written in [
            "5414 4882 0012 3456 78",
            "541-4488-200-123-456-78",
            "54.1448820.012345678",
            "541448820/012345678",
            "541448820\u{a0}012\u{202f}345\u{2009}678",
            "541448820\n012345678",
            "EAN: 541448820012345678",
            "EAN541448820012345678",
            "code EAN 541448820012345678",
            "=\"541448820012345678\"",
            "５４１４４８８２００１２３４５６７８",
            "5414488200I2345678",
            "54144882OO12345678",
            "5414488200l2345678",
        ] {
            assert_eq!(
                written.parse::<Ean>().as_ref().map(Ean::as_str),
                Ok("541448820012345678"),
                "{written}"
            );
        }
    }

    #[test]
    fn knows_a_filler() {
        assert!("541448800000000000".parse::<Ean>().unwrap().is_filler());
        assert!(Ean::from_parts("5414488", "7777777777").unwrap().is_filler());
        assert!(!"541448820012345678".parse::<Ean>().unwrap().is_filler());
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_never_valid(serial in "[0-9]{10}", place in 0usize..18, step in 1u8..10) {
            let ean = Ean::from_parts("5414488", &serial).unwrap();
            let mut digits = ean.as_str().as_bytes().to_vec();
            digits[place] = b'0' + (digits[place] - b'0' + step) % 10;
            let wrong = String::from_utf8(digits).unwrap();
            prop_assert!(wrong.parse::<Ean>().is_err(), "{} for {}", wrong, ean);
        }

        #[test]
        fn written_in_any_groups_it_is_read(
            serial in "[0-9]{10}",
            separators in prop::collection::vec(prop::sample::select(vec!["", "", " ", "\u{a0}", "\u{202f}", ".", "-", "/", " - "]), 18),
        ) {
            let ean = Ean::from_parts("5414490", &serial).unwrap();
            let written: String = ean.as_str().chars().zip(separators).map(|(digit, separator)| format!("{digit}{separator}")).collect();
            prop_assert_eq!(written.parse::<Ean>(), Ok(ean));
        }

        #[test]
        fn two_numbers_are_never_joined(first in "[0-9]{10}", second in "[0-9]{10}") {
            let both = format!("{} {}", Ean::from_parts("5414488", &first).unwrap(), Ean::from_parts("5414489", &second).unwrap());
            prop_assert_eq!(both.parse::<Ean>().unwrap_err().code, fault::EAN_LENGTH);
        }
    }
}
