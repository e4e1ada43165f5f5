//! Letters as a whole: every kind in every language, their headers, and what must never stand in them.

mod message;
mod questions;

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

/// The text as one line: where it was wrapped does not matter.
fn unwrapped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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
        for piece in ["{{", "}}", "{%", "Some(", "None"] {
            assert!(
                !text.contains(piece) && !letter.html.contains(piece),
                "{piece} in {text}"
            );
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

/// Without separators and case, as a reader would find a number.
fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .collect::<String>()
        .to_uppercase()
}

#[test]
fn a_valid_ean_or_an_iban_never_stands_in_full_but_for_the_ean_of_the_contract() {
    for language in Language::ALL {
        for kind in LetterKind::ALL {
            let mut registration = by_phone(language);
            registration.questions.extend([
                question(Field::GasEan, Reason::Doubtful, "ean_region", Some(GAS_EAN)),
                question(Field::Iban, Reason::Invalid, "iban_check", Some(IBAN)),
            ]);
            registration
                .fields
                .insert(Field::Street, format!("Rue du Noyer {GAS_EAN}"));
            registration
                .fields
                .insert(Field::FirstName, "BE68 5390 0754 7034".into());
            registration
                .corrections
                .push(correction(Field::ElectricityEan, Some("541448820021345678"), EAN));
            registration
                .corrections
                .push(correction(Field::Iban, Some("BE68539007547035"), IBAN));
            let letter = letter(kind, &registration);
            for part in [&letter.subject, &letter.text, &letter.html] {
                let part = squeezed(part);
                assert!(
                    !part.contains(IBAN) && !part.contains("BE68539007547035"),
                    "{kind:?} {language}"
                );
                assert!(!part.contains(GAS_EAN), "{kind:?} {language}");
                if kind != LetterKind::ContractConfirmation {
                    assert!(!part.contains(EAN), "{kind:?} {language}");
                }
            }
            assert_eq!(
                letter.text.contains(EAN),
                kind == LetterKind::ContractConfirmation
            );
        }
    }
}

#[test]
fn changes_show_old_and_new_once_and_not_those_an_earlier_letter_told_of() {
    let text = letter(LetterKind::Acknowledgement, &registration(Language::En)).text;
    assert!(
        text.contains("Street: Rue du Noyer (before: Rue du Noier)"),
        "{text}"
    );
    assert!(text.contains("Date of birth: 09/03/1984 (added)"), "{text}");
    assert!(!text.contains("House number:"), "{text}");
    let mut told = registration(Language::En);
    for correction in &mut told.corrections {
        correction.told_in_letter = Some(1);
    }
    assert!(
        letter(LetterKind::Acknowledgement, &told)
            .text
            .contains("House number: 132 (before: 123)")
    );
}

#[test]
fn a_registration_by_phone_is_asked_for_the_written_yes_until_it_came() {
    for (language, yes) in [
        (Language::Fr, "oui, je confirme"),
        (Language::Nl, "ja, ik bevestig"),
        (Language::De, "ja, ich bestätige"),
        (Language::En, "yes, I confirm"),
    ] {
        let text = |registration| {
            let text = letter(LetterKind::RegistrationConfirmation, &registration).text;
            unwrapped(&text)
        };
        assert!(text(by_phone(language)).contains(yes));
        assert!(!text(registration(language)).contains(yes));
        let given = Registration {
            written_yes: WrittenYes::Given,
            ..by_phone(language)
        };
        assert!(!text(given).contains(yes));
    }
}

#[test]
fn the_right_of_withdrawal_is_a_consumers() {
    let mut registration = registration(Language::En);
    assert!(
        letter(LetterKind::ContractConfirmation, &registration)
            .text
            .contains("right of withdrawal")
    );
    registration.customer_type = CustomerType::Business;
    assert!(
        !letter(LetterKind::ContractConfirmation, &registration)
            .text
            .contains("right of withdrawal")
    );
}

#[test]
fn a_brand_of_which_only_the_name_is_known_leaves_no_holes() {
    let bare = Brand {
        name: "Service Client".into(),
        address: String::new(),
        enterprise_number: String::new(),
        phone: String::new(),
        phone_hours: Default::default(),
        website: String::new(),
        ..Brand::sample()
    };
    let writer = Writer {
        brand: bare,
        ..writer()
    };
    for language in Language::ALL {
        for kind in LetterKind::ALL {
            let letter = writer.write(kind, 1, &by_phone(language), &[], at()).unwrap();
            let text = letter.text.replace('\n', " ");
            for hole in ["()", " .", ", .", ": .", " ,", "-  ", ",,", ": ;"] {
                assert!(
                    !text.contains(hole),
                    "`{hole}` in {kind:?} {language}: {}",
                    letter.text
                );
            }
        }
    }
}

#[test]
fn a_distributor_is_named_where_the_address_settles_it_and_not_invented_elsewhere() {
    for (postal_code, ean, named) in [
        ("1030", "541448820012345678", "Sibelga"),
        ("9000", "541448820012345678", "Fluvius"),
        ("4000", "541456700000123459", "RESA"),
        ("4000", "541448820012345678", "your contract names it"),
        ("12", "541456700000123459", "your contract names it"),
    ] {
        let mut registration = registration(Language::En);
        registration.fields.insert(Field::PostalCode, postal_code.into());
        registration.fields.insert(Field::ElectricityEan, ean.into());
        let text = unwrapped(&letter(LetterKind::ContractConfirmation, &registration).text);
        assert!(text.contains(named), "{postal_code} {ean}: {text}");
    }
}
