//! What the contract rests on: the enterprise, the start date, the bank account.

use jiff::{ToSpan, civil::Date, tz::TimeZone};

use super::{Case, code};
use crate::registration::{CustomerType, Field, Finding, Kind};

/// A move may lie in the past: its papers reach the supplier within this many days.
const MOVE_BACK_DAYS: i64 = 7;

pub(super) fn enterprise(case: &Case<'_>) -> Vec<Finding> {
    let number = Field::EnterpriseNumber;
    if case.registration.customer_type == CustomerType::Residential {
        return match case.value(number) {
            Some(_) => case.doubtful(number, code::ENTERPRISE_NUMBER_RESIDENTIAL),
            None => Vec::new(),
        };
    }
    let mut findings = match case.value(number) {
        None => case.missing(number, code::ENTERPRISE_NUMBER_MISSING),
        Some(_) => case.invalid_if_faulty(number),
    };
    if case.value(Field::CompanyName).is_none() {
        findings.extend(case.missing(Field::CompanyName, code::COMPANY_NAME_MISSING));
    }
    findings
}

/// A switch without a date starts as soon as it may; a move without one cannot.
pub(super) fn start_date(case: &Case<'_>) -> Vec<Finding> {
    let field = Field::StartDate;
    let kind = case.registration.kind;
    if case.value(field).is_none() {
        return match kind {
            Kind::Switch => Vec::new(),
            Kind::Move => case.missing(field, code::START_DATE_MISSING),
        };
    }
    let Some(start) = case.valid(field).and_then(|date| date.parse::<Date>().ok()) else {
        return case.invalid_if_faulty(field);
    };
    let (today, settings) = (case.circumstances.today, &case.circumstances.settings);
    let past = match kind {
        Kind::Switch => today,
        Kind::Move => today.saturating_sub(MOVE_BACK_DAYS.days()),
    };
    let notice = i64::from(settings.switch_notice_days).days();
    if start < past {
        case.doubtful(field, code::START_DATE_PAST)
    } else if kind == Kind::Switch && start < requested(case).saturating_add(notice) {
        case.doubtful(field, code::START_DATE_TOO_EARLY)
    } else if start > today.saturating_add(i64::from(settings.start_date_ahead_days_max).days()) {
        case.doubtful(field, code::START_DATE_TOO_FAR)
    } else {
        Vec::new()
    }
}

/// The Belgian day of the request, from which the notice counts: a case that waited for an answer keeps its date.
fn requested(case: &Case<'_>) -> Date {
    // The rule of Central European Time, written out: reading the zone's file would be I/O.
    let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap_or(TimeZone::UTC);
    case.registration.submitted_at.to_zoned(zone).date()
}

/// A missing one is fine: not everybody pays by direct debit.
pub(super) fn iban(case: &Case<'_>) -> Vec<Finding> {
    case.invalid_if_faulty(Field::Iban)
}
