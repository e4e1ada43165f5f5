//! Where a quote begins: attribution lines ("Le 13 oct. 2026 à 15:29, X a écrit :") and header blocks (From, Sent, To ...),
//! in French, Dutch, German and English.

use super::Role;
use super::line::Line;

/// An attribution is wrapped over up to so many lines.
const ATTRIBUTION_LINES_MAX: usize = 4;
/// Quotes within quotes that are looked at.
const INTRODUCTIONS_MAX: usize = 200;
/// A longer text is no attribution.
const ATTRIBUTION_BYTES_MAX: usize = 400;
/// A header block has at most so many lines.
const HEADER_BLOCK_LINES_MAX: usize = 30;
/// So many lines of a header block may be the wrapped rest of a value.
const HEADER_CONTINUATION_LINES_MAX: usize = 2;

/// The role of each line by quotes alone: Own, Quoted or Attribution (or what the mail client hinted).
pub(crate) fn roles(lines: &[Line]) -> Vec<Role> {
    let mut roles: Vec<Role> = lines
        .iter()
        .map(|line| match line.hint {
            Some(Role::Attribution) => Role::Attribution,
            _ if line.depth > 0 => Role::Quoted,
            Some(hint) => hint,
            None => Role::Own,
        })
        .collect();
    let deepest_after = deepest_after(lines);
    let mut index = 0;
    let mut introductions = 0;
    while index < lines.len() {
        // Hundreds of quotes in one message are no correspondence; each costs a look at the rest.
        if introductions == INTRODUCTIONS_MAX {
            break;
        }
        match introduction(lines, index) {
            Some(found) => {
                mark(lines, &mut roles, &found, &deepest_after);
                index = found.end;
                introductions += 1;
            }
            None => index += 1,
        }
    }
    roles
}

/// For each line, the greatest depth from it on.
fn deepest_after(lines: &[Line]) -> Vec<usize> {
    let mut deepest = vec![0; lines.len() + 1];
    for index in (0..lines.len()).rev() {
        deepest[index] = deepest[index + 1].max(lines[index].depth);
    }
    deepest
}

/// Lines that introduce a quote.
struct Introduction {
    start: usize,
    /// One past the last.
    end: usize,
    form: Form,
}

#[derive(PartialEq, Eq)]
enum Form {
    Attribution,
    HeaderBlock,
    /// A divider with text of the quote behind it on its line, as Samsung's flattened plain text has it.
    Flattened,
}

fn introduction(lines: &[Line], index: usize) -> Option<Introduction> {
    if lines[index].is_blank() {
        return None;
    }
    header_block(lines, index)
        .or_else(|| divider(lines, index))
        .or_else(|| attribution(lines, index))
}

fn mark(lines: &[Line], roles: &mut [Role], found: &Introduction, deepest_after: &[usize]) {
    let depth = lines[found.start].depth;
    if depth > 0 && !opens_its_quote(lines, found.start) {
        return;
    }
    let role = if found.form == Form::Flattened {
        Role::Quoted
    } else {
        Role::Attribution
    };
    for role_of_line in &mut roles[found.start..found.end] {
        *role_of_line = role;
    }
    // Marked lines follow: the marks say what is quoted, and what stands between them is the sender's.
    let after = &lines[found.end..];
    let next_is_marked = after
        .iter()
        .find(|line| !line.is_blank())
        .is_some_and(|line| line.depth > depth);
    let later_is_marked =
        found.form == Form::Attribution && deepest_after[found.end] > depth && !is_indented(after);
    if next_is_marked || later_is_marked || depth > 0 {
        return;
    }
    for (line, role_of_line) in after.iter().zip(&mut roles[found.end..]) {
        if *role_of_line != Role::Attribution && !is_marked_as_answer(line) {
            *role_of_line = Role::Quoted;
        }
    }
}

/// Yahoo's plain text sets its quote in by one space and marks only what was quoted before.
fn is_indented(lines: &[Line]) -> bool {
    let mut unmarked = lines
        .iter()
        .take_while(|line| line.depth == 0)
        .filter(|line| !line.is_blank())
        .peekable();
    unmarked.peek().is_some() && unmarked.all(|line| line.text.starts_with(' '))
}

/// Answers between the lines of an unmarked quote, made to stand out: by an arrow, by a colour.
fn is_marked_as_answer(line: &Line) -> bool {
    const ARROWS: &[&str] = &["=>", "==>", "->", "-->", "→", "➔", "➡", "⇒", ">>"];
    let text = line.text.trim_start();
    line.depth == 0
        && !line.is_blank()
        && (line.coloured || ARROWS.iter().any(|arrow| text.starts_with(arrow)))
}

/// Whether no text stands above the line in its own quote.
fn opens_its_quote(lines: &[Line], index: usize) -> bool {
    lines[..index]
        .iter()
        .rev()
        .take_while(|line| line.depth > 0)
        .all(Line::is_blank)
}

// ---- attribution lines ----------------------------------------------------------------------------------------------

fn attribution(lines: &[Line], start: usize) -> Option<Introduction> {
    let first = lines[start].text.trim();
    let opened = has_opener(first);
    let mut joined = String::new();
    for (offset, line) in lines[start..].iter().take(ATTRIBUTION_LINES_MAX).enumerate() {
        if line.is_blank() || line.depth != lines[start].depth || joined.len() > ATTRIBUTION_BYTES_MAX {
            return None;
        }
        // A line that opens an attribution of its own ends this candidate.
        if offset > 0 && has_opener(line.text.trim()) && is_attribution_start(line.text.trim()) {
            return None;
        }
        joined.push(' ');
        joined.push_str(line.text.trim());
        if is_attribution(joined.trim()) {
            return Some(Introduction {
                start,
                end: start + offset + 1,
                form: Form::Attribution,
            });
        }
        // Without an opener only a single line is believed: the line above it is the sender's text.
        if !opened {
            return None;
        }
    }
    None
}

/// Words an attribution begins with when it begins with the date.
const OPENERS: &[&str] = &["le", "on", "op", "am", "den", "at", "il", "el", "em"];

fn has_opener(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default().to_lowercase();
    let first = first.trim_matches(['-', '*', ',']);
    OPENERS.contains(&first) || first.starts_with(|letter: char| letter.is_ascii_digit())
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
pub(crate) fn is_attribution(text: &str) -> bool {
    if text.len() > ATTRIBUTION_BYTES_MAX || text.contains(['?', '!']) {
        return false;
    }
    let text = text.trim_end_matches(['*', '_', ' ', '\u{BB}']);
    if !text.ends_with(':') {
        return false;
    }
    let lower = text.to_lowercase();
    let lower = lower.replace("<mailto:", "<");
    let padded = format!(" {lower}");
    WROTE.iter().any(|word| padded.contains(word)) && (has_address(&lower) || has_date(&lower))
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

// ---- header blocks --------------------------------------------------------------------------------------------------

/// The header a line of a header block shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    From,
    Date,
    To,
    Subject,
    Other,
}

const LABELS: &[(Label, &[&str])] = &[
    (
        Label::From,
        &["van", "de", "von", "from", "expéditeur", "absender", "afzender"],
    ),
    (
        Label::Date,
        &[
            "verzonden",
            "verstuurd",
            "verzonden op",
            "datum",
            "envoyé",
            "envoye",
            "envoyé le",
            "date",
            "date d'envoi",
            "gesendet",
            "gesendet am",
            "sent",
            "sent at",
        ],
    ),
    (
        Label::To,
        &[
            "aan",
            "à",
            "a",
            "an",
            "to",
            "pour",
            "destinataire",
            "destinataires",
            "empfänger",
        ],
    ),
    (
        Label::Subject,
        &["onderwerp", "objet", "betreff", "subject", "sujet", "betreft"],
    ),
    (
        Label::Other,
        &[
            "cc",
            "bcc",
            "cci",
            "kopie",
            "copie",
            "copie à",
            "reply-to",
            "répondre à",
            "antwoord aan",
            "antwort an",
            "bijlagen",
            "bijlage",
            "pièces jointes",
            "pièce jointe",
            "anlagen",
            "anhang",
            "attachments",
            "importance",
            "belang",
            "prioriteit",
            "wichtigkeit",
            "urgentie",
            "priorité",
            "priority",
            "sensitivity",
        ],
    ),
];

fn label(line: &str) -> Option<Label> {
    /// "Pièces jointes :" is the longest that there is.
    const LABEL_BYTES_MAX: usize = 30;
    let line = line.trim_start().trim_start_matches(['*', '_', '|', '>']);
    let (label, _) = line.split_once(':')?;
    if label.len() > LABEL_BYTES_MAX {
        return None;
    }
    let label = label
        .trim_matches(|letter: char| letter.is_whitespace() || matches!(letter, '*' | '_'))
        .to_lowercase();
    LABELS
        .iter()
        .find(|(_, names)| names.contains(&label.as_str()))
        .map(|(label, _)| *label)
}

fn header_block(lines: &[Line], index: usize) -> Option<Introduction> {
    let (start, first) = skip_dividers(lines, index)?;
    let depth = lines[start].depth;
    label(&lines[first].text)?;
    let mut found: Vec<Label> = Vec::new();
    let mut end = first;
    let mut others = 0;
    let mut at = first;
    while let Some(line) = lines.get(at) {
        if line.depth != depth || at - first > HEADER_BLOCK_LINES_MAX {
            break;
        }
        match label(&line.text) {
            Some(label) if found.contains(&label) && label != Label::Other => break,
            Some(label) => {
                found.push(label);
                others = 0;
                end = at + 1;
            }
            // Some converters put a blank line between any two.
            None if line.is_blank() => {
                let next = lines.get(at + 1).is_some_and(|next| label(&next.text).is_some());
                if !next {
                    break;
                }
            }
            None => {
                others += 1;
                if others > HEADER_CONTINUATION_LINES_MAX {
                    break;
                }
            }
        }
        at += 1;
    }
    let known = [Label::From, Label::Date, Label::To, Label::Subject]
        .into_iter()
        .filter(|label| found.contains(label))
        .count();
    if !found.contains(&Label::From) || known < 3 {
        return None;
    }
    Some(Introduction {
        start,
        end: end_of_last_value(lines, end, depth),
        form: Form::HeaderBlock,
    })
}

/// The last header's value may be wrapped; a blank line ends the block.
fn end_of_last_value(lines: &[Line], end: usize, depth: usize) -> usize {
    let wrapped = lines[end..]
        .iter()
        .take_while(|line| !line.is_blank() && line.depth == depth)
        .take(HEADER_CONTINUATION_LINES_MAX + 1)
        .count();
    let blank_after = lines.get(end + wrapped).is_none_or(Line::is_blank);
    if wrapped <= HEADER_CONTINUATION_LINES_MAX && blank_after && lines.get(end + wrapped).is_some() {
        end + wrapped
    } else {
        end
    }
}

/// Passes over dividers at `index`: where they begin, and the first line behind them.
fn skip_dividers(lines: &[Line], index: usize) -> Option<(usize, usize)> {
    /// "Begin forwarded message:", a rule, and blank lines between.
    const DIVIDER_LINES_MAX: usize = 5;
    let depth = lines[index].depth;
    for (offset, line) in lines[index..].iter().take(DIVIDER_LINES_MAX).enumerate() {
        if line.depth != depth {
            return None;
        }
        if !line.is_blank()
            && !is_rule(&line.text)
            && divider_rest(&line.text) != Some("")
            && !is_forward_heading(&line.text)
        {
            return Some((index, index + offset));
        }
    }
    None
}

/// A line of underscores, dashes or equal signs.
fn is_rule(text: &str) -> bool {
    let text = text.trim();
    text.len() >= 5
        && text
            .chars()
            .all(|letter| matches!(letter, '_' | '-' | '=' | '—' | '─'))
}

/// What the clients write between dashes over an original message.
const DIVIDERS: &[&str] = &[
    "original message",
    "originele bericht",
    "oorspronkelijk bericht",
    "oorspronkelijke bericht",
    "origineel bericht",
    "message d'origine",
    "message d’origine",
    "message original",
    "ursprüngliche nachricht",
    "originalnachricht",
    "original-nachricht",
    "forwarded message",
    "doorgestuurd bericht",
    "message transféré",
    "message transmis",
    "message réexpédié",
    "weitergeleitete nachricht",
    "reply message",
    "message initial",
    "original e-mail",
];

/// If the line is such a divider: what stands behind it.
fn divider_rest(text: &str) -> Option<&str> {
    let text = text.trim();
    let inner = text.trim_start_matches(['-', ' ', '_']);
    if text.len() - inner.len() < 3 || !text.starts_with(['-', '_']) {
        return None;
    }
    /// Where the phrase must end.
    const PHRASE_CHARS_MAX: usize = 40;
    let dash = inner.find(['-', '_'].as_slice()).unwrap_or(inner.len());
    // "original-nachricht" holds a dash itself.
    let end = inner
        .find("--")
        .or_else(|| inner.find("__"))
        .unwrap_or(dash.max(inner.len().min(dash)));
    let phrase: String = inner
        .get(..end)?
        .chars()
        .take(PHRASE_CHARS_MAX)
        .collect::<String>()
        .trim()
        .to_lowercase();
    let phrase = phrase.trim_end_matches(['-', ' ', ':']);
    DIVIDERS
        .contains(&phrase)
        .then(|| inner[end..].trim_start_matches(['-', '_', ' ', ':']).trim())
}

/// "Begin forwarded message:" and its kin.
fn is_forward_heading(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    let text = text.trim_end_matches([':', ' ']);
    [
        "begin forwarded message",
        "begin doorgestuurd bericht",
        "début du message transféré",
        "début du message réexpédié",
        "anfang der weitergeleiteten nachricht",
        "weitergeleitete nachricht",
        "forwarded message",
        "doorgestuurd bericht",
        "message transféré",
    ]
    .contains(&text)
}

fn divider(lines: &[Line], index: usize) -> Option<Introduction> {
    let rest = divider_rest(&lines[index].text)?;
    let form = if rest.is_empty() {
        Form::HeaderBlock
    } else {
        Form::Flattened
    };
    Some(Introduction {
        start: index,
        end: index + 1,
        form,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::mime::TextPart;
    use crate::reading::plain;

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

    fn own(text: &str) -> String {
        let part = TextPart {
            text: text.to_owned(),
            ..TextPart::default()
        };
        let lines = plain::lines(&part);
        let roles = roles(&lines);
        let own: Vec<&str> = lines
            .iter()
            .zip(&roles)
            .filter(|(line, role)| **role == Role::Own && !line.is_blank())
            .map(|(line, _)| line.text.as_str())
            .collect();
        own.join("|")
    }

    #[test]
    fn attributions_wrapped_over_lines() {
        assert_eq!(
            own(
                "ok\n\nLe lun. 12 oct. 2026 à 14:03, Service\nClient\n<care@example.test>\na écrit :\n\n> vraag\n\nja"
            ),
            "ok|ja"
        );
        assert_eq!(
            own("Bedankt\nOp 8 okt 2026 om 10:12 schreef X\n<care@example.test>:\n> vraag"),
            "Bedankt"
        );
    }

    #[test]
    fn an_attribution_without_marks_quotes_the_rest() {
        assert_eq!(
            own("yes\n\n  On 30 Oct 2026, at 09:28, X wrote:\n\n Hello\n 1. Street?"),
            "yes"
        );
    }

    #[test]
    fn header_blocks_of_four_languages() {
        for block in [
            "Van: X <x@a.test>\nVerzonden: dinsdag 13 oktober 2026 15:29\nAan: Y\nOnderwerp: Z",
            "De : X\nEnvoyé : jeudi 15 octobre 2026 16:22\nÀ : Y\nObjet : Z",
            "Von: X\nGesendet: Donnerstag\nAn: Y\nBetreff: Z",
            "From: X\nSent: Friday\nTo: Y\nCc: V\nSubject: Z\n wrapped",
            "*Van:* X\n*Verzonden:* dinsdag\n*Aan:* Y\n*Onderwerp:* Z",
            "________________________________\nDe : X\nEnvoyé : jeudi\nÀ : Y\nObjet : Z",
            "-----Original Message-----\nFrom: X\nSent: Friday\nTo: Y\nSubject: Z",
            "---------- Forwarded message ---------\nVan: X\nDate: do 8 okt\nSubject: Z\nTo: Y",
            "-------- Message d'origine --------De : X Date : 12/10/26 Objet : Z Bonjour",
        ] {
            assert_eq!(own(&format!("ok\n\n{block}\n\nDag,\n1. EAN?\n")), "ok", "{block}");
        }
    }

    #[test]
    fn a_letter_with_a_subject_line_is_no_header_block() {
        assert_eq!(
            own("Objet : correction\nDate : 12/10\n\nBonjour"),
            "Objet : correction|Date : 12/10|Bonjour"
        );
    }
}
