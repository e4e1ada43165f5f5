//! The one place that reads the clock. Pure modules get the time as an argument.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// The present moment.
#[expect(clippy::disallowed_methods, reason = "this is the place the lint points to")]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// The civil date in Belgium at `at`: terms of law and start dates count in Belgian days.
pub fn belgian_date(at: Timestamp) -> Date {
    let zone = TimeZone::get("Europe/Brussels").unwrap_or(TimeZone::UTC);
    at.to_zoned(zone).date()
}
