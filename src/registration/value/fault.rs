//! The codes of everything that can be wrong with a value. They are stable: letters, the desk and events hold them.

/// Nothing but white space.
pub const EMPTY: &str = "empty";
/// Longer than any value of the field can be.
pub const TOO_LONG: &str = "too_long";

/// An EAN that has not 18 digits; [`super::digit_count`] says how many it has.
pub const EAN_LENGTH: &str = "ean_length";
/// 18 digits whose last does not fit the others (GS1 modulo 10): a typing error somewhere.
pub const EAN_CHECK_DIGIT: &str = "ean_check_digit";
/// A supply point of another country: 87 is the Netherlands.
pub const EAN_COUNTRY: &str = "ean_country";
/// 18 digits that do not begin with 54, as every Belgian supply point does.
pub const EAN_PREFIX: &str = "ean_prefix";
/// Letters or signs that belong in no EAN, or O and I in a number that is not valid with 0 and 1 either.
pub const EAN_LETTERS: &str = "ean_letters";

/// Not the form of an IBAN of its country (ISO 13616).
pub const IBAN_FORMAT: &str = "iban_format";
/// The form of an IBAN, but its check digits do not fit: a typing error somewhere.
pub const IBAN_CHECK: &str = "iban_check";

/// No number that any phone has.
pub const PHONE_INVALID: &str = "phone_invalid";
/// A Belgian number with digits missing or too many.
pub const PHONE_LENGTH: &str = "phone_length";

/// Not ten digits that begin with 0 or 1 (an establishment number begins with 2 to 8).
pub const ENTERPRISE_NUMBER_FORMAT: &str = "enterprise_number_format";
/// Ten digits whose last two do not fit the others (modulo 97).
pub const ENTERPRISE_NUMBER_CHECK: &str = "enterprise_number_check";

/// No date, or a day that the calendar has not.
pub const DATE_INVALID: &str = "date_invalid";
/// A date whose year is not said, or only by two digits that fit two centuries.
pub const DATE_AMBIGUOUS: &str = "date_ambiguous";

/// Not four digits.
pub const POSTAL_CODE_FORMAT: &str = "postal_code_format";
/// Four digits that are no Belgian postal code.
pub const POSTAL_CODE_UNKNOWN: &str = "postal_code_unknown";

/// Neither the form of a digital meter's number nor 5 to 12 digits.
pub const METER_NUMBER_FORMAT: &str = "meter_number_format";
/// A valid EAN where a meter number should stand.
pub const METER_NUMBER_IS_EAN: &str = "meter_number_is_ean";

/// No e-mail address (RFC 5321).
pub const EMAIL_FORMAT: &str = "email_format";

/// No name: digits, signs, an e-mail address, or a single letter.
pub const NAME_FORMAT: &str = "name_format";
/// No street: no letters in it.
pub const STREET_FORMAT: &str = "street_format";
/// Not a number with an index at most.
pub const HOUSE_NUMBER_FORMAT: &str = "house_number_format";
/// A house number and a box in one.
pub const HOUSE_NUMBER_WITH_BOX: &str = "house_number_with_box";
/// Not the short text that a box is.
pub const BOX_FORMAT: &str = "box_format";
/// No name of a place: no letters in it, or digits.
pub const MUNICIPALITY_FORMAT: &str = "municipality_format";

/// Every code, for those who must have words for each.
pub const ALL: [&str; 26] = [
    EMPTY,
    TOO_LONG,
    EAN_LENGTH,
    EAN_CHECK_DIGIT,
    EAN_COUNTRY,
    EAN_PREFIX,
    EAN_LETTERS,
    IBAN_FORMAT,
    IBAN_CHECK,
    PHONE_INVALID,
    PHONE_LENGTH,
    ENTERPRISE_NUMBER_FORMAT,
    ENTERPRISE_NUMBER_CHECK,
    DATE_INVALID,
    DATE_AMBIGUOUS,
    POSTAL_CODE_FORMAT,
    POSTAL_CODE_UNKNOWN,
    METER_NUMBER_FORMAT,
    METER_NUMBER_IS_EAN,
    EMAIL_FORMAT,
    NAME_FORMAT,
    STREET_FORMAT,
    HOUSE_NUMBER_FORMAT,
    HOUSE_NUMBER_WITH_BOX,
    BOX_FORMAT,
    MUNICIPALITY_FORMAT,
];
