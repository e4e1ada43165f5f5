//! What an attachment says: pages of lines of words, each with where it stands. The edge `attachments` makes it of bytes.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::registration::{AttachmentPlace, Region, TextSource};

/// What one attachment says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentText {
    /// Its place in [`super::Message::attachments`], from 0. A file inside an attached message has that message's place.
    pub attachment: usize,
    /// The file name, or `attachment N` (from 1); of a file inside an attached message, both names with a `/` between.
    pub name: String,
    /// In order; only those with text.
    pub pages: Vec<Page>,
    /// Why it, or a part of it, was not read. Empty when all of it was.
    pub faults: Vec<AttachmentFault>,
}

/// A page of an attachment. A text file is one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// From 1.
    pub number: u32,
    /// All lines, each ended by `\n`, words with a space between.
    pub text: String,
    /// From the top down, columns one after the other; none is empty.
    pub lines: Vec<Line>,
}

/// A line of a page, or what one barcode holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Byte range in [`Page::text`], without the line end.
    pub range: Range<usize>,
    pub words: Vec<Word>,
    pub source: TextSource,
}

/// A word of a line; of a table in a CSV file, a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Byte range in [`Page::text`].
    pub range: Range<usize>,
    /// None in a text file.
    pub region: Option<Region>,
    /// How sure the recogniser is of it, of a word read by OCR; at most 40 where a second reading, at another size, differs. It
    /// is no proof: a wrong digit is read with as much confidence as a right one.
    pub confidence_percent: Option<u8>,
}

/// Why an attachment, or a part of it, was not read. Each is a reason for an agent to look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum AttachmentFault {
    /// The reader of its type could make nothing of it.
    #[error("cannot be read: {detail}")]
    Unreadable { detail: String },
    #[error("is protected by a password")]
    Encrypted,
    #[error("is larger than {limit_bytes} bytes")]
    TooLarge { limit_bytes: u64 },
    /// The first pages were read.
    #[error("has more than {limit_pages} pages, the rest was not read")]
    TooManyPages { limit_pages: u32 },
    #[error("has more than {limit_pixels} pixels")]
    TooManyPixels { limit_pixels: u64 },
    /// The beginning was read.
    #[error("holds more than {limit_bytes} bytes of text, the rest was not read")]
    TooMuchText { limit_bytes: u64 },
    #[error("could not be read within {limit_seconds} seconds")]
    TimedOut { limit_seconds: u64 },
    #[error("is one of more than {limit} attachments")]
    TooManyAttachments { limit: usize },
    /// A program that reads such attachments is not installed.
    #[error("needs the program {tool}, which is not there")]
    ToolMissing { tool: String },
    #[error("is of a type that is not read: {content_type}")]
    Unsupported { content_type: String },
}

impl AttachmentFault {
    /// The name in snake case.
    pub fn name(&self) -> &'static str {
        match self {
            AttachmentFault::Unreadable { .. } => "unreadable",
            AttachmentFault::Encrypted => "encrypted",
            AttachmentFault::TooLarge { .. } => "too_large",
            AttachmentFault::TooManyPages { .. } => "too_many_pages",
            AttachmentFault::TooManyPixels { .. } => "too_many_pixels",
            AttachmentFault::TooMuchText { .. } => "too_much_text",
            AttachmentFault::TimedOut { .. } => "timed_out",
            AttachmentFault::TooManyAttachments { .. } => "too_many_attachments",
            AttachmentFault::ToolMissing { .. } => "tool_missing",
            AttachmentFault::Unsupported { .. } => "unsupported",
        }
    }
}

/// A word before it has its place in a page's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWord {
    pub text: String,
    pub region: Option<Region>,
    pub confidence_percent: Option<u8>,
}

impl AttachmentText {
    pub fn new(attachment: usize, name: String) -> AttachmentText {
        AttachmentText {
            attachment,
            name,
            pages: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// Where a byte range of a page's text stands. None when the range holds no word.
    pub fn place_of(&self, page: &Page, range: &Range<usize>) -> Option<AttachmentPlace> {
        let overlaps = |other: &Range<usize>| other.start < range.end && range.start < other.end;
        let lines: Vec<&Line> = page.lines.iter().filter(|line| overlaps(&line.range)).collect();
        let words = || {
            let all = lines.iter().flat_map(|line| &line.words);
            all.filter(|word| overlaps(&word.range))
        };
        let source = match &lines.first()?.source {
            // Of the words meant, not of all that stand beside them.
            TextSource::Ocr { .. } => TextSource::Ocr {
                confidence_percent: words().filter_map(|word| word.confidence_percent).min()?,
            },
            source => source.clone(),
        };
        words().next()?;
        Some(AttachmentPlace {
            name: self.name.clone(),
            page: page.number,
            region: words().filter_map(|word| word.region).reduce(Region::union),
            source,
        })
    }
}

impl Page {
    pub fn new(number: u32) -> Page {
        Page {
            number,
            text: String::new(),
            lines: Vec::new(),
        }
    }

    /// Appends a line; white space and controls inside a word become single spaces. Without a visible word, nothing is added.
    pub fn push_line(&mut self, words: impl IntoIterator<Item = NewWord>, source: TextSource) {
        let start = self.text.len();
        let mut placed = Vec::new();
        for word in words {
            let parts = word.text.split(|c: char| c.is_whitespace() || c.is_control());
            let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
            if parts.is_empty() {
                continue;
            }
            if !placed.is_empty() {
                self.text.push(' ');
            }
            let word_start = self.text.len();
            self.text.push_str(&parts.join(" "));
            placed.push(Word {
                range: word_start..self.text.len(),
                region: word.region,
                confidence_percent: word.confidence_percent,
            });
        }
        if placed.is_empty() {
            return;
        }
        self.lines.push(Line {
            range: start..self.text.len(),
            words: placed,
            source,
        });
        self.text.push('\n');
    }

    /// The text of a line or a word of this page.
    pub fn text_of(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registration::Fraction;

    fn region(left: f64, right: f64) -> Region {
        Region {
            left: Fraction::of(left, 100.0),
            top: Fraction::of(10.0, 100.0),
            right: Fraction::of(right, 100.0),
            bottom: Fraction::of(12.0, 100.0),
        }
    }

    fn word(text: &str, left: f64, confidence_percent: u8) -> NewWord {
        NewWord {
            text: text.into(),
            region: Some(region(left, left + 10.0)),
            confidence_percent: Some(confidence_percent),
        }
    }

    #[test]
    fn a_range_of_a_page_has_the_place_of_its_words() {
        let mut text = AttachmentText::new(0, "photo.jpg".into());
        let mut page = Page::new(2);
        let ocr = |confidence_percent| TextSource::Ocr { confidence_percent };
        page.push_line([word(" \u{7} ", 0.0, 1)], ocr(1));
        page.push_line(
            [
                word("EAN", 0.0, 50),
                word("5414", 20.0, 90),
                word("4882", 40.0, 80),
            ],
            ocr(50),
        );
        assert_eq!(page.text, "EAN 5414 4882\n");
        assert_eq!(page.text_of(&page.lines[0].words[1].range), "5414");
        let place = text.place_of(&page, &(4..13)).unwrap();
        assert_eq!(place.region, Some(region(20.0, 50.0)));
        assert_eq!((place.page, place.source), (2, ocr(80)));
        assert_eq!(text.place_of(&page, &(13..14)), None);
        text.pages.push(page);
    }

    #[test]
    fn a_cell_keeps_its_spaces_single_and_its_lines_together() {
        let mut page = Page::new(1);
        let cell = |text: &str| NewWord {
            text: text.into(),
            region: None,
            confidence_percent: None,
        };
        page.push_line([cell("rue\r\n de  la gare"), cell("12")], TextSource::Csv);
        assert_eq!(page.text, "rue de la gare 12\n");
        assert_eq!(page.lines[0].words.len(), 2);
    }
}
