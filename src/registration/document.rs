//! The JSON form of a registration: what the API takes and the reply corpus holds.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::value;
use super::{
    Channel, CustomerType, Energy, Field, Kind, Language, Question, Reachability, Reason, Reference,
    Registration, State, WrittenYes,
};

/// A registration as JSON. `reference` and `asked` are absent in what the API takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegistrationDocument {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "REG-7K3M9Q2X")]
    pub reference: Option<Reference>,
    #[schema(value_type = String, example = "fr")]
    pub language: Language,
    #[schema(value_type = String, example = "web")]
    pub channel: Channel,
    #[schema(value_type = String, example = "switch")]
    pub kind: Kind,
    pub customer: CustomerDocument,
    pub supply_address: AddressDocument,
    #[serde(default)]
    pub electricity: Option<SupplyPointDocument>,
    #[serde(default)]
    pub gas: Option<SupplyPointDocument>,
    #[serde(default)]
    pub iban: Option<String>,
    #[serde(default)]
    pub current_supplier: Option<String>,
    #[serde(default)]
    pub start_date: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asked: Vec<AskedDocument>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomerDocument {
    #[serde(rename = "type")]
    #[schema(value_type = String, example = "residential")]
    pub customer_type: CustomerType,
    #[serde(default)]
    pub first_name: Option<String>,
    #[serde(default)]
    pub last_name: Option<String>,
    #[serde(default)]
    pub date_of_birth: Option<String>,
    #[serde(default)]
    pub email: Option<String>,
    #[serde(default)]
    pub phone: Option<String>,
    #[serde(default)]
    pub company_name: Option<String>,
    #[serde(default)]
    pub enterprise_number: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddressDocument {
    #[serde(default)]
    pub street: Option<String>,
    #[serde(default)]
    pub house_number: Option<String>,
    #[serde(default, rename = "box")]
    pub box_number: Option<String>,
    #[serde(default)]
    pub postal_code: Option<String>,
    #[serde(default)]
    pub municipality: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupplyPointDocument {
    #[serde(default)]
    pub ean: Option<String>,
    #[serde(default)]
    pub meter_number: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct AskedDocument {
    #[schema(value_type = String)]
    pub field: Field,
    #[schema(value_type = String)]
    pub reason: Reason,
}

/// Fields longer than this many characters are refused at the door: no Belgian name, street or e-mail address needs more.
pub const FIELD_CHARS_MAX: usize = 320;

/// One thing wrong with a document: which key, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentFault {
    /// The path of the key, dotted: `customer.last_name`.
    pub key: String,
    pub detail: String,
}

impl RegistrationDocument {
    /// Everything that makes the document unfit to be kept at all. A *wrong* value is no fault here: it is kept, and
    /// verification asks the customer about it.
    pub fn faults(&self) -> Vec<DocumentFault> {
        let mut faults = Vec::new();
        if self.electricity.is_none() && self.gas.is_none() {
            faults.push(DocumentFault {
                key: "electricity".into(),
                detail: "give `electricity`, `gas` or both: a registration is for at least one energy".into(),
            });
        }
        let supplier = self
            .current_supplier
            .as_deref()
            .map(|name| ("current_supplier", name));
        let fields = Field::ALL
            .into_iter()
            .filter_map(|field| Some((key_of(field), self.value(field)?)));
        for (key, value) in fields.chain(supplier) {
            let detail = if value.chars().count() > FIELD_CHARS_MAX {
                format!("longer than {FIELD_CHARS_MAX} characters")
            } else if value.chars().any(char::is_control) {
                "holds control characters".into()
            } else {
                continue;
            };
            faults.push(DocumentFault {
                key: key.into(),
                detail,
            });
        }
        faults
    }

    /// The text of a field as it stands in the document.
    pub fn value(&self, field: Field) -> Option<&str> {
        match field {
            Field::FirstName => self.customer.first_name.as_deref(),
            Field::LastName => self.customer.last_name.as_deref(),
            Field::DateOfBirth => self.customer.date_of_birth.as_deref(),
            Field::Email => self.customer.email.as_deref(),
            Field::Phone => self.customer.phone.as_deref(),
            Field::CompanyName => self.customer.company_name.as_deref(),
            Field::EnterpriseNumber => self.customer.enterprise_number.as_deref(),
            Field::Street => self.supply_address.street.as_deref(),
            Field::HouseNumber => self.supply_address.house_number.as_deref(),
            Field::Box => self.supply_address.box_number.as_deref(),
            Field::PostalCode => self.supply_address.postal_code.as_deref(),
            Field::Municipality => self.supply_address.municipality.as_deref(),
            Field::ElectricityEan => self.electricity.as_ref()?.ean.as_deref(),
            Field::GasEan => self.gas.as_ref()?.ean.as_deref(),
            Field::ElectricityMeterNumber => self.electricity.as_ref()?.meter_number.as_deref(),
            Field::GasMeterNumber => self.gas.as_ref()?.meter_number.as_deref(),
            Field::Iban => self.iban.as_deref(),
            Field::StartDate => self.start_date.as_deref(),
        }
    }

    /// The registration in state received, with `asked` as its open questions.
    ///
    /// # Errors
    /// All [`RegistrationDocument::faults`], if there are any.
    pub fn into_registration(
        self,
        reference: Reference,
        at: Timestamp,
    ) -> Result<Registration, Vec<DocumentFault>> {
        let faults = self.faults();
        if !faults.is_empty() {
            return Err(faults);
        }
        let fields: BTreeMap<Field, String> = Field::ALL
            .into_iter()
            .filter_map(|field| {
                let written = fold_white_space(self.value(field)?);
                // A valid value is kept in its normal form, whoever reads it later; a wrong one as it was written.
                Some((field, value::normalise(field, &written).unwrap_or(written)))
            })
            .filter(|(_, value)| !value.is_empty())
            .collect();
        let energies = Energy::ALL
            .into_iter()
            .filter(|energy| match energy {
                Energy::Electricity => self.electricity.is_some(),
                Energy::Gas => self.gas.is_some(),
            })
            .collect();
        let questions = self
            .asked
            .iter()
            .map(|asked| Question {
                field: asked.field,
                reason: asked.reason,
                code: String::new(),
                value: fields.get(&asked.field).cloned(),
                failed_answer: None,
                settlement: None,
            })
            .collect();
        Ok(Registration {
            reference,
            language: self.language,
            channel: self.channel,
            kind: self.kind,
            customer_type: self.customer.customer_type,
            energies,
            fields,
            current_supplier: self.current_supplier.filter(|name| !name.trim().is_empty()),
            submitted_at: at,
            state: State::Received,
            questions,
            letters_queued: 0,
            requests_queued: 0,
            decisions: BTreeMap::new(),
            written_yes: match self.channel {
                Channel::Web => WrittenYes::NotNeeded,
                Channel::Phone => WrittenYes::Awaited,
            },
            corrections: Vec::new(),
            confirmations: BTreeMap::new(),
            reachability: Reachability::Reachable,
            changes: 0,
            silence: super::Silence::None,
        })
    }
}

fn fold_white_space(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The dotted key of a field in the document.
pub fn key_of(field: Field) -> &'static str {
    match field {
        Field::FirstName => "customer.first_name",
        Field::LastName => "customer.last_name",
        Field::DateOfBirth => "customer.date_of_birth",
        Field::Email => "customer.email",
        Field::Phone => "customer.phone",
        Field::CompanyName => "customer.company_name",
        Field::EnterpriseNumber => "customer.enterprise_number",
        Field::Street => "supply_address.street",
        Field::HouseNumber => "supply_address.house_number",
        Field::Box => "supply_address.box",
        Field::PostalCode => "supply_address.postal_code",
        Field::Municipality => "supply_address.municipality",
        Field::ElectricityEan => "electricity.ean",
        Field::GasEan => "gas.ean",
        Field::ElectricityMeterNumber => "electricity.meter_number",
        Field::GasMeterNumber => "gas.meter_number",
        Field::Iban => "iban",
        Field::StartDate => "start_date",
    }
}
