//! What the fuzz targets look at and nobody else may: compiled for them alone.

use std::ops::Range;

use super::{SentLetter, numbered::Numbering, ordered, own, scope::Scope};
use crate::reading::Message;
use crate::registration::Registration;

/// The customer's own pieces with where they stand in the body, as [`super::understand`] reads them.
pub fn own_pieces(
    message: &Message,
    registration: &Registration,
    letter: Option<&SentLetter>,
) -> Vec<(String, Option<Range<usize>>)> {
    let mut numbering = Numbering::new(message, registration, letter);
    let pieces = own::pieces(message, registration, letter)
        .into_iter()
        .flat_map(|piece| numbering.cut(piece, &mut Vec::new()))
        .collect();
    let scope = Scope::new(message, registration);
    ordered::cut(&scope, numbering.fields(), pieces)
        .into_iter()
        .map(|piece| (piece.text, piece.range))
        .collect()
}
