//! Answers behind the numbers of our questions.

use super::*;
use crate::registration::question::QUESTIONS_MAX;

const LETTER: &str = "Dag,\n\n1. Familienaam: we noteerden \"Vandenbosche\". Klopt dat?\n\n2. Busnummer: we noteerden \"2\". Klopt \
                      dat?\n\n3. EAN-code aardgas: dit gegeven ontbreekt.\nVoorbeeld:\n\nMet vriendelijke groeten";

#[test]
fn a_number_tells_the_question() {
    let asked = [
        "last_name:doubtful",
        "box:doubtful",
        "gas_ean:missing",
        "date_of_birth:missing",
        "first_name:doubtful",
    ];
    let mut broken = Vec::new();
    for (language, text, wanted) in [
        ("fr", "1. Oui", "last_name=yes"),
        (
            "fr",
            "Bonjour,\n\n1. Oui\n\nBien à vous\nKathleen",
            "last_name=yes",
        ),
        ("nl", "1. ja, klopt", "last_name=yes"),
        ("nl", "1. Dat klopt niet", "last_name?"),
        ("de", "1. Ja", "last_name=yes"),
        ("en", "1. Yes, that's right", "last_name=yes"),
        ("fr", "1) Vandenbossche", "last_name=Vandenbossche"),
        ("fr", "1) Delacroix", ""),
        ("de", "5. Jürgen", ""),
        ("de", "5. Katleen", "first_name=Katleen"),
        ("nl", "1. Perfect", ""),
        ("de", "1. Nein, Van den Bossche", "last_name=Van den Bossche"),
        ("nl", "2 - 0101", "box=0101"),
        ("fr", "2: 12", "box=12"),
        ("fr", "4: 16.10.1997", "date_of_birth=1997-10-16"),
        ("fr", "4. 16.10.1997", "date_of_birth=1997-10-16"),
        ("de", "4. 2.10.1997", "date_of_birth=1997-10-02"),
        ("de", "4. 16. Oktober 1997", "date_of_birth=1997-10-16"),
        ("nl", "Vraag 3: 541448820012345678", "gas_ean=541448820012345678"),
        ("nl", "3.541448820012345678", "gas_ean=541448820012345678"),
        (
            "nl",
            "1. Klopt\n2. Bus 0101\n3. 541448820012345678\n4. 16/10/1997\n5. Katleen\n\nGroeten\nKathleen",
            "first_name=Katleen last_name=yes date_of_birth=1997-10-16 box=0101 gas_ean=541448820012345678",
        ),
        (
            "en",
            "1. Yes\n\n2. No, it is 12\n\n3.\n541448820012345678\n\nThanks,\nKathleen",
            "last_name=yes box=12 gas_ean=541448820012345678",
        ),
        (
            "fr",
            "1. oui 2. non, c'est 12 3. 541448820012345678",
            "last_name=yes box=12 gas_ean=541448820012345678",
        ),
        (
            "fr",
            "1) oui, 2) oui, 5) oui",
            "first_name=yes last_name=yes box=yes",
        ),
        ("nl", "3. volgt later\n1. klopt", "last_name=yes"),
        (
            "fr",
            "1. Le nom n'est pas correct.\nC'est Vandenbossche\n2. oui",
            "last_name=Vandenbossche box=yes",
        ),
    ] {
        let found = understood(language, &asked, text);
        let (fields, disposition) = said(&found);
        let reviewed = wanted.is_empty() || wanted.ends_with('?');
        let right =
            disposition == if reviewed { "review" } else { "apply" } && (reviewed || fields == wanted);
        if !right {
            broken.push(format!("{disposition} {fields}\n  {text:?} {:?}", found.doubts));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn a_number_that_does_not_fit_its_answer_is_a_doubt() {
    let asked = ["last_name:doubtful", "box:doubtful", "gas_ean:missing"];
    let mut broken = Vec::new();
    for text in [
        "1. 541448820012345678",
        "4. Ja",
        "0. Ja",
        "12. Ja",
        "1. klopt\n1. klopt niet",
        "1. klopt\n1. klopt",
        "2. Delacroix",
        "1. Jan Peeters",
        "3. Ja",
        "3. klopt",
        "1. zie 2",
        "1. idem",
        "1. bedankt",
        "1.",
        "2. ja 1. nee",
        "1. ja (2. nee)",
        "1. Ja 1. Nee",
        "3. 541448820012345678 (stroom)",
        "2. EAN gas: 541448820012345678",
        "1 en 2: klopt",
        "1. De bus klopt",
        "1. Ik woon in bus 2. Klopt",
        "2. 4 en 1. klopt",
        "3. 541448820012345687",
        "1. klopt\n2. klopt\n3. van de buren: 541448820012345678",
    ] {
        let found = understood("nl", &asked, text);
        let failed_only = said(&found).0 == "gas_ean!ean_check_digit";
        if said(&found).1 != "review" && !failed_only {
            broken.push(format!("{:?}\n  {text:?}", said(&found)));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn a_date_is_no_number_of_a_question() {
    for (language, text) in [
        ("de", "16.10.1997"),
        ("de", "16. 10. 1997"),
        ("de", "16. Oktober 1997"),
        ("nl", "16 - 10 - 1997"),
        ("fr", "16/10/1997"),
    ] {
        let found = understood(language, &["date_of_birth:missing"], text);
        let (fields, disposition) = said(&found);
        let right = (fields.as_str(), disposition) == ("date_of_birth=1997-10-16", "apply");
        assert!(
            right || disposition == "review" && text.contains(" - "),
            "{text}: {found:?}"
        );
    }
    // Either the first of December 2010, or the twelfth of October as the answer to question 1.
    let found = understood("de", &["start_date:missing"], "1. 12.10");
    assert_eq!(said(&found).1, "review", "{found:?}");
}

#[test]
fn the_numbers_of_the_letter_hold_and_not_those_of_today() {
    let letter = SentLetter {
        kind: Some(LetterKind::ClarificationRequest),
        text: LETTER.into(),
    };
    let raw = |text: &str| {
        reading::read(
            format!(
                "From: K <k@skynet.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
            )
            .as_bytes(),
        )
    };
    // Asked in another order than the letter numbers them.
    let other_order = registration("nl", &["gas_ean:missing", "box:doubtful", "last_name:doubtful"]);
    let found = understand(
        &raw("1. Vandenbossche\n2. ja\n3. 541448820012345678"),
        &other_order,
        Some(&letter),
        &[],
    );
    assert_eq!(
        said(&found),
        (
            "last_name=Vandenbossche box=yes gas_ean=541448820012345678".into(),
            "apply"
        ),
        "{found:?}"
    );
    // The name is answered already: "2." of the letter is still the box, and "1." is none of the open questions.
    let fewer = registration("nl", &["box:doubtful", "gas_ean:missing"]);
    let found = understand(&raw("2. ja\n3. 541448820012345678"), &fewer, Some(&letter), &[]);
    assert_eq!(
        said(&found),
        ("box=yes gas_ean=541448820012345678".into(), "apply"),
        "{found:?}"
    );
    let found = understand(&raw("1. ja"), &fewer, Some(&letter), &[]);
    assert_eq!(said(&found).1, "review", "{found:?}");
}

/// Every label of our letters, in every language, tells the field it stands for.
#[test]
fn the_questions_of_our_own_letters_are_known_by_their_numbers() {
    use crate::letters::{Brand, SigningKey, TokenKeeper, Writer};

    let writer = Writer {
        brand: Brand::sample(),
        from_name: None,
        from_address: "care@example.test".into(),
        tokens: TokenKeeper::new(SigningKey::new(&[7; 32])),
        terms: None,
        pages: None,
    };
    let mut unknown = Vec::new();
    for language in ["fr", "nl", "de", "en"] {
        for fields in Field::ALL.chunks(QUESTIONS_MAX) {
            let asked: Vec<String> = fields.iter().map(|field| format!("{field}:missing")).collect();
            let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
            let registration = registration(language, &asked);
            let open: Vec<Option<Field>> = registration
                .open_questions()
                .map(|question| Some(question.field))
                .collect();
            let letter = writer
                .write(
                    LetterKind::ClarificationRequest,
                    1,
                    &registration,
                    &[],
                    Timestamp::UNIX_EPOCH,
                )
                .unwrap();
            let told = own::numbered_fields(&letter.text, &registration);
            if told != open {
                unknown.push(format!("{language}: {open:?}\n told {told:?}"));
            }
        }
    }
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
}
