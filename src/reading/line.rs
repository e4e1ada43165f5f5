//! The body as lines, each with how deep it is quoted: the form in which plain text and HTML meet.

use super::Role;

/// Lines beyond this many are not looked at one by one; they stay in the text, with the role of the last.
pub(crate) const LINE_COUNT_MAX: usize = 6_000;

/// One line of the text a person would see.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Line {
    /// Without line end and without quote marks.
    pub text: String,
    /// How deep it is quoted: `>` marks, or HTML quote containers. 0 is not marked as a quote.
    pub depth: usize,
    /// What the mail client said it is (a signature or a quote container of its HTML).
    pub hint: Option<Role>,
    /// All of it stands in a colour other than black and grey, and is no link.
    pub coloured: bool,
}

impl Line {
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// Characters that are seen as a space become one; those that are not seen go. Numbers are copied with them in.
pub(crate) fn clean(text: &str) -> String {
    text.chars()
        .filter_map(|letter| match letter {
            '\u{A0}' | '\u{2007}' | '\u{202F}' | '\u{2009}' | '\u{2002}' | '\u{2003}' | '\u{2008}'
            | '\u{200A}' => Some(' '),
            '\u{FEFF}'
            | '\u{200B}'
            | '\u{200C}'
            | '\u{34F}'
            | '\u{2060}'..='\u{2064}'
            | '\u{AD}'
            | '\u{200E}'
            | '\u{200F}'
            | '\0' => None,
            '\r' => None,
            '\u{2028}' | '\u{2029}' => Some('\n'),
            letter => Some(letter),
        })
        .collect()
}

/// Of a longer text, plain or HTML, only so many bytes are read, and that is said. Long threads have some 200 kB.
pub(crate) const TEXT_BYTES_MAX: usize = 512 * 1024;

/// The first bytes of a text, cut between two characters.
pub(crate) fn head_of(source: &str, bytes: usize) -> &str {
    let mut end = source.len().min(bytes);
    while !source.is_char_boundary(end) {
        end -= 1;
    }
    &source[..end]
}
