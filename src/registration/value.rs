//! Whether a text is a valid value of a field, and its one normal form. Nothing else in the program decides that.

use super::Field;

/// Why a text is no valid value. `code` is stable (letters and the desk choose their words by it).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}")]
pub struct ValueFault {
    /// Such as `ean_length`, `ean_check_digit`, `ean_country`, `iban_check`, `phone_invalid`, `date_invalid`.
    pub code: &'static str,
}

/// The normal form of `text` as a value of `field`: EAN 18 digits; phone E.164; dates ISO 8601; IBAN and enterprise
/// number without spaces or dots (`BE0123456749`); postal code 4 digits; meter numbers without separators; names,
/// streets and municipalities as written, white space folded.
///
/// # Errors
/// The first fault that makes the text no value of the field.
pub fn normalise(field: Field, text: &str) -> Result<String, ValueFault> {
    let _ = (field, text);
    todo!()
}
