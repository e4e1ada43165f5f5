//! A registration, its letter, and what is written back -> `understand` and `decide`. The first byte chooses the registration, the
//! second how the rest comes: as text, as HTML, above the quoted letter, inside it, or as a whole message; and whether the letter is
//! known.

#![no_main]

use estafette_fuzz::{ASKED, mail, whole_way};
use libfuzzer_sys::fuzz_target;

/// Of the second byte.
const LETTER_UNKNOWN: u8 = 0x80;

fuzz_target!(init: estafette_fuzz::warm_up(), |data: &[u8]| {
    let [choice, form, rest @ ..] = data else {
        return;
    };
    let asked = &ASKED[usize::from(*choice) % ASKED.len()];
    let letter = (form & LETTER_UNKNOWN == 0).then_some(&asked.letter);
    let text = String::from_utf8_lossy(rest);
    let quoted: Vec<String> = asked.letter.text.lines().map(|line| format!("> {line}")).collect();
    let raw = match (form & !LETTER_UNKNOWN) % 5 {
        0 => mail("text/plain", &text),
        1 => mail("text/html", &text),
        2 => mail("text/plain", &format!("{text}\n\n{}", quoted.join("\n"))),
        3 => {
            let (above, below) = quoted.split_at(quoted.len() / 2);
            mail(
                "text/plain",
                &format!("{}\n{text}\n{}", above.join("\n"), below.join("\n")),
            )
        }
        _ => rest.to_vec(),
    };
    whole_way(&raw, &asked.registration, letter, &[]);
});
