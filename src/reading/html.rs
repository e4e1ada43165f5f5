//! HTML -> lines: what a person would see, with the quote and signature containers of the known mail clients.
//!
//! The tree is html5ever's; the walk has a stack of its own, so that nesting cannot exhaust the program's.

use std::collections::HashMap;

use ego_tree::iter::Edge;
use scraper::{Html, Node, node::Element};

use super::Role;
use super::colour;
use super::html_marks::{has_margin, hint, is_quote, is_struck, is_unseen, sets_background, style_has};
use super::line::{Line, clean};

/// Elements open at once. html5ever's work grows with the square of the nesting: deeper sources are read without structure.
const HTML_DEPTH_MAX: usize = 1000;

/// The lines of an HTML source.
pub(crate) fn lines(source: &str) -> Vec<Line> {
    if too_deep(source) {
        return without_structure(source);
    }
    let document = Html::parse_document(source);
    let mut writer = Writer::default();
    for edge in document.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) => writer.open(element),
                Node::Text(text) => writer.text(text),
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    writer.close(element);
                }
            }
        }
    }
    if !writer.current.text.is_empty() || !writer.struck_text.is_empty() {
        writer.end_line();
    }
    writer.lines
}

/// More of an element's name is not looked at.
const ELEMENT_NAME_BYTES_MAX: usize = 32;

/// Elements that HTML closes by itself, or that hold nothing: they do not nest.
const NOT_NESTING: &[&str] = &[
    "p", "li", "td", "th", "tr", "dd", "dt", "option", "br", "img", "hr", "meta", "link", "input", "col",
    "base", "area", "wbr", "html", "head", "body", "tbody", "thead", "colgroup",
];

/// Counts, per element name, how many are open at once; a bound on the depth of the tree.
fn too_deep(source: &str) -> bool {
    let mut open: HashMap<String, usize> = HashMap::new();
    let mut total = 0usize;
    for piece in source.split('<').skip(1) {
        let closing = piece.starts_with('/');
        let name = piece.trim_start_matches('/');
        let in_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b':';
        let length = name
            .bytes()
            .take(ELEMENT_NAME_BYTES_MAX)
            .take_while(in_name)
            .count();
        let name = &name[..length];
        if name.is_empty() || NOT_NESTING.iter().any(|other| other.eq_ignore_ascii_case(name)) {
            continue;
        }
        let count = open.entry(name.to_ascii_lowercase()).or_default();
        if !closing {
            *count += 1;
            total += 1;
        } else if *count > 0 {
            *count -= 1;
            total -= 1;
        }
        if total > HTML_DEPTH_MAX {
            return true;
        }
    }
    false
}

/// For a hostile source: its text between the tags, a line a tag that breaks lines.
fn without_structure(source: &str) -> Vec<Line> {
    let mut text = String::new();
    for piece in source.split('<') {
        let (tag, after) = piece.split_once('>').unwrap_or(("", piece));
        let name = tag
            .trim_start_matches('/')
            .split_ascii_whitespace()
            .next()
            .unwrap_or_default();
        if BLOCKS
            .iter()
            .chain(&["br", "td", "th"])
            .any(|block| block.eq_ignore_ascii_case(name))
        {
            text.push('\n');
        }
        text.push_str(after);
    }
    clean(&text)
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| Line {
            text: line.trim().to_owned(),
            ..Line::default()
        })
        .collect()
}

const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "tr",
    "ul",
];
/// What an open element changes; undone when it closes.
#[derive(Default)]
struct Effect {
    unseen: bool,
    quote: bool,
    hint: Option<Role>,
    preformatted: bool,
    struck: bool,
    /// It stands on a background of its own, on which white is seen.
    background: bool,
    /// All that follows this element is quoted.
    quote_follows: bool,
    list: Option<List>,
    row: Option<Row>,
    link: bool,
    /// Whether the colour it sets stands out.
    colour: Option<bool>,
}

/// An open list: `Some(n)` numbers its items.
struct List {
    next_number: Option<usize>,
}

/// An open table row: where it began, and whether it had a cell.
struct Row {
    first_line: usize,
    cells: usize,
}

#[derive(Default)]
struct Writer {
    lines: Vec<Line>,
    current: Line,
    /// The current line holds only a list number or a cell's separator: a block that opens now does not end it.
    sticky: bool,
    effects: Vec<Effect>,
    unseen: usize,
    quotes: usize,
    preformatted: usize,
    struck: usize,
    /// What is struck through on the current line: it follows the line, so that the line reads as the sender means it.
    struck_text: String,
    backgrounds: usize,
    rest_is_quoted: bool,
    links: usize,
    /// Of each open element that sets one, whether its colour stands out.
    colours: Vec<bool>,
    /// The current line holds letters that do not stand out.
    has_ordinary_letters: bool,
}

impl Writer {
    fn open(&mut self, element: &Element) {
        let name = element.name();
        let background = sets_background(element);
        let mut effect = Effect {
            unseen: is_unseen(element, self.backgrounds > 0 || background),
            background,
            ..Effect::default()
        };
        if self.unseen == 0 && !effect.unseen {
            self.open_seen(element, name, &mut effect);
        }
        self.unseen += usize::from(effect.unseen);
        self.quotes += usize::from(effect.quote);
        self.preformatted += usize::from(effect.preformatted);
        self.struck += usize::from(effect.struck);
        self.backgrounds += usize::from(effect.background);
        self.links += usize::from(effect.link);
        self.colours.extend(effect.colour);
        self.effects.push(effect);
    }

    fn open_seen(&mut self, element: &Element, name: &str, effect: &mut Effect) {
        if BLOCKS.contains(&name) {
            self.block_edge();
        }
        if name == "p" && has_margin(element) {
            self.gap();
        }
        match name {
            "br" => self.end_line(),
            "ol" => {
                let start = element
                    .attr("start")
                    .and_then(|start| start.parse().ok())
                    .unwrap_or(1);
                effect.list = Some(List {
                    next_number: Some(start),
                });
            }
            "ul" => effect.list = Some(List { next_number: None }),
            "li" => self.item(),
            "tr" => {
                effect.row = Some(Row {
                    first_line: self.lines.len(),
                    cells: 0,
                })
            }
            "td" | "th" => self.cell(),
            "pre" => effect.preformatted = true,
            _ => {}
        }
        effect.link = name == "a";
        effect.colour = colour::stands_out(element.attr("style"), element.attr("color"))
            // Who answers in red colours words; a letter's design colours blocks.
            .map(|vivid| vivid && !BLOCKS.contains(&name) && !matches!(name, "td" | "th"));
        effect.struck = is_struck(element, name);
        effect.quote = is_quote(element, name);
        effect.hint = hint(element);
        effect.quote_follows = element.attr("id").is_some_and(|id| id.ends_with("divRplyFwdMsg"));
        effect.preformatted |= style_has(element, "white-space:pre");
    }

    fn close(&mut self, element: &Element) {
        let Some(effect) = self.effects.pop() else { return };
        if self.unseen == 0 {
            if BLOCKS.contains(&element.name()) {
                self.block_edge();
            }
            if element.name() == "p" && has_margin(element) {
                self.gap();
            }
        }
        self.unseen -= usize::from(effect.unseen);
        self.quotes -= usize::from(effect.quote);
        self.preformatted -= usize::from(effect.preformatted);
        self.struck -= usize::from(effect.struck);
        self.backgrounds -= usize::from(effect.background);
        self.links -= usize::from(effect.link);
        if effect.colour.is_some() {
            self.colours.pop();
        }
        self.rest_is_quoted |= effect.quote_follows;
    }

    fn text(&mut self, text: &str) {
        if self.unseen > 0 {
            return;
        }
        for letter in text.chars() {
            match letter {
                '\n' if self.preformatted > 0 => self.end_line(),
                ' ' | '\t' if self.preformatted > 0 => self.put(' '),
                ' ' | '\t' | '\n' | '\r' | '\u{C}' if self.struck > 0 => {
                    if !self.struck_text.is_empty() && !self.struck_text.ends_with(' ') {
                        self.struck_text.push(' ');
                    }
                }
                ' ' | '\t' | '\n' | '\r' | '\u{C}' => {
                    if !self.current.text.is_empty() && !self.current.text.ends_with([' ', '\t']) {
                        self.put(' ');
                    }
                }
                letter => self.put(letter),
            }
        }
    }

    fn put(&mut self, letter: char) {
        if self.struck > 0 {
            self.struck_text.push(letter);
            return;
        }
        if self.current.text.is_empty() || self.sticky {
            self.mark_place();
        }
        self.current.text.push(letter);
        if !letter.is_whitespace() {
            self.sticky = false;
            self.has_ordinary_letters |= self.links > 0 || self.colours.last() != Some(&true);
        }
    }

    /// The line belongs where its first letter stands.
    fn mark_place(&mut self) {
        self.current.depth = self.quotes + usize::from(self.rest_is_quoted);
        self.current.hint = self.effects.iter().rev().find_map(|effect| effect.hint);
    }

    fn block_edge(&mut self) {
        if (!self.current.text.is_empty() && !self.sticky) || !self.struck_text.trim().is_empty() {
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        let struck = std::mem::take(&mut self.struck_text);
        let struck = clean(&struck).replace('\n', " ").trim().to_owned();
        if struck.is_empty() || !self.current.text.trim().is_empty() {
            self.end_seen_line();
        }
        if !struck.is_empty() {
            self.current = Line::default();
            self.sticky = false;
            self.mark_place();
            self.lines.push(Line {
                text: struck,
                hint: Some(Role::Struck),
                depth: self.current.depth,
                ..Line::default()
            });
        }
    }

    fn end_seen_line(&mut self) {
        if self.current.text.is_empty() {
            self.mark_place();
        }
        let mut line = std::mem::take(&mut self.current);
        line.coloured = !line.is_blank() && !self.has_ordinary_letters;
        self.has_ordinary_letters = false;
        self.sticky = false;
        for (position, piece) in clean(&line.text).split('\n').enumerate() {
            if position > 0 {
                line = Line {
                    text: String::new(),
                    ..line
                };
            }
            line.text = piece.trim().to_owned();
            self.lines.push(line.clone());
        }
    }

    /// One blank line, if there is not one already.
    fn gap(&mut self) {
        if self.sticky || self.lines.last().is_none_or(Line::is_blank) || !self.current.text.is_empty() {
            return;
        }
        self.end_line();
    }

    fn item(&mut self) {
        let list = self
            .effects
            .iter_mut()
            .rev()
            .find_map(|effect| effect.list.as_mut());
        let marker = match list {
            Some(List {
                next_number: Some(number),
            }) => {
                let marker = format!("{number}. ");
                *number = number.saturating_add(1);
                marker
            }
            _ => "- ".to_owned(),
        };
        self.current.text.push_str(&marker);
        self.sticky = true;
    }

    /// Cells of a row stay on a line, as far as each is one.
    fn cell(&mut self) {
        let line_count = self.lines.len();
        let Some(row) = self
            .effects
            .iter_mut()
            .rev()
            .find_map(|effect| effect.row.as_mut())
        else {
            return;
        };
        row.cells += 1;
        if row.cells == 1 {
            return;
        }
        if self.current.text.is_empty() && line_count == row.first_line + 1 {
            self.current = self.lines.pop().unwrap_or_default();
            self.has_ordinary_letters = !self.current.coloured;
        }
        if !self.current.text.is_empty() {
            self.current.text.push('\t');
            self.sticky = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> Vec<(usize, String)> {
        lines(source)
            .into_iter()
            .map(|line| (line.depth, line.text))
            .collect()
    }

    fn text(source: &str) -> String {
        lines(source)
            .iter()
            .map(|line| line.text.as_str())
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn cells_do_not_run_together() {
        assert_eq!(
            text("<table><tr><td>EAN</td><td>5414</td></tr><tr><td>a<td>b</table>"),
            "EAN\t5414\na\tb"
        );
        assert_eq!(
            text(
                "<table><tr><td><p class=MsoNormal>EAN</p></td><td><p class=MsoNormal>5414</p></td></tr></table>"
            ),
            "EAN\t5414"
        );
    }

    #[test]
    fn lists_breaks_and_entities() {
        assert_eq!(
            text("<ol><li>a</li><li><p>b</p></li></ol><ul><li>c</ul>"),
            "1. a\n2. b\n\n- c"
        );
        assert_eq!(
            text("<div>a<br>b</div><div><br></div><div>caf&eacute;&nbsp;x</div>"),
            "a\nb\n\ncafé x"
        );
        assert_eq!(text("<p>a</p><p>b</p>"), "a\n\nb\n");
        assert_eq!(
            text("<style>x</style><div style='display: none'>y</div>5414&nbsp;4882"),
            "5414 4882"
        );
    }

    #[test]
    fn what_is_struck_through_follows_its_line_under_a_role_of_its_own() {
        let hints = |source: &str| -> Vec<(String, Option<Role>)> {
            lines(source)
                .into_iter()
                .map(|line| (line.text, line.hint))
                .collect()
        };
        for struck in [
            "<s>8</s>",
            "<del>8</del>",
            "<strike>8</strike>",
            "<span style='text-decoration: line-through'>8</span>",
        ] {
            assert_eq!(
                hints(&format!("<p>Nummer {struck} 12</p><p>ok</p>"))[..2],
                [
                    ("Nummer 12".to_owned(), None),
                    ("8".to_owned(), Some(Role::Struck))
                ],
                "{struck}"
            );
        }
        assert_eq!(
            hints("<p><s>Kerkstraat 5</s></p>x")[0],
            ("Kerkstraat 5".to_owned(), Some(Role::Struck))
        );
    }

    #[test]
    fn what_nobody_sees_is_not_there() {
        for unseen in [
            "<span style='font-size:0px'>9</span>",
            "<span style='font-size: 0'>9</span>",
            "<span style='visibility:hidden'>9</span>",
            "<span style='opacity:0'>9</span>",
            "<div style='max-height:0;overflow:hidden'>9</div>",
            "<span style='color:#FFFFFF'>9</span>",
            "<font color=white>9</font>",
            "<p hidden>9</p>",
        ] {
            assert_eq!(text(&format!("<div>5{unseen}</div>")), "5", "{unseen}");
        }
        for seen in [
            "<span style='font-size:0.9em'>9</span>",
            "<span style='opacity:0.8'>9</span>",
            "<span style='background:navy;color:white'>9</span>",
            "<table><tr bgcolor='#003366'><td><font color=white>9</font></td></tr></table>",
        ] {
            assert!(text(&format!("<div>5{seen}</div>")).contains('9'), "{seen}");
        }
    }

    #[test]
    fn quotes_of_known_clients() {
        assert_eq!(
            read("a<blockquote type=cite>b</blockquote>c"),
            [(0, "a".into()), (1, "b".into()), (0, "c".into())]
        );
        assert_eq!(
            read("<blockquote style='margin:0 0 0 40px;border:none'>a</blockquote>"),
            [(0, "a".into())]
        );
        assert_eq!(
            read("<div class=yahoo_quoted id=yahoo_quoted_1>a</div>"),
            [(1, "a".into())]
        );
        assert_eq!(
            read("a<div id=divRplyFwdMsg>b</div><div>c</div>")[2],
            (1, "c".into())
        );
    }

    #[test]
    fn a_line_in_colour_stands_out_unless_it_is_a_link_or_a_block() {
        let coloured = |source: &str| lines(source)[0].coloured;
        assert!(coloured("<p><b><span style='color:red'>5414</span></b></p>"));
        assert!(coloured("<font color=blue>5414</font>"));
        assert!(!coloured("<p><span style='color:red'>5414</span> and more</p>"));
        assert!(!coloured("<p style='color:red'>Brand</p>"));
        assert!(!coloured("<span style='color:blue'><a href=x>link</a></span>"));
        assert!(!coloured(
            "<span style='color:red'><span style='color:black'>5414</span></span>"
        ));
    }

    #[test]
    fn hostile_nesting_is_read_without_structure() {
        let source = format!("{}5414{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        assert_eq!(text(&source), "5414");
        let source = "<b><p>".repeat(50_000);
        lines(&source);
    }
}
