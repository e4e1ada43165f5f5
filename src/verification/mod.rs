//! PURE. Rules: registration -> findings. Each rule has a code, the same in letters, events and on the desk.

//!
//! A rule is a small function with a name; [`RULES`] lists all of them. `missing` and `invalid` ask for a value,
//! `doubtful` shows what we have and asks whether it is right. A rule blocks only where the switch could fail or
//! somebody else could be harmed: a name in capitals or a missing IBAN is no reason to write to anybody.
//!
//! Not checked here: whether an address has gas (that needs a map), and who supplies a customer who switches (no
//! field of the registration could hold the answer; the distributor knows).

mod address;
pub mod code;
mod contact;
mod contract;
mod energy;
mod first_names;
mod names;

use jiff::civil::Date;

use crate::registration::value::{ValueFault, normalise};
use crate::registration::{Field, Finding, Question, Reason, Registration, Settlement};

/// What verification must know beside the registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circumstances {
    /// Today in Belgium.
    pub today: Date,
    /// EANs of this registration that stand in another active or pending registration, however they are written.
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

/// One rule of verification.
pub struct Rule {
    /// What the rule is called on the desk and in tests.
    pub name: &'static str,
    check: fn(&Case<'_>) -> Vec<Finding>,
}

const fn rule(name: &'static str, check: fn(&Case<'_>) -> Vec<Finding>) -> Rule {
    Rule { name, check }
}

/// Every rule, the graver before the lighter: of two findings about one field the first is kept.
pub const RULES: [Rule; 22] = [
    rule("ean missing", energy::ean_missing),
    rule("ean valid", energy::ean_valid),
    rule("one ean for both energies", energy::ean_same_for_both),
    rule("ean a filler", energy::ean_filler),
    rule("ean of another region", energy::ean_region),
    rule("ean in use", energy::ean_in_use),
    rule("postal code known", address::postal_code),
    rule("municipality fits the postal code", address::municipality),
    rule("street", address::street),
    rule("house number", address::house_number),
    rule("box", address::box_number),
    rule("name missing", names::missing),
    rule("name looks like one", names::looks_like_a_name),
    rule("first and last name the same", names::twice),
    rule("first name a slip from a common one", names::first_name_spelling),
    rule("name unlike the e-mail address", names::unlike_email),
    rule("company and enterprise number", contract::enterprise),
    rule("date of birth", contact::date_of_birth),
    rule("start date", contract::start_date),
    rule("phone", contact::phone),
    rule("iban", contract::iban),
    rule("e-mail address", contact::email),
];

/// The order in which questions are put: what the distributor needs first, what only the contract needs last.
const ORDER: [Field; 18] = [
    Field::ElectricityEan,
    Field::GasEan,
    Field::PostalCode,
    Field::Municipality,
    Field::Street,
    Field::HouseNumber,
    Field::Box,
    Field::ElectricityMeterNumber,
    Field::GasMeterNumber,
    Field::FirstName,
    Field::LastName,
    Field::CompanyName,
    Field::EnterpriseNumber,
    Field::DateOfBirth,
    Field::StartDate,
    Field::Phone,
    Field::Iban,
    Field::Email,
];

/// What a rule looks at.
struct Case<'a> {
    registration: &'a Registration,
    circumstances: &'a Circumstances,
}

impl Case<'_> {
    fn value(&self, field: Field) -> Option<&str> {
        self.registration.field(field)
    }

    fn question(&self, field: Field, reason: Reason, code: &str) -> Finding {
        Finding::Customer {
            field,
            reason,
            code: code.to_owned(),
            value: self.value(field).map(str::to_owned),
        }
    }

    fn missing(&self, field: Field, code: &str) -> Vec<Finding> {
        vec![self.question(field, Reason::Missing, code)]
    }

    fn invalid(&self, field: Field, code: &str) -> Vec<Finding> {
        vec![self.question(field, Reason::Invalid, code)]
    }

    fn doubtful(&self, field: Field, code: &str) -> Vec<Finding> {
        vec![self.question(field, Reason::Doubtful, code)]
    }

    fn agent(&self, field: Field, code: &str) -> Vec<Finding> {
        vec![Finding::Agent {
            field: Some(field),
            code: code.to_owned(),
        }]
    }

    /// The normal form of a field, if it is filled and valid.
    fn valid(&self, field: Field) -> Option<String> {
        normalise(field, self.value(field)?).ok()
    }

    /// What is wrong with the value of a filled field.
    fn fault(&self, field: Field) -> Option<ValueFault> {
        normalise(field, self.value(field)?).err()
    }

    /// Asks for another value when a filled field does not hold a valid one.
    fn invalid_if_faulty(&self, field: Field) -> Vec<Finding> {
        self.fault(field)
            .map(|fault| self.invalid(field, fault.code))
            .unwrap_or_default()
    }

    /// The questions ever put about a field.
    fn questions(&self, field: Field) -> impl Iterator<Item = &Question> {
        self.registration
            .questions
            .iter()
            .filter(move |question| question.field == field)
    }

    /// Whether the present value is what the customer answered with, or an agent put in: who was asked once and gave it
    /// is not asked whether they are sure.
    fn was_given(&self, field: Field) -> bool {
        self.registration
            .corrections
            .iter()
            .any(|correction| correction.field == field && correction.new.as_deref() == self.value(field))
    }

    /// Whether somebody said that the present value of the field is right.
    fn confirmed(&self, field: Field) -> bool {
        self.questions(field).any(|question| {
            question.settlement == Some(Settlement::Confirmed)
                && question.value.as_deref() == self.value(field)
        })
    }
}

/// Every finding against the registration: first the customer's, in the order questions should be put and one a field
/// at most, then the agent's. A value that the customer or an agent confirmed ([`Settlement::Confirmed`], same value)
/// is no longer doubtful.
pub fn verify(registration: &Registration, circumstances: &Circumstances) -> Vec<Finding> {
    let case = Case {
        registration,
        circumstances,
    };
    let found: Vec<Finding> = RULES.iter().flat_map(|rule| (rule.check)(&case)).collect();
    let open = |finding: &&Finding| match finding {
        Finding::Customer {
            field,
            reason: Reason::Doubtful,
            ..
        } => !case.confirmed(*field),
        _ => true,
    };
    let of_field = |wanted: Field| {
        found
            .iter()
            .filter(open)
            .find(move |finding| matches!(finding, Finding::Customer { field, .. } if *field == wanted))
    };
    let agent = found
        .iter()
        .filter(|finding| matches!(finding, Finding::Agent { .. }));
    ORDER
        .into_iter()
        .filter_map(of_field)
        .chain(agent)
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests;
