//! The sample distributor: decides on what is verified, some seconds later, each energy on its own.

use std::sync::Arc;
use std::time::Duration;

use jiff::{ToSpan, civil::Date};

use super::{DistributorAnswer, Stage};
use crate::clock;
use crate::registration::{
    Actor, Command, DistributorDecision, Energy, Field, Registration, State, WrittenYes,
};
use crate::store::{ActError, Order, RegistrationRow};

/// Between verification and decision.
const DECIDES_AFTER: Duration = Duration::from_secs(5);
/// Registrations looked at in one turn: the samples, and what else somebody may have handed in.
const LOOKED_AT_MAX: u32 = 200;
/// Supply starts this many days from now when no day was wished for.
const DAYS_AHEAD: i64 = 21;

pub async fn turn(stage: Arc<Stage>) -> anyhow::Result<()> {
    let now = clock::now();
    let page = stage.store.registrations(None, LOOKED_AT_MAX).await?;
    for row in page.items {
        let registration = &row.registration;
        let ready = registration.state == State::Verified && registration.written_yes != WrittenYes::Awaited;
        if ready && stage.pace.is_due(row.updated_at, DECIDES_AFTER, now) {
            decide_next(&stage, &row).await?;
        }
    }
    Ok(())
}

/// One energy a turn: they are decided apart.
async fn decide_next(stage: &Stage, row: &RegistrationRow) -> anyhow::Result<()> {
    let registration = &row.registration;
    let undecided = registration
        .energies
        .iter()
        .find(|energy| !registration.decisions.contains_key(energy));
    let Some(energy) = undecided.copied() else {
        return Ok(());
    };
    let order = Order {
        reference: registration.reference.clone(),
        actor: Actor::ApiClient("sample distributor".into()),
        command: Command::Decide {
            energy,
            decision: decision(stage, registration, energy),
        },
    };
    match stage.store.act(order, clock::now()).await {
        Ok(_) => {
            stage.bells.ring();
            Ok(())
        }
        Err(ActError::Store(error)) => Err(error.into()),
        // It moved on meanwhile.
        Err(ActError::NotFound(_) | ActError::Refused(_)) => Ok(()),
    }
}

/// A refusal is about the EAN as it was submitted; another one is accepted.
fn decision(stage: &Stage, registration: &Registration, energy: Energy) -> DistributorDecision {
    let member = stage.cast.find(&registration.reference);
    let refused = member.and_then(|member| {
        let as_submitted =
            member.document().value(energy.ean_field()) == registration.field(energy.ean_field());
        match member.sample.distributor {
            DistributorAnswer::Rejects { reason } if as_submitted => Some(reason),
            _ => None,
        }
    });
    match refused {
        Some(reason) => DistributorDecision::Rejected {
            reason: reason.into(),
        },
        None => DistributorDecision::Accepted {
            start_date: start_date(registration),
        },
    }
}

/// The day that was wished for, if it is still ahead.
fn start_date(registration: &Registration) -> Date {
    let today = clock::belgian_date(clock::now());
    let wished = registration
        .field(Field::StartDate)
        .and_then(|text| text.parse::<Date>().ok());
    wished
        .filter(|date| *date > today)
        .unwrap_or_else(|| today.saturating_add(DAYS_AHEAD.days()))
}
