//! The one place that reads the clock. Pure modules get the time as an argument.

use jiff::Timestamp;

pub use crate::calendar::belgian_date;

/// The present moment.
#[expect(clippy::disallowed_methods, reason = "this is the place the lint points to")]
pub fn now() -> Timestamp {
    Timestamp::now()
}
