//! When somebody who is away is back, as an automatic reply tells it: "back on", "until ... inclusive", "from ... to".
//!
//! A day counts only beside a word that says what it is the day of. Where two readings are possible there is none: a reminder
//! that goes out a little early does less harm than one that waits for a day that somebody else is back.

mod tokens;
mod words;

use jiff::civil::Date;

use tokens::{Day, Token};
use words::{Cue, PHRASE_WORDS_MAX, Words};

/// Words between a day and what says that somebody is away or back.
const REACH_WORDS_MAX: usize = 14;
/// What stands across a comma or a line end is further off by so many words.
const CLAUSE_WORDS: usize = 3;
/// Words passed over between "until" and its day.
const PASSED_OVER_MAX: usize = 4;
/// Longer absences are no vacation, and a date so far off is a slip.
const DAYS_AWAY_MAX: i32 = 400;

/// The first day on which somebody is back, by the text of an automatic reply that was sent `today`.
pub(crate) fn returns_on(text: &str, today: Option<Date>) -> Option<Date> {
    let words = words::words();
    let tokens = tokens::tokens(text, words);
    let mut found = Vec::new();
    for sentence in tokens.split(|token| *token == Token::Sentence) {
        let sentence = Sentence::new(sentence, words);
        for (at, token) in sentence.tokens.iter().enumerate() {
            if let Token::Day(day) = token {
                found.extend(sentence.told(at, *day, today));
            }
        }
    }
    let mine: Vec<Told> = found.iter().copied().filter(|told| told.mine).collect();
    let back = settle(&found).or_else(|| settle(&mine))?;
    // A responder that was forgotten tells a day long gone.
    let plausible = today.is_none_or(|today| {
        today
            .until(back)
            .is_ok_and(|span| span.get_days().abs() <= DAYS_AWAY_MAX)
    });
    plausible.then_some(back)
}

/// What one day of the text tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Told {
    day: Date,
    of: DayOf,
    /// Named by its weekday alone.
    weekday: Option<i8>,
    /// Said by who is away, of himself or of his office.
    mine: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DayOf {
    Back,
    LastAway,
}

/// The one first day back that all agree on; the day after the last away where only that is told.
fn settle(found: &[Told]) -> Option<Date> {
    let sorted = |mut days: Vec<Date>| {
        days.sort();
        days.dedup();
        days
    };
    let of = |of: DayOf| found.iter().filter(move |told| told.of == of);
    let away = sorted(of(DayOf::LastAway).map(|told| told.day).collect());
    // "Until Friday the 13th. On Monday I am back": the Monday behind it.
    let back = of(DayOf::Back).map(|told| match (told.weekday, away.as_slice()) {
        (Some(weekday), [last]) => Day::Weekday(weekday).on_calendar(Some(*last)).unwrap_or(told.day),
        _ => told.day,
    });
    let back = sorted(back.collect());
    match (back.as_slice(), away.as_slice()) {
        ([], [last]) => last.tomorrow().ok(),
        ([back], away) => away.iter().all(|last| last < back).then_some(*back),
        _ => None,
    }
}

/// A sentence with what its phrases say, and where.
struct Sentence<'a> {
    tokens: &'a [Token],
    words: &'a Words,
    /// First and one past the last token of each phrase that says that somebody is away or back, in order.
    states: Vec<State>,
}

#[derive(Debug, Clone, Copy)]
struct State {
    start: usize,
    end: usize,
    away: bool,
}

impl<'a> Sentence<'a> {
    fn new(tokens: &'a [Token], words: &'a Words) -> Sentence<'a> {
        let mut sentence = Sentence {
            tokens,
            words,
            states: Vec::new(),
        };
        let mut at = 0;
        while at < tokens.len() {
            let length = |cue| sentence.phrase_from(at, cue);
            let (away, back) = (length(Cue::Absent), length(Cue::Back));
            match away.max(back) {
                Some(length) => {
                    // "Not available", "won't be back": somebody is away.
                    let away = away == Some(length) || sentence.is_denied(at);
                    sentence.states.push(State {
                        start: at,
                        end: at + length,
                        away,
                    });
                    at += length;
                }
                None => at += 1,
            }
        }
        sentence
    }

    fn word(&self, at: usize) -> Option<&str> {
        match self.tokens.get(at) {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// How many tokens the longest phrase of that kind takes that begins at a token.
    fn phrase_from(&self, at: usize, cue: Cue) -> Option<usize> {
        let mut phrase = String::new();
        let mut longest = None;
        for length in 1..=PHRASE_WORDS_MAX {
            let Some(word) = self.word(at + length - 1) else {
                break;
            };
            if length > 1 {
                phrase.push(' ');
            }
            phrase.push_str(word);
            if self.words.is(&phrase, cue) {
                longest = Some(length);
            }
        }
        longest
    }

    /// Where the longest phrase of that kind begins that ends before `end`.
    fn phrase_before(&self, end: usize, cue: Cue) -> Option<usize> {
        (1..=PHRASE_WORDS_MAX.min(end))
            .rev()
            .find(|length| self.phrase_from(end - length, cue) == Some(*length))
            .map(|length| end - length)
    }

    fn is(&self, at: usize, cue: Cue) -> bool {
        self.word(at).is_some_and(|word| self.words.is(word, cue))
    }

    /// Whether a "not" stands shortly before.
    fn is_denied(&self, at: usize) -> bool {
        const NEGATION_WORDS_BEFORE: usize = 3;
        (at.saturating_sub(NEGATION_WORDS_BEFORE)..at)
            .any(|before| self.is(before, Cue::Negation) || self.ends_french_negation(before))
    }

    /// "Ne serai pas"; in Dutch "pas" means "only".
    fn ends_french_negation(&self, at: usize) -> bool {
        const WORDS_INSIDE: usize = 4;
        self.is(at, Cue::NegationEnd)
            && (at.saturating_sub(WORDS_INSIDE)..at).any(|before| self.is(before, Cue::NegationBegin))
    }

    fn has(&self, cue: Cue, mut range: std::ops::Range<usize>) -> bool {
        range.any(|at| self.is(at, cue))
    }

    /// What the day at a token is the day of.
    fn told(&self, at: usize, day: Day, today: Option<Date>) -> Option<Told> {
        if matches!(day, Day::Weekday(_)) && (self.names_a_date_behind(at) || self.has_other_weekday(at)) {
            return None;
        }
        let on_calendar = day.on_calendar(today)?;
        let (cue, cue_start) = self.cue_before(at);
        let (of, told_day, state) = match cue {
            Some(Cue::Until) => {
                let state = self
                    .away_around(at, cue_start)
                    .or_else(|| self.plainly_mine(cue_start))?;
                let not_back = self.says_not_back(state);
                let shift = usize::from(self.is(at + 1, Cue::Exclusive) || not_back);
                let of = if shift > 0 { DayOf::Back } else { DayOf::LastAway };
                (of, on_calendar, state)
            }
            Some(Cue::After) => {
                let state = self.nearest_state(at, cue_start).filter(|state| !state.away)?;
                (DayOf::Back, on_calendar.tomorrow().ok()?, state)
            }
            Some(Cue::Before) => {
                // "Not back before the 16th".
                let state = self.nearest_state(at, cue_start)?;
                let denied = self.is_denied(cue_start) || (state.away && !self.is_absence(state));
                (denied.then_some(DayOf::Back)?, on_calendar, state)
            }
            Some(_) => {
                let state = self.nearest_state(at, cue_start).filter(|state| !state.away)?;
                (DayOf::Back, on_calendar, state)
            }
            None => {
                let state = self.state_beside(at).filter(|state| !state.away)?;
                (DayOf::Back, on_calendar, state)
            }
        };
        (!self.is_about_others(at, state)).then(|| Told {
            day: told_day,
            of,
            weekday: match day {
                Day::Weekday(weekday) => Some(weekday),
                _ => None,
            },
            mine: self.has(Cue::Mine, 0..self.tokens.len()),
        })
    }

    /// "Back: 16 November", "tomorrow I am back".
    fn state_beside(&self, at: usize) -> Option<State> {
        const WORDS_BETWEEN_MAX: usize = 3;
        let words_between = |state: &State| {
            let between = if state.end <= at {
                state.end..at
            } else {
                at + 1..state.start
            };
            between.filter(|between| self.word(*between).is_some()).count()
        };
        let nearest = self.states.iter().min_by_key(|state| words_between(state))?;
        (words_between(nearest) <= WORDS_BETWEEN_MAX).then_some(*nearest)
    }

    /// "Monday 16 November": the date tells more.
    fn names_a_date_behind(&self, at: usize) -> bool {
        const WORDS_TO_DATE: usize = 3;
        self.tokens[at + 1..]
            .iter()
            .take(WORDS_TO_DATE)
            .any(|token| matches!(token, Token::Day(Day::Dated { .. })))
            || at > 0 && matches!(self.tokens[at - 1], Token::Day(Day::Dated { .. }))
    }

    /// Opening hours name several days.
    fn has_other_weekday(&self, at: usize) -> bool {
        let others =
            |(other, token): (usize, &Token)| other != at && matches!(token, Token::Day(Day::Weekday(_)));
        self.tokens.iter().enumerate().any(others)
    }

    /// The cue right before a day, and where it begins.
    fn cue_before(&self, at: usize) -> (Option<Cue>, usize) {
        let mut end = at;
        for _ in 0..=PASSED_OVER_MAX {
            if let Some(start) = self.phrase_before(end, Cue::Until) {
                return (Some(Cue::Until), start);
            }
            for cue in [Cue::After, Cue::Before, Cue::From] {
                if let Some(start) = self.phrase_before(end, cue) {
                    return (Some(cue), start);
                }
            }
            if let Some(start) = self.phrase_before(end, Cue::UntilAfterStart)
                && self.ends_a_start(start)
            {
                return (Some(Cue::Until), start);
            }
            let Some(before) = end.checked_sub(1) else { break };
            let passed = match &self.tokens[before] {
                Token::Clause | Token::Day(Day::Weekday(_)) => true,
                Token::Word(word) => {
                    self.words.is(word, Cue::PassedOver)
                        || self.words.is(word, Cue::On)
                        || self.words.is(word, Cue::ShortWeekday)
                }
                _ => false,
            };
            if !passed {
                break;
            }
            end = before;
        }
        let on = (at.saturating_sub(PASSED_OVER_MAX)..at)
            .rev()
            .take_while(|before| {
                matches!(self.tokens[*before], Token::Clause | Token::Day(Day::Weekday(_)))
                    || self.is(*before, Cue::PassedOver)
                    || self.is(*before, Cue::On)
                    || self.is(*before, Cue::ShortWeekday)
            })
            .find(|before| self.is(*before, Cue::On));
        (on.map(|_| Cue::On), on.unwrap_or(at))
    }

    /// Whether a day, or its bare number, stands before the connection of a range.
    fn ends_a_start(&self, connection: usize) -> bool {
        (connection.saturating_sub(2)..connection).any(|before| match &self.tokens[before] {
            Token::Day(_) => true,
            Token::Word(word) => {
                let end = word.find(|letter: char| !letter.is_ascii_digit());
                let digits = &word[..end.unwrap_or(word.len())];
                digits.parse::<i8>().is_ok_and(|day| (1..=31).contains(&day))
            }
            _ => false,
        })
    }

    /// For a last day: the nearest word before it that says away, else one behind it in its clause.
    fn away_around(&self, at: usize, cue_start: usize) -> Option<State> {
        let before = self.states.iter().rev().find(|state| state.end <= cue_start);
        let behind = self.states.iter().find(|state| state.start > at);
        let within = |state: &&State| {
            let distance = if state.end <= cue_start {
                self.distance(state.end, cue_start)
            } else {
                self.distance(at + 1, state.start)
            };
            distance <= REACH_WORDS_MAX
        };
        let before = before.filter(within);
        match before {
            Some(state) if state.away => Some(*state),
            // "Back on the 16th": a day of another sentence's making.
            Some(_) | None => behind.filter(within).filter(|state| state.away).copied(),
        }
    }

    /// Where the clause ends in which the day of a cue stands.
    fn clause_end(&self, cue_start: usize) -> usize {
        let day = (cue_start..self.tokens.len())
            .find(|at| matches!(self.tokens[*at], Token::Day(Day::Dated { .. })));
        let from = day.unwrap_or(cue_start);
        (from..self.tokens.len())
            .find(|at| self.tokens[*at] == Token::Clause)
            .unwrap_or(self.tokens.len())
    }

    /// "I am at the seaside until the 16th": nothing says away, and nothing says anything else.
    fn plainly_mine(&self, cue_start: usize) -> Option<State> {
        let elsewhere = self.states.is_empty()
            && !self.has(Cue::Others, 0..self.clause_end(cue_start))
            && !self.has(Cue::OtherUntil, 0..self.tokens.len())
            && (self.has(Cue::Mine, 0..self.tokens.len()) || self.has(Cue::IAm, 0..self.tokens.len()));
        let at = cue_start;
        elsewhere.then_some(State {
            start: at,
            end: at,
            away: true,
        })
    }

    /// The word nearest to a day that says away or back; before it rather than behind it.
    fn nearest_state(&self, at: usize, cue_start: usize) -> Option<State> {
        let distance = |state: &State| {
            if state.end <= at {
                self.distance(state.end.min(cue_start), cue_start)
            } else {
                self.distance(at + 1, state.start)
            }
        };
        self.states
            .iter()
            .filter(|state| distance(state) <= REACH_WORDS_MAX)
            .min_by_key(|state| (distance(state), state.start > at))
            .copied()
    }

    fn distance(&self, from: usize, to: usize) -> usize {
        self.tokens
            .get(from..to)
            .unwrap_or_default()
            .iter()
            .map(|token| if *token == Token::Clause { CLAUSE_WORDS } else { 1 })
            .sum()
    }

    /// "Will not return until the 16th": that is the day of the return.
    fn says_not_back(&self, state: State) -> bool {
        state.away && self.phrase_from(state.start, Cue::Return) == Some(state.end - state.start)
    }

    /// A word for being away, not a denied one for being there.
    fn is_absence(&self, state: State) -> bool {
        self.phrase_from(state.start, Cue::Absent).is_some()
    }

    /// "Until the 16th my colleague answers", "my colleague is back on the 16th".
    fn is_about_others(&self, at: usize, state: State) -> bool {
        let state_is_before = state.end <= at;
        if state_is_before && self.has(Cue::Others, state.end..at) {
            return true;
        }
        let other = (0..state.start.min(at))
            .rev()
            .find(|before| self.is(*before, Cue::Others));
        other.is_some_and(|other| {
            let back_to_me = other + 1..state.start.min(at);
            !self.has(Cue::Mine, back_to_me)
        })
    }
}

#[cfg(test)]
mod tests;
