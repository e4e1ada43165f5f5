//! PURE. When two deliveries are the same message.

use ring::digest::{Context, SHA256, digest};

/// What stays the same when one mail is delivered twice (through To and Cc, or a mailing list that does not touch it):
/// unlike Received and Delivered-To, which each delivery has its own.
const SAME_IN_EVERY_COPY: [&str; 4] = ["from", "date", "subject", "in-reply-to"];

/// SHA-256 of the bytes.
pub(super) fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, bytes).as_ref());
    hash
}

/// The same for two deliveries of one mail, and for no two mails: SHA-256 over the Message-ID, the headers of
/// [`SAME_IN_EVERY_COPY`] and the body. The Message-ID alone would not do: some programs give all their mails the same one,
/// and a mail must not be lost for that. Line ends do not count: IMAP gives CRLF where a Maildir has LF.
pub(super) fn fingerprint(message_id: &str, raw: &[u8]) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    context.update(message_id.as_bytes());
    context.update(b"\n");
    let mut lines = raw
        .split(|byte| *byte == b'\n')
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let mut takes_part = false;
    for line in lines.by_ref() {
        if line.is_empty() {
            break;
        }
        let continues = line.starts_with(b" ") || line.starts_with(b"\t");
        if !continues {
            takes_part = SAME_IN_EVERY_COPY.iter().any(|name| is_header(line, name));
        }
        if takes_part {
            context.update(line);
            context.update(b"\n");
        }
    }
    context.update(b"\n");
    for line in lines {
        context.update(line);
        context.update(b"\n");
    }
    let mut hash = [0; 32];
    hash.copy_from_slice(context.finish().as_ref());
    hash
}

fn is_header(line: &[u8], name: &str) -> bool {
    match line.split_at_checked(name.len()) {
        Some((start, rest)) => {
            start.eq_ignore_ascii_case(name.as_bytes()) && rest.trim_ascii_start().starts_with(b":")
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &[u8] =
        b"Received: by a\r\nFrom: Ann <ann@customer.example>\r\nSubject: my\r\n EAN\r\n\r\nYes\r\n";

    #[test]
    fn another_route_and_other_line_ends_are_the_same_mail() {
        let mail = fingerprint("1@customer.example", MAIL);
        let copy = b"Received: by b\n by c\nDelivered-To: care@example.test\nFrom: Ann <ann@customer.example>\nSubject: my\n EAN\n\nYes\n";
        assert_eq!(mail, fingerprint("1@customer.example", copy));
    }

    #[test]
    fn another_id_sender_subject_or_body_is_another_mail() {
        let mail = fingerprint("1@customer.example", MAIL);
        assert_ne!(mail, fingerprint("2@customer.example", MAIL));
        let text = String::from_utf8_lossy(MAIL);
        for (old, new) in [
            ("ann@", "bob@"),
            (" EAN", " IBAN"),
            ("Yes", "No"),
            ("Yes", "From: x"),
        ] {
            let other = text.replace(old, new);
            assert_ne!(mail, fingerprint("1@customer.example", other.as_bytes()), "{new}");
        }
    }

    #[test]
    fn anything_has_a_fingerprint() {
        for raw in [b"".as_slice(), b"\n", b"\r\n\r\n", b"no header", b":\n\xff\xfe"] {
            fingerprint("", raw);
        }
        assert_ne!(fingerprint("", b"Subject: a"), fingerprint("", b"Subject: b"));
    }
}
