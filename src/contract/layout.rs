//! Content -> pages: where each line, rule and box stands, and which piece of the document's structure it belongs to.

use super::content::{Block, Content, Fact, Form, Section};
use super::typeface::{Run, Typeface, Weight};

/// A4, in points (1/72 inch).
pub const PAGE_WIDTH: f32 = 595.28;
pub const PAGE_HEIGHT: f32 = 841.89;
const MARGIN: f32 = 56.0;
const WIDTH: f32 = PAGE_WIDTH - 2.0 * MARGIN;
const TOP: f32 = 78.0;
const BOTTOM: f32 = PAGE_HEIGHT - 62.0;

const TITLE: f32 = 25.0;
const SUBTITLE: f32 = 12.0;
const HEADING: f32 = 14.0;
const BODY: f32 = 10.0;
const SMALL: f32 = 8.6;
/// From one base line to the next, in parts of the type size.
const LEADING: f32 = 1.38;
const LABEL_WIDTH: f32 = 172.0;
/// A heading stays with what follows it: so much must fit below.
const AFTER_HEADING_MIN: f32 = 74.0;
/// Room for writing by hand.
const WRITING_LINE: f32 = 27.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    Ink,
    Soft,
    Accent,
    Line,
    Tint,
    Warning,
    WarningTint,
}

/// Something on a page; coordinates in points from its upper left corner.
#[derive(Debug, Clone)]
pub enum Item {
    /// `y` is the base line. `node` is the piece of the structure it belongs to; none for what every page repeats.
    Text {
        x: f32,
        y: f32,
        size: f32,
        colour: Colour,
        run: Run,
        node: Option<usize>,
    },
    Rule {
        x: f32,
        y: f32,
        width: f32,
        thickness: f32,
        colour: Colour,
    },
    Panel {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        colour: Colour,
    },
    /// An empty square to tick; `y` is the base line of the text beside it.
    Square { x: f32, y: f32, side: f32 },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Section,
    Title,
    Heading,
    Paragraph,
    Table,
    Row,
    RowHeader,
    Cell,
}

/// A piece of the document's structure; its children come later in the list and name it as their parent.
#[derive(Debug, Clone)]
pub struct Node {
    pub role: Role,
    pub parent: Option<usize>,
    /// The text of a heading, as PDF/UA wants it.
    pub title: Option<String>,
}

/// A heading, for the outline: text, page from 0, and the height it stands at.
#[derive(Debug, Clone)]
pub struct Mark {
    pub text: String,
    pub page: usize,
    pub y: f32,
}

#[derive(Debug, Default)]
pub struct Layout {
    pub pages: Vec<Vec<Item>>,
    pub nodes: Vec<Node>,
    pub marks: Vec<Mark>,
}

/// Lays the contract out.
pub fn layout(content: &Content, typeface: &Typeface) -> Layout {
    let mut sheet = Sheet {
        typeface,
        layout: Layout::default(),
        y: 0.0,
        section: None,
    };
    sheet.turn();
    sheet.opening(content);
    for section in &content.sections {
        sheet.section(section);
    }
    if let Some(form) = &content.form {
        sheet.form(form);
    }
    sheet.repeat_on_each_page(content);
    sheet.layout
}

struct Sheet<'a> {
    typeface: &'a Typeface,
    layout: Layout,
    /// The lower edge of what stands on the page.
    y: f32,
    section: Option<usize>,
}

/// How a text is set.
#[derive(Clone, Copy)]
struct Style {
    size: f32,
    weight: Weight,
    colour: Colour,
}

const fn style(size: f32, weight: Weight, colour: Colour) -> Style {
    Style { size, weight, colour }
}

const BODY_TEXT: Style = style(BODY, Weight::Regular, Colour::Ink);
const BODY_STRONG: Style = style(BODY, Weight::Semibold, Colour::Ink);
const BODY_SOFT: Style = style(BODY, Weight::Regular, Colour::Soft);
const SMALL_SOFT: Style = style(SMALL, Weight::Regular, Colour::Soft);

impl Sheet<'_> {
    fn turn(&mut self) {
        self.layout.pages.push(Vec::new());
        self.y = TOP;
    }

    fn page(&mut self) -> &mut Vec<Item> {
        self.layout.pages.last_mut().expect("a page is turned first")
    }

    /// Turns the page if `height` does not fit below.
    fn make_room(&mut self, height: f32) {
        if self.y + height > BOTTOM && self.y > TOP {
            self.turn();
        }
    }

    fn node(&mut self, role: Role, parent: Option<usize>) -> usize {
        self.layout.nodes.push(Node {
            role,
            parent,
            title: None,
        });
        self.layout.nodes.len() - 1
    }

    /// The lines of a text in a column that begins at `x`, the first one's top at `top`; gives the height they take.
    fn text_at(&mut self, text: &str, style: Style, (x, top, width): (f32, f32, f32), node: usize) -> f32 {
        let lines = self.typeface.lines(text, style.weight, style.size, width);
        let leading = style.size * LEADING;
        let height = leading * lines.len() as f32;
        for (run, number) in lines.into_iter().zip(1_u16..) {
            let y = top + leading * f32::from(number) - style.size * (LEADING - 1.0);
            self.page().push(Item::Text {
                x,
                y,
                size: style.size,
                colour: style.colour,
                run,
                node: Some(node),
            });
        }
        height
    }

    fn height(&self, text: &str, style: Style, width: f32) -> f32 {
        let lines = self.typeface.lines(text, style.weight, style.size, width);
        lines.len() as f32 * style.size * LEADING
    }

    fn opening(&mut self, content: &Content) {
        self.y = TOP + 8.0;
        let title = self.node(Role::Title, None);
        self.mark(&content.title, title);
        self.y += self.text_at(
            &content.title,
            style(TITLE, Weight::Semibold, Colour::Ink),
            (MARGIN, self.y, WIDTH),
            title,
        );
        let subtitle = self.node(Role::Paragraph, None);
        self.y += self.text_at(
            &content.subtitle,
            style(SUBTITLE, Weight::Regular, Colour::Soft),
            (MARGIN, self.y, WIDTH),
            subtitle,
        );
        self.y += 16.0;
        self.brief(&content.brief);
    }

    /// Boxes in a row.
    fn brief(&mut self, facts: &[Fact]) {
        const GAP: f32 = 8.0;
        const INSIDE: f32 = 10.0;
        const IN_A_ROW: u8 = 4;
        let width = (WIDTH - GAP * f32::from(IN_A_ROW - 1)) / f32::from(IN_A_ROW);
        let column = width - 2.0 * INSIDE;
        let value_style = style(11.5, Weight::Semibold, Colour::Accent);
        if facts.is_empty() {
            return;
        }
        let table = self.node(Role::Table, None);
        for row_of_boxes in facts.chunks(usize::from(IN_A_ROW)) {
            let heights = row_of_boxes.iter().map(|fact| {
                self.height(&fact.label, SMALL_SOFT, column) + self.height(&fact.value, value_style, column)
            });
            let height = heights.fold(0.0, f32::max) + 2.0 * INSIDE - 4.0;
            self.make_room(height);
            for (fact, column_number) in row_of_boxes.iter().zip(0_u8..) {
                let x = MARGIN + (width + GAP) * f32::from(column_number);
                let y = self.y;
                self.page().push(Item::Panel {
                    x,
                    y,
                    width,
                    height,
                    colour: Colour::Tint,
                });
                let row = self.node(Role::Row, Some(table));
                let header = self.node(Role::RowHeader, Some(row));
                let cell = self.node(Role::Cell, Some(row));
                let top = y + INSIDE - 3.0;
                let below = self.text_at(&fact.label, SMALL_SOFT, (x + INSIDE, top, column), header);
                self.text_at(&fact.value, value_style, (x + INSIDE, top + below, column), cell);
            }
            self.y += height + GAP;
        }
    }

    /// A section stays on one page if it can: one that would be cut begins on the next.
    fn section(&mut self, section: &Section) {
        let before = (
            self.layout.pages.len(),
            self.page().len(),
            self.layout.nodes.len(),
            self.layout.marks.len(),
        );
        let begun_at = self.y;
        self.section_from_here(section);
        let (pages, items, nodes, marks) = before;
        let is_short = self.layout.pages.len() == pages + 1 && self.y - TOP < begun_at - TOP;
        if is_short && begun_at > TOP {
            self.layout.pages.truncate(pages);
            self.page().truncate(items);
            self.layout.nodes.truncate(nodes);
            self.layout.marks.truncate(marks);
            self.turn();
            self.section_from_here(section);
        }
    }

    fn section_from_here(&mut self, section: &Section) {
        self.heading(&section.heading);
        for block in &section.blocks {
            match block {
                Block::Paragraph(text) => self.paragraph(text, BODY_TEXT),
                Block::Notice(text) => self.notice(text),
                Block::Facts(facts) => self.facts(facts),
            }
        }
    }

    fn heading(&mut self, text: &str) {
        self.y += 14.0;
        self.make_room(AFTER_HEADING_MIN);
        let section = self.node(Role::Section, None);
        self.section = Some(section);
        let heading = self.node(Role::Heading, Some(section));
        self.mark(text, heading);
        let place = (MARGIN, self.y, WIDTH);
        self.y += self.text_at(
            text,
            style(HEADING, Weight::Semibold, Colour::Accent),
            place,
            heading,
        );
        self.y += 3.0;
    }

    fn mark(&mut self, text: &str, node: usize) {
        self.layout.nodes[node].title = Some(text.to_owned());
        let page = self.layout.pages.len() - 1;
        let mark = Mark {
            text: text.to_owned(),
            page,
            y: self.y,
        };
        self.layout.marks.push(mark);
    }

    fn paragraph(&mut self, text: &str, style: Style) {
        let height = self.height(text, style, WIDTH);
        self.make_room(height);
        let node = self.node(Role::Paragraph, self.section);
        self.text_at(text, style, (MARGIN, self.y, WIDTH), node);
        self.y += height + 6.0;
    }

    fn notice(&mut self, text: &str) {
        const INSIDE: f32 = 10.0;
        let column = WIDTH - 2.0 * INSIDE - 3.0;
        let height = self.height(text, BODY_TEXT, column) + 2.0 * INSIDE - 4.0;
        self.make_room(height);
        let y = self.y;
        for (width, colour) in [(WIDTH, Colour::WarningTint), (3.0, Colour::Warning)] {
            self.page().push(Item::Panel {
                x: MARGIN,
                y,
                width,
                height,
                colour,
            });
        }
        let node = self.node(Role::Paragraph, self.section);
        self.text_at(
            text,
            BODY_TEXT,
            (MARGIN + INSIDE + 3.0, y + INSIDE - 3.0, column),
            node,
        );
        self.y += height + 8.0;
    }

    /// Label and value in two columns, a fine line under each.
    fn facts(&mut self, facts: &[Fact]) {
        if facts.is_empty() {
            return;
        }
        let value_width = WIDTH - LABEL_WIDTH;
        let table = self.node(Role::Table, self.section);
        for fact in facts {
            let label_height = self.height(&fact.label, BODY_SOFT, LABEL_WIDTH - 12.0);
            let height = self
                .height(&fact.value, BODY_STRONG, value_width)
                .max(label_height)
                + 6.0;
            self.make_room(height);
            let row = self.node(Role::Row, Some(table));
            let header = self.node(Role::RowHeader, Some(row));
            let cell = self.node(Role::Cell, Some(row));
            let top = self.y + 2.5;
            self.text_at(&fact.label, BODY_SOFT, (MARGIN, top, LABEL_WIDTH - 12.0), header);
            self.text_at(
                &fact.value,
                BODY_STRONG,
                (MARGIN + LABEL_WIDTH, top, value_width),
                cell,
            );
            self.y += height;
            self.rule(MARGIN, WIDTH, Colour::Line);
        }
        self.y += 8.0;
    }

    fn rule(&mut self, x: f32, width: f32, colour: Colour) {
        let y = self.y;
        self.page().push(Item::Rule {
            x,
            y,
            width,
            thickness: 0.6,
            colour,
        });
    }

    fn form(&mut self, form: &Form) {
        self.turn();
        self.heading(&form.heading);
        self.paragraph(&form.note, BODY_SOFT);
        self.y += 8.0;
        self.paragraph(&form.to_label, BODY_SOFT);
        self.y -= 6.0;
        for line in &form.to {
            self.paragraph(line, BODY_STRONG);
            self.y -= 5.0;
        }
        self.y += 16.0;
        self.paragraph(&form.statement, BODY_TEXT);
        self.y += 4.0;
        for text in &form.boxes {
            let node = self.node(Role::Paragraph, self.section);
            let y = self.y + BODY;
            self.page().push(Item::Square {
                x: MARGIN + 1.0,
                y,
                side: 10.0,
            });
            self.y += self.text_at(text, BODY_STRONG, (MARGIN + 20.0, self.y, WIDTH - 20.0), node) + 5.0;
        }
        self.y += 6.0;
        self.facts(&form.known);
        self.y += 4.0;
        for (label, lines) in &form.lines {
            for number in 0..*lines {
                self.y += WRITING_LINE;
                if number == 0 {
                    let node = self.node(Role::Paragraph, self.section);
                    let top = self.y - BODY * LEADING - 1.0;
                    self.text_at(label, BODY_SOFT, (MARGIN, top, LABEL_WIDTH - 12.0), node);
                }
                self.rule(MARGIN + LABEL_WIDTH, WIDTH - LABEL_WIDTH, Colour::Soft);
            }
        }
        self.y += 16.0;
        self.paragraph(&form.end_note, SMALL_SOFT);
    }

    /// The head and foot of each page: for the eye alone, so that readers by ear are not told them on every page.
    fn repeat_on_each_page(&mut self, content: &Content) {
        let pages = self.layout.pages.len();
        for (at, items) in self.layout.pages.iter_mut().enumerate() {
            let mut line = |text: &str, style: Style, y: f32, right: bool| {
                let run = self.typeface.run(text, style.weight);
                let x = if right {
                    PAGE_WIDTH - MARGIN - run.width(style.size)
                } else {
                    MARGIN
                };
                items.push(Item::Text {
                    x,
                    y,
                    size: style.size,
                    colour: style.colour,
                    run,
                    node: None,
                });
            };
            let brand = style(15.0, Weight::Semibold, Colour::Accent);
            line(&content.supplier, brand, 52.0, false);
            line(&content.reference, SMALL_SOFT, 52.0, true);
            let foot = PAGE_HEIGHT - 36.0;
            line(&content.footer, SMALL_SOFT, foot, false);
            line(&(content.page)(at + 1, pages), SMALL_SOFT, foot, true);
            items.push(Item::Panel {
                x: 0.0,
                y: 0.0,
                width: PAGE_WIDTH,
                height: 7.0,
                colour: Colour::Accent,
            });
            items.push(Item::Rule {
                x: MARGIN,
                y: foot - 14.0,
                width: WIDTH,
                thickness: 0.6,
                colour: Colour::Line,
            });
        }
    }
}
