//! The table that Tesseract writes (`tsv`): a row a word, with its box in pixels and how sure it is.

use crate::reading::{NewWord, Page};
use crate::registration::{Fraction, Region, TextSource};

/// Columns of a row: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
const COLUMNS: usize = 12;
/// The level of a row that is a word.
const WORD: &str = "5";

/// Adds the recognised lines to a page.
pub(super) fn add_lines(table: &str, width: u32, height: u32, page: &mut Page) {
    let mut open: Option<[&str; 4]> = None;
    let mut words = Vec::new();
    for row in table.lines() {
        let columns: Vec<&str> = row.splitn(COLUMNS, '\t').collect();
        let Ok(columns) = <[&str; COLUMNS]>::try_from(columns) else {
            continue;
        };
        let [
            level,
            page_number,
            block,
            paragraph,
            line,
            _,
            left,
            top,
            across,
            down,
            confidence,
            text,
        ] = columns;
        if level != WORD {
            continue;
        }
        let this = Some([page_number, block, paragraph, line]);
        if this != open {
            push(std::mem::take(&mut words), page);
            open = this;
        }
        words.push(NewWord {
            text: text.to_owned(),
            region: region([left, top, across, down], width, height),
            confidence_percent: confidence
                .parse::<f64>()
                .ok()
                .map(|confidence| confidence.clamp(0.0, 100.0) as u8),
        });
    }
    push(words, page);
}

fn push(words: Vec<NewWord>, page: &mut Page) {
    let visible = words.iter().filter(|word| !word.text.trim().is_empty());
    let confidence_percent = visible.filter_map(|word| word.confidence_percent).min();
    let source = TextSource::Ocr {
        confidence_percent: confidence_percent.unwrap_or(0),
    };
    page.push_line(words, source);
}

fn region(pixels: [&str; 4], width: u32, height: u32) -> Option<Region> {
    let [left, top, across, down] = pixels.map(|number| number.parse::<f64>().ok());
    let (left, top) = (left?, top?);
    Some(Region {
        left: Fraction::of(left, width.into()),
        top: Fraction::of(top, height.into()),
        right: Fraction::of(left + across?, width.into()),
        bottom: Fraction::of(top + down?, height.into()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn whatever_tesseract_writes_is_survived(table in "(5\\t[-0-9.eNaif]{0,4}(\\t[-0-9.eNaif]{0,9}){9}\\t\\PC{0,5}\\n){0,5}") {
            let mut page = Page::new(1);
            add_lines(&table, 0, 10, &mut page);
            for line in &page.lines {
                proptest::prop_assert!(!page.text_of(&line.range).is_empty());
            }
        }
    }

    #[test]
    fn words_are_joined_to_lines_with_their_boxes_and_the_least_confidence() {
        let table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
            1\t1\t0\t0\t0\t0\t0\t0\t1000\t500\t-1\t\n\
            5\t1\t1\t1\t1\t1\t100\t50\t100\t25\t91.9\tEAN\n\
            5\t1\t1\t1\t1\t2\t250\t50\t500\t25\t42.1\t5414\n\
            5\t1\t1\t1\t2\t1\t0\t0\t1\t1\t95.0\t \n\
            5\t1\t2\t1\t1\t1\tx\t0\t1\t1\t95.0\tGas\n\
            5\tbroken\n";
        let mut page = Page::new(1);
        add_lines(table, 1000, 500, &mut page);
        assert_eq!(page.text, "EAN 5414\nGas\n");
        let source = TextSource::Ocr {
            confidence_percent: 42,
        };
        assert_eq!(page.lines[0].source, source);
        let region = page.lines[0].words[1].region.unwrap();
        assert_eq!((region.left.value(), region.right.value()), (0.25, 0.75));
        assert_eq!((region.top.value(), region.bottom.value()), (0.1, 0.15));
        assert_eq!(page.lines[0].words[0].confidence_percent, Some(91));
        assert_eq!(page.lines[1].words[0].region, None);
    }
}
