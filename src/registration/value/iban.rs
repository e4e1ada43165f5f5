//! The IBAN: ISO 13616, check digits by ISO 7064 (modulo 97), and the national check of Belgian accounts.

use std::str::FromStr;

use super::{ValueFault, fault, is_separator, text_value, without_label};

/// Characters of the longest IBAN (ISO 13616), and room for separators before it is looked at.
const WRITTEN_CHARS_MAX: usize = 80;

/// A valid IBAN of any country, upper case, no spaces.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Iban(String);

text_value!(Iban);

impl Iban {
    /// The Belgian IBAN of the first ten digits of an account number; both check pairs are worked out.
    ///
    /// # Errors
    /// [`fault::IBAN_FORMAT`] when these are not ten digits.
    pub fn belgian(account: &str) -> Result<Iban, ValueFault> {
        let bad = ValueFault::new(fault::IBAN_FORMAT);
        if account.len() != 10 || !account.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(bad);
        }
        let number: u64 = account.parse().map_err(|_| bad)?;
        let national = national_check(number);
        // ISO 7064: the country as numbers (B = 11, E = 14) and 00 at the end; 98 less the rest.
        let bban = number * 100 + national;
        let check = 98 - (u128::from(bban) * 1_000_000 + 111_400) % 97;
        format!("BE{check:02}{account}{national:02}").parse()
    }
}

impl FromStr for Iban {
    type Err = ValueFault;

    fn from_str(text: &str) -> Result<Iban, ValueFault> {
        if text.chars().count() > WRITTEN_CHARS_MAX {
            return Err(ValueFault::new(fault::IBAN_FORMAT));
        }
        let compact: String = without_label(text.trim(), &["IBAN"])
            .chars()
            .filter(|character| !is_separator(*character))
            .flat_map(char::to_uppercase)
            .collect();
        // The crate judges the check digits before the length its country wants; a missing digit is the better word.
        let belgian = compact.strip_prefix("BE");
        if belgian.is_some_and(|digits| !is_belgian_form(digits)) {
            return Err(ValueFault::new(fault::IBAN_FORMAT));
        }
        compact.parse::<iban::Iban>().map_err(|error| match error {
            iban::ParseIbanError::InvalidBaseIban {
                source: iban::ParseBaseIbanError::InvalidChecksum,
            } => ValueFault::new(fault::IBAN_CHECK),
            _ => ValueFault::new(fault::IBAN_FORMAT),
        })?;
        if let Some(digits) = belgian {
            check_belgian(&digits[2..])?;
        }
        Ok(Iban(compact))
    }
}

/// Two check digits and the twelve digits of the account.
fn is_belgian_form(digits: &str) -> bool {
    digits.len() == 14 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The last two digits of a Belgian account number are the ten before them modulo 97, and 97 for 0.
fn check_belgian(account: &str) -> Result<(), ValueFault> {
    let digits: u64 = account.parse().map_err(|_| ValueFault::new(fault::IBAN_FORMAT))?;
    if national_check(digits / 100) == digits % 100 {
        Ok(())
    } else {
        Err(ValueFault::new(fault::IBAN_CHECK))
    }
}

fn national_check(first_ten: u64) -> u64 {
    match first_ten % 97 {
        0 => 97,
        rest => rest,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_what_is_valid_as_people_write_it() {
        for (written, iban) in [
            ("BE68539007547034", "BE68539007547034"),
            ("be48 0011 2345 6727", "BE48001123456727"),
            ("IBAN: BE44-3630-7654-3245", "BE44363076543245"),
            ("BE44\u{a0}3630\u{202f}7654 3245", "BE44363076543245"),
            ("FR76 3000 6000 0112 3456 7890 189", "FR7630006000011234567890189"),
            ("NL91ABNA0417164300", "NL91ABNA0417164300"),
        ] {
            assert_eq!(written.parse::<Iban>().as_ref().map(Iban::as_str), Ok(iban));
        }
    }

    #[test]
    fn says_what_is_wrong() {
        for (written, code) in [
            ("BE68539007547035", fault::IBAN_CHECK),
            ("BE6853900754703", fault::IBAN_FORMAT),
            ("539007547034", fault::IBAN_FORMAT),
            ("BE68 5390 0754 7034, BE48", fault::IBAN_FORMAT),
            ("no", fault::IBAN_FORMAT),
        ] {
            assert_eq!(written.parse::<Iban>().unwrap_err().code, code, "{written}");
        }
    }

    #[test]
    fn the_national_check_counts_besides_the_international_one() {
        // 539007547033 has the wrong national pair; 95 makes the international check fit.
        let base = (2..98)
            .map(|check| format!("BE{check:02}539007547033"))
            .find(|iban| iban.parse::<iban::Iban>().is_ok());
        assert_eq!(base.unwrap().parse::<Iban>().unwrap_err().code, fault::IBAN_CHECK);
    }

    proptest! {
        #[test]
        fn a_made_belgian_iban_is_valid(account in "[0-9]{10}") {
            let iban = Iban::belgian(&account).unwrap();
            prop_assert_eq!(&iban.as_str()[4..14], account);
        }
    }
}
