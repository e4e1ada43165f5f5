//! What the fuzz targets share: registrations to answer to, the letters that asked, and what must hold of any reading.

use std::sync::LazyLock;

use estafette::decision::{self, Disposition, Judging};
use estafette::letters::{Brand, SigningKey, TokenKeeper, Writer};
use estafette::reading::{self, AttachmentText, Message};
use estafette::registration::{Evidence, Field, LetterKind, Registration, RegistrationDocument, value};
use estafette::understanding::{self, AnswerStatus, SentLetter, Understanding};

/// A registration with open questions, and the letter that put them.
pub struct Asked {
    pub registration: Registration,
    pub letter: SentLetter,
}

/// One a language, with questions of different kinds.
pub static ASKED: LazyLock<Vec<Asked>> = LazyLock::new(|| {
    [
        include_str!("../../tests/corpus/registrations/REG-9PX3H6WA.json"),
        include_str!("../../tests/corpus/registrations/REG-T2Z6Y8NF.json"),
        include_str!("../../tests/corpus/registrations/REG-W3C5X8JG.json"),
        include_str!("../../tests/corpus/registrations/REG-Q9H3W6PA.json"),
        include_str!("../../tests/corpus/registrations/REG-G9A5V2JC.json"),
        include_str!("../../tests/corpus/registrations/REG-R8E2F7XM.json"),
        include_str!("../../tests/corpus/registrations/REG-F9M2C8YJ.json"),
        include_str!("../../tests/corpus/registrations/REG-A6Q3P9TW.json"),
    ]
    .map(asked)
    .into()
});

fn asked(json: &str) -> Asked {
    let document: RegistrationDocument = serde_json::from_str(json).expect("a registration of the corpus");
    let reference = document.reference.clone().expect("the corpus has references");
    let registration = document
        .into_registration(reference, jiff::Timestamp::UNIX_EPOCH)
        .expect("the corpus is sound");
    let writer = Writer {
        brand: Brand::sample(),
        from_name: None,
        from_address: "care@example.test".into(),
        tokens: TokenKeeper::new(SigningKey::new(&[7; 32])),
    };
    let at = "2026-11-02T10:00:00Z".parse().expect("a fixed time");
    let letter = writer
        .write(LetterKind::ClarificationRequest, 1, &registration, &[], at)
        .expect("the letter is written");
    Asked {
        registration,
        letter: SentLetter {
            kind: Some(LetterKind::ClarificationRequest),
            text: letter.text,
        },
    }
}

/// An assertion of mail-parser about messages whose boundary is used twice is no finding: a build without assertions goes on, and
/// what it lost is a fault of the message.
const ASSERTION_OF_MAIL_PARSER: &str = "Invalid part ID";

/// Reads the tables that are read once, so that no single input pays for them.
pub fn warm_up() {
    let strict = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !panic
            .payload_as_str()
            .is_some_and(|words| words.starts_with(ASSERTION_OF_MAIL_PARSER))
        {
            strict(panic);
        }
    }));
    for asked in ASKED.iter() {
        let text =
            "Bonjour, Guten Tag, onbekend untold 541448860005118254. Het is hier koud achter de frigo.";
        for kind in ["text/plain", "text/html"] {
            whole_way(&mail(kind, text), &asked.registration, Some(&asked.letter), &[]);
        }
    }
}

/// A message with this body, from a person.
pub fn mail(content_type: &str, body: &str) -> Vec<u8> {
    format!(
        "From: A <a@skynet.example>\r\nDate: Tue, 3 Nov 2026 10:00:00 +0100\r\nSubject: Re: x\r\nMIME-Version: 1.0\r\n\
         Content-Type: {content_type}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{body}"
    )
    .into_bytes()
}

/// Spans lie without gap over the whole text and end with a line; every fault and attachment can be shown.
pub fn check_reading(message: &Message) {
    let mut at = 0;
    for span in &message.body.spans {
        assert_eq!(span.range.start, at, "gap or overlap");
        assert!(
            message.body.text[span.range.clone()].ends_with('\n'),
            "a span ends inside a line"
        );
        at = span.range.end;
    }
    assert_eq!(at, message.body.text.len(), "text without a span");
    assert!(message.body.own_text().len() <= message.body.text.len());
}

/// Reads, understands and decides, twice; what must hold of any message is checked on the way.
pub fn whole_way(
    raw: &[u8],
    registration: &Registration,
    letter: Option<&SentLetter>,
    attachments: &[AttachmentText],
) {
    let message = reading::read(raw);
    check_reading(&message);
    let understood = understanding::understand(&message, registration, letter, attachments);
    let disposition = decision::decide(&understood, Judging::ContentOnly);
    check_evidence(&message, &understood, attachments);
    check_disposition(&message, registration, &understood, &disposition);
    let again = understanding::understand(&message, registration, letter, attachments);
    assert_eq!(understood, again, "the same message was understood in two ways");
}

fn check_evidence(message: &Message, understood: &Understanding, attachments: &[AttachmentText]) {
    for doubt in &understood.doubts {
        if let Some((start, end)) = doubt.span {
            // A doubt may be about an attachment, and then its span too.
            let holds = |text: &str| text.get(start..end).is_some();
            let pages = attachments.iter().flat_map(|text| &text.pages);
            assert!(
                holds(&message.body.text) || pages.clone().any(|page| holds(&page.text)),
                "{doubt:?}"
            );
        }
    }
    let answered = understood.answers.values().map(|answer| &answer.evidence);
    for evidence in answered.chain(&understood.written_yes) {
        check_span(message, evidence, attachments);
    }
}

/// The evidence is what stands at its span.
fn check_span(message: &Message, evidence: &Evidence, attachments: &[AttachmentText]) {
    let Some((start, end)) = evidence.span else {
        return;
    };
    if evidence.part == "body" {
        assert_eq!(
            message.body.text.get(start..end),
            Some(evidence.text.as_str()),
            "{evidence:?}"
        );
    } else if evidence.part.starts_with("attachment") {
        let mut pages = attachments.iter().flat_map(|text| &text.pages);
        assert!(
            pages.any(|page| page.text.get(start..end) == Some(evidence.text.as_str())),
            "{evidence:?}"
        );
    }
}

/// Nothing doubtful is applied, nothing that was not asked, no value out of its normal form, and no IBAN or e-mail address.
fn check_disposition(
    message: &Message,
    registration: &Registration,
    understood: &Understanding,
    disposition: &Disposition,
) {
    let Disposition::Apply { answers, .. } = disposition else {
        return;
    };
    assert_eq!(understood.doubts, [], "applied with a doubt");
    assert_eq!(message.faults, [], "applied with a fault");
    assert_eq!(
        message.body.differing_own_text, None,
        "applied with a text that says something else"
    );
    assert!(!answers.is_empty(), "nothing to apply");
    for (field, answer) in &understood.answers {
        let AnswerStatus::Corrected(corrected) = &answer.status else {
            continue;
        };
        assert_eq!(
            value::normalise(*field, corrected).as_deref(),
            Ok(corrected.as_str()),
            "{field}"
        );
        assert!(!matches!(field, Field::Iban | Field::Email), "{field} applied");
        assert!(
            registration
                .open_questions()
                .any(|question| question.field == *field),
            "{field} was not asked"
        );
    }
}
