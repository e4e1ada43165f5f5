//! Signatures and footers among the own lines: what a program or a habit adds below an answer.

use super::Role;
use super::line::Line;

/// Turns own lines into Signature and Footer where they are that.
pub(crate) fn mark(lines: &[Line], roles: &mut [Role]) {
    answers_typed_into_the_signature(lines, roles);
    mark_footers(lines, roles);
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

// ---- signatures -----------------------------------------------------------------------------------------------------

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
fn is_value(text: &str) -> bool {
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

// ---- footers --------------------------------------------------------------------------------------------------------

/// How the lines begin that a mail program or a scanner adds.
const ADDED_BY_PROGRAMS: &[&str] = &[
    "envoyé de mon",
    "envoyé depuis",
    "envoyé à partir de",
    "envoyé avec",
    "envoyé par",
    "obtenez outlook",
    "obtenir outlook",
    "télécharger outlook",
    "téléchargez outlook",
    "verstuurd vanaf",
    "verzonden vanaf",
    "verzonden met",
    "verstuurd met",
    "verstuurd via",
    "verzonden via",
    "outlook voor",
    "download outlook",
    "outlook downloaden",
    "von meinem",
    "gesendet von",
    "gesendet mit",
    "gesendet über",
    "diese nachricht wurde von meinem",
    "holen sie sich outlook",
    "outlook für",
    "laden sie outlook",
    "sent from",
    "sent with",
    "sent via",
    "get outlook for",
    "yahoo mail",
    "outlook pour",
    "outlook for",
    "garanti sans virus",
    "sans virus.",
    "virusvrij.",
    "virenfrei.",
    "virus-free.",
    "avast",
    "ce courrier électronique ne contient aucun virus",
    "l'absence de virus dans ce courrier",
    "dit e-mailbericht is gecontroleerd op virussen",
    "this email has been checked for viruses",
    "pensez à l'environnement",
    "pensez à la planète",
    "avant d'imprimer",
    "n'imprimez",
    "denk aan het milieu",
    "think before you print",
    "please consider the environment",
    "merci de penser à l'environnement",
    "bitte denken sie an die umwelt",
    "send with",
    "envoyé à l'aide",
];

/// Words that only a disclaimer uses.
const DISCLAIMER_WORDS: &[&str] = &[
    "disclaimer",
    "ce message et ses",
    "ce message, ainsi que",
    "ce courriel et ses",
    "ce courrier électronique et",
    "ce message est confidentiel",
    "ce message peut contenir",
    "cet e-mail et",
    "ce mail et",
    "les informations contenues dans ce",
    "dit bericht en",
    "dit bericht is vertrouwelijk",
    "dit e-mailbericht",
    "deze e-mail en",
    "dit bericht kan",
    "de informatie in dit",
    "de inhoud van deze e-mail",
    "de inhoud van dit",
    "diese e-mail enthält",
    "diese nachricht enthält",
    "diese e-mail kann",
    "diese e-mail und",
    "this e-mail and",
    "this email and",
    "this message and any",
    "this e-mail is",
    "this email is",
    "this message is",
    "the information contained in this",
    "this message may contain",
    "this email may contain",
    "this e-mail may contain",
    "confidentiality notice",
    "avertissement :",
    "avis de confidentialité",
];
const CONFIDENTIAL_WORDS: &[&str] = &[
    "confidenti",
    "vertrouwelijk",
    "vertraulich",
    "destinataire",
    "geadresseerde",
    "bestemd voor",
    "empfänger",
    "recipient",
    "intended",
    "privileged",
    "annexes",
    "bijlagen",
    "disclaimer",
];

/// How the lines begin that a mailing list adds.
const ADDED_BY_LISTS: &[&str] = &[
    "you received this message because you are subscribed",
    "vous recevez ce message car",
    "vous recevez cet e-mail",
    "u ontvangt dit bericht omdat",
    "u ontvangt deze mail omdat",
    "sie erhalten diese nachricht",
    "to unsubscribe from this",
    "pour vous désinscrire",
    "se désinscrire",
    "uitschrijven",
    "unsubscribe",
    "pour se désabonner",
    "om u uit te schrijven",
    "mailing list",
];

fn mark_footers(lines: &[Line], roles: &mut [Role]) {
    let mut in_disclaimer = false;
    let mut after_disclaimer = false;
    for (index, line) in lines.iter().enumerate() {
        if !matches!(roles[index], Role::Own | Role::Signature) {
            (in_disclaimer, after_disclaimer) = (false, false);
            continue;
        }
        if line.is_blank() {
            in_disclaimer = false;
            continue;
        }
        let further = after_disclaimer && is_further_disclaimer(&line.text);
        in_disclaimer = in_disclaimer || further || is_disclaimer(lines, index);
        after_disclaimer |= in_disclaimer;
        if (in_disclaimer || is_added(&line.text)) && !holds_value(&line.text) {
            roles[index] = Role::Footer;
        }
    }
}

/// Digits that could be an answer.
fn holds_value(text: &str) -> bool {
    const VALUE_DIGITS: usize = 4;
    const SHORT_CHARS: usize = 40;
    let digits = text.chars().filter(char::is_ascii_digit).count();
    is_value(text) || (digits >= VALUE_DIGITS && text.chars().count() <= SHORT_CHARS && !text.contains("://"))
}

fn is_added(text: &str) -> bool {
    /// Longer lines are sentences that happen to begin so.
    const FOOTER_CHARS_MAX: usize = 200;
    const FOOTER_WORDS_MAX: usize = 16;
    let text = text
        .trim()
        .trim_start_matches(['*', '_', '<', '[', '('])
        .to_lowercase();
    if text.chars().count() > FOOTER_CHARS_MAX
        || text.split_whitespace().count() > FOOTER_WORDS_MAX
        || text.ends_with('?')
    {
        return false;
    }
    ADDED_BY_PROGRAMS
        .iter()
        .chain(ADDED_BY_LISTS)
        .any(|start| text.starts_with(start))
        || is_reaction(&text)
        || is_outlook_mobile(&text)
}

/// "Obtenir Outlook pour iOS", in whatever language.
fn is_outlook_mobile(text: &str) -> bool {
    const WORDS_MAX: usize = 7;
    text.contains("outlook")
        && ["ios", "android"].iter().any(|system| text.contains(system))
        && text.split_whitespace().count() <= WORDS_MAX
}

/// Gmail's "X a réagi via Gmail" under an emoji.
fn is_reaction(text: &str) -> bool {
    let via_gmail = text.contains("via gmail");
    via_gmail
        && ["a réagi", "heeft gereageerd", "reacted", "reagiert"]
            .iter()
            .any(|word| text.contains(word))
}

/// The second paragraph of a disclaimer.
fn is_further_disclaimer(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "virus",
        "liab",
        "responsab",
        "aansprakelijk",
        "haftung",
        "unauthori",
        "non autorisé",
        "ongeoorloofd",
        "niet toegestaan",
        "intended recipient",
        "bedoelde ontvanger",
        "par erreur",
        "per vergissing",
        "in error",
        "irrtümlich",
        "confidenti",
        "vertrouwelijk",
        "vertraulich",
        "general terms",
        "conditions générales",
        "algemene voorwaarden",
        "privacy",
    ];
    let text = text.to_lowercase();
    WORDS.iter().any(|word| text.contains(word))
}

fn is_disclaimer(lines: &[Line], index: usize) -> bool {
    /// The paragraph is looked at so far for a second telling word.
    const LOOKED_AT_LINES: usize = 4;
    let first = lines[index]
        .text
        .trim()
        .trim_start_matches(['*', '_', '-'])
        .to_lowercase();
    if !DISCLAIMER_WORDS.iter().any(|start| first.starts_with(start)) {
        return false;
    }
    lines[index..]
        .iter()
        .take(LOOKED_AT_LINES)
        .take_while(|line| !line.is_blank())
        .any(|line| {
            let text = line.text.to_lowercase();
            CONFIDENTIAL_WORDS.iter().any(|word| text.contains(word))
        })
}
