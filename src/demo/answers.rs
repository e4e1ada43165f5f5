//! What a sample customer sends when a letter comes: which mails, after how long.

use std::time::Duration;

use super::cast::Member;
use super::mail::Form;
use super::samples::{DistributorAnswer, Scenario};
use super::voice::{self, Item, Saying, Style};
use crate::registration::value::{Ean, normalise};
use crate::registration::{Channel, Energy, Field, Language, LetterKind, Question, Reason};

/// The quickest customer answers after this long; the slowest after [`ANSWER_SECONDS_MAX`].
const ANSWER_SECONDS_MIN: u64 = 4;
const ANSWER_SECONDS_MAX: u64 = 10;
/// A mail server answers for its absent owner after this long ...
const AUTO_REPLY_SECONDS: u64 = 2;
/// ... and the owner is back after this long.
const BACK_SECONDS: u64 = 25;

/// A mail a customer will send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// After the letter came, at the pace of life in the demo.
    pub after: Duration,
    pub from: Sender,
    pub form: Form,
    /// None: that of the letter.
    pub subject: Option<String>,
    pub own: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    Registered,
    /// An address the registration does not know.
    Other,
}

/// The mails that answer a letter, in the order they are sent. None for a letter that asks nothing.
///
/// `questions` are the open ones in the order of their numbers in the letter.
pub fn planned(member: &Member, kind: LetterKind, questions: &[Question]) -> Vec<Planned> {
    if member.sample.scenario == Scenario::Never {
        return Vec::new();
    }
    match kind {
        LetterKind::RegistrationConfirmation => match member.document().channel {
            Channel::Phone => vec![written_yes(member)],
            Channel::Web => Vec::new(),
        },
        LetterKind::ClarificationRequest => first_answer(member, questions),
        LetterKind::FollowUp => again(member, questions),
        LetterKind::Acknowledgement
        | LetterKind::ContractConfirmation
        | LetterKind::Reminder
        | LetterKind::LastReminder
        | LetterKind::Expiry
        | LetterKind::WithdrawalAcknowledgement
        | LetterKind::DistributorRefusal
        | LetterKind::AgentReply => Vec::new(),
    }
}

fn written_yes(member: &Member) -> Planned {
    answer(
        member,
        usual_form(member),
        &[voice::written_yes(language(member)).to_owned()],
    )
}

fn first_answer(member: &Member, questions: &[Question]) -> Vec<Planned> {
    let truth = items(member, questions, Knowledge::Right);
    if truth.is_empty() {
        return Vec::new();
    }
    let right = || answer(member, usual_form(member), &said(member, &truth));
    match member.sample.scenario {
        Scenario::RightAtOnce => vec![right()],
        Scenario::Partly => vec![answer(member, usual_form(member), &said(member, &truth[..1]))],
        Scenario::WrongThenRight => {
            let first = items(member, questions, Knowledge::FirstTry);
            vec![answer(member, usual_form(member), &said(member, &first))]
        }
        Scenario::InsideQuote => {
            let bare = truth
                .iter()
                .map(|item| (item.number, voice::bare(language(member), item)))
                .collect();
            vec![answer(member, Form::InsideQuote(bare), &[])]
        }
        Scenario::HtmlOnly => vec![answer(member, Form::Outlook, &said(member, &truth))],
        Scenario::OutOfOffice => {
            let back = Planned {
                after: Duration::from_secs(BACK_SECONDS),
                ..right()
            };
            vec![out_of_office(member), back]
        }
        Scenario::Question => {
            vec![answer(
                member,
                usual_form(member),
                &[voice::question(language(member)).to_owned()],
            )]
        }
        Scenario::OtherAddress => vec![Planned {
            from: Sender::Other,
            ..right()
        }],
        Scenario::Never => Vec::new(),
    }
}

/// When asked again, everybody gives the right values.
fn again(member: &Member, questions: &[Question]) -> Vec<Planned> {
    let truth = items(member, questions, Knowledge::Right);
    if truth.is_empty() {
        return Vec::new();
    }
    vec![answer(member, usual_form(member), &said(member, &truth))]
}

fn out_of_office(member: &Member) -> Planned {
    let (subject, own) = voice::out_of_office(language(member));
    Planned {
        after: Duration::from_secs(AUTO_REPLY_SECONDS),
        from: Sender::Registered,
        form: Form::AutoReply,
        subject: Some(subject.to_owned()),
        own: format!("{own}\n{}\n", member.name()),
    }
}

fn answer(member: &Member, form: Form, lines: &[String]) -> Planned {
    let span = ANSWER_SECONDS_MAX - ANSWER_SECONDS_MIN + 1;
    let seconds = ANSWER_SECONDS_MIN + (member.number as u64 * 5) % span;
    Planned {
        after: Duration::from_secs(seconds),
        from: Sender::Registered,
        form,
        subject: None,
        own: letter(member, lines),
    }
}

/// Greeting, lines, closing and name. Without lines, the name alone: the answers stand in the quote.
fn letter(member: &Member, lines: &[String]) -> String {
    let language = language(member);
    let name = member.name();
    let closing = format!("{}\n{name}", voice::closing(language));
    if lines.is_empty() {
        return closing;
    }
    format!(
        "{}\n\n{}\n\n{closing}\n",
        voice::greeting(language),
        lines.join("\n")
    )
}

fn language(member: &Member) -> Language {
    member.document().language
}

/// The mail program of the customer.
fn usual_form(member: &Member) -> Form {
    match member.number % 3 {
        0 => Form::Webmail,
        1 => Form::Phone,
        _ => Form::Desktop,
    }
}

fn said(member: &Member, items: &[Item]) -> Vec<String> {
    voice::lines(language(member), Style::of(member.number / 2), items)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Knowledge {
    Right,
    /// With the slip of [`Scenario::WrongThenRight`].
    FirstTry,
}

/// What the customer can say to the questions.
fn items(member: &Member, questions: &[Question], knowledge: Knowledge) -> Vec<Item> {
    questions
        .iter()
        .enumerate()
        .filter_map(|(place, question)| {
            let field = question.field;
            let first_try = member.sample.first_try.get(&field);
            let saying = match first_try.filter(|_| knowledge == Knowledge::FirstTry) {
                Some(wrong) => Saying::Value(wrong.clone()),
                None => right(member, question)?,
            };
            Some(Item {
                number: place + 1,
                field,
                saying,
            })
        })
        .collect()
}

/// The true answer to a question; none when the customer has no such thing.
fn right(member: &Member, question: &Question) -> Option<Saying> {
    let field = question.field;
    let value = match (energy_of(field), member.sample.distributor) {
        // The distributor knows the supply point by another number: the one on the bill.
        (Some(_), DistributorAnswer::Rejects { .. }) if question.code.starts_with("distributor_") => {
            number_on_the_bill(member.sample.truth.get(&field)?)?
        }
        _ => member.sample.truth.get(&field)?.clone(),
    };
    let registered = question
        .value
        .as_deref()
        .and_then(|value| normalise(field, value).ok());
    let is_right = question.reason == Reason::Doubtful && registered.as_deref() == Some(value.as_str());
    Some(if is_right {
        Saying::Yes
    } else {
        Saying::Value(value)
    })
}

fn energy_of(field: Field) -> Option<Energy> {
    field.energy().filter(|energy| energy.ean_field() == field)
}

/// Another EAN of the same distributor.
fn number_on_the_bill(ean: &str) -> Option<String> {
    let ean: Ean = ean.parse().ok()?;
    let serial: u64 = ean.as_str().get(7..17)?.parse().ok()?;
    let other = Ean::from_parts(ean.prefix(), &format!("{:010}", (serial + 11) % 10_000_000_000)).ok()?;
    Some(other.to_string())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::demo::cast::Cast;

    fn cast() -> Cast {
        Cast::of(date(2026, 11, 23))
    }

    /// What verification would ask of the member: its broken fields as they were submitted.
    fn questions(member: &Member) -> Vec<Question> {
        let fields = member
            .sample
            .breakages
            .iter()
            .flat_map(|breakage| breakage.fields());
        fields
            .map(|field| Question {
                field,
                reason: match member.document().value(field) {
                    Some(_) => Reason::Invalid,
                    None => Reason::Missing,
                },
                code: String::new(),
                value: member.document().value(field).map(str::to_owned),
                failed_answer: None,
                settlement: None,
            })
            .collect()
    }

    /// The digits and letters of what is said, in one run.
    fn bare(text: &str) -> String {
        text.chars().filter(|c| c.is_alphanumeric()).collect()
    }

    fn everything(planned: &[Planned]) -> String {
        let texts = planned.iter().map(|mail| match &mail.form {
            Form::InsideQuote(answers) => answers.iter().map(|(_, answer)| answer.as_str()).collect(),
            _ => mail.own.clone(),
        });
        bare(&texts.collect::<String>())
    }

    #[test]
    fn when_asked_again_everybody_but_the_silent_gives_the_true_values() {
        let cast = cast();
        let broken = cast
            .samples()
            .iter()
            .filter(|member| !member.sample.breakages.is_empty());
        let mut answered = 0;
        for member in broken {
            let planned = planned(member, LetterKind::FollowUp, &questions(member));
            assert_eq!(planned.is_empty(), member.sample.scenario == Scenario::Never);
            if planned.is_empty() {
                continue;
            }
            for question in questions(member) {
                let value = &member.sample.truth[&question.field];
                let written = voice::written(language(member), question.field, value);
                assert!(
                    everything(&planned).contains(&bare(&written)),
                    "{}: {planned:?}",
                    member.name()
                );
                answered += 1;
            }
        }
        assert!(answered > 10);
    }

    #[test]
    fn the_first_answer_is_what_the_scenario_says() {
        let cast = cast();
        let of = |scenario| {
            cast.samples()
                .iter()
                .filter(move |member| member.sample.scenario == scenario)
        };
        let first = |member: &Member| planned(member, LetterKind::ClarificationRequest, &questions(member));
        for member in of(Scenario::WrongThenRight) {
            let said = everything(&first(member));
            for (field, wrong) in &member.sample.first_try {
                assert!(said.contains(&bare(wrong)));
                assert!(!said.contains(&bare(&member.sample.truth[field])));
            }
        }
        for member in of(Scenario::OutOfOffice) {
            let planned = first(member);
            assert_eq!(planned[0].form, Form::AutoReply);
            assert!(planned[0].after < planned[1].after);
        }
        for member in of(Scenario::OtherAddress) {
            assert_eq!(first(member)[0].from, Sender::Other);
        }
        for member in of(Scenario::HtmlOnly) {
            assert_eq!(first(member)[0].form, Form::Outlook);
        }
        let partly = of(Scenario::Partly)
            .find(|member| questions(member).len() > 1)
            .unwrap();
        let second = &partly.sample.truth[&questions(partly)[1].field];
        let second = voice::written(language(partly), questions(partly)[1].field, second);
        assert!(!everything(&first(partly)).contains(&bare(&second)));
    }

    #[test]
    fn a_customer_by_phone_gives_the_written_yes_and_nobody_answers_a_letter_that_asks_nothing() {
        for member in cast().samples() {
            let confirmation = planned(member, LetterKind::RegistrationConfirmation, &[]);
            let by_phone = member.document().channel == Channel::Phone;
            assert_eq!(
                confirmation.len(),
                usize::from(by_phone && member.sample.scenario != Scenario::Never)
            );
            for kind in [LetterKind::Acknowledgement, LetterKind::ContractConfirmation] {
                assert!(planned(member, kind, &questions(member)).is_empty());
            }
        }
    }

    #[test]
    fn an_ean_the_distributor_does_not_know_is_answered_with_another() {
        let cast = cast();
        let member = cast
            .samples()
            .iter()
            .find(|member| {
                member.sample.distributor
                    == DistributorAnswer::Rejects {
                        reason: "ean_unknown",
                    }
            })
            .unwrap();
        let field = Field::ElectricityEan;
        let registered = member.document().value(field).unwrap();
        let question = Question {
            field,
            reason: Reason::Invalid,
            code: "distributor_ean_unknown".into(),
            value: Some(registered.into()),
            failed_answer: None,
            settlement: None,
        };
        let Some(Saying::Value(other)) = right(member, &question) else {
            panic!("no answer")
        };
        assert_ne!(other, registered);
        assert!(other.parse::<Ean>().is_ok());
    }
}
