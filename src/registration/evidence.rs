//! Where a value was read: enough to show it to a person, marked.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Where an answer was read: enough to show it to a person, marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// `body`, `subject`, or `attachment N` (from 1).
    pub part: String,
    /// Byte range in the text of that part (for `body`: of [`crate::reading::Body::text`]; for an attachment: of the text of
    /// the page).
    pub span: Option<(usize, usize)>,
    /// The text read, as the customer wrote it.
    pub text: String,
    /// The name of the rule that read it.
    pub rule: String,
    /// Where in the attachment, for a value that was read from one. Evidence stored before attachments were read has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<AttachmentPlace>,
}

/// Where in an attachment a text stands. Its `Display` is for people: `page 2 of factuur.pdf, read by OCR (91 %)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentPlace {
    /// The file name, or `attachment N` (from 1) where it has none.
    pub name: String,
    /// From 1.
    pub page: u32,
    /// Where on the page; None in a text file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<Region>,
    pub source: TextSource,
}

impl fmt::Display for AttachmentPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.source {
            TextSource::TextLayer | TextSource::Ocr { .. } | TextSource::Barcode { .. } => {
                write!(f, "page {} of {}", self.page, self.name)?
            }
            TextSource::TextFile | TextSource::Csv | TextSource::NestedMessage => f.write_str(&self.name)?,
        }
        match &self.source {
            TextSource::Ocr { confidence_percent } => write!(f, ", read by OCR ({confidence_percent} %)"),
            TextSource::Barcode { symbology } => write!(f, ", barcode ({symbology})"),
            _ => Ok(()),
        }
    }
}

/// How the text of an attachment was come by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "read_by", rename_all = "snake_case")]
pub enum TextSource {
    /// The text that a PDF itself holds.
    TextLayer,
    /// Recognised from a picture; the least sure word of the line, as the recogniser (Tesseract) says of itself.
    Ocr {
        confidence_percent: u8,
    },
    /// Decoded from a barcode, whose own check digit or error correction held.
    Barcode {
        /// `code_128`, `qr_code` ...
        symbology: String,
    },
    TextFile,
    /// A row of a table; each of its words is a whole cell.
    Csv,
    /// A message inside the message.
    NestedMessage,
}

/// A rectangle on a page; the origin is the top left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    pub left: Fraction,
    pub top: Fraction,
    pub right: Fraction,
    pub bottom: Fraction,
}

impl Region {
    /// The smallest rectangle that holds both.
    pub fn union(self, other: Region) -> Region {
        Region {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// A part of the width or height of a page, between 0 and 1; kept in ten-thousandths, so that it compares exactly. In JSON it
/// is the number between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fraction(u16);

/// A page's width or height in the unit of [`Fraction`].
const WHOLE: u16 = 10_000;

impl Fraction {
    /// `part / whole`, held between 0 and 1; 0 where that is no number.
    pub fn of(part: f64, whole: f64) -> Fraction {
        // `clamp` keeps NaN, and the cast makes 0 of it.
        Fraction(
            (part / whole * f64::from(WHOLE))
                .round()
                .clamp(0.0, f64::from(WHOLE)) as u16,
        )
    }

    /// Between 0 and 1.
    pub fn value(self) -> f64 {
        f64::from(self.0) / f64::from(WHOLE)
    }
}

impl Serialize for Fraction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.value())
    }
}

impl<'de> Deserialize<'de> for Fraction {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Fraction, D::Error> {
        f64::deserialize(deserializer).map(|value| Fraction::of(value, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(source: TextSource) -> AttachmentPlace {
        AttachmentPlace {
            name: "factuur.pdf".into(),
            page: 2,
            region: Some(Region {
                left: Fraction::of(1.0, 3.0),
                top: Fraction::of(0.0, 0.0),
                right: Fraction::of(7.0, 3.0),
                bottom: Fraction::of(-1.0, 3.0),
            }),
            source,
        }
    }

    #[test]
    fn evidence_stored_before_attachments_were_read_is_still_read() {
        let stored = r#"{"part": "body", "span": [3, 9], "text": "x", "rule": "label"}"#;
        let evidence: Evidence = serde_json::from_str(stored).unwrap();
        assert_eq!(evidence.place, None);
        let written = serde_json::to_value(&evidence).unwrap();
        assert_eq!(
            written,
            serde_json::from_str::<serde_json::Value>(stored).unwrap()
        );
    }

    #[test]
    fn a_place_is_written_and_read_back_and_its_fractions_stay_on_the_page() {
        let written = place(TextSource::Barcode {
            symbology: "code_128".into(),
        });
        let json = serde_json::to_value(&written).unwrap();
        assert_eq!(
            json["region"],
            serde_json::json!({"left": 0.3333, "top": 0.0, "right": 1.0, "bottom": 0.0})
        );
        assert_eq!(
            json["source"],
            serde_json::json!({"read_by": "barcode", "symbology": "code_128"})
        );
        assert_eq!(serde_json::from_value::<AttachmentPlace>(json).unwrap(), written);
    }

    #[test]
    fn a_place_is_said_in_words() {
        let ocr = TextSource::Ocr {
            confidence_percent: 91,
        };
        assert_eq!(
            place(ocr).to_string(),
            "page 2 of factuur.pdf, read by OCR (91 %)"
        );
        assert_eq!(place(TextSource::TextLayer).to_string(), "page 2 of factuur.pdf");
        assert_eq!(place(TextSource::Csv).to_string(), "factuur.pdf");
    }
}
