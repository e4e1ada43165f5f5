//! `estafette interpret --registration REG.json [--letter LETTER.eml] MESSAGE.eml...`: a JSON line each of what a message
//! answers, and what would become of it. Sender trust is not judged: files carry none.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use jiff::Timestamp;
use serde::Serialize;

use super::block_on;
use super::read::{EXIT_BAD_INPUT, bytes_of, inputs_of};
use crate::attachments::{Limits, Tools, read_attachments};
use crate::decision::{self, Disposition, Judging, ReasonForPeople};
use crate::matching::Match;
use crate::reading::{self, AttachmentText, Message};
use crate::registration::{Evidence, Registration, RegistrationDocument};
use crate::understanding::{self, AnswerStatus, DoubtReason, Kind, SentLetter, Understanding};

/// What was made of one message; also the line that is printed.
#[derive(Debug, Serialize)]
pub struct Interpretation {
    pub file: String,
    pub kind: &'static str,
    /// What the customer says of fields: corrected or confirmed.
    pub fields: BTreeMap<&'static str, FieldSaid>,
    /// What was given for a field and cannot be taken.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub not_taken: BTreeMap<&'static str, FieldSaid>,
    pub also_needs_agent: bool,
    pub disposition: &'static str,
    pub reasons: Vec<ReasonForPeople>,
}

#[derive(Debug, Serialize)]
pub struct FieldSaid {
    /// `corrected` or `confirmed`; `failed` or `unclear` among those not taken.
    pub status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The code of what is wrong with a failed value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
    pub evidence: Evidence,
}

/// Reads, understands and decides on one raw message. Not to be called on an async thread: it waits for attachments to be read.
pub fn interpret(
    file: &Path,
    raw: &[u8],
    registration: &Registration,
    letter: Option<&SentLetter>,
    tools: &Tools,
) -> Interpretation {
    let message = reading::read(raw);
    let attachments = attachments_of(&message, tools);
    let understood = understanding::understand(&message, registration, letter, &attachments);
    let disposition = decision::decide(&understood, Judging::ContentOnly);
    Interpretation::of(file, &understood, &disposition)
}

/// What becomes of a message that belongs to no registration: of a person's nothing can be understood.
pub fn interpret_unmatched(file: &Path, raw: &[u8]) -> Interpretation {
    let message = reading::read(raw);
    let understood = understanding::robot(&message);
    let disposition = decision::decide_unmatched(understood.as_ref(), &Match::Unmatched);
    let of_person = Understanding {
        kind: Kind::Unrelated,
        answers: BTreeMap::new(),
        written_yes: None,
        doubts: Vec::new(),
        language: message.language,
    };
    Interpretation::of(file, &understood.unwrap_or(of_person), &disposition)
}

fn attachments_of(message: &Message, tools: &Tools) -> Vec<AttachmentText> {
    if message.has_attachments_to_read() {
        block_on(read_attachments(message, tools, &Limits::default()))
    } else {
        Vec::new()
    }
}

impl Interpretation {
    fn of(file: &Path, understood: &Understanding, disposition: &Disposition) -> Interpretation {
        let (mut fields, mut not_taken) = (BTreeMap::new(), BTreeMap::new());
        for (field, answer) in &understood.answers {
            let (status, value, fault) = match &answer.status {
                AnswerStatus::Corrected(value) => ("corrected", Some(value.clone()), None),
                AnswerStatus::Confirmed => ("confirmed", None, None),
                AnswerStatus::Failed(failed) => {
                    ("failed", Some(failed.value.clone()), Some(failed.fault.clone()))
                }
                AnswerStatus::Unclear => ("unclear", None, None),
            };
            let said = FieldSaid {
                status,
                value,
                fault,
                evidence: answer.evidence.clone(),
            };
            let taken = matches!(
                answer.status,
                AnswerStatus::Corrected(_) | AnswerStatus::Confirmed
            );
            if taken { &mut fields } else { &mut not_taken }.insert(field.name(), said);
        }
        Interpretation {
            file: file.display().to_string(),
            kind: understood.kind.name(),
            fields,
            not_taken,
            also_needs_agent: needs_agent(understood),
            disposition: disposition.name(),
            reasons: disposition.reasons().to_vec(),
        }
    }
}

/// Whether a person must read it besides what its fields say. That a field may not be changed without an agent is no reason:
/// what the message says is clear then.
fn needs_agent(understood: &Understanding) -> bool {
    understood.doubts.iter().any(|doubt| {
        !matches!(
            doubt.reason,
            DoubtReason::SensitiveField | DoubtReason::UnaskedField
        )
    })
}

/// Reads a registration with its open questions.
///
/// # Errors
/// One line that says what is wrong with the file.
pub fn registration_from(file: &Path) -> Result<Registration, String> {
    let text = std::fs::read_to_string(file).map_err(|error| error.to_string())?;
    let document: RegistrationDocument = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let reference = document.reference.clone().ok_or("`reference` is missing")?;
    // When it was submitted has no bearing on what a reply says.
    document
        .into_registration(reference, Timestamp::UNIX_EPOCH)
        .map_err(|faults| {
            let faults: Vec<String> = faults
                .into_iter()
                .map(|fault| format!("{}: {}", fault.key, fault.detail))
                .collect();
            faults.join("; ")
        })
}

/// The text of a letter of ours, out of its message.
fn letter_from(file: &Path, stdin: &mut impl Read) -> Result<SentLetter, String> {
    let message = reading::read(&bytes_of(file, stdin)?);
    Ok(SentLetter {
        kind: None,
        text: message.body.text,
    })
}

/// Interprets each file against one registration; `-` is standard input, a directory stands for its `*.eml` files.
pub fn run(registration: &Path, letter: Option<&Path>, files: &[PathBuf]) -> ExitCode {
    let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
    match interpret_all(
        registration,
        letter,
        files,
        &mut io::stdin().lock(),
        &mut out,
        &mut err,
    ) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(EXIT_BAD_INPUT),
        // Whoever read our output has gone: nothing is left to say, or to whom.
        Err(_) => ExitCode::FAILURE,
    }
}

/// Whether every input could be read; an error when the output could not be written.
fn interpret_all(
    registration: &Path,
    letter: Option<&Path>,
    files: &[PathBuf],
    stdin: &mut impl Read,
    out: &mut impl Write,
    err: &mut impl Write,
) -> io::Result<bool> {
    let known = match registration_from(registration) {
        Ok(known) => known,
        Err(reason) => {
            writeln!(err, "{}: {reason}", registration.display())?;
            return Ok(false);
        }
    };
    let sent = match letter
        .map(|file| letter_from(file, stdin).map_err(|reason| (file, reason)))
        .transpose()
    {
        Ok(sent) => sent,
        Err((file, reason)) => {
            writeln!(err, "{}: {reason}", file.display())?;
            return Ok(false);
        }
    };
    let tools = Tools::of_this_program();
    let mut all_read = true;
    for given in files {
        let inputs = match inputs_of(given) {
            Ok(inputs) => inputs,
            Err(reason) => {
                all_read = false;
                writeln!(err, "{}: {reason}", given.display())?;
                continue;
            }
        };
        for file in inputs {
            match bytes_of(&file, stdin) {
                Ok(raw) => {
                    let line = interpret(&file, &raw, &known, sent.as_ref(), &tools);
                    writeln!(out, "{}", serde_json::to_string(&line)?)?;
                }
                Err(reason) => {
                    all_read = false;
                    writeln!(err, "{}: {reason}", file.display())?;
                }
            }
        }
    }
    out.flush()?;
    Ok(all_read)
}

#[cfg(test)]
mod tests {
    use super::*;

    const REGISTRATION: &str = r#"{"reference": "REG-7K3M9Q2X", "language": "fr", "channel": "web", "kind": "switch",
        "customer": {"type": "residential", "first_name": "Jean", "last_name": "Dupont"},
        "supply_address": {"street": "Rue du Pont", "house_number": "8", "postal_code": "4000", "municipality": "Liège"},
        "electricity": {"ean": null}, "asked": [{"field": "electricity_ean", "reason": "missing"}]}"#;

    #[test]
    fn a_line_each_and_bad_inputs_named() {
        let folder = tempfile::tempdir().unwrap();
        let (registration, good) = (folder.path().join("reg.json"), folder.path().join("good.eml"));
        std::fs::write(&registration, REGISTRATION).unwrap();
        std::fs::write(
            &good,
            "From: Jean Dupont <jean@a.test>\r\nSubject: EAN\r\n\r\n541448820012345678\r\n",
        )
        .unwrap();
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let files = [folder.path().join("none.eml"), good];
        let all_read =
            interpret_all(&registration, None, &files, &mut io::empty(), &mut out, &mut err).unwrap();
        assert!(!all_read);
        assert!(String::from_utf8(err).unwrap().contains("none.eml"));
        let line: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(line["fields"]["electricity_ean"]["value"], "541448820012345678");
        assert_eq!(line["fields"]["electricity_ean"]["status"], "corrected");
        assert_eq!(
            (&line["kind"], &line["disposition"]),
            (&"answer".into(), &"apply".into())
        );
    }

    #[test]
    fn a_registration_that_cannot_be_read_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let registration = folder.path().join("reg.json");
        std::fs::write(&registration, "{}").unwrap();
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let all_read = interpret_all(&registration, None, &[], &mut io::empty(), &mut out, &mut err).unwrap();
        assert!(!all_read && out.is_empty());
        assert_eq!(String::from_utf8(err).unwrap().lines().count(), 1);
    }
}
