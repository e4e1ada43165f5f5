//! Letters and their neighbours: verification's findings have words in each language, and replies over our letters are
//! understood.

use estafette::letters::{Brand, SigningKey, TokenKeeper, Writer, samples};
use estafette::reading::{self, Message};
use estafette::registration::{
    Field, Language, LetterKind, Question, Reason, Registration, RegistrationDocument, WrittenYes,
};
use estafette::understanding::{AnswerStatus, DoubtReason, SentLetter, understand};
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
        terms: None,
        pages: Some("https://my.voltaris.example".into()),
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

fn question(field: Field, reason: Reason, code: &str, value: &str) -> Question {
    Question {
        field,
        reason,
        code: code.into(),
        value: Some(value.into()),
        failed_answer: None,
        settlement: None,
    }
}

/// The text of a clarification request with one question.
fn asked(language: Language, code: &str, reason: Reason) -> String {
    let mut registration = registration(language);
    registration.questions = vec![question(Field::Street, reason, code, "value")];
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

/// A customer's plain text reply above the quoted letter.
fn reply(own: &str, letter: &str) -> Message {
    let quoted: String = letter.lines().map(|line| format!("> {line}\r\n")).collect();
    let raw = format!(
        "From: An <an@customer.example>\r\nTo: care@example.test\r\nSubject: Re: x\r\n\
         Message-ID: <a@customer.example>\r\nDate: Mon, 23 Nov 2026 17:00:00 +0100\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\
         {}\r\n\r\nOp 23/11/2026 om 16:04 schreef Service Client:\r\n{quoted}",
        own.replace('\n', "\r\n")
    );
    reading::read(raw.as_bytes())
}

#[test]
fn of_a_reply_under_which_our_letter_stands_the_customers_own_words_count_and_ours_do_not() {
    let own_words = [
        (
            Language::Fr,
            "Bonjour,\n\nOui, c'est correct.\nCode EAN : 541448820012345678\n\nBien à vous,\nAn",
        ),
        (
            Language::Nl,
            "Beste,\n\nJa, dat klopt.\nEAN-code: 541448820012345678\n\nMet vriendelijke groeten,\nAn",
        ),
        (
            Language::De,
            "Guten Tag,\n\nJa, das stimmt.\nEAN-Code: 541448820012345678\n\nMit freundlichen Grüßen\nAn",
        ),
        (
            Language::En,
            "Hello,\n\nYes, that is correct.\nEAN code: 541448820012345678\n\nKind regards,\nAn",
        ),
    ];
    for (language, own) in own_words {
        for kind in [LetterKind::ClarificationRequest, LetterKind::FollowUp] {
            let mut registration = registration(language);
            registration.fields.insert(Field::LastName, "Peters".into());
            registration.questions = vec![
                question(
                    Field::LastName,
                    Reason::Doubtful,
                    code::NAME_UNLIKE_EMAIL,
                    "Peters",
                ),
                question(
                    Field::ElectricityEan,
                    Reason::Invalid,
                    "ean_length",
                    "54144882001234567",
                ),
            ];
            let letter = writer().write(kind, 1, &registration, &[], at()).unwrap();
            let sent = SentLetter {
                kind: Some(kind),
                text: letter.text.clone(),
            };
            let understood = understand(&reply(own, &letter.text), &registration, Some(&sent), &[]);
            let answers: Vec<_> = understood
                .answers
                .iter()
                .map(|(field, answer)| (*field, answer.status.clone()))
                .collect();
            let expected = vec![
                (Field::LastName, AnswerStatus::Confirmed),
                (
                    Field::ElectricityEan,
                    AnswerStatus::Corrected("541448820012345678".into()),
                ),
            ];
            assert_eq!(answers, expected, "{language} {kind:?}");
            assert_eq!(understood.doubts, [], "{language} {kind:?}");
        }
    }
}

#[test]
fn the_words_that_a_phone_registration_is_asked_for_are_the_written_yes() {
    for (language, yes) in [
        (Language::Fr, "Oui, je confirme."),
        (Language::Nl, "Ja, ik bevestig"),
        (Language::De, "ja, ich bestätige"),
        (Language::En, "Yes, I confirm"),
    ] {
        let mut registration = registration(language);
        registration.written_yes = WrittenYes::Awaited;
        let kind = LetterKind::RegistrationConfirmation;
        let letter = writer().write(kind, 1, &registration, &[], at()).unwrap();
        let sent = SentLetter {
            kind: Some(kind),
            text: letter.text.clone(),
        };
        let understood = understand(&reply(yes, &letter.text), &registration, Some(&sent), &[]);
        assert!(understood.written_yes.is_some(), "{language}: {understood:#?}");
        assert_eq!(understood.doubts, [], "{language}");
        let silent = understand(&reply("", &letter.text), &registration, Some(&sent), &[]);
        assert!(
            silent.written_yes.is_none(),
            "{language}: our own words are no yes"
        );
    }
}

/// What a filter at the customer's provider thinks of a letter: below 1.0, where 5.0 is spam.
const SPAM_SCORE_MAX: f64 = 1.0;

#[test]
fn no_letter_looks_like_spam() {
    let writer = Writer {
        terms: Some(estafette::contract::Terms::sample()),
        from_name: Some("Voltaris".into()),
        ..writer()
    };
    let mut mbox = Vec::new();
    let mut letters = 0;
    for kind in LetterKind::ALL {
        for language in Language::ALL {
            let registration = samples::registration_for(kind, language);
            let letter = samples::letter(&writer, kind, &registration, at()).unwrap();
            mbox.extend_from_slice(b"From care@example.test Mon Nov 23 15:04:05 2026\n");
            mbox.extend(letter.raw.iter().filter(|byte| **byte != b'\r'));
            mbox.extend_from_slice(b"\n\n");
            letters += 1;
        }
    }
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), &mbox).unwrap();
    let output = std::process::Command::new("spamassassin")
        .args(["--local", "--test-mode", "--mbox"])
        .arg(file.path())
        .output()
        .expect("spamassassin: install the Debian package `spamassassin`");
    let judged = String::from_utf8_lossy(&output.stdout).replace("\n\t", " ");
    let scores: Vec<(f64, &str)> = judged
        .lines()
        .filter_map(|line| line.strip_prefix("X-Spam-Status: "))
        .map(|line| {
            let score = line.split("score=").nth(1).unwrap().split(' ').next().unwrap();
            (score.parse().unwrap(), line)
        })
        .collect();
    assert_eq!(
        scores.len(),
        letters,
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    for (score, line) in scores {
        assert!(score < SPAM_SCORE_MAX, "{line}");
        for rule in ["MISSING_", "MSGID", "INVALID_DATE", "MIME_"] {
            assert!(!line.contains(rule), "{line}");
        }
    }
}

#[test]
fn a_preview_is_every_letter_as_files() {
    let dir = tempfile::tempdir().unwrap();
    let to = dir.path().join("preview");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_estafette"))
        .arg("letters")
        .arg(&to)
        .output()
        .expect("the binary");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    for kind in LetterKind::ALL {
        for language in Language::ALL {
            let name = format!("{}.{}", kind.name(), language.code());
            let bytes = std::fs::read(to.join(format!("{name}.eml"))).unwrap();
            let message = reading::read(&bytes);
            assert!(message.subject.contains("REG-"), "{name}");
            for ending in ["html", "txt"] {
                let text = std::fs::read_to_string(to.join(format!("{name}.{ending}"))).unwrap();
                assert!(text.contains("Voltaris"), "{name}.{ending}");
            }
            let pdf = std::fs::read(to.join(format!("{name}.pdf")));
            assert_eq!(
                pdf.is_ok_and(|pdf| pdf.starts_with(b"%PDF")),
                kind == LetterKind::ContractConfirmation
            );
        }
    }
}

#[test]
fn what_answers_an_agents_own_words_is_applied_by_nobody_but_an_agent() {
    let registration = Registration {
        questions: vec![question(
            Field::Street,
            Reason::Doubtful,
            "street_format",
            "Rue Haute",
        )],
        ..registration(Language::Nl)
    };
    let understood = |kind, own: &str| {
        let letter = samples::letter(&writer(), kind, &registration, at()).unwrap();
        let sent = SentLetter {
            kind: Some(kind),
            text: letter.text.clone(),
        };
        understand(&reply(own, &letter.text), &registration, Some(&sent), &[]).doubts
    };
    assert_eq!(understood(LetterKind::ClarificationRequest, "Ja, dat klopt."), []);
    let doubts = understood(LetterKind::AgentReply, "Ja, dat klopt.");
    assert!(
        doubts
            .iter()
            .any(|doubt| doubt.reason == DoubtReason::AnswersAgent),
        "{doubts:?}"
    );
    assert_eq!(understood(LetterKind::AgentReply, "Bedankt!"), []);
}
