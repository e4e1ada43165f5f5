//! A letter, a NUL, and the reply to it -> which text is the customer's. The first byte says to which registration, and whether
//! every line of the reply stands in the quote.

#![no_main]

use estafette::reading;
use estafette::understanding::{self, SentLetter};
use estafette_fuzz::{ASKED, mail, whole_way};
use libfuzzer_sys::fuzz_target;

/// Of the first byte.
const QUOTED: u8 = 0x80;

fuzz_target!(init: estafette_fuzz::warm_up(), |data: &[u8]| {
    let Some((choice, texts)) = data.split_first() else {
        return;
    };
    let texts = String::from_utf8_lossy(texts);
    let (letter, reply) = texts.split_once('\0').unwrap_or((&texts, &texts));
    let letter = SentLetter {
        kind: None,
        text: letter.to_owned(),
    };
    let body = if choice & QUOTED != 0 {
        reply.lines().map(|line| format!("> {line}\r\n")).collect()
    } else {
        reply.to_owned()
    };
    let raw = mail("text/plain", &body);
    let registration = &ASKED[usize::from(choice & !QUOTED) % ASKED.len()].registration;
    let message = reading::read(&raw);
    for (text, range) in understanding::fuzzing::own_pieces(&message, registration, Some(&letter)) {
        if let Some(range) = range {
            assert_eq!(message.body.text.get(range), Some(text.as_str()));
        }
    }
    whole_way(&raw, registration, Some(&letter), &[]);
});
