//! PURE. When a letter is tried again, and when no more. The clock and the jitter come in as arguments.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::outcome::Outcome;
use super::waits;
use crate::store::AttemptOutcome;

/// Waits between attempts: `first_wait`, twice that, and so on up to `wait_max`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    pub first_wait: Duration,
    pub wait_max: Duration,
    /// When the waits so far add up to this, the letter fails (RFC 5321, 4.5.4.1: at least 4-5 days).
    pub give_up_after: Duration,
    /// After an attempt of which nobody knows how it ended; doubled each time.
    pub uncertain_wait: Duration,
    /// A letter that may have arrived this many times already is not sent again.
    pub uncertain_attempts_max: u32,
}

impl Default for Schedule {
    fn default() -> Schedule {
        Schedule {
            first_wait: Duration::from_secs(60),
            wait_max: Duration::from_secs(4 * 3600),
            give_up_after: Duration::from_secs(4 * 24 * 3600),
            uncertain_wait: Duration::from_secs(15 * 60),
            uncertain_attempts_max: 4,
        }
    }
}

impl Schedule {
    /// What to record for an attempt. `attempts_before` counts those made before this one; `jitter` in 0..1 spreads
    /// the waits over 80 to 120 %, so that letters that failed together do not come back together.
    pub fn judge(
        &self,
        outcome: Outcome,
        attempts_before: u32,
        now: Timestamp,
        jitter: f64,
    ) -> AttemptOutcome {
        match outcome {
            Outcome::Accepted { response } => AttemptOutcome::Sent { response },
            Outcome::PermanentRefusal(refusal) => AttemptOutcome::Failed {
                response: refusal.to_string(),
            },
            Outcome::TransientRefusal(refusal) => {
                let asked = waits::asked_for(&refusal.text).unwrap_or_default();
                self.again(refusal.to_string(), asked, attempts_before, now, jitter)
            }
            Outcome::Unreachable { why } => self.again(why, Duration::ZERO, attempts_before, now, jitter),
            Outcome::Unknown { why } if attempts_before + 1 >= self.uncertain_attempts_max => {
                AttemptOutcome::Failed {
                    response: format!("nobody knows whether it arrived: {why}"),
                }
            }
            Outcome::Unknown { why } => {
                let wait = doubled(self.uncertain_wait, attempts_before).min(self.wait_max);
                AttemptOutcome::Uncertain {
                    detail: why,
                    next: later(now, wait, jitter),
                }
            }
        }
    }

    /// Not before the server wants it, nor so late that a mistaken server holds the letter for days.
    fn again(
        &self,
        response: String,
        asked: Duration,
        attempts_before: u32,
        now: Timestamp,
        jitter: f64,
    ) -> AttemptOutcome {
        if self.waited_before(attempts_before) >= self.give_up_after {
            return AttemptOutcome::Failed {
                response: format!("given up: {response}"),
            };
        }
        let own = later(now, self.wait(attempts_before), jitter);
        // Jitter that only ever adds.
        let asked = later(now, asked.min(self.wait_max), 0.5 + 0.5 * jitter.clamp(0.0, 1.0));
        AttemptOutcome::Deferred {
            response,
            next: own.max(asked),
        }
    }

    /// The wait after an attempt that had `attempts_before` before it, without jitter.
    fn wait(&self, attempts_before: u32) -> Duration {
        doubled(self.first_wait, attempts_before).min(self.wait_max)
    }

    /// What the waits before this attempt add up to.
    fn waited_before(&self, attempts_before: u32) -> Duration {
        let mut total = Duration::ZERO;
        for attempt in 0..attempts_before {
            total += self.wait(attempt);
            if total >= self.give_up_after {
                break;
            }
        }
        total
    }
}

fn doubled(wait: Duration, times: u32) -> Duration {
    wait.saturating_mul(1_u32.checked_shl(times).unwrap_or(u32::MAX))
}

fn later(now: Timestamp, wait: Duration, jitter: f64) -> Timestamp {
    let wait = wait.mul_f64(0.8 + 0.4 * jitter.clamp(0.0, 1.0));
    let wait = SignedDuration::try_from(wait).unwrap_or(SignedDuration::MAX);
    now.checked_add(wait).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dispatch::Refusal;

    const MIDDLE: f64 = 0.5;

    fn refused(code: u16) -> Refusal {
        Refusal {
            code: Some(code),
            enhanced: None,
            text: "later".to_owned(),
        }
    }

    fn minutes_until(outcome: AttemptOutcome) -> Option<i64> {
        match outcome {
            AttemptOutcome::Deferred { next, .. } | AttemptOutcome::Uncertain { next, .. } => {
                Some(next.duration_since(Timestamp::UNIX_EPOCH).as_secs() / 60)
            }
            _ => None,
        }
    }

    #[test]
    fn a_greylisted_letter_waits_longer_each_time_and_then_fails() {
        let schedule = Schedule::default();
        let waits: Vec<Option<i64>> = (0..35)
            .map(|attempts| {
                let outcome = Outcome::TransientRefusal(refused(450));
                minutes_until(schedule.judge(outcome, attempts, Timestamp::UNIX_EPOCH, MIDDLE))
            })
            .collect();
        let minutes: Vec<i64> = waits.iter().map_while(|wait| *wait).collect();
        assert_eq!(minutes[..10], [1, 2, 4, 8, 16, 32, 64, 128, 240, 240]);
        let days = minutes.iter().sum::<i64>() as f64 / 60.0 / 24.0;
        assert!((4.0..4.5).contains(&days), "given up after {days} days");
        assert!(waits[minutes.len()..].iter().all(Option::is_none));
    }

    #[test]
    fn a_server_that_says_when_is_not_asked_before() {
        let minutes = |text: &str, attempts: u32, jitter: f64| {
            let refusal = Refusal {
                text: text.to_owned(),
                ..refused(450)
            };
            let outcome = Outcome::TransientRefusal(refusal);
            minutes_until(Schedule::default().judge(outcome, attempts, Timestamp::UNIX_EPOCH, jitter))
                .unwrap()
        };
        let greylisted = "4.7.1 Greylisted, try again in 10 minutes";
        assert_eq!(
            [0.0, 0.5, 1.0].map(|jitter| minutes(greylisted, 0, jitter)),
            [10, 11, 12]
        );
        assert_eq!(minutes(greylisted, 5, MIDDLE), 32);
        assert_eq!(minutes("try again in 90 hours", 0, 0.0), 240);
    }

    #[test]
    fn jitter_spreads_a_fifth_to_both_sides() {
        let schedule = Schedule {
            first_wait: Duration::from_secs(600),
            ..Schedule::default()
        };
        let wait = |jitter| {
            let outcome = Outcome::Unreachable {
                why: "refused".to_owned(),
            };
            minutes_until(schedule.judge(outcome, 0, Timestamp::UNIX_EPOCH, jitter))
        };
        assert_eq!(
            (wait(0.0), wait(0.5), wait(1.0), wait(7.0)),
            (Some(8), Some(10), Some(12), Some(12))
        );
    }

    #[test]
    fn an_uncertain_letter_is_sent_again_a_few_times_only() {
        let schedule = Schedule::default();
        let waits: Vec<Option<i64>> = (0..5)
            .map(|attempts| {
                let outcome = Outcome::Unknown {
                    why: "lost".to_owned(),
                };
                minutes_until(schedule.judge(outcome, attempts, Timestamp::UNIX_EPOCH, MIDDLE))
            })
            .collect();
        assert_eq!(waits, [Some(15), Some(30), Some(60), None, None]);
    }

    #[test]
    fn a_permanent_refusal_fails_at_once_with_the_servers_words() {
        let outcome = Outcome::PermanentRefusal(refused(550));
        let judged = Schedule::default().judge(outcome, 0, Timestamp::UNIX_EPOCH, MIDDLE);
        assert_eq!(
            judged,
            AttemptOutcome::Failed {
                response: "550 later".to_owned()
            }
        );
    }

    #[test]
    fn no_number_of_attempts_overflows() {
        let outcome = Outcome::Unreachable {
            why: "refused".to_owned(),
        };
        let judged = Schedule::default().judge(outcome, u32::MAX, Timestamp::MAX, 1.0);
        assert!(matches!(judged, AttemptOutcome::Failed { .. }));
    }
}
