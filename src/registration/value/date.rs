//! Dates as customers write them: day first, always; ISO 8601; months in words in French, Dutch, German and English.

use jiff::{ToSpan, civil::Date};

use super::{ValueFault, fault, fold_key};

/// Years that a birth or a start date can lie in.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;
/// A day without its year is the last such day if that is no longer ago than this, else the next one: who moved last
/// month writes `1er octobre` as well as who wants to start next month.
const MISSING_YEAR_DAYS_BACK: i32 = 60;
/// Two-digit years from here on are of the last century, whatever the day: nobody of 2030 signs a contract yet.
const LAST_CENTURY_FROM: i16 = 30;
/// Contracts are for adults: a two-digit year of birth is the later century only if that makes an adult.
const ADULT_YEARS: i16 = 18;
/// Words of the longest date: `samstag den 3 marz 1948` and one to spare.
const WORDS_MAX: usize = 6;

/// The day of a start or move date. `reference` is the day the text was written, in Belgium: with it a date without a
/// year is the one that makes sense on that day. Two-digit years are of this century.
///
/// # Errors
/// [`fault::DATE_INVALID`] for what is no date, or a day the calendar has not; [`fault::DATE_AMBIGUOUS`] for a date
/// without a year and no `reference` to tell it.
pub fn parse_date(text: &str, reference: Option<Date>) -> Result<Date, ValueFault> {
    let parts = Parts::of(text)?;
    match (parts.year, reference) {
        (Year::Full(year), _) => parts.in_year(year),
        (Year::Short(year), _) => parts.in_year(2000 + year),
        (Year::Missing, Some(reference)) => parts.near(reference),
        (Year::Missing, None) => Err(ambiguous()),
    }
}

/// A date of birth. A two-digit year is the one that makes the writer an adult on the day of `reference`; without
/// `reference` only years that can be of one century are taken.
///
/// # Errors
/// As [`parse_date`]; a date of birth without a year is always [`fault::DATE_AMBIGUOUS`].
pub fn parse_birth_date(text: &str, reference: Option<Date>) -> Result<Date, ValueFault> {
    let parts = Parts::of(text)?;
    match (parts.year, reference) {
        (Year::Full(year), _) => parts.in_year(year),
        (Year::Short(year), _) if year >= LAST_CENTURY_FROM => parts.in_year(1900 + year),
        (Year::Short(year), Some(reference)) => {
            let adult = reference.year() - ADULT_YEARS;
            let this_century = 2000 + year;
            parts.in_year(if this_century <= adult {
                this_century
            } else {
                1900 + year
            })
        }
        (Year::Short(_) | Year::Missing, _) => Err(ambiguous()),
    }
}

fn invalid() -> ValueFault {
    ValueFault::new(fault::DATE_INVALID)
}

fn ambiguous() -> ValueFault {
    ValueFault::new(fault::DATE_AMBIGUOUS)
}

#[derive(Clone, Copy)]
enum Year {
    Full(i16),
    Short(i16),
    Missing,
}

struct Parts {
    day: i8,
    month: i8,
    year: Year,
}

impl Parts {
    fn of(text: &str) -> Result<Parts, ValueFault> {
        // `12/3/26` and `12.3.26` become words as `12 maart 26` has; fold_key takes accents and case away.
        let spaced: String = text
            .chars()
            .map(|character| {
                if matches!(character, '.' | ',' | '/' | '(' | ')') {
                    ' '
                } else {
                    character
                }
            })
            .collect();
        let folded = fold_key(&spaced);
        let words: Vec<&str> = folded.split(' ').filter(|word| !is_filler(word)).collect();
        if words.len() > WORDS_MAX {
            return Err(invalid());
        }
        let numbers: Option<Vec<Word>> = words.into_iter().map(Word::of).collect();
        let parts = match numbers.ok_or_else(invalid)?.as_slice() {
            [
                Word::Number(year, 4),
                Word::Number(month, _),
                Word::Number(day, _),
            ] => Parts::new(*day, *month, Year::Full(*year)),
            [
                Word::Number(day, _),
                Word::Number(month, _) | Word::Month(month),
                rest @ ..,
            ] => Parts::new(*day, *month, year_of(rest)?),
            [Word::Month(month), Word::Number(day, 1..=2), rest @ ..] => {
                Parts::new(*day, *month, year_of(rest)?)
            }
            _ => return Err(invalid()),
        }?;
        // `15 10` may be a house number and a box; `15/10` and `15 octobre` are days.
        let bare_numbers = !text.contains(|c: char| c.is_alphabetic() || matches!(c, '.' | '/' | '-'));
        if matches!(parts.year, Year::Missing) && bare_numbers {
            return Err(invalid());
        }
        // 29 February is a day of leap years only; any year says whether the day exists at all.
        Date::new(2024, parts.month, parts.day).map_err(|_| invalid())?;
        Ok(parts)
    }

    fn new(day: i16, month: i16, year: Year) -> Result<Parts, ValueFault> {
        Ok(Parts {
            day: i8::try_from(day).map_err(|_| invalid())?,
            month: i8::try_from(month).map_err(|_| invalid())?,
            year,
        })
    }

    fn in_year(&self, year: i16) -> Result<Date, ValueFault> {
        if !YEARS.contains(&year) {
            return Err(invalid());
        }
        Date::new(year, self.month, self.day).map_err(|_| invalid())
    }

    fn near(&self, reference: Date) -> Result<Date, ValueFault> {
        let earliest = reference
            .checked_sub(MISSING_YEAR_DAYS_BACK.days())
            .map_err(|_| invalid())?;
        (reference.year() - 1..=reference.year() + 1)
            .filter_map(|year| self.in_year(year).ok())
            .find(|date| *date >= earliest)
            .ok_or_else(ambiguous)
    }
}

fn year_of(words: &[Word]) -> Result<Year, ValueFault> {
    match words {
        [] => Ok(Year::Missing),
        [Word::Number(year, 4)] => Ok(Year::Full(*year)),
        [Word::Number(year, 2)] => Ok(Year::Short(*year)),
        _ => Err(invalid()),
    }
}

/// A word of a date.
enum Word {
    /// A number and how many digits it was written with.
    Number(i16, usize),
    /// The number of a month written in words.
    Month(i16),
}

impl Word {
    fn of(word: &str) -> Option<Word> {
        let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits == 0 {
            return month(word)
                .map(Word::Month)
                .or_else(|| ordinal(word).map(|day| Word::Number(day, 1)));
        }
        let (number, ending) = word.split_at(digits);
        let ordinal = ending.is_empty() || (digits <= 2 && ORDINAL_ENDINGS.contains(&ending));
        let value = number.parse().ok().filter(|_| digits <= 4 && digits != 3)?;
        ordinal.then_some(Word::Number(value, digits))
    }
}

/// The day of a month in words, as far as people write them before its name.
fn ordinal(word: &str) -> Option<i16> {
    const ENGLISH: [&str; 20] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    match word {
        "premier" | "eerste" | "erste" | "ersten" => Some(1),
        "thirtieth" => Some(30),
        _ => (1..)
            .zip(ENGLISH)
            .find(|(_, name)| *name == word)
            .map(|(day, _)| day),
    }
}

const ORDINAL_ENDINGS: [&str; 9] = ["er", "e", "ste", "de", "ten", "st", "nd", "rd", "th"];

/// Words that stand around a date and say nothing: articles, prepositions, week days.
fn is_filler(word: &str) -> bool {
    const FILLERS: [&str; 47] = [
        // "1 er décembre".
        "er",
        "le",
        "du",
        "des",
        "au",
        "de",
        "op",
        "den",
        "der",
        "am",
        "ab",
        "vom",
        "zum",
        "on",
        "the",
        "of",
        "from",
        "vanaf",
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
        "maandag",
        "dinsdag",
        "woensdag",
        "donderdag",
        "vrijdag",
        "zaterdag",
        "zondag",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonntag",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "dem",
    ];
    FILLERS.contains(&word)
}

/// The number of a month by its folded name, whole or short, in the four languages.
fn month(word: &str) -> Option<i16> {
    const NAMES: [&[&str]; 12] = [
        &["janvier", "januari", "januar", "january", "jan", "janv", "janner"],
        &[
            "fevrier", "februari", "februar", "february", "feb", "fev", "fevr", "febr",
        ],
        &["mars", "maart", "marz", "maerz", "march", "mar", "mrt", "mrz"],
        &["avril", "april", "apr", "avr"],
        &["mai", "mei", "may"],
        &["juin", "juni", "june", "jun"],
        &["juillet", "juli", "july", "jul", "juil"],
        &["aout", "augustus", "august", "aug"],
        &["septembre", "september", "sept", "sep"],
        &["octobre", "oktober", "october", "okt", "oct"],
        &["novembre", "november", "nov"],
        &["decembre", "december", "dezember", "dec", "dez"],
    ];
    let index = NAMES.iter().position(|names| names.contains(&word))?;
    i16::try_from(index + 1).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const REFERENCE: Date = date(2026, 10, 15);

    #[test]
    fn reads_what_people_write_day_first() {
        for (text, expected) in [
            ("2026-12-15", date(2026, 12, 15)),
            ("2026/12/15", date(2026, 12, 15)),
            ("03/04/2026", date(2026, 4, 3)),
            ("3-4-26", date(2026, 4, 3)),
            ("3.4.2026", date(2026, 4, 3)),
            ("3. 4. 2026", date(2026, 4, 3)),
            ("3 avril 2026", date(2026, 4, 3)),
            ("1er mars 2027", date(2027, 3, 1)),
            ("le 1er août 2027", date(2027, 8, 1)),
            ("lundi 2 novembre 2026", date(2026, 11, 2)),
            ("premier décembre 2026", date(2026, 12, 1)),
            ("3 maart 2027", date(2027, 3, 3)),
            ("12 mrt. 2027", date(2027, 3, 12)),
            ("1 dec '26", date(2026, 12, 1)),
            ("3. März 2027", date(2027, 3, 3)),
            ("1. Jänner 2027", date(2027, 1, 1)),
            ("March 4th, 2027", date(2027, 3, 4)),
            ("the 2nd of May 2027", date(2027, 5, 2)),
            ("29/02/2028", date(2028, 2, 29)),
        ] {
            assert_eq!(parse_date(text, None), Ok(expected), "{text}");
        }
    }

    #[test]
    fn a_missing_year_is_the_one_that_makes_sense() {
        for (text, expected) in [
            ("1er décembre", date(2026, 12, 1)),
            ("15/10", date(2026, 10, 15)),
            ("1 oktober", date(2026, 10, 1)),
            ("1. März", date(2027, 3, 1)),
            ("3 mrt", date(2027, 3, 3)),
        ] {
            assert_eq!(parse_date(text, Some(REFERENCE)), Ok(expected), "{text}");
            assert_eq!(parse_date(text, None), Err(ambiguous()), "{text}");
        }
        assert_eq!(
            parse_date("1 december", Some(date(2027, 1, 10))),
            Ok(date(2026, 12, 1))
        );
    }

    #[test]
    fn births_are_of_adults() {
        for (text, expected) in [
            ("12 mars 1948", Ok(date(1948, 3, 12))),
            ("12/03/48", Ok(date(1948, 3, 12))),
            ("4-3-89", Ok(date(1989, 3, 4))),
            ("1/1/05", Ok(date(2005, 1, 1))),
            ("1/1/12", Ok(date(1912, 1, 1))),
            ("12 mars", Err(ambiguous())),
        ] {
            assert_eq!(parse_birth_date(text, Some(REFERENCE)), expected, "{text}");
        }
        assert_eq!(parse_birth_date("12/03/48", None), Ok(date(1948, 3, 12)));
        assert_eq!(parse_birth_date("1/1/05", None), Err(ambiguous()));
    }

    #[test]
    fn no_dates() {
        for text in [
            "dès que possible",
            "zo snel mogelijk",
            "so bald wie möglich",
            "asap",
            "début mars",
            "begin maart",
            "le mois prochain",
            "mars 2027",
            "2027",
            "31/02/2027",
            "29/02/2027",
            "03/25/2026",
            "32 mars 2027",
            "0/1/2027",
            "1/1/1827",
            "1 2 3 4",
            "12/03/1948 et 13/03/1948",
            "1er 2e mars",
            "15 10",
            "",
        ] {
            assert_eq!(parse_date(text, Some(REFERENCE)), Err(invalid()), "{text}");
        }
    }
}
