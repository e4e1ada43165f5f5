use jiff::civil::date;

use super::*;
use crate::registration::{DistributorDecision, Energy, Language, RegistrationDocument};

fn supplier() -> Supplier<'static> {
    Supplier {
        name: "Voltaris",
        address: "Rue de l'Exemple 1, 1000 Bruxelles",
        enterprise_number: "BE 0123.456.749",
        phone: "02 555 01 00",
        phone_hours: "du lundi au vendredi, de 8 h 30 à 18 h",
        email: "care@voltaris.example",
        website: "www.voltaris.example",
        ombudsman: "Service de médiation de l'Énergie, www.ombudsman.example",
    }
}

fn registration(language: Language) -> Registration {
    let document: RegistrationDocument = serde_json::from_value(serde_json::json!({
        "language": language.code(), "channel": "web", "kind": "switch",
        "customer": {
            "type": "residential", "first_name": "Claire", "last_name": "D'Hondt-Müller",
            "email": "claire@example.test", "phone": "+32470123456"
        },
        "supply_address": {
            "street": "Rue du Noyer", "house_number": "132", "box": "4",
            "postal_code": "1030", "municipality": "Schaerbeek"
        },
        "electricity": { "ean": "541448965011223340", "meter_number": "1SAG1100012345" },
        "gas": { "ean": "541448920705105205" },
        "iban": "BE68539007547034"
    }))
    .unwrap();
    let mut registration = document
        .into_registration(
            "REG-7K3M9Q2X".parse().unwrap(),
            "2026-11-02T09:00:00Z".parse().unwrap(),
        )
        .unwrap();
    for energy in Energy::ALL {
        let start_date = date(2026, 12, 1);
        registration
            .decisions
            .insert(energy, DistributorDecision::Accepted { start_date });
    }
    registration
}

fn contract(registration: &Registration) -> Vec<u8> {
    write(&Terms::sample(), &supplier(), registration, date(2026, 11, 10)).unwrap()
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let registration = registration(Language::Fr);
    assert_eq!(contract(&registration), contract(&registration));
}

#[test]
fn every_placeholder_is_filled_in_every_language() {
    for language in Language::ALL {
        for formula in [None, Some(Formula::Variable("0.1054 × Belpex + 1.87".to_owned()))] {
            let mut terms = Terms::sample();
            if let Some(formula) = formula {
                terms.tariffs.get_mut(&Energy::Gas).unwrap().formula = formula;
                terms.renewal = Renewal::SameTerm;
            }
            let content =
                draft::content(&terms, &supplier(), &registration(language), date(2026, 11, 10)).unwrap();
            let text = format!("{:?}", (&content.brief, &content.sections, &content.form));
            assert!(
                !text.contains("\"{") && !text.contains(" {price") && !text.contains("{until"),
                "{text}"
            );
            for name in [
                "months",
                "vat",
                "card",
                "weeks",
                "until",
                "email",
                "seat",
                "tail",
                "price",
                "reference",
            ] {
                assert!(!text.contains(&format!("{{{name}}}")), "{language}: {name}");
            }
        }
    }
}

#[test]
fn nothing_accepted_is_no_contract() {
    let mut registration = registration(Language::Nl);
    registration.decisions.clear();
    let fault = write(&Terms::sample(), &supplier(), &registration, date(2026, 11, 10));
    assert_eq!(fault, Err(ContractFault::NothingAccepted));
}

#[test]
fn a_business_has_no_form_of_withdrawal() {
    let mut registration = registration(Language::De);
    registration.customer_type = crate::registration::CustomerType::Business;
    let content = draft::content(&Terms::sample(), &supplier(), &registration, date(2026, 11, 10)).unwrap();
    assert_eq!(content.form, None);
    assert!(
        !content
            .sections
            .iter()
            .any(|section| section.heading.contains("Widerruf"))
    );
}

#[test]
fn hostile_names_make_a_contract_all_the_same() {
    let mut registration = registration(Language::En);
    for name in [
        "\u{0}\u{1}",
        "\u{1f600}\u{202e}مرحبا",
        &"w".repeat(4000),
        "a\u{301}\u{e000}",
        "\u{fdd0}\u{ffff}",
    ] {
        registration
            .fields
            .insert(crate::registration::Field::FirstName, name.to_owned());
        assert!(!contract(&registration).is_empty());
    }
}
