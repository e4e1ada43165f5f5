//! What a message answers, as [`super::Settled::answers`] keeps it: a JSON object, an entry a field with `status`, `value`,
//! `fault`, `evidence` and `checks`; and `written_yes` with its `evidence`. Written by who understood it, read for people and
//! for an agent's yes.

use serde_json::{Map, Value, json};

use crate::registration::life_cycle::{AnswerToApply, CertainAnswer};
use crate::registration::question::FailedAnswer;
use crate::registration::{Evidence, Field};
use crate::understanding::{Answer, AnswerStatus, Understanding};

/// What a message says of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadAnswer {
    pub field: Field,
    pub status: AnswerStatus,
    pub evidence: Evidence,
    pub checks: Vec<String>,
}

impl ReadAnswer {
    /// What an agent's yes to it applies; none where nothing certain was read.
    pub fn to_apply(&self) -> Option<AnswerToApply> {
        let answer = match &self.status {
            AnswerStatus::Corrected(value) => CertainAnswer::Corrected(value.clone()),
            AnswerStatus::Confirmed => CertainAnswer::Confirmed,
            AnswerStatus::Failed(failed) => CertainAnswer::Failed(failed.clone()),
            AnswerStatus::Unclear => return None,
        };
        Some(AnswerToApply {
            field: self.field,
            answer,
            evidence: self.evidence.clone(),
        })
    }
}

const WRITTEN_YES: &str = "written_yes";

/// The customer's written yes to a phone registration, if the message gives it.
pub fn read_written_yes(answers: &Value) -> Option<Evidence> {
    let entry = answers.get(WRITTEN_YES)?;
    Some(read_evidence(entry.get("evidence")))
}

/// The stored answers, in the order of [`Field::ALL`]. What is no answer is left out.
pub fn read(answers: &Value) -> Vec<ReadAnswer> {
    Field::ALL
        .into_iter()
        .filter_map(|field| {
            let entry = answers.get(field.name())?.as_object()?;
            Some(ReadAnswer {
                field,
                status: read_status(entry)?,
                evidence: read_evidence(entry.get("evidence")),
                checks: entry
                    .get("checks")
                    .and_then(Value::as_array)
                    .map(|checks| {
                        checks
                            .iter()
                            .filter_map(|check| Some(check.as_str()?.to_owned()))
                            .collect()
                    })
                    .unwrap_or_default(),
            })
        })
        .collect()
}

fn read_status(entry: &Map<String, Value>) -> Option<AnswerStatus> {
    let text = |key| entry.get(key).and_then(Value::as_str).map(str::to_owned);
    Some(match entry.get("status")?.as_str()? {
        "corrected" => AnswerStatus::Corrected(text("value")?),
        "confirmed" => AnswerStatus::Confirmed,
        "failed" => AnswerStatus::Failed(FailedAnswer {
            value: text("value")?,
            fault: text("fault")?,
        }),
        _ => AnswerStatus::Unclear,
    })
}

fn read_evidence(evidence: Option<&Value>) -> Evidence {
    let whole = evidence.and_then(|evidence| serde_json::from_value(evidence.clone()).ok());
    whole.unwrap_or_else(|| Evidence {
        part: "body".into(),
        span: None,
        text: evidence.and_then(Value::as_str).unwrap_or_default().to_owned(),
        rule: String::new(),
        place: None,
    })
}

/// The stored form of what was understood.
pub fn write(understanding: &Understanding) -> Value {
    let entries = understanding
        .answers
        .iter()
        .map(|(field, answer)| (field.name().to_owned(), write_one(answer)));
    let yes = understanding.written_yes.as_ref();
    let yes = yes.map(|evidence| {
        (
            WRITTEN_YES.to_owned(),
            json!({"status": "given", "evidence": evidence}),
        )
    });
    Value::Object(entries.chain(yes).collect())
}

fn write_one(answer: &Answer) -> Value {
    let (status, value, fault) = match &answer.status {
        AnswerStatus::Corrected(value) => ("corrected", Some(value), None),
        AnswerStatus::Confirmed => ("confirmed", None, None),
        AnswerStatus::Failed(failed) => ("failed", Some(&failed.value), Some(&failed.fault)),
        AnswerStatus::Unclear => ("unclear", None, None),
    };
    json!({"status": status, "value": value, "fault": fault, "evidence": answer.evidence, "checks": answer.checks})
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::understanding::Kind;

    #[test]
    fn what_is_written_reads_back() {
        let evidence = Evidence {
            part: "body".into(),
            span: Some((3, 9)),
            text: "x".into(),
            rule: "label".into(),
            place: None,
        };
        let failed = FailedAnswer {
            value: "5414".into(),
            fault: "ean_length".into(),
        };
        let statuses = [
            (Field::FirstName, AnswerStatus::Confirmed),
            (Field::LastName, AnswerStatus::Corrected("Peeters".into())),
            (Field::Box, AnswerStatus::Unclear),
            (Field::GasEan, AnswerStatus::Failed(failed)),
        ];
        let answers: BTreeMap<Field, Answer> = statuses
            .iter()
            .map(|(field, status)| {
                let answer = Answer {
                    status: status.clone(),
                    evidence: evidence.clone(),
                    checks: vec!["length".into()],
                };
                (*field, answer)
            })
            .collect();
        let understanding = Understanding {
            kind: Kind::Answer,
            answers,
            written_yes: Some(evidence.clone()),
            doubts: vec![],
            language: None,
        };
        let written = write(&understanding);
        assert_eq!(read_written_yes(&written), Some(evidence.clone()));
        assert_eq!(read_written_yes(&json!({})), None);
        let back = read(&written);
        assert_eq!(back.len(), 4);
        for (answer, (field, status)) in back.iter().zip(&statuses) {
            assert_eq!((&answer.field, &answer.status), (field, status));
            assert_eq!(answer.evidence, evidence);
        }
        assert_eq!(read(&Value::Null), []);
        assert_eq!(
            read(&json!({"colour": {"status": "corrected", "value": "x"}, "iban": 4})),
            []
        );
    }
}
