//! Messages that are broken, or made to break a reader: it must answer, in time, and say what it could not read.

use std::path::Path;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use estafette::commands::interpret::registration_from;
use estafette::decision::{self, Judging};
use estafette::reading::{self, MESSAGE_BYTES_MAX, Message, ReadingFault, Role};
use estafette::understanding::{self, SentLetter};
use proptest::prelude::*;

/// Reading is a part of a second for any message; this leaves room for a slow, busy machine in a debug build.
const TIME_LIMIT: Duration = Duration::from_secs(20);

/// Reads, and checks what must hold of any reading.
fn read(raw: &[u8]) -> Message {
    let started = Instant::now();
    let message = reading::read(raw);
    assert!(started.elapsed() < TIME_LIMIT, "took {:?}", started.elapsed());
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
    message
}

/// Reads, and checks that no panic had to be caught on the way.
fn read_without_failure(raw: &[u8]) -> Message {
    let message = read(raw);
    let failed = message
        .faults
        .iter()
        .find(|fault| matches!(fault, ReadingFault::ReaderFailed(_)));
    assert!(failed.is_none(), "{failed:?}");
    message
}

fn mail(headers: &str, body: &str) -> Vec<u8> {
    format!("From: Jan <jan@a.test>\r\nSubject: x\r\nMIME-Version: 1.0\r\n{headers}\r\n\r\n{body}")
        .into_bytes()
}

static CORPUS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/replies");
    let entries = std::fs::read_dir(directory).expect("the corpus is there");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("readable").path()).collect();
    files.sort();
    let all = files.iter().map(|file| std::fs::read(file).expect("readable"));
    // Pictures make a mutation of the text unlikely.
    all.filter(|raw| raw.len() < 30_000).collect()
});

/// What a mutation puts into a message: what readers stumble over.
const TROUBLE: &[&[u8]] = &[
    b"\r\n",
    b"\n\n",
    b"=",
    b"=?utf-8?Q?",
    b"?=",
    b"--",
    b"boundary=\"\"",
    b"<table><tr><td>",
    b"<blockquote>",
    b"</div>",
    b"<",
    b"&#x110000;",
    b">",
    b"> > >",
    b"\0",
    b"\xFF\xFE",
    b"\xC3",
    b"-- \r\n",
    b"Content-Type: multipart/mixed; boundary=x\r\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"charset=utf-16",
    b"Le 1/1/2026, a a \xC3\xA9crit :",
    b"From:",
    b"<!--",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_are_read(raw in prop::collection::vec(any::<u8>(), 0..2000)) {
        read_without_failure(&raw);
    }

    #[test]
    fn random_text_is_read(text in "(?s).{0,400}", html in any::<bool>()) {
        let kind = if html { "text/html" } else { "text/plain" };
        read_without_failure(&mail(&format!("Content-Type: {kind}; charset=utf-8"), &text));
    }

    #[test]
    fn mutated_messages_are_read(
        which in any::<prop::sample::Index>(),
        wounds in prop::collection::vec((any::<prop::sample::Index>(), 0usize..4, any::<prop::sample::Index>(), 0usize..200), 1..12),
    ) {
        let mut raw = which.get(&CORPUS).clone();
        for (place, how, trouble, length) in wounds {
            if raw.is_empty() {
                break;
            }
            let at = place.index(raw.len());
            match how {
                0 => { raw.splice(at..at, trouble.get(TROUBLE).iter().copied()); }
                1 => { raw.drain(at..(at + length).min(raw.len())); }
                2 => raw[at] = length as u8,
                _ => raw.truncate(at.max(raw.len() / 2)),
            }
        }
        read_without_failure(&raw);
    }
}

/// Files that once cost too much or made a reader fail, and their kin: each is read and understood, twice alike, and none is applied.
#[test]
fn what_once_was_a_finding_is_read_and_understood() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let registration =
        registration_from(&root.join("corpus/registrations/REG-9PX3H6WA.json")).expect("sound");
    let letter = SentLetter {
        kind: None,
        text: "1. Code EAN \u{e9}lectricit\u{e9} :\n2. Code EAN gaz :\nCordialement,".into(),
    };
    let mut files = 0;
    for entry in std::fs::read_dir(root.join("hostile")).expect("the folder is there") {
        let file = entry.expect("readable").path();
        if file.extension().is_none_or(|extension| extension != "eml") {
            continue;
        }
        files += 1;
        let raw = std::fs::read(&file).expect("readable");
        let message = read_without_failure(&raw);
        let started = Instant::now();
        let understood = understanding::understand(&message, &registration, Some(&letter), &[]);
        assert!(started.elapsed() < TIME_LIMIT, "{}", file.display());
        let disposition = decision::decide(&understood, Judging::ContentOnly);
        assert_ne!(disposition.name(), "apply", "{}", file.display());
        let again = understanding::understand(&reading::read(&raw), &registration, Some(&letter), &[]);
        assert_eq!(understood, again, "{}", file.display());
    }
    assert!(files > 0, "no file was found");
}

#[test]
fn a_part_that_is_lost_behind_a_boundary_used_twice_is_missed() {
    let lost = "--b\r\nContent-Type: text/plain\r\n\r\nfirst\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n\
                Content-Type: text/plain\r\n\r\ninner\r\n--b--\r\n--b\r\nContent-Type: text/plain\r\n\r\nlost\r\n--b--\r\n";
    let message = read_without_failure(&mail("Content-Type: multipart/mixed; boundary=b", lost));
    assert!(
        matches!(message.faults.as_slice(), [ReadingFault::NotOpened(_)]),
        "{:?}",
        message.faults
    );
    // A boundary that only begins alike is another one, and what follows the last part is for nobody.
    let whole = "--b\r\nContent-Type: multipart/alternative; boundary=b1\r\n\r\n--b1\r\nContent-Type: text/plain\r\n\r\nja\r\n\
                 --b1--\r\n\r\n--b--\r\nepilogue\r\n";
    let message = read_without_failure(&mail("Content-Type: multipart/mixed; boundary=b", whole));
    assert_eq!(message.faults, []);
}

#[test]
fn nothing_is_said_to_be_nothing() {
    assert!(
        read_without_failure(b"")
            .faults
            .contains(&ReadingFault::Unparsable)
    );
    assert!(
        read_without_failure(b"\r\n\r\n")
            .faults
            .contains(&ReadingFault::Unparsable)
    );
}

#[test]
fn a_message_that_is_too_large_keeps_its_headers() {
    let mut raw = mail("Message-ID: <a@b.test>", "");
    raw.resize(MESSAGE_BYTES_MAX + 1, b'x');
    let message = read_without_failure(&raw);
    assert_eq!(
        message.faults,
        [ReadingFault::TooLarge {
            limit_bytes: MESSAGE_BYTES_MAX
        }]
    );
    assert_eq!(message.message_id.as_deref(), Some("a@b.test"));
    assert!(message.body.text.is_empty());
}

#[test]
fn too_many_parts_are_a_fault() {
    let body = "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n".repeat(2000);
    let message = read_without_failure(&mail("Content-Type: multipart/mixed; boundary=b", &body));
    assert!(
        matches!(message.faults.as_slice(), [ReadingFault::TooManyParts { .. }]),
        "{:?}",
        message.faults
    );
}

#[test]
fn deep_nesting_of_parts_is_survived() {
    let mut body = String::new();
    for depth in 0..3000 {
        body.push_str(&format!(
            "--b{depth}\r\nContent-Type: multipart/mixed; boundary=b{}\r\n\r\n",
            depth + 1
        ));
    }
    read_without_failure(&mail("Content-Type: multipart/mixed; boundary=b0", &body));
    let nested = "Content-Type: message/rfc822\r\n\r\n".repeat(3000);
    read_without_failure(nested.as_bytes());
    // On the small stack of a worker's thread, where an overflow ends the process.
    let deeper = "Content-Type: message/rfc822\n\n".repeat(60_000);
    read_without_failure(deeper.as_bytes());
    let wrapped = data_encoding::BASE64.encode(deeper.as_bytes());
    let hidden = mail(
        "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64",
        &wrapped,
    );
    read_without_failure(&hidden);
}

#[test]
fn hostile_html_is_read_in_time() {
    for piece in [
        "<div>",
        "<b><p>",
        "<table>",
        "<blockquote>",
        "<a><div>",
        "<font size=1><p>",
        "<ul><li>",
        "<table><tr><td>",
        "<svg><p>",
        "<",
        "<!--",
        "&amp",
        "<p align=",
        "<select><option>",
    ] {
        let message = mail("Content-Type: text/html; charset=utf-8", &piece.repeat(30_000));
        read_without_failure(&message);
    }
}

#[test]
fn hostile_text_is_read_in_time() {
    let lines = [
        ">",
        "> ",
        "Cordialement,\n",
        "Merci,\nJan\n",
        "Le 1/1/2026 \u{e0} 10:00, X a \u{e9}crit :\n",
        "From: a\n",
        "Cc: a\n",
        "From: a\nDate: b\nTo: c\n\n",
        "-----Original Message-----\n",
        "\n",
        "> a\nb\n",
        "-- \n",
        "Envoy\u{e9} de mon iPhone\n",
        "=?utf-8?Q?",
        "Le Le Le Le\n",
        "Ce message est confidentiel destinataire\n",
    ];
    for piece in lines {
        let message = mail(
            "Content-Type: text/plain; charset=utf-8; format=flowed",
            &piece.repeat(30_000),
        );
        read_without_failure(&message);
    }
}

#[test]
fn hostile_headers_are_read_in_time() {
    for piece in [
        "=?a?Q?",
        "\"",
        "<",
        "(",
        "a@b.test,",
        "<a@b.test> ",
        "=?utf-8?B?w6k=?= ",
        "x\r\n ",
    ] {
        let headers = format!("To: {0}\r\nReferences: {0}\r\nSubject: {0}", piece.repeat(30_000));
        read_without_failure(&mail(&headers, "x"));
    }
}

#[test]
fn a_long_thread_keeps_the_answer_apart() {
    let quoted = "> Bonjour Jan,\r\n> 1. Code EAN ?\r\n".repeat(2000);
    let body = format!("541448820012345678\r\n\r\nLe 12/10/2026 \u{e0} 14:03, X a \u{e9}crit :\r\n{quoted}");
    let message = read_without_failure(&mail("Content-Type: text/plain; charset=utf-8", &body));
    assert_eq!(message.body.own_text(), "541448820012345678");
    assert_eq!(
        message
            .body
            .pieces(Role::Quoted)
            .map(|(_, text)| text.lines().count())
            .sum::<usize>(),
        4000
    );
}

#[test]
fn what_is_too_long_is_cut_and_said_to_be() {
    let long = "Ik woon in de Kerkstraat 5 te Gent.\r\n".repeat(60_000);
    for kind in ["text/plain", "text/html"] {
        let message = read_without_failure(&mail(&format!("Content-Type: {kind}; charset=utf-8"), &long));
        assert!(
            message
                .faults
                .iter()
                .any(|fault| matches!(fault, ReadingFault::TextTooLong { .. })),
            "{kind}: {:?}",
            message.faults
        );
    }
    let many = read_without_failure(&mail("Content-Type: text/plain", &"a\r\n".repeat(30_000)));
    assert!(
        matches!(many.faults.as_slice(), [ReadingFault::TooManyLines { .. }]),
        "{:?}",
        many.faults
    );
    let usual = read_without_failure(&mail("Content-Type: text/plain", &"a\r\n".repeat(4_000)));
    assert!(usual.faults.is_empty(), "{:?}", usual.faults);
}

#[test]
fn closed_containers_are_named() {
    for (headers, body) in [
        (
            "Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64",
            "eJ8+Ig==",
        ),
        (
            "Content-Type: application/octet-stream; name=WINMAIL.DAT\r\nContent-Transfer-Encoding: base64",
            "eJ8+Ig==",
        ),
        (
            "Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\r\nContent-Transfer-Encoding: base64",
            "MIAG",
        ),
        (
            "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b",
            "--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b\r\nContent-Type: application/octet-stream\r\n\r\nx\r\n--b--\r\n",
        ),
    ] {
        let message = read_without_failure(&mail(headers, body));
        assert!(
            matches!(message.faults.as_slice(), [ReadingFault::NotOpened(_)]),
            "{headers}: {:?}",
            message.faults
        );
    }
    let beside = "--b\r\nContent-Type: text/plain\r\n\r\nja\r\n--b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n";
    for (body, faults) in [("eJ8+Ig==", 1), ("eJ8+IgEA", 0)] {
        let message = read_without_failure(&mail(
            "Content-Type: multipart/mixed; boundary=b",
            &format!("{beside}{body}\r\n--b--\r\n"),
        ));
        assert_eq!(
            (message.faults.len(), message.attachments.len()),
            (faults, faults),
            "{body}"
        );
    }
    let signed = "--b\r\nContent-Type: text/plain\r\n\r\nja\r\n--b\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nx\r\n--b--\r\n";
    let message = read_without_failure(&mail("Content-Type: multipart/signed; boundary=b", signed));
    assert!(message.faults.is_empty(), "{:?}", message.faults);
    assert_eq!(message.body.own_text(), "ja");
}
