//! A file -> its text, as far as that is read in process, or in our own child process: text, tables, messages, pictures; and what
//! pdftotext and Tesseract write. What was read is then understood. The first byte chooses the registration, the second the
//! declared type and name.

#![no_main]

use std::cell::Cell;
use std::sync::Once;

use estafette::attachments::fuzzing::{self, Written};
use estafette_fuzz::{ASKED, mail, whole_way};
use libfuzzer_sys::fuzz_target;

const DECLARED: [(Written, &str, &str); 9] = [
    (Written::File, "text/plain", "ean.txt"),
    (Written::File, "text/csv", "ean.csv"),
    (Written::File, "message/rfc822", "forwarded"),
    (Written::File, "application/octet-stream", "x.eml"),
    (Written::File, "image/png", "photo.png"),
    (Written::File, "application/octet-stream", ""),
    (Written::File, "application/pdf", "bill.pdf"),
    (Written::ByPdftotext, "application/pdf", "bill.pdf"),
    (Written::ByTesseract, "image/jpeg", "photo.jpg"),
];

thread_local! {
    static FORGIVING: Cell<bool> = const { Cell::new(false) };
}

/// Panics of the barcode decoder are caught where it is called, in a process of its own; all others are findings.
fn forgive_what_is_caught() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let strict = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !FORGIVING.get() {
                strict(panic);
            }
        }));
    });
}

fuzz_target!(init: estafette_fuzz::warm_up(), |data: &[u8]| {
    let [choice, declared, content @ ..] = data else {
        return;
    };
    forgive_what_is_caught();
    let (written, content_type, name) = DECLARED[usize::from(*declared) % DECLARED.len()];
    let text = fuzzing::read(written, content, content_type, name, |forgiving| {
        FORGIVING.set(forgiving)
    });
    for page in &text.pages {
        for line in &page.lines {
            assert!(!page.text_of(&line.range).trim().is_empty());
            for word in &line.words {
                assert!(!page.text_of(&word.range).trim().is_empty());
            }
        }
    }
    let asked = &ASKED[usize::from(*choice) % ASKED.len()];
    let body = "--b\r\nContent-Type: text/plain\r\n\r\nBonjour\r\n--b\r\nContent-Type: image/jpeg; name=a.jpg\r\n\r\nx\r\n--b--\r\n";
    let raw = String::from_utf8(mail("multipart/mixed; boundary=b", body)).expect("text");
    let raw = raw.replace("; charset=utf-8\r\nContent-Transfer-Encoding: 8bit", "");
    whole_way(raw.as_bytes(), &asked.registration, Some(&asked.letter), &[text]);
});
