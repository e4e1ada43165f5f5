//! The development corpus: nothing may be applied wrongly, and most of what can be applied must be.

use std::path::Path;
use std::time::Duration;

use estafette::attachments::Tools;
use estafette::commands::eval::{Wanted, score};
use estafette::commands::interpret::interpret;
use estafette::letters::{Brand, SigningKey, TokenKeeper, Writer};
use estafette::registration::{Field, LetterKind, Registration, RegistrationDocument};
use estafette::understanding::{AnswerStatus, SentLetter, understand};
use proptest::prelude::*;

/// For two megabytes of text, unoptimised, on a busy machine: a quadratic reader would need hours.
const HUGE_REPLY_TIME_MAX: Duration = Duration::from_secs(60);

/// Of the replies that could be applied without a person.
const AUTOMATION_PERCENT_MIN: usize = 72;

fn tools() -> Tools {
    Tools::new(env!("CARGO_BIN_EXE_estafette").into())
}

fn corpus() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus"))
}

#[test]
fn no_reply_is_applied_wrongly_and_most_that_can_be_applied_are() {
    let scored = score(corpus(), &tools()).expect("the corpus can be read");
    assert!(scored.len() > 100, "the corpus holds {} replies", scored.len());
    let wrong: Vec<_> = scored
        .iter()
        .filter(|reply| reply.applied_wrongly)
        .map(|reply| &reply.reply)
        .collect();
    assert!(wrong.is_empty(), "applied wrongly: {wrong:?}");
    let appliable: Vec<_> = scored
        .iter()
        .filter(|reply| reply.wanted == Wanted::Apply)
        .collect();
    let applied = appliable
        .iter()
        .filter(|reply| reply.got.disposition == "apply")
        .count();
    assert!(
        applied * 100 >= appliable.len() * AUTOMATION_PERCENT_MIN,
        "{applied} of {} appliable replies were applied",
        appliable.len()
    );
}

#[test]
fn whoever_needs_a_person_reaches_one_and_robots_reach_nobody() {
    let scored = score(corpus(), &tools()).expect("the corpus can be read");
    for reply in scored {
        match reply.wanted {
            Wanted::Review | Wanted::ReviewByRule => {
                assert_eq!(reply.got.disposition, "review", "{}", reply.reply)
            }
            _ if matches!(reply.wanted_kind.as_str(), "auto_reply" | "bounce") => {
                assert_eq!(reply.got.disposition, "ignore", "{}", reply.reply);
                assert_eq!(reply.got.kind, reply.wanted_kind, "{}", reply.reply);
            }
            _ => {}
        }
    }
}

/// Answers typed into our own letter, as each language's letter is really written.
#[test]
fn answers_between_the_lines_of_our_letter_are_read_in_every_language() {
    for (language, yes) in [
        ("fr", "oui, c'est correct"),
        ("nl", "dat klopt"),
        ("de", "das stimmt"),
        ("en", "that's right"),
    ] {
        let registration = registration(language);
        let writer = Writer {
            brand: Brand::sample(),
            from_name: None,
            from_address: "care@example.test".into(),
            tokens: TokenKeeper::new(SigningKey::new(&[7; 32])),
            terms: None,
            pages: None,
        };
        let at = "2026-11-02T10:00:00Z".parse().expect("a time");
        let letter = writer
            .write(LetterKind::ClarificationRequest, 1, &registration, &[], at)
            .expect("the letter is written");
        let sent = SentLetter {
            kind: Some(LetterKind::ClarificationRequest),
            text: letter.text.clone(),
        };
        let body = answered_inline(&letter.text, &[yes, "541449020506070805", "0475 31 82 64"]);
        let raw = format!(
            "From: A <a@skynet.example>\r\nDate: Tue, 3 Nov 2026 10:00:00 +0100\r\nSubject: Re: {}\r\n\
             Content-Type: text/plain; charset=utf-8\r\n\r\n{body}",
            letter.subject
        );
        let message = estafette::reading::read(raw.as_bytes());
        let understood = understand(&message, &registration, Some(&sent), &[]);
        let fields: Vec<_> = understood
            .answers
            .iter()
            .map(|(field, answer)| (*field, answer.status.clone()))
            .collect();
        let corrected = |value: &str| AnswerStatus::Corrected(value.to_owned());
        let wanted = vec![
            (Field::LastName, AnswerStatus::Confirmed),
            (Field::Phone, corrected("+32475318264")),
            (Field::GasEan, corrected("541449020506070805")),
        ];
        assert_eq!(fields, wanted, "{language}: {:?}", understood.doubts);
        assert!(
            understood.doubts.is_empty(),
            "{language}: {:?}",
            understood.doubts
        );
    }
}

/// The letter with quote marks, and behind each numbered question its answer.
fn answered_inline(letter: &str, answers: &[&str]) -> String {
    let mut body = String::new();
    let mut waiting = None;
    for line in letter.lines() {
        if line.trim().is_empty()
            && let Some(answer) = waiting.take()
        {
            body.push_str(&format!("\r\n{answer}\r\n\r\n"));
        }
        body.push_str(&format!("> {line}\r\n"));
        for (number, answer) in answers.iter().enumerate() {
            if line.starts_with(&format!("{}. ", number + 1)) {
                waiting = Some(*answer);
            }
        }
    }
    body
}

fn registration(language: &str) -> Registration {
    let document: RegistrationDocument = serde_json::from_value(serde_json::json!({
        "reference": "REG-7K3M9Q2X", "language": language, "channel": "web", "kind": "switch",
        "customer": {"type": "residential", "first_name": "Anaïs", "last_name": "Delacroy", "email": "a@skynet.example"},
        "supply_address": {"street": "Rue du Noyer", "house_number": "132", "postal_code": "1030", "municipality": "Schaerbeek"},
        "gas": {"ean": null},
        "asked": [{"field": "last_name", "reason": "doubtful"}, {"field": "gas_ean", "reason": "missing"},
                  {"field": "phone", "reason": "missing"}],
    }))
    .expect("a registration");
    let reference = document.reference.clone().expect("a reference");
    document
        .into_registration(reference, jiff::Timestamp::UNIX_EPOCH)
        .expect("sound")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever a mail system does to a reply, it is understood or doubted, and never makes the program fail.
    #[test]
    fn mangled_replies_are_survived(
        number in 1usize..=120,
        cut in 0.0f64..1.0,
        changes in prop::collection::vec((0.0f64..1.0, any::<u8>()), 0..12),
    ) {
        let file = corpus().join(format!("replies/{number:04}.eml"));
        let mut raw = std::fs::read(&file).expect("a reply");
        for (place, byte) in changes {
            let place = (place * raw.len() as f64) as usize;
            if let Some(changed) = raw.get_mut(place) {
                *changed = byte;
            }
        }
        let keep = raw.len() - (cut * raw.len() as f64 / 4.0) as usize;
        raw.truncate(keep);
        let got = interpret(&file, &raw, &registration("fr"), None, &tools());
        prop_assert!(["apply", "review", "ignore"].contains(&got.disposition));
    }
}

#[test]
fn a_huge_reply_is_understood_within_a_moment() {
    let lines = [
        "5414 4882 0012 3456 78 12/10/2026 0470 12 34 56\n",
        "> 1. Nom : Delacroy\n",
        "a, b; c. d\n",
        "Delacroy ",
    ];
    for line in lines {
        let body = line.repeat(2_000_000 / line.len());
        let raw = format!("From: A <a@skynet.example>\nContent-Type: text/plain; charset=utf-8\n\n{body}");
        let begun = std::time::Instant::now();
        let got = interpret(
            Path::new("huge"),
            raw.as_bytes(),
            &registration("fr"),
            None,
            &tools(),
        );
        assert_ne!(got.disposition, "apply");
        assert!(
            begun.elapsed() < HUGE_REPLY_TIME_MAX,
            "{:?} for {line:?}",
            begun.elapsed()
        );
    }
}
