//! The codes of the rules of verification. They are stable: letters, the desk and events hold them. Beside these a
//! value that fails its own checks carries the code of its [fault](crate::registration::value::fault).

/// An energy was chosen and its EAN is not known. Asked even where a meter number is: the EAN is what the distributor
/// is asked for.
pub const EAN_MISSING: &str = "ean_missing";
/// One EAN for both energies; each has its own.
pub const EAN_SAME_FOR_BOTH: &str = "ean_same_for_both";
/// Valid, but its serial is one repeated digit: somebody filled a box.
pub const EAN_FILLER: &str = "ean_filler";
/// The distributor of the EAN does not serve the region of the postal code.
pub const EAN_REGION: &str = "ean_region";
/// For an agent: another active or pending registration has this EAN.
pub const EAN_IN_USE: &str = "ean_in_use";

pub const POSTAL_CODE_MISSING: &str = "postal_code_missing";
/// The municipality is none of the places of the postal code.
pub const POSTAL_CODE_MUNICIPALITY: &str = "postal_code_municipality";
/// Asked only where the postal code does not tell it.
pub const MUNICIPALITY_MISSING: &str = "municipality_missing";
pub const STREET_MISSING: &str = "street_missing";
/// The street holds a house number or a whole address.
pub const STREET_WITH_NUMBER: &str = "street_with_number";
pub const HOUSE_NUMBER_MISSING: &str = "house_number_missing";

pub const NAME_MISSING: &str = "name_missing";
/// Digits, signs or an e-mail address where a name should be.
pub const NAME_FORMAT: &str = "name_format";
/// A single letter.
pub const NAME_SHORT: &str = "name_short";
/// `test`, `asdf` and the like.
pub const NAME_FILLER: &str = "name_filler";
/// First and last name are the same.
pub const NAME_TWICE: &str = "name_twice";
/// A first name one slip away from a common one: `Jaen`.
pub const FIRST_NAME_SPELLING: &str = "first_name_spelling";
/// A name taken down by phone that the customer's own e-mail address spells a little otherwise.
pub const NAME_UNLIKE_EMAIL: &str = "name_unlike_email";

pub const DATE_OF_BIRTH_MISSING: &str = "date_of_birth_missing";
pub const DATE_OF_BIRTH_FUTURE: &str = "date_of_birth_future";
/// Older than anybody is likely to be.
pub const DATE_OF_BIRTH_TOO_OLD: &str = "date_of_birth_too_old";
/// For an agent: the customer is not of age.
pub const UNDER_AGE: &str = "under_age";

pub const PHONE_MISSING: &str = "phone_missing";
/// For an agent: nothing can be asked by e-mail.
pub const EMAIL_MISSING: &str = "email_missing";
/// For an agent: an address that mail cannot be sent to.
pub const EMAIL_FORMAT: &str = "email_format";
/// For an agent: the domain is a common misspelling of a large provider's.
pub const EMAIL_DOMAIN_TYPO: &str = "email_domain_typo";

pub const COMPANY_NAME_MISSING: &str = "company_name_missing";
pub const ENTERPRISE_NUMBER_MISSING: &str = "enterprise_number_missing";
/// A household that gave an enterprise number: is it a private or a business contract?
pub const ENTERPRISE_NUMBER_RESIDENTIAL: &str = "enterprise_number_residential";

/// A move without the day of it.
pub const START_DATE_MISSING: &str = "start_date_missing";
/// A switch sooner than its notice allows.
pub const START_DATE_TOO_EARLY: &str = "start_date_too_early";
/// A switch in the past, or a move longer ago than its papers may take.
pub const START_DATE_PAST: &str = "start_date_past";
pub const START_DATE_TOO_FAR: &str = "start_date_too_far";

/// Every code of this room, for those who must have words for each.
pub const ALL: [&str; 33] = [
    EAN_MISSING,
    EAN_SAME_FOR_BOTH,
    EAN_FILLER,
    EAN_REGION,
    EAN_IN_USE,
    POSTAL_CODE_MISSING,
    POSTAL_CODE_MUNICIPALITY,
    MUNICIPALITY_MISSING,
    STREET_MISSING,
    STREET_WITH_NUMBER,
    HOUSE_NUMBER_MISSING,
    NAME_MISSING,
    NAME_FORMAT,
    NAME_SHORT,
    NAME_FILLER,
    NAME_TWICE,
    FIRST_NAME_SPELLING,
    NAME_UNLIKE_EMAIL,
    DATE_OF_BIRTH_MISSING,
    DATE_OF_BIRTH_FUTURE,
    DATE_OF_BIRTH_TOO_OLD,
    UNDER_AGE,
    PHONE_MISSING,
    EMAIL_MISSING,
    EMAIL_FORMAT,
    EMAIL_DOMAIN_TYPO,
    COMPANY_NAME_MISSING,
    ENTERPRISE_NUMBER_MISSING,
    ENTERPRISE_NUMBER_RESIDENTIAL,
    START_DATE_MISSING,
    START_DATE_TOO_EARLY,
    START_DATE_PAST,
    START_DATE_TOO_FAR,
];
