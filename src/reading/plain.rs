//! Plain text -> lines: quote marks counted and taken off, `format=flowed` (RFC 3676) joined.

use super::line::{Line, clean};
use super::mime::TextPart;

/// Deeper quote marks than this are text; nobody replies that often, and a line of 100 000 `>` is an attack.
const QUOTE_DEPTH_MAX: usize = 50;

/// The lines of a plain text part.
pub(crate) fn lines(part: &TextPart) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut open = false;
    for raw in clean(&part.text.replace("\r\n", "\n").replace('\r', "\n")).lines() {
        let (depth, text) = split_marks(raw, part.flowed);
        let text = if part.flowed {
            text.strip_prefix(' ').unwrap_or(text)
        } else {
            text
        };
        let signature_mark = text == "-- ";
        let continues = open && !signature_mark && lines.last().is_some_and(|last| last.depth == depth);
        match lines.last_mut() {
            Some(last) if continues => {
                if part.delete_space && last.text.ends_with(' ') {
                    last.text.pop();
                }
                last.text.push_str(text);
            }
            _ => lines.push(Line {
                text: text.to_owned(),
                depth,
                ..Line::default()
            }),
        }
        open = part.flowed && text.ends_with(' ') && !signature_mark;
    }
    for line in &mut lines {
        let signature_mark = line.text == "-- ";
        if !signature_mark {
            line.text.truncate(line.text.trim_end().len());
        }
    }
    lines
}

/// `> > text` -> 2, `text`. In flowed text a space before the first mark means that it is no mark.
fn split_marks(line: &str, flowed: bool) -> (usize, &str) {
    let mut rest = line;
    let mut depth = 0;
    while depth < QUOTE_DEPTH_MAX {
        let candidate = if flowed && depth == 0 {
            rest
        } else {
            rest.trim_start_matches(' ')
        };
        // More than one blank before a mark is an indented text, such as code or an arrow.
        if rest.len() - candidate.len() > 1 {
            break;
        }
        let Some(after) = candidate.strip_prefix('>') else {
            break;
        };
        depth += 1;
        rest = after;
    }
    if depth == 0 {
        return (0, line);
    }
    (
        depth,
        if flowed {
            rest
        } else {
            rest.strip_prefix(' ').unwrap_or(rest)
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, flowed: bool, delete_space: bool) -> Vec<(usize, String)> {
        let part = TextPart {
            text: text.to_owned(),
            flowed,
            delete_space,
        };
        lines(&part)
            .into_iter()
            .map(|line| (line.depth, line.text))
            .collect()
    }

    #[test]
    fn marks_are_counted_and_taken_off() {
        let lines = read("a\r\n> b\r\n>> c\r\n> > d\r\n>e\r\n", false, false);
        let expected = [(0, "a"), (1, "b"), (2, "c"), (2, "d"), (1, "e")];
        assert_eq!(lines, expected.map(|(depth, text)| (depth, text.to_owned())));
    }

    #[test]
    fn flowed_lines_are_joined_within_their_depth() {
        let lines = read(
            "one \r\ntwo\r\n> three \r\n> four\r\n-- \r\nname \r\n",
            true,
            false,
        );
        let expected = [(0, "one two"), (1, "three four"), (0, "-- "), (0, "name")];
        assert_eq!(lines, expected.map(|(depth, text)| (depth, text.to_owned())));
    }

    #[test]
    fn delsp_deletes_the_space_of_the_break() {
        assert_eq!(
            read("5414  \r\n4901\r\n", true, true),
            [(0, "5414 4901".to_owned())]
        );
        assert_eq!(
            read("54144 \r\n4901\r\n", true, true),
            [(0, "541444901".to_owned())]
        );
    }

    #[test]
    fn an_arrow_is_no_quote_mark() {
        assert_eq!(read("=> 5414\r\n   > x", false, false)[0].0, 0);
    }

    #[test]
    fn a_line_of_marks_alone_ends() {
        let lines = read(&">".repeat(100_000), false, false);
        assert_eq!(lines.len(), 1);
    }
}
