//! The number of an enterprise in the Crossroads Bank for Enterprises (BCE/KBO/ZUD), which is its VAT number too.

use std::str::FromStr;

use super::{ValueFault, ascii_digit, fault, is_separator, text_value, without_label};

const DIGITS: usize = 10;
const LABELS: [&str; 9] = ["TVA", "BTW", "MWST", "VAT", "BCE", "KBO", "ZUD", "N°", "NR"];

/// A valid enterprise number, `BE0123456749`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EnterpriseNumber(String);

text_value!(EnterpriseNumber);

impl FromStr for EnterpriseNumber {
    type Err = ValueFault;

    /// Reads `0123.456.749`, `BE 0123 456 749`, `TVA BE0123456749`, `(0)123.456.749`, and the nine digits of old papers.
    fn from_str(text: &str) -> Result<EnterpriseNumber, ValueFault> {
        let format = ValueFault::new(fault::ENTERPRISE_NUMBER_FORMAT);
        let number = without_label(without_label(text.trim(), &LABELS), &["BE"]);
        let mut digits = String::with_capacity(DIGITS);
        for character in number.chars() {
            match ascii_digit(character) {
                Some(digit) => digits.push(digit),
                None if is_separator(character) || matches!(character, '(' | ')') => {}
                None => return Err(format),
            }
        }
        if digits.len() == DIGITS - 1 {
            digits.insert(0, '0');
        }
        if digits.len() != DIGITS || !digits.starts_with(['0', '1']) {
            return Err(format);
        }
        let value: u64 = digits.parse().map_err(|_| format)?;
        if 97 - value / 100 % 97 == value % 100 {
            Ok(EnterpriseNumber(format!("BE{digits}")))
        } else {
            Err(ValueFault::new(fault::ENTERPRISE_NUMBER_CHECK))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        for (written, number) in [
            ("0123.456.749", "BE0123456749"),
            ("BE 0477.445.084", "BE0477445084"),
            ("TVA BE 0477 445 084", "BE0477445084"),
            ("BTW: BE-0477.445.084", "BE0477445084"),
            ("(0)477.445.084", "BE0477445084"),
            ("477445084", "BE0477445084"),
            ("1011.812.443", "BE1011812443"),
        ] {
            let read = written.parse::<EnterpriseNumber>();
            assert_eq!(
                read.as_ref().map(EnterpriseNumber::as_str),
                Ok(number),
                "{written}"
            );
        }
    }

    #[test]
    fn says_what_is_wrong() {
        for (written, code) in [
            ("0477.445.085", fault::ENTERPRISE_NUMBER_CHECK),
            ("2123.456.749", fault::ENTERPRISE_NUMBER_FORMAT),
            ("04774450", fault::ENTERPRISE_NUMBER_FORMAT),
            ("NL123456789B01", fault::ENTERPRISE_NUMBER_FORMAT),
        ] {
            assert_eq!(
                written.parse::<EnterpriseNumber>().unwrap_err().code,
                code,
                "{written}"
            );
        }
    }
}
