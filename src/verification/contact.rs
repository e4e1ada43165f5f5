//! The date of birth, the phone number, the e-mail address.

use jiff::{ToSpan, civil::Date};

use super::{Case, code};
use crate::registration::value::EmailAddress;
use crate::registration::{CustomerType, Field, Finding};

/// A business has none.
pub(super) fn date_of_birth(case: &Case<'_>) -> Vec<Finding> {
    let field = Field::DateOfBirth;
    if case.registration.customer_type == CustomerType::Business {
        return Vec::new();
    }
    if case.value(field).is_none() {
        return case.missing(field, code::DATE_OF_BIRTH_MISSING);
    }
    let Some(born) = case.valid(field).and_then(|date| date.parse::<Date>().ok()) else {
        return case.invalid_if_faulty(field);
    };
    let (today, settings) = (case.circumstances.today, &case.circumstances.settings);
    if born > today {
        case.invalid(field, code::DATE_OF_BIRTH_FUTURE)
    } else if born > years_before(today, settings.age_years_min) {
        case.agent(field, code::UNDER_AGE)
    } else if born < years_before(today, settings.age_years_max) {
        case.doubtful(field, code::DATE_OF_BIRTH_TOO_OLD)
    } else {
        Vec::new()
    }
}

fn years_before(day: Date, years: u8) -> Date {
    day.saturating_sub(i64::from(years).years())
}

pub(super) fn phone(case: &Case<'_>) -> Vec<Finding> {
    match case.value(Field::Phone) {
        None => case.missing(Field::Phone, code::PHONE_MISSING),
        Some(_) => case.invalid_if_faulty(Field::Phone),
    }
}

/// Nothing about the address can be asked by e-mail: these go to a person who phones.
pub(super) fn email(case: &Case<'_>) -> Vec<Finding> {
    let Some(text) = case.value(Field::Email) else {
        return case.agent(Field::Email, code::EMAIL_MISSING);
    };
    match text.parse::<EmailAddress>() {
        Err(_) => case.agent(Field::Email, code::EMAIL_FORMAT),
        Ok(address) if is_misspelled_provider(address.domain()) && !case.confirmed(Field::Email) => {
            case.agent(Field::Email, code::EMAIL_DOMAIN_TYPO)
        }
        Ok(_) => Vec::new(),
    }
}

/// Domains that are nearly always a slip for a large provider's. Real ones that look alike (hotmail.be, outlook.be,
/// live.be, skynet.be, telenet.be, scarlet.be, voo.be) are not among them.
fn is_misspelled_provider(domain: &str) -> bool {
    const SLIPS: [&str; 17] = [
        "gmial", "gmal", "gamil", "gmai", "gnail", "gmaill", "gmil", "hotmial", "hotmal", "hotmai",
        "hotamil", "hotmil", "outlok", "outloo", "yaho", "yahooo", "telnet",
    ];
    const WHOLE: [&str; 7] = [
        "gmail.be",
        "gmail.fr",
        "gmail.nl",
        "skynet.com",
        "telenet.com",
        "proximus.com",
        "voo.com",
    ];
    const TOP_SLIPS: [&str; 4] = ["con", "cm", "ocm", "comm"];
    let (name, top) = domain.rsplit_once('.').unwrap_or((domain, ""));
    SLIPS.contains(&name) || WHOLE.contains(&domain) || TOP_SLIPS.contains(&top)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_usual_slips_and_leaves_real_domains_alone() {
        for slip in [
            "gmial.com",
            "gmail.be",
            "gmail.con",
            "hotmail.cm",
            "hotmal.com",
            "outlok.be",
            "yaho.fr",
            "skynet.com",
        ] {
            assert!(is_misspelled_provider(slip), "{slip}");
        }
        for real in [
            "gmail.com",
            "hotmail.be",
            "outlook.be",
            "live.be",
            "skynet.be",
            "telenet.be",
            "scarlet.be",
            "voo.be",
            "mail.example",
            "yahoo.fr",
        ] {
            assert!(!is_misspelled_provider(real), "{real}");
        }
    }
}
