//! How questions are put.

use super::*;
use crate::letters::{questions, words};

#[test]
fn every_open_question_is_put_by_its_number_up_to_five() {
    for language in Language::ALL {
        for kind in [LetterKind::ClarificationRequest, LetterKind::FollowUp] {
            let mut registration = registration(language);
            registration.questions = Field::ALL
                .map(|field| question(field, Reason::Missing, "", None))
                .to_vec();
            let letter = letter(kind, &registration);
            for (number, field) in (1..=5).zip(Field::ALL) {
                let label = words::of(language).label(field);
                assert!(
                    letter.text.contains(&format!("\n\n{number}. {label}")),
                    "{number} {language}"
                );
                assert!(
                    letter.html.contains(&format!("<strong>{number}. ")),
                    "{number} {language}"
                );
            }
            assert!(!letter.text.contains("\n6. "));
        }
    }
}

#[test]
fn every_code_of_a_value_s_fault_and_every_reason_make_a_question_in_every_language() {
    use crate::registration::value::fault;
    for language in Language::ALL {
        let words = words::of(language);
        for field in Field::ALL {
            for reason in [Reason::Missing, Reason::Invalid, Reason::Doubtful] {
                for value in [None, Some("abc 123")] {
                    for code in fault::ALL.into_iter().chain(["", "of_a_later_version"]) {
                        let mut registration = registration(language);
                        registration.questions = vec![question(field, reason, code, value)];
                        let put = questions::open(words, &registration);
                        assert_eq!(put.len(), 1);
                        assert!(put[0].text.ends_with('?'), "{}", put[0].text);
                        if reason != Reason::Missing && field != Field::Iban {
                            assert_eq!(
                                put[0].text.contains("abc 123"),
                                value.is_some(),
                                "{}",
                                put[0].text
                            );
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn the_next_letter_says_what_was_wrong_with_an_answer() {
    for (language, words) in [
        (Language::Fr, "il compte 17 chiffres"),
        (Language::Nl, "17 cijfers"),
        (Language::De, "17 Ziffern"),
        (Language::En, "it has 17 digits"),
    ] {
        let text = letter(LetterKind::FollowUp, &registration(language)).text;
        assert!(unwrapped(&text).contains(words), "{text}");
        assert!(text.contains("54144882001234567"));
    }
}

#[test]
fn a_meter_number_is_offered_instead_of_an_ean_only_where_that_helps() {
    let offered = |registration: &Registration| {
        let text = letter(LetterKind::ClarificationRequest, registration).text;
        unwrapped(&text).contains("meter number or a photo")
    };
    let mut registration = registration(Language::En);
    registration.questions = vec![question(
        Field::ElectricityEan,
        Reason::Missing,
        "ean_missing",
        None,
    )];
    assert!(offered(&registration));
    registration.questions[0].reason = Reason::Doubtful;
    assert!(!offered(&registration));
    registration.questions[0].reason = Reason::Invalid;
    registration
        .questions
        .push(question(Field::ElectricityMeterNumber, Reason::Missing, "", None));
    assert!(!offered(&registration));
    registration.questions.pop();
    registration
        .fields
        .insert(Field::ElectricityMeterNumber, "1SAG1234567890".into());
    assert!(!offered(&registration));
}
