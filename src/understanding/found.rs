//! Values that show by their form what they are: EANs, IBANs, dates, numbers and the like, with where they stand.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::registration::{Field, Reference, value};

/// A value found in a text by its form.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub(super) range: Range<usize>,
    pub(super) form: Form,
    /// As written.
    pub(super) text: String,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Form {
    /// Looks like an EAN; `Err` is the code of what is wrong with it.
    Ean(Result<String, &'static str>),
    Iban(Result<String, &'static str>),
    Email(String),
    Reference(Reference),
    /// What is no reference, but was meant as one.
    MistypedReference(String),
    /// A Belgian structured payment reference.
    Payment,
    Link,
    /// A time of day, with the word before it.
    Time,
    /// A digital meter's number, which tells its energy.
    DigitalMeter(String),
    Date,
    /// Any other number or code with a digit: what it is depends on the words beside it.
    Number,
}

/// EANs are sought among numbers of about this many digits: shorter and longer ones are no typing errors of one.
const EAN_DIGITS_NEAR: std::ops::RangeInclusive<usize> = 15..=20;
const EAN_DIGITS: usize = 18;
const ENTERPRISE_DIGITS_MIN: usize = 9;
/// A text of more values is no reply; what is beyond stays unexplained.
const VALUES_MAX: usize = 400;
/// Letters and digits of a reference that was perhaps typed wrong.
const REFERENCE_CHARS: std::ops::RangeInclusive<usize> = 6..=10;
/// Groups of an EAN as people write them. Longer groups are numbers of their own and never joined.
const EAN_GROUP_DIGITS_MAX: usize = 6;

const SPACE: &str = r"[ \u{a0}\u{2007}\u{2009}\u{202f}]";
const MONTHS: &str = concat!(
    "janvier|janv|février|fevrier|févr|fevr|mars|avril|avr|mai|juin|juillet|juil|août|aout|septembre|sept|octobre|",
    "novembre|décembre|decembre|déc|januari|februari|maart|mrt|april|mei|juni|juli|augustus|september|oktober|",
    "november|december|januar|jänner|februar|märz|maerz|mai|august|dezember|january|february|march|may|june|july|",
    "october|jan|feb|mar|apr|jun|jul|aug|sep|okt|oct|nov|dec|dez"
);

/// Days of a month in words, as far as people write them before its name.
const ORDINALS: &str = concat!(
    "premier|eerste|ersten|erste|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|",
    "thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth"
);

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a fixed pattern")
}

static LINK: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)<?\b(?:https?://|www\.)[^\s<>]+>?"));
static EMAIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:mailto:)?[a-z0-9][a-z0-9._%+\-']*@[a-z0-9\-]+(?:\.[a-z0-9\-]+)*\.[a-z]{2,}\b")
});
static REFERENCE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bREG[-‐‑–_ ]{0,2}([0-9A-Z]{8})\b"));
static MISTYPED_REFERENCE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bREG ?[-‐‑–_]{1,2} ?[0-9A-Z]{1,12}\b"));
static PAYMENT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[+*]{3}\s?\d{3}\s?/\s?\d{4}\s?/\s?\d{5}\s?[+*]{3}"));
static IBAN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)\b(?:BE\d{{2}}(?:(?:{SPACE}|[.\-])?\d{{4}}){{3}}|(?:FR|NL|DE|LU|ES|IT|PT|AT|IE|PL)\d{{2}}(?:(?:{SPACE}|[.\-])?[0-9A-Z]{{4}}){{3,6}}(?:{SPACE}?[0-9A-Z]{{1,3}})?)\b"
    ))
});
static EAN_WITH_LETTERS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b54[0-9OoIl]{16}\b"));
static METER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)\b[17]{SPACE}?[A-Z]{{3}}(?:{SPACE}|[.\-])?\d(?:(?:{SPACE}|[.\-])?\d){{9}}\b"
    ))
});
/// A run of digit groups on one line, one separator between two groups.
static RUN: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"\d+(?:(?:{SPACE}|[.\-/])\d+)*")));
/// An EAN cut by a line end: by a hyphen, or between two lines of which the second holds nothing else.
static CUT_EAN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?m)\b(5{SPACE}?4(?:(?:{SPACE}|[.\-/])?\d){{3,14}})(?:-[ \t]*\n|[ \t]*\n)[ \t]*(\d(?:(?:{SPACE}|[.\-/])?\d){{1,11}})[ \t.]*(?:$|\n)"
    ))
});
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)\b(?:\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,2}}(?:/\d{{1,2}}/|\.{SPACE}?\d{{1,2}}\.{SPACE}?|-\d{{1,2}}-)(?:\d{{4}}|\d{{2}})|\d{{1,2}}[\-/](?:{MONTHS})[\-/](?:\d{{4}}|\d{{2}})|(?:\d{{1,2}}(?:(?:{SPACE}?er|ste|de|ten|e|st|nd|rd|th|\.)?{SPACE}+|\.)|(?:{ORDINALS}){SPACE}+)(?:de{SPACE}|of{SPACE})?(?:{MONTHS})\b\.?(?:,?{SPACE}+(?:\d{{4}}|'\d{{2}})\b)?|(?:{MONTHS})\.?{SPACE}+\d{{1,2}}(?:st|nd|rd|th)?(?:,{SPACE}*|{SPACE}+)\d{{4}}|\d{{1,2}}/\d{{1,2}})\b"
    ))
});
/// "On the 15.11.", "01 12 2026": a day by the words before it or the year behind it, unless it goes on as other numbers do.
static DAY_IN_NUMBERS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)\b(?:(?:am|ab|zum|vom|dem|den|der|seit|op|vanaf|sinds|le|du|des|dès|au|depuis|on|from|the|since){SPACE}+(\d{{1,2}}\.{SPACE}?\d{{1,2}}\b\.?)|(\d{{1,2}}{SPACE}\d{{1,2}}{SPACE}(?:19|20)\d{{2}})\b)"
    ))
});
static TIME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:après|apres|avant|vers|dès|à|na|voor|om|tot|rond|tussen|en|um|nach|vor|bis|zwischen|und|after|before|at|until|between|and|et|entre)\s+\d{1,2}(?:\s?(?:h|u|uur|uhr|heures?|am|pm)(?:\d{2})?|:\d{2})\b",
    )
});
/// The number of a question at the beginning of a line.
static LIST_NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?m)^[ \t]*\d{1,2}[.):]"));
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)(?:\bBE{SPACE}?\.?\(?|\+\(?|\b0\d{{1,3}}{SPACE}/{SPACE}|\(0\)|\b\(?)\d+(?:(?:{SPACE}?\(0\){SPACE}?|{SPACE}|[.\-/]|\.{SPACE})\d+)*\)?(?:{SPACE}?(?:bis|ter)\b|(?:ste|sten|ten)\b|[A-Za-z]{{1,2}}\b)?"
    ))
});
static CODE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b[A-Z]{1,6}\d[0-9A-Z]*\b"));

/// "BE" belongs to an enterprise number; "it will be 16" holds a 16.
fn begin_of_number(text: &str) -> usize {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits < ENTERPRISE_DIGITS_MIN && text.to_ascii_lowercase().starts_with("be") {
        text.find(|c: char| c.is_ascii_digit()).unwrap_or_default()
    } else {
        0
    }
}

/// Every value in the text, in order, none inside another.
pub(super) fn find(text: &str) -> Vec<Found> {
    let mut found = Finder {
        text,
        found: Vec::new(),
    };
    found.each(&LINK, |_| Some(Form::Link));
    found.each(&EMAIL, |text| {
        Some(Form::Email(text.trim_start_matches("mailto:").to_owned()))
    });
    found.each(&REFERENCE, reference);
    found.each(&MISTYPED_REFERENCE, mistyped_reference);
    found.each(&TIME, |_| Some(Form::Time));
    found.each(&PAYMENT, |_| Some(Form::Payment));
    found.each(&IBAN, |text| {
        Some(Form::Iban(
            value::normalise(Field::Iban, text).map_err(|fault| fault.code),
        ))
    });
    found.each(&METER, |text| {
        value::normalise(Field::ElectricityMeterNumber, text)
            .ok()
            .map(Form::DigitalMeter)
    });
    found.each(&EAN_WITH_LETTERS, |text| {
        value::normalise(Field::ElectricityEan, text)
            .ok()
            .map(|ean| Form::Ean(Ok(ean)))
    });
    found.cut_eans();
    found.eans();
    found.each(&DATE, |text| is_a_day(text).then_some(Form::Date));
    found.days_in_numbers();
    found.each(&LIST_NUMBER, |_| Some(Form::Number));
    found.in_gaps(&NUMBER);
    found.in_gaps(&CODE);
    found.found.sort_by_key(|found| found.range.start);
    found.found
}

/// "3. Mai 1957": a date whose month has a name, at the beginning of the text.
pub(super) fn begins_with_named_month(text: &str) -> bool {
    DATE.find(text)
        .is_some_and(|date| date.start() == 0 && date.as_str().chars().any(char::is_alphabetic))
}

/// Whether the calendar has such a day; in any year, when none is given.
fn is_a_day(text: &str) -> bool {
    match value::parse_date(text, None) {
        Ok(_) => true,
        Err(fault) => fault.code == value::fault::DATE_AMBIGUOUS,
    }
}

fn reference(text: &str) -> Option<Form> {
    let digits: String = text
        .chars()
        .rev()
        .take(8)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let typed = text.contains('-') || digits.bytes().any(|byte| byte.is_ascii_digit());
    let reference = format!("REG-{digits}").parse().ok()?;
    typed.then_some(Form::Reference(reference))
}

/// The letters and digits behind `REG-`, in upper case.
fn mistyped_reference(text: &str) -> Option<Form> {
    let typed = text
        .get("REG".len()..)?
        .trim_start_matches(|c: char| !c.is_alphanumeric());
    let chars = typed.chars().count();
    let has_digit = typed.bytes().any(|byte| byte.is_ascii_digit());
    (has_digit && REFERENCE_CHARS.contains(&chars)).then(|| Form::MistypedReference(typed.to_uppercase()))
}

struct Finder<'a> {
    text: &'a str,
    found: Vec<Found>,
}

impl Finder<'_> {
    fn each(&mut self, pattern: &Regex, form: impl Fn(&str) -> Option<Form>) {
        for place in pattern.find_iter(self.text) {
            let text = place.as_str().trim_end_matches(['.', '-', '/', ')', ':']);
            let start = place.start() + text.len() - text.trim_start().len();
            let text = text.trim_start();
            let range = start..start + text.len();
            if self.is_free(&range)
                && let Some(form) = form(text)
            {
                self.take(range, form);
            }
        }
    }

    /// Numbers in what the other patterns left: they would else run into a neighbour and be lost.
    fn in_gaps(&mut self, pattern: &Regex) {
        self.found.sort_by_key(|found| found.range.start);
        let mut begin = 0;
        let mut gaps = Vec::new();
        for found in &self.found {
            gaps.push(begin..found.range.start);
            begin = found.range.end;
        }
        gaps.push(begin..self.text.len());
        for gap in gaps {
            let Some(text) = self.text.get(gap.clone()) else {
                continue;
            };
            for place in pattern.find_iter(text) {
                let length = place.as_str().trim_end_matches(['.', '-', '/']).len();
                let begin = begin_of_number(&place.as_str()[..length]);
                let start = gap.start + place.start();
                self.take(start + begin..start + length, Form::Number);
            }
        }
    }

    fn days_in_numbers(&mut self) {
        for place in DAY_IN_NUMBERS.captures_iter(self.text) {
            let Some(day) = place.get(1).or(place.get(2)) else {
                continue;
            };
            let before = self.text[..day.start()].trim_end_matches(is_between_groups);
            let behind = self.text[day.end()..].trim_start_matches(is_between_groups);
            let goes_on = before.ends_with(|c: char| c.is_ascii_digit())
                || behind.starts_with(|c: char| c.is_ascii_digit() || c == '%')
                || self.text[day.end()..].starts_with(char::is_alphanumeric);
            let text = day.as_str();
            let readable = text.replace(|c: char| c.is_whitespace(), ".").replace("..", ".");
            if !goes_on && is_a_day(&readable) && self.is_free(&day.range()) {
                let stop = usize::from(text.ends_with('.') && ends_line_or_sentence(behind));
                self.take(day.start()..day.end() - stop, Form::Date);
            }
        }
    }

    fn is_free(&self, range: &Range<usize>) -> bool {
        self.found
            .iter()
            .all(|other| other.range.end <= range.start || range.end <= other.range.start)
    }

    fn take(&mut self, range: Range<usize>, form: Form) {
        if self.found.len() >= VALUES_MAX || range.is_empty() {
            return;
        }
        self.found.push(Found {
            text: self.text[range.clone()].to_owned(),
            range,
            form,
        });
    }

    /// Never joins two numbers: an EAN is one group of digits, or a whole run of short groups.
    fn eans(&mut self) {
        for run in RUN.find_iter(self.text) {
            if !self.is_free(&run.range()) || self.touches_a_letter(&run.range()) {
                continue;
            }
            // Digits may be full-width ones, of three bytes each.
            let groups: Vec<&str> = run.as_str().split(|c: char| !c.is_numeric()).collect();
            let lengths: Vec<usize> = groups.iter().map(|group| group.chars().count()).collect();
            let digits: usize = lengths.iter().sum();
            let short = lengths.iter().all(|length| *length <= EAN_GROUP_DIGITS_MAX);
            if groups.len() == 1 || short {
                self.take_if_ean(run.range(), digits);
                continue;
            }
            let mut start = run.start();
            for (group, length) in groups.into_iter().zip(lengths) {
                let end = start + group.len();
                if length == EAN_DIGITS {
                    self.take_if_ean(start..end, length);
                }
                // Separators may be longer than a byte.
                start = end + self.text[end..].chars().next().map_or(0, char::len_utf8);
            }
        }
    }

    /// `541448…_1` and `1SAG…` are not runs of digits alone; `EAN541448…` is.
    fn touches_a_letter(&self, range: &Range<usize>) -> bool {
        let before = self.text[..range.start].chars().next_back();
        let after = self.text[range.end..].chars().next();
        let glued_to_label = self.text[..range.start].to_ascii_lowercase().ends_with("ean");
        after.is_some_and(char::is_alphanumeric)
            || (before.is_some_and(char::is_alphanumeric) && !glued_to_label)
    }

    fn take_if_ean(&mut self, range: Range<usize>, digits: usize) {
        let text = &self.text[range.clone()];
        let begins = ["54", "87", "\u{ff15}\u{ff14}", "\u{ff18}\u{ff17}"]
            .iter()
            .any(|two| text.starts_with(two));
        if begins && EAN_DIGITS_NEAR.contains(&digits) {
            let ean = value::normalise(Field::ElectricityEan, text).map_err(|fault| fault.code);
            self.take(range, Form::Ean(ean));
        }
    }

    fn cut_eans(&mut self) {
        for cut in CUT_EAN.captures_iter(self.text) {
            let (Some(head), Some(tail)) = (cut.get(1), cut.get(2)) else {
                continue;
            };
            let range = head.start()..tail.end();
            let before = line_before(self.text, head.start());
            let alone = before.is_empty() || before.ends_with([':', '=']);
            let hyphen = self.text[head.end()..].starts_with('-');
            let joined = format!("{}{}", head.as_str(), tail.as_str());
            let digits = joined.bytes().filter(u8::is_ascii_digit).count();
            if (alone || hyphen)
                && digits == EAN_DIGITS
                && self.is_free(&range)
                && let Ok(ean) = value::normalise(Field::ElectricityEan, &joined)
            {
                self.take(range, Form::Ean(Ok(ean)));
            }
        }
    }
}

/// What stands between the groups of a number: a day inside is none.
fn is_between_groups(character: char) -> bool {
    matches!(
        character,
        ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '/' | '-' | '+'
    )
}

/// Whether a full stop before this text ends a sentence rather than belonging to a day.
fn ends_line_or_sentence(behind: &str) -> bool {
    behind
        .chars()
        .next()
        .is_none_or(|c| c == '\n' || c.is_uppercase())
}

/// What stands on the same line before a place, trimmed.
fn line_before(text: &str, place: usize) -> &str {
    text[..place].rsplit('\n').next().unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn eans(text: &str) -> Vec<String> {
        find(text)
            .into_iter()
            .filter_map(|found| match found.form {
                Form::Ean(Ok(ean)) => Some(ean),
                Form::Ean(Err(code)) => Some(code.to_owned()),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn an_ean_is_found_however_it_is_grouped() {
        for written in [
            "541448820012345678",
            "5414 4882 0012 3456 78",
            "541-448-820-012-345-678",
            "541/448/820/012/345/678",
            "5414.4882.0012.3456.78",
            "541\u{a0}448\u{a0}820\u{202f}012 345 678",
            "EAN541448820012345678",
            "het is 541448820-\n012345678",
            "Voici :\n5414488200\n12345678\n",
            "5414488200I2345678",
            "５４１４４８８２００１２３４５６７８",
        ] {
            assert_eq!(eans(written), ["541448820012345678"], "{written}");
        }
    }

    #[test]
    fn two_numbers_are_never_joined() {
        assert_eq!(eans("klant 5414488200 12345678"), [] as [&str; 0]);
        assert_eq!(eans("klant 5414488200\n12345678 meter"), [] as [&str; 0]);
        assert_eq!(eans("541448820012345678 61370254"), ["541448820012345678"]);
    }

    #[test]
    fn a_wrong_ean_is_found_with_its_fault() {
        assert_eq!(eans("54144882001234567"), ["ean_length"]);
        assert_eq!(eans("541448820021345678"), ["ean_check_digit"]);
    }

    #[test]
    fn other_values_are_told_by_their_form() {
        let forms = |text: &str| {
            find(text)
                .into_iter()
                .map(|found| (found.form, found.text))
                .collect::<Vec<_>>()
        };
        assert_eq!(forms("né le 3 mai 1957,"), [(Form::Date, "3 mai 1957".into())]);
        assert_eq!(forms("am 12.03.1948."), [(Form::Date, "12.03.1948".into())]);
        assert_eq!(forms("04 221 08 40"), [(Form::Number, "04 221 08 40".into())]);
        assert_eq!(
            forms("+32 (0)470 12 34 56"),
            [(Form::Number, "+32 (0)470 12 34 56".into())]
        );
        assert_eq!(
            forms("BE 0457.946.896"),
            [(Form::Number, "BE 0457.946.896".into())]
        );
        assert_eq!(forms("BE0603.848.655"), [(Form::Number, "BE0603.848.655".into())]);
        assert_eq!(forms("0496/22.71.86"), [(Form::Number, "0496/22.71.86".into())]);
        assert_eq!(forms("nr 88A"), [(Form::Number, "88A".into())]);
        assert_eq!(
            forms("1SAG1100418827"),
            [(
                Form::DigitalMeter("1SAG1100418827".into()),
                "1SAG1100418827".into()
            )]
        );
        assert_eq!(
            forms("BE68 5390 0754 7034"),
            [(
                Form::Iban(Ok("BE68539007547034".into())),
                "BE68 5390 0754 7034".into()
            )]
        );
    }
}
