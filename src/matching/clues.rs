//! What in a message leads to a registration.

use std::sync::LazyLock;

use regex::Regex;

use super::{Clues, Signature, TokenCheck};
use crate::reading::{Message, MessageKind, Role};
use crate::registration::value::normalise;
use crate::registration::{Field, Reference};

/// No more than this many of one sort of clue: a mail with more is a list, not a customer's reply.
const CLUES_MAX: usize = 20;
/// Only this many bytes of subject and of text are searched for references and EANs.
const TEXT_BYTES_SEARCHED: usize = 256 * 1024;

static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\bREG(?P<joint>[-‐‑–_.: ]{0,3})(?P<digits>[0-9A-Z]{8})\b").expect("a fixed pattern")
});
static EAN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"54(?:[ .\-/\u{a0}\u{202f}]?[0-9]){16}").expect("a fixed pattern"));

pub(super) fn gather(message: &Message, tokens: &dyn TokenCheck) -> Clues {
    let mut clues = Clues::default();
    gather_tokens(message, tokens, &mut clues);
    for id in message.in_reply_to.iter().chain(message.references.iter().rev()) {
        push_new(&mut clues.thread, id.clone());
    }
    if let MessageKind::Bounce(bounce) = &message.kind
        && let Some(id) = &bounce.original_message_id
    {
        push_new(&mut clues.thread, id.clone());
    }
    for text in [message.subject.as_str(), message.body.text.as_str()] {
        for reference in references_in(beginning(text)) {
            push_new(&mut clues.references_in_text, reference);
        }
    }
    for sender in message.from.iter().chain(&message.reply_to) {
        push_new(&mut clues.senders, sender.address.to_lowercase());
    }
    let own = message.body.pieces(Role::Own).map(|(_, piece)| piece);
    for text in std::iter::once(message.subject.as_str()).chain(own) {
        for found in EAN.find_iter(beginning(text)) {
            if let Ok(ean) = normalise(Field::ElectricityEan, found.as_str()) {
                push_new(&mut clues.eans, ean);
            }
        }
    }
    clues
}

/// The reply tokens in every address the message was sent or delivered to. With two signed tokens that disagree neither is
/// believed: both count as unsigned.
fn gather_tokens(message: &Message, tokens: &dyn TokenCheck, clues: &mut Clues) {
    let written = message
        .to
        .iter()
        .chain(&message.cc)
        .map(|mailbox| mailbox.address.as_str());
    let mut signed: Vec<Reference> = Vec::new();
    for address in message.delivered_to.iter().map(String::as_str).chain(written) {
        let Some((_, tag)) = address
            .rsplit_once('@')
            .and_then(|(local, _)| local.split_once('+'))
        else {
            continue;
        };
        match tokens.check(tag) {
            Some((reference, Signature::Valid)) => push_new(&mut signed, reference),
            Some((reference, Signature::Invalid)) => push_new(&mut clues.unsigned_tokens, reference),
            None => {}
        }
    }
    if let [reference] = signed.as_slice() {
        clues.signed_token = Some(reference.clone());
    } else {
        for reference in signed {
            push_new(&mut clues.unsigned_tokens, reference);
        }
    }
}

/// References as people write them: any case, a blank or another dash in place of the hyphen.
fn references_in(text: &str) -> impl Iterator<Item = Reference> + '_ {
    REFERENCE.captures_iter(text).filter_map(|found| {
        let digits = &found["digits"];
        let joint = &found["joint"];
        // "reg schrijven" is no reference: without the hyphen it must look like one.
        let looks_typed = digits.bytes().any(|byte| byte.is_ascii_digit())
            || !digits.bytes().any(|byte| byte.is_ascii_lowercase());
        if joint != "-" && !looks_typed {
            return None;
        }
        format!("REG-{digits}").parse().ok()
    })
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if list.len() < CLUES_MAX && !list.contains(&item) {
        list.push(item);
    }
}

/// The searched beginning of a text, cut at a character's border.
fn beginning(text: &str) -> &str {
    let mut end = text.len().min(TEXT_BYTES_SEARCHED);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_as_people_write_them_and_words_are_none() {
        let read = |text: &str| references_in(text).map(String::from).collect::<Vec<_>>();
        assert_eq!(read("dossier REG X6G4J9DT svp"), ["REG-X6G4J9DT"]);
        assert_eq!(
            read("reg-7k3m9q2x, REG–7K3M9Q2X"),
            ["REG-7K3M9Q2X", "REG-7K3M9Q2X"]
        );
        assert_eq!(read("REG7K3M9Q2X"), ["REG-7K3M9Q2X"]);
        assert!(read("ik wil reg betaalden noemen, REG-7K3M9Q2XX, REG-7K3M9Q2").is_empty());
    }
}
