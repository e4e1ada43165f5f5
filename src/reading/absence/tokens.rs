//! The text of an automatic reply as words, dates and the places where sentences and clauses end.

use jiff::civil::Date;

use super::words::{Cue, Words};
use crate::registration::value::fold_key;

/// An automatic reply says it near its top; more words than this are not looked at.
const TOKENS_MAX: usize = 1500;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// Folded; a bare number too.
    Word(String),
    Day(Day),
    /// A comma, a colon, a line end.
    Clause,
    /// A full stop, an empty line.
    Sentence,
}

/// A day as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    Dated {
        day: i8,
        month: i8,
        year: Option<i16>,
    },
    /// "Back on the 16th."
    OfMonth(i8),
    /// From 0 for Monday.
    Weekday(i8),
    Tomorrow,
}

/// The last mail of this year may name a day of next year, and none further off.
const WITHOUT_YEAR_DAYS_MAX: i32 = 300;

impl Day {
    /// The day on the calendar: without a year the next one that is not before `today`.
    pub(super) fn on_calendar(self, today: Option<Date>) -> Option<Date> {
        match (self, today) {
            (
                Day::Dated {
                    day,
                    month,
                    year: Some(year),
                },
                _,
            ) => Date::new(year, month, day).ok(),
            (
                Day::Dated {
                    day,
                    month,
                    year: None,
                },
                Some(today),
            ) => {
                let this_year = Date::new(today.year(), month, day).ok()?;
                let found = if this_year >= today {
                    this_year
                } else {
                    Date::new(today.year() + 1, month, day).ok()?
                };
                let days = today.until(found).ok()?.get_days();
                (days <= WITHOUT_YEAR_DAYS_MAX).then_some(found)
            }
            (Day::Weekday(weekday), Some(today)) => {
                let now = today.weekday().to_monday_zero_offset();
                let days = (weekday - now).rem_euclid(7);
                let days = if days == 0 { 7 } else { days };
                today.checked_add(jiff::Span::new().days(i64::from(days))).ok()
            }
            (Day::OfMonth(day), Some(today)) => {
                let this_month = Date::new(today.year(), today.month(), day).ok();
                this_month.filter(|found| *found >= today).or_else(|| {
                    let next = today.last_of_month().tomorrow().ok()?;
                    Date::new(next.year(), next.month(), day).ok()
                })
            }
            (Day::Tomorrow, Some(today)) => today.tomorrow().ok(),
            (Day::Dated { year: None, .. } | Day::OfMonth(_) | Day::Weekday(_) | Day::Tomorrow, None) => None,
        }
    }
}

/// One word as it stands in the text, without the marks around it.
struct Raw<'a> {
    text: &'a str,
    /// What ends behind it.
    end: Option<Token>,
}

/// Takes a text apart.
pub(super) fn tokens(text: &str, words: &Words) -> Vec<Token> {
    let text = text.replace(" / ", "/");
    let raw = raw_words(&text);
    // One date that can only be month first settles the order of all.
    let order = if raw.iter().any(|word| is_month_first(word.text)) {
        Order::MonthFirst
    } else {
        Order::DayFirst
    };
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < raw.len() && tokens.len() < TOKENS_MAX {
        let taken = match day_at(&raw[at..], words, order) {
            Some((day, taken)) => {
                // "16-20 november", "2/11-6/11": the first is a start.
                let before_month = taken > 1;
                if let Some((start, _)) = range_of(raw[at].text, before_month) {
                    tokens.push(Token::Word(start.to_owned()));
                    tokens.push(Token::Word("-".to_owned()));
                }
                tokens.push(Token::Day(day));
                taken
            }
            None => {
                match day_of_month(&raw[at..], tokens.last(), words) {
                    Some(day) => tokens.push(Token::Day(day)),
                    None => push_words(raw[at].text, words, &mut tokens),
                }
                1
            }
        };
        at += taken;
        tokens.extend(raw[at - 1].end.clone());
    }
    tokens
}

fn push_words(text: &str, words: &Words, tokens: &mut Vec<Token>) {
    if matches!(text, "-" | "–" | "—" | "→" | "->" | "=>" | "~") {
        tokens.push(Token::Word("-".to_owned()));
        return;
    }
    for word in fold_key(text).split(' ').filter(|word| !word.is_empty()) {
        let greeted = matches!(tokens.last(), Some(Token::Word(last)) if words.is(last, Cue::Greeting));
        tokens.push(match words.weekday(word) {
            Some(weekday) => Token::Day(Day::Weekday(weekday)),
            None if words.is(word, Cue::Tomorrow) && !greeted => Token::Day(Day::Tomorrow),
            None => Token::Word(word.to_owned()),
        });
    }
}

fn raw_words(text: &str) -> Vec<Raw<'_>> {
    let mut raw: Vec<Raw<'_>> = Vec::new();
    for line in text.lines() {
        if line.trim().is_empty() {
            if let Some(last) = raw.last_mut() {
                last.end = Some(Token::Sentence);
            }
            continue;
        }
        let mut words = line.split_whitespace().peekable();
        while let Some(word) = words.next() {
            let bare = word.trim_matches(|letter: char| {
                matches!(
                    letter,
                    '(' | ')' | '[' | ']' | '"' | '«' | '»' | '“' | '”' | '„' | '*' | '_' | '\'' | '<' | '>'
                )
            });
            let text = bare.trim_end_matches([',', ';', ':', '!', '?', '.', '…']);
            let goes_on = words.peek().is_some_and(|next| {
                next.starts_with(|letter: char| letter.is_lowercase() || letter.is_ascii_digit())
            });
            let end = match bare[text.len()..].chars().next() {
                // "t.e.m. 13", "16.11. wieder", "nov. 2026": the stop belongs to the word.
                Some('.') if goes_on => None,
                Some('.') if is_german_date(text) => Some(Token::Clause),
                Some('.' | '!' | '?' | '…') => Some(Token::Sentence),
                Some(_) => Some(Token::Clause),
                None => None,
            };
            if text.is_empty() {
                if let (Some(last), Some(end)) = (raw.last_mut(), end) {
                    last.end = Some(end);
                }
                continue;
            }
            raw.push(Raw { text, end });
            if raw.len() > TOKENS_MAX {
                return raw;
            }
        }
        if let Some(last) = raw.last_mut()
            && last.end.is_none()
        {
            last.end = Some(Token::Clause);
        }
    }
    raw
}

/// `16.11`, `16`: without a year.
fn is_german_date(text: &str) -> bool {
    const DAY_AND_MONTH_BYTES_MAX: usize = 11;
    text.len() <= DAY_AND_MONTH_BYTES_MAX
        && text
            .chars()
            .all(|letter| letter.is_ascii_digit() || matches!(letter, '.' | '-' | '–'))
        && text.split('.').count() <= 3
        && text.split('.').all(|part| part.len() <= 6)
}

/// The day that begins here, and of how many words it is.
fn day_at(raw: &[Raw<'_>], words: &Words, order: Order) -> Option<(Day, usize)> {
    let first = raw.first()?;
    let followed_by_digits = raw.get(1).is_some_and(|next| {
        first.end.is_none() && next.text.len() <= 3 && next.text.bytes().all(|byte| byte.is_ascii_digit())
    });
    let before_month = raw
        .get(1)
        .is_some_and(|next| month_of(next.text, words).is_some());
    let last_of_range = last_of_range(first.text, before_month);
    if let Some(day) = numeric(last_of_range, order).or_else(|| with_month_name(first.text, words))
        && !followed_by_digits
    {
        return Some((day, 1));
    }
    let (day, month, taken) = match ordinal(last_of_range, words) {
        Some(day) => {
            let month_at = 1 + usize::from(raw.get(1).is_some_and(|word| matches!(word.text, "of" | "de")));
            (day, month_of(raw.get(month_at)?.text, words)?, month_at + 1)
        }
        None => {
            let month = month_of(first.text, words)?;
            (ordinal(raw.get(1)?.text, words)?, month, 2)
        }
    };
    let year = raw.get(taken).and_then(|word| full_year(word.text));
    // What ended behind the month's abbreviation or the day's ordinal ended nothing.
    let taken = taken + usize::from(year.is_some());
    is_day(day, month).then_some((Day::Dated { day, month, year }, taken))
}

/// "The 16th", "le 16", "de 16e", where no month follows: told by its ending, or by the article before and the stop behind it.
fn day_of_month(raw: &[Raw<'_>], before: Option<&Token>, words: &Words) -> Option<Day> {
    let first = raw.first()?;
    let day = ordinal(first.text, words)?;
    let article = matches!(before, Some(Token::Word(word)) if words.is(word, Cue::DayArticle));
    let ending = first.text.len() > 2 && first.text.ends_with(char::is_alphabetic);
    let stops = first.end.is_some() || raw.len() == 1;
    (article && (ending || stops)).then_some(Day::OfMonth(day))
}

/// `16.November`, `16-nov-2026`
fn with_month_name(text: &str, words: &Words) -> Option<Day> {
    let mut parts = text.splitn(3, ['.', '-', '/']);
    let day = ordinal(parts.next()?, words)?;
    let month = month_of(parts.next()?, words)?;
    let year = parts.next().and_then(full_year);
    is_day(day, month).then_some(Day::Dated { day, month, year })
}

fn is_day(day: i8, month: i8) -> bool {
    // A leap year has every day there is.
    Date::new(2024, month, day).is_ok()
}

fn month_of(text: &str, words: &Words) -> Option<i8> {
    words.month(&fold_key(text))
}

/// `16`, `1er`, `16th`, `16.`
fn ordinal(text: &str, words: &Words) -> Option<i8> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    let known = rest.is_empty()
        || words
            .ordinals
            .iter()
            .any(|ordinal| rest.eq_ignore_ascii_case(ordinal))
        || rest == "º"
        || rest == "è";
    (known && digits <= 2)
        .then(|| number.parse().ok())
        .flatten()
        .filter(|day| (1..=31).contains(day))
}

fn full_year(text: &str) -> Option<i16> {
    let text = text.trim_start_matches(['\'', '\u{2019}']);
    match text.len() {
        4 => text.parse().ok().filter(|year| (2000..2100).contains(year)),
        _ => None,
    }
}

/// `2026-11-16`, `16/11`, `16.11.2026`, `11/16/26`, `16-nov-2026`
fn numeric(text: &str, order: Order) -> Option<Day> {
    let separator = text.chars().find(|letter| matches!(letter, '/' | '.' | '-'))?;
    let parts: Vec<&str> = text.split(separator).collect();
    let number = |part: &str| -> Option<i16> {
        (1..=4)
            .contains(&part.len())
            .then(|| {
                part.bytes()
                    .all(|byte| byte.is_ascii_digit())
                    .then(|| part.parse().ok())
                    .flatten()
            })
            .flatten()
    };
    let (first, second) = (number(parts.first()?)?, number(parts.get(1)?)?);
    match parts.as_slice() {
        [year, _, day] if year.len() == 4 => dated(number(day)?, second, Some(first), Order::DayFirst),
        [day, month, year] if day.len() <= 2 && month.len() <= 2 && matches!(year.len(), 2 | 4) => {
            let year = number(year)?;
            let year = if year < 100 { year + 2000 } else { year };
            dated(first, second, Some(year), order)
        }
        // `9.30` is a time more often than a day; `16.11` and `16/11` are days.
        [day, month] if day.len() <= 2 && month.len() == 2 && (second <= 12 || separator == '/') => {
            dated(first, second, None, order)
        }
        [day, month] if day.len() <= 2 && month.len() <= 2 && separator == '/' => {
            dated(first, second, None, order)
        }
        _ => None,
    }
}

/// Which number of a date in figures is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    DayFirst,
    MonthFirst,
}

/// `11/16`, `11/16/2026`: the second number can only be a day.
fn is_month_first(text: &str) -> bool {
    const LAST_MONTH: u8 = 12;
    let mut parts = text.split('/').map(|part| part.parse::<u8>().ok());
    let (first, second) = (parts.next().flatten(), parts.next().flatten());
    matches!((first, second), (Some(1..=LAST_MONTH), Some(13..=31)))
}

/// In the given order, unless the numbers allow only the other.
fn dated(first: i16, second: i16, year: Option<i16>, order: Order) -> Option<Day> {
    let month_first = second > 12 || (order == Order::MonthFirst && first <= 12);
    let (day, month) = if month_first {
        (second, first)
    } else {
        (first, second)
    };
    let (day, month) = (i8::try_from(day).ok()?, i8::try_from(month).ok()?);
    is_day(day, month).then_some(Day::Dated { day, month, year })
}

/// Of `16-20` or `2/11-6/11` the part behind the dash, else all of it.
fn last_of_range(text: &str, before_month: bool) -> &str {
    range_of(text, before_month).map_or(text, |(_, last)| last)
}

/// The two ends of `16-20` or `2/11-6/11`; before a month `2-6` is a range too.
fn range_of(text: &str, before_month: bool) -> Option<(&str, &str)> {
    let (first, last) = text.split_once(['-', '–', '—'])?;
    let digits_and_dots = |part: &str| {
        part.starts_with(|letter: char| letter.is_ascii_digit())
            && part
                .chars()
                .all(|letter| letter.is_ascii_digit() || matches!(letter, '/' | '.'))
    };
    let both = digits_and_dots(first) && digits_and_dots(last);
    // `16-11` is a day.
    let dates = first.contains(['/', '.']) || last.contains(['/', '.']);
    let days =
        first.len() <= 2 && last.len() <= 2 && last.parse::<i8>().is_ok_and(|last| before_month || last > 12);
    (both && (dates || days)).then_some((first, last))
}
