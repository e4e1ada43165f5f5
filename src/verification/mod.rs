//! PURE. Rules: registration -> findings. Each rule has a code, the same in letters, events and on the desk.

use jiff::civil::Date;

use crate::registration::{Finding, Registration};

/// What verification must know beside the registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circumstances {
    /// Today in Belgium.
    pub today: Date,
    /// EANs of this registration that stand in another active or pending registration.
    pub eans_in_use: Vec<String>,
    pub settings: Settings,
}

/// Settings with the date they hold from belong to the operator: see `[verification]` in the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Earliest start of a switch: this many calendar days after the request.
    pub switch_notice_days: u16,
    /// A start date further away than this many days is doubtful.
    pub start_date_ahead_days_max: u16,
    /// Younger customers go to an agent.
    pub age_years_min: u8,
    /// Older birth dates are doubtful.
    pub age_years_max: u8,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            switch_notice_days: 21,
            start_date_ahead_days_max: 365,
            age_years_min: 18,
            age_years_max: 110,
        }
    }
}

/// Every finding against the registration, in the order questions should be put. A value that the customer or an agent
/// confirmed ([`crate::registration::Settlement::Confirmed`], same value) is no longer doubtful.
pub fn verify(registration: &Registration, circumstances: &Circumstances) -> Vec<Finding> {
    let _ = (registration, circumstances);
    todo!()
}
