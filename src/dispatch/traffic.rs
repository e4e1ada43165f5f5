//! PURE. What holds letters back though each of them might go: a server that takes none for now, a domain that wants no more
//! of them. Held back, a letter waits in the outbox and costs no attempt.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use super::outcome::Outcome;

/// How fast letters go, and when to stop and wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pace {
    /// Letters to one domain, at most, within a minute.
    pub letters_per_domain_a_minute_max: u32,
    /// So many in a row that our server did not take at all stop everything;
    pub failures_of_server_max: u32,
    /// so many in a row that were refused for now for one domain stop what goes there.
    pub refusals_of_domain_max: u32,
    /// The first stop; twice as long each time that it did not help, up to
    pub first_stop_seconds: u32,
    pub stop_seconds_max: u32,
}

impl Default for Pace {
    fn default() -> Pace {
        Pace {
            letters_per_domain_a_minute_max: 120,
            failures_of_server_max: 5,
            refusals_of_domain_max: 10,
            first_stop_seconds: 30,
            stop_seconds_max: 900,
        }
    }
}

/// Domains that are remembered; beyond it those that are not held back are forgotten.
const DOMAINS_MAX: usize = 10_000;

/// Stops after failures in a row. When a stop is over one letter may try; if it fails as well, the next stop is longer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Breaker {
    in_a_row: u32,
    stops: u32,
    until: Option<Timestamp>,
}

/// What became of a try, as a breaker counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Try {
    Well,
    Failed,
}

impl Breaker {
    fn is_stopped(&self, now: Timestamp) -> bool {
        self.until.is_some_and(|until| now < until)
    }

    /// Whether a stop is over and nothing went well since: then one letter tries for all.
    fn is_trying(&self, now: Timestamp) -> bool {
        self.stops > 0 && !self.is_stopped(now)
    }

    fn note(&mut self, outcome: Try, failures_max: u32, pace: &Pace, now: Timestamp) -> Change {
        match outcome {
            Try::Well => {
                let was_stopped = self.stops > 0;
                *self = Breaker::default();
                if was_stopped {
                    Change::Resumed
                } else {
                    Change::None
                }
            }
            // Letters that were on their way when it stopped say nothing new.
            Try::Failed if self.is_stopped(now) => Change::None,
            Try::Failed => {
                self.in_a_row = self.in_a_row.saturating_add(1);
                if self.in_a_row < failures_max && self.stops == 0 {
                    return Change::None;
                }
                let doubled = i64::from(pace.first_stop_seconds) << self.stops.min(20);
                let seconds = doubled.min(i64::from(pace.stop_seconds_max));
                self.stops = self.stops.saturating_add(1);
                self.until = now.saturating_add(SignedDuration::from_secs(seconds)).ok();
                Change::Stopped { seconds }
            }
        }
    }
}

/// What an outcome changed, for the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    None,
    Stopped { seconds: i64 },
    Resumed,
}

#[derive(Debug, Clone, Default)]
struct Domain {
    breaker: Breaker,
    /// When the minute began, and how many went since.
    minute: Option<Timestamp>,
    letters: u32,
}

impl Domain {
    fn is_in_its_minute(&self, now: Timestamp) -> bool {
        self.minute
            .is_some_and(|minute| now.duration_since(minute) < SignedDuration::from_mins(1))
    }
}

/// How letters go at present. Kept by one process: each replica has its own.
#[derive(Debug, Clone, Default)]
pub struct Traffic {
    pace: Pace,
    server: Breaker,
    domains: HashMap<String, Domain>,
}

impl Traffic {
    pub fn new(pace: Pace) -> Traffic {
        Traffic {
            pace,
            ..Traffic::default()
        }
    }

    /// How many letters may be on their way now: none while our server takes none, one when that is tried again.
    pub fn room(&self, now: Timestamp) -> u32 {
        if self.server.is_stopped(now) {
            0
        } else if self.server.is_trying(now) {
            1
        } else {
            u32::MAX
        }
    }

    /// Domains that get nothing now.
    pub fn resting(&self, now: Timestamp) -> Vec<String> {
        let is_resting = |domain: &Domain| {
            let has_its_fill = domain.letters >= self.pace.letters_per_domain_a_minute_max;
            domain.breaker.is_stopped(now) || (has_its_fill && domain.is_in_its_minute(now))
        };
        self.domains
            .iter()
            .filter(|(_, domain)| is_resting(domain))
            .map(|(name, _)| name.clone())
            .collect()
    }

    /// A letter to that domain goes out.
    pub fn goes(&mut self, domain: &str, now: Timestamp) {
        if self.domains.len() >= DOMAINS_MAX {
            self.domains
                .retain(|_, domain| domain.breaker != Breaker::default() || domain.is_in_its_minute(now));
        }
        let domain = self.domains.entry(domain.to_owned()).or_default();
        if !domain.is_in_its_minute(now) {
            (domain.minute, domain.letters) = (Some(now), 0);
        }
        domain.letters = domain.letters.saturating_add(1);
    }

    /// What became of it; gives what that changed for our server, and for the domain.
    pub fn came(&mut self, domain: &str, outcome: &Outcome, now: Timestamp) -> (Change, Change) {
        let (server, there) = match outcome {
            Outcome::Accepted { .. } => (Try::Well, Some(Try::Well)),
            // Our server spoke; of the recipient's domain an address that is unknown says nothing bad.
            Outcome::PermanentRefusal(_) => (Try::Well, None),
            Outcome::TransientRefusal(_) => (Try::Well, Some(Try::Failed)),
            Outcome::Unreachable { .. } | Outcome::Unknown { .. } => (Try::Failed, None),
        };
        let pace = &self.pace;
        let server = self.server.note(server, pace.failures_of_server_max, pace, now);
        let there = self
            .domains
            .get_mut(domain)
            .zip(there)
            .map_or(Change::None, |(domain, there)| {
                domain.breaker.note(there, pace.refusals_of_domain_max, pace, now)
            });
        (server, there)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dispatch::Refusal;

    const NONE: [&str; 0] = [];

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    fn accepted() -> Outcome {
        Outcome::Accepted {
            response: "250 ok".into(),
        }
    }

    fn unreachable() -> Outcome {
        Outcome::Unreachable {
            why: "connecting: refused".into(),
        }
    }

    fn later() -> Outcome {
        Outcome::TransientRefusal(Refusal {
            code: Some(450),
            enhanced: None,
            text: "too many".into(),
        })
    }

    #[test]
    fn a_server_that_takes_nothing_stops_all_and_one_letter_tries_again() {
        let mut traffic = Traffic::default();
        let fails = |traffic: &mut Traffic, second| traffic.came("a.example", &unreachable(), at(second)).0;
        for _ in 0..4 {
            assert_eq!(fails(&mut traffic, 0), Change::None);
        }
        assert_eq!(traffic.room(at(0)), u32::MAX);
        assert_eq!(fails(&mut traffic, 0), Change::Stopped { seconds: 30 });
        // What was on its way when it stopped makes no longer stop.
        assert_eq!(fails(&mut traffic, 1), Change::None);
        assert_eq!((traffic.room(at(29)), traffic.room(at(30))), (0, 1));
        let mut stops = Vec::new();
        let mut now = 30;
        for _ in 0..7 {
            let Change::Stopped { seconds } = fails(&mut traffic, now) else {
                panic!("one more that fails stops again");
            };
            stops.push(seconds);
            now += seconds;
        }
        assert_eq!(stops, [60, 120, 240, 480, 900, 900, 900]);
        assert_eq!(traffic.came("a.example", &accepted(), at(now)).0, Change::Resumed);
        assert_eq!(traffic.room(at(now)), u32::MAX);
        // A refusal is the word of a server that is there.
        for _ in 0..4 {
            fails(&mut traffic, now);
        }
        traffic.came("a.example", &later(), at(now));
        fails(&mut traffic, now);
        assert_eq!(traffic.room(at(now)), u32::MAX);
    }

    #[test]
    fn a_domain_that_refuses_many_in_a_row_rests_and_the_others_do_not() {
        let mut traffic = Traffic::default();
        for domain in ["busy.example", "other.example"] {
            traffic.goes(domain, at(0));
        }
        for refusal in 1..=10 {
            let there = traffic.came("busy.example", &later(), at(0)).1;
            assert_eq!(there != Change::None, refusal == 10, "{refusal}");
        }
        assert_eq!(traffic.resting(at(29)), ["busy.example"]);
        assert_eq!(traffic.resting(at(30)), NONE);
        assert_eq!(traffic.room(at(0)), u32::MAX);
        let again = traffic.came("busy.example", &later(), at(31)).1;
        assert_eq!(again, Change::Stopped { seconds: 60 });
        let well = traffic.came("busy.example", &accepted(), at(95)).1;
        assert_eq!(well, Change::Resumed);
    }

    #[test]
    fn a_domain_gets_so_many_letters_a_minute() {
        let mut traffic = Traffic::new(Pace {
            letters_per_domain_a_minute_max: 3,
            ..Pace::default()
        });
        for second in [0, 10, 20] {
            assert_eq!(traffic.resting(at(second)), NONE);
            traffic.goes("busy.example", at(second));
        }
        assert_eq!(traffic.resting(at(59)), ["busy.example"]);
        assert_eq!(traffic.resting(at(60)), NONE);
        traffic.goes("busy.example", at(60));
        assert_eq!(traffic.resting(at(61)), NONE);
    }
}
