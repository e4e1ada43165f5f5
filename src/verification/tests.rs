//! The rules against sound registrations, against each fault of the domain, and against the corpus.

use std::collections::BTreeSet;

use jiff::civil::date;

use super::*;
use crate::registration::{CorrectedBy, Correction, Reference, RegistrationDocument};

fn circumstances() -> Circumstances {
    Circumstances {
        today: date(2026, 10, 15),
        eans_in_use: Vec::new(),
        settings: Settings::default(),
    }
}

/// A sound registration for both energies, with `changes` made to its JSON by pointer.
fn registration(changes: &[(&str, serde_json::Value)]) -> Registration {
    let mut json = serde_json::json!({
        "language": "fr", "channel": "web", "kind": "switch",
        "customer": {
            "type": "residential", "first_name": "Nathalie", "last_name": "Lejeune", "date_of_birth": "1979-06-21",
            "email": "nathalie.lejeune@mail.example", "phone": "+32495182736",
            "company_name": null, "enterprise_number": null
        },
        "supply_address": {
            "street": "Rue des Vennes", "house_number": "48", "box": null, "postal_code": "4020", "municipality": "Liège"
        },
        "electricity": {"ean": "541456700000123459", "meter_number": null},
        "gas": {"ean": "541460900000584653", "meter_number": null},
        "iban": "BE68539007547034", "current_supplier": "Luxivolt", "start_date": "2026-12-01"
    });
    for (pointer, value) in changes {
        *json.pointer_mut(pointer).expect(pointer) = value.clone();
    }
    let document: RegistrationDocument = serde_json::from_value(json).unwrap();
    document
        .into_registration(
            Reference::from_random([1; 5]),
            "2026-10-15T08:00:00Z".parse().unwrap(),
        )
        .unwrap()
}

/// What is asked of the customer, as `field reason code`.
fn asked(registration: &Registration) -> Vec<String> {
    verify(registration, &circumstances()).iter().map(shown).collect()
}

fn shown(finding: &Finding) -> String {
    match finding {
        Finding::Customer {
            field, reason, code, ..
        } => format!("{field} {reason:?} {code}").to_lowercase(),
        Finding::Agent { field, code } => {
            format!(
                "agent {} {code}",
                field.map_or("-".to_owned(), |field| field.to_string())
            )
        }
    }
}

#[test]
fn a_sound_registration_is_not_asked_about() {
    assert_eq!(asked(&registration(&[])), Vec::<String>::new());
}

#[test]
fn each_fault_has_its_finding() {
    let rows: &[(&str, serde_json::Value, &str)] = &[
        (
            "/electricity/ean",
            serde_json::Value::Null,
            "electricity_ean missing ean_missing",
        ),
        (
            "/electricity/ean",
            "54145670000012345".into(),
            "electricity_ean invalid ean_length",
        ),
        (
            "/electricity/ean",
            "541456700000123458".into(),
            "electricity_ean invalid ean_check_digit",
        ),
        (
            "/electricity/ean",
            "871687120012345678".into(),
            "electricity_ean invalid ean_country",
        ),
        ("/gas/ean", "see bill".into(), "gas_ean invalid ean_letters"),
        (
            "/gas/ean",
            "541448800000000000".into(),
            "gas_ean doubtful ean_filler",
        ),
        (
            "/gas/ean",
            "541448820012345678".into(),
            "gas_ean doubtful ean_region",
        ),
        (
            "/supply_address/postal_code",
            serde_json::Value::Null,
            "postal_code missing postal_code_missing",
        ),
        (
            "/supply_address/postal_code",
            "4001".into(),
            "postal_code invalid postal_code_unknown",
        ),
        (
            "/supply_address/postal_code",
            "5000".into(),
            "postal_code doubtful postal_code_municipality",
        ),
        (
            "/supply_address/municipality",
            "Namur".into(),
            "postal_code doubtful postal_code_municipality",
        ),
        (
            "/supply_address/street",
            serde_json::Value::Null,
            "street missing street_missing",
        ),
        (
            "/supply_address/street",
            "Rue des Vennes 48".into(),
            "street doubtful street_with_number",
        ),
        (
            "/supply_address/house_number",
            serde_json::Value::Null,
            "house_number missing house_number_missing",
        ),
        (
            "/supply_address/house_number",
            "48 bte 3".into(),
            "house_number doubtful house_number_with_box",
        ),
        (
            "/supply_address/house_number",
            "none".into(),
            "house_number doubtful house_number_format",
        ),
        (
            "/supply_address/box",
            "troisième étage".into(),
            "box doubtful box_format",
        ),
        (
            "/customer/first_name",
            serde_json::Value::Null,
            "first_name missing name_missing",
        ),
        (
            "/customer/first_name",
            "Jaen".into(),
            "first_name doubtful first_name_spelling",
        ),
        (
            "/customer/first_name",
            "N".into(),
            "first_name doubtful name_short",
        ),
        (
            "/customer/last_name",
            "test".into(),
            "last_name doubtful name_filler",
        ),
        (
            "/customer/last_name",
            "nathalie@mail.example".into(),
            "last_name doubtful name_format",
        ),
        (
            "/customer/date_of_birth",
            serde_json::Value::Null,
            "date_of_birth missing date_of_birth_missing",
        ),
        (
            "/customer/date_of_birth",
            "31/02/1979".into(),
            "date_of_birth invalid date_invalid",
        ),
        (
            "/customer/date_of_birth",
            "2027-01-01".into(),
            "date_of_birth invalid date_of_birth_future",
        ),
        (
            "/customer/date_of_birth",
            "1907-01-01".into(),
            "date_of_birth doubtful date_of_birth_too_old",
        ),
        (
            "/customer/date_of_birth",
            "2008-10-16".into(),
            "agent date_of_birth under_age",
        ),
        (
            "/customer/email",
            serde_json::Value::Null,
            "agent email email_missing",
        ),
        ("/customer/email", "nathalie@".into(), "agent email email_format"),
        (
            "/customer/email",
            "nathalie@gmial.com".into(),
            "agent email email_domain_typo",
        ),
        (
            "/customer/phone",
            serde_json::Value::Null,
            "phone missing phone_missing",
        ),
        (
            "/customer/phone",
            "0495 18 27".into(),
            "phone invalid phone_length",
        ),
        (
            "/customer/enterprise_number",
            "0477.445.084".into(),
            "enterprise_number doubtful enterprise_number_residential",
        ),
        ("/iban", "BE68539007547035".into(), "iban invalid iban_check"),
        (
            "/start_date",
            "2026-10-01".into(),
            "start_date doubtful start_date_past",
        ),
        (
            "/start_date",
            "2026-11-04".into(),
            "start_date doubtful start_date_too_early",
        ),
        (
            "/start_date",
            "2027-10-16".into(),
            "start_date doubtful start_date_too_far",
        ),
        ("/start_date", "asap".into(), "start_date invalid date_invalid"),
    ];
    for (pointer, value, finding) in rows {
        assert_eq!(
            asked(&registration(&[(pointer, value.clone())])),
            [*finding],
            "{pointer} {value}"
        );
    }
}

#[test]
fn what_is_just_inside_the_limits_is_fine() {
    let rows: &[(&str, serde_json::Value)] = &[
        ("/customer/date_of_birth", "2008-10-15".into()),
        ("/customer/date_of_birth", "1916-10-15".into()),
        ("/start_date", "2026-11-05".into()),
        ("/start_date", "2027-10-15".into()),
        ("/start_date", serde_json::Value::Null),
        ("/iban", serde_json::Value::Null),
        ("/customer/last_name", "VAN DEN BERGHE".into()),
        ("/customer/first_name", "nathalie".into()),
        ("/supply_address/municipality", "Luik".into()),
        ("/supply_address/municipality", "Lièege".into()),
        ("/supply_address/municipality", serde_json::Value::Null),
        ("/electricity/ean", "EAN 5414 5670 0000 1234 59".into()),
    ];
    for (pointer, value) in rows {
        assert_eq!(
            asked(&registration(&[(pointer, value.clone())])),
            Vec::<String>::new(),
            "{pointer} {value}"
        );
    }
}

#[test]
fn a_move_needs_its_day_and_may_lie_a_week_back() {
    let moved =
        |start: serde_json::Value| asked(&registration(&[("/kind", "move".into()), ("/start_date", start)]));
    assert_eq!(
        moved(serde_json::Value::Null),
        ["start_date missing start_date_missing"]
    );
    assert_eq!(moved("2026-10-08".into()), Vec::<String>::new());
    assert_eq!(
        moved("2026-10-07".into()),
        ["start_date doubtful start_date_past"]
    );
}

#[test]
fn a_business_needs_its_name_and_number_and_no_birth_date() {
    let business = |changes: &[(&str, serde_json::Value)]| {
        let business = [
            ("/customer/type", "business".into()),
            ("/customer/date_of_birth", serde_json::Value::Null),
        ];
        asked(&registration(&[&business, changes].concat()))
    };
    let named = ("/customer/company_name", "Lejeune SRL".into());
    assert_eq!(
        business(&[
            named.clone(),
            ("/customer/enterprise_number", "0477.445.084".into())
        ]),
        Vec::<String>::new()
    );
    assert_eq!(
        business(&[named, ("/customer/enterprise_number", "0477.445.085".into())]),
        ["enterprise_number invalid enterprise_number_check"]
    );
    assert_eq!(
        business(&[]),
        [
            "company_name missing company_name_missing",
            "enterprise_number missing enterprise_number_missing"
        ]
    );
}

#[test]
fn one_ean_for_both_energies_is_asked_for_both() {
    let same = registration(&[("/gas/ean", "541456700000123459".into())]);
    assert_eq!(
        asked(&same),
        [
            "electricity_ean invalid ean_same_for_both",
            "gas_ean invalid ean_same_for_both"
        ]
    );
}

#[test]
fn an_ean_in_use_goes_to_an_agent_and_not_to_the_customer() {
    let mut circumstances = circumstances();
    let spaced = "5414 5670 0000 1234 59";
    for (submitted, in_use) in [
        ("541456700000123459", spaced),
        (spaced, "541456700000123459"),
        (spaced, spaced),
    ] {
        circumstances.eans_in_use = vec![in_use.into()];
        let findings = verify(
            &registration(&[("/electricity/ean", submitted.into())]),
            &circumstances,
        );
        assert_eq!(
            findings.iter().map(shown).collect::<Vec<_>>(),
            ["agent electricity_ean ean_in_use"]
        );
    }
}

#[test]
fn a_field_gets_one_question_and_questions_have_an_order() {
    let bad = registration(&[
        ("/iban", "BE1".into()),
        ("/customer/first_name", "test".into()),
        ("/customer/last_name", "test".into()),
        ("/supply_address/postal_code", "5000".into()),
        ("/gas/ean", serde_json::Value::Null),
        ("/customer/email", serde_json::Value::Null),
    ]);
    assert_eq!(
        asked(&bad),
        [
            "gas_ean missing ean_missing",
            "postal_code doubtful postal_code_municipality",
            "first_name doubtful name_filler",
            "last_name doubtful name_filler",
            "iban invalid iban_format",
            "agent email email_missing",
        ]
    );
}

#[test]
fn what_was_confirmed_is_not_doubted_again() {
    let question = |field, value: &str, settlement| Question {
        field,
        reason: Reason::Doubtful,
        code: String::new(),
        value: Some(value.to_owned()),
        failed_answer: None,
        settlement: Some(settlement),
    };
    let mut odd = registration(&[("/customer/first_name", "Jaen".into())]);
    odd.questions
        .push(question(Field::FirstName, "Jaen", Settlement::Confirmed));
    assert_eq!(asked(&odd), Vec::<String>::new());
    odd.fields.insert(Field::FirstName, "Maire".into());
    assert_eq!(
        asked(&odd).len(),
        1,
        "another value than the one that was confirmed"
    );

    let mut invalid = registration(&[("/iban", "BE68539007547035".into())]);
    invalid
        .questions
        .push(question(Field::Iban, "BE68539007547035", Settlement::Confirmed));
    assert_eq!(
        asked(&invalid).len(),
        1,
        "a yes does not make an invalid value valid"
    );
}

#[test]
fn who_gave_a_value_when_asked_is_not_asked_whether_they_are_sure() {
    for (pointer, field, value) in [
        ("/gas/ean", Field::GasEan, "541448820012345678"),
        ("/customer/first_name", Field::FirstName, "Jaen"),
    ] {
        let mut odd = registration(&[(pointer, value.into())]);
        assert_eq!(asked(&odd).len(), 1);
        odd.corrections.push(Correction {
            field,
            old: None,
            new: Some(value.to_owned()),
            by: CorrectedBy::Customer,
            told_in_letter: None,
        });
        assert_eq!(asked(&odd), Vec::<String>::new(), "{field}");
        odd.corrections[0].new = Some("something else".to_owned());
        assert_eq!(asked(&odd).len(), 1, "{field} is not what was given");
    }
}

/// Where the corpus asks what no rule here finds, or leaves out what one does.
struct Exception {
    reference: &'static str,
    /// Asked in the corpus though no rule finds it.
    asked: &'static [&'static str],
    /// Found by a rule though the corpus does not ask it.
    found: &'static [&'static str],
    why: &'static str,
}

const SPELLED_BY_EAR: &str = "plain names that only somebody who heard them can doubt";
const METER_NUMBER: &str = "valid EANs without a meter number pass everywhere else: somebody wanted it";

const EXCEPTIONS: [Exception; 12] = [
    asked_only(
        "REG-2MJ7QZ5C",
        &["last_name doubtful", "box doubtful"],
        SPELLED_BY_EAR,
    ),
    asked_only(
        "REG-Q9H3W6PA",
        &["last_name doubtful", "street doubtful"],
        SPELLED_BY_EAR,
    ),
    asked_only("REG-T2Z6Y8NF", &["last_name doubtful"], SPELLED_BY_EAR),
    asked_only("REG-K8D4R7TN", &["street doubtful"], SPELLED_BY_EAR),
    asked_only("REG-Z4V7B5HK", &["street doubtful"], SPELLED_BY_EAR),
    asked_only("REG-3ZK7Q4YE", &["box doubtful"], "box 1 is as good as any"),
    asked_only(
        "REG-B7W2H5PN",
        &["electricity_ean doubtful"],
        "a valid EAN of the right region",
    ),
    asked_only(
        "REG-5QF9T4MB",
        &["electricity_meter_number missing"],
        METER_NUMBER,
    ),
    asked_only(
        "REG-G9A5V2JC",
        &["electricity_meter_number missing"],
        METER_NUMBER,
    ),
    asked_only("REG-H7N2V6PY", &["gas_meter_number missing"], METER_NUMBER),
    asked_only("REG-V8C3X5TB", &["gas_meter_number missing"], METER_NUMBER),
    Exception {
        reference: "REG-F9M2C8YJ",
        asked: &[],
        found: &["electricity_ean doubtful", "gas_ean doubtful"],
        why: "EANs with a Walloon distributor's prefix in Zaventem, which the corpus takes as fine",
    },
];

const fn asked_only(reference: &'static str, asked: &'static [&'static str], why: &'static str) -> Exception {
    Exception {
        reference,
        asked,
        found: &[],
        why,
    }
}

#[test]
fn what_the_corpus_asks_is_what_the_rules_find() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/registrations");
    let mut seen = 0;
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let mut document: RegistrationDocument = serde_json::from_str(&text).unwrap();
        let name = |field: Field, reason: Reason| format!("{field} {reason:?}").to_lowercase();
        let mut expected: BTreeSet<String> = std::mem::take(&mut document.asked)
            .iter()
            .map(|asked| name(asked.field, asked.reason))
            .collect();
        let reference = document.reference.clone().unwrap();
        for exception in EXCEPTIONS
            .iter()
            .filter(|known| known.reference == reference.as_str())
        {
            for asked in exception.asked {
                assert!(
                    expected.remove(*asked),
                    "{reference}: {asked} is not asked ({})",
                    exception.why
                );
            }
            expected.extend(exception.found.iter().map(|found| (*found).to_owned()));
        }
        let submitted = "2026-10-10T08:00:00Z".parse().unwrap();
        let registration = document.into_registration(reference.clone(), submitted).unwrap();
        let found: BTreeSet<String> = verify(&registration, &circumstances())
            .iter()
            .map(|finding| match finding {
                Finding::Customer { field, reason, .. } => name(*field, *reason),
                Finding::Agent { .. } => shown(finding),
            })
            .collect();
        if found != expected {
            wrong.push(format!("{reference}: found {found:?}, expected {expected:?}"));
        }
        seen += 1;
    }
    assert_eq!(seen, 30);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The table of codes against the rules: a code that no rule gives is a word too many in every letter room.
#[test]
fn every_code_is_given_by_a_rule() {
    let rules = [
        include_str!("energy.rs"),
        include_str!("address.rs"),
        include_str!("names.rs"),
        include_str!("contact.rs"),
        include_str!("contract.rs"),
    ]
    .concat();
    for code in code::ALL {
        let name = format!("code::{}", code.to_uppercase());
        assert!(rules.contains(&name), "{name}");
    }
    let names: BTreeSet<&str> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), RULES.len());
}

mod whatever_is_submitted {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_field_is_asked_about_twice(
            values in prop::collection::btree_map(prop::sample::select(Field::ALL.to_vec()), "[A-Za-z0-9é@+./ '-]{1,30}", 0..18),
            moves in any::<bool>(),
            business in any::<bool>(),
        ) {
            let mut odd = registration(&[]);
            odd.fields = values;
            if moves {
                odd.kind = crate::registration::Kind::Move;
            }
            if business {
                odd.customer_type = crate::registration::CustomerType::Business;
            }
            let mut asked = BTreeSet::new();
            for finding in verify(&odd, &circumstances()) {
                if let Finding::Customer { field, reason, value, .. } = finding {
                    prop_assert!(asked.insert(field), "{} twice", field);
                    prop_assert_eq!(value.is_none(), reason == Reason::Missing);
                    prop_assert_eq!(value.as_deref(), odd.field(field));
                }
            }
        }
    }
}
