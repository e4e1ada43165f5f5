//! Signatures among the own lines: what a habit adds below an answer.

use super::line::Line;
use super::{Role, footer};

/// Turns own lines into Signature and Footer where they are that.
pub(crate) fn mark(lines: &[Line], roles: &mut [Role]) {
    answers_typed_into_the_signature(lines, roles);
    footer::mark(lines, roles);
    let mut start = 0;
    while start < lines.len() {
        if roles[start] != Role::Own {
            start += 1;
            continue;
        }
        let end = start
            + roles[start..]
                .iter()
                .take_while(|role| **role == Role::Own)
                .count();
        mark_signature(&lines[start..end], &mut roles[start..end]);
        start = end;
    }
}

/// Some write into the signature that their program put under the cursor. Then nothing stands outside it.
fn answers_typed_into_the_signature(lines: &[Line], roles: &mut [Role]) {
    let empty = lines
        .iter()
        .zip(roles.iter())
        .all(|(line, role)| *role != Role::Own || line.is_blank());
    for (line, role) in lines.iter().zip(roles.iter_mut()) {
        if *role == Role::Signature && (empty || is_value(&line.text)) {
            *role = Role::Own;
        }
    }
}

/// Nobody says good-bye more often; each look behind one costs the rest of the message.
const SIGN_OFFS_MAX: usize = 10;

fn mark_signature(lines: &[Line], roles: &mut [Role]) {
    let first_text = lines
        .iter()
        .position(|line| !line.is_blank())
        .unwrap_or(lines.len());
    let mut sign_offs = 0;
    for (index, line) in lines.iter().enumerate() {
        if is_delimiter(&line.text) && index > first_text {
            roles[index..].fill(Role::Signature);
            return;
        }
        if roles[index] != Role::Own || sign_offs == SIGN_OFFS_MAX {
            continue;
        }
        let after = &lines[index + 1..];
        match sign_off(&line.text) {
            Some(SignOff::Weak) if !is_name_block(after) => {}
            Some(_) => {
                mark_block_after_sign_off(after, &mut roles[index + 1..]);
                sign_offs += 1;
            }
            None => {}
        }
    }
}

/// `-- ` of RFC 3676, also without its space.
fn is_delimiter(text: &str) -> bool {
    matches!(text.trim_end(), "--" | "—" | "__")
}

/// The name and contact lines; a postscript or a value behind them stays the sender's answer.
fn mark_block_after_sign_off(lines: &[Line], roles: &mut [Role]) {
    let mut in_sentence_paragraph = false;
    for (line, role) in lines.iter().zip(roles.iter_mut()) {
        if line.is_blank() {
            in_sentence_paragraph = false;
            continue;
        }
        if is_postscript(&line.text) {
            return;
        }
        in_sentence_paragraph |= is_sentence(&line.text) || is_value(&line.text);
        if !in_sentence_paragraph {
            *role = Role::Signature;
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum SignOff {
    /// Says good-bye and nothing else.
    Strong,
    /// Says thanks, or wishes a good day: a sign-off only over a name.
    Weak,
}

const STRONG: &[&str] = &[
    // nl
    "met vriendelijke groeten",
    "met vriendelijke groet",
    "met vriendelijk groet",
    "vriendelijke groeten",
    "vriendelijke groet",
    "hartelijke groeten",
    "hartelijke groet",
    "met hartelijke groeten",
    "met beste groeten",
    "beste groeten",
    "groeten",
    "groetjes",
    "groet",
    "mvg",
    "m.v.g",
    "vele groeten",
    "veel groeten",
    "hoogachtend",
    "met hoogachting",
    "gr",
    "vrgr",
    "grtjs",
    "grtz",
    "liefs",
    // fr
    "cordialement",
    "bien cordialement",
    "très cordialement",
    "cdlt",
    "bien à vous",
    "bien à toi",
    "bien a vous",
    "bàv",
    "bav",
    "salutations",
    "sincères salutations",
    "mes sincères salutations",
    "meilleures salutations",
    "mes meilleures salutations",
    "salutations distinguées",
    "mes salutations distinguées",
    "mes salutations",
    "avec mes salutations",
    "respectueusement",
    "sincèrement",
    "amicalement",
    "bises",
    "bisous",
    "cordiales salutations",
    "salutations cordiales",
    "bàt",
    // de
    "mit freundlichen grüßen",
    "mit freundlichen grüssen",
    "mit freundlichem gruß",
    "freundliche grüße",
    "freundliche grüsse",
    "freundlichen gruß",
    "viele grüße",
    "viele grüsse",
    "beste grüße",
    "beste grüsse",
    "liebe grüße",
    "liebe grüsse",
    "herzliche grüße",
    "schöne grüße",
    "mfg",
    "gruß",
    "grüße",
    "gruss",
    "grüsse",
    "lg",
    "vg",
    "hochachtungsvoll",
    "mit besten grüßen",
    "mit herzlichen grüßen",
    // en
    "kind regards",
    "best regards",
    "warm regards",
    "with kind regards",
    "regards",
    "kindest regards",
    "yours sincerely",
    "yours faithfully",
    "sincerely",
    "yours truly",
    "best wishes",
    "all the best",
    "best",
    "cheers",
    "yours",
];

const WEAK: &[&str] = &[
    "bedankt",
    "alvast bedankt",
    "dank u",
    "dank u wel",
    "dankjewel",
    "dank bij voorbaat",
    "met dank",
    "alvast dank",
    "hartelijk dank",
    "merci",
    "merci d'avance",
    "merci beaucoup",
    "merci bien",
    "d'avance merci",
    "en vous remerciant",
    "bonne journée",
    "bonne soirée",
    "bonne fin de journée",
    "bon week-end",
    "bonne réception",
    "danke",
    "vielen dank",
    "danke im voraus",
    "vielen dank im voraus",
    "besten dank",
    "thanks",
    "thank you",
    "many thanks",
    "thanks in advance",
    "thank you in advance",
    "fijne dag",
    "prettige dag",
    "nog een fijne dag",
    "fijne avond",
    "fijn weekend",
    "schönen tag",
    "have a nice day",
    "à bientôt",
    "tot binnenkort",
    "dag",
    "tot ziens",
];

fn sign_off(text: &str) -> Option<SignOff> {
    /// "Mes salutations distinguées," is long; a sentence is longer.
    const SIGN_OFF_CHARS_MAX: usize = 60;
    let text = text.trim();
    if is_formal_closing(text) {
        return Some(SignOff::Strong);
    }
    if text.chars().count() > SIGN_OFF_CHARS_MAX {
        return None;
    }
    let bare = bare(text);
    let is = |phrases: &[&str]| bare.split(" / ").all(|half| phrases.contains(&half.trim()));
    if is(STRONG) {
        Some(SignOff::Strong)
    } else if is(WEAK) {
        Some(SignOff::Weak)
    } else if ends_in_greeting(text, &bare)
        || STRONG
            .iter()
            .any(|phrase| is_followed_by_name(text, &bare, phrase))
    {
        Some(SignOff::Strong)
    } else {
        None
    }
}

/// "Veuillez agréer, Madame, Monsieur, mes salutations distinguées."
fn is_formal_closing(text: &str) -> bool {
    const CLOSING_CHARS_MAX: usize = 200;
    if text.chars().count() > CLOSING_CHARS_MAX {
        return false;
    }
    let text = text.to_lowercase();
    [
        "veuillez agréer",
        "veuillez recevoir",
        "je vous prie d'agréer",
        "je vous prie d’agréer",
        "recevez",
        "veuillez croire",
    ]
    .iter()
    .any(|start| text.starts_with(start))
        && ["salutations", "sentiments", "considération"]
            .iter()
            .any(|word| text.contains(word))
}

/// "Met de meeste hoogachting", "Danke und Gruß": few words, the last of them a greeting.
fn ends_in_greeting(text: &str, bare: &str) -> bool {
    const WORDS_MAX: usize = 6;
    const GREETINGS: &[&str] = &[
        "groeten",
        "groet",
        "groetjes",
        "hoogachting",
        "salutations",
        "distinguées",
        "cordialement",
        "grüße",
        "grüßen",
        "gruß",
        "grüsse",
        "grüssen",
        "gruss",
        "regards",
        "wishes",
    ];
    let words: Vec<&str> = bare.split_whitespace().collect();
    let digits = text.contains(|letter: char| letter.is_ascii_digit());
    !digits
        && !text.contains('?')
        && words.len() <= WORDS_MAX
        && words.last().is_some_and(|last| GREETINGS.contains(last))
}

/// Lower case, without what stands around the words.
fn bare(text: &str) -> String {
    text.trim_matches(|letter: char| !letter.is_alphanumeric())
        .to_lowercase()
}

/// "groetjes Sofie", "Cordialement, Marie Dupont".
fn is_followed_by_name(text: &str, bare: &str, phrase: &str) -> bool {
    /// A name of so many words at most.
    const NAME_WORDS_MAX: usize = 4;
    let Some(rest) = bare.strip_prefix(phrase) else {
        return false;
    };
    if !rest.starts_with([' ', ',', '.']) || text.contains(|letter: char| letter.is_ascii_digit()) {
        return false;
    }
    let count = rest.split_whitespace().count();
    let capital = text.split_whitespace().rev().take(count.max(1)).all(|word| {
        word.chars()
            .next()
            .is_some_and(|letter| letter.is_uppercase() || !letter.is_alphabetic())
    });
    (1..=NAME_WORDS_MAX).contains(&count) && (capital || count == 1)
}

/// What follows thanks is a name, and little else.
fn is_name_block(after: &[Line]) -> bool {
    /// A signature is not longer.
    const NAME_BLOCK_LINES_MAX: usize = 12;
    let mut texts = after.iter().filter(|line| !line.is_blank());
    let count = texts.clone().take(NAME_BLOCK_LINES_MAX + 1).count();
    count <= NAME_BLOCK_LINES_MAX && texts.next().is_some_and(|line| is_name(&line.text))
}

fn is_name(text: &str) -> bool {
    const NAME_WORDS_MAX: usize = 5;
    let words: Vec<&str> = text.split_whitespace().collect();
    (1..=NAME_WORDS_MAX).contains(&words.len())
        && !text.contains(|letter: char| letter.is_ascii_digit() || matches!(letter, '?' | '!' | ':' | '@'))
        && words[0].starts_with(char::is_uppercase)
        && sign_off(text).is_none()
}

fn is_postscript(text: &str) -> bool {
    let start: String = text
        .trim_start()
        .chars()
        .take(5)
        .collect::<String>()
        .to_lowercase();
    ["ps", "p.s", "n.b", "nb"].iter().any(|mark| {
        start
            .strip_prefix(mark)
            .is_some_and(|rest| rest.starts_with([' ', ':', '.', ',', '-']) || rest.is_empty())
    })
}

/// Too long, or asking: a person writes so, a signature does not.
fn is_sentence(text: &str) -> bool {
    const SIGNATURE_WORDS_MAX: usize = 12;
    let trimmed = text.trim_end();
    let words = trimmed
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphabetic))
        .count();
    let lower = trimmed.to_lowercase();
    if LEGAL_WORDS.iter().any(|word| lower.contains(word)) {
        return false;
    }
    trimmed.ends_with('?')
        || words > SIGNATURE_WORDS_MAX
        || (words >= 5 && trimmed.ends_with(['.', '!']) && !trimmed.contains(['|', '@']))
}

/// What a company must print under its letters.
const LEGAL_WORDS: &[&str] = &[
    "registered in",
    "registered office",
    "company number",
    "siège social",
    "maatschappelijke zetel",
    "handelsregister",
    "amtsgericht",
    "rpr ",
    "rpm ",
    "kbo ",
    "bce ",
    "geschäftsführer",
];

/// A line that holds a number like an EAN: an answer, wherever it stands.
pub(crate) fn is_value(text: &str) -> bool {
    /// An EAN has 18 digits; customers lose or double one.
    const EAN_LIKE_DIGITS: std::ops::RangeInclusive<usize> = 17..=19;
    let mut run = String::new();
    for letter in text.chars().chain(std::iter::once('\n')) {
        match letter {
            '0'..='9' => run.push(letter),
            ' ' | '.' | '-' | '/' | '\u{2011}' => {}
            _ => {
                if EAN_LIKE_DIGITS.contains(&run.len()) && run.starts_with("54") {
                    return true;
                }
                run.clear();
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::mime::TextPart;
    use crate::reading::plain;

    fn text_of(role: Role, text: &str) -> String {
        let part = TextPart {
            text: text.to_owned(),
            ..TextPart::default()
        };
        let lines = plain::lines(&part);
        let mut roles = vec![Role::Own; lines.len()];
        mark(&lines, &mut roles);
        let of_role = lines
            .iter()
            .zip(&roles)
            .filter(|(line, own)| **own == role && !line.is_blank());
        of_role
            .map(|(line, _)| line.text.as_str())
            .collect::<Vec<_>>()
            .join("|")
    }

    #[test]
    fn what_stands_below_a_sign_off_is_a_signature() {
        for sign_off in [
            "Met vriendelijke groeten,",
            "mvg",
            "Cordialement,",
            "Bien à vous",
            "Mit freundlichen Grüßen",
            "Kind regards,",
            "Met de meeste hoogachting,",
            "Danke und Gruß",
            "Veuillez agréer, Madame, Monsieur, l'expression de mes salutations distinguées.",
            "Mit freundlichen Grüßen / Cordialement",
            "Merci d'avance,",
        ] {
            let text = format!(
                "EAN 541448820012345678\n\n{sign_off}\n\nJan Peeters\nKerkstraat 5, 9000 Gent\nTel. 09 123 45 67 - 0470 12 34 56\n"
            );
            assert_eq!(
                text_of(Role::Own, &text),
                format!("EAN 541448820012345678|{sign_off}"),
                "{sign_off}"
            );
        }
    }

    #[test]
    fn an_answer_below_the_name_stays_an_answer() {
        for answer in [
            "PS: mijn gsm is 0470 12 34 56",
            "O ja, mijn geboortedatum is 3 mei 1970.",
            "541448820012345678",
            "EAN: 5414 4882 0012 3456 78",
            "Is dat goed?",
        ] {
            let text = format!("Ja, klopt\n\nGroeten,\nJan\n\n{answer}");
            assert_eq!(text_of(Role::Own, &text), format!("Ja, klopt|Groeten,|{answer}"));
        }
    }

    #[test]
    fn thanks_amid_a_text_are_no_sign_off() {
        assert_eq!(
            text_of(Role::Signature, "Bonjour,\n\nMerci\n\nmon numéro est 0470123456"),
            ""
        );
        assert_eq!(text_of(Role::Signature, "Bedankt,\nJan"), "Jan");
    }

    #[test]
    fn footers_of_programs_and_companies() {
        for footer in [
            "Envoyé de mon iPhone",
            "Verstuurd vanaf mijn iPhone",
            "Von meinem iPhone gesendet",
            "Sent from my iPhone",
            "Outlook voor Android downloaden<https://aka.ms/AAb9ysg>",
            "Obtenir Outlook pour iOS",
            "Outlook für iOS beziehen",
            "Envoyé depuis mon appareil Galaxy S21 5G",
            "Sent with Proton Mail secure email.",
            "Virusvrij.www.avast.com",
            "Pensez à l'environnement avant d'imprimer ce mail",
            "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
            "Ce message et ses annexes sont confidentiels et destinés à leur seul destinataire.",
            "DISCLAIMER: dit bericht is enkel bestemd voor de geadresseerde.",
        ] {
            assert_eq!(text_of(Role::Footer, &format!("Oui\n\n{footer}\n")), footer);
        }
    }

    #[test]
    fn a_value_or_a_sentence_is_no_footer() {
        for text in [
            "Envoyé par la poste le 3 mai ?",
            "Outlook 541448820012345678",
            "9040",
            "Verzonden op 12/10/2026",
        ] {
            assert_eq!(text_of(Role::Footer, text), "", "{text}");
        }
    }
}
