//! A registration's way in short: which steps it has taken, which letters and replies lie on it, what is newest.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::clock_time;
use crate::registration::{
    Actor, Awaiting, Channel, DistributorDecision, Energy, Event, Field, LetterKind, RecordedEvent, State,
    WrittenYes,
};
use crate::store::RegistrationRow;
use crate::web::desk::{panel, words};

/// The steps of the way, in order.
pub const STEPS: [&str; 5] = ["received", "asked", "answered", "verified", "contract"];

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Done,
    /// It was not needed.
    Skipped,
    /// Here it stands.
    Here,
    Ahead,
    /// Here it ended.
    Ended,
}

impl Step {
    pub fn class(self) -> &'static str {
        match self {
            Step::Done => "done",
            Step::Skipped => "skipped",
            Step::Here => "here",
            Step::Ahead => "ahead",
            Step::Ended => "ended",
        }
    }
}

/// A letter, a reply or a decision on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Id of the drawing: `letter`, `reply`, `robot`, `person`, `grid`.
    pub icon: &'static str,
    /// `ours`, `good`, `doubt` or `quiet`.
    pub tone: &'static str,
    pub title: String,
    /// Number of the event in the history: the anchor on the page of the registration.
    pub event: usize,
}

/// Something that happened, as a line of news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    pub at: Timestamp,
    pub time: String,
    pub reference: String,
    pub who: String,
    pub text: String,
    pub icon: &'static str,
    pub tone: &'static str,
}

/// What a registration counts for in the numbers at the head of the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    pub straight: usize,
    pub blocked: usize,
    pub settled_alone: usize,
    pub awaits_agent: usize,
    pub contract: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Digest {
    pub reference: String,
    pub version: i64,
    pub submitted_at: Timestamp,
    pub name: String,
    pub place: String,
    pub language: &'static str,
    pub by_phone: bool,
    pub steps: [Step; 5],
    pub marks: Vec<Mark>,
    pub state: String,
    /// Class of the state's pill.
    pub pill: &'static str,
    pub counted: Counted,
    pub news: Vec<News>,
}

impl Digest {
    pub fn new(row: &RegistrationRow, history: &[RecordedEvent]) -> Digest {
        let registration = &row.registration;
        let name = panel::customer(registration);
        let place = [Field::PostalCode, Field::Municipality]
            .map(|field| registration.field(field).unwrap_or_default())
            .join(" ");
        let (_, pill) = words::state(registration.state);
        let facts = Facts::of(history);
        let (state, pill) = match state_in_words(row, &facts) {
            Some((state, pill)) => (state, pill),
            None => (words::state(registration.state).0.to_owned(), pill),
        };
        Digest {
            reference: registration.reference.to_string(),
            version: row.version,
            submitted_at: registration.submitted_at,
            place: place.trim().to_owned(),
            language: registration.language.code(),
            by_phone: registration.channel == Channel::Phone,
            steps: steps(registration.state, &facts),
            marks: marks(history),
            state,
            pill,
            counted: counted(registration.state, &facts),
            news: news(registration.reference.as_str(), &name, history),
            name,
        }
    }

    pub fn steps_in_words(&self) -> String {
        let taken = STEPS
            .iter()
            .zip(self.steps)
            .filter(|(_, step)| matches!(step, Step::Done | Step::Here));
        taken.map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
    }
}

/// What the history says at a glance.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Facts {
    ever_blocked: bool,
    ever_verified: bool,
    asked: bool,
    replied: bool,
    applied: bool,
    person_needed: bool,
}

impl Facts {
    fn of(history: &[RecordedEvent]) -> Facts {
        let mut facts = Facts::default();
        for recorded in history {
            facts.person_needed |= matches!(recorded.actor, Actor::Agent(_));
            match &recorded.event {
                Event::Blocked { awaiting, .. } => {
                    facts.ever_blocked = true;
                    facts.person_needed |= *awaiting == Awaiting::Agent;
                }
                Event::VerificationPassed => facts.ever_verified = true,
                Event::LetterQueued { kind, .. } => facts.asked |= asks(*kind),
                Event::MessageReceived { kind, .. } => {
                    facts.replied |= !matches!(kind.as_str(), "auto_reply" | "bounce");
                }
                Event::AnswerApplied { .. } | Event::ValueConfirmed { .. } => facts.applied = true,
                Event::HandedToAgent { .. } => facts.person_needed = true,
                _ => {}
            }
        }
        facts
    }
}

fn asks(kind: LetterKind) -> bool {
    matches!(kind, LetterKind::ClarificationRequest | LetterKind::FollowUp)
}

fn steps(state: State, facts: &Facts) -> [Step; 5] {
    let before = |taken| if taken { Step::Done } else { Step::Skipped };
    let (asked, answered) = (before(facts.asked), before(facts.applied));
    use Step::{Ahead, Done, Ended, Here, Skipped};
    match state {
        State::Received => [Here, Ahead, Ahead, Ahead, Ahead],
        State::Verifying if facts.asked => [Done, Done, Here, Ahead, Ahead],
        State::Verifying => [Here, Ahead, Ahead, Ahead, Ahead],
        State::Blocked {
            awaiting: Awaiting::Customer,
        } => [Done, Here, Ahead, Ahead, Ahead],
        State::Blocked {
            awaiting: Awaiting::Agent,
        } if facts.asked && facts.replied => [Done, Done, Here, Ahead, Ahead],
        State::Blocked {
            awaiting: Awaiting::Agent,
        } if facts.asked => [Done, Here, Ahead, Ahead, Ahead],
        // The distributor refused, and nobody but an agent can settle why.
        State::Blocked {
            awaiting: Awaiting::Agent,
        } if facts.ever_verified => [Done, Skipped, Skipped, Here, Ahead],
        State::Blocked {
            awaiting: Awaiting::Agent,
        } => [Here, Ahead, Ahead, Ahead, Ahead],
        State::Verified => [Done, asked, answered, Here, Ahead],
        State::Accepted | State::Active => [Done, asked, answered, Done, Done],
        State::Rejected | State::Withdrawn | State::Expired => {
            [Done, asked, answered, before(facts.ever_verified), Ended]
        }
    }
}

fn counted(state: State, facts: &Facts) -> Counted {
    let passed = matches!(state, State::Verified | State::Accepted | State::Active);
    let count = usize::from;
    Counted {
        straight: count(passed && !facts.ever_blocked),
        blocked: count(facts.ever_blocked),
        settled_alone: count(passed && facts.ever_blocked && !facts.person_needed),
        awaits_agent: count(state.awaiting() == Some(Awaiting::Agent)),
        contract: count(matches!(state, State::Accepted | State::Active)),
    }
}

/// What its state means for this registration, where that says more than the state's name.
fn state_in_words(row: &RegistrationRow, facts: &Facts) -> Option<(String, &'static str)> {
    let registration = &row.registration;
    Some(match registration.state {
        State::Blocked {
            awaiting: Awaiting::Customer,
        } => {
            let mut open = registration.open_questions();
            let first = open
                .next()
                .map_or("an answer", |question| words::field_label(question.field));
            let more = match open.count() {
                0 => String::new(),
                count => format!(" and {count} more"),
            };
            (format!("asked for {first}{more}"), "waiting")
        }
        State::Blocked {
            awaiting: Awaiting::Agent,
        } => {
            let refused = registration
                .decisions
                .values()
                .find_map(|decision| match decision {
                    DistributorDecision::Rejected { reason } => Some(words::code(reason)),
                    DistributorDecision::Accepted { .. } => None,
                });
            let why = match refused {
                Some(reason) => format!("refused: {reason}"),
                None if facts.replied => "reply for an agent".into(),
                None => "for an agent".into(),
            };
            (why, "ours")
        }
        State::Verified if registration.written_yes == WrittenYes::Awaited => {
            ("waits for the written yes".into(), "waiting")
        }
        State::Verified => ("at the distributor".into(), "moving"),
        State::Accepted => match registration.starts_on() {
            Some(start) => (format!("supply from {}", start.strftime("%-d %b %Y")), "done"),
            None => return None,
        },
        _ => return None,
    })
}

fn marks(history: &[RecordedEvent]) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (event, recorded) in history.iter().enumerate() {
        let (icon, tone, title) = match &recorded.event {
            Event::LetterQueued { kind, .. } => {
                ("letter", "ours", format!("Letter: {}", words::letter_kind(*kind)))
            }
            Event::MessageReceived {
                kind, disposition, ..
            } => {
                let (icon, tone, became) = reply(kind, disposition);
                (
                    icon,
                    tone,
                    format!("{}: {became}", capital(&words::message_kind(kind))),
                )
            }
            Event::DecisionAccepted { energy, .. } => {
                ("grid", "good", format!("Distributor accepted {}", energy.name()))
            }
            Event::DecisionRejected { energy, reason } => {
                let reason = words::code(reason);
                (
                    "grid",
                    "doubt",
                    format!("Distributor refused {}: {reason}", energy.name()),
                )
            }
            _ => continue,
        };
        marks.push(Mark {
            icon,
            tone,
            title: format!("{title}, {}", clock_time(recorded.at)),
            event,
        });
    }
    marks
}

/// Drawing, tone and words of a message.
pub fn reply(kind: &str, disposition: &str) -> (&'static str, &'static str, &'static str) {
    let icon = if matches!(kind, "auto_reply" | "bounce") {
        "robot"
    } else {
        "reply"
    };
    match disposition {
        "apply" => (icon, "good", "applied without a person"),
        "review" => (icon, "doubt", "waits for an agent"),
        _ => (icon, "quiet", "nothing to do"),
    }
}

/// The lines of news, oldest first.
fn news(reference: &str, name: &str, history: &[RecordedEvent]) -> Vec<News> {
    let mut kinds: BTreeMap<u32, LetterKind> = BTreeMap::new();
    let mut news = Vec::new();
    for recorded in history {
        if let Event::LetterQueued { letter, kind } = &recorded.event {
            kinds.insert(*letter, *kind);
        }
        let Some((icon, tone, text)) = line(recorded, history, &kinds) else {
            continue;
        };
        news.push(News {
            at: recorded.at,
            time: clock_time(recorded.at),
            reference: reference.to_owned(),
            who: name.to_owned(),
            text,
            icon,
            tone,
        });
    }
    news
}

fn line(
    recorded: &RecordedEvent,
    history: &[RecordedEvent],
    kinds: &BTreeMap<u32, LetterKind>,
) -> Option<(&'static str, &'static str, String)> {
    Some(match &recorded.event {
        Event::Submitted { registration } => {
            let energies = [
                registration.electricity.as_ref().map(|_| Energy::Electricity),
                registration.gas.as_ref().map(|_| Energy::Gas),
            ];
            let energies: Vec<&str> = energies.into_iter().flatten().map(Energy::name).collect();
            (
                "person",
                "quiet",
                format!("registers for {}", energies.join(" and ")),
            )
        }
        Event::LetterSent { letter } => {
            let kind = words::letter_kind(*kinds.get(letter)?).to_lowercase();
            let article = if kind.starts_with('a') { "an" } else { "a" };
            ("letter", "ours", format!("is sent {article} {kind}"))
        }
        Event::MessageReceived {
            message,
            kind,
            disposition,
            ..
        } => {
            let (icon, tone, became) = reply(kind, disposition);
            let text = match (kind.as_str(), disposition.as_str()) {
                ("auto_reply", _) => "is away: an automatic reply, left alone".to_owned(),
                (_, "apply") => format!("answers: {}", understood(message, history)),
                (kind, _) => format!("writes ({}): {became}", words::message_kind(kind)),
            };
            (icon, tone, text)
        }
        Event::VerificationPassed
            if history
                .iter()
                .any(|other| matches!(other.event, Event::Blocked { .. })) =>
        {
            ("person", "good", "is complete: verified".into())
        }
        Event::AnswerApplied {
            field, message: None, ..
        } => (
            "person",
            "good",
            format!("{} set by an agent", words::field_label(*field)),
        ),
        Event::DecisionAccepted { energy, .. } => ("grid", "good", format!("{} accepted", energy.name())),
        Event::DecisionRejected { energy, reason } => (
            "grid",
            "doubt",
            format!("{} refused: {}", energy.name(), words::code(reason)),
        ),
        Event::Withdrawn { .. } => ("person", "doubt", "is withdrawn".into()),
        _ => return None,
    })
}

/// What was taken from a message, by the events it caused.
pub fn understood(message: &str, history: &[RecordedEvent]) -> String {
    let of_it = |other: &Option<String>| other.as_deref() == Some(message);
    let pieces: Vec<String> = history
        .iter()
        .filter_map(|recorded| match &recorded.event {
            Event::AnswerApplied { field, message, .. } if of_it(message) => {
                Some(format!("{} corrected", words::field_label(*field)))
            }
            Event::ValueConfirmed { field, message, .. } if of_it(message) => {
                Some(format!("{} confirmed", words::field_label(*field)))
            }
            Event::AnswerFailed {
                field,
                message,
                answer,
                ..
            } if of_it(message) => {
                let fault = words::value_fault(&answer.fault);
                Some(format!("{} not valid, {fault}", words::field_label(*field)))
            }
            Event::WrittenYesGiven { message, .. } if of_it(message) => Some("the written yes".into()),
            _ => None,
        })
        .collect();
    if pieces.is_empty() {
        "nothing new".into()
    } else {
        pieces.join(", ")
    }
}

pub fn capital(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKED: Facts = Facts {
        ever_blocked: true,
        ever_verified: false,
        asked: true,
        replied: false,
        applied: false,
        person_needed: false,
    };

    fn drawn(state: State, facts: Facts) -> String {
        let letter = |step| match step {
            Step::Done => 'D',
            Step::Skipped => 's',
            Step::Here => 'H',
            Step::Ahead => '.',
            Step::Ended => 'E',
        };
        steps(state, &facts).map(letter).into_iter().collect()
    }

    #[test]
    fn the_way_is_drawn_as_far_as_it_went() {
        let blocked = |awaiting| State::Blocked { awaiting };
        let straight = Facts {
            ever_verified: true,
            ..Facts::default()
        };
        let answered = Facts {
            applied: true,
            replied: true,
            ever_verified: true,
            ..ASKED
        };
        let replied = Facts {
            replied: true,
            ..ASKED
        };
        for (state, facts, expected) in [
            (State::Received, Facts::default(), "H...."),
            (State::Verified, straight, "DssH."),
            (State::Accepted, straight, "DssDD"),
            (blocked(Awaiting::Customer), ASKED, "DH..."),
            (blocked(Awaiting::Agent), replied, "DDH.."),
            (blocked(Awaiting::Agent), straight, "DssH."),
            (State::Verifying, replied, "DDH.."),
            (State::Accepted, answered, "DDDDD"),
            (State::Withdrawn, ASKED, "DDssE"),
        ] {
            assert_eq!(drawn(state, facts), expected, "{state:?} {facts:?}");
        }
    }

    #[test]
    fn a_registration_counts_as_settled_alone_only_if_no_person_was_needed() {
        let settled = Facts {
            applied: true,
            ..ASKED
        };
        assert_eq!(counted(State::Verified, &settled).settled_alone, 1);
        let helped = Facts {
            person_needed: true,
            ..settled
        };
        assert_eq!(counted(State::Verified, &helped).settled_alone, 0);
        assert_eq!(counted(State::Verified, &Facts::default()).straight, 1);
        assert_eq!(counted(State::Verified, &settled).straight, 0);
    }
}
