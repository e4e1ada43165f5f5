//! Registrations found by what an agent types: on the list of registrations, and to link a message.

use super::{panel, words};
use crate::registration::search::{Match, Query};
use crate::registration::{Field, Reference, Registration};
use crate::store::{Store, StoreError};

/// Registrations that are shown; who finds more must say more.
pub(super) const FOUND_MAX: usize = 50;
/// Beside a message there is less room.
const FOUND_BESIDE_A_MESSAGE_MAX: usize = 8;

/// A registration that a message may belong to.
pub(super) struct Candidate {
    pub reference: String,
    pub customer: String,
    pub place: String,
    pub state: &'static str,
    pub pill: &'static str,
    /// What it was found by.
    pub by: String,
}

impl Candidate {
    fn new(registration: &Registration, by: String) -> Candidate {
        let (state, pill) = words::state(registration.state);
        Candidate {
            reference: registration.reference.to_string(),
            customer: panel::customer(registration),
            place: panel::place(registration),
            state,
            pill,
            by,
        }
    }
}

/// What was searched for beside a message, and what was found.
#[derive(Default)]
pub(super) struct Lookup {
    pub sought: String,
    pub candidates: Vec<Candidate>,
}

impl Lookup {
    pub(super) async fn of(store: &Store, sought: &str) -> Result<Lookup, StoreError> {
        let sought = sought.trim();
        let found = store
            .search(&Query::parse(sought), FOUND_BESIDE_A_MESSAGE_MAX)
            .await?;
        Ok(Lookup {
            sought: sought.to_owned(),
            candidates: found
                .iter()
                .map(|found| Candidate::new(&found.row.registration, by(&found.fit)))
                .collect(),
        })
    }

    /// Puts what something speaks for before what was only found.
    pub(super) async fn put_first(
        &mut self,
        store: &Store,
        suggested: Vec<(Reference, String)>,
    ) -> Result<(), StoreError> {
        let mut first = Vec::with_capacity(suggested.len());
        for (reference, by) in suggested.into_iter().take(FOUND_BESIDE_A_MESSAGE_MAX) {
            if let Some(row) = store.registration(&reference).await? {
                first.push(Candidate::new(&row.registration, by));
            }
        }
        self.candidates
            .retain(|found| first.iter().all(|other| other.reference != found.reference));
        first.append(&mut self.candidates);
        self.candidates = first;
        Ok(())
    }
}

/// The fields that a registration was found by, in words.
pub(super) fn by(fit: &Match) -> String {
    let label = |field: &Option<Field>| field.map_or("Reference", words::field_label);
    fit.fields.iter().map(label).collect::<Vec<_>>().join(", ")
}
