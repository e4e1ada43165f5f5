//! `[brand]`: who writes, as shown in every letter.

use crate::letters::Brand;

use super::reader::Section;

pub(super) fn read(mut section: Section<'_>, answer_days: u8) -> Brand {
    let mut text = |key: &'static str, default: &str| section.text(key).unwrap_or_else(|| default.to_owned());
    let brand = Brand {
        name: text("name", "Service Client"),
        address: text("address", ""),
        enterprise_number: text("enterprise_number", ""),
        phone: text("phone", ""),
        phone_hours: [
            text("phone_hours_fr", ""),
            text("phone_hours_nl", ""),
            text("phone_hours_de", ""),
            text("phone_hours_en", ""),
        ],
        website: text("website", ""),
        ombudsman: text(
            "ombudsman",
            "Service de Médiation de l'Energie / Ombudsdienst voor Energie, mediateurenergie.be",
        ),
        answer_days,
    };
    section.finish();
    brand
}
