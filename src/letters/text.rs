//! The text part: the content in lines that every mail program shows as they are.

use super::content::{Block, Content};

/// Columns after which a line of the text part is wrapped. Leaves room for `> ` when the letter is quoted (RFC 3676, 4.2).
const LINE_COLUMNS_MAX: usize = 72;

/// The text part, LF line ends. `colon` stands between a label and its value.
pub fn render(content: &Content, colon: &str) -> String {
    let mut paragraphs = vec![wrap(&content.greeting, "")];
    let mut heading: Option<String> = None;
    for block in &content.blocks {
        let text = match block {
            Block::Heading(text) => {
                heading = Some(wrap(text, ""));
                continue;
            }
            Block::Paragraph(text) | Block::Notice(text) => wrap(text, ""),
            Block::Link(link) => format!("{}{colon}\n{}", link.label, link.url),
            Block::Bullets(items) => lines(items.iter().map(|item| wrap(&format!("- {item}"), "  "))),
            Block::Facts(facts) => lines(
                facts
                    .iter()
                    .map(|fact| wrap(&format!("{}{colon} {}", fact.label, fact.value), "  ")),
            ),
            Block::Questions(questions) => questions
                .iter()
                .map(|question| {
                    let help = question.help.as_deref().unwrap_or_default();
                    let whole = format!(
                        "{}. {}{colon} {} {help}",
                        question.number, question.label, question.text
                    );
                    wrap(whole.trim_end(), "")
                })
                .collect::<Vec<_>>()
                .join("\n\n"),
        };
        paragraphs.push(match heading.take() {
            Some(heading) => format!("{heading}\n{}{text}", gap_after_heading(block)),
            None => text,
        });
    }
    paragraphs.push(format!(
        "{}\n{}",
        content.closing,
        lines(content.signature.iter().cloned())
    ));
    paragraphs.push(wrap(&content.footer, ""));
    let mut text = paragraphs.join("\n\n");
    text.push('\n');
    text
}

/// Questions stand apart from their heading: each is a paragraph of its own.
fn gap_after_heading(block: &Block) -> &'static str {
    match block {
        Block::Questions(_) => "\n",
        _ => "",
    }
}

fn lines(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join("\n")
}

/// Breaks at spaces only: a no-break space (U+00A0) holds, and a word longer than the line stays whole.
fn wrap(text: &str, indent: &str) -> String {
    let mut wrapped = String::new();
    let mut columns = 0;
    for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
        let width = word.chars().count();
        if columns > 0 && columns + 1 + width > LINE_COLUMNS_MAX {
            wrapped.push('\n');
            wrapped.push_str(indent);
            columns = indent.len();
        } else if columns > 0 {
            wrapped.push(' ');
            columns += 1;
        }
        wrapped.push_str(word);
        columns += width;
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_no_word_is_lost_or_cut() {
        let long = format!("{} {} end", "word ".repeat(40).trim(), "x".repeat(90));
        let wrapped = wrap(&long, "  ");
        assert_eq!(
            wrapped.split_whitespace().collect::<Vec<_>>(),
            long.split_whitespace().collect::<Vec<_>>()
        );
        assert!(
            wrapped
                .lines()
                .all(|line| line.chars().count() <= LINE_COLUMNS_MAX || line.trim().len() == 90)
        );
        assert!(wrapped.lines().skip(1).all(|line| line.starts_with("  ")));
    }

    #[test]
    fn a_no_break_space_holds() {
        let text = format!("{} oui\u{a0}?", "a".repeat(LINE_COLUMNS_MAX - 4));
        assert!(wrap(&text, "").ends_with("\noui\u{a0}?"));
    }
}
