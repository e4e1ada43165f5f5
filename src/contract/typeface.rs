//! The letters of the page: Source Sans 3, in two weights, and how wide a text is in them.

use harfrust::{FontRef, ShapeOptions, Shaper, ShaperData, UnicodeBuffer};
use krilla::text::{Font, GlyphId, KrillaGlyph};

use super::ContractFault;

const REGULAR: &[u8] = include_bytes!("../../data/fonts/SourceSans3-Regular.otf");
const SEMIBOLD: &[u8] = include_bytes!("../../data/fonts/SourceSans3-Semibold.otf");

/// Stands for a character that the typeface does not have: PDF/A refuses an empty box.
const SUBSTITUTE: char = '?';

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Semibold,
}

/// One line of text, ready to be drawn.
#[derive(Debug, Clone)]
pub struct Run {
    pub text: String,
    pub weight: Weight,
    pub glyphs: Vec<KrillaGlyph>,
    /// In parts of the type size.
    width: f32,
}

impl Run {
    /// Points, at a type size in points.
    pub fn width(&self, size: f32) -> f32 {
        self.width * size
    }
}

/// Both weights.
pub struct Typeface {
    regular: Cut,
    semibold: Cut,
}

struct Cut {
    font: Font,
    reference: FontRef<'static>,
    shapes: ShaperData,
}

impl Typeface {
    /// # Errors
    /// [`ContractFault::Typeface`] when a font of the repository is damaged.
    pub fn new() -> Result<Typeface, ContractFault> {
        Ok(Typeface {
            regular: Cut::new(REGULAR)?,
            semibold: Cut::new(SEMIBOLD)?,
        })
    }

    pub fn font(&self, weight: Weight) -> Font {
        self.cut(weight).font.clone()
    }

    /// The text as one line, with the typeface's kerning.
    pub fn run(&self, text: &str, weight: Weight) -> Run {
        let cut = self.cut(weight);
        let shaper = cut.shapes.shaper(&cut.reference).build();
        let (mut text, mut glyphs) = shape(&shaper, printable(text));
        if glyphs.iter().any(is_missing) {
            (text, glyphs) = shape(&shaper, substituted(&text, &glyphs));
        }
        Run {
            width: glyphs.iter().map(|glyph| glyph.x_advance).sum(),
            text,
            weight,
            glyphs,
        }
    }

    /// Points.
    pub fn width(&self, text: &str, weight: Weight, size: f32) -> f32 {
        self.run(text, weight).width(size)
    }

    /// The text in lines of at most `width` points: broken where it says so and at spaces (a no-break space holds), and inside a word only when it
    /// alone is wider than that.
    pub fn lines(&self, text: &str, weight: Weight, size: f32, width: f32) -> Vec<Run> {
        text.split('\n')
            .flat_map(|paragraph| self.broken(paragraph, weight, size, width))
            .collect()
    }

    fn broken(&self, text: &str, weight: Weight, size: f32, width: f32) -> Vec<Run> {
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            for piece in self.pieces(word, weight, size, width) {
                let joined = if line.is_empty() {
                    piece.clone()
                } else {
                    format!("{line} {piece}")
                };
                if self.width(&joined, weight, size) <= width {
                    line = joined;
                } else {
                    // The space at a line's end tells readers by ear, and whoever copies, where the word ends.
                    lines.push(self.run(&format!("{line} "), weight));
                    line = piece;
                }
            }
        }
        if !line.is_empty() {
            lines.push(self.run(&line, weight));
        }
        lines
    }

    /// A word, in pieces that fit a line each.
    fn pieces(&self, word: &str, weight: Weight, size: f32, width: f32) -> Vec<String> {
        if self.width(word, weight, size) <= width {
            return vec![word.to_owned()];
        }
        let mut pieces = vec![String::new()];
        for c in word.chars() {
            let piece = pieces.last_mut().expect("there is one from the start");
            let longer = format!("{piece}{c}");
            if piece.is_empty() || self.width(&longer, weight, size) <= width {
                *piece = longer;
            } else {
                pieces.push(c.to_string());
            }
        }
        pieces
    }

    fn cut(&self, weight: Weight) -> &Cut {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Semibold => &self.semibold,
        }
    }
}

impl Cut {
    fn new(bytes: &'static [u8]) -> Result<Cut, ContractFault> {
        let font = Font::new(bytes.into(), 0).ok_or(ContractFault::Typeface)?;
        let reference = FontRef::from_index(bytes, 0).map_err(|_| ContractFault::Typeface)?;
        let shapes = ShaperData::new(&reference);
        Ok(Cut {
            font,
            reference,
            shapes,
        })
    }
}

/// With plain spaces only: the no-break space has done its work when the lines are broken, and it shares the space's glyph,
/// which must stand for one character alone. Without what is no text: control characters, marks of direction, private characters (PDF/A level A refuses these).
fn printable(text: &str) -> String {
    let is_text = |c: &char| {
        !c.is_control()
            && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
            && !matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
    };
    text.chars()
        .map(|c| if c == '\u{a0}' { ' ' } else { c })
        .filter(is_text)
        .collect()
}

fn is_missing(glyph: &KrillaGlyph) -> bool {
    glyph.glyph_id.to_u32() == 0
}

/// The text with another character for those that have no glyph.
fn substituted(text: &str, glyphs: &[KrillaGlyph]) -> String {
    let missing = |at: usize| {
        glyphs
            .iter()
            .any(|glyph| is_missing(glyph) && glyph.text_range.contains(&at))
    };
    text.char_indices()
        .map(|(at, c)| if missing(at) { SUBSTITUTE } else { c })
        .collect()
}

fn shape(shaper: &Shaper<'_>, text: String) -> (String, Vec<KrillaGlyph>) {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(&text);
    buffer.guess_segment_properties();
    // Names in a script from right to left would come out of order otherwise; nothing else here is written so.
    buffer.set_direction(harfrust::Direction::LeftToRight);
    let shaped = shaper.shape(buffer, ShapeOptions::new());
    let em = shaper.units_per_em() as f32;
    let (infos, positions) = (shaped.glyph_infos(), shaped.glyph_positions());
    let glyphs = infos
        .iter()
        .zip(positions)
        .enumerate()
        .map(|(at, (info, position))| {
            let start = info.cluster as usize;
            let end = infos[at..]
                .iter()
                .map(|later| later.cluster as usize)
                .find(|cluster| *cluster > start)
                .unwrap_or(text.len());
            KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                position.x_advance as f32 / em,
                position.x_offset as f32 / em,
                position.y_offset as f32 / em,
                position.y_advance as f32 / em,
                start..end,
                None,
            )
        })
        .collect();
    (text, glyphs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_its_column_and_no_word_is_lost() {
        let typeface = Typeface::new().unwrap();
        let text = format!("Rue de l'Église {} fin", "x".repeat(200));
        let lines = typeface.lines(&text, Weight::Regular, 10.0, 120.0);
        assert!(lines.len() > 5);
        // The space at a line's end is not seen.
        let wide = |line: &Run| typeface.width(line.text.trim_end(), Weight::Regular, 10.0) > 120.0;
        assert!(!lines.iter().any(wide));
        let all: String = lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(all.replace(' ', ""), text.replace(' ', ""));
    }

    #[test]
    fn what_the_typeface_lacks_is_shown_as_something_it_has() {
        let typeface = Typeface::new().unwrap();
        let run = typeface.run("Ann\u{0} \u{e001}Ǵłòß \u{1f600} 漢\u{202e}", Weight::Semibold);
        assert!(!run.glyphs.iter().any(is_missing));
        assert_eq!(run.text, "Ann Ǵłòß ? ?");
    }
}
