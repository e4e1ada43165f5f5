//! About forty registrations in four languages, a third of them broken, each with the customer behind it.

use std::collections::BTreeMap;

use jiff::{ToSpan, civil::Date};

use super::dice::Dice;
use super::names;
use crate::registration::document::{AddressDocument, CustomerDocument, SupplyPointDocument};
use crate::registration::places::{self, Region};
use crate::registration::value::{Ean, Iban, fold_key};
use crate::registration::{Channel, CustomerType, Energy, Field, Kind, Language, RegistrationDocument};

mod plan;

/// A registration and everything the demo must know to play the people around it.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// As it is submitted.
    pub document: RegistrationDocument,
    /// The right value of every field that this customer has, broken or not: what the customer answers with.
    pub truth: BTreeMap<Field, String>,
    /// What is wrong with the document; empty for a sound one.
    pub breakages: Vec<Breakage>,
    /// How the customer answers whatever is asked; a sound sample's customer is asked nothing but a written yes.
    pub scenario: Scenario,
    /// The wrong value that is answered first, in [`Scenario::WrongThenRight`].
    pub first_try: BTreeMap<Field, String>,
    /// What the distributor of each energy decides.
    pub distributor: DistributorAnswer,
}

/// How a sample customer answers a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scenario {
    RightAtOnce,
    /// The first question now, the rest when asked again.
    Partly,
    /// A value with a slip first ([`Sample::first_try`]), the right one when asked again.
    WrongThenRight,
    /// Below each question within the quoted letter.
    InsideQuote,
    /// A message without a text part.
    HtmlOnly,
    /// An automatic reply, then the right values.
    OutOfOffice,
    /// Asks something back.
    Question,
    /// The right values, from an address that is not the registered one.
    OtherAddress,
    Never,
}

/// What the sample distributor decides of an energy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DistributorAnswer {
    Accepts,
    Rejects { reason: &'static str },
}

/// One thing that is wrong with a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breakage {
    NoEan(Energy),
    SeventeenDigits(Energy),
    CheckDigit(Energy),
    /// Gas carries the EAN of electricity.
    SameEanTwice,
    /// A postal code of another place.
    OtherPostalCode,
    NoHouseNumber,
    MisspelledFirstName,
    NoDateOfBirth,
    ShortPhone,
    WrongIban,
    WrongEnterpriseNumber,
    /// A move without its day.
    NoStartDate,
}

impl Breakage {
    /// The fields verification asks about because of it.
    pub fn fields(self) -> Vec<Field> {
        match self {
            Breakage::NoEan(energy) | Breakage::SeventeenDigits(energy) | Breakage::CheckDigit(energy) => {
                vec![energy.ean_field()]
            }
            Breakage::SameEanTwice => vec![Field::ElectricityEan, Field::GasEan],
            Breakage::OtherPostalCode => vec![Field::PostalCode],
            Breakage::NoHouseNumber => vec![Field::HouseNumber],
            Breakage::MisspelledFirstName => vec![Field::FirstName],
            Breakage::NoDateOfBirth => vec![Field::DateOfBirth],
            Breakage::ShortPhone => vec![Field::Phone],
            Breakage::WrongIban => vec![Field::Iban],
            Breakage::WrongEnterpriseNumber => vec![Field::EnterpriseNumber],
            Breakage::NoStartDate => vec![Field::StartDate],
        }
    }
}

/// What a sample is made to be; everything else is drawn.
struct Plan {
    language: Language,
    channel: Channel,
    kind: Kind,
    customer_type: CustomerType,
    energies: &'static [Energy],
    breakages: &'static [Breakage],
    scenario: Scenario,
    distributor: DistributorAnswer,
}

/// The samples, the same for the same dice and day. `today` is the day they are submitted, in Belgium.
pub fn samples(dice: &mut Dice, today: Date) -> Vec<Sample> {
    plan::PLANS
        .iter()
        .zip(1..)
        .map(|(plan, number)| sample(plan, number, dice, today))
        .collect()
}

fn sample(plan: &Plan, number: u8, dice: &mut Dice, today: Date) -> Sample {
    let truth = truth(plan, number, dice, today);
    let mut submitted = truth.clone();
    for breakage in plan.breakages {
        break_value(*breakage, &mut submitted, plan, dice);
    }
    let first_try = match plan.scenario {
        Scenario::WrongThenRight => first_tries(plan, &truth),
        _ => BTreeMap::new(),
    };
    let suppliers = names::of(plan.language).suppliers;
    let current_supplier = match plan.kind {
        Kind::Switch => Some((*dice.pick(suppliers)).to_owned()),
        Kind::Move => None,
    };
    Sample {
        document: document(plan, &submitted, current_supplier),
        truth,
        breakages: plan.breakages.to_vec(),
        scenario: plan.scenario,
        first_try,
        distributor: plan.distributor,
    }
}

/// The right values of an invented customer.
fn truth(plan: &Plan, number: u8, dice: &mut Dice, today: Date) -> BTreeMap<Field, String> {
    let names = names::of(plan.language);
    let mut values = BTreeMap::new();
    let first = if plan.breakages.contains(&Breakage::MisspelledFirstName) {
        dice.pick(names.misspelled).1
    } else {
        dice.pick(names.first)
    };
    let last = *dice.pick(names.last);
    values.insert(Field::FirstName, first.to_owned());
    values.insert(Field::LastName, last.to_owned());
    values.insert(Field::Email, email(first, last, number, dice));
    values.insert(Field::Phone, format!("+3247{}", dice.digits(7)));
    if plan.customer_type == CustomerType::Business {
        let company = format!("{} {last} {}", dice.pick(names.trades), names.legal_form);
        values.insert(Field::CompanyName, company);
        values.insert(Field::EnterpriseNumber, enterprise_number(dice));
    } else {
        values.insert(Field::DateOfBirth, day_of_birth(dice));
    }
    let code = *dice.pick(names.postal_codes);
    address(&mut values, code, plan.language, dice);
    for energy in plan.energies {
        let ean = ean(prefix(code, *energy), dice);
        values.insert(energy.ean_field(), ean);
        if dice.below(3) == 0 {
            let kind = match energy {
                Energy::Electricity => "1SAG",
                Energy::Gas => "7FLO",
            };
            values.insert(energy.meter_number_field(), format!("{kind}{}", dice.digits(10)));
        }
    }
    if dice.below(2) == 0 || plan.breakages.contains(&Breakage::WrongIban) {
        let iban = Iban::belgian(&format!("0{}", dice.digits(9)));
        values.extend(iban.ok().map(|iban| (Field::Iban, iban.to_string())));
    }
    values.insert(Field::StartDate, start_date(plan.kind, dice, today).to_string());
    values
}

/// The number of the sample keeps two people of one name apart.
fn email(first: &str, last: &str, number: u8, dice: &mut Dice) -> String {
    let word = |name: &str| fold_key(name).replace(' ', "");
    let provider = dice.pick(&["mail", "post", "inbox", "webmail"]);
    format!("{}.{}{number}@{provider}.example", word(first), word(last))
}

/// Eight digits and 97 less their rest modulo 97.
fn enterprise_number(dice: &mut Dice) -> String {
    let base = 4_000_000 + dice.below(3_000_000);
    format!("BE{base:08}{:02}", 97 - base % 97)
}

fn day_of_birth(dice: &mut Dice) -> String {
    format!(
        "{}-{:02}-{:02}",
        1948 + dice.below(54),
        1 + dice.below(12),
        1 + dice.below(28)
    )
}

fn start_date(kind: Kind, dice: &mut Dice, today: Date) -> Date {
    let days = match kind {
        // Beyond the notice, with days to spare for a demo that runs on.
        Kind::Switch => 30 + dice.below(60),
        Kind::Move => 5 + dice.below(25),
    };
    today.saturating_add(i64::try_from(days).unwrap_or(30).days())
}

fn address(values: &mut BTreeMap<Field, String>, code: &str, language: Language, dice: &mut Dice) {
    let spoken = match (language, places::region(code)) {
        (Language::De, _) => Language::De,
        (_, Some(Region::Flanders)) => Language::Nl,
        _ => Language::Fr,
    };
    let municipality = places::name(code, language).unwrap_or_default();
    values.insert(Field::Street, (*dice.pick(names::streets(spoken))).to_owned());
    values.insert(Field::HouseNumber, (1 + dice.below(240)).to_string());
    if dice.below(4) == 0 {
        values.insert(Field::Box, (1 + dice.below(12)).to_string());
    }
    values.insert(Field::PostalCode, code.to_owned());
    values.insert(Field::Municipality, municipality.to_owned());
}

/// The prefix of a distributor that serves the postal code.
fn prefix(code: &str, energy: Energy) -> &'static str {
    match (places::region(code), energy) {
        (Some(Region::Brussels), _) => "5414489",
        (Some(Region::Flanders), _) if code.starts_with("35") || code.starts_with("36") => "5414492",
        (Some(Region::Flanders), _) => "5414488",
        // The city of Liège and what lies around it.
        (_, Energy::Electricity) if code.starts_with("40") || code.starts_with("41") => "5414567",
        (_, Energy::Gas) if code.starts_with("40") || code.starts_with("41") => "5414609",
        _ => "5414490",
    }
}

fn ean(prefix: &str, dice: &mut Dice) -> String {
    // Two different digits in front: never a filler of one repeated digit.
    let serial = format!("12{}", dice.digits(8));
    Ean::from_parts(prefix, &serial)
        .map(|ean| ean.to_string())
        .unwrap_or_default()
}

/// Does to the submitted values what the breakage says.
fn break_value(breakage: Breakage, values: &mut BTreeMap<Field, String>, plan: &Plan, dice: &mut Dice) {
    let names = names::of(plan.language);
    match breakage {
        Breakage::NoEan(energy) => {
            values.remove(&energy.ean_field());
        }
        Breakage::SeventeenDigits(energy) => change(values, energy.ean_field(), |ean| {
            ean.remove(9);
        }),
        Breakage::CheckDigit(energy) => change(values, energy.ean_field(), |ean| {
            *ean = with_one_digit_wrong(ean, 11)
        }),
        Breakage::SameEanTwice => {
            let electricity = values.get(&Field::ElectricityEan).cloned();
            values.extend(electricity.map(|ean| (Field::GasEan, ean)));
        }
        Breakage::OtherPostalCode => {
            let name = values.get(&Field::Municipality).cloned().unwrap_or_default();
            let others: Vec<&str> = names
                .postal_codes
                .iter()
                .copied()
                .filter(|code| !places::fits(&name, code))
                .collect();
            let region = values
                .get(&Field::PostalCode)
                .and_then(|code| places::region(code));
            let near: Vec<&str> = others
                .into_iter()
                .filter(|code| places::region(code) == region)
                .collect();
            values.insert(Field::PostalCode, (*dice.pick(&near)).to_owned());
        }
        Breakage::NoHouseNumber => {
            values.remove(&Field::HouseNumber);
        }
        Breakage::MisspelledFirstName => change(values, Field::FirstName, |name| {
            if let Some((misspelled, _)) = names.misspelled.iter().find(|(_, right)| right == name) {
                *name = (*misspelled).to_owned();
            }
        }),
        Breakage::NoDateOfBirth => {
            values.remove(&Field::DateOfBirth);
        }
        Breakage::ShortPhone => change(values, Field::Phone, |phone| {
            phone.pop();
        }),
        Breakage::WrongIban => change(values, Field::Iban, |iban| *iban = with_one_digit_wrong(iban, 12)),
        Breakage::WrongEnterpriseNumber => change(values, Field::EnterpriseNumber, |number| {
            *number = with_one_digit_wrong(number, 9);
        }),
        Breakage::NoStartDate => {
            values.remove(&Field::StartDate);
        }
    }
}

fn change(values: &mut BTreeMap<Field, String>, field: Field, how: impl FnOnce(&mut String)) {
    if let Some(value) = values.get_mut(&field) {
        how(value);
    }
}

/// The text with the digit at `place` made the next one: every check digit finds that.
fn with_one_digit_wrong(text: &str, place: usize) -> String {
    text.chars()
        .enumerate()
        .map(|(index, character)| match character.to_digit(10) {
            Some(digit) if index == place => char::from_digit((digit + 1) % 10, 10).unwrap_or('0'),
            _ => character,
        })
        .collect()
}

/// The right EANs with another slip than the submitted one: what is answered before the right ones.
fn first_tries(plan: &Plan, truth: &BTreeMap<Field, String>) -> BTreeMap<Field, String> {
    plan.breakages
        .iter()
        .flat_map(|breakage| breakage.fields())
        .filter_map(|field| Some((field, with_one_digit_wrong(truth.get(&field)?, 14))))
        .collect()
}

fn document(
    plan: &Plan,
    values: &BTreeMap<Field, String>,
    current_supplier: Option<String>,
) -> RegistrationDocument {
    let value = |field: Field| values.get(&field).cloned();
    let supply_point = |energy: Energy| {
        plan.energies.contains(&energy).then(|| SupplyPointDocument {
            ean: value(energy.ean_field()),
            meter_number: value(energy.meter_number_field()),
        })
    };
    RegistrationDocument {
        reference: None,
        language: plan.language,
        channel: plan.channel,
        kind: plan.kind,
        customer: CustomerDocument {
            customer_type: plan.customer_type,
            first_name: value(Field::FirstName),
            last_name: value(Field::LastName),
            date_of_birth: value(Field::DateOfBirth),
            email: value(Field::Email),
            phone: value(Field::Phone),
            company_name: value(Field::CompanyName),
            enterprise_number: value(Field::EnterpriseNumber),
        },
        supply_address: AddressDocument {
            street: value(Field::Street),
            house_number: value(Field::HouseNumber),
            box_number: value(Field::Box),
            postal_code: value(Field::PostalCode),
            municipality: value(Field::Municipality),
        },
        electricity: supply_point(Energy::Electricity),
        gas: supply_point(Energy::Gas),
        iban: value(Field::Iban),
        current_supplier,
        start_date: value(Field::StartDate),
        asked: Vec::new(),
    }
}

#[cfg(test)]
mod tests;
