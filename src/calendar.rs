//! PURE. Belgian time: what day it is, working days and public holidays, when a term ends.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};

/// Belgian time as a rule (POSIX), so that no file of time zones is read: UTC+1, UTC+2 from the last Sunday of March to the last
/// one of October.
const BELGIAN_TIME: &str = "CET-1CEST,M3.5.0,M10.5.0/3";
/// No row of days off is longer.
const DAYS_OFF_MAX: u32 = 10;

/// The moment as clocks in Belgium show it.
pub fn belgian(at: Timestamp) -> Zoned {
    at.to_zoned(zone())
}

/// The date in Belgium: terms of law and start dates count in Belgian days.
pub fn belgian_date(at: Timestamp) -> Date {
    belgian(at).date()
}

/// When clocks in Belgium show that; a time that the clock skips is an hour later.
pub fn belgian_moment(civil: DateTime) -> Timestamp {
    civil
        .to_zoned(zone())
        .map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}

fn zone() -> TimeZone {
    TimeZone::posix(BELGIAN_TIME).unwrap_or(TimeZone::UTC)
}

/// The ten public holidays (royal decree of 18 April 1974), by rule: any year.
pub fn is_public_holiday(day: Date) -> bool {
    const FIXED: [(i8, i8); 7] = [(1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25)];
    /// Easter Monday, Ascension, Whit Monday.
    const DAYS_AFTER_EASTER: [i64; 3] = [1, 39, 50];
    let easter = easter_sunday(day.year());
    FIXED.contains(&(day.month(), day.day()))
        || DAYS_AFTER_EASTER
            .iter()
            .any(|days| easter.saturating_add(days.days()) == day)
}

/// Monday to Friday less the public holidays.
pub fn is_working_day(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !is_public_holiday(day)
}

/// The day itself, or the next working day: a term that ends on a Saturday, a Sunday or a holiday runs on (regulation (EEC,
/// Euratom) 1182/71, article 3).
pub fn working_day_from(day: Date) -> Date {
    let mut day = day;
    for _ in 0..DAYS_OFF_MAX {
        if is_working_day(day) {
            return day;
        }
        day = day.saturating_add(1.day());
    }
    day
}

/// The working day so many working days after a day, which itself does not count.
pub fn working_days_after(day: Date, days: u32) -> Date {
    (0..days).fold(day, |day, _| working_day_from(day.saturating_add(1.day())))
}

/// Easter Sunday of the Gregorian calendar, after the anonymous algorithm (Meeus, Jones and Butcher).
fn easter_sunday(year: i16) -> Date {
    let year = i32::from(year);
    let golden = year % 19;
    let (century, of_century) = (year / 100, year % 100);
    let (leap_centuries, rest_centuries) = (century / 4, century % 4);
    let lunar = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - leap_centuries - lunar + 15) % 30;
    let weekday = (32 + 2 * rest_centuries + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let shift = (golden + 11 * epact + 22 * weekday) / 451;
    let months = epact + weekday - 7 * shift + 114;
    let (month, day) = (months / 31, months % 31 + 1);
    Date::new(year as i16, month as i8, day as i8).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    #[test]
    fn easter_is_where_the_church_has_it() {
        for (year, month, day) in [
            (1961, 4, 2),
            (2000, 4, 23),
            (2008, 3, 23),
            (2011, 4, 24),
            (2024, 3, 31),
            (2026, 4, 5),
            (2027, 3, 28),
            (2038, 4, 25),
        ] {
            assert_eq!(easter_sunday(year), date(year, month, day));
        }
    }

    #[test]
    fn a_year_has_ten_public_holidays() {
        let mut day = date(2026, 1, 1);
        let mut holidays = Vec::new();
        while day.year() == 2026 {
            if is_public_holiday(day) {
                holidays.push(day.strftime("%d/%m").to_string());
            }
            day = day.saturating_add(1.day());
        }
        let expected = "01/01 06/04 01/05 14/05 25/05 21/07 15/08 01/11 11/11 25/12";
        assert_eq!(holidays.join(" "), expected);
    }

    #[test]
    fn working_days_step_over_weekends_and_holidays() {
        for (from, days, expected) in [
            ("2026-11-23", 0, "2026-11-23"),
            ("2026-11-23", 3, "2026-11-26"),
            ("2026-11-20", 1, "2026-11-23"),
            ("2026-11-21", 1, "2026-11-23"),
            // Good Friday works, Easter Monday does not.
            ("2026-04-02", 1, "2026-04-03"),
            ("2026-04-03", 1, "2026-04-07"),
            // Ascension and the day after, which only bridges.
            ("2026-05-13", 1, "2026-05-15"),
            ("2026-12-24", 1, "2026-12-28"),
            ("2026-12-31", 1, "2027-01-04"),
            ("2028-02-28", 1, "2028-02-29"),
            ("2028-02-28", 2, "2028-03-01"),
            ("2027-02-26", 1, "2027-03-01"),
        ] {
            let day = working_days_after(from.parse().unwrap(), days);
            assert_eq!(day.to_string(), expected, "{from} and {days}");
        }
        assert_eq!(working_day_from(date(2026, 12, 25)), date(2026, 12, 28));
        assert_eq!(working_day_from(date(2026, 7, 21)), date(2026, 7, 22));
        assert_eq!(working_day_from(Date::MAX), Date::MAX);
    }

    #[test]
    fn the_clock_changes_in_march_and_october() {
        for (civil, utc) in [
            (
                date(2026, 3, 28).to_datetime(time(9, 0, 0, 0)),
                "2026-03-28T08:00:00Z",
            ),
            (
                date(2026, 3, 29).to_datetime(time(9, 0, 0, 0)),
                "2026-03-29T07:00:00Z",
            ),
            (
                date(2026, 3, 29).to_datetime(time(2, 30, 0, 0)),
                "2026-03-29T01:30:00Z",
            ),
            (
                date(2026, 10, 25).to_datetime(time(9, 0, 0, 0)),
                "2026-10-25T08:00:00Z",
            ),
        ] {
            assert_eq!(belgian_moment(civil).to_string(), utc);
        }
        let late: Timestamp = "2026-11-23T23:30:00Z".parse().unwrap();
        assert_eq!(belgian_date(late), date(2026, 11, 24));
    }
}
