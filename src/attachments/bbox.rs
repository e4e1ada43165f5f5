//! The XHTML that `pdftotext -bbox-layout` writes: pages, lines, words, each with its box.

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::boxes;
use crate::reading::{AttachmentFault, NewWord, Page};
use crate::registration::{Fraction, Region, TextSource};

const BODY: &str = "<body>";
const BODY_END: &str = "</body>";

/// The pages of the document, those without text too.
///
/// # Errors
/// It is not what pdftotext writes.
pub(super) fn pages(xhtml: &[u8]) -> Result<Vec<Page>, AttachmentFault> {
    let xhtml = String::from_utf8_lossy(xhtml);
    // The head holds what the PDF says of itself, for nobody to read.
    let (start, end) = (xhtml.find(BODY), xhtml.rfind(BODY_END));
    let body = xhtml
        .get(start.map_or(0, |start| start + BODY.len())..end.unwrap_or(xhtml.len()))
        .unwrap_or_default();
    let mut reader = quick_xml::Reader::from_str(body);
    let mut document = Document::default();
    loop {
        match reader.read_event().map_err(unreadable)? {
            Event::Start(element) => document.open(&element),
            Event::Empty(element) => {
                document.open(&element);
                document.close(element.name().as_ref());
            }
            Event::Text(text) => document.say(&text.decode().map_err(unreadable)?),
            Event::GeneralRef(reference) => document.say(&character(&reference)),
            Event::End(element) => document.close(element.name().as_ref()),
            Event::Eof => return Ok(document.pages),
            // What stands between is layout, or nothing we know.
            _ => {}
        }
    }
}

fn unreadable(error: impl std::fmt::Display) -> AttachmentFault {
    AttachmentFault::Unreadable {
        detail: format!("pdftotext wrote what cannot be read: {error}"),
    }
}

#[derive(Default)]
struct Document {
    pages: Vec<Page>,
    width: f64,
    height: f64,
    lines: Vec<Vec<NewWord>>,
    line: Vec<NewWord>,
    word: Option<NewWord>,
}

impl Document {
    fn open(&mut self, element: &BytesStart<'_>) {
        match element.name().as_ref() {
            b"page" => {
                self.width = number(element, "width");
                self.height = number(element, "height");
                let number = u32::try_from(self.pages.len() + 1).unwrap_or(u32::MAX);
                self.pages.push(Page::new(number));
            }
            b"line" => self.line.clear(),
            b"word" => {
                self.word = Some(NewWord {
                    text: String::new(),
                    region: Some(self.region(element)),
                    confidence_percent: None,
                });
            }
            _ => {}
        }
    }

    fn say(&mut self, text: &str) {
        if let Some(word) = &mut self.word {
            word.text.push_str(text);
        }
    }

    fn close(&mut self, name: &[u8]) {
        match name {
            b"word" => self.line.extend(self.word.take()),
            b"line" => self.lines.push(std::mem::take(&mut self.line)),
            b"page" => {
                let lines = boxes::joined(std::mem::take(&mut self.lines));
                if let Some(page) = self.pages.last_mut() {
                    for words in lines {
                        page.push_line(words, TextSource::TextLayer);
                    }
                }
            }
            _ => {}
        }
    }

    fn region(&self, element: &BytesStart<'_>) -> Region {
        let across = |name| Fraction::of(number(element, name), self.width);
        let down = |name| Fraction::of(number(element, name), self.height);
        Region {
            left: across("xMin"),
            top: down("yMin"),
            right: across("xMax"),
            bottom: down("yMax"),
        }
    }
}

/// An attribute's number; 0 where there is none.
fn number(element: &BytesStart<'_>, name: &str) -> f64 {
    let attribute = element.try_get_attribute(name).ok().flatten();
    let value = attribute.and_then(|attribute| String::from_utf8(attribute.value.into_owned()).ok());
    value.and_then(|value| value.parse().ok()).unwrap_or(0.0)
}

fn character(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    let name = reference.decode().unwrap_or_default();
    resolve_predefined_entity(&name).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_text_and_their_place() {
        let xhtml = br#"<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><title>a &amp; b</title></head><body><doc>
  <page width="600.0" height="800.0"><flow><block xMin="0" yMin="0" xMax="1" yMax="1">
    <line xMin="60" yMin="80" xMax="300" yMax="88">
      <word xMin="60.0" yMin="80.0" xMax="120.0" yMax="88.0">R&amp;D&#233;</word>
      <word xMin="150.0" yMin="80.0" xMax="700.0" yMax="88.0">5414</word>
    </line></block></flow></page>
  <page width="600.0" height="800.0"/>
  <page width="0" height="zero"><line><word>x</word></line></page>
</doc></body></html>"#;
        let pages = pages(xhtml).unwrap();
        let texts: Vec<(u32, &str)> = pages
            .iter()
            .map(|page| (page.number, page.text.as_str()))
            .collect();
        assert_eq!(texts, [(1, "R&Dé 5414\n"), (2, ""), (3, "x\n")]);
        let region = pages[0].lines[0].words[1].region.unwrap();
        assert_eq!((region.left.value(), region.top.value()), (0.25, 0.1));
        assert_eq!((region.right.value(), region.bottom.value()), (1.0, 0.11));
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_written_is_survived(parts in proptest::collection::vec(
            proptest::sample::select(vec![
                "<page width=\"1\" height=\"2\">", "<page/>", "<line>", "<word xMin=\"9\">", "x", "\u{1}", "&#x0;", "&lt;", "&nbsp;",
                "</word>", "</line>", "</page>", "<", "&", "<!--", "<![CDATA[", "\"",
            ]),
            0..40,
        )) {
            let written: String = parts.concat();
            for page in pages(written.as_bytes()).unwrap_or_default() {
                for line in &page.lines {
                    proptest::prop_assert!(!page.text_of(&line.range).is_empty());
                }
            }
        }
    }

    #[test]
    fn bytes_that_are_no_text_and_a_broken_head_are_survived() {
        let written = b"<html><head><title>a < b & c</title></head><body><page><line><word>x\xFFy</word></line></page></body></html>";
        assert_eq!(pages(written).unwrap()[0].text, "x\u{FFFD}y\n");
    }

    #[test]
    fn what_is_no_document_is_a_fault() {
        assert!(pages(b"<page><line></page>").is_err());
        assert_eq!(pages(b"").unwrap(), []);
    }
}
