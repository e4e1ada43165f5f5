//! What the supplier sells: what a contract says that no registration knows.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use crate::registration::Energy;

/// The product and its conditions, from `[contract]` of the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// The product's name, as customers know it.
    pub product: String,
    /// Per energy that is sold.
    pub tariffs: BTreeMap<Energy, Tariff>,
    /// VAT that the prices contain, in percent.
    pub vat_percent: u64,
    /// Months that the price and the contract hold; none for a contract without end.
    pub months: Option<u64>,
    pub renewal: Renewal,
    /// Weeks of notice when the customer ends the contract.
    pub notice_weeks: u64,
    /// Where the tariff card stands, with every price.
    pub tariff_card: Option<String>,
    /// Postal addresses of distributors, by the name that [`super::distributor::name`] gives.
    pub distributor_addresses: BTreeMap<&'static str, String>,
}

/// What an energy costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tariff {
    pub formula: Formula,
    /// Euros a year, whatever is used.
    pub fixed_fee: Option<Amount>,
    /// Euros a month, to begin with.
    pub advance: Option<Amount>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Formula {
    /// Euro cents a kWh.
    Fixed(Amount),
    /// As written, in euro cents a kWh: `0.1054 × Belpex + 1.87`.
    Variable(String),
}

/// What happens when the months are over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renewal {
    /// It goes on without end, at the prices of then, which are announced.
    WithoutEnd,
    /// It is renewed for as long, at prices that are announced.
    SameTerm,
    /// It ends.
    Ends,
}

/// A positive number with up to four decimals, kept as written with a point: `11.95`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount(String);

impl Amount {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Amount {
    type Err = String;

    fn from_str(text: &str) -> Result<Amount, String> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str, most: usize| {
            (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
        };
        if digits(whole, 7) && digits(decimals, 4) {
            Ok(Amount(text.to_owned()))
        } else {
            Err(format!("`{text}` is no amount: write it as 11.95"))
        }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Terms {
    /// An invented product, for the demo and for tests.
    pub fn sample() -> Terms {
        let amount = |text: &str| Some(Amount(text.to_owned()));
        let electricity = Tariff {
            formula: Formula::Fixed(Amount("12.48".to_owned())),
            fixed_fee: amount("60.00"),
            advance: amount("68.00"),
        };
        let gas = Tariff {
            formula: Formula::Fixed(Amount("5.31".to_owned())),
            fixed_fee: amount("60.00"),
            advance: amount("94.00"),
        };
        Terms {
            product: "Voltaris Fix".to_owned(),
            tariffs: BTreeMap::from([(Energy::Electricity, electricity), (Energy::Gas, gas)]),
            vat_percent: 6,
            months: Some(12),
            renewal: Renewal::WithoutEnd,
            notice_weeks: 3,
            tariff_card: Some("www.voltaris.example/fix".to_owned()),
            distributor_addresses: BTreeMap::from([
                ("Fluvius", "Brusselsesteenweg 199, 9090 Melle".to_owned()),
                ("Sibelga", "Quai des Usines 16, 1000 Bruxelles".to_owned()),
                ("ORES", "Avenue Jean Mermoz 14, 6041 Gosselies".to_owned()),
            ]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_digits_with_at_most_four_decimals() {
        for text in ["0", "12.48", "5.3125", "1200000"] {
            assert_eq!(text.parse::<Amount>().unwrap().as_str(), text);
        }
        for text in ["", "12,48", "-1", ".5", "1.", "1.23456", "12345678", "1e3", "€ 3"] {
            assert!(text.parse::<Amount>().is_err(), "{text}");
        }
    }
}
