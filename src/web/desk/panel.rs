//! A registration as the desk shows it: beside a case and on its own page.

use jiff::Timestamp;

use super::words;
use crate::registration::{Event, RecordedEvent, Registration, WrittenYes};

/// The head of a registration: what it is and who has the next move.
#[derive(Debug, Clone)]
pub struct Panel {
    pub reference: String,
    pub customer: String,
    pub place: String,
    pub state: &'static str,
    pub pill: &'static str,
    pub facts: String,
    pub history: Vec<HistoryLine>,
    /// The written yes of a phone registration has not come.
    pub yes_awaited: bool,
    pub has_open_questions: bool,
}

#[derive(Debug, Clone)]
pub struct HistoryLine {
    pub at: String,
    pub actor: String,
    pub what: String,
    pub detail: String,
    /// Identifier of the message it came from.
    pub message: Option<String>,
}

impl Panel {
    pub fn new(registration: &Registration, history: &[RecordedEvent]) -> Panel {
        let (state, pill) = words::state(registration.state);
        let energies: Vec<&str> = registration.energies.iter().map(|energy| energy.name()).collect();
        let kind = match registration.kind {
            crate::registration::Kind::Switch => "switch",
            crate::registration::Kind::Move => "move",
        };
        let channel = match registration.channel {
            crate::registration::Channel::Web => "web",
            crate::registration::Channel::Phone => "phone",
        };
        Panel {
            reference: registration.reference.to_string(),
            customer: customer(registration),
            place: place(registration),
            state,
            pill,
            facts: format!(
                "{kind} · {} · by {channel} · {} · since {}",
                energies.join(" and "),
                registration.language.code().to_uppercase(),
                words::when(registration.submitted_at),
            ),
            history: history.iter().map(HistoryLine::new).collect(),
            yes_awaited: registration.written_yes == WrittenYes::Awaited,
            has_open_questions: registration.open_questions().next().is_some(),
        }
    }
}

impl HistoryLine {
    fn new(recorded: &RecordedEvent) -> HistoryLine {
        let (what, detail) = words::event(recorded);
        let message = match &recorded.event {
            Event::MessageReceived { message, .. } => Some(message.clone()),
            Event::AnswerApplied { message, .. }
            | Event::ValueConfirmed { message, .. }
            | Event::AnswerFailed { message, .. } => message.clone(),
            _ => None,
        };
        HistoryLine {
            at: words::when(recorded.at),
            actor: recorded.actor.to_string(),
            what,
            detail,
            message,
        }
    }
}

/// First and last name, or the company.
pub fn customer(registration: &Registration) -> String {
    use crate::registration::Field::{CompanyName, FirstName, LastName};
    let text = |field| registration.field(field).unwrap_or_default();
    match text(CompanyName) {
        "" => format!("{} {}", text(FirstName), text(LastName))
            .trim()
            .to_owned(),
        company => company.to_owned(),
    }
}

pub fn place(registration: &Registration) -> String {
    use crate::registration::Field::{Municipality, PostalCode};
    let text = |field| registration.field(field).unwrap_or_default();
    format!("{} {}", text(PostalCode), text(Municipality))
        .trim()
        .to_owned()
}

/// How long something has waited, and whether that is long.
pub fn waiting(since: Timestamp, now: Timestamp) -> (String, bool) {
    (
        words::ago(since, now),
        now.duration_since(since).as_hours() >= LONG_WAIT_HOURS,
    )
}

/// A case that waits longer than this stands out on the list.
const LONG_WAIT_HOURS: i64 = 24;
