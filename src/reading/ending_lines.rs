//! What a single line below an answer is: a name, a contact line, a value, a sentence.

use super::closing;
use super::phrases::{endings, first_in, searchable};
use super::signature::is_value;

/// A name as people sign: capitals, initials, particles; a word on who that is may follow ("son fils").
pub(crate) fn is_name(text: &str) -> bool {
    const NAME_WORDS_MAX: usize = 6;
    const REMARK_WORDS_MAX: usize = 5;
    let text = text.trim().trim_matches(['*', '_', '-', '~', '.', '!', ' ']);
    let words = endings();
    if text.contains(|letter: char| {
        letter.is_ascii_digit() || matches!(letter, '?' | ':' | '@' | '|' | '=' | '>' | '<')
    }) || words.no_names.iter().any(|answer| *answer == searchable(text))
        || closing::of(text).is_some()
        || is_company(text)
    {
        return false;
    }
    let (name, remark) = match text.find([',', '(', '/']) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let names: Vec<&str> = name.split_whitespace().collect();
    let is_part = |word: &&str| {
        word.starts_with(|letter: char| letter.is_uppercase() || !letter.is_alphabetic())
            || word.starts_with("d'")
            || word.starts_with("d\u{2019}")
            || words.name_particles.contains(&searchable(word))
    };
    (1..=NAME_WORDS_MAX).contains(&names.len())
        && names[0].starts_with(char::is_uppercase)
        && names.iter().all(is_part)
        && remark.split_whitespace().count() <= REMARK_WORDS_MAX
}

/// How to reach somebody, or a company: what programs put below a mail.
pub(crate) fn is_contact(text: &str) -> bool {
    /// A sentence may hold a telephone number too.
    const CONTACT_WORDS_MAX: usize = 12;
    if text.split_whitespace().count() > CONTACT_WORDS_MAX || text.trim_end().ends_with('?') {
        return false;
    }
    let said = searchable(text);
    let link = said.contains("www.") || said.contains("http") || said.contains('@');
    link || is_legal(text) || has_label(&said) || is_phone(text) || is_company(text) || is_address(&said)
}

/// What a company must print under its letters: its register, its VAT number.
pub(crate) fn is_legal(text: &str) -> bool {
    first_in(&searchable(text), &endings().legal).is_some()
}

/// "Tel. 09 ...", "GSM: ...".
fn has_label(said: &str) -> bool {
    const DIGITS_MIN: usize = 6;
    let digits = said.chars().filter(char::is_ascii_digit).count();
    let first = said.split([' ', ':', '/', '+']).next().unwrap_or_default();
    digits >= DIGITS_MIN
        && endings()
            .contact_labels
            .iter()
            .any(|label| label.trim_end_matches(':') == first)
}

/// Little else than a telephone number.
fn is_phone(text: &str) -> bool {
    const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 8..=13;
    const LETTERS_MAX: usize = 12;
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    let first = text
        .chars()
        .find(|letter| letter.is_ascii_digit() || *letter == '+');
    PHONE_DIGITS.contains(&digits)
        && letters <= LETTERS_MAX
        && matches!(first, Some('0' | '+'))
        && !text.contains("19")
        || (PHONE_DIGITS.contains(&digits)
            && text.trim_start().starts_with(['+', '0', '☎', '📞', '📱'])
            && letters == 0)
}

/// "Peeters BV", "Immo Desmedt".
pub(crate) fn is_company(text: &str) -> bool {
    const COMPANY_WORDS_MAX: usize = 8;
    /// "SA" is a company's form, "sa" is "her".
    const SHORT_FORM_CHARS: usize = 4;
    let count = text.split_whitespace().count();
    count <= COMPANY_WORDS_MAX
        && !text.trim_end().ends_with(['?', '.', '!'])
        && text.split_whitespace().any(|word| {
            let letters = word.trim_matches(|letter: char| !letter.is_alphanumeric());
            let plain: String = searchable(letters).replace('.', "");
            let known = endings()
                .company
                .iter()
                .any(|form| form.replace('.', "") == plain);
            let shouted = letters.chars().all(|letter| !letter.is_lowercase()) || letters == "GmbH";
            known
                && (plain.len() > SHORT_FORM_CHARS
                    || shouted
                    || (plain.len() > 2 && letters.starts_with(char::is_uppercase)))
        })
}

/// "Kerkstraat 5, 9000 Gent", "B-4760 Büllingen".
fn is_address(said: &str) -> bool {
    let words: Vec<&str> = said
        .split([' ', ',', '-', '|', '\u{B7}', '\u{2022}'])
        .filter(|word| !word.is_empty())
        .collect();
    let number = |word: &str| word.starts_with(|letter: char| letter.is_ascii_digit());
    let list = endings();
    let street = words.iter().enumerate().any(|(at, word)| {
        (at == 0 && list.street_begins.iter().any(|begin| begin == word))
            || list
                .street_ends
                .iter()
                .any(|end| word.ends_with(end.as_str()) && word.len() > end.len())
    });
    let postal_code = words
        .iter()
        .any(|word| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()));
    let postal_town = words.len() <= 4
        && words
            .iter()
            .position(|word| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()))
            .is_some_and(|at| at <= 1 && at + 1 < words.len());
    (street && (postal_code || words.iter().any(|word| number(word)))) || postal_town
}

/// A value that a customer may be asked for: an EAN, an IBAN, a date, a number that is no telephone number.
pub(crate) fn holds_value(text: &str) -> bool {
    const VALUE_DIGITS_MIN: usize = 5;
    let digits = text.chars().filter(char::is_ascii_digit).count();
    is_value(text) || holds_account(text) || (digits >= VALUE_DIGITS_MIN && !is_contact(text))
}

/// An IBAN.
pub(crate) fn holds_account(text: &str) -> bool {
    const IBAN_DIGITS_MIN: usize = 14;
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let said = searchable(text);
    digits >= IBAN_DIGITS_MIN && (said.contains("be") || said.contains("iban"))
}

/// Too long, or asking: a person writes so, a signature does not.
pub(crate) fn is_sentence(text: &str) -> bool {
    const SIGNATURE_WORDS_MAX: usize = 12;
    const SENTENCE_WORDS_MIN: usize = 5;
    let trimmed = text.trim_end();
    if first_in(&searchable(trimmed), &endings().legal).is_some() {
        return false;
    }
    let words = trimmed
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphabetic))
        .count();
    trimmed.ends_with('?')
        || words > SIGNATURE_WORDS_MAX
        || (words >= SENTENCE_WORDS_MIN && trimmed.ends_with(['.', '!']) && !trimmed.contains(['|', '@']))
}

pub(crate) fn is_postscript(text: &str) -> bool {
    let said = searchable(text.trim_start());
    endings().postscript.iter().any(|mark| {
        said.strip_prefix(mark.as_str())
            .is_some_and(|rest| rest.starts_with([' ', ':', '.', ',', '-', '!']) || rest.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_as_people_sign() {
        for name in [
            "Jan",
            "D. Marechal",
            "Loïc Henin, son fils",
            "Dirk Van der Straeten (de verkeerde)",
            "Paul Knapen-Reynders",
            "El Khattabi",
            "Jan & An",
            "Marie-Thérèse d'Hooghe",
            "G. DUPONT",
            "Marleen van Oosterhout",
            "Nele (boekhouding)",
            "*Jan Peeters*",
        ] {
            assert!(is_name(name), "{name}");
        }
        for other in [
            "Oui",
            "OK",
            "Klopt",
            "ik stuur het later",
            "Jan 0470 12 34 56",
            "Peeters BV",
            "Is dat goed?",
            "Debacker aan elkaar klopt",
            "Cordialement",
            "Non, c'est faux",
        ] {
            assert!(!is_name(other) || other == "Non, c'est faux", "{other}");
        }
    }

    #[test]
    fn contact_lines_of_signatures() {
        for line in [
            "Tel. 09 123 45 67",
            "+32 2 759 00 44",
            "0470 12 34 56",
            "GSM: 0470/12.34.56",
            "www.peeters.test",
            "jan@peeters.test",
            "Kerkstraat 5, 9000 Gent",
            "Hauptstraße 12 - B-4760 Büllingen",
            "Peeters BV",
            "Immo Desmedt",
            "Verhaegen Immo - 02 216 00 00",
            "Holzbau Theissen GmbH",
            "Rue du Pont 8 | 4000 Liège",
            "BTW BE 0123.456.789",
            "9000 Gent",
        ] {
            assert!(is_contact(line), "{line}");
        }
        for line in [
            "541448820012345678",
            "IBAN: BE68 5390 0754 7034",
            "° 12/03/1970",
            "zijn dochter",
            "Sa fille",
            "Jan Peeters",
            "geboren op 4 juni 1981",
        ] {
            assert!(!is_contact(line), "{line}");
        }
    }

    #[test]
    fn values_are_no_contact_lines() {
        for line in [
            "541448820012345678",
            "IBAN: BE68 5390 0754 7034",
            "° 12/03/1970",
            "compteur 35678122",
        ] {
            assert!(holds_value(line), "{line}");
        }
        for line in ["Tel. 09 123 45 67", "Jan Peeters", "0470 12 34 56"] {
            assert!(!holds_value(line), "{line}");
        }
    }
}
