//! Reads a registration's JSON and names *every* bad key of it, not only the first that a deserialiser trips over.

use serde_json::{Map, Value};

use super::RegistrationDocument;
use super::document::{DocumentFault, FIELD_CHARS_MAX};

/// What may stand under a key.
enum Shape {
    /// Text or null.
    Text,
    OneOf(&'static [&'static str]),
    Object(&'static [Member]),
    /// Given by Estafette, never taken.
    Ours,
}

struct Member {
    name: &'static str,
    presence: Presence,
    shape: Shape,
}

#[derive(PartialEq, Eq)]
enum Presence {
    Needed,
    Optional,
}

const fn needed(name: &'static str, shape: Shape) -> Member {
    Member {
        name,
        presence: Presence::Needed,
        shape,
    }
}

const fn optional(name: &'static str, shape: Shape) -> Member {
    Member {
        name,
        presence: Presence::Optional,
        shape,
    }
}

const CUSTOMER: &[Member] = &[
    needed("type", Shape::OneOf(&["residential", "business"])),
    optional("first_name", Shape::Text),
    optional("last_name", Shape::Text),
    optional("date_of_birth", Shape::Text),
    optional("email", Shape::Text),
    optional("phone", Shape::Text),
    optional("company_name", Shape::Text),
    optional("enterprise_number", Shape::Text),
];

const ADDRESS: &[Member] = &[
    optional("street", Shape::Text),
    optional("house_number", Shape::Text),
    optional("box", Shape::Text),
    optional("postal_code", Shape::Text),
    optional("municipality", Shape::Text),
];

const SUPPLY_POINT: &[Member] = &[
    optional("ean", Shape::Text),
    optional("meter_number", Shape::Text),
];

/// The keys of [`RegistrationDocument`]; a test holds the two together.
const DOCUMENT: &[Member] = &[
    needed("language", Shape::OneOf(&["fr", "nl", "de", "en"])),
    needed("channel", Shape::OneOf(&["web", "phone"])),
    needed("kind", Shape::OneOf(&["switch", "move"])),
    needed("customer", Shape::Object(CUSTOMER)),
    needed("supply_address", Shape::Object(ADDRESS)),
    optional("electricity", Shape::Object(SUPPLY_POINT)),
    optional("gas", Shape::Object(SUPPLY_POINT)),
    optional("iban", Shape::Text),
    optional("current_supplier", Shape::Text),
    optional("start_date", Shape::Text),
    optional("reference", Shape::Ours),
    optional("asked", Shape::Ours),
];

impl RegistrationDocument {
    /// The document that a client submits: without `reference` and `asked`, which are Estafette's to give.
    ///
    /// # Errors
    /// Every fault of form and every one of [`RegistrationDocument::faults`] that can be seen beside them.
    pub fn from_submitted(json: &Value) -> Result<RegistrationDocument, Vec<DocumentFault>> {
        let Value::Object(object) = json else {
            return Err(vec![fault(
                "",
                format!("must be an object, not {}", name_of(json)),
            )]);
        };
        let mut faults = Vec::new();
        check_object("", object, DOCUMENT, &mut faults);
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut own_keys_only = object.clone();
        own_keys_only.retain(|key, _| key != "reference" && key != "asked");
        let document: RegistrationDocument = serde_json::from_value(Value::Object(own_keys_only))
            .map_err(|error| vec![fault("", error.to_string())])?;
        match document.faults() {
            faults if faults.is_empty() => Ok(document),
            faults => Err(faults),
        }
    }
}

fn check_object(
    path: &str,
    object: &Map<String, Value>,
    members: &[Member],
    faults: &mut Vec<DocumentFault>,
) {
    for member in members {
        let key = join(path, member.name);
        match object.get(member.name) {
            Some(value) => check_value(&key, value, member, faults),
            None if member.presence == Presence::Needed => faults.push(fault(&key, "is missing".into())),
            None => {}
        }
    }
    for unknown in object
        .keys()
        .filter(|key| !members.iter().any(|member| member.name == key.as_str()))
    {
        let known: Vec<&str> = members.iter().map(|member| member.name).collect();
        let detail = format!("is not a known key; known here: {}", known.join(", "));
        let key: String = join(path, unknown).chars().take(KEY_CHARS_SHOWN_MAX).collect();
        faults.push(fault(&key, detail));
    }
}

/// An unknown key is the client's text: this many characters of it are said back.
const KEY_CHARS_SHOWN_MAX: usize = 100;

fn check_value(key: &str, value: &Value, member: &Member, faults: &mut Vec<DocumentFault>) {
    match (&member.shape, value) {
        (Shape::Ours, Value::Null) => {}
        (Shape::Ours, _) => faults.push(fault(key, "must be left out: Estafette gives it".into())),
        (_, Value::Null) if member.presence == Presence::Optional => {}
        (Shape::Text, Value::String(text)) => check_text(key, text, faults),
        (Shape::Text, other) => {
            faults.push(fault(
                key,
                format!("must be a text or null, not {}", name_of(other)),
            ));
        }
        (Shape::OneOf(names), Value::String(text)) if names.contains(&text.as_str()) => {}
        (Shape::OneOf(names), _) => {
            faults.push(fault(key, format!("must be one of {}", names.join(", "))));
        }
        (Shape::Object(members), Value::Object(object)) => check_object(key, object, members, faults),
        (Shape::Object(_), other) => {
            faults.push(fault(key, format!("must be an object, not {}", name_of(other))));
        }
    }
}

fn check_text(key: &str, text: &str, faults: &mut Vec<DocumentFault>) {
    if text.chars().count() > FIELD_CHARS_MAX {
        faults.push(fault(key, format!("longer than {FIELD_CHARS_MAX} characters")));
    } else if text.chars().any(char::is_control) {
        faults.push(fault(key, "holds control characters".into()));
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

fn name_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn fault(key: &str, detail: String) -> DocumentFault {
    DocumentFault {
        key: key.to_owned(),
        detail,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn full() -> Value {
        json!({
            "language": "fr", "channel": "web", "kind": "switch",
            "customer": {"type": "residential", "first_name": "Anouk", "last_name": "Lambert",
                "date_of_birth": "1984-03-09", "email": "anouk@customer.test", "phone": "+32470123456",
                "company_name": null, "enterprise_number": null},
            "supply_address": {"street": "Rue Haute", "house_number": "12", "box": null,
                "postal_code": "4000", "municipality": "Liège"},
            "electricity": {"ean": null, "meter_number": null}, "gas": {"ean": null, "meter_number": null},
            "iban": null, "current_supplier": "Volt", "start_date": "2026-12-15"
        })
    }

    fn keys(json: &Value) -> Vec<String> {
        RegistrationDocument::from_submitted(json)
            .expect_err("has faults")
            .into_iter()
            .map(|fault| fault.key)
            .collect()
    }

    /// Every key of the document, dotted, with its value.
    fn leaves(path: &str, value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(object) => {
                for (name, value) in object {
                    leaves(&join(path, name), value, found);
                }
            }
            _ => found.push(path.to_owned()),
        }
    }

    #[test]
    fn a_full_document_is_taken() {
        let document = RegistrationDocument::from_submitted(&full()).unwrap();
        assert_eq!(document.customer.last_name.as_deref(), Some("Lambert"));
    }

    #[test]
    fn the_table_of_keys_is_the_one_of_the_document() {
        let document = RegistrationDocument::from_submitted(&full()).unwrap();
        let (mut of_type, mut of_sample) = (Vec::new(), Vec::new());
        leaves("", &serde_json::to_value(document).unwrap(), &mut of_type);
        leaves("", &full(), &mut of_sample);
        assert_eq!(of_type, of_sample);
    }

    #[test]
    fn every_key_is_checked_and_named() {
        let mut all = Vec::new();
        leaves("", &full(), &mut all);
        for key in all {
            let mut json = full();
            let pointer = format!("/{}", key.replace('.', "/"));
            *json.pointer_mut(&pointer).unwrap() = json!(7);
            assert_eq!(keys(&json), [key]);
        }
    }

    #[test]
    fn all_faults_are_said_at_once() {
        let json = json!({
            "language": "es", "kind": null, "reference": "REG-7K3M9Q2X", "colour": 1,
            "customer": {"type": "residential", "email": 5, "phone": "a\u{0}b"},
            "supply_address": []
        });
        assert_eq!(
            keys(&json),
            [
                "language",
                "channel",
                "kind",
                "customer.email",
                "customer.phone",
                "supply_address",
                "reference",
                "colour"
            ]
        );
    }

    #[test]
    fn one_energy_at_least() {
        let mut json = full();
        json["electricity"] = Value::Null;
        json["gas"] = Value::Null;
        assert_eq!(keys(&json), ["electricity"]);
        assert_eq!(keys(&json!("no object")), [""]);
    }
}
