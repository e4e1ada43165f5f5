//! The EANs: there, valid, each energy its own, of the region of the address, and nobody else's.

use super::{Case, code};
use crate::registration::distributors::distributor_of;
use crate::registration::value::Ean;
use crate::registration::{Field, Finding, places};

/// The EAN fields of the energies that were chosen.
fn ean_fields(case: &Case<'_>) -> Vec<Field> {
    case.registration
        .energies
        .iter()
        .map(|energy| energy.ean_field())
        .collect()
}

/// The valid EANs of the energies that were chosen.
fn eans(case: &Case<'_>) -> Vec<(Field, Ean)> {
    ean_fields(case)
        .into_iter()
        .filter_map(|field| Some((field, case.value(field)?.parse().ok()?)))
        .collect()
}

pub(super) fn ean_missing(case: &Case<'_>) -> Vec<Finding> {
    ean_fields(case)
        .into_iter()
        .filter(|field| case.value(*field).is_none())
        .flat_map(|field| case.missing(field, code::EAN_MISSING))
        .collect()
}

pub(super) fn ean_valid(case: &Case<'_>) -> Vec<Finding> {
    ean_fields(case)
        .into_iter()
        .flat_map(|field| case.invalid_if_faulty(field))
        .collect()
}

/// Both fields are asked about: nobody but the customer knows which of the two is right.
pub(super) fn ean_same_for_both(case: &Case<'_>) -> Vec<Finding> {
    match eans(case).as_slice() {
        [(one, first), (other, second)] if first == second => [
            case.invalid(*one, code::EAN_SAME_FOR_BOTH),
            case.invalid(*other, code::EAN_SAME_FOR_BOTH),
        ]
        .concat(),
        _ => Vec::new(),
    }
}

pub(super) fn ean_filler(case: &Case<'_>) -> Vec<Finding> {
    eans(case)
        .into_iter()
        .filter(|(_, ean)| ean.is_filler())
        .flat_map(|(field, _)| case.doubtful(field, code::EAN_FILLER))
        .collect()
}

/// An EAN that was sent when asked is not doubted for its region: networks changed hands and numbers stayed.
pub(super) fn ean_region(case: &Case<'_>) -> Vec<Finding> {
    let Some(region) = case.value(Field::PostalCode).and_then(places::region) else {
        return Vec::new();
    };
    eans(case)
        .into_iter()
        .filter(|(_, ean)| {
            distributor_of(ean).is_some_and(|distributor| !distributor.regions.contains(&region))
        })
        .filter(|(field, _)| !case.was_given(*field))
        .flat_map(|(field, _)| case.doubtful(field, code::EAN_REGION))
        .collect()
}

/// Never put to the customer: it may be the partner, the tenant before, or the same person who clicked twice.
pub(super) fn ean_in_use(case: &Case<'_>) -> Vec<Finding> {
    let in_use = &case.circumstances.eans_in_use;
    eans(case)
        .into_iter()
        .filter(|(_, ean)| in_use.iter().any(|used| used.parse().as_ref() == Ok(ean)))
        .flat_map(|(field, _)| case.agent(field, code::EAN_IN_USE))
        .collect()
}
