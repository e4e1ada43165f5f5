//! The headers of a message: unfolded, looked up by name, and their values as addresses and ids.

use super::Mailbox;
use super::decode;
use super::line::head_of;

/// More header lines than this are passed over.
const HEADER_COUNT_MAX: usize = 1000;
/// A longer value is cut: nothing that is read out of a header is as long.
const HEADER_VALUE_BYTES_MAX: usize = 64 * 1024;
/// More addresses than this in one header are passed over.
const ADDRESS_COUNT_MAX: usize = 200;
/// More ids than this in References are passed over (the newest are at the end, so the oldest go).
const ID_COUNT_MAX: usize = 200;

/// The header lines of a message or part, in order, unfolded; values as text, encoded words unresolved.
#[derive(Debug, Clone, Default)]
pub(crate) struct Headers {
    lines: Vec<(String, String)>,
}

impl Headers {
    /// Reads header lines up to the first empty line.
    pub(crate) fn parse(raw: &[u8]) -> Headers {
        let mut lines: Vec<(String, String)> = Vec::new();
        for line in raw.split(|byte| *byte == b'\n') {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if line.is_empty() {
                break;
            }
            let text = decode::header_text(line);
            if text.starts_with([' ', '\t']) {
                if let Some((_, value)) = lines.last_mut()
                    && value.len() + text.len() < HEADER_VALUE_BYTES_MAX
                {
                    value.push(' ');
                    value.push_str(text.trim());
                }
                continue;
            }
            let Some((name, value)) = text.split_once(':') else {
                continue;
            };
            if name.contains(' ') && !name.trim_end().chars().all(|letter| letter.is_ascii_graphic()) {
                continue;
            }
            if lines.len() == HEADER_COUNT_MAX {
                break;
            }
            let value = head_of(value.trim(), HEADER_VALUE_BYTES_MAX).to_owned();
            lines.push((name.trim_end().to_ascii_lowercase(), value));
        }
        Headers { lines }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The first value of that name, as written.
    pub(crate) fn first(&self, name: &str) -> Option<&str> {
        self.lines
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// All values of that name, topmost first.
    pub(crate) fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let name = name.to_ascii_lowercase();
        self.lines
            .iter()
            .filter(move |(known, _)| *known == name)
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.first(name).is_some()
    }

    /// The first value of that name with its encoded words resolved.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.first(name)
            .map(|value| decode::encoded_words(value).trim().to_owned())
    }

    /// The ids in all headers of that name, without angle brackets.
    pub(crate) fn ids(&self, name: &str) -> Vec<String> {
        let mut ids: Vec<String> = self.all(name).flat_map(ids_of).collect();
        if ids.len() > ID_COUNT_MAX {
            ids.drain(..ids.len() - ID_COUNT_MAX);
        }
        ids
    }

    pub(crate) fn addresses(&self, name: &str) -> Vec<Mailbox> {
        self.all(name)
            .flat_map(mailboxes)
            .take(ADDRESS_COUNT_MAX)
            .collect()
    }
}

/// `<a@b> <c@d>` -> `a@b`, `c@d`; bare words are taken where there are no angle brackets.
fn ids_of(value: &str) -> Vec<String> {
    let bracketed: Vec<String> = value
        .split('<')
        .skip(1)
        .filter_map(|piece| piece.split_once('>'))
        .map(|(id, _)| id.split_whitespace().collect::<String>())
        .filter(|id| !id.is_empty())
        .collect();
    if !bracketed.is_empty() {
        return bracketed;
    }
    value
        .split([' ', '\t', ','])
        .map(|word| word.trim_matches(['<', '>', '"']))
        .filter(|word| word.contains('@'))
        .map(str::to_owned)
        .collect()
}

/// What stands between angle brackets, or the bare address; `Some("")` for the null sender `<>`.
pub(crate) fn path(value: &str) -> Option<String> {
    let inner = match (value.find('<'), value.rfind('>')) {
        (Some(start), Some(end)) if start < end => &value[start + 1..end],
        _ => value.trim(),
    };
    let address = normal_address(inner);
    (address.is_empty() || address.contains('@') || value.contains('<')).then_some(address)
}

/// An address with its domain in lower case.
fn normal_address(address: &str) -> String {
    let address: String = address.chars().filter(|letter| !letter.is_whitespace()).collect();
    match address.rsplit_once('@') {
        Some((local, domain)) => format!("{local}@{}", domain.to_lowercase()),
        None => address,
    }
}

/// One mailbox while it is being read.
#[derive(Default)]
struct Draft {
    phrase: String,
    angle: Option<String>,
    comment: String,
}

impl Draft {
    fn finish(&mut self) -> Option<Mailbox> {
        let draft = std::mem::take(self);
        let (address, name) = match draft.angle {
            Some(angle) => (angle, draft.phrase),
            None => (draft.phrase, draft.comment),
        };
        let address = normal_address(&address);
        let name = decode::encoded_words(&name)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let name = (!name.is_empty()).then_some(name);
        (address.contains('@')).then_some(Mailbox { name, address })
    }
}

/// The mailboxes of an address header (RFC 5322, 3.4); groups are flattened, what is no address is passed over.
pub(crate) fn mailboxes(value: &str) -> Vec<Mailbox> {
    let mut found = Vec::new();
    let mut draft = Draft::default();
    let (mut quoted, mut comment_depth) = (false, 0usize);
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if quoted || comment_depth > 0 => {
                if let Some(escaped) = letters.next() {
                    draft.phrase.push(escaped);
                }
            }
            '"' if comment_depth == 0 && draft.angle.is_none() => quoted = !quoted,
            _ if quoted => draft.phrase.push(letter),
            '(' => comment_depth += 1,
            ')' if comment_depth > 0 => comment_depth -= 1,
            _ if comment_depth > 0 => draft.comment.push(letter),
            '<' => {
                let inner: String = letters.by_ref().take_while(|letter| *letter != '>').collect();
                draft.angle = Some(inner);
            }
            ',' | ';' => found.extend(draft.finish()),
            // The name of a group.
            ':' if draft.angle.is_none() => draft.phrase.clear(),
            _ => draft.phrase.push(letter),
        }
    }
    found.extend(draft.finish());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(value: &str) -> (Option<String>, String) {
        let found = mailboxes(value);
        assert_eq!(found.len(), 1, "{value}: {found:?}");
        (found[0].name.clone(), found[0].address.clone())
    }

    #[test]
    fn mailboxes_in_their_many_forms() {
        let named = |name: &str, address: &str| (Some(name.to_owned()), address.to_owned());
        assert_eq!(
            one("Jan Peeters <jan@Telenet.EXAMPLE>"),
            named("Jan Peeters", "jan@telenet.example")
        );
        assert_eq!(
            one("\"Peeters, Jan\" <jan@a.test>"),
            named("Peeters, Jan", "jan@a.test")
        );
        assert_eq!(
            one("=?utf-8?Q?Peeters=2C_Zo=C3=AB?= <z@a.test>"),
            named("Peeters, Zoë", "z@a.test")
        );
        assert_eq!(
            one("MAILER-DAEMON@mx.test (Mail System)"),
            named("Mail System", "MAILER-DAEMON@mx.test")
        );
        assert_eq!(one("jan@a.test"), (None, "jan@a.test".to_owned()));
        assert_eq!(mailboxes("Team: a@a.test, B <b@a.test>;").len(), 2);
        assert_eq!(mailboxes("undisclosed-recipients:;").len(), 0);
        assert_eq!(mailboxes("\"a <b").len(), 0);
    }

    #[test]
    fn ids_lose_their_brackets() {
        assert_eq!(ids_of("<a@b> (x)\t<c@d>"), ["a@b", "c@d"]);
        assert_eq!(ids_of("a@b, c@d"), ["a@b", "c@d"]);
        assert!(ids_of("Your mail of Monday").is_empty());
    }

    #[test]
    fn the_null_sender_is_not_an_absent_one() {
        assert_eq!(path("<>"), Some(String::new()));
        assert_eq!(path(" <Jan@A.test> "), Some("Jan@a.test".to_owned()));
        assert_eq!(path("nonsense"), None);
    }
}
