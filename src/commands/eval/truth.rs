//! The truth of a corpus: what a careful agent would take from each reply.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Deserializer};

/// A line of `truth.jsonl`.
#[derive(Debug, Deserialize)]
pub(super) struct Truth {
    pub reply: String,
    pub registration: Option<String>,
    pub kind: String,
    #[serde(default)]
    pub fields: BTreeMap<String, TruthField>,
    #[serde(default)]
    pub also_needs_agent: bool,
    #[serde(default)]
    pub traits: Vec<String>,
    /// The newly written text, as plain text.
    #[serde(default)]
    pub reply_text: Option<String>,
    /// Of a bounce: `hard`, `soft` or `delayed`.
    #[serde(default)]
    pub bounce: Option<String>,
    /// Of a bounce: the Message-ID of the letter that came back.
    #[serde(default)]
    pub bounced_message_id: Option<String>,
    /// Of an automatic reply: the first day back, ISO 8601; `Some(None)` where it names none, `None` where the truth does not say.
    #[serde(default, deserialize_with = "said")]
    pub returns_on: Option<Option<String>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct TruthField {
    pub status: String,
    #[serde(default)]
    pub value: Option<String>,
}

/// What stands there, though it be `null`.
fn said<'de, D: Deserializer<'de>>(value: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(value).map(Some)
}

/// Reads the lines of a truth file.
///
/// # Errors
/// What could not be read, a line each: `FILE: reason`.
pub(super) fn read(file: &Path) -> Result<Vec<Truth>, Vec<String>> {
    let text = std::fs::read_to_string(file).map_err(|error| vec![format!("{}: {error}", file.display())])?;
    let (mut truths, mut faults) = (Vec::new(), Vec::new());
    for (number, line) in text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        match serde_json::from_str(line) {
            Ok(truth) => truths.push(truth),
            Err(error) => faults.push(format!("{}:{}: {error}", file.display(), number + 1)),
        }
    }
    if faults.is_empty() {
        Ok(truths)
    } else {
        Err(faults)
    }
}
