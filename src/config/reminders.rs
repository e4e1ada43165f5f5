//! `[reminders]`: how long a silent customer is waited for, and what happens then.

use crate::registration::Patience;
use crate::registration::silence::REMINDERS_MAX;

use super::reader::Section;

pub(super) fn read(mut section: Section<'_>) -> Patience {
    let default = Patience::default();
    let mut number = |key, default: u32, bounds: std::ops::RangeInclusive<u64>| {
        section.number(key, u64::from(default), bounds) as u32
    };
    let patience = Patience {
        reminders_max: number("max", default.reminders_max, 0..=u64::from(REMINDERS_MAX)),
        reminder_after_working_days: number(
            "after_working_days",
            default.reminder_after_working_days,
            1..=60,
        ),
        call_after_working_days: number("call_after_working_days", default.call_after_working_days, 1..=60),
        expire_after_days: number("expire_after_days", default.expire_after_days, 1..=365),
        hurry_days: number("hurry_days", default.hurry_days, 0..=90),
        from_hour: number("from_hour", default.from_hour, 0..=22),
        until_hour: number("until_hour", default.until_hour, 1..=24),
    };
    if patience.from_hour >= patience.until_hour {
        section.fault(
            "until_hour",
            format!("is not after `from_hour` ({})", patience.from_hour),
            "Letters go out between the two, such as from_hour = 8, until_hour = 20",
        );
    }
    section.finish();
    patience
}
