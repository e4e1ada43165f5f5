//! Colours of HTML text: whether one stands out from black, grey and white. Customers answer "in red, below".

/// Whether the colour that a `style` or `color` attribute sets stands out; `None` when it sets none that is known.
pub(crate) fn stands_out(style: Option<&str>, attribute: Option<&str>) -> Option<bool> {
    rgb(declared(style).or(attribute)?).map(is_vivid)
}

/// Whether a `style` or `color` attribute writes in white, or so nearly that it cannot be read on white.
pub(crate) fn is_white(style: Option<&str>, attribute: Option<&str>) -> bool {
    const NEARLY_WHITE_MIN: u8 = 250;
    declared(style)
        .or(attribute)
        .and_then(rgb)
        .is_some_and(|colour| colour.iter().all(|part| *part >= NEARLY_WHITE_MIN))
}

fn declared(style: Option<&str>) -> Option<&str> {
    style?.split(';').rev().find_map(|declaration| {
        let (property, value) = declaration.split_once(':')?;
        property.trim().eq_ignore_ascii_case("color").then_some(value)
    })
}

/// So far apart are the strongest and the weakest of red, green and blue in a colour that stands out.
const VIVID_SPREAD: u8 = 96;

fn is_vivid([red, green, blue]: [u8; 3]) -> bool {
    red.max(green).max(blue) - red.min(green).min(blue) >= VIVID_SPREAD
}

fn rgb(value: &str) -> Option<[u8; 3]> {
    let value = value
        .trim()
        .trim_end_matches("!important")
        .trim()
        .to_ascii_lowercase();
    if let Some(digits) = value.strip_prefix('#') {
        return hexadecimal(digits);
    }
    if let Some(list) = value.strip_prefix("rgb(").or_else(|| value.strip_prefix("rgba(")) {
        let mut numbers = list
            .split([',', ' ', ')'])
            .filter(|part| !part.is_empty())
            .map(|part| part.trim().parse::<u8>().ok());
        return Some([numbers.next()??, numbers.next()??, numbers.next()??]);
    }
    const NAMED: &[(&str, [u8; 3])] = &[
        ("red", [255, 0, 0]),
        ("blue", [0, 0, 255]),
        ("green", [0, 128, 0]),
        ("lime", [0, 255, 0]),
        ("orange", [255, 165, 0]),
        ("purple", [128, 0, 128]),
        ("fuchsia", [255, 0, 255]),
        ("magenta", [255, 0, 255]),
        ("maroon", [128, 0, 0]),
        ("navy", [0, 0, 128]),
        ("teal", [0, 128, 128]),
        ("brown", [165, 42, 42]),
        ("crimson", [220, 20, 60]),
        ("darkred", [139, 0, 0]),
        ("darkblue", [0, 0, 139]),
        ("black", [0, 0, 0]),
        ("windowtext", [0, 0, 0]),
        ("gray", [128, 128, 128]),
        ("grey", [128, 128, 128]),
        ("white", [255, 255, 255]),
    ];
    NAMED.iter().find(|(name, _)| *name == value).map(|(_, rgb)| *rgb)
}

fn hexadecimal(digits: &str) -> Option<[u8; 3]> {
    let nibbles: Option<Vec<u8>> = digits
        .chars()
        .map(|letter| letter.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect();
    match nibbles?.as_slice() {
        [red, green, blue] => Some([red * 17, green * 17, blue * 17]),
        [r1, r2, g1, g2, b1, b2, ..] => Some([r1 * 16 + r2, g1 * 16 + g2, b1 * 16 + b2]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_in_their_many_forms() {
        for value in [
            "color:red",
            "COLOR: #FF0000",
            "font-size:11pt;color:#C00",
            "color:rgb(0, 112, 192) !important",
            "background:white;color:#0070C0",
        ] {
            assert_eq!(stands_out(Some(value), None), Some(true), "{value}");
        }
        for value in [
            "color:black",
            "color: rgb(34,34,34)",
            "color:#222222",
            "color:windowtext",
            "color:#1F497D",
        ] {
            assert_eq!(stands_out(Some(value), None), Some(false), "{value}");
        }
        assert_eq!(stands_out(Some("background-color:red"), None), None);
        assert_eq!(stands_out(None, Some("#FF0000")), Some(true));
        assert_eq!(stands_out(Some("color:inherit"), None), None);
    }
}
