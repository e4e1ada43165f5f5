//! The words of the letters: what each language must be able to say. A language lacking a sentence does not compile.

mod de;
mod en;
mod fr;
mod nl;

use jiff::civil::Date;

use crate::registration::{
    Channel, CorrectedBy, CustomerType, Energy, Field, Kind, Language, Registration, WrittenYes,
};

use super::questions::Cause;
use super::token::Purpose;

/// The words of a language.
pub fn of(language: Language) -> &'static dyn Words {
    match language {
        Language::Fr => &fr::French,
        Language::Nl => &nl::Dutch,
        Language::De => &de::German,
        Language::En => &en::English,
    }
}

/// How many questions a letter puts: some languages say one otherwise than several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    One,
    Several,
}

impl Count {
    pub fn of(number: usize) -> Count {
        if number == 1 { Count::One } else { Count::Several }
    }
}

/// Labels of the facts that are no single field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    SupplyAddress,
    Request,
    CurrentSupplier,
    Reference,
    Supplier,
    Seat,
    EnterpriseNumber,
    Phone,
    Email,
    Website,
    Distributor,
    StartOfSupply,
    Ean,
    MeterNumber,
    Customer,
    DateOfConclusion,
    Duration,
    Price,
    Payment,
    Compensation,
    BankAccount,
    Ombudsman,
}

/// How a language puts a question. A clause or sentence put in is ready to be shown (masked, formatted).
pub trait QuestionWords: Sync {
    fn ask_missing(&self, field: Field) -> String;
    /// `fault` is a clause: "it has 17 digits, an EAN code has 18".
    fn ask_invalid(&self, value: &str, fault: &str) -> String;
    fn ask_again(&self, value: &str, fault: &str) -> String;
    /// `doubt` is a sentence. A yes always means that the value is right.
    fn ask_doubtful(&self, value: Option<&str>, doubt: Option<&str>) -> String;
    fn fault(&self, cause: &Cause) -> String;
    fn doubt(&self, cause: &Cause, registration: &Registration) -> Option<String>;
    /// Where to find a value of the field, or how to write it.
    fn help(&self, field: Field) -> Option<&'static str>;
    /// What may be sent when the EAN is not to be found.
    fn instead_of_ean(&self) -> &'static str;
}

/// Which reminder it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nth {
    First,
    Last,
}

/// What a customer withdraws from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parting {
    /// Before the distributor accepted.
    Request,
    Contract,
}

/// How a language reminds, and how it ends a request.
pub trait EndWords: Sync {
    // Reminders.
    fn reminder_subject(&self, reference: &str, nth: Nth) -> String;
    fn reminder_intro(&self, brand: &str, nth: Nth, count: Count) -> String;
    fn answered_meanwhile(&self) -> &'static str;
    fn reminder_next(&self, until: &str, nth: Nth) -> Vec<String>;

    // Expiry.
    fn expiry_subject(&self, reference: &str) -> String;
    fn expiry_preheader(&self) -> &'static str;
    fn expiry_intro(&self, brand: &str, energies: &str) -> String;
    fn reopen_heading(&self) -> &'static str;
    fn reopen(&self, count: Count) -> &'static str;
    fn leave_closed(&self) -> &'static str;

    // Withdrawal.
    fn withdrawn_subject(&self, reference: &str, parting: Parting) -> String;
    fn withdrawn_preheader(&self) -> &'static str;
    fn withdrawn_intro(&self, brand: &str, energies: &str, parting: Parting) -> String;
    fn withdrawn_next(&self, parting: Parting) -> Vec<String>;
    fn withdrawn_by_mistake(&self, phone: Option<&str>) -> String;

    // The distributor's refusal.
    fn refused_subject(&self, reference: &str) -> String;
    fn refused_preheader(&self) -> &'static str;
    fn refused_intro(&self, brand: &str, energies: &str) -> String;
    fn refused_next(&self, phone: Option<&str>) -> Vec<String>;

    // An agent's own words.
    fn reply_subject(&self, reference: &str) -> String;
    fn reply_preheader(&self) -> &'static str;
    fn reply_footer(&self) -> &'static str;
}

/// What every language can say. Sentences are whole; what is put in is ready to be shown (masked, formatted).
pub trait Words: QuestionWords + EndWords {
    // Vocabulary.
    fn label(&self, field: Field) -> &'static str;
    fn name_of(&self, label: Label) -> &'static str;
    fn energy(&self, energy: Energy) -> &'static str;
    /// The energies of a registration, joined: `electricity and natural gas`.
    fn energies(&self, energies: &[Energy]) -> String;
    /// What stands after a label.
    fn colon(&self) -> &'static str {
        ":"
    }
    /// A date in full: `7 December 2026`.
    fn date(&self, date: Date) -> String;
    /// A date in figures: `07/12/2026`.
    fn short_date(&self, date: Date) -> String {
        date.strftime("%d/%m/%Y").to_string()
    }
    /// The word before a box number.
    fn box_word(&self) -> &'static str;
    fn not_given(&self) -> &'static str;
    fn request(&self, kind: Kind, customer_type: CustomerType, energies: &str) -> String;
    /// The last touch: French sets a no-break space before its double punctuation.
    fn typeset(&self, text: &str) -> String {
        text.to_owned()
    }

    /// A value of a field as people write it: dates in figures; all else as it is.
    fn value(&self, field: Field, text: &str) -> String {
        match (field, text.parse::<Date>()) {
            (Field::DateOfBirth | Field::StartDate, Ok(date)) => self.short_date(date),
            _ => text.to_owned(),
        }
    }

    // Frame.
    fn greeting(&self, name: Option<&str>) -> String;
    fn closing(&self) -> &'static str;
    fn footer(&self) -> &'static str;

    // What was settled.
    fn corrected(&self, old: Option<&str>, new: &str) -> String;
    fn confirmed(&self, value: Option<&str>) -> String;

    // Registration confirmation.
    fn received_subject(&self, reference: &str) -> String;
    fn received_preheader(&self) -> &'static str;
    fn received_intro(&self, brand: &str, channel: Channel, date: &str) -> String;
    fn not_a_contract(&self) -> &'static str;
    fn written_yes_heading(&self) -> &'static str;
    /// The words that `understanding` takes as the written yes stand in it.
    fn written_yes(&self) -> &'static str;
    fn your_data_heading(&self) -> &'static str;
    fn next_heading(&self) -> &'static str;
    fn received_next(&self, energies: usize) -> Vec<String>;
    fn wrong_heading(&self) -> &'static str;
    fn wrong(&self) -> &'static str;
    fn not_you_heading(&self) -> &'static str;
    fn not_you(&self, phone: Option<&str>) -> String;

    // Clarification request and follow-up.
    fn request_subject(&self, reference: &str, count: Count) -> String;
    fn request_preheader(&self, count: Count) -> &'static str;
    fn request_intro(&self, brand: &str, energies: &str, count: Count) -> String;
    fn request_why(&self) -> &'static str;
    fn questions_heading(&self, count: Count) -> &'static str;
    fn how_heading(&self) -> &'static str;
    fn how(&self, count: Count) -> &'static str;
    fn request_next(&self, until: &str) -> Vec<String>;
    fn really_us_heading(&self) -> &'static str;
    fn really_us(&self, website: Option<&str>, phone: Option<&str>) -> String;
    fn follow_up_subject(&self, reference: &str, count: Count) -> String;
    fn follow_up_intro(&self, answered: bool, count: Count) -> String;
    fn noted_heading(&self) -> &'static str;
    fn still_open_heading(&self) -> &'static str;

    // Acknowledgement.
    fn acknowledgement_subject(&self, reference: &str) -> String;
    fn acknowledgement_preheader(&self) -> &'static str;
    /// `by` is who gave the new values: the customer in an answer, or an agent.
    fn acknowledgement_intro(&self, by: CorrectedBy) -> &'static str;
    fn acknowledgement_next(&self, written_yes: WrittenYes) -> Vec<String>;
    fn not_your_change(&self, phone: Option<&str>) -> String;

    // Contract confirmation.
    fn contract_subject(&self, reference: &str) -> String;
    fn contract_preheader(&self) -> &'static str;
    fn contract_intro(&self, brand: &str, energies: &str) -> String;
    fn supplier_heading(&self) -> &'static str;
    fn supply_heading(&self, energy: Energy) -> &'static str;
    fn contract_heading(&self) -> &'static str;
    fn distributor_unknown(&self) -> &'static str;
    /// Stands where only the contract and its tariff card say it: nothing is invented.
    fn see_tariff_card(&self) -> &'static str;
    fn see_contract(&self) -> &'static str;
    fn contract_copy(&self) -> &'static str;
    fn contract_attached(&self) -> &'static str;
    /// What a link to one of the customer's pages is called.
    fn page_link(&self, purpose: Purpose) -> &'static str;
    fn refused_energy(&self, energy: &str) -> String;
    fn withdrawal_heading(&self) -> &'static str;
    /// `supplier` is its name and its seat.
    fn withdrawal(&self, until: &str, supplier: &str) -> Vec<String>;
    fn withdrawal_form_heading(&self) -> &'static str;
    fn withdrawal_form(&self, brand: &str, energies: &str, reference: &str) -> String;
    fn complaints_heading(&self) -> &'static str;
    fn complaints(&self, phone: Option<&str>) -> String;
    fn meter_reading(&self) -> &'static str;
}

/// The energies' names with `and` between them.
fn join(words: &dyn Words, energies: &[Energy], and: &str) -> String {
    energies
        .iter()
        .map(|energy| words.energy(*energy))
        .collect::<Vec<_>>()
        .join(and)
}

fn month(names: &[&'static str; 12], date: Date) -> &'static str {
    names[usize::from(date.month().unsigned_abs()).saturating_sub(1) % 12]
}

fn code_and_municipality(registration: &Registration) -> Option<(&str, &str)> {
    Some((
        registration.field(Field::PostalCode)?,
        registration.field(Field::Municipality)?,
    ))
}

/// `4000 Liège`.
fn place(registration: &Registration) -> Option<String> {
    code_and_municipality(registration).map(|(code, municipality)| format!("{code} {municipality}"))
}
