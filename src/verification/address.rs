//! The supply address.

use std::sync::LazyLock;

use regex::Regex;

use super::{Case, code};
use crate::registration::value::{fault, fold_key};
use crate::registration::{Field, Finding, places};

pub(super) fn postal_code(case: &Case<'_>) -> Vec<Finding> {
    match case.value(Field::PostalCode) {
        None => case.missing(Field::PostalCode, code::POSTAL_CODE_MISSING),
        Some(_) => case.invalid_if_faulty(Field::PostalCode),
    }
}

/// The question is put about the postal code: that is what the distributor goes by, and an answer to it may name
/// either.
pub(super) fn municipality(case: &Case<'_>) -> Vec<Finding> {
    let postal_code = case.valid(Field::PostalCode);
    match (case.value(Field::Municipality), postal_code) {
        (None, None) => case.missing(Field::Municipality, code::MUNICIPALITY_MISSING),
        (Some(name), Some(code)) if !places::fits(name, &code) && !places::nearly_fits(name, &code) => {
            case.doubtful(Field::PostalCode, code::POSTAL_CODE_MUNICIPALITY)
        }
        _ => Vec::new(),
    }
}

pub(super) fn street(case: &Case<'_>) -> Vec<Finding> {
    let Some(street) = case.value(Field::Street) else {
        return case.missing(Field::Street, code::STREET_MISSING);
    };
    if let Some(fault) = case.fault(Field::Street) {
        return case.doubtful(Field::Street, fault.code);
    }
    if holds_number(street) {
        case.doubtful(Field::Street, code::STREET_WITH_NUMBER)
    } else {
        Vec::new()
    }
}

pub(super) fn house_number(case: &Case<'_>) -> Vec<Finding> {
    if case.value(Field::HouseNumber).is_none() {
        return case.missing(Field::HouseNumber, code::HOUSE_NUMBER_MISSING);
    }
    match case.fault(Field::HouseNumber) {
        // `32/20` is plain enough when the box field repeats it.
        Some(fault) if fault.code == fault::HOUSE_NUMBER_WITH_BOX && repeats_box(case) => Vec::new(),
        Some(fault) => case.doubtful(Field::HouseNumber, fault.code),
        None => Vec::new(),
    }
}

pub(super) fn box_number(case: &Case<'_>) -> Vec<Finding> {
    case.fault(Field::Box)
        .map(|fault| case.doubtful(Field::Box, fault.code))
        .unwrap_or_default()
}

fn repeats_box(case: &Case<'_>) -> bool {
    let (Some(number), Some(bare)) = (case.value(Field::HouseNumber), case.valid(Field::Box)) else {
        return false;
    };
    number
        .strip_suffix(bare.as_str())
        .is_some_and(|head| head.ends_with(|character: char| !character.is_alphanumeric()))
}

/// Whether a house number or a whole address stands in the street. Streets may hold digits of their own: a day
/// (`Rue du 11 Novembre 1918`), an ordinal (`4de Lansierslaan`, `1 Meistraat`), a number of kilometres.
fn holds_number(street: &str) -> bool {
    static AT_END: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\D[ ,]+(\d{1,4})( ?[a-z]| bis| ter)?([ ,/]+(b|bte|bus|box|boite|app?t?)?\.? ?\d+)?$")
            .expect("a fixed pattern")
    });
    static AT_START: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\d{1,4} ?[a-z]?[ ,]+(rue|avenue|av|chaussee|boulevard|bd|place|chemin|route|allee|quai|square|clos|impasse|dreve)\b")
            .expect("a fixed pattern")
    });
    static POSTAL_CODE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\b([1-9]\d{3}) +\pL{2,}").expect("a fixed pattern"));
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\d+(er|e|de|ste)? ?(janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)")
            .expect("a fixed pattern")
    });
    let lower = street.to_lowercase();
    let folded = fold_key(street);
    if DAY.is_match(&folded) {
        return false;
    }
    let whole_address = POSTAL_CODE
        .captures_iter(&lower)
        .filter_map(|found| found.get(1))
        .any(|code| places::is_known(code.as_str()));
    AT_END.is_match(&lower) || AT_START.is_match(&folded) || whole_address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_house_numbers_from_streets_with_digits() {
        for street in [
            "Rue Haute 12",
            "Rue Haute, 12 bte 3",
            "Kerkstraat 4A",
            "12 rue Haute",
            "Kerkstraat 4, 9000 Gent",
            "Rue Haute 4000 Liège",
        ] {
            assert!(holds_number(street), "{street}");
        }
        for street in [
            "Rue Haute",
            "Rue du 11 Novembre",
            "Place du 8 Mai 1945",
            "1 Meistraat",
            "11 Julilaan",
            "4de Lansierslaan",
            "Rue de la 1ère Armée",
            "Avenue du 1er Mai",
            "Allée des 3 Tilleuls",
        ] {
            assert!(!holds_number(street), "{street}");
        }
    }
}
