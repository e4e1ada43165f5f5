//! Who plays in the demo: each sample with its number and its reference, the same at every start. Behind the samples wait
//! the guests: customers the visitor may be, who register when asked to and never answer by themselves.

use std::collections::HashMap;

use jiff::civil::Date;
use ring::digest::{SHA256, digest};

use super::dice::Dice;
use super::samples::{Sample, Scenario, samples};
use crate::registration::{Field, Reference, RegistrationDocument};

/// The samples are the same in every demo, so that two people can talk about what they see.
const SEED: u64 = 2026;
/// A visitor may be so many new customers in one folder.
pub const GUESTS_MAX: usize = 30;

/// A sample customer.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// From 0, in the order they register.
    pub number: usize,
    pub reference: Reference,
    pub sample: Sample,
}

impl Member {
    /// As customers sign.
    pub fn name(&self) -> String {
        let part = |field| self.sample.truth.get(&field).map_or("", String::as_str);
        format!("{} {}", part(Field::FirstName), part(Field::LastName))
            .trim()
            .to_owned()
    }

    /// The registered address.
    pub fn address(&self) -> &str {
        self.document().customer.email.as_deref().unwrap_or_default()
    }

    pub fn document(&self) -> &RegistrationDocument {
        &self.sample.document
    }

    /// Makes the submission repeatable: after a restart, the same key finds what it made.
    pub fn idempotency(&self) -> Result<(String, [u8; 32]), serde_json::Error> {
        let body = serde_json::to_vec(self.document())?;
        Ok((format!("demo-{}", self.number), sha256(&body)))
    }
}

/// All of them.
#[derive(Debug, Clone)]
pub struct Cast {
    /// The samples, then the guests.
    members: Vec<Member>,
    samples: usize,
    by_reference: HashMap<Reference, usize>,
}

impl Cast {
    /// The cast of a demo that began on that day, in Belgium.
    pub fn of(began: Date) -> Cast {
        let samples = samples(&mut Dice::seeded(SEED), began);
        let count = samples.len();
        let members: Vec<Member> = samples
            .into_iter()
            .chain(guests(began))
            .enumerate()
            .map(|(number, sample)| Member {
                number,
                reference: reference(number),
                sample,
            })
            .collect();
        let by_reference = members
            .iter()
            .map(|member| (member.reference.clone(), member.number))
            .collect();
        Cast {
            members,
            samples: count,
            by_reference,
        }
    }

    /// Those who come in by themselves.
    pub fn samples(&self) -> &[Member] {
        &self.members[..self.samples]
    }

    /// Those the visitor may be, in the order they are taken.
    pub fn guests(&self) -> &[Member] {
        &self.members[self.samples..]
    }

    pub fn find(&self, reference: &Reference) -> Option<&Member> {
        self.by_reference
            .get(reference)
            .and_then(|number| self.members.get(*number))
    }
}

/// Other people than the samples, each with something to be asked about.
fn guests(began: Date) -> Vec<Sample> {
    let broken = |seed| {
        let mut people = samples(&mut Dice::seeded(seed), began);
        people.retain(|sample| !sample.breakages.is_empty());
        people
    };
    let mut guests: Vec<Sample> = (1..)
        .take(GUESTS_MAX)
        .flat_map(|step| broken(SEED + step))
        .take(GUESTS_MAX)
        .collect();
    for guest in &mut guests {
        guest.scenario = Scenario::Never;
    }
    guests
}

/// The reference of the sample with that number.
pub fn reference(number: usize) -> Reference {
    let hash = sha256(format!("estafette demo {number}").as_bytes());
    let mut random = [0; 5];
    random.copy_from_slice(&hash[..5]);
    Reference::from_random(random)
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    digest(&SHA256, bytes)
        .as_ref()
        .try_into()
        .expect("SHA-256 has 32 bytes")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_cast_is_the_same_at_every_start() {
        let cast = Cast::of(date(2026, 11, 23));
        let again = Cast::of(date(2026, 11, 23));
        assert_eq!(cast.members, again.members);
        assert_eq!(
            cast.by_reference.len(),
            cast.members.len(),
            "two people share a reference"
        );
        assert_eq!(cast.guests().len(), GUESTS_MAX);
        for member in &cast.members {
            assert_eq!(cast.find(&member.reference), Some(member));
            assert_eq!(
                member.idempotency().unwrap(),
                again.members[member.number].idempotency().unwrap()
            );
        }
    }
}
