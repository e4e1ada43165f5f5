//! Whether a text is a valid value of a field, and its one normal form. Nothing else in the program decides that.
//!
//! Each kind of value has a type with a private content: whoever holds an [`Ean`] holds a valid one. [`normalise`] is
//! the one door for code that has a field and a text. Every fault has a stable code; all of them stand in [`fault`].

pub mod date;
pub mod ean;
pub mod email;
pub mod enterprise_number;
pub mod fault;
pub mod fold;
pub mod iban;
pub mod meter_number;
pub mod phone;
pub mod text;

pub use date::{parse_birth_date, parse_date};
pub use ean::{Ean, digit_count};
pub use email::EmailAddress;
pub use enterprise_number::EnterpriseNumber;
pub use fold::{fold_key, fold_white_space};
pub use iban::Iban;
pub use meter_number::MeterNumber;
pub use phone::Phone;
pub use text::PostalCode;

use super::Field;

/// Why a text is no valid value. `code` is stable (letters and the desk choose their words by it).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}")]
pub struct ValueFault {
    /// One of the codes of [`fault`], such as `ean_length`, `ean_check_digit`, `iban_check`, `phone_invalid`.
    pub code: &'static str,
}

impl ValueFault {
    /// A fault with one of the codes of [`fault`].
    pub const fn new(code: &'static str) -> ValueFault {
        ValueFault { code }
    }
}

/// The normal form of `text` as a value of `field`: EAN 18 digits; phone E.164; dates ISO 8601; IBAN and enterprise
/// number without spaces or dots (`BE0123456749`); postal code 4 digits; meter numbers without separators; names,
/// streets and municipalities as written, white space folded.
///
/// `text` is one candidate, not a sentence: what else stands around it makes it invalid rather than being searched.
///
/// # Errors
/// The first fault that makes the text no value of the field.
pub fn normalise(field: Field, text: &str) -> Result<String, ValueFault> {
    let text = fold_white_space(text);
    if text.is_empty() {
        return Err(ValueFault::new(fault::EMPTY));
    }
    if text.chars().count() > text::VALUE_CHARS_MAX {
        return Err(ValueFault::new(fault::TOO_LONG));
    }
    match field {
        Field::FirstName | Field::LastName => text::person_name(&text),
        Field::CompanyName => text::company_name(&text),
        Field::Street => text::street(&text),
        Field::HouseNumber => text::house_number(&text),
        Field::Box => text::box_number(&text),
        Field::Municipality => text::municipality(&text),
        Field::PostalCode => text.parse().map(|code: PostalCode| code.to_string()),
        Field::DateOfBirth => parse_birth_date(&text, None).map(|date| date.to_string()),
        Field::StartDate => parse_date(&text, None).map(|date| date.to_string()),
        Field::Email => text.parse().map(|address: EmailAddress| address.to_string()),
        Field::Phone => text.parse().map(|phone: Phone| phone.to_string()),
        Field::EnterpriseNumber => text.parse().map(|number: EnterpriseNumber| number.to_string()),
        Field::ElectricityEan | Field::GasEan => text.parse().map(|ean: Ean| ean.to_string()),
        Field::ElectricityMeterNumber | Field::GasMeterNumber => {
            text.parse().map(|number: MeterNumber| number.to_string())
        }
        Field::Iban => text.parse().map(|iban: Iban| iban.to_string()),
    }
}

/// The traits every value type shares: its text, `Display`, and `as_str`.
macro_rules! text_value {
    ($name:ident) => {
        impl $name {
            /// The normal form.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
pub(super) use text_value;

/// Whether people put this character between the groups of a number: any kind of space, dot, dash or slash, and the
/// invisible characters that mail programs add.
fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '.' | '-' | '/' | '_' | '·' | '\u{2010}'..='\u{2015}' | '\u{2212}' // dots, hyphens, dashes, minus
                | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' // zero width, soft hyphen
        )
}

/// The digit of an ASCII or full-width digit character.
fn ascii_digit(character: char) -> Option<char> {
    match character {
        '0'..='9' => Some(character),
        '０'..='９' => char::from_digit(character as u32 - '０' as u32, 10),
        _ => None,
    }
}

/// The text with the first of the labels it begins with taken off, and the punctuation after it. Case does not count.
fn without_label<'t>(text: &'t str, labels: &[&str]) -> &'t str {
    for label in labels {
        let Some(head) = text.get(..label.len()) else {
            continue;
        };
        if head.eq_ignore_ascii_case(label) {
            let rest = &text[label.len()..];
            return rest.trim_start_matches(|c: char| matches!(c, ':' | '.' | '=' | '°') || is_separator(c));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(field: Field, text: &str) -> &'static str {
        normalise(field, text).expect_err(text).code
    }

    #[test]
    fn nothing_is_no_value_of_any_field() {
        for field in Field::ALL {
            for nothing in ["", "   ", "\u{a0}\n"] {
                assert_eq!(code(field, nothing), fault::EMPTY, "{field}");
            }
            assert_eq!(
                code(field, &"1".repeat(text::VALUE_CHARS_MAX + 1)),
                fault::TOO_LONG,
                "{field}"
            );
        }
    }

    #[test]
    fn every_true_answer_of_the_corpus_is_its_own_normal_form() {
        let truth = include_str!("../../../tests/corpus/truth.jsonl");
        let mut seen = 0;
        for line in truth.lines() {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            for (field, answer) in line["fields"].as_object().unwrap() {
                let Some(value) = answer["value"].as_str() else {
                    continue;
                };
                let field: Field = field.parse().unwrap();
                assert_eq!(normalise(field, value), Ok(value.to_owned()), "{field}");
                seen += 1;
            }
        }
        assert!(seen > 80, "only {seen} values read from the corpus");
    }

    mod never_panics {
        use super::*;
        use proptest::prelude::*;

        proptest! {
            #[test]
            fn and_a_normal_form_is_its_own_normal_form(text in "\\PC{0,40}", field in 0..Field::ALL.len()) {
                let field = Field::ALL[field];
                if let Ok(value) = normalise(field, &text) {
                    prop_assert_eq!(normalise(field, &value), Ok(value));
                }
            }

            #[test]
            fn nor_on_what_looks_like_numbers(text in "[0-9 +./()A-Z-]{0,30}", field in 0..Field::ALL.len()) {
                let field = Field::ALL[field];
                if let Ok(value) = normalise(field, &text) {
                    prop_assert_eq!(normalise(field, &value), Ok(value));
                }
            }
        }
    }
}
