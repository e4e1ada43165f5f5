//! The form of fields: what is registered, what was understood, what the agent decides; and what a sent form asks for.

use std::collections::BTreeMap;

use super::words;
use crate::registration::life_cycle::{AnswerToApply, CertainAnswer};
use crate::registration::value::{self, fold_white_space};
use crate::registration::{Command, Evidence, Field, Question, Reason, Registration};
use crate::store::answers::ReadAnswer;
use crate::understanding::AnswerStatus;

/// One field as the agent sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldRow {
    pub name: &'static str,
    pub label: &'static str,
    pub registered: String,
    /// What stands in the input: the registered value, what was understood, or what the agent typed.
    pub input: String,
    /// Whether "is right" is ticked.
    pub confirmed: bool,
    /// Why it is asked, in words.
    pub asked: Option<String>,
    /// What the message says of it, in words.
    pub understood: Option<String>,
    pub error: Option<String>,
}

impl FieldRow {
    pub fn is_changed(&self) -> bool {
        self.input != self.registered
    }
}

/// The rows: first what is in question, then the rest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldsForm {
    pub in_question: Vec<FieldRow>,
    pub others: Vec<FieldRow>,
}

/// What an agent sent for one field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PostedField {
    /// The registered value that the agent saw.
    pub was: String,
    pub value: String,
    pub confirmed: bool,
}

pub type Posted = BTreeMap<Field, PostedField>;
pub type Errors = BTreeMap<Field, String>;

impl FieldsForm {
    pub fn new(
        registration: &Registration,
        answers: &[ReadAnswer],
        posted: Option<&Posted>,
        errors: &Errors,
    ) -> FieldsForm {
        let mut form = FieldsForm::default();
        for field in registration.applicable_fields() {
            let question = registration
                .open_questions()
                .find(|question| question.field == field);
            let answer = answers.iter().find(|answer| answer.field == field);
            let mut row = FieldRow {
                name: field.name(),
                label: words::field_label(field),
                registered: registration.field(field).unwrap_or_default().to_owned(),
                input: registration.field(field).unwrap_or_default().to_owned(),
                confirmed: false,
                asked: question.map(asked_in_words),
                understood: answer.map(in_words),
                error: errors.get(&field).cloned(),
            };
            match answer.map(|answer| &answer.status) {
                Some(AnswerStatus::Corrected(value)) => row.input.clone_from(value),
                Some(AnswerStatus::Confirmed) => row.confirmed = true,
                _ => {}
            }
            if let Some(posted) = posted.and_then(|posted| posted.get(&field)) {
                row.input.clone_from(&posted.value);
                row.confirmed = posted.confirmed;
            }
            if row.asked.is_some() || row.understood.is_some() || row.error.is_some() {
                form.in_question.push(row);
            } else {
                form.others.push(row);
            }
        }
        form
    }
}

fn asked_in_words(question: &Question) -> String {
    let reason = words::question_reason(question.reason);
    match (question.reason, question.code.as_str()) {
        (Reason::Missing, _) | (_, "") => reason.to_owned(),
        (_, code) => format!("{reason}, {}", words::code(code)),
    }
}

fn in_words(answer: &ReadAnswer) -> String {
    match &answer.status {
        AnswerStatus::Corrected(value) => format!("says {value}"),
        AnswerStatus::Confirmed => "says it is right".into(),
        AnswerStatus::Failed(failed) => {
            format!("says {}: {}", failed.value, words::value_fault(&failed.fault))
        }
        AnswerStatus::Unclear => "says something unclear".into(),
    }
}

/// The fields of a sent form: `was.NAME`, `value.NAME`, `confirm.NAME`.
pub fn posted(pairs: &[(String, String)]) -> Posted {
    let mut posted = Posted::new();
    for (name, text) in pairs {
        let Some((what, name)) = name.split_once('.') else {
            continue;
        };
        let Ok(field) = name.parse::<Field>() else {
            continue;
        };
        let entry = posted.entry(field).or_default();
        match what {
            "was" => text.clone_into(&mut entry.was),
            "value" => entry.value = fold_white_space(text),
            "confirm" => entry.confirmed = true,
            _ => {}
        }
    }
    posted
}

/// What a form asks for.
#[derive(Debug, Default, PartialEq)]
pub struct Wanted {
    /// Taken over from the message, with their evidence.
    pub answers: Vec<AnswerToApply>,
    /// Set or confirmed by the agent's own hand.
    pub commands: Vec<Command>,
}

impl Wanted {
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty() && self.commands.is_empty()
    }
}

/// What `posted` changes in the registration as it is now, or what is wrong with each field. A field that somebody else changed since
/// the agent looked is not overwritten.
pub fn wanted(
    registration: &Registration,
    answers: &[ReadAnswer],
    posted: &Posted,
) -> Result<Wanted, Errors> {
    let mut wanted = Wanted::default();
    let mut errors = Errors::new();
    for (field, posted) in posted {
        let changed = posted.value != posted.was;
        if !changed && !posted.confirmed {
            continue;
        }
        let current = registration.field(*field).unwrap_or_default();
        if current != posted.was {
            let now = if current.is_empty() { "empty" } else { current };
            errors.insert(
                *field,
                format!("was changed meanwhile: it is now {now}. Look again."),
            );
            continue;
        }
        let answer = answers.iter().find(|answer| answer.field == *field);
        if let Err(fault) = want_one(*field, posted, changed, current, answer, &mut wanted) {
            errors.insert(*field, fault);
        }
    }
    if errors.is_empty() {
        Ok(wanted)
    } else {
        Err(errors)
    }
}

fn want_one(
    field: Field,
    posted: &PostedField,
    changed: bool,
    current: &str,
    answer: Option<&ReadAnswer>,
    wanted: &mut Wanted,
) -> Result<(), String> {
    let confirm = |wanted: &mut Wanted| match answer.filter(|answer| answer.status == AnswerStatus::Confirmed)
    {
        Some(answer) => wanted.answers.extend(answer.to_apply()),
        None => wanted.commands.push(Command::ConfirmField { field }),
    };
    if !changed {
        confirm(wanted);
        return Ok(());
    }
    if posted.value.is_empty() {
        wanted.commands.push(Command::SetField { field, value: None });
        return Ok(());
    }
    let normal = value::normalise(field, &posted.value).map_err(|fault| words::value_fault(fault.code))?;
    if normal == current {
        confirm(wanted);
        return Ok(());
    }
    let understood = answer.filter(|answer| answer.status == AnswerStatus::Corrected(normal.clone()));
    match understood.filter(|_| !is_agents_only(field)) {
        Some(answer) => wanted.answers.extend(answer.to_apply()),
        None => wanted.commands.push(Command::SetField {
            field,
            value: Some(normal),
        }),
    }
    Ok(())
}

/// These are set by an agent's hand even when the message says them: see the refusal `AgentsOnly`.
fn is_agents_only(field: Field) -> bool {
    matches!(field, Field::Iban | Field::Email)
}

/// Everything that was understood, as an agent's one yes takes it.
pub fn accepted(answers: &[ReadAnswer], written_yes: Option<&Evidence>) -> Wanted {
    let mut wanted = Wanted::default();
    wanted.answers.extend(written_yes.map(|evidence| AnswerToApply {
        // A yes is of no field.
        field: Field::Email,
        answer: CertainAnswer::WrittenYes,
        evidence: evidence.clone(),
    }));
    for answer in answers {
        let Some(to_apply) = answer.to_apply() else {
            continue;
        };
        match to_apply.answer {
            CertainAnswer::Corrected(value) if is_agents_only(answer.field) => {
                wanted.commands.push(Command::SetField {
                    field: answer.field,
                    value: Some(value),
                });
            }
            _ => wanted.answers.push(to_apply),
        }
    }
    wanted
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::json;

    use super::*;
    use crate::registration::{Reference, RegistrationDocument};

    fn registration() -> Registration {
        let document: RegistrationDocument = serde_json::from_value(json!({
            "language": "fr", "channel": "web", "kind": "switch",
            "customer": {"type": "residential", "last_name": "Lambert", "email": "a@customer.test", "phone": "+32470123456"},
            "supply_address": {"postal_code": "4000", "box": "3"}, "electricity": {"ean": "54144882001234567"}
        })).unwrap();
        let reference: Reference = "REG-7K3M9Q2X".parse().unwrap();
        document
            .into_registration(reference, Timestamp::UNIX_EPOCH)
            .unwrap()
    }

    fn answer(field: Field, status: AnswerStatus) -> ReadAnswer {
        let evidence = Evidence {
            part: "body".into(),
            span: None,
            text: "x".into(),
            rule: "label".into(),
            place: None,
        };
        ReadAnswer {
            field,
            status,
            evidence,
            checks: vec![],
        }
    }

    fn one(field: &str, was: &str, value: &str) -> Posted {
        posted(&[
            (format!("was.{field}"), was.into()),
            (format!("value.{field}"), value.into()),
        ])
    }

    #[test]
    fn only_what_changed_is_wanted_in_its_normal_form() {
        let registration = registration();
        let mut sent = one("phone", "+32470123456", "0471 12 34 56");
        sent.extend(one("last_name", "Lambert", " Lambert "));
        sent.extend(one("box", "3", ""));
        assert_eq!(
            wanted(&registration, &[], &sent).unwrap().commands,
            [
                Command::SetField {
                    field: Field::Phone,
                    value: Some("+32471123456".into())
                },
                Command::SetField {
                    field: Field::Box,
                    value: None
                },
            ]
        );
    }

    #[test]
    fn a_wrong_value_and_a_value_that_moved_are_errors_beside_their_fields() {
        let registration = registration();
        let mut sent = one("electricity_ean", "54144882001234567", "541448820012345679");
        sent.extend(one("phone", "+32470999999", "0471 12 34 56"));
        let errors = wanted(&registration, &[], &sent).unwrap_err();
        assert!(
            errors[&Field::ElectricityEan].contains("check digit"),
            "{errors:?}"
        );
        assert!(errors[&Field::Phone].contains("meanwhile"), "{errors:?}");
    }

    #[test]
    fn what_the_message_says_goes_in_with_its_evidence_and_the_email_by_hand() {
        let registration = registration();
        let ean = "541448820012345678";
        let answers = [
            answer(Field::ElectricityEan, AnswerStatus::Corrected(ean.into())),
            answer(Field::Email, AnswerStatus::Corrected("b@customer.test".into())),
            answer(Field::LastName, AnswerStatus::Confirmed),
            answer(Field::Phone, AnswerStatus::Unclear),
        ];
        let accepted = accepted(&answers, None);
        assert_eq!(accepted.answers.len(), 2);
        assert_eq!(accepted.commands.len(), 1);

        let form = FieldsForm::new(&registration, &answers, None, &Errors::new());
        assert_eq!(form.in_question.len(), 4);
        let mut sent = Posted::new();
        for row in form.in_question.iter().chain(&form.others) {
            let field: Field = row.name.parse().unwrap();
            let posted = PostedField {
                was: row.registered.clone(),
                value: row.input.clone(),
                confirmed: row.confirmed,
            };
            sent.insert(field, posted);
        }
        // The form as it is shown, sent untouched, is the same as the one yes.
        assert_eq!(
            wanted(&registration, &answers, &sent).unwrap().answers.len(),
            accepted.answers.len()
        );
        assert_eq!(
            wanted(&registration, &answers, &sent).unwrap().commands,
            accepted.commands
        );
    }
}
