//! Finding the registrations that a message may belong to: an index look-up a clue, however many registrations there are.

use crate::matching::{Candidate, Clues, Openness};
use crate::registration::{Field, Reference, Registration, State};

use super::db::{on_pool, statements, storable};
use super::registrations::{ean_digits, email_key, parse_reference};
use super::{Store, StoreError};

statements! {
    OF_LETTER = "SELECT reference FROM letters WHERE message_id = $1";
    OF_SENDER = "SELECT reference FROM registrations WHERE email = $1 ORDER BY updated_at DESC LIMIT $2";
    OF_ELECTRICITY_EAN = "SELECT reference FROM registrations WHERE electricity_ean = $1 ORDER BY updated_at DESC LIMIT $2";
    OF_GAS_EAN = "SELECT reference FROM registrations WHERE gas_ean = $1 ORDER BY updated_at DESC LIMIT $2";
    LETTER_IDS = "SELECT message_id FROM letters WHERE reference = $1 ORDER BY number";
}

/// Clues of a kind that are looked up; a message with more is hostile or a list of everything.
const CLUES_OF_A_KIND_MAX: usize = 32;
/// Candidates, at most, whatever the caller asks for.
const CANDIDATES_MAX: u32 = 100;

impl Store {
    /// Registrations that the clues lead to, at most `limit`.
    ///
    /// When there are more, each clue gets its share in turn: what contradicts a strong clue must be seen as well.
    pub async fn candidates(&self, clues: &Clues, limit: u32) -> Result<Vec<Candidate>, StoreError> {
        let limit = limit.min(CANDIDATES_MAX);
        let mut leads: Vec<Vec<Reference>> = Vec::new();
        leads.extend(clues.signed_token.iter().map(|reference| vec![reference.clone()]));
        for message_id in clues.thread.iter().take(CLUES_OF_A_KIND_MAX) {
            leads.push(self.references(OF_LETTER, message_id, None).await?);
        }
        let named = clues.references_in_text.iter().take(CLUES_OF_A_KIND_MAX);
        leads.extend(named.map(|reference| vec![reference.clone()]));
        for sender in clues.senders.iter().take(CLUES_OF_A_KIND_MAX) {
            leads.push(
                self.references(OF_SENDER, &email_key(sender), Some(limit))
                    .await?,
            );
        }
        for ean in clues.eans.iter().take(CLUES_OF_A_KIND_MAX) {
            let Some(digits) = ean_digits(Some(ean)) else {
                continue;
            };
            leads.push(self.references(OF_ELECTRICITY_EAN, &digits, Some(limit)).await?);
            leads.push(self.references(OF_GAS_EAN, &digits, Some(limit)).await?);
        }
        let unsigned = clues.unsigned_tokens.iter().take(CLUES_OF_A_KIND_MAX);
        leads.extend(unsigned.map(|reference| vec![reference.clone()]));
        let mut candidates = Vec::new();
        for reference in in_turn(leads) {
            if candidates.len() >= limit as usize {
                break;
            }
            // A reference in a text may be anything.
            if let Some(row) = self.registration(&reference).await? {
                let letter_ids = on_pool!(&self.inner.db, c, sql = LETTER_IDS => {
                    sqlx::query_scalar(sql).bind(reference.as_str()).fetch_all(c).await
                })?;
                candidates.push(candidate(&row.registration, letter_ids));
            }
        }
        Ok(candidates)
    }

    async fn references(
        &self,
        statement: super::db::Sql,
        clue: &str,
        limit: Option<u32>,
    ) -> Result<Vec<Reference>, StoreError> {
        let rows: Vec<String> = on_pool!(&self.inner.db, c, sql = statement => {
            let query = sqlx::query_scalar(sql).bind(storable(clue));
            match limit {
                Some(limit) => query.bind(i64::from(limit)).fetch_all(c).await,
                None => query.fetch_all(c).await,
            }
        })?;
        rows.iter().map(|text| parse_reference(text)).collect()
    }
}

/// The references of all leads, each once: the first of every lead, then the second of every lead ...
fn in_turn(leads: Vec<Vec<Reference>>) -> Vec<Reference> {
    let longest = leads.iter().map(Vec::len).max().unwrap_or(0);
    let mut found = Vec::new();
    for place in 0..longest {
        for reference in leads.iter().filter_map(|lead| lead.get(place)) {
            if !found.contains(reference) {
                found.push(reference.clone());
            }
        }
    }
    found
}

fn candidate(registration: &Registration, letter_ids: Vec<String>) -> Candidate {
    Candidate {
        reference: registration.reference.clone(),
        email: registration.field(Field::Email).map(email_key),
        name: name(registration),
        letter_ids,
        open: match registration.state {
            // A later answer reopens what expired.
            State::Received
            | State::Verifying
            | State::Blocked { .. }
            | State::Verified
            | State::Accepted
            | State::Expired => Openness::Open,
            State::Active | State::Rejected | State::Withdrawn => Openness::Closed,
        },
    }
}

fn name(registration: &Registration) -> Option<String> {
    let person: Vec<&str> = [Field::FirstName, Field::LastName]
        .into_iter()
        .filter_map(|field| registration.field(field))
        .collect();
    if person.is_empty() {
        registration.field(Field::CompanyName).map(str::to_owned)
    } else {
        Some(person.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_clue_gets_its_share_and_nothing_comes_twice() {
        let reference = |n: u8| Reference::from_random([n; 5]);
        let leads = vec![
            vec![reference(1), reference(2), reference(3)],
            vec![],
            vec![reference(4), reference(1)],
        ];
        assert_eq!(
            in_turn(leads),
            [reference(1), reference(4), reference(2), reference(3)]
        );
    }
}
