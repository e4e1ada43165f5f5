//! What a review case is to those who settle it, and when it begins to hurt.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::registration::{Registration, State};
use crate::understanding::Kind;

/// The kinds of work that wait for agents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queue {
    /// Answers that were not certain.
    Answers,
    Questions,
    Withdrawals,
    /// Messages that belong to no registration, or to one of several.
    Unmatched,
    Bounces,
    /// Robots that could not be told, and what answers nothing.
    Others,
}

impl Queue {
    pub const ALL: [Queue; 6] = [
        Queue::Answers,
        Queue::Questions,
        Queue::Withdrawals,
        Queue::Unmatched,
        Queue::Bounces,
        Queue::Others,
    ];

    /// The name in addresses and in the store.
    pub fn name(self) -> &'static str {
        match self {
            Queue::Answers => "answers",
            Queue::Questions => "questions",
            Queue::Withdrawals => "withdrawals",
            Queue::Unmatched => "unmatched",
            Queue::Bounces => "bounces",
            Queue::Others => "others",
        }
    }

    pub fn from_name(name: &str) -> Option<Queue> {
        Queue::ALL.into_iter().find(|queue| queue.name() == name)
    }

    /// The queue of a message of that kind ([`Kind::name`]).
    pub fn of(kind: &str, registration: Option<&Registration>) -> Queue {
        let is = |other: Kind| kind == other.name();
        if is(Kind::Bounce) {
            Queue::Bounces
        } else if registration.is_none() {
            Queue::Unmatched
        } else if is(Kind::Answer) {
            Queue::Answers
        } else if is(Kind::Question) {
            Queue::Questions
        } else if is(Kind::Withdrawal) {
            Queue::Withdrawals
        } else {
            Queue::Others
        }
    }
}

/// A message that waits begins to hurt after this time,
const PATIENCE_OF_CUSTOMERS: SignedDuration = SignedDuration::from_hours(24);
/// and so many days before the wished start, which a switch needs.
const DAYS_A_START_NEEDS: i64 = 21;

/// The wished start of supply, while a registration can still come in time for it, or too late.
pub fn wished_start(registration: &Registration) -> Option<Date> {
    match registration.state {
        State::Received | State::Verifying | State::Blocked { .. } | State::Verified | State::Expired => {
            registration
                .field(crate::registration::Field::StartDate)?
                .parse()
                .ok()
        }
        State::Accepted | State::Active | State::Rejected | State::Withdrawn => None,
    }
}

/// When a case begins to hurt: what begins first is settled first.
pub fn hurts_at(received_at: Timestamp, wished_start: Option<Date>) -> Timestamp {
    let waited = received_at
        .saturating_add(PATIENCE_OF_CUSTOMERS)
        .unwrap_or(received_at);
    let zone = TimeZone::get("Europe/Brussels").unwrap_or(TimeZone::UTC);
    let start_at_risk = wished_start
        .and_then(|start| start.checked_sub(DAYS_A_START_NEEDS.days()).ok())
        .and_then(|day| day.to_zoned(zone).ok())
        .map(|day| day.timestamp());
    start_at_risk.map_or(waited, |at_risk| at_risk.min(waited))
}

/// Whether the start is so near that it may come too late.
pub fn is_at_risk(start: Date, today: Date) -> bool {
    today.saturating_add(DAYS_A_START_NEEDS.days()) >= start
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn what_begins_to_hurt_first_is_a_near_start_then_who_waits_longest() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let received = at("2026-11-24T10:00:00Z");
        for (start, hurts) in [
            (None, "2026-11-25T10:00:00Z"),
            (Some(date(2027, 3, 1)), "2026-11-25T10:00:00Z"),
            (Some(date(2026, 12, 16)), "2026-11-24T23:00:00Z"),
            (Some(date(2026, 12, 1)), "2026-11-09T23:00:00Z"),
            (Some(Date::MIN), "2026-11-25T10:00:00Z"),
        ] {
            assert_eq!(hurts_at(received, start), at(hurts), "{start:?}");
        }
        assert!(is_at_risk(date(2026, 12, 15), date(2026, 11, 24)));
        assert!(!is_at_risk(date(2026, 12, 16), date(2026, 11, 24)));
    }

    #[test]
    fn every_queue_is_found_by_its_name() {
        for queue in Queue::ALL {
            assert_eq!(Queue::from_name(queue.name()), Some(queue));
        }
        assert_eq!(Queue::of("bounce", None), Queue::Bounces);
        assert_eq!(Queue::of("answer", None), Queue::Unmatched);
    }
}
