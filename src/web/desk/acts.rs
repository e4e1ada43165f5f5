//! What an agent's act comes to: the commands for the registration. No I/O.

use super::fields_form::Wanted;
use crate::registration::{
    Actor, AgentWords, Awaiting, Command, Event, RecordedEvent, Reference, Registration,
};
use crate::store::Order;

/// What an agent can do to a registration besides changing fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Nothing follows from the message.
    Ignore,
    /// The open questions go out once more.
    AskAgain,
    /// Back to waiting for the customer, without a letter.
    LeaveToCustomer,
    VerifyAgain,
    /// The customer wants no contract any more.
    Withdraw,
    /// The customer's written yes to a phone registration.
    RecordWrittenYes,
}

impl Act {
    pub const ALL: [Act; 6] = [
        Act::Ignore,
        Act::AskAgain,
        Act::LeaveToCustomer,
        Act::VerifyAgain,
        Act::Withdraw,
        Act::RecordWrittenYes,
    ];

    /// The name in forms.
    pub fn name(self) -> &'static str {
        match self {
            Act::Ignore => "ignore",
            Act::AskAgain => "ask_again",
            Act::LeaveToCustomer => "leave_to_customer",
            Act::VerifyAgain => "verify_again",
            Act::Withdraw => "withdraw",
            Act::RecordWrittenYes => "written_yes",
        }
    }

    pub fn from_name(name: &str) -> Option<Act> {
        Act::ALL.into_iter().find(|act| act.name() == name)
    }

    /// How a case that ends by it was closed: see [`crate::store::Closing::how`].
    pub fn how(self) -> &'static str {
        match self {
            Act::Ignore => "ignored",
            Act::AskAgain => "asked_again",
            Act::LeaveToCustomer | Act::VerifyAgain => "handed_back",
            Act::Withdraw => "withdrawn",
            Act::RecordWrittenYes => "applied",
        }
    }

    /// What it asks of the registration. `message` is the one of the case, if it is done on one.
    pub fn commands(self, history: &[RecordedEvent], message: Option<&str>) -> Vec<Command> {
        let back = || waits_only_for_message(history).then_some(Command::AwaitCustomer);
        match self {
            Act::Ignore => back().into_iter().collect(),
            Act::AskAgain => vec![Command::AskAgain],
            Act::LeaveToCustomer => vec![Command::AwaitCustomer],
            Act::VerifyAgain => vec![Command::Requeue],
            Act::Withdraw => vec![Command::Withdraw {
                message: message.map(str::to_owned),
            }],
            Act::RecordWrittenYes => std::iter::once(Command::RecordWrittenYes).chain(back()).collect(),
        }
    }
}

/// Whether the registration waits for an agent only because a message did: then it goes back to the customer with it.
fn waits_only_for_message(history: &[RecordedEvent]) -> bool {
    let last = history.iter().rev().find_map(|recorded| match &recorded.event {
        Event::HandedToAgent { reason } => Some(reason == "message_needs_agent"),
        Event::Blocked {
            awaiting: Awaiting::Customer,
            ..
        }
        | Event::Blocked {
            awaiting: Awaiting::Agent,
            ..
        }
        | Event::Requeued => Some(false),
        _ => None,
    });
    last.unwrap_or(false)
}

/// The commands of an agent's answer in own words.
pub fn reply_commands(words: AgentWords, history: &[RecordedEvent]) -> Vec<Command> {
    let back = waits_only_for_message(history).then_some(Command::AwaitCustomer);
    std::iter::once(Command::Reply { words }).chain(back).collect()
}

/// The commands of a wanted change of fields, ended by a new verification. `message` and `kind` are those of the case.
pub fn field_commands(wanted: Wanted, message: Option<(&str, &str)>) -> Vec<Command> {
    let mut commands = Vec::new();
    if let Some((message, kind)) = message.filter(|_| !wanted.answers.is_empty()) {
        commands.push(Command::Answer {
            message: message.to_owned(),
            kind: kind.to_owned(),
            answers: wanted.answers,
            changes_seen: None,
        });
    }
    commands.extend(wanted.commands);
    commands.push(Command::Requeue);
    commands
}

pub fn orders(reference: &Reference, agent: &str, commands: Vec<Command>) -> Vec<Order> {
    commands
        .into_iter()
        .map(|command| Order {
            reference: reference.clone(),
            actor: Actor::Agent(agent.to_owned()),
            command,
        })
        .collect()
}

/// What became of the registration, in words, for the line at the top of the next page.
pub fn done_in_words(registration: &Registration, act: &str) -> String {
    let (state, _) = super::words::state(registration.state);
    format!("{}: {act}. It is {state}.", registration.reference)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn history(events: Vec<Event>) -> Vec<RecordedEvent> {
        let record = |event| RecordedEvent {
            at: Timestamp::UNIX_EPOCH,
            actor: Actor::Estafette,
            event,
        };
        events.into_iter().map(record).collect()
    }

    fn handed(reason: &str) -> Event {
        Event::HandedToAgent {
            reason: reason.into(),
        }
    }

    #[test]
    fn ignoring_a_message_frees_only_what_waited_for_it() {
        let ignore = |events| Act::Ignore.commands(&history(events), Some("m"));
        assert_eq!(
            ignore(vec![handed("message_needs_agent")]),
            [Command::AwaitCustomer]
        );
        assert_eq!(ignore(vec![handed("requests_max")]), []);
        assert_eq!(ignore(vec![handed("message_needs_agent"), Event::Requeued]), []);
        assert_eq!(ignore(vec![]), []);
    }

    #[test]
    fn every_act_is_found_by_its_name() {
        for act in Act::ALL {
            assert_eq!(Act::from_name(act.name()), Some(act));
        }
        assert_eq!(Act::from_name("erase"), None);
    }
}
