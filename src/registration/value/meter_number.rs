//! Meter numbers: digital meters carry `1` (electricity) or `7` (gas), three letters of the maker and ten digits;
//! older ones 5 to 12 digits.

use std::str::FromStr;

use super::{Ean, ValueFault, ascii_digit, fault, is_separator, text_value, without_label};
use crate::registration::Energy;

const OLD_DIGITS: std::ops::RangeInclusive<usize> = 5..=12;
const MAKER_LETTERS: usize = 3;
const DIGITAL_CHARS: usize = 14;

/// A meter number without separators, letters in upper case.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MeterNumber(String);

text_value!(MeterNumber);

impl MeterNumber {
    /// The energy a digital meter's number tells; none for an older one.
    pub fn energy(&self) -> Option<Energy> {
        match self.0.as_bytes() {
            [b'1', b'A'..=b'Z', ..] => Some(Energy::Electricity),
            [b'7', b'A'..=b'Z', ..] => Some(Energy::Gas),
            _ => None,
        }
    }
}

impl FromStr for MeterNumber {
    type Err = ValueFault;

    fn from_str(text: &str) -> Result<MeterNumber, ValueFault> {
        if text.parse::<Ean>().is_ok() {
            return Err(ValueFault::new(fault::METER_NUMBER_IS_EAN));
        }
        let number: String = without_label(text.trim(), &["N°", "NR"])
            .chars()
            .filter(|character| !is_separator(*character))
            .map(|character| ascii_digit(character).unwrap_or(character.to_ascii_uppercase()))
            .collect();
        if is_digital(&number) || is_old(&number) {
            Ok(MeterNumber(number))
        } else {
            Err(ValueFault::new(fault::METER_NUMBER_FORMAT))
        }
    }
}

fn is_digital(number: &str) -> bool {
    let bytes = number.as_bytes();
    bytes.len() == DIGITAL_CHARS
        && matches!(bytes[0], b'1' | b'7')
        && bytes[1..=MAKER_LETTERS].iter().all(u8::is_ascii_uppercase)
        && bytes[1 + MAKER_LETTERS..].iter().all(u8::is_ascii_digit)
}

fn is_old(number: &str) -> bool {
    OLD_DIGITS.contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_digital_and_older_numbers() {
        for (written, number, energy) in [
            ("1SAG1102337109", "1SAG1102337109", Some(Energy::Electricity)),
            ("1lgz 0712 0088 43", "1LGZ0712008843", Some(Energy::Electricity)),
            ("7FLO2116402277", "7FLO2116402277", Some(Energy::Gas)),
            ("30146621", "30146621", None),
            ("5030-804-2010", "50308042010", None),
        ] {
            let read = written.parse::<MeterNumber>().unwrap();
            assert_eq!((read.as_str(), read.energy()), (number, energy));
        }
    }

    #[test]
    fn says_what_is_wrong() {
        for (written, code) in [
            ("541448820012345678", fault::METER_NUMBER_IS_EAN),
            ("1234", fault::METER_NUMBER_FORMAT),
            ("1234567890123", fault::METER_NUMBER_FORMAT),
            ("2SAG1102337109", fault::METER_NUMBER_FORMAT),
            ("30146621 kWh", fault::METER_NUMBER_FORMAT),
        ] {
            assert_eq!(
                written.parse::<MeterNumber>().unwrap_err().code,
                code,
                "{written}"
            );
        }
    }
}
