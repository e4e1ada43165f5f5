//! Attachments that are text: text files, tables in CSV, attached messages. No decoder but our own works on them, so they are
//! read here, within a limit of bytes.

use super::failed;
use super::form::Form;
use crate::reading::{self, AttachmentFault, NewWord, Page};
use crate::registration::TextSource;

/// Lines that are looked at to tell what separates the cells of a table.
const LINES_TO_TELL_SEPARATOR: usize = 5;

/// The one page of a text, if it has words, and what of it was not read.
///
/// # Errors
/// Nothing could be read.
pub(super) async fn page(
    form: Form,
    content: Vec<u8>,
    text_bytes_max: u64,
) -> Result<(Option<Page>, Option<AttachmentFault>), AttachmentFault> {
    let read = tokio::task::spawn_blocking(move || read(&form, &content, text_bytes_max));
    let (page, fault) = read.await.map_err(|error| failed(error.into()))?;
    Ok(((!page.lines.is_empty()).then_some(page), fault))
}

pub(super) fn read(form: &Form, content: &[u8], text_bytes_max: u64) -> (Page, Option<AttachmentFault>) {
    let mut page = Page::new(1);
    if *form == Form::Message {
        let message = reading::read(content);
        let fault = message.faults.first().map(|fault| AttachmentFault::Unreadable {
            detail: fault.to_string(),
        });
        let (text, cut) = beginning(message.body.text.as_bytes(), text_bytes_max);
        add_lines(
            &String::from_utf8_lossy(text),
            &TextSource::NestedMessage,
            &mut page,
        );
        return (page, fault.or(cut));
    }
    let (bytes, cut) = beginning(content, text_bytes_max);
    let text = reading::text_of(bytes);
    match form {
        Form::Csv => add_rows(&text, &mut page),
        _ => add_lines(&text, &TextSource::TextFile, &mut page),
    }
    (page, cut)
}

/// As much as may be read, cut at the end of a line or at least not inside a character.
fn beginning(bytes: &[u8], limit_bytes: u64) -> (&[u8], Option<AttachmentFault>) {
    let limit = usize::try_from(limit_bytes).unwrap_or(usize::MAX);
    if bytes.len() <= limit {
        return (bytes, None);
    }
    let head = &bytes[..limit];
    let line_end = head.iter().rposition(|byte| *byte == b'\n');
    let end = line_end.map_or_else(
        || {
            head.iter()
                .rposition(|byte| byte.is_ascii())
                .map_or(limit, |last| last + 1)
        },
        |last| last + 1,
    );
    (&head[..end], Some(AttachmentFault::TooMuchText { limit_bytes }))
}

fn new_word(text: &str) -> NewWord {
    NewWord {
        text: text.to_owned(),
        region: None,
        confidence_percent: None,
    }
}

fn add_lines(text: &str, source: &TextSource, page: &mut Page) {
    for line in text.lines() {
        page.push_line(line.split_whitespace().map(new_word), source.clone());
    }
}

fn add_rows(text: &str, page: &mut Page) {
    let mut rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(text))
        .from_reader(text.as_bytes());
    // Rows of any length are rows; only bytes that are no text would be an error, and these are text.
    for row in rows.records().map_while(Result::ok) {
        page.push_line(row.iter().map(new_word), TextSource::Csv);
    }
}

/// What stands most often in the first lines: Belgian spreadsheets write semicolons.
fn separator(text: &str) -> u8 {
    let first = text.lines().take(LINES_TO_TELL_SEPARATOR);
    let counted = |separator: u8| {
        let lines = first.clone();
        lines
            .map(|line| line.bytes().filter(|byte| *byte == separator).count())
            .sum::<usize>()
    };
    let separators = [b'\t', b',', b';'];
    separators
        .into_iter()
        .max_by_key(|separator| counted(*separator))
        .unwrap_or(b';')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT_BYTES: u64 = 1000;

    #[test]
    fn a_text_is_its_lines_whatever_its_charset() {
        for bytes in [
            "Numéro\r\n\r\n  5414 4882\r\n".as_bytes(),
            b"Num\xE9ro\n5414 4882",
            b"\xFF\xFEN\0u\0m\0\xE9\0r\0o\0\n\x005\x004\x001\x004\0 \x004\x008\x008\x002\0",
        ] {
            let (page, fault) = read(&Form::Text, bytes, LIMIT_BYTES);
            assert_eq!((page.text.as_str(), fault), ("Numéro\n5414 4882\n", None));
        }
    }

    #[test]
    fn a_table_is_cells_whatever_separates_them() {
        for text in [
            "EAN;Rue\n5414;\"Rue de la Gare; 12\"\n",
            "EAN\tRue\n5414\tRue de la Gare; 12\n",
        ] {
            let (page, _) = read(&Form::Csv, text.as_bytes(), LIMIT_BYTES);
            assert_eq!(page.text, "EAN Rue\n5414 Rue de la Gare; 12\n", "{text}");
            assert_eq!(page.lines[1].words.len(), 2, "{text}");
            assert_eq!(page.lines[1].source, TextSource::Csv);
        }
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_attached_is_survived(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300), limit in 1u64..300) {
            for form in [Form::Text, Form::Csv, Form::Message] {
                let (page, _) = read(&form, &bytes, limit);
                for word in page.lines.iter().flat_map(|line| &line.words) {
                    proptest::prop_assert!(!page.text_of(&word.range).trim().is_empty());
                }
            }
            for content_type in ["text/plain", "image/jpeg", ""] {
                let _ = Form::of(&bytes, content_type, "x");
            }
        }
    }

    #[test]
    fn a_message_is_its_text_and_its_faults() {
        let raw = b"From: a@b.test\r\nSubject: x\r\n\r\nHello\r\n> 5414\r\n";
        let (page, fault) = read(&Form::Message, raw, LIMIT_BYTES);
        assert_eq!((page.text.as_str(), fault), ("Hello\n5414\n", None));
        let (page, fault) = read(&Form::Message, b"", LIMIT_BYTES);
        assert!(page.lines.is_empty() && fault.is_some());
    }

    #[test]
    fn a_text_is_cut_at_a_line_or_a_character() {
        let cut = Some(AttachmentFault::TooMuchText { limit_bytes: 10 });
        let (page, fault) = read(&Form::Text, b"one\ntwo\nthree", 10);
        assert_eq!((page.text.as_str(), &fault), ("one\ntwo\n", &cut));
        let (page, fault) = read(&Form::Text, "xxxxxxxxx\u{20AC}".as_bytes(), 10);
        assert_eq!((page.text.as_str(), &fault), ("xxxxxxxxx\n", &cut));
    }
}
