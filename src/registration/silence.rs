//! What happens while the customer says nothing: reminders, then a call by an agent, then the end.

use jiff::civil::{Date, time};
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use super::{DistributorDecision, Field, Registration};
use crate::calendar::{
    belgian, belgian_date, belgian_moment, is_working_day, working_day_from, working_days_after,
};

/// The reason a registration is handed to an agent for, whose customer is to be called.
pub const NO_ANSWER: &str = "no_answer";
/// Most reminders that can be set.
pub const REMINDERS_MAX: u32 = 5;
/// A return date farther ahead than this many days is not waited for.
const HELD_DAYS_MAX: i64 = 60;

/// How long nothing was heard from a customer who was asked something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "silence", rename_all = "snake_case")]
pub enum Silence {
    /// Nothing is awaited from the customer.
    #[default]
    None,
    Waiting {
        /// When the last letter asked, or the last message came.
        last_at: Timestamp,
        /// How many reminders were queued since the questions were asked.
        reminders: u32,
        /// When the customer said to be back (an out-of-office).
        held_until: Option<Date>,
    },
    /// On the agents' call list.
    ToBeCalled { since: Timestamp },
}

/// The next thing to happen if the customer stays silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Reminder,
    LastReminder,
    /// The registration goes on the agents' call list.
    Call,
    Expiry,
}

impl Step {
    /// The name in snake case, as shown.
    pub fn name(self) -> &'static str {
        match self {
            Step::Reminder => "reminder",
            Step::LastReminder => "last_reminder",
            Step::Call => "call",
            Step::Expiry => "expiry",
        }
    }
}

/// A step and when it is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planned {
    pub at: Timestamp,
    pub step: Step,
}

/// How long to wait for an answer, and when to write. Working days are Belgian.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patience {
    pub reminders_max: u32,
    /// From the request to the first reminder, and from each to the next.
    pub reminder_after_working_days: u32,
    /// From the last letter to the call list.
    pub call_after_working_days: u32,
    /// From the call list to expiry; calendar days, to the end of a working day.
    pub expire_after_days: u32,
    /// Where the wished start is not farther away than this, each wait for a reminder is one working day.
    pub hurry_days: u32,
    /// Letters go out from this hour, Belgian time, of working days,
    pub from_hour: u32,
    /// and until this one.
    pub until_hour: u32,
}

impl Default for Patience {
    fn default() -> Patience {
        Patience {
            reminders_max: 2,
            reminder_after_working_days: 3,
            call_after_working_days: 4,
            expire_after_days: 30,
            hurry_days: 21,
            from_hour: 8,
            until_hour: 20,
        }
    }
}

impl Patience {
    /// Whether silence may be broken now.
    pub fn is_open(&self, at: Timestamp) -> bool {
        let now = belgian(at);
        let hour = u32::from(now.hour().unsigned_abs());
        is_working_day(now.date()) && (self.from_hour..self.until_hour).contains(&hour)
    }

    /// That day, at the time of day of `like` or as near to it as the hours allow.
    fn moment(&self, day: Date, like: Timestamp) -> Timestamp {
        let hour = |hour: u32| time(i8::try_from(hour.min(23)).unwrap_or_default(), 0, 0, 0);
        let last = time(
            i8::try_from(self.until_hour.clamp(1, 24) - 1).unwrap_or_default(),
            59,
            0,
            0,
        );
        let time = belgian(like).time().max(hour(self.from_hour)).min(last);
        belgian_moment(day.to_datetime(time))
    }
}

impl Registration {
    /// What happens next, and when, if the customer stays silent. None while nothing is awaited from the customer.
    pub fn next_step(&self, patience: &Patience) -> Option<Planned> {
        step_after(self.silence, self.wished_start(), patience).filter(|planned| self.may(planned.step))
    }

    /// All that will happen if the customer stays silent, in order.
    pub fn steps_ahead(&self, patience: &Patience) -> Vec<Planned> {
        let start = self.wished_start();
        let mut silence = self.silence;
        let mut steps = Vec::new();
        // Reminders, a call and the end.
        for _ in 0..REMINDERS_MAX + 2 {
            let planned = step_after(silence, start, patience).filter(|planned| self.may(planned.step));
            let Some(planned) = planned else { break };
            silence = silence.after(planned);
            steps.push(planned);
        }
        steps
    }

    /// What a distributor has accepted does not end by silence: an agent decides.
    fn may(&self, step: Step) -> bool {
        let accepted =
            |decision: &DistributorDecision| matches!(decision, DistributorDecision::Accepted { .. });
        step != Step::Expiry || !self.decisions.values().any(accepted)
    }

    fn wished_start(&self) -> Option<Date> {
        self.field(Field::StartDate)?.parse().ok()
    }
}

fn step_after(silence: Silence, start: Option<Date>, patience: &Patience) -> Option<Planned> {
    match silence {
        Silence::None => None,
        Silence::Waiting {
            last_at,
            reminders,
            held_until,
        } => {
            let left = patience.reminders_max.saturating_sub(reminders);
            let (step, usual) = match left {
                0 => (Step::Call, patience.call_after_working_days),
                1 => (Step::LastReminder, patience.reminder_after_working_days),
                _ => (Step::Reminder, patience.reminder_after_working_days),
            };
            let asked = belgian_date(last_at);
            let hurries = start
                .is_some_and(|start| start <= asked.saturating_add(i64::from(patience.hurry_days).days()));
            let days = if hurries { usual.min(1) } else { usual };
            let due = working_days_after(asked, days);
            // Whoever comes back has a day to read the letter that waits.
            let back = held_until
                .filter(|back| *back <= asked.saturating_add(HELD_DAYS_MAX.days()))
                .map(|back| working_days_after(back, 1));
            let day = working_day_from(back.map_or(due, |back| back.max(due)));
            Some(Planned {
                at: patience.moment(day, last_at),
                step,
            })
        }
        Silence::ToBeCalled { since } => {
            let end = belgian_date(since).saturating_add(i64::from(patience.expire_after_days).days());
            Some(Planned {
                at: patience.moment(working_day_from(end), since),
                step: Step::Expiry,
            })
        }
    }
}

impl Silence {
    /// A customer who was asked something now.
    pub(super) fn begins(at: Timestamp) -> Silence {
        Silence::Waiting {
            last_at: at,
            reminders: 0,
            held_until: None,
        }
    }

    /// After a reminder was queued.
    pub(super) fn reminded(self, at: Timestamp) -> Silence {
        match self {
            Silence::Waiting { reminders, .. } => Silence::Waiting {
                last_at: at,
                reminders: reminders + 1,
                held_until: None,
            },
            other => other,
        }
    }

    /// After a message that answers nothing: whoever wrote is not reminded at once.
    pub(super) fn heard(self, at: Timestamp) -> Silence {
        match self {
            Silence::Waiting {
                reminders,
                held_until,
                ..
            } => Silence::Waiting {
                last_at: at,
                reminders,
                held_until,
            },
            other => other,
        }
    }

    /// After a robot said when its owner is back.
    pub(super) fn held(self, until: Date) -> Silence {
        match self {
            Silence::Waiting {
                last_at,
                reminders,
                held_until,
            } => Silence::Waiting {
                last_at,
                reminders,
                held_until: held_until.max(Some(until)),
            },
            other => other,
        }
    }

    fn after(self, planned: Planned) -> Silence {
        match planned.step {
            Step::Reminder | Step::LastReminder => self.reminded(planned.at),
            Step::Call => Silence::ToBeCalled { since: planned.at },
            Step::Expiry => Silence::None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(silence: Silence, start: Option<&str>) -> Vec<String> {
        let start = start.map(|date| date.parse().unwrap());
        let patience = Patience::default();
        let mut silence = silence;
        let mut steps = Vec::new();
        while let Some(planned) = step_after(silence, start, &patience) {
            assert!(patience.is_open(planned.at), "{planned:?}");
            steps.push(format!(
                "{} {}",
                belgian(planned.at).strftime("%a %d/%m/%y %H:%M"),
                planned.step.name()
            ));
            silence = silence.after(planned);
        }
        steps
    }

    fn asked(at: &str) -> Silence {
        Silence::begins(at.parse().unwrap())
    }

    #[test]
    fn silence_is_broken_twice_then_an_agent_calls_then_it_ends() {
        for (at, expected) in [
            (
                "2026-11-23T09:15:00Z",
                [
                    "Thu 26/11/26 10:15 reminder",
                    "Tue 01/12/26 10:15 last_reminder",
                    "Mon 07/12/26 10:15 call",
                    "Wed 06/01/27 10:15 expiry",
                ],
            ),
            // At night: in the morning. Around Easter: its Monday does not count.
            (
                "2026-04-01T22:40:00Z",
                [
                    "Wed 08/04/26 08:00 reminder",
                    "Mon 13/04/26 08:00 last_reminder",
                    "Fri 17/04/26 08:00 call",
                    "Mon 18/05/26 08:00 expiry",
                ],
            ),
            // Late in the evening, over the change to winter time, All Saints and the Armistice.
            (
                "2026-10-23T19:30:00Z",
                [
                    "Wed 28/10/26 19:59 reminder",
                    "Mon 02/11/26 19:59 last_reminder",
                    "Fri 06/11/26 19:59 call",
                    "Mon 07/12/26 19:59 expiry",
                ],
            ),
            // Leap day.
            (
                "2028-02-24T11:00:00Z",
                [
                    "Tue 29/02/28 12:00 reminder",
                    "Fri 03/03/28 12:00 last_reminder",
                    "Thu 09/03/28 12:00 call",
                    "Mon 10/04/28 12:00 expiry",
                ],
            ),
        ] {
            let mut expected = expected.map(str::to_owned).to_vec();
            // Easter Monday 2028 is 17 April.
            expected.truncate(4);
            assert_eq!(plan(asked(at), None), expected, "{at}");
        }
    }

    #[test]
    fn a_start_that_is_near_hurries() {
        let near = plan(asked("2026-11-23T09:15:00Z"), Some("2026-12-07"));
        assert_eq!(
            near[..3],
            [
                "Tue 24/11/26 10:15 reminder",
                "Wed 25/11/26 10:15 last_reminder",
                "Thu 26/11/26 10:15 call"
            ]
        );
        let far = plan(asked("2026-11-23T09:15:00Z"), Some("2027-03-01"));
        assert_eq!(far[0], "Thu 26/11/26 10:15 reminder");
    }

    #[test]
    fn who_is_away_is_reminded_after_coming_back() {
        let away =
            |until: &str| plan(asked("2026-11-23T09:15:00Z").held(until.parse().unwrap()), None)[0].clone();
        assert_eq!(away("2026-12-07"), "Tue 08/12/26 10:15 reminder");
        assert_eq!(away("2026-12-24"), "Mon 28/12/26 10:15 reminder");
        // Back before a reminder is due, or in a year, which cannot be meant.
        assert_eq!(away("2026-11-24"), "Thu 26/11/26 10:15 reminder");
        assert_eq!(away("2027-11-24"), "Thu 26/11/26 10:15 reminder");
    }

    #[test]
    fn letters_go_out_in_the_daytime_of_working_days() {
        let patience = Patience::default();
        for (at, open) in [
            ("2026-11-24T06:59:59Z", false),
            ("2026-11-24T07:00:00Z", true),
            ("2026-11-24T18:59:59Z", true),
            ("2026-11-24T19:00:00Z", false),
            ("2026-07-20T06:00:00Z", true),
            ("2026-07-21T09:00:00Z", false),
            ("2026-11-21T09:00:00Z", false),
        ] {
            assert_eq!(patience.is_open(at.parse().unwrap()), open, "{at}");
        }
    }
}
