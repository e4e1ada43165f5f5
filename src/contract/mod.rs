//! PURE. Registration + what the distributor decided + the supplier and its terms + language -> the contract as a PDF.
//!
//! [`terms`] says what the supplier sells, [`content`] what the contract says, [`layout`] where it stands on the pages, and
//! [`pdf`] makes bytes of it. The same input gives the same bytes: no clock, and no random numbers.

mod content;
pub mod distributor;
mod draft;
mod layout;
mod pdf;
mod terms;
#[cfg(test)]
mod tests;
mod typeface;
mod words;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::registration::Registration;

pub use terms::{Amount, Formula, Renewal, Tariff, Terms};

/// Days of the right of withdrawal (Code of Economic Law, book VI). Calendar days.
pub const WITHDRAWAL_DAYS: i64 = 14;

/// The supplier as the contract names it.
#[derive(Debug, Clone, Copy)]
pub struct Supplier<'a> {
    pub name: &'a str,
    /// Postal address of the seat, one line.
    pub address: &'a str,
    pub enterprise_number: &'a str,
    pub phone: &'a str,
    /// In the language of the contract.
    pub phone_hours: &'a str,
    pub email: &'a str,
    pub website: &'a str,
    /// Name and address of the ombudsman service, one line.
    pub ombudsman: &'a str,
}

/// Why there is no contract to show.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContractFault {
    #[error("the distributor has accepted no energy")]
    NothingAccepted,
    #[error("a font of the program is damaged")]
    Typeface,
    #[error("the PDF could not be written: {0}")]
    Pdf(String),
}

/// The contract of what the distributor accepted, concluded on that day: a tagged PDF/A.
///
/// # Errors
/// See [`ContractFault`].
pub fn write(
    terms: &Terms,
    supplier: &Supplier<'_>,
    registration: &Registration,
    concluded: Date,
) -> Result<Vec<u8>, ContractFault> {
    let content = draft::content(terms, supplier, registration, concluded)?;
    let typeface = typeface::Typeface::new()?;
    let layout = layout::layout(&content, &typeface);
    let description = pdf::Description {
        title: &format!("{} - {}", content.title, content.reference),
        author: supplier.name,
        language: registration.language,
        identity: registration.reference.as_str(),
        date: concluded,
    };
    pdf::draw(&layout, &typeface, &description)
}

/// The name of the file, in the customer's language: `contrat-REG-7K3M9Q2X.pdf`.
pub fn file_name(registration: &Registration) -> String {
    let word = words::of(registration.language).file;
    format!("{word}-{}.pdf", registration.reference)
}

/// The last day of the right of withdrawal, for a contract concluded on that day.
pub fn withdrawal_until(concluded: Date) -> Date {
    concluded.saturating_add(WITHDRAWAL_DAYS.days())
}
