//! What the reader makes of the corpus, message by message.

use std::path::{Path, PathBuf};

use estafette::reading::{self, BounceSeverity, Message, MessageKind};

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

/// One line of `truth.jsonl`, as far as reading is judged by it.
#[derive(serde::Deserialize)]
struct Truth {
    reply: String,
    kind: String,
    language: String,
    traits: Vec<String>,
}

impl Truth {
    fn has(&self, name: &str) -> bool {
        self.traits.iter().any(|known| known == name)
    }
}

fn truths() -> Vec<(Truth, Message)> {
    let lines = std::fs::read_to_string(corpus().join("truth.jsonl")).expect("the corpus has its truth");
    lines
        .lines()
        .map(|line| {
            let truth: Truth = serde_json::from_str(line).expect("a line of JSON");
            let raw = std::fs::read(corpus().join("replies").join(&truth.reply)).expect("the reply is there");
            let message = reading::read(&raw);
            (truth, message)
        })
        .collect()
}

/// Collects what is wrong of all messages, so that one run shows every miss.
fn assert_none(misses: &[String]) {
    assert!(
        misses.is_empty(),
        "{} misses:\n{}",
        misses.len(),
        misses.join("\n")
    );
}

#[test]
fn robots_and_bounces_are_known_by_their_form_and_persons_are_none() {
    let mut misses = Vec::new();
    for (truth, message) in truths() {
        let read = match message.kind {
            MessageKind::Personal => "personal",
            MessageKind::AutoReply { .. } => "auto_reply",
            MessageKind::Bounce(_) => "bounce",
            MessageKind::Bulk { .. } => "bulk",
        };
        let right = match truth.kind.as_str() {
            "auto_reply" | "bounce" => read == truth.kind,
            "unrelated" => matches!(read, "personal" | "bulk"),
            _ => read == "personal",
        };
        if !right {
            misses.push(format!("{}: {} read as {read}", truth.reply, truth.kind));
        }
    }
    assert_none(&misses);
}

#[test]
fn bounces_name_their_severity_the_recipient_and_the_letter() {
    let mut misses = Vec::new();
    for (truth, message) in truths() {
        let MessageKind::Bounce(bounce) = &message.kind else {
            continue;
        };
        let hard = bounce.severity == BounceSeverity::Hard;
        if hard != truth.has("dsn-hard") {
            misses.push(format!("{}: {:?}", truth.reply, bounce.severity));
        }
        if bounce
            .recipient
            .as_deref()
            .is_none_or(|recipient| !recipient.contains('@'))
        {
            misses.push(format!("{}: recipient {:?}", truth.reply, bounce.recipient));
        }
        if bounce
            .original_message_id
            .as_deref()
            .is_none_or(|id| !id.starts_with("REG-"))
        {
            misses.push(format!(
                "{}: original {:?}",
                truth.reply, bounce.original_message_id
            ));
        }
    }
    assert_none(&misses);
}

/// Sentences that only our letters hold.
const OURS: &[&str] = &[
    "Voor we ze kunnen verwerken",
    "Avant de pouvoir la traiter",
    "Bevor wir sie bearbeiten",
    "Before we can process it",
    "Leveringsadres:",
    "Adresse de fourniture :",
    "Lieferadresse:",
    "Supply address:",
    "Il suffit de répondre à cet e-mail",
    "U kunt gewoon op deze e-mail antwoorden",
    "02 800 91 1",
];

#[test]
fn our_letter_is_never_the_customers_own_text() {
    let mut misses = Vec::new();
    for (truth, message) in truths() {
        if matches!(message.kind, MessageKind::Bounce(_)) {
            continue;
        }
        let own = message.body.own_text();
        let other = message.body.differing_own_text.clone().unwrap_or_default();
        for sentence in OURS {
            if own.contains(sentence) || other.contains(sentence) {
                misses.push(format!("{}: {sentence}", truth.reply));
            }
        }
    }
    assert_none(&misses);
}

#[test]
fn spans_cover_the_text_without_gap_or_overlap() {
    for (truth, message) in truths() {
        let mut at = 0;
        for span in &message.body.spans {
            assert_eq!(span.range.start, at, "{}", truth.reply);
            assert!(
                message.body.text[span.range.clone()].ends_with('\n'),
                "{}",
                truth.reply
            );
            at = span.range.end;
        }
        assert_eq!(at, message.body.text.len(), "{}", truth.reply);
    }
}

#[test]
fn the_language_is_right_or_unknown() {
    let mut misses = Vec::new();
    for (truth, message) in truths() {
        if matches!(message.kind, MessageKind::Bounce(_)) {
            continue;
        }
        if message
            .language
            .is_some_and(|language| language.code() != truth.language)
        {
            misses.push(format!(
                "{}: {:?}, not {}",
                truth.reply, message.language, truth.language
            ));
        }
    }
    assert_none(&misses);
}
