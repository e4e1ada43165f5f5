//! `[contract]`: what is sold, for the contract that goes with its confirmation.

use std::collections::BTreeMap;

use crate::contract::{Amount, Formula, Renewal, Tariff, Terms};
use crate::registration::Energy;

use super::reader::Section;

/// Months a contract may last, at most.
const MONTHS_MAX: u64 = 120;

/// The keys of an energy.
struct Keys {
    energy: Energy,
    price: &'static str,
    fixed_fee: &'static str,
    advance: &'static str,
}

const KEYS: [Keys; 2] = [
    Keys {
        energy: Energy::Electricity,
        price: "electricity_price",
        fixed_fee: "electricity_fixed_fee",
        advance: "electricity_advance",
    },
    Keys {
        energy: Energy::Gas,
        price: "gas_price",
        fixed_fee: "gas_fixed_fee",
        advance: "gas_advance",
    },
];

/// Distributors, as contracts name them, and the keys of their addresses.
const DISTRIBUTORS: [(&str, &str); 5] = [
    ("Fluvius", "address_fluvius"),
    ("Sibelga", "address_sibelga"),
    ("ORES", "address_ores"),
    ("RESA", "address_resa"),
    ("REW", "address_rew"),
];

/// The terms; none when no product is named, as without the section.
pub(super) fn read(mut section: Section<'_>) -> Option<Terms> {
    let product = section.text("product");
    let tariffs: BTreeMap<Energy, Tariff> = KEYS
        .iter()
        .filter_map(|keys| Some((keys.energy, tariff(&mut section, keys)?)))
        .collect();
    let vat_percent = section.number("vat_percent", 6, 0..=100);
    let months = Some(section.number("months", 12, 0..=MONTHS_MAX)).filter(|months| *months > 0);
    let renewal = match section.text("renewal").as_deref() {
        None | Some("without_end") => Renewal::WithoutEnd,
        Some("same_term") => Renewal::SameTerm,
        Some("none") => Renewal::Ends,
        Some(other) => {
            let what = format!("is `{other}`");
            section.fault("renewal", what, "Write without_end, same_term or none");
            Renewal::WithoutEnd
        }
    };
    let notice_weeks = section.number("notice_weeks", 3, 0..=26);
    let tariff_card = section.text("tariff_card");
    let distributor_addresses = DISTRIBUTORS
        .iter()
        .filter_map(|(name, key)| Some((*name, section.text(key)?)))
        .collect();
    if product.is_some() && tariffs.is_empty() {
        let remedy = "Set electricity_price, gas_price or both";
        section.fault("product", "has no price", remedy);
    }
    section.finish();
    Some(Terms {
        product: product?,
        tariffs,
        vat_percent,
        months,
        renewal,
        notice_weeks,
        tariff_card,
        distributor_addresses,
    })
}

fn tariff(section: &mut Section<'_>, keys: &Keys) -> Option<Tariff> {
    let price = section.text(keys.price);
    let fixed_fee = amount(section, keys.fixed_fee);
    let advance = amount(section, keys.advance);
    let price = price?;
    let formula = match price.parse() {
        Ok(amount) => Formula::Fixed(amount),
        Err(_) => Formula::Variable(price),
    };
    Some(Tariff {
        formula,
        fixed_fee,
        advance,
    })
}

fn amount(section: &mut Section<'_>, key: &'static str) -> Option<Amount> {
    let text = section.text(key)?;
    match text.parse() {
        Ok(amount) => Some(amount),
        Err(what) => {
            section.fault(
                key,
                what,
                "Digits, and a point before the decimals, between quotes",
            );
            None
        }
    }
}
