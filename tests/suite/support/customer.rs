//! A customer with a mailbox: reads letters, writes answers as a mail client would.

use std::time::Duration;

use serde_json::{Value, json};

use super::dovecot::Delivered;
use super::lab::MailLab;
use super::place::wait_until;

const PATIENCE: Duration = Duration::from_secs(60);

/// A registration in French that passes every check, for electricity alone.
pub fn registration(email: &str) -> Value {
    json!({
        "language": "fr", "channel": "web", "kind": "switch",
        "customer": {
            "type": "residential", "first_name": "Hélène", "last_name": "Vandamme", "date_of_birth": "1984-03-09",
            "email": email, "phone": "+32470123456"
        },
        "supply_address": {
            "street": "Rue Haute", "house_number": "12", "postal_code": "4000", "municipality": "Liège"
        },
        "electricity": {"ean": "541456700001237377"},
        "iban": "BE68539007547034", "current_supplier": "Lumière SA"
    })
}

/// The same without its EAN: it blocks with one question.
pub fn without_ean(email: &str) -> Value {
    let mut registration = registration(email);
    registration["electricity"]["ean"] = Value::Null;
    registration
}

pub const EAN: &str = "541456700001237377";

/// The letter with that number in its Message-ID, waited for.
pub fn letter(lab: &MailLab, address: &str, number: usize) -> Delivered {
    let wanted = format!(".{number}.");
    wait_until(&format!("letter {number} to {address}"), PATIENCE, || {
        lab.messages(address)
            .into_iter()
            .find(|letter| letter.header("Message-ID").is_some_and(|id| id.contains(&wanted)))
    })
}

/// A plain-text reply to a letter, with the letter quoted beneath.
pub fn reply(letter: &Delivered, from: &str, text: &str) -> Vec<u8> {
    reply_with_id(letter, from, text, "reply-1")
}

pub fn reply_with_id(letter: &Delivered, from: &str, text: &str, id: &str) -> Vec<u8> {
    let to = letter.header("Reply-To").expect("a letter says where answers go");
    let message_id = letter.header("Message-ID").expect("a letter has a Message-ID");
    let original = estafette::reading::read(&letter.raw);
    let quoted: String = original
        .body
        .text
        .lines()
        .map(|line| format!("> {line}\r\n"))
        .collect();
    let text = text.replace('\n', "\r\n");
    format!(
        "From: {from}\r\nTo: {to}\r\nSubject: Re: {}\r\nMessage-ID: <{id}.{}@customer.example>\r\n\
         Date: Mon, 23 Nov 2026 10:00:00 +0100\r\nIn-Reply-To: {message_id}\r\nReferences: {message_id}\r\n\
         MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\
         {text}\r\n\r\nLe 23 nov. 2026 à 09:00, Service Client <care@example.test> a écrit :\r\n\r\n{quoted}",
        original.subject,
        original.message_id.as_deref().unwrap_or_default().replace('@', "-at-"),
    )
    .into_bytes()
}

/// A reply with a file attached, the letter not quoted.
pub fn reply_with_file(letter: &Delivered, from: &str, text: &str, name: &str, content: &[u8]) -> Vec<u8> {
    let to = letter.header("Reply-To").expect("a letter says where answers go");
    let message_id = letter.header("Message-ID").expect("a letter has a Message-ID");
    let encoded = data_encoding::BASE64_MIME.encode(content);
    format!(
        "From: {from}\r\nTo: {to}\r\nSubject: Re: {name}\r\nMessage-ID: <file-1.{from}>\r\n\
         Date: Mon, 23 Nov 2026 10:00:00 +0100\r\nIn-Reply-To: {message_id}\r\nReferences: {message_id}\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n\
         --b\r\nContent-Type: application/pdf; name=\"{name}\"\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{encoded}\r\n--b--\r\n"
    )
    .into_bytes()
}

/// The address answers to a letter go to, without angle brackets.
pub fn reply_address(letter: &Delivered) -> String {
    let header = letter.header("Reply-To").expect("a letter says where answers go");
    header
        .rsplit('<')
        .next()
        .unwrap()
        .trim_end_matches('>')
        .trim()
        .to_owned()
}

/// Sends a reply as the customer's provider would.
pub fn send(lab: &MailLab, from: &str, letter: &Delivered, raw: &[u8]) {
    lab.send(from, &reply_address(letter), raw)
        .expect("Postfix takes the reply");
}
