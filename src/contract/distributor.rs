//! The distributor to name in a contract confirmation, where it is certain.

use crate::registration::{Energy, Field, Registration};

/// Baarle-Hertog: its gas comes in part from the Netherlands.
const BAARLE_HERTOG: &str = "2387";

/// The distributor's name; none where the supply address does not settle it. The prefix of an EAN is history, not geography
/// (networks change hands, numbers stay), so it only confirms what the postal code says.
pub fn name(registration: &Registration, energy: Energy) -> Option<&'static str> {
    let postal_code = registration.field(Field::PostalCode)?;
    let number: u16 = postal_code.parse().ok()?;
    match number {
        1000..=1299 => Some("Sibelga"),
        1300..=1499 | 4000..=7999 => walloon(registration.field(energy.ean_field())?),
        1500..=3999 | 8000..=9992 if energy == Energy::Gas && postal_code == BAARLE_HERTOG => None,
        1500..=3999 | 8000..=9992 => Some("Fluvius"),
        _ => None,
    }
}

/// Wallonia has several; the prefixes are the GS1 company numbers seen at one of them alone.
fn walloon(ean: &str) -> Option<&'static str> {
    match ean.get(..7)? {
        "5414490" => Some("ORES"),
        "5414567" | "5414609" => Some("RESA"),
        "5414557" => Some("REW"),
        _ => None,
    }
}
