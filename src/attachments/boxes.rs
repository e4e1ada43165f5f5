//! Forms with a box for every digit: pdftotext takes each digit for a line of its own.

use crate::reading::NewWord;
use crate::registration::Region;

/// Fewer digits beside each other are no number in boxes.
const RUN_DIGITS_MIN: usize = 8;
/// Boxes of one number stand about as far from each other: the widest step is at most this many times the narrowest.
const STEP_TIMES_MAX: f64 = 1.5;
/// A page of more digits alone is a table of figures.
const DIGITS_MAX: usize = 400;

/// The lines of a page, those of digits in boxes joined where the first digit stands.
pub(super) fn joined(mut lines: Vec<Vec<NewWord>>) -> Vec<Vec<NewWord>> {
    let mut digits: Vec<(usize, usize, Region)> = Vec::new();
    for (line, words) in lines.iter().enumerate() {
        if !words.is_empty() && words.iter().all(is_digit) {
            let placed = words.iter().enumerate();
            digits.extend(placed.filter_map(|(word, digit)| Some((line, word, digit.region?))));
        }
    }
    if digits.len() > DIGITS_MAX {
        return lines;
    }
    let mut joined: Vec<Vec<NewWord>> = vec![Vec::new(); lines.len()];
    for run in runs(digits) {
        let first = run.iter().map(|(line, ..)| *line).min().unwrap_or_default();
        for (line, word, _) in run {
            let digit = &mut lines[line][word];
            joined[first].push(digit.clone());
            // Emptied, not taken out: the places of the others stay.
            digit.text.clear();
        }
    }
    let both = joined.into_iter().zip(lines);
    both.flat_map(|(joined, line)| [joined, line])
        .filter(|words| !words.is_empty())
        .collect()
}

fn is_digit(word: &NewWord) -> bool {
    word.text.len() == 1 && word.text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Digits of one row, from left to right, at even steps.
fn runs(mut digits: Vec<(usize, usize, Region)>) -> Vec<Vec<(usize, usize, Region)>> {
    let middle = |region: &Region| f64::midpoint(region.top.value(), region.bottom.value());
    let mut runs = Vec::new();
    while let Some((_, _, first)) = digits.first().copied() {
        let in_row =
            |region: &Region| first.top.value() <= middle(region) && middle(region) <= first.bottom.value();
        let (mut row, rest): (Vec<_>, Vec<_>) = digits.into_iter().partition(|(_, _, region)| in_row(region));
        digits = rest;
        if row.is_empty() {
            break;
        }
        row.sort_by(|left, right| left.2.left.value().total_cmp(&right.2.left.value()));
        let steps: Vec<f64> = row
            .windows(2)
            .map(|pair| pair[1].2.left.value() - pair[0].2.left.value())
            .collect();
        let narrowest = steps.iter().copied().fold(f64::INFINITY, f64::min);
        let mut run = Vec::new();
        for (place, digit) in row.into_iter().enumerate() {
            let far = place > 0 && steps[place - 1] > narrowest * STEP_TIMES_MAX;
            if far {
                runs.push(std::mem::take(&mut run));
            }
            run.push(digit);
        }
        runs.push(run);
    }
    runs.retain(|run| run.len() >= RUN_DIGITS_MIN);
    runs
}
