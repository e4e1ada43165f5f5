//! What of a value a letter may show. An e-mail can be read by others, and an EAN and an IBAN are enough to do harm with.

use crate::registration::{Field, value};

/// Characters of a masked value that stay readable at its end.
const TAIL_CHARS: usize = 4;
/// Digits of an EAN that stay readable at its beginning: the country and the start of the distributor's number.
const EAN_HEAD_CHARS: usize = 6;

/// The value as letters show it: an IBAN by its last four characters, right or wrong; a valid EAN with its middle left out;
/// everything else, a wrong EAN included, as it was given, so that the customer sees the slip.
pub fn shown(field: Field, text: &str) -> String {
    if field == Field::Iban {
        return iban(text);
    }
    if let Ok(ean) = value::normalise(Field::ElectricityEan, text) {
        return self::ean(&ean);
    }
    if let Ok(normal) = value::normalise(Field::Iban, text) {
        return iban(&normal);
    }
    text.to_owned()
}

/// `541448…5678`.
fn ean(ean: &str) -> String {
    let head: String = ean.chars().take(EAN_HEAD_CHARS).collect();
    format!("{head}…{}", tail(ean))
}

/// `BE…7034`.
fn iban(text: &str) -> String {
    let country: String = text
        .trim()
        .chars()
        .take(2)
        .filter(char::is_ascii_alphabetic)
        .collect();
    format!("{}…{}", country.to_ascii_uppercase(), tail(text))
}

fn tail(text: &str) -> String {
    let written: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    // Of a text that is hardly longer than its tail, the tail would be all.
    let shown = TAIL_CHARS.min(written.len() / 2);
    written[written.len() - shown..].iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_iban_shows_four_characters_at_most_right_or_wrong() {
        assert_eq!(shown(Field::Iban, "BE68539007547034"), "BE…7034");
        assert_eq!(shown(Field::Iban, "be68 5390 0754 7035"), "BE…7035");
        assert_eq!(shown(Field::Iban, "7034"), "…34");
        assert_eq!(shown(Field::Iban, ""), "…");
    }
}
