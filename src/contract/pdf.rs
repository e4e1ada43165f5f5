//! Pages -> the bytes of a PDF: tagged for readers by ear (PDF/UA-1) and made to be kept (PDF/A-2a).

use std::num::NonZeroU16;

use jiff::civil::Date;
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder, PdfVersion};
use krilla::destination::XyzDestination;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, Node as TagNode, SpanTag, TableHeaderScope, Tag,
    TagGroup, TagTree,
};
use krilla::{Document, SerializeSettings};

use super::ContractFault;
use super::layout::{Colour, Item, Layout, Node, PAGE_HEIGHT, PAGE_WIDTH, Role};
use super::typeface::Typeface;
use crate::registration::Language;

/// What the file says of itself.
pub struct Description<'a> {
    pub title: &'a str,
    pub author: &'a str,
    pub language: Language,
    /// Told apart by archives: the registration's reference.
    pub identity: &'a str,
    pub date: Date,
}

/// Draws the pages. The same input gives the same bytes.
///
/// # Errors
/// [`ContractFault::Pdf`] with what the standards do not allow.
pub fn draw(
    layout: &Layout,
    typeface: &Typeface,
    description: &Description<'_>,
) -> Result<Vec<u8>, ContractFault> {
    let configuration = ConfigurationBuilder::new()
        .with_version(PdfVersion::Pdf17)
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|_| ContractFault::Pdf("the standards do not go together".to_owned()))?;
    let mut document = Document::new_with(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    });
    let mut identifiers = vec![Vec::new(); layout.nodes.len()];
    for items in &layout.pages {
        let settings = PageSettings::from_wh(PAGE_WIDTH, PAGE_HEIGHT)
            .ok_or_else(|| ContractFault::Pdf("the page has no size".to_owned()))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        // Surfaces first: text stands on them.
        for item in items.iter().filter(|item| !matches!(item, Item::Text { .. })) {
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
            draw_shape(&mut surface, item);
            surface.end_tagged();
        }
        for item in items {
            draw_text(&mut surface, item, typeface, &mut identifiers);
        }
        surface.finish();
        page.finish();
    }
    document.set_metadata(metadata(description));
    document.set_outline(outline(layout));
    document.set_tag_tree(tags(layout, identifiers, description.language));
    document
        .finish()
        .map_err(|fault| ContractFault::Pdf(format!("{fault:?}")))
}

fn metadata(description: &Description<'_>) -> Metadata {
    let date = description.date;
    let created = DateTime::new(date.year().unsigned_abs())
        .month(date.month().unsigned_abs())
        .day(date.day().unsigned_abs());
    Metadata::new()
        .title(description.title.to_owned())
        .authors(vec![description.author.to_owned()])
        .language(description.language.code().to_owned())
        .document_id(description.identity.to_owned())
        .creation_date(created)
}

fn outline(layout: &Layout) -> Outline {
    let mut outline = Outline::new();
    for mark in &layout.marks {
        let place = XyzDestination::new(mark.page, Point::from_xy(0.0, (mark.y - 12.0).max(0.0)));
        outline.push_child(OutlineNode::new(mark.text.clone(), place));
    }
    outline
}

fn draw_text(
    surface: &mut Surface<'_>,
    item: &Item,
    typeface: &Typeface,
    identifiers: &mut [Vec<Identifier>],
) {
    let Item::Text {
        x,
        y,
        size,
        colour,
        run,
        node,
    } = item
    else {
        return;
    };
    if run.glyphs.is_empty() {
        return;
    }
    let tag = match node {
        Some(_) => ContentTag::Span(SpanTag::empty()),
        None => ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther)),
    };
    let identifier = surface.start_tagged(tag);
    surface.set_fill(Some(fill(*colour)));
    surface.draw_glyphs(
        Point::from_xy(*x, *y),
        &run.glyphs,
        typeface.font(run.weight),
        &run.text,
        *size,
        false,
    );
    surface.end_tagged();
    if let Some(pieces) = node.and_then(|node| identifiers.get_mut(node)) {
        pieces.push(identifier);
    }
}

fn draw_shape(surface: &mut Surface<'_>, item: &Item) {
    let (path, filled) = match *item {
        Item::Rule {
            x,
            y,
            width,
            thickness,
            colour,
        } => (rectangle(x, y, width, thickness), Some(colour)),
        Item::Panel {
            x,
            y,
            width,
            height,
            colour,
        } => (rectangle(x, y, width, height), Some(colour)),
        Item::Square { x, y, side } => (rectangle(x, y - side + 1.5, side, side), None),
        Item::Text { .. } => return,
    };
    let Some(path) = path else { return };
    match filled {
        Some(colour) => surface.set_fill(Some(fill(colour))),
        None => {
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke {
                paint: rgb_of(Colour::Soft).into(),
                width: 0.9,
                ..Stroke::default()
            }));
        }
    }
    surface.draw_path(&path);
    surface.set_stroke(None);
}

fn rectangle(x: f32, y: f32, width: f32, height: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(x, y, width, height)?);
    path.finish()
}

fn fill(colour: Colour) -> Fill {
    Fill {
        paint: rgb_of(colour).into(),
        opacity: NormalizedF32::ONE,
        rule: krilla::paint::FillRule::default(),
    }
}

/// The colours of the letters.
fn rgb_of(colour: Colour) -> rgb::Color {
    match colour {
        Colour::Ink => rgb::Color::new(0x1c, 0x27, 0x33),
        Colour::Soft => rgb::Color::new(0x55, 0x62, 0x6f),
        Colour::Accent => rgb::Color::new(0x0b, 0x5d, 0x4e),
        Colour::Line => rgb::Color::new(0xdf, 0xe4, 0xe8),
        Colour::Tint => rgb::Color::new(0xee, 0xf5, 0xf3),
        Colour::Warning => rgb::Color::new(0xc9, 0xa2, 0x27),
        Colour::WarningTint => rgb::Color::new(0xff, 0xf8, 0xe1),
    }
}

/// The structure as a tree; a piece without content is left out.
fn tags(layout: &Layout, identifiers: Vec<Vec<Identifier>>, language: Language) -> TagTree {
    let mut groups: Vec<TagGroup> = layout
        .nodes
        .iter()
        .zip(identifiers)
        .map(|(node, pieces)| group(node, pieces.into_iter().map(TagNode::from).collect()))
        .collect();
    let mut roots = Vec::new();
    // Children come after their parents, so from the end each is whole when it is moved into its parent.
    let mut gathered: Vec<Vec<TagGroup>> = vec![Vec::new(); groups.len()];
    for at in (0..layout.nodes.len()).rev() {
        let Some(mut group) = groups.pop() else { break };
        let children = std::mem::take(&mut gathered[at]);
        for child in children.into_iter().rev() {
            group.push(child);
        }
        match layout.nodes[at].parent {
            Some(parent) => gathered[parent].push(group),
            None => roots.push(group),
        }
    }
    let mut tree = TagTree::new().with_lang(Some(language.code().to_owned()));
    for root in roots.into_iter().rev() {
        tree.push(root);
    }
    tree
}

fn group(node: &Node, pieces: Vec<TagNode>) -> TagGroup {
    let title = || node.title.clone();
    let level = |number: u16| NonZeroU16::new(number).unwrap_or(NonZeroU16::MIN);
    match node.role {
        Role::Section => TagGroup::with_children(Tag::Section, pieces),
        Role::Title => TagGroup::with_children(Tag::Hn(level(1), title()), pieces),
        Role::Heading => TagGroup::with_children(Tag::Hn(level(2), title()), pieces),
        Role::Paragraph => TagGroup::with_children(Tag::P, pieces),
        Role::Table => TagGroup::with_children(Tag::Table, pieces),
        Role::Row => TagGroup::with_children(Tag::TR, pieces),
        Role::RowHeader => TagGroup::with_children(Tag::TH(TableHeaderScope::Row), pieces),
        Role::Cell => TagGroup::with_children(Tag::TD, pieces),
    }
}
