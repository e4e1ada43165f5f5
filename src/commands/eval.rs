//! `estafette eval CORPUS`: scores what `interpret` makes of a corpus against its truth, and lists the misses.

mod report;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use serde::{Deserialize, Serialize};

use super::interpret::{Interpretation, interpret, registration_from};
use super::read::EXIT_BAD_INPUT;
use crate::registration::{Field, Registration};

/// A line of `truth.jsonl`.
#[derive(Debug, Deserialize)]
pub struct Truth {
    pub reply: String,
    pub registration: Option<String>,
    pub kind: String,
    pub fields: BTreeMap<String, TruthField>,
    pub also_needs_agent: bool,
    #[serde(default)]
    pub traits: Vec<String>,
}

#[derive(Debug, Deserialize, Clone, PartialEq, Eq)]
pub struct TruthField {
    pub status: String,
    #[serde(default)]
    pub value: Option<String>,
}

/// What ought to become of a reply, by its truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// Everything in it can be applied without a person.
    Apply,
    /// Clear, but it changes an IBAN, an e-mail address or a field that was not asked: an agent decides by rule.
    ReviewByRule,
    Review,
    Ignore,
}

/// One reply with its truth and what was made of it.
#[derive(Debug, Serialize)]
pub struct Scored {
    pub reply: String,
    pub traits: Vec<String>,
    pub wanted: Wanted,
    pub wanted_kind: String,
    pub got: Interpretation,
    pub misses: Vec<Miss>,
    /// Applied, and not exactly what the truth holds.
    pub applied_wrongly: bool,
}

/// A field that differs from the truth.
#[derive(Debug, Serialize)]
pub struct Miss {
    pub field: String,
    pub expected: Option<String>,
    pub got: Option<String>,
    /// The text it was read from.
    pub read_from: Option<String>,
}

/// Scores every reply of a corpus folder.
///
/// # Errors
/// What could not be read, a line each: `FILE: reason`.
pub fn score(corpus: &Path) -> Result<Vec<Scored>, Vec<String>> {
    let truth_file = corpus.join("truth.jsonl");
    let named = |reason: String| vec![format!("{}: {reason}", truth_file.display())];
    let text = std::fs::read_to_string(&truth_file).map_err(|error| named(error.to_string()))?;
    let mut scored = Vec::new();
    let mut faults = Vec::new();
    for (number, line) in text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        match serde_json::from_str::<Truth>(line) {
            Ok(truth) => match score_reply(corpus, truth) {
                Ok(reply) => scored.extend(reply),
                Err(fault) => faults.push(fault),
            },
            Err(error) => faults.push(format!("{}:{}: {error}", truth_file.display(), number + 1)),
        }
    }
    if faults.is_empty() {
        Ok(scored)
    } else {
        Err(faults)
    }
}

/// None for a reply that belongs to no registration: there is nothing to interpret it against.
fn score_reply(corpus: &Path, truth: Truth) -> Result<Option<Scored>, String> {
    let Some(reference) = &truth.registration else {
        return Ok(None);
    };
    let registration_file = corpus.join("registrations").join(format!("{reference}.json"));
    let registration = registration_from(&registration_file)
        .map_err(|reason| format!("{}: {reason}", registration_file.display()))?;
    let file = corpus.join("replies").join(&truth.reply);
    let raw = std::fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let got = interpret(Path::new(&truth.reply), &raw, &registration, None);
    Ok(Some(compare(truth, got, &registration)))
}

fn compare(truth: Truth, got: Interpretation, registration: &Registration) -> Scored {
    let wanted = wanted(&truth, registration);
    let asked = |name: &str| {
        registration
            .open_questions()
            .any(|question| question.field.name() == name)
    };
    // A confirmation of what was not asked may be left out on either side.
    let counts = |name: &str, status: &str| status == "corrected" || asked(name);
    let expected: BTreeMap<&str, String> = truth
        .fields
        .iter()
        .filter(|(name, field)| counts(name, &field.status))
        .map(|(name, field)| (name.as_str(), said(&field.status, field.value.as_deref())))
        .collect();
    let found: BTreeMap<&str, String> = got
        .fields
        .iter()
        .filter(|(name, field)| counts(name, field.status))
        .map(|(name, field)| (*name, said(field.status, field.value.as_deref())))
        .collect();
    let mut misses: Vec<Miss> = Vec::new();
    for name in Field::ALL.map(Field::name) {
        if expected.get(name) != found.get(name) {
            misses.push(Miss {
                field: name.to_owned(),
                expected: expected.get(name).cloned(),
                got: found.get(name).cloned(),
                read_from: got.fields.get(name).map(|field| field.evidence.text.clone()),
            });
        }
    }
    let applied = got.disposition == "apply";
    let applied_wrongly = applied
        && (!misses.is_empty()
            || truth.also_needs_agent
            || truth.kind != "answer"
            || wanted == Wanted::Review);
    Scored {
        reply: truth.reply,
        traits: truth.traits,
        wanted,
        wanted_kind: truth.kind,
        got,
        misses,
        applied_wrongly,
    }
}

fn said(status: &str, value: Option<&str>) -> String {
    match value {
        Some(value) => format!("{status} {value}"),
        None => status.to_owned(),
    }
}

fn wanted(truth: &Truth, registration: &Registration) -> Wanted {
    let asked = |name: &str| {
        registration
            .open_questions()
            .any(|question| question.field.name() == name)
    };
    let corrected = || {
        truth
            .fields
            .iter()
            .filter(|(_, field)| field.status == "corrected")
    };
    let invalid = truth.traits.iter().any(|name| name == "invalid-value");
    if truth.kind == "auto_reply" || truth.kind == "bounce" {
        Wanted::Ignore
    } else if truth.also_needs_agent || !matches!(truth.kind.as_str(), "answer" | "unrelated") {
        Wanted::Review
    } else if truth.kind == "unrelated" || (truth.fields.is_empty() && !invalid) {
        Wanted::Ignore
    } else if corrected().any(|(name, _)| !asked(name) || name == "iban" || name == "email") {
        Wanted::ReviewByRule
    } else {
        Wanted::Apply
    }
}

/// Scores a corpus and prints the report, as text or as JSON. Exit status 1 when anything was applied wrongly.
pub fn run(corpus: &Path, json: bool) -> ExitCode {
    let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
    let scored = match score(corpus) {
        Ok(scored) => scored,
        Err(faults) => {
            for fault in faults {
                // Nobody is left to tell if standard error is gone.
                let _ = writeln!(err, "{fault}");
            }
            return ExitCode::from(EXIT_BAD_INPUT);
        }
    };
    let summary = report::Summary::of(&scored);
    let text = if json {
        report::as_json(&scored, &summary)
    } else {
        report::as_text(&scored, &summary)
    };
    if writeln!(out, "{text}").is_err() {
        return ExitCode::FAILURE;
    }
    if summary.applied_wrongly > 0 {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    }
}
