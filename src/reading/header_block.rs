//! Header blocks and dividers over a quote: From, Sent, To, Subject as Outlook, Zimbra and Samsung write them.

use super::line::{Line, head_of};
use super::phrases::searchable;
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

/// Folded: lower case, no accents.
const LABELS: &[(Label, &[&str])] = &[
    (
        Label::From,
        &[
            "van",
            "de",
            "von",
            "from",
            "expediteur",
            "absender",
            "afzender",
            "de la part de",
            "envoye par",
            "verzonden door",
            "gesendet von",
        ],
    ),
    (
        Label::Date,
        &[
            "verzonden",
            "verstuurd",
            "verzonden op",
            "verzonden om",
            "datum",
            "datum en tijd",
            "ontvangen",
            "envoye",
            "envoye le",
            "date",
            "date d'envoi",
            "date et heure",
            "le",
            "recu",
            "gesendet",
            "gesendet am",
            "datum und uhrzeit",
            "empfangen",
            "sent",
            "sent at",
            "sent on",
            "received",
        ],
    ),
    (
        Label::To,
        &[
            "aan",
            "a",
            "an",
            "to",
            "pour",
            "destinataire",
            "destinataires",
            "empfanger",
            "ontvanger",
            "geadresseerde",
            "recipient",
            "recipients",
        ],
    ),
    (
        Label::Subject,
        &[
            "onderwerp",
            "objet",
            "betreff",
            "subject",
            "sujet",
            "betreft",
            "titre",
            "titel",
        ],
    ),
    (
        Label::Other,
        &[
            "cc",
            "bcc",
            "cci",
            "kopie",
            "kopie an",
            "copie",
            "copie a",
            "reply-to",
            "reply to",
            "repondre a",
            "antwoord aan",
            "antwort an",
            "bijlagen",
            "bijlage",
            "pieces jointes",
            "piece jointe",
            "anlagen",
            "anlage",
            "anhang",
            "attachments",
            "attachment",
            "importance",
            "belang",
            "prioriteit",
            "wichtigkeit",
            "urgentie",
            "priorite",
            "prioritat",
            "priority",
            "sensitivity",
            "gevoeligheid",
            "resent-from",
            "organization",
            "vertraulichkeit",
            "critere de diffusion",
        ],
    ),
];

/// The label a line begins with, and what stands behind it.
fn labelled(line: &str) -> Option<(Label, &str)> {
    /// "Pièces jointes :" is the longest that there is.
    const LABEL_BYTES_MAX: usize = 30;
    let line = line
        .trim_start()
        .trim_start_matches(['*', '_', '|', '>', '-', '\u{2022}']);
    let (label, value) = line.split_once(':')?;
    if label.len() > LABEL_BYTES_MAX {
        return None;
    }
    let label =
        searchable(label.trim_matches(|letter: char| letter.is_whitespace() || matches!(letter, '*' | '_')));
    LABELS
        .iter()
        .find(|(_, names)| names.contains(&label.as_str()))
        .map(|(label, _)| (*label, value))
}

fn label(line: &str) -> Option<Label> {
    labelled(line).map(|(label, _)| label)
}

/// All headers on one line, as a client that flattens its HTML writes them: "De : X Envoyé : jeudi À : Y Objet : Z".
fn glued(lines: &[Line], index: usize) -> Option<Introduction> {
    /// With more behind the headers, the quote begins on the line itself.
    const HEADERS_BYTES_MAX: usize = 400;
    const LOOKED_AT_BYTES: usize = 600;
    let text = lines[index].text.trim();
    if labelled(text)?.0 != Label::From {
        return None;
    }
    let said = searchable(head_of(text, LOOKED_AT_BYTES))
        .replace(" :", ":")
        .replace('*', "");
    let found = LABELS[1..4]
        .iter()
        .filter(|(_, names)| names.iter().any(|name| said.contains(&format!(" {name}: "))))
        .count();
    (found >= 2).then_some(Introduction {
        start: index,
        end: index + 1,
        form: if text.len() > HEADERS_BYTES_MAX {
            Form::Flattened
        } else {
            Form::HeaderBlock
        },
    })
}

/// The header block that begins at a line, its dividers included.
pub(crate) fn at(lines: &[Line], index: usize) -> Option<Introduction> {
    let (start, first) = skip_dividers(lines, index)?;
    let depth = lines[start].depth;
    label(&lines[first].text)?;
    if let Some(glued) = glued(lines, first) {
        return Some(Introduction { start, ..glued });
    }
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
    let whole = found.contains(&Label::From) && known >= 3;
    let part = known == 2 && stands_apart(lines, start, first) && is_part(&lines[first..end]);
    if !whole && !part {
        return None;
    }
    Some(Introduction {
        start,
        end: end_of_last_value(lines, end, depth),
        form: Form::HeaderBlock,
    })
}

/// Below the sender's text, behind a divider or an empty line: a letter does not begin so.
fn stands_apart(lines: &[Line], start: usize, first: usize) -> bool {
    let text_above = lines[..start].iter().any(|line| !line.is_blank());
    text_above && (first > start || lines[start - 1].is_blank())
}

/// Two headers that show what they are: who with an address and one more, or a date to the minute and a subject.
fn is_part(block: &[Line]) -> bool {
    let value = |wanted: Label| {
        block
            .iter()
            .filter_map(|line| labelled(&line.text))
            .find(|(label, _)| *label == wanted)
            .map(|(_, value)| value)
    };
    let to_the_minute = value(Label::Date).is_some_and(|date| {
        let digits = date.chars().filter(char::is_ascii_digit).count();
        digits >= 7 && date.contains(':')
    });
    let addressed = value(Label::From).is_some_and(|from| from.contains('@'));
    let subject = value(Label::Subject).is_some();
    (addressed && (subject || to_the_minute || value(Label::To).is_some()))
        || (to_the_minute && (subject || value(Label::From).is_some()))
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
    "message original",
    "ursprungliche nachricht",
    "originalnachricht",
    "original-nachricht",
    "forwarded message",
    "doorgestuurd bericht",
    "message transfere",
    "message reexpedie",
    "weitergeleitete nachricht",
    "reply message",
    "message initial",
    "original e-mail",
    "mail original",
    "mail d'origine",
    "originele mail",
    "oorspronkelijke mail",
    "ursprungliche mail",
    "ursprungliche e-mail",
    "message transmis",
    "e-mail d'origine",
    "original mail",
    "courriel original",
    "message forwarde",
    "forwarded mail",
    "bericht doorgestuurd",
    "oorspronkelijk e-mailbericht",
    "original appointment",
    "reponse au message",
    "weitergeleitete e-mail",
    "nachricht weitergeleitet",
    "originele e-mail",
    "e-mail original",
    "message envoye",
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
    let phrase: String = inner.get(..end)?.chars().take(PHRASE_CHARS_MAX).collect();
    let phrase = searchable(&phrase);
    let phrase = phrase.trim_end_matches(['-', ' ', ':']);
    DIVIDERS
        .contains(&phrase)
        .then(|| inner[end..].trim_start_matches(['-', '_', ' ', ':']).trim())
}

/// "Begin forwarded message:" and its kin.
fn is_forward_heading(text: &str) -> bool {
    const HEADING_BYTES_MAX: usize = 60;
    if text.len() > HEADING_BYTES_MAX {
        return false;
    }
    let text = searchable(text.trim());
    let text = text.trim_end_matches([':', ' ']);
    [
        "begin forwarded message",
        "begin doorgestuurd bericht",
        "debut du message transfere",
        "debut du message reexpedie",
        "anfang der weitergeleiteten nachricht",
        "anfang der weitergeleiteten e-mail",
        "weitergeleitete nachricht",
        "forwarded message",
        "doorgestuurd bericht",
        "message transfere",
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
