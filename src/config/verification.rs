//! `[verification]`: what the rules need to be told.

use crate::verification::Settings;

use super::reader::Section;

pub(super) fn read(mut section: Section<'_>) -> Settings {
    let default = Settings::default();
    let settings = Settings {
        switch_notice_days: section.number("switch_notice_days", default.switch_notice_days.into(), 0..=365)
            as u16,
        start_date_ahead_days_max: section.number(
            "start_date_ahead_days_max",
            default.start_date_ahead_days_max.into(),
            1..=3650,
        ) as u16,
        age_years_min: section.number("age_years_min", default.age_years_min.into(), 0..=30) as u8,
        age_years_max: section.number("age_years_max", default.age_years_max.into(), 60..=150) as u8,
    };
    section.finish();
    settings
}
