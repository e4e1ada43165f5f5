//! Header blocks and dividers over a quote: From, Sent, To, Subject as Outlook, Zimbra and Samsung write them.

use super::line::Line;
use super::quote::{Form, Introduction};

/// A header block has at most so many lines.
const HEADER_BLOCK_LINES_MAX: usize = 30;
/// So many lines of a header block may be the wrapped rest of a value.
const HEADER_CONTINUATION_LINES_MAX: usize = 2;

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

/// The header block that begins at a line, its dividers included.
pub(crate) fn at(lines: &[Line], index: usize) -> Option<Introduction> {
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
    "message réexpédié",
    "weitergeleitete nachricht",
    "reply message",
    "message initial",
    "original e-mail",
    "mail original",
    "mail d'origine",
    "originele mail",
    "oorspronkelijke mail",
    "ursprüngliche mail",
    "ursprüngliche e-mail",
    "message transmis",
    "e-mail d'origine",
    "original mail",
    "courriel original",
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

/// A divider without a header block.
pub(crate) fn divider(lines: &[Line], index: usize) -> Option<Introduction> {
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
