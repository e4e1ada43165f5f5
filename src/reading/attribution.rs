//! Attribution lines: "Le 13 oct. 2026 à 15:29, X a écrit :", in any order of its parts, wrapped over some lines.

use super::line::Line;
use super::quote::{Form, Introduction};

/// An attribution is wrapped over up to so many lines.
const ATTRIBUTION_LINES_MAX: usize = 4;
/// A longer text is no attribution.
const ATTRIBUTION_BYTES_MAX: usize = 400;

/// The attribution that begins at a line.
pub(crate) fn at(lines: &[Line], start: usize) -> Option<Introduction> {
    let first = lines[start].text.trim();
    let opened = has_opener(first);
    // Without an opener it begins with the writer: what else stands above an attribution is the sender's text.
    if !opened && !has_address(&first.to_lowercase()) && !says_wrote(&first.to_lowercase()) {
        return None;
    }
    let mut joined = String::new();
    for (offset, line) in lines[start..].iter().take(ATTRIBUTION_LINES_MAX).enumerate() {
        let text = line.text.trim();
        if line.is_blank() || line.depth != lines[start].depth || joined.len() > ATTRIBUTION_BYTES_MAX {
            return None;
        }
        // A line that opens an attribution of its own, or is one, ends this candidate.
        let other =
            (has_word_opener(text) && is_attribution_start(text)) || (!opened && is_attribution(text));
        if offset > 0 && other {
            return None;
        }
        joined.push(' ');
        joined.push_str(text);
        let end = start + offset + 1;
        let introduced = Introduction {
            start,
            end,
            form: Form::Attribution,
        };
        if is_attribution(joined.trim()) {
            return Some(introduced);
        }
        let next_is_deeper = lines[end..]
            .iter()
            .find(|line| !line.is_blank())
            .is_some_and(|line| line.depth > lines[start].depth);
        if next_is_deeper && introduces_without_a_verb(joined.trim()) {
            return Some(introduced);
        }
    }
    None
}

/// "8 okt. 2026, 10:12 door care@example.test:", "Quoting Service Client <care@example.test>:"; believed over marked lines.
fn introduces_without_a_verb(text: &str) -> bool {
    const WORDS_MAX: usize = 14;
    let lower = text.to_lowercase();
    let quoting = [
        "quoting ",
        "zitat von ",
        "citeren ",
        "citerend ",
        "en réponse à ",
        "message du ",
        "quote from ",
    ];
    lower.ends_with(':')
        && lower.split_whitespace().count() <= WORDS_MAX
        && has_address(&lower)
        && (has_date(&lower) || quoting.iter().any(|start| lower.starts_with(start)))
}

/// Words an attribution begins with when it begins with the date.
const OPENERS: &[&str] = &["le", "on", "op", "am", "den", "at", "il", "el", "em"];

fn has_opener(text: &str) -> bool {
    /// A date of so many words: "8 okt. 2026 10:12".
    const DATE_WORDS: usize = 4;
    let text = text.trim_start_matches(['-', '*', ' ', '_']);
    let head: Vec<&str> = text.split_whitespace().take(DATE_WORDS).collect();
    has_word_opener(text)
        || (text.starts_with(|letter: char| letter.is_ascii_digit())
            && has_date(&head.join(" ").to_lowercase()))
}

fn has_word_opener(text: &str) -> bool {
    let text = text.trim_start_matches(['-', '*', ' ', '_']);
    let first = text.split_whitespace().next().unwrap_or_default().to_lowercase();
    OPENERS.contains(&first.trim_matches(','))
}

fn is_attribution_start(text: &str) -> bool {
    /// A date stands within so many words of the opener.
    const WORDS_TO_DATE: usize = 5;
    text.split_whitespace()
        .take(WORDS_TO_DATE)
        .any(|word| word.contains(|letter: char| letter.is_ascii_digit()))
}

/// What the languages say for "wrote", as it stands in attributions.
const WROTE: &[&str] = &[
    " a écrit",
    " a ecrit",
    " écrit :",
    " écrit:",
    " schreef",
    " geschreven",
    " wrote",
    " schrieb",
    " geschrieben",
    " writes",
    " ha scritto",
    " escribió",
    " escreveu",
    " napisał",
    " skrev",
];

/// `text` is a whole attribution line, of one who wrote at a time or from an address.
fn is_attribution(text: &str) -> bool {
    if text.len() > ATTRIBUTION_BYTES_MAX || text.contains(['?', '!']) {
        return false;
    }
    let text = text.trim_matches(['*', '_', ' ', '\u{BB}']);
    // Zoho and Notes set it between dashes, and without a colon.
    let inner = text.trim_matches(['-', ' ']);
    let between_dashes = text.starts_with("---") && text.ends_with("---");
    if !inner.ends_with(':') && !between_dashes {
        return false;
    }
    let lower = inner.to_lowercase().replace("<mailto:", "<");
    says_wrote(&lower) && (has_address(&lower) || has_date(&lower))
}

fn says_wrote(lower: &str) -> bool {
    let padded = format!(" {lower}");
    WROTE.iter().any(|word| padded.contains(word))
}

fn has_address(text: &str) -> bool {
    text.split([' ', '<', '>', '"', '(', ')', '[', ']']).any(|word| {
        word.split_once('@')
            .is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'))
    })
}

/// A time of day or a year or a date in digits.
fn has_date(text: &str) -> bool {
    let words = text.split([' ', ',', '(', ')', '\u{A0}']);
    words
        .map(|word| word.trim_matches(|letter: char| !letter.is_ascii_alphanumeric()))
        .any(|word| {
            let digits = word.chars().filter(char::is_ascii_digit).count();
            let others = word
                .chars()
                .filter(|letter| !letter.is_ascii_digit())
                .all(|letter| matches!(letter, ':' | '.' | '/' | '-' | 'h' | 't' | 'z' | 'u'));
            let year = digits == 4 && word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
            year || (others && word.len() > digits && (3..=14).contains(&digits))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attribution_lines_of_four_languages() {
        for text in [
            "Le lun. 12 oct. 2026 à 14:03, Service Client <care@example.test> a écrit :",
            "Le 14/10/2026 09:47 CEST, Service Client <care@example.test> a écrit :",
            "Le 2026-10-29 10:31, Service Client a écrit :",
            "Le 19/10/2026 à 10:08, Service Client a écrit :",
            "Service Client a écrit le 12/10/2026 14:03 :",
            "Op do 8 okt 2026 om 10:12 schreef Service Client <care@example.test>:",
            "Op 8 okt 2026 om 10:12 heeft Service Client <care@example.test> het volgende geschreven:",
            "Service Client schreef op 8-10-2026 om 10:12:",
            "Am 15.10.2026 um 10:20 schrieb Service Client:",
            "Am Do., 15. Okt. 2026 um 10:20 Uhr schrieb Service Client <care@example.test>:",
            "Service Client <care@example.test> schrieb am Do., 15. Okt. 2026, 10:20:",
            "On 30 Oct 2026, at 09:28, Service Client <care@example.test> wrote:",
            "On Friday, 30 October 2026 at 09:28:16 UTC+1, Service Client <care@example.test> wrote:",
            "Service Client <[care@example.test](mailto:care@example.test)> wrote:",
            "Am Donnerstag, dem 15.10.2026 um 10:20 +0200 schrieb Service Client:",
            "Le Lundi, Octobre 12, 2026 14:03 CEST, Service Client <care@example.test> a écrit:",
            "---- Op do, 08 okt 2026 10:12:36 +0200 Service Client <care@example.test> schreef ----",
            "-----Service Client <care@example.test> wrote: -----",
            "Am 15. Oktober 2026 10:20:00 MESZ schrieb Service Client <care@example.test>:",
        ] {
            assert!(is_attribution(text), "{text}");
        }
    }

    #[test]
    fn a_customers_sentence_is_no_attribution() {
        for text in [
            "Vous m'avez écrit :",
            "Voici mes réponses :",
            "Le 12/10/2026 vous m'avez écrit que le code est faux.",
            "Mijn EAN is 541448860005118254",
            "U schreef me op 8 oktober 2026: klopt dit?",
            "Zoals ik schreef :",
        ] {
            assert!(!is_attribution(text), "{text}");
        }
    }
}
