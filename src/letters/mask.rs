//! What of a value a letter may show. An e-mail can be read by others, and an EAN and an IBAN are enough to do harm with.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::registration::{Field, value};

/// Characters of a masked value that stay readable at its end.
const TAIL_CHARS: usize = 4;
/// Digits of an EAN that stay readable at its beginning: the country and the start of the distributor's number.
const EAN_HEAD_CHARS: usize = 6;

/// Digits that may be an EAN: 18 in one piece, or a run of digits and the separators people write.
static DIGIT_RUN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\d+(?:[\s./-]+\d+)*").expect("the pattern is fixed and sound"));
/// A Belgian account number however it is spaced, and any other IBAN in one piece.
static IBAN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\bBE(?:[\s.-]?\d){14}\b|\b[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b")
        .expect("the pattern is fixed and sound")
});

/// The value as letters show it: an IBAN by its last four characters, right or wrong; a valid EAN with its middle left out,
/// also where it stands inside another value; everything else, a wrong EAN included, as it was given, so that the customer
/// sees the slip.
pub fn shown(field: Field, text: &str) -> String {
    if field == Field::Iban {
        return iban(text);
    }
    if let Some(ean) = valid_ean(text) {
        return self::ean(&ean);
    }
    if let Ok(normal) = value::normalise(Field::Iban, text) {
        return iban(&normal);
    }
    let text = IBAN.replace_all(text, |found: &Captures<'_>| iban(&found[0]));
    DIGIT_RUN
        .replace_all(&text, |found: &Captures<'_>| digit_run(&found[0]).into_owned())
        .into_owned()
}

/// A run of digits and separators: masked as a whole if it is an EAN, else each piece of 18 digits that is one.
fn digit_run(run: &str) -> Cow<'_, str> {
    if let Some(ean) = valid_ean(run) {
        return Cow::Owned(self::ean(&ean));
    }
    let mut shown = Cow::Borrowed(run);
    for piece in run.split(|c: char| !c.is_numeric()) {
        if let Some(ean) = valid_ean(piece) {
            shown = Cow::Owned(shown.replace(piece, &self::ean(&ean)));
        }
    }
    shown
}

fn valid_ean(text: &str) -> Option<String> {
    value::normalise(Field::ElectricityEan, text).ok()
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

    #[test]
    fn a_valid_ean_loses_its_middle_however_it_is_written_and_wherever_it_stands() {
        for text in [
            "541448820012345678",
            "5414 4882 0012 3456 78",
            "54.14.48.82.00.12.34.56.78",
        ] {
            assert_eq!(shown(Field::ElectricityEan, text), "541448…5678", "{text}");
            assert_eq!(
                shown(Field::ElectricityMeterNumber, text),
                "541448…5678",
                "{text}"
            );
        }
        assert_eq!(
            shown(Field::Street, "Rue X 4 541448820012345678, bte 3"),
            "Rue X 4 541448…5678, bte 3"
        );
        assert_eq!(shown(Field::LastName, "Roy BE68 5390 0754 7034"), "Roy BE…7034");
        assert_eq!(shown(Field::LastName, "BE68 5390 0754 7034"), "BE…7034");
    }

    #[test]
    fn a_wrong_ean_stays_as_it_was_given_and_so_does_all_else() {
        for text in [
            "541448820021345678",
            "54144882001234567",
            "5414488200123456780",
            "5,41449E+17",
        ] {
            assert_eq!(shown(Field::GasEan, text), text);
        }
        for text in [
            "Rue de l'Église 12-14",
            "+32470123456",
            "09/03/1984",
            "1SAG1234567890",
            "BE0123456749",
            "",
        ] {
            assert_eq!(shown(Field::Street, text), text);
        }
    }
}
