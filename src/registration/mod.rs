//! PURE. What a registration is: its fields and their types, its events and its life cycle.
//!
//! A [`Registration`] holds what was submitted *as submitted*: a wrong EAN must be kept to be asked about.
//! The types of [`value`] say whether a text is a valid value of a field; nothing else in the program does.
//!
//! This module knows no edge: no SQL, no network, no clock. Time comes in with each command.

mod agent_words;
pub mod distributors;
pub mod document;
pub mod event;
pub mod evidence;
pub mod field;
pub mod finding;
pub mod import;
pub mod life_cycle;
pub mod places;
pub mod question;
pub mod reference;
pub mod search;
pub mod silence;
pub mod value;

use std::collections::BTreeMap;
use std::fmt;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

pub use agent_words::{AGENT_WORDS_CHARS_MAX, AgentWords, AgentWordsFault};
pub use document::RegistrationDocument;
pub use event::{Actor, Event, LetterKind, RecordedEvent};
pub use evidence::{AttachmentPlace, Evidence, Fraction, Region, TextSource};
pub use field::Field;
pub use finding::Finding;
pub use life_cycle::{Awaiting, Command, Effect, Outcome, Refusal, State};
pub use question::{Question, Reason, Settlement};
pub use reference::Reference;
pub use silence::{Patience, Silence};

/// One of the four languages of letters and replies; ISO 639-1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    Fr,
    Nl,
    De,
    En,
}

impl Language {
    pub const ALL: [Language; 4] = [Language::Fr, Language::Nl, Language::De, Language::En];

    /// The ISO 639-1 code, in lower case.
    pub fn code(self) -> &'static str {
        match self {
            Language::Fr => "fr",
            Language::Nl => "nl",
            Language::De => "de",
            Language::En => "en",
        }
    }

    /// The language of an ISO 639-1 code, whatever its case.
    pub fn from_code(code: &str) -> Option<Language> {
        Language::ALL
            .into_iter()
            .find(|language| language.code().eq_ignore_ascii_case(code))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Where the registration was taken. A phone registration binds only after a written yes (law of 3 May 2024).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    Web,
    Phone,
}

/// A change of supplier at the same address, or a move into another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Switch,
    Move,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CustomerType {
    Residential,
    Business,
}

/// One of the two energies; each is decided on its own by its distributor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Energy {
    Electricity,
    Gas,
}

impl Energy {
    pub const ALL: [Energy; 2] = [Energy::Electricity, Energy::Gas];

    pub fn ean_field(self) -> Field {
        match self {
            Energy::Electricity => Field::ElectricityEan,
            Energy::Gas => Field::GasEan,
        }
    }

    pub fn meter_number_field(self) -> Field {
        match self {
            Energy::Electricity => Field::ElectricityMeterNumber,
            Energy::Gas => Field::GasMeterNumber,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Energy::Electricity => "electricity",
            Energy::Gas => "gas",
        }
    }
}

/// What the distributor said of one energy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "decision", rename_all = "lowercase")]
pub enum DistributorDecision {
    Accepted { start_date: Date },
    Rejected { reason: String },
}

/// The customer's written yes to the registration confirmation, which a phone registration needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WrittenYes {
    NotNeeded,
    Awaited,
    Given,
}

/// A field that got another value, kept to be told to the customer and to be undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    pub field: Field,
    pub old: Option<String>,
    pub new: Option<String>,
    pub by: CorrectedBy,
    /// Number of the letter (acknowledgement or follow-up) that told the customer; none while untold.
    pub told_in_letter: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CorrectedBy {
    Customer,
    Agent,
}

/// A value somebody said is right: while the field keeps it, it is not doubtful.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// None when an agent decided that the field may stay empty.
    pub value: Option<String>,
    pub by: CorrectedBy,
}

/// Whether letters reach the registered address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reachability {
    Reachable,
    /// A letter came back for good, or was refused for good. Another address, or a mail from the customer, ends it.
    Unreachable,
}

/// A customer's request to be supplied: the aggregate that the history folds into.
///
/// Made by [`Registration::submitted`], changed by [`Registration::evolve`] alone, so the current row can always be
/// rebuilt from the history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Registration {
    pub reference: Reference,
    pub language: Language,
    pub channel: Channel,
    pub kind: Kind,
    pub customer_type: CustomerType,
    /// The energies asked for, in the order of [`Energy::ALL`]; never empty once parsed.
    pub energies: Vec<Energy>,
    /// The fields that are filled, as submitted or corrected (trimmed, white space folded). An absent key is an empty field.
    pub fields: BTreeMap<Field, String>,
    pub current_supplier: Option<String>,
    pub submitted_at: Timestamp,
    pub state: State,
    /// Every question ever put, oldest first, each with how it was settled, if it was.
    pub questions: Vec<Question>,
    /// How many letters were queued; the next one gets this number plus one.
    pub letters_queued: u32,
    /// How many letters that ask for something (clarification requests and reminders) were queued.
    pub requests_queued: u32,
    pub decisions: BTreeMap<Energy, DistributorDecision>,
    pub written_yes: WrittenYes,
    /// Oldest first.
    pub corrections: Vec<Correction>,
    pub confirmations: BTreeMap<Field, Confirmation>,
    pub reachability: Reachability,
    /// How often a field was changed: what was verified before a change says nothing of what is there after it.
    #[serde(default)]
    pub changes: u32,
    /// How long nothing was heard from a customer who was asked something.
    #[serde(default)]
    pub silence: Silence,
}

impl Registration {
    /// The value of a field, if filled.
    pub fn field(&self, field: Field) -> Option<&str> {
        self.fields.get(&field).map(String::as_str)
    }

    /// The questions that wait for an answer, in the order they were numbered in the last request.
    pub fn open_questions(&self) -> impl Iterator<Item = &Question> {
        self.questions
            .iter()
            .filter(|question| question.settlement.is_none())
    }

    /// The fields that apply to this registration: no gas fields without gas, no company fields for a household.
    pub fn applicable_fields(&self) -> impl Iterator<Item = Field> + '_ {
        Field::ALL.into_iter().filter(|field| self.applies(*field))
    }

    fn applies(&self, field: Field) -> bool {
        match field.energy() {
            Some(energy) => self.energies.contains(&energy),
            None => match field {
                Field::CompanyName | Field::EnterpriseNumber => self.customer_type == CustomerType::Business,
                _ => true,
            },
        }
    }
}
