//! Whatever verification finds against a registration, a letter has words for it in each language.

use estafette::letters::{Brand, SigningKey, TokenKeeper, Writer};
use estafette::registration::{
    Field, Language, LetterKind, Question, Reason, Registration, RegistrationDocument,
};
use estafette::verification::code;
use jiff::Timestamp;

/// Codes that need no words of their own: nothing was given, or an agent is asked and not the customer.
const WITHOUT_WORDS: [&str; 4] = [
    code::EAN_IN_USE,
    code::UNDER_AGE,
    code::EMAIL_FORMAT,
    code::EMAIL_DOMAIN_TYPO,
];

fn writer() -> Writer {
    Writer {
        brand: Brand::sample(),
        from_name: None,
        from_address: "care@example.test".into(),
        tokens: TokenKeeper::new(SigningKey::new(&[1; 32])),
    }
}

fn at() -> Timestamp {
    "2026-11-23T15:04:05Z".parse().unwrap()
}

fn registration(language: Language) -> Registration {
    let document: RegistrationDocument = serde_json::from_value(serde_json::json!({
        "language": language.code(), "channel": "web", "kind": "switch",
        "customer": {"type": "residential", "email": "an@customer.example"},
        "supply_address": {"postal_code": "4000", "municipality": "Namur"},
        "electricity": {"ean": null, "meter_number": null},
    }))
    .unwrap();
    document
        .into_registration("REG-7K3M9Q2X".parse().unwrap(), at())
        .unwrap()
}

/// The text of a clarification request with one question.
fn asked(language: Language, code: &str, reason: Reason) -> String {
    let mut registration = registration(language);
    registration.questions = vec![Question {
        field: Field::Street,
        reason,
        code: code.into(),
        value: Some("value".into()),
        failed_answer: None,
        settlement: None,
    }];
    writer()
        .write(LetterKind::ClarificationRequest, 1, &registration, &[], at())
        .unwrap()
        .text
}

#[test]
fn every_rule_that_asks_customers_has_words_of_its_own() {
    for language in Language::ALL {
        let plain = [Reason::Invalid, Reason::Doubtful].map(|reason| asked(language, "no_such_rule", reason));
        for code in code::ALL {
            if code.ends_with("_missing") || WITHOUT_WORDS.contains(&code) {
                continue;
            }
            let letters = [Reason::Invalid, Reason::Doubtful].map(|reason| asked(language, code, reason));
            assert_ne!(letters, plain, "`{code}` has no words in {language}");
        }
    }
}
