//! The shape of a registration document as JSON: every key, what it holds, and whether it must be there.
//!
//! Serde stops at the first fault; who mends a file of thousands of lines wants all of them.

use serde_json::{Map, Value};

use super::{ImportFault, Imported};
use crate::registration::RegistrationDocument;

/// What a key holds.
enum Shape {
    Text,
    /// One of these words.
    Choice(&'static [&'static str]),
    Object(&'static [Key]),
    /// Left to serde: what Estafette writes itself.
    Own,
}

enum Presence {
    Required,
    Optional,
}

struct Key {
    name: &'static str,
    shape: Shape,
    presence: Presence,
}

const fn required(name: &'static str, shape: Shape) -> Key {
    Key {
        name,
        shape,
        presence: Presence::Required,
    }
}

const fn optional(name: &'static str, shape: Shape) -> Key {
    Key {
        name,
        shape,
        presence: Presence::Optional,
    }
}

const DOCUMENT: &[Key] = &[
    optional("reference", Shape::Own),
    required("language", Shape::Choice(&["fr", "nl", "de", "en"])),
    required("channel", Shape::Choice(&["web", "phone"])),
    required("kind", Shape::Choice(&["switch", "move"])),
    required("customer", Shape::Object(CUSTOMER)),
    required("supply_address", Shape::Object(ADDRESS)),
    optional("electricity", Shape::Object(SUPPLY_POINT)),
    optional("gas", Shape::Object(SUPPLY_POINT)),
    optional("iban", Shape::Text),
    optional("current_supplier", Shape::Text),
    optional("start_date", Shape::Text),
    optional("asked", Shape::Own),
];

const CUSTOMER: &[Key] = &[
    required("type", Shape::Choice(&["residential", "business"])),
    optional("first_name", Shape::Text),
    optional("last_name", Shape::Text),
    optional("date_of_birth", Shape::Text),
    optional("email", Shape::Text),
    optional("phone", Shape::Text),
    optional("company_name", Shape::Text),
    optional("enterprise_number", Shape::Text),
];

const ADDRESS: &[Key] = &[
    optional("street", Shape::Text),
    optional("house_number", Shape::Text),
    optional("box", Shape::Text),
    optional("postal_code", Shape::Text),
    optional("municipality", Shape::Text),
];

const SUPPLY_POINT: &[Key] = &[
    optional("ean", Shape::Text),
    optional("meter_number", Shape::Text),
];

/// A key is taken for a misspelling of another from this likeness on (Jaro-Winkler, 0 to 1).
const LIKENESS_MIN: f64 = 0.85;

/// Every dotted key that holds a text or a word: what a CSV file may have as columns.
pub(super) fn leaf_keys() -> Vec<String> {
    let mut keys = Vec::new();
    collect_leaves(DOCUMENT, "", &mut keys);
    keys
}

fn collect_leaves(shape: &[Key], prefix: &str, keys: &mut Vec<String>) {
    for key in shape {
        match &key.shape {
            Shape::Text | Shape::Choice(_) => keys.push(format!("{prefix}{}", key.name)),
            Shape::Object(inner) => collect_leaves(inner, &format!("{prefix}{}.", key.name), keys),
            Shape::Own => {}
        }
    }
}

/// The known name most like an unknown one, as a remedy.
pub(super) fn unknown(name: &str, known: &[&str]) -> String {
    let likeness = |known: &&&str| strsim::jaro_winkler(name, known);
    let nearest = known
        .iter()
        .max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
    match nearest {
        Some(nearest) if likeness(&nearest) >= LIKENESS_MIN => format!("unknown; did you mean `{nearest}`?"),
        _ => format!("unknown; known are {}", known.join(", ")),
    }
}

/// The document of a JSON value.
///
/// # Errors
/// Everything that keeps it from being one.
pub(super) fn document(line: u64, json: Value) -> Imported {
    let mut check = Check {
        line,
        faults: Vec::new(),
    };
    match &json {
        Value::Object(object) => check.object("", object, DOCUMENT),
        other => check.fault("", format!("is {}: write one JSON object a line", kind_of(other))),
    }
    if !check.faults.is_empty() {
        return Err(check.faults);
    }
    let document: RegistrationDocument = serde_json::from_value(json)
        .map_err(|error| vec![ImportFault::whole_line(line, super::reason(&error))])?;
    let faults: Vec<ImportFault> = document
        .faults()
        .into_iter()
        .map(|fault| ImportFault {
            line,
            key: Some(fault.key),
            detail: fault.detail,
        })
        .collect();
    if faults.is_empty() {
        Ok(document)
    } else {
        Err(faults)
    }
}

struct Check {
    line: u64,
    faults: Vec<ImportFault>,
}

impl Check {
    fn fault(&mut self, key: &str, detail: String) {
        self.faults.push(ImportFault {
            line: self.line,
            key: (!key.is_empty()).then(|| key.to_owned()),
            detail,
        });
    }

    fn object(&mut self, prefix: &str, object: &Map<String, Value>, shape: &[Key]) {
        let known: Vec<&str> = shape.iter().map(|key| key.name).collect();
        for name in object.keys().filter(|name| !known.contains(&name.as_str())) {
            self.fault(&format!("{prefix}{name}"), unknown(name, &known));
        }
        for key in shape {
            let path = format!("{prefix}{}", key.name);
            match (object.get(key.name), &key.presence) {
                (None | Some(Value::Null), Presence::Required) => {
                    self.fault(&path, format!("missing: {}", wanted(&key.shape)))
                }
                (None | Some(Value::Null), Presence::Optional) => {}
                (Some(value), _) => self.value(&path, value, &key.shape),
            }
        }
    }

    fn value(&mut self, path: &str, value: &Value, shape: &Shape) {
        match (shape, value) {
            (Shape::Own, _) | (Shape::Text, Value::String(_)) => {}
            (Shape::Object(keys), Value::Object(object)) => self.object(&format!("{path}."), object, keys),
            (Shape::Choice(words), Value::String(word)) if words.contains(&word.as_str()) => {}
            (Shape::Choice(_), Value::String(word)) => {
                self.fault(path, format!("is `{}`: {}", shown(word), wanted(shape)))
            }
            (Shape::Text | Shape::Choice(_), Value::Number(number)) => {
                self.fault(path, format!("is a number: write it in quotes, \"{number}\""));
            }
            (_, other) => self.fault(path, format!("is {}: {}", kind_of(other), wanted(shape))),
        }
    }
}

fn wanted(shape: &Shape) -> String {
    match shape {
        Shape::Text | Shape::Own => "write a text in quotes, or null".to_owned(),
        Shape::Choice(words) => format!("write {}", words.join(" or ")),
        Shape::Object(keys) => {
            let names: Vec<&str> = keys.iter().map(|key| key.name).collect();
            format!("write an object with {}", names.join(", "))
        }
    }
}

/// A word short enough for a message.
fn shown(word: &str) -> String {
    const SHOWN_CHARS_MAX: usize = 40;
    word.chars().take(SHOWN_CHARS_MAX).collect()
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
