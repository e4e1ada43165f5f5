//! Finding a registration by anything a person says of it: reference, name, address, EAN, meter, phone or e-mail, whole or
//! begun, with a slip of the finger.
//!
//! A registration has [`words`]; a [`Query`] has terms, and finds what has a word for each of its terms. The store keeps the
//! words and looks them up; what fits, and how well, is decided here.

use std::collections::BTreeSet;

use strsim::osa_distance;

use super::value::fold_key;
use super::{Field, Registration};

/// A word is kept up to so many characters, and so many words of a registration.
const WORD_CHARS_MAX: usize = 64;
const WORDS_MAX: usize = 60;
/// Terms of a query; what is typed beyond is not looked at.
const TERMS_MAX: usize = 8;
const QUERY_CHARS_MAX: usize = 300;
/// A beginning is looked up from so many letters, or digits, on: shorter ones fit half of all words.
const LETTERS_BEGUN_MIN: usize = 3;
const DIGITS_BEGUN_MIN: usize = 6;
/// Groups of digits that are typed apart are one number from so many digits on: a phone or EAN, not postal code and house number.
const JOINED_DIGITS_MIN: usize = 8;
/// Words of these lengths, in letters, are found in spite of a slip.
const SLIP_LETTERS: std::ops::RangeInclusive<usize> = 4..=24;

/// A word that a registration is found by, and the field it stands in; none is the reference.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Word {
    pub text: String,
    pub field: Option<Field>,
}

/// The words of a registration. The account number and the dates are none: nobody is looked for by them.
pub fn words(registration: &Registration) -> BTreeSet<Word> {
    let reference = registration.reference.as_str();
    let mut words = BTreeSet::from([Word {
        text: fold_key(reference.strip_prefix("REG-").unwrap_or(reference)),
        field: None,
    }]);
    for (field, value) in &registration.fields {
        let texts = match field {
            Field::FirstName
            | Field::LastName
            | Field::CompanyName
            | Field::Street
            | Field::HouseNumber
            | Field::PostalCode
            | Field::Municipality => pieces(value),
            Field::Email => vec![value.trim().to_lowercase()],
            Field::Phone => vec![national(&digits(value)).to_owned()],
            Field::EnterpriseNumber
            | Field::ElectricityEan
            | Field::GasEan
            | Field::ElectricityMeterNumber
            | Field::GasMeterNumber => vec![digits(value)],
            Field::Box | Field::DateOfBirth | Field::Iban | Field::StartDate => Vec::new(),
        };
        let fitting = texts
            .into_iter()
            .filter(|text| !text.is_empty() && text.chars().count() <= WORD_CHARS_MAX);
        words.extend(fitting.map(|text| Word {
            text,
            field: Some(*field),
        }));
    }
    words.into_iter().take(WORDS_MAX).collect()
}

/// The pieces of a text, and the whole without its gaps: `Van den Berghe` is also looked for as `vandenberghe`.
fn pieces(text: &str) -> Vec<String> {
    let key = fold_key(text);
    let mut pieces: Vec<String> = key.split(' ').map(str::to_owned).collect();
    if pieces.len() > 1 {
        pieces.push(pieces.concat());
    }
    pieces
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// A phone number without the prefix of Belgium or of a call inside it.
fn national(digits: &str) -> &str {
    let abroad = digits.strip_prefix("00").unwrap_or(digits);
    match abroad.strip_prefix("32") {
        Some(rest) if (8..=9).contains(&rest.len()) => rest,
        _ => digits.strip_prefix('0').unwrap_or(digits),
    }
}

/// How well a word fits a term, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// With one letter too many, too few, another, or two exchanged.
    Slip,
    Beginning,
    Whole,
}

/// One thing that was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// What it may stand for: a number as typed, and as a phone number of Belgium.
    texts: Vec<String>,
}

impl Term {
    fn new(text: String) -> Term {
        let mut texts = vec![text];
        if is_number(&texts[0]) {
            let national = national(&texts[0]).to_owned();
            if national.len() >= JOINED_DIGITS_MIN && national != texts[0] {
                texts.push(national);
            }
        }
        Term { texts }
    }

    /// The words that it is.
    pub fn texts(&self) -> &[String] {
        &self.texts
    }

    /// What words may begin with that it is the beginning of.
    pub fn beginnings(&self) -> impl Iterator<Item = &str> {
        self.texts
            .iter()
            .map(String::as_str)
            .filter(|text| may_be_begun(text))
    }

    /// What it has in common with the words it may be a slip for: see [`traces`].
    pub fn traces(&self) -> BTreeSet<String> {
        self.texts.iter().flat_map(|text| traces(text)).collect()
    }

    /// How `word` fits, if it does.
    pub fn fit(&self, word: &str) -> Option<Fit> {
        let fits = self.texts.iter().filter_map(|text| {
            if text == word {
                Some(Fit::Whole)
            } else if may_be_begun(text) && word.starts_with(text.as_str()) {
                Some(Fit::Beginning)
            } else {
                let slip = takes_slips(text) && takes_slips(word) && osa_distance(text, word) == 1;
                slip.then_some(Fit::Slip)
            }
        });
        fits.max()
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn may_be_begun(text: &str) -> bool {
    let least = if is_number(text) {
        DIGITS_BEGUN_MIN
    } else {
        LETTERS_BEGUN_MIN
    };
    text.chars().count() >= least
}

/// Only what is made of letters alone: another digit is another number.
fn takes_slips(word: &str) -> bool {
    SLIP_LETTERS.contains(&word.chars().count()) && word.chars().all(char::is_alphabetic)
}

/// The word, and it without each of its letters: two words that differ by a slip share one of these. None for words that are
/// not found in spite of a slip.
pub fn traces(word: &str) -> BTreeSet<String> {
    if !takes_slips(word) {
        return BTreeSet::new();
    }
    let without = |place: usize| -> String {
        let letters = word.chars().enumerate();
        letters
            .filter(|(at, _)| *at != place)
            .map(|(_, letter)| letter)
            .collect()
    };
    let mut traces: BTreeSet<String> = (0..word.chars().count()).map(without).collect();
    traces.insert(word.to_owned());
    traces
}

/// What somebody typed to find a registration.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    terms: Vec<Term>,
}

impl Query {
    pub fn parse(text: &str) -> Query {
        let text: String = text.chars().take(QUERY_CHARS_MAX).collect();
        let mut terms = Vec::new();
        let mut groups: Vec<String> = Vec::new();
        for token in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')) {
            if token.is_empty() {
                continue;
            }
            if is_group_of_digits(token) {
                groups.push(token.to_owned());
                continue;
            }
            terms.extend(numbers(&mut groups));
            terms.extend(terms_of(token));
        }
        terms.extend(numbers(&mut groups));
        terms.truncate(TERMS_MAX);
        Query { terms }
    }

    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// How well the registration fits, and the fields it was found by (none is the reference); none when a term fits nothing.
    pub fn fit(&self, registration: &Registration) -> Option<Match> {
        let words = words(registration);
        let mut found = Match::default();
        for term in &self.terms {
            let best = words
                .iter()
                .filter_map(|word| Some((term.fit(&word.text)?, word.field)));
            let (fit, field) = best.max_by_key(|(fit, _)| *fit)?;
            found.score += 1 + fit as u32;
            if !found.fields.contains(&field) {
                found.fields.push(field);
            }
        }
        (!self.terms.is_empty()).then_some(found)
    }
}

/// How a registration fits a query.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Match {
    /// The more the better, among those of one query.
    pub score: u32,
    /// The fields that it was found by, in the order of the terms; none is the reference.
    pub fields: Vec<Option<Field>>,
}

/// `0470/12.34.56`, `(+32)`, `5414`: digits with what stands between them in numbers.
fn is_group_of_digits(token: &str) -> bool {
    token.bytes().any(|byte| byte.is_ascii_digit())
        && token
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"+-./()".contains(&byte))
}

/// The numbers of groups that follow one another: one number, or each by itself.
fn numbers(groups: &mut Vec<String>) -> Vec<Term> {
    let groups: Vec<String> = groups.drain(..).map(|group| digits(&group)).collect();
    let joined = groups.concat();
    if joined.len() >= JOINED_DIGITS_MIN {
        vec![Term::new(joined)]
    } else {
        groups.into_iter().map(Term::new).collect()
    }
}

fn terms_of(token: &str) -> Vec<Term> {
    if token.contains('@') {
        let address = token.trim_matches(|c: char| matches!(c, '<' | '>' | '(' | ')' | '"'));
        return vec![Term::new(address.to_lowercase())];
    }
    let key = fold_key(token);
    let is_prefix_of_reference = |piece: &&str| *piece != "reg" || !key.contains(' ');
    key.split(' ')
        .filter(|piece| !piece.is_empty())
        .filter(is_prefix_of_reference)
        .map(|piece| Term::new(piece.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::registration::RegistrationDocument;

    fn registration() -> Registration {
        let document: RegistrationDocument = serde_json::from_value(serde_json::json!({
            "language": "fr", "channel": "web", "kind": "switch",
            "customer": {"type": "residential", "first_name": "Jean-Pierre", "last_name": "Van den Berghe",
                "date_of_birth": "1984-03-12", "email": "JP.vdb@Customer.example", "phone": "+32 470 12 34 56"},
            "supply_address": {"street": "Rue de l'Église", "house_number": "12", "postal_code": "4000",
                "municipality": "Liège"},
            "electricity": {"ean": "5414 4896 0000 0000 12"}, "start_date": "2026-12-01"
        }))
        .unwrap();
        let reference = "REG-7K3M9Q2X".parse().unwrap();
        document
            .into_registration(reference, Timestamp::UNIX_EPOCH)
            .unwrap()
    }

    fn finds(query: &str) -> bool {
        Query::parse(query).fit(&registration()).is_some()
    }

    #[test]
    fn found_by_anything_a_person_says_of_it() {
        for query in [
            "REG-7K3M9Q2X",
            "reg-7k3m",
            "7k3m9q2x",
            "jean-pierre",
            "Jean Pierre",
            "jeanpierre",
            "van den berghe",
            "Vandenberghe",
            "vandenberge",
            "berghe liege",
            "BERGHE, Liège",
            "jp.vdb@customer.example",
            "<JP.vdb@customer.example>",
            "jp.vdb@cust",
            "+32470123456",
            "0470/12.34.56",
            "0470 12 34 56",
            "0032 470 123456",
            "541448960000000012",
            "5414 4896 0000 0000 12",
            "541448",
            "rue eglise 12",
            "l'église 12 4000",
            "4000 12",
            "liege jaen",
            "begrhe",
            "lige",
        ] {
            assert!(finds(query), "{query}");
        }
    }

    #[test]
    fn not_found_by_what_it_is_not() {
        for query in [
            "",
            " ",
            ",",
            "reg",
            "berghe namur",
            "4001",
            "400",
            "13",
            "541448960000000013",
            "5414",
            "0470 12 34 57",
            "be",
            "1984",
            "12-03-1984",
            "jp.vdb@customer.test",
            "peeters",
            "l''",
        ] {
            assert_eq!(finds(query), query == "l''", "{query}");
        }
    }

    #[test]
    fn the_better_fit_scores_more_and_says_where() {
        let fit = |query: &str| Query::parse(query).fit(&registration()).unwrap();
        assert!(fit("berghe").score > fit("bergh").score);
        assert!(fit("bergh").score > fit("bergha").score);
        assert_eq!(
            fit("berghe 7k3m9q2x eglise jean").fields,
            [
                Some(Field::LastName),
                None,
                Some(Field::Street),
                Some(Field::FirstName)
            ]
        );
    }

    #[test]
    fn words_that_differ_by_a_slip_share_a_trace() {
        for (one, other) in [
            ("dupont", "dupond"),
            ("dupont", "dupnt"),
            ("dupont", "duppont"),
            ("dupont", "dupotn"),
            ("élan", "elan"),
        ] {
            let shared = traces(one).intersection(&traces(other)).count();
            assert!(
                shared > 0 && Term::new(one.into()).fit(other) == Some(Fit::Slip),
                "{one} {other}"
            );
        }
        assert_eq!(traces("abc").len(), 0);
        assert_eq!(traces("12345").len(), 0);
    }
}
