//! English.

mod ends;
mod questions;

use jiff::civil::Date;

use super::{Count, Label, Words};
use crate::letters::token::Purpose;
use crate::registration::{Channel, CorrectedBy, CustomerType, Energy, Field, Kind, WrittenYes};

pub struct English;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Words for English {
    fn label(&self, field: Field) -> &'static str {
        match field {
            Field::FirstName => "First name",
            Field::LastName => "Last name",
            Field::DateOfBirth => "Date of birth",
            Field::Email => "E-mail address",
            Field::Phone => "Phone number",
            Field::CompanyName => "Company name",
            Field::EnterpriseNumber => "Enterprise number",
            Field::Street => "Street",
            Field::HouseNumber => "House number",
            Field::Box => "Box number",
            Field::PostalCode => "Postal code",
            Field::Municipality => "Town",
            Field::ElectricityEan => "EAN code electricity",
            Field::GasEan => "EAN code gas",
            Field::ElectricityMeterNumber => "Electricity meter number",
            Field::GasMeterNumber => "Gas meter number",
            Field::Iban => "Bank account (IBAN)",
            Field::StartDate => "Start date",
        }
    }

    fn name_of(&self, label: Label) -> &'static str {
        match label {
            Label::SupplyAddress => "Supply address",
            Label::Request => "Application",
            Label::CurrentSupplier => "Current supplier",
            Label::Reference => "Reference",
            Label::Supplier => "Supplier",
            Label::Seat => "Registered office",
            Label::EnterpriseNumber => "Enterprise number",
            Label::Phone => "Phone",
            Label::Email => "E-mail",
            Label::Website => "Website",
            Label::Distributor => "Distribution system operator",
            Label::StartOfSupply => "Start of supply",
            Label::Ean => "EAN code",
            Label::MeterNumber => "Meter number",
            Label::Customer => "Customer",
            Label::DateOfConclusion => "Date the contract was concluded",
            Label::Duration => "Duration, renewal and end",
            Label::Price => "Price and price formula",
            Label::Payment => "Payment and instalments",
            Label::Compensation => "Quality of service and compensation",
            Label::BankAccount => "Bank account you gave us",
            Label::Ombudsman => "Ombudsman",
        }
    }

    fn energy(&self, energy: Energy) -> &'static str {
        match energy {
            Energy::Electricity => "electricity",
            Energy::Gas => "natural gas",
        }
    }

    fn energies(&self, energies: &[Energy]) -> String {
        super::join(self, energies, " and ")
    }

    fn date(&self, date: Date) -> String {
        format!(
            "{}\u{a0}{} {}",
            date.day(),
            super::month(&MONTHS, date),
            date.year()
        )
    }

    fn box_word(&self) -> &'static str {
        "box"
    }

    fn not_given(&self) -> &'static str {
        "not given"
    }

    fn request(&self, kind: Kind, customer_type: CustomerType, energies: &str) -> String {
        let kind = match kind {
            Kind::Switch => "change of supplier",
            Kind::Move => "move",
        };
        let customer_type = match customer_type {
            CustomerType::Residential => "private customer",
            CustomerType::Business => "business customer",
        };
        format!("{energies}, {kind}, {customer_type}")
    }

    fn greeting(&self, name: Option<&str>) -> String {
        match name {
            Some(name) => format!("Hello {name},"),
            None => "Hello,".to_owned(),
        }
    }

    fn closing(&self) -> &'static str {
        "Kind regards,"
    }

    fn footer(&self) -> &'static str {
        "This e-mail was sent automatically. You can reply to it: your reply reaches our customer service."
    }

    fn corrected(&self, old: Option<&str>, new: &str) -> String {
        match old {
            Some(old) => format!("{new} (before: {old})"),
            None => format!("{new} (added)"),
        }
    }

    fn confirmed(&self, value: Option<&str>) -> String {
        match value {
            Some(value) => format!("{value} (confirmed)"),
            None => "nothing to add (confirmed)".to_owned(),
        }
    }

    fn received_subject(&self, reference: &str) -> String {
        format!("Your application {reference}: we have received it")
    }

    fn received_preheader(&self) -> &'static str {
        "Please check the data we noted. This is not a contract yet."
    }

    fn received_intro(&self, brand: &str, channel: Channel, date: &str) -> String {
        let by = match channel {
            Channel::Web => "on our website",
            Channel::Phone => "by phone",
        };
        format!(
            "Thank you for the application you made to {brand} {by} on {date}. Below you will find all the \
             data we noted."
        )
    }

    fn not_a_contract(&self) -> &'static str {
        "This is not a contract. This e-mail only confirms that we have received your application."
    }

    fn written_yes_heading(&self) -> &'static str {
        "We need your written confirmation"
    }

    fn written_yes(&self) -> &'static str {
        "You applied by phone. Under the law of 3 May 2024, a contract made by phone binds you only once \
         you have confirmed it in writing. Please check the data below. If they are correct and you wish to \
         go on, reply to this e-mail with the words “yes, I confirm”. Without your written confirmation we \
         will not pass on your application."
    }

    fn your_data_heading(&self) -> &'static str {
        "Your data"
    }

    fn next_heading(&self) -> &'static str {
        "What happens next?"
    }

    fn received_next(&self, energies: usize) -> Vec<String> {
        vec![
            "We check your data. If something is missing, we will ask you by e-mail.".to_owned(),
            match energies {
                1 => "Then the distribution system operator handles the application.".to_owned(),
                _ => "Then the distribution system operator handles the application, separately for each \
                      energy."
                    .to_owned(),
            },
            "As soon as it has been accepted, we will send you the confirmation of your contract.".to_owned(),
        ]
    }

    fn wrong_heading(&self) -> &'static str {
        "Is something not correct?"
    }

    fn wrong(&self) -> &'static str {
        "Just reply to this e-mail with the right data."
    }

    fn not_you_heading(&self) -> &'static str {
        "Did you not apply for anything?"
    }

    fn not_you(&self, phone: Option<&str>) -> String {
        let or_call = or_call(phone);
        format!("Reply “I did not apply”{or_call}. We will then stop the application.")
    }

    fn request_subject(&self, reference: &str, count: Count) -> String {
        match count {
            Count::One => format!("Your application {reference}: we need one more detail"),
            Count::Several => format!("Your application {reference}: we need a few more details"),
        }
    }

    fn request_preheader(&self, count: Count) -> &'static str {
        match count {
            Count::One => "One question before we can go on. Just reply to this e-mail.",
            Count::Several => "A few questions before we can go on. Just reply to this e-mail.",
        }
    }

    fn request_intro(&self, brand: &str, energies: &str, count: Count) -> String {
        let ask = match count {
            Count::One => "we have one more question",
            Count::Several => "we have a few more questions",
        };
        format!("Thank you for your application to {brand} ({energies}). Before we can process it, {ask}.")
    }

    fn request_why(&self) -> &'static str {
        "Why? If something is missing or not right, the distribution system operator may refuse the \
         application, or it may concern the wrong connection."
    }

    fn questions_heading(&self, count: Count) -> &'static str {
        match count {
            Count::One => "Our question",
            Count::Several => "Our questions",
        }
    }

    fn how_heading(&self) -> &'static str {
        "How to answer"
    }

    fn how(&self, count: Count) -> &'static str {
        match count {
            Count::One => "Just reply to this e-mail, in your own words.",
            Count::Several => {
                "Just reply to this e-mail, in your own words. Put the number of the question before each \
                 answer. If you do not have all the answers yet, send us the others already."
            }
        }
    }

    fn request_next(&self, until: &str) -> Vec<String> {
        vec![
            format!("Please reply by {until} at the latest."),
            "As soon as we have your answer, we will confirm what we noted and go on with your application."
                .to_owned(),
            "As long as we have no answer, your application stays on hold.".to_owned(),
        ]
    }

    fn really_us_heading(&self) -> &'static str {
        "Is this e-mail really from us?"
    }

    fn really_us(&self, website: Option<&str>, phone: Option<&str>) -> String {
        let way = match (phone, website) {
            (Some(phone), Some(website)) => format!(
                "do not reply but call us on {phone}; you will also \
                                        find this number on {website}"
            ),
            (Some(phone), None) => format!("do not reply but call us on {phone}"),
            (None, Some(website)) => format!("do not reply but contact us through {website}"),
            (None, None) => "do not reply but contact us in another way that you know already".to_owned(),
        };
        format!(
            "Compare the reference and the address below with those in your registration confirmation. If \
             in doubt, {way}. We never ask you for a password, a bank code or a payment by e-mail."
        )
    }

    fn follow_up_subject(&self, reference: &str, count: Count) -> String {
        match count {
            Count::One => format!("Your application {reference}: one more question"),
            Count::Several => format!("Your application {reference}: a few more questions"),
        }
    }

    fn follow_up_intro(&self, answered: bool, count: Count) -> String {
        let rest = match count {
            Count::One => "we still need one answer",
            Count::Several => "we still need a few answers",
        };
        if answered {
            format!("Thank you for your answer. To be able to process your application, {rest}.")
        } else {
            format!("We wrote to you about your application. To be able to process it, {rest}.")
        }
    }

    fn noted_heading(&self) -> &'static str {
        "What we have noted"
    }

    fn still_open_heading(&self) -> &'static str {
        "What is still open"
    }

    fn acknowledgement_subject(&self, reference: &str) -> String {
        format!("Your application {reference}: your data have been updated")
    }

    fn acknowledgement_preheader(&self) -> &'static str {
        "This is what we have noted. If all is correct, there is nothing for you to do."
    }

    fn acknowledgement_intro(&self, by: CorrectedBy) -> &'static str {
        match by {
            CorrectedBy::Customer => {
                "Thank you for your answer. We now have everything we need. This is what we have noted."
            }
            CorrectedBy::Agent => "We have updated your data. This is what we have noted.",
        }
    }

    fn acknowledgement_next(&self, written_yes: WrittenYes) -> Vec<String> {
        let mut next = vec!["We have checked your application: everything is in order.".to_owned()];
        if written_yes == WrittenYes::Awaited {
            next.push(
                "You applied by phone: we are still waiting for your written confirmation. If you wish to \
                 go on, reply to this e-mail with the words “yes, I confirm”."
                    .to_owned(),
            );
        }
        next.push(
            "Then we pass it on to the distribution system operator. As soon as it has been accepted, we \
             will send you the confirmation of your contract."
                .to_owned(),
        );
        next
    }

    fn not_your_change(&self, phone: Option<&str>) -> String {
        let or_call = or_call(phone);
        format!(
            "Did these data not come from you, or is something not correct? Please tell us at once: reply \
             to this e-mail{or_call}."
        )
    }

    fn contract_subject(&self, reference: &str) -> String {
        format!("Your application {reference}: confirmation of your contract")
    }

    fn contract_preheader(&self) -> &'static str {
        "The distribution system operator has accepted your application. Please keep this e-mail."
    }

    fn contract_intro(&self, brand: &str, energies: &str) -> String {
        format!(
            "Good news: the distribution system operator has accepted your application. We hereby confirm \
             your contract with {brand} ({energies}). Please keep this e-mail."
        )
    }

    fn supplier_heading(&self) -> &'static str {
        "Your supplier"
    }

    fn supply_heading(&self, energy: Energy) -> &'static str {
        match energy {
            Energy::Electricity => "Electricity",
            Energy::Gas => "Natural gas",
        }
    }

    fn contract_heading(&self) -> &'static str {
        "Your contract"
    }

    fn distributor_unknown(&self) -> &'static str {
        "the operator of your municipality; your contract names it"
    }

    fn see_tariff_card(&self) -> &'static str {
        "see your contract and its tariff card"
    }

    fn see_contract(&self) -> &'static str {
        "see your contract"
    }

    fn contract_copy(&self) -> &'static str {
        "Would you like a copy of your contract? Just reply to this e-mail."
    }

    fn contract_attached(&self) -> &'static str {
        "Your complete contract is attached (PDF), together with the model withdrawal form. Please keep it."
    }

    fn page_link(&self, purpose: Purpose) -> &'static str {
        match purpose {
            Purpose::Answer => "Answer online",
            Purpose::Confirm => "Confirm my request online",
            Purpose::Contract => "See my contract online",
            Purpose::Withdraw => "Withdraw online",
        }
    }

    fn refused_energy(&self, energy: &str) -> String {
        format!(
            "Not included: {energy}. The distribution system operator did not accept this part of your \
             application; it is not part of this contract."
        )
    }

    fn withdrawal_heading(&self) -> &'static str {
        "Your right of withdrawal"
    }

    fn withdrawal(&self, until: &str, supplier: &str) -> Vec<String> {
        vec![
            format!(
                "You may withdraw from this contract within 14 calendar days, without giving a reason and \
                 at no cost. The period begins on the day after the contract was concluded and runs up to \
                 and including {until}. If that day is a Saturday, a Sunday or a public holiday, it runs \
                 until the next working day."
            ),
            format!(
                "Just tell us clearly before the period ends: reply to this e-mail, call us or write to \
                 {supplier}. You may use the form below, but you do not have to."
            ),
            "If supply began during this period at your express request, you pay only for the energy \
             supplied until your withdrawal."
                .to_owned(),
        ]
    }

    fn withdrawal_form_heading(&self) -> &'static str {
        "Model withdrawal form"
    }

    fn withdrawal_form(&self, brand: &str, energies: &str, reference: &str) -> String {
        format!(
            "“To {brand}: I hereby give notice that I withdraw from my supply contract ({energies}), \
             reference {reference}. Name, address, date and, on paper, signature.”"
        )
    }

    fn complaints_heading(&self) -> &'static str {
        "A complaint?"
    }

    fn complaints(&self, phone: Option<&str>) -> String {
        let or_call = or_call(phone);
        format!(
            "Reply to this e-mail{or_call}. If our answer does not satisfy you, you may turn to the \
             ombudsman service below, free of charge."
        )
    }

    fn meter_reading(&self) -> &'static str {
        "Around the start date the distribution system operator will ask you for your meter reading. Please \
         give it to the operator directly."
    }
}

fn or_call(phone: Option<&str>) -> String {
    phone
        .map(|phone| format!(" or call us on {phone}"))
        .unwrap_or_default()
}
