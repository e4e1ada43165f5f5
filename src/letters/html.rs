//! The HTML part: the same content in one column, without anything fetched from elsewhere.

use askama::Template;

use super::LetterFault;
use super::content::{Block, Content};
use crate::registration::Language;

#[derive(Template)]
#[template(path = "letters/letter.html")]
struct Page<'a> {
    language: Language,
    brand: &'a str,
    colon: &'a str,
    content: &'a Content,
}

/// The HTML part. Whatever customers gave is escaped.
///
/// # Errors
/// [`LetterFault::Template`] when the template fails.
pub fn render(
    content: &Content,
    language: Language,
    brand: &str,
    colon: &str,
) -> Result<String, LetterFault> {
    let page = Page {
        language,
        brand,
        colon,
        content,
    };
    page.render()
        .map_err(|fault| LetterFault::Template(fault.to_string()))
}
