//! The words of the contract, a file a language. A language lacking one does not compile.

mod de;
mod en;
mod fr;
mod nl;

use jiff::civil::Date;

use crate::registration::{Energy, Language};

/// Everything a contract says in one language. `{name}` is filled in.
pub struct Texts {
    /// The first part of the file's name: ASCII.
    pub file: &'static str,
    pub title: &'static str,
    /// `{reference}`
    pub reference_line: &'static str,
    pub page: fn(usize, usize) -> String,
    /// Stands after a label inside a line.
    pub colon: &'static str,
    pub electricity: &'static str,
    pub gas: &'static str,
    /// Between the two, with its spaces.
    pub and: &'static str,
    pub box_word: &'static str,
    /// A date in full.
    pub date: fn(Date) -> String,
    /// A number that was written with a decimal point, or a formula of such.
    pub number: fn(&str) -> String,
    /// The last touch on running text.
    pub typeset: fn(&str) -> String,

    pub product: &'static str,
    pub start: &'static str,
    pub term: &'static str,
    pub withdraw_until: &'static str,
    /// `{months}`
    pub months: &'static str,
    pub without_end: &'static str,

    pub parties_heading: &'static str,
    pub customer: &'static str,
    pub supply_address: &'static str,
    pub contact: &'static str,
    pub supplier: &'static str,
    pub contact_us: &'static str,
    pub concluded: &'static str,
    pub concluded_online: &'static str,
    pub concluded_by_phone: &'static str,
    pub reference: &'static str,

    pub ean: &'static str,
    pub meter_number: &'static str,
    pub distributor: &'static str,
    pub distributor_unknown: &'static str,
    pub fixed_price: &'static str,
    pub variable_price: &'static str,
    /// `{price}`
    pub cents_per_kwh: &'static str,
    pub fixed_fee: &'static str,
    /// `{price}`
    pub euros_per_year: &'static str,
    pub advance: &'static str,
    /// `{price}`
    pub euros_per_month: &'static str,

    pub prices_heading: &'static str,
    /// `{vat}`
    pub prices: &'static str,
    pub prices_fixed: &'static str,
    pub prices_variable: &'static str,
    /// `{card}`
    pub tariff_card: &'static str,

    pub payment_heading: &'static str,
    pub payment: &'static str,
    /// `{tail}`
    pub account: &'static str,

    pub duration_heading: &'static str,
    /// `{months}`
    pub duration_months: &'static str,
    pub duration_without_end: &'static str,
    pub renewed_without_end: &'static str,
    pub renewed: &'static str,
    pub not_renewed: &'static str,
    /// `{weeks}`
    pub ending: &'static str,

    pub quality_heading: &'static str,
    pub quality: &'static str,
    pub compensation: &'static str,

    pub withdrawal_heading: &'static str,
    /// `{until}`
    pub withdrawal: &'static str,
    /// `{email}`, `{seat}`
    pub withdrawal_how: &'static str,
    pub withdrawal_after: &'static str,
    /// Of a change of supplier.
    pub former_contract: &'static str,

    pub complaints_heading: &'static str,
    pub complaints: &'static str,
    pub first_us: &'static str,
    pub then_ombudsman: &'static str,

    pub form_heading: &'static str,
    pub form_note: &'static str,
    pub form_to: &'static str,
    pub form_statement: &'static str,
    pub form_electricity: &'static str,
    pub form_gas: &'static str,
    pub form_name: &'static str,
    pub form_address: &'static str,
    pub form_date: &'static str,
    pub form_signature: &'static str,
    pub form_end: &'static str,
}

impl Texts {
    pub fn energy(&self, energy: Energy) -> &'static str {
        match energy {
            Energy::Electricity => self.electricity,
            Energy::Gas => self.gas,
        }
    }

    pub fn form_supply(&self, energy: Energy) -> &'static str {
        match energy {
            Energy::Electricity => self.form_electricity,
            Energy::Gas => self.form_gas,
        }
    }
}

pub fn of(language: Language) -> &'static Texts {
    match language {
        Language::Fr => &fr::TEXTS,
        Language::Nl => &nl::TEXTS,
        Language::De => &de::TEXTS,
        Language::En => &en::TEXTS,
    }
}

/// The text with each `{name}` filled in.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), value)
    })
}

/// `7 décembre 2026`, with the months of a language.
fn day_month_year(date: Date, months: &[&str; 12], day: &str) -> String {
    let month = months[usize::from(date.month().unsigned_abs()).saturating_sub(1) % 12];
    format!("{day}\u{a0}{month}\u{a0}{}", date.year())
}

/// A decimal comma for the point.
fn with_comma(number: &str) -> String {
    number.replace('.', ",")
}

fn as_it_is(text: &str) -> String {
    text.to_owned()
}
