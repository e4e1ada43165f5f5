//! Letters as a whole: every kind in every language, their headers, and what must never stand in them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::date;
use mail_parser::MessageParser;

use super::*;
use crate::registration::question::FailedAnswer;
use crate::registration::{
    Channel, CorrectedBy, Correction, CustomerType, DistributorDecision, Energy, Kind, Language, Question,
    Reachability, Reason, Settlement, State, WrittenYes,
};

const EAN: &str = "541448820012345678";
const GAS_EAN: &str = "541456700000123459";
const IBAN: &str = "BE68539007547034";

fn writer() -> Writer {
    Writer {
        brand: Brand::sample(),
        from_name: Some("Service Client".into()),
        from_address: "care@example.test".into(),
        tokens: TokenKeeper::new(SigningKey::new(&[7; 32])),
    }
}

fn at() -> Timestamp {
    "2026-11-23T15:04:05Z".parse().unwrap()
}

fn question(field: Field, reason: Reason, code: &str, value: Option<&str>) -> Question {
    Question {
        field,
        reason,
        code: code.into(),
        value: value.map(str::to_owned),
        failed_answer: None,
        settlement: None,
    }
}

fn registration(language: Language) -> Registration {
    let fields = [
        (Field::FirstName, "Anaïs"),
        (Field::LastName, "Delacroy"),
        (Field::DateOfBirth, "1984-03-09"),
        (Field::Email, "anais@customer.example"),
        (Field::Phone, "+32470123456"),
        (Field::Street, "Rue du Noyer"),
        (Field::HouseNumber, "132"),
        (Field::Box, "4"),
        (Field::PostalCode, "1030"),
        (Field::Municipality, "Schaerbeek"),
        (Field::ElectricityEan, EAN),
        (Field::GasEan, GAS_EAN),
        (Field::Iban, IBAN),
        (Field::StartDate, "2027-01-15"),
    ];
    Registration {
        reference: "REG-7K3M9Q2X".parse().unwrap(),
        language,
        channel: Channel::Web,
        kind: Kind::Switch,
        customer_type: CustomerType::Residential,
        energies: vec![Energy::Electricity, Energy::Gas],
        fields: fields.map(|(field, value)| (field, value.to_owned())).into(),
        current_supplier: Some("Lumenor".into()),
        submitted_at: at(),
        state: State::Received,
        questions: vec![
            Question {
                settlement: Some(Settlement::Corrected),
                ..question(
                    Field::Street,
                    Reason::Doubtful,
                    "street_format",
                    Some("Rue du Noier"),
                )
            },
            Question {
                settlement: Some(Settlement::Confirmed),
                ..question(Field::FirstName, Reason::Doubtful, "name_format", Some("Anaïs"))
            },
            question(
                Field::LastName,
                Reason::Doubtful,
                "some_code_of_later",
                Some("Delacroy"),
            ),
            question(Field::GasMeterNumber, Reason::Missing, "", None),
            Question {
                failed_answer: Some(FailedAnswer {
                    value: "54144882001234567".into(),
                    fault: "ean_length".into(),
                }),
                ..question(
                    Field::ElectricityEan,
                    Reason::Invalid,
                    "ean_check_digit",
                    Some("541448820021345678"),
                )
            },
        ],
        letters_queued: 0,
        requests_queued: 0,
        decisions: BTreeMap::from([
            (
                Energy::Electricity,
                DistributorDecision::Accepted {
                    start_date: date(2027, 1, 15),
                },
            ),
            (
                Energy::Gas,
                DistributorDecision::Rejected {
                    reason: "ean_unknown".into(),
                },
            ),
        ]),
        written_yes: WrittenYes::NotNeeded,
        corrections: vec![
            Correction {
                told_in_letter: Some(77),
                ..correction(Field::HouseNumber, Some("123"), "132")
            },
            correction(Field::Street, Some("Rue du Noier"), "Rue du Noier 132"),
            correction(Field::Street, Some("Rue du Noier 132"), "Rue du Noyer"),
            correction(Field::DateOfBirth, None, "1984-03-09"),
        ],
        confirmations: BTreeMap::new(),
        reachability: Reachability::Reachable,
    }
}

fn correction(field: Field, old: Option<&str>, new: &str) -> Correction {
    Correction {
        field,
        old: old.map(str::to_owned),
        new: Some(new.to_owned()),
        by: CorrectedBy::Customer,
        told_in_letter: None,
    }
}

fn by_phone(language: Language) -> Registration {
    Registration {
        channel: Channel::Phone,
        written_yes: WrittenYes::Awaited,
        ..registration(language)
    }
}

fn letter(kind: LetterKind, registration: &Registration) -> RenderedLetter {
    writer().write(kind, 1, registration, &[], at()).unwrap()
}

/// Every kind in every language, of a web and of a phone registration.
fn every_letter() -> Vec<RenderedLetter> {
    let mut letters = Vec::new();
    for language in Language::ALL {
        for kind in LetterKind::ALL {
            letters.push(letter(kind, &registration(language)));
            letters.push(letter(kind, &by_phone(language)));
        }
    }
    letters
}

#[test]
fn every_text_is_as_proof_read() {
    for language in Language::ALL {
        for kind in LetterKind::ALL {
            let registration = match kind {
                LetterKind::RegistrationConfirmation => by_phone(language),
                _ => registration(language),
            };
            let letter = letter(kind, &registration);
            let shown = format!("Subject: {}\n\n{}", letter.subject, letter.text);
            insta::assert_snapshot!(format!("{}_{language}", kind.name()), shown);
        }
    }
}

#[test]
fn text_and_html_say_the_same_in_decent_lines() {
    for letter in every_letter() {
        let parsed = MessageParser::default().parse(&letter.raw).unwrap();
        let text: String = parsed.body_text(0).unwrap().replace('\r', "");
        assert_eq!(text, letter.text);
        assert_eq!(parsed.body_html(0).unwrap().replace('\r', ""), letter.html);
        for piece in ["{{", "}}", "{%", "Some(", "None", "  "] {
            assert!(!text.contains(piece) || piece == "  ", "{piece} in {text}");
        }
        for word in letter
            .text
            .split_whitespace()
            .filter(|word| word.chars().all(char::is_alphanumeric))
        {
            assert!(letter.html.contains(word), "{word} is not in the HTML part");
        }
        assert!(letter.html.len() < 60_000);
        assert!(
            letter
                .raw
                .split(|byte| *byte == b'\n')
                .all(|line| line.len() <= 998)
        );
        assert!(letter.raw.is_ascii());
    }
}
