//! What the elements of an HTML mail say by their form: whether they are seen, struck through, a quote, a signature, by the
//! classes, ids and styles that the mail clients give them.

use scraper::node::Element;

use super::Role;
use super::colour;

const UNSEEN: &[&str] = &[
    "head", "style", "script", "title", "template", "noscript", "object", "select", "iframe", "svg", "math",
];

/// Whether nobody sees what the element holds. White letters are seen on a background of their own.
pub(crate) fn is_unseen(element: &Element, on_background: bool) -> bool {
    if UNSEEN.contains(&element.name()) || element.attr("hidden").is_some() {
        return true;
    }
    let Some(style) = element.attr("style").map(squeezed) else {
        return !on_background && colour::is_white(None, element.attr("color"));
    };
    let zero = |property: &str| value_of(&style, property).is_some_and(is_zero);
    let says = |declaration: &str| style.contains(declaration);
    says("display:none")
        || says("visibility:hidden")
        || says("mso-hide:all")
        || zero("font-size")
        || zero("opacity")
        || (zero("max-height") && says("overflow:hidden"))
        || (!on_background && colour::is_white(element.attr("style"), element.attr("color")))
}

/// The value of a property in a squeezed style.
fn value_of<'a>(style: &'a str, property: &str) -> Option<&'a str> {
    style.split(';').find_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        (name == property).then_some(value)
    })
}

/// `0`, `0px`, `0.0em`.
fn is_zero(value: &str) -> bool {
    let number: String = value
        .chars()
        .take_while(|letter| letter.is_ascii_digit() || *letter == '.')
        .collect();
    number.parse::<f32>().is_ok_and(|number| number == 0.0)
}

/// Whether an element sets a background that is not white.
pub(crate) fn sets_background(element: &Element) -> bool {
    let plain = [
        "white",
        "#fff",
        "#ffffff",
        "transparent",
        "none",
        "inherit",
        "initial",
        "rgb(255,255,255)",
        "unset",
        "0",
        "",
    ];
    let coloured = |value: &str| {
        let value = squeezed(value);
        let value = value.trim_end_matches("!important");
        !plain.contains(&value)
    };
    let style = element.attr("style").map(squeezed).unwrap_or_default();
    let declared = ["background-color", "background"]
        .into_iter()
        .find_map(|property| value_of(&style, property));
    declared.or(element.attr("bgcolor")).is_some_and(coloured)
}

/// Whether the sender struck through what the element holds.
pub(crate) fn is_struck(element: &Element, name: &str) -> bool {
    matches!(name, "s" | "strike" | "del")
        || element
            .attr("style")
            .is_some_and(|style| squeezed(style).contains("line-through"))
}

pub(crate) fn style_has(element: &Element, declaration: &str) -> bool {
    element
        .attr("style")
        .is_some_and(|style| squeezed(style).contains(declaration))
}

fn squeezed(style: &str) -> String {
    style
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}

/// Outlook and the webmails write a line a paragraph, without a gap between them.
pub(crate) fn has_margin(element: &Element) -> bool {
    let flat = [
        "MsoNormal",
        "elementToProof",
        "default-style",
        "MsoPlainText",
        "MsoListParagraph",
    ];
    !element.classes().any(|class| {
        flat.contains(&class)
            || class
                .strip_prefix("x_")
                .is_some_and(|class| flat.contains(&class))
    }) && !style_has(element, "margin:0")
        && !style_has(element, "margin-top:0")
}

/// Whether an element holds a quote, by its form. What is only indented is none.
pub(crate) fn is_quote(element: &Element, name: &str) -> bool {
    if name == "blockquote" {
        let indented =
            style_has(element, "border:none") || element.classes().any(|class| class.contains("indent"));
        let cited = element.attr("type") == Some("cite")
            || element
                .classes()
                .any(|class| class.contains("quote") && !class.contains("indent"));
        return cited || !indented;
    }
    let class_is_quote = element.classes().any(|class| {
        class.contains("yahoo_quoted")
            || matches!(
                class,
                "tutanota_quote"
                    | "ms-outlook-mobile-reference-message"
                    | "zmail_extra"
                    | "moz-forward-container"
                    | "ik_mail_quote"
            )
    });
    let id_is_quote = element.attr("id").is_some_and(|id| {
        id.contains("yahoo_quoted")
            || matches!(
                id,
                "mail-editor-reference-message-container"
                    | "OLK_SRC_BODY_SECTION"
                    | "oriMsgHtmlSeperator"
                    | "oriMsg"
            )
    });
    class_is_quote
        || (id_is_quote && !element.classes().any(|class| class.contains("yahoo_quoted")))
        || element.attr("data-marker") == Some("__QUOTED_TEXT__")
        || (name == "div" && element.attr("name") == Some("quote"))
}

/// The rule that Word draws over the headers of what it quotes.
fn is_word_header(element: &Element) -> bool {
    const RULE_COLOURS: [&str; 2] = ["border-top:solid#e1e1e1", "border-top:solid#b5c4df"];
    element.name() == "div" && RULE_COLOURS.iter().any(|rule| style_has(element, rule))
}

/// What a mail client says of a piece by its class or id.
pub(crate) fn hint(element: &Element) -> Option<Role> {
    let id = element.attr("id").unwrap_or_default();
    let id = id.strip_prefix("x_").unwrap_or(id);
    let has_class = |names: &[&str]| {
        element
            .classes()
            .any(|class| names.contains(&class.strip_prefix("x_").unwrap_or(class)))
    };
    if has_class(&[
        "gmail_attr",
        "moz-cite-prefix",
        "moz-email-headers-table",
        "OutlookMessageHeader",
    ]) || matches!(id, "divRplyFwdMsg" | "reply-intro")
        || is_word_header(element)
        || element.attr("data-marker") == Some("__HEADERS__")
    {
        return Some(Role::Attribution);
    }
    let signature_ids = [
        "Signature",
        "ms-outlook-mobile-signature",
        "composer_signature",
        "AppleMailSignature",
        "signature",
        "_rc_sig",
        "Zm-_Id_-Sgn",
        "Zm-_Id_-Sgn1",
    ];
    if has_class(&[
        "gmail_signature",
        "moz-signature",
        "protonmail_signature_block",
        "io-ox-signature",
        "mailspring-signature",
        "yahoo_signature",
    ]) || signature_ids.contains(&id)
        || element.attr("data-smartmail") == Some("gmail_signature")
        || element.attr("data-marker") == Some("__SIG_POST__")
        || element.attr("name") == Some("messageSignatureSection")
    {
        return Some(Role::Signature);
    }
    None
}
