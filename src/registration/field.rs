//! The names of the data of a registration.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Energy;

/// One datum of a registration. The names are the ones of the API and of the reply corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    FirstName,
    LastName,
    DateOfBirth,
    Email,
    Phone,
    CompanyName,
    EnterpriseNumber,
    Street,
    HouseNumber,
    Box,
    PostalCode,
    Municipality,
    ElectricityEan,
    GasEan,
    ElectricityMeterNumber,
    GasMeterNumber,
    Iban,
    StartDate,
}

impl Field {
    pub const ALL: [Field; 18] = [
        Field::FirstName,
        Field::LastName,
        Field::DateOfBirth,
        Field::Email,
        Field::Phone,
        Field::CompanyName,
        Field::EnterpriseNumber,
        Field::Street,
        Field::HouseNumber,
        Field::Box,
        Field::PostalCode,
        Field::Municipality,
        Field::ElectricityEan,
        Field::GasEan,
        Field::ElectricityMeterNumber,
        Field::GasMeterNumber,
        Field::Iban,
        Field::StartDate,
    ];

    /// The name in snake case, as in the API and the corpus.
    pub fn name(self) -> &'static str {
        match self {
            Field::FirstName => "first_name",
            Field::LastName => "last_name",
            Field::DateOfBirth => "date_of_birth",
            Field::Email => "email",
            Field::Phone => "phone",
            Field::CompanyName => "company_name",
            Field::EnterpriseNumber => "enterprise_number",
            Field::Street => "street",
            Field::HouseNumber => "house_number",
            Field::Box => "box",
            Field::PostalCode => "postal_code",
            Field::Municipality => "municipality",
            Field::ElectricityEan => "electricity_ean",
            Field::GasEan => "gas_ean",
            Field::ElectricityMeterNumber => "electricity_meter_number",
            Field::GasMeterNumber => "gas_meter_number",
            Field::Iban => "iban",
            Field::StartDate => "start_date",
        }
    }

    /// The energy the field belongs to, if it belongs to one.
    pub fn energy(self) -> Option<Energy> {
        match self {
            Field::ElectricityEan | Field::ElectricityMeterNumber => Some(Energy::Electricity),
            Field::GasEan | Field::GasMeterNumber => Some(Energy::Gas),
            _ => None,
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// There is no field of that name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no field `{0}`")]
pub struct UnknownField(pub String);

impl FromStr for Field {
    type Err = UnknownField;

    fn from_str(name: &str) -> Result<Field, UnknownField> {
        Field::ALL
            .into_iter()
            .find(|field| field.name() == name)
            .ok_or_else(|| UnknownField(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_back_to_its_field() {
        for field in Field::ALL {
            assert_eq!(field.name().parse(), Ok(field));
            assert_eq!(serde_json::to_value(field).unwrap(), field.name());
        }
    }
}
