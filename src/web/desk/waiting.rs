//! Registrations that wait for an agent though none of their messages does.

use super::{panel, words};
use crate::clock;
use crate::registration::{Event, RecordedEvent};
use crate::store::{Store, StoreError};

/// Rows of each kind on the page, at most; the rest shows when these are done.
const ROWS_MAX: u32 = 50;

pub struct Waiting {
    pub reference: String,
    pub customer: String,
    /// Why, in words.
    pub why: String,
    pub waiting: String,
    pub waits_long: bool,
}

/// What waits without a message, the longest waiting first: findings for agents, then letters that could not be delivered.
pub async fn without_message(store: &Store) -> Result<Vec<Waiting>, StoreError> {
    let now = clock::now();
    let mut rows = Vec::new();
    for row in store.registrations_for_agent(ROWS_MAX).await? {
        let history = store.history(&row.registration.reference).await?;
        let (waiting, waits_long) = panel::waiting(row.updated_at, now);
        rows.push(Waiting {
            reference: row.registration.reference.to_string(),
            customer: panel::customer(&row.registration),
            why: why(&history),
            waiting,
            waits_long,
        });
    }
    for letter in store.undelivered_letters(ROWS_MAX).await? {
        let Some(row) = store.registration(&letter.reference).await? else {
            continue;
        };
        let (waiting, waits_long) = panel::waiting(letter.queued_at, now);
        rows.push(Waiting {
            reference: letter.reference.to_string(),
            customer: panel::customer(&row.registration),
            why: format!("{} could not be delivered", words::letter_kind(letter.kind)),
            waiting,
            waits_long,
        });
    }
    Ok(rows)
}

/// The last reason it was put before an agent.
fn why(history: &[RecordedEvent]) -> String {
    let codes = history.iter().rev().find_map(|recorded| match &recorded.event {
        Event::HandedToAgent { reason } => Some(vec![reason.clone()]),
        Event::Blocked {
            findings_for_agent, ..
        } if !findings_for_agent.is_empty() => Some(findings_for_agent.clone()),
        _ => None,
    });
    let codes = codes.unwrap_or_default();
    codes
        .iter()
        .map(|code| words::waiting(code))
        .collect::<Vec<_>>()
        .join("; ")
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::registration::{Actor, Awaiting};

    #[test]
    fn the_last_reason_is_said_in_words() {
        let recorded = |event| RecordedEvent {
            at: Timestamp::UNIX_EPOCH,
            actor: Actor::Estafette,
            event,
        };
        let blocked = recorded(Event::Blocked {
            awaiting: Awaiting::Agent,
            questions: vec![],
            findings_for_agent: vec!["ean_in_use".into(), "under_age".into()],
        });
        let handed = recorded(Event::HandedToAgent {
            reason: "letter_failed".into(),
        });
        assert_eq!(
            why(&[handed.clone(), blocked.clone()]),
            "The EAN stands in another registration; The customer is under age"
        );
        assert_eq!(why(&[blocked, handed]), "A letter could not be delivered");
    }
}
