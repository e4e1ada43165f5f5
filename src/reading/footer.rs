//! Footers among the own lines: what a mail program, a scanner, a company or a list adds below an answer.

use super::Role;
use super::line::Line;
use super::signature::is_value;

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
    "verzonden vanuit",
    "verstuurd vanuit",
    "provenance : courrier",
    "gesendet aus",
    "von yahoo mail",
    "von samsung",
    "von outlook",
    "téléchargez l'app",
    "téléchargez l’app",
    "envoyée de",
    "envoyé via",
    "verzonden door mijn",
    "verstuurd door",
    "gesendet durch",
    "sent by",
    "sent using",
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

/// Turns own lines and signatures into Footer where they are that.
pub(crate) fn mark(lines: &[Line], roles: &mut [Role]) {
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
