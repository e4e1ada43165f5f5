//! Two readings of one picture, at two sizes. A recogniser that takes a 5 for a 9 is as sure of it as of any other digit; at another
//! size it takes it for what it is. So a word is believed as far as both readings agree.

use crate::reading::{NewWord, Page, Word};
use crate::registration::{Region, TextSource};

/// How sure one may be of a word that two readings read differently, at most.
const DISAGREED_PERCENT_MAX: u8 = 40;
/// The height of words that the recogniser reads best.
const BEST_HEIGHT_PIXELS: f64 = 28.0;
/// Words higher than this are read better when they are shrunk.
const LARGE_HEIGHT_PIXELS: f64 = 40.0;
/// Words lower than this cannot be shrunk.
const SMALL_HEIGHT_PIXELS: f64 = 24.0;
/// The sizes of the second reading are kept between these.
const PERCENT_MIN: u32 = 20;
const PERCENT_MAX: u32 = 150;
const SHRUNK_PERCENT: u32 = 75;

/// Which of two readings is taken for the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Better {
    First,
    Second,
}

/// At what size, in percent of the first, to read again, and which reading will be the better one. None when nothing was read.
pub(super) fn second_size(first: &Page, height_pixels: u32) -> Option<(u32, Better)> {
    let words = first.lines.iter().flat_map(|line| &line.words);
    let mut heights: Vec<f64> = words
        .filter_map(|word| word.region)
        .map(|region| (region.bottom.value() - region.top.value()) * f64::from(height_pixels))
        .collect();
    heights.sort_by(f64::total_cmp);
    let median = *heights.get(heights.len() / 2)?;
    if median > LARGE_HEIGHT_PIXELS {
        let percent = (BEST_HEIGHT_PIXELS / median * 100.0) as u32;
        Some((percent.max(PERCENT_MIN), Better::Second))
    } else if median < SMALL_HEIGHT_PIXELS {
        Some((PERCENT_MAX, Better::First))
    } else {
        Some((SHRUNK_PERCENT, Better::First))
    }
}

/// Adds the better reading to the page; of what the other reads differently it is not sure.
pub(super) fn add_agreed(better: &Page, other: &Page, page: &mut Page) {
    for line in &better.lines {
        let words: Vec<NewWord> = line
            .words
            .iter()
            .map(|word| {
                let text = better.text_of(&word.range);
                let most = if agrees(text, word, other) {
                    100
                } else {
                    DISAGREED_PERCENT_MAX
                };
                NewWord {
                    text: text.to_owned(),
                    region: word.region,
                    confidence_percent: word.confidence_percent.map(|percent| percent.min(most)),
                }
            })
            .collect();
        let confidence_percent = words.iter().filter_map(|word| word.confidence_percent).min();
        let source = TextSource::Ocr {
            confidence_percent: confidence_percent.unwrap_or(0),
        };
        page.push_line(words, source);
    }
}

/// Whether the other reading has the same there: in one word, in several, or within a longer one.
fn agrees(text: &str, word: &Word, other: &Page) -> bool {
    let Some(region) = word.region else {
        return false;
    };
    let others = || other.lines.iter().flat_map(|line| &line.words);
    let inside: String = others()
        .filter(|other| other.region.is_some_and(|other| has_middle_of(region, other)))
        .map(|word| other.text_of(&word.range))
        .collect();
    inside == text
        || others().any(|longer| {
            longer.region.is_some_and(|longer| has_middle_of(longer, region))
                && other.text_of(&longer.range).contains(text)
        })
}

fn has_middle_of(outer: Region, inner: Region) -> bool {
    let x = (inner.left.value() + inner.right.value()) / 2.0;
    let y = (inner.top.value() + inner.bottom.value()) / 2.0;
    (outer.left.value()..=outer.right.value()).contains(&x)
        && (outer.top.value()..=outer.bottom.value()).contains(&y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registration::Fraction;

    /// A page of one line: texts with their left and right edge, in percent.
    fn page(words: &[(&str, f64, f64)]) -> Page {
        let mut page = Page::new(1);
        let words = words.iter().map(|(text, left, right)| NewWord {
            text: (*text).to_owned(),
            region: Some(Region {
                left: Fraction::of(*left, 100.0),
                top: Fraction::of(10.0, 100.0),
                right: Fraction::of(*right, 100.0),
                bottom: Fraction::of(15.0, 100.0),
            }),
            confidence_percent: Some(90),
        });
        page.push_line(
            words.collect::<Vec<_>>(),
            TextSource::Ocr {
                confidence_percent: 90,
            },
        );
        page
    }

    fn confidences(better: &Page, other: &Page) -> Vec<u8> {
        let mut agreed = Page::new(1);
        add_agreed(better, other, &mut agreed);
        let words = agreed.lines.iter().flat_map(|line| &line.words);
        words.filter_map(|word| word.confidence_percent).collect()
    }

    #[test]
    fn what_is_read_differently_is_not_sure() {
        let better = page(&[("EAN", 0.0, 10.0), ("5414", 20.0, 40.0), ("4882", 42.0, 60.0)]);
        assert_eq!(confidences(&better, &better), [90, 90, 90]);
        let other = page(&[("EAN", 1.0, 11.0), ("9414", 20.0, 40.0)]);
        assert_eq!(confidences(&better, &other), [90, 40, 40]);
    }

    #[test]
    fn words_may_be_cut_in_other_places() {
        let cut = page(&[("5414", 20.0, 40.0), ("4882", 42.0, 60.0)]);
        let whole = page(&[("54144882", 20.0, 60.0)]);
        assert_eq!(confidences(&cut, &whole), [90, 90]);
        assert_eq!(confidences(&whole, &cut), [90]);
    }

    #[test]
    fn large_letters_are_shrunk_and_small_ones_enlarged() {
        // Words of the test pages are as high as 5 % of the page.
        let page = page(&[("EAN", 0.0, 10.0)]);
        assert_eq!(second_size(&page, 1400), Some((40, Better::Second)));
        assert_eq!(second_size(&page, 600), Some((75, Better::First)));
        assert_eq!(second_size(&page, 200), Some((150, Better::First)));
        assert_eq!(second_size(&Page::new(1), 200), None);
    }
}
