//! The language of the own text, when it is long enough to tell: small words first, whatlang as a hint.

use crate::registration::Language;

/// Words that stand in nearly every text of one language and hardly in the others'.
const WORDS: &[(Language, &[&str])] = &[
    (
        Language::Fr,
        &[
            "bonjour",
            "bonsoir",
            "le",
            "la",
            "les",
            "des",
            "du",
            "et",
            "est",
            "je",
            "vous",
            "nous",
            "mon",
            "ma",
            "mes",
            "votre",
            "pour",
            "avec",
            "pas",
            "une",
            "sur",
            "que",
            "qui",
            "dans",
            "au",
            "aux",
            "merci",
            "cordialement",
            "ne",
            "ci-joint",
            "voici",
            "c'est",
            "j'ai",
            "n'est",
            "mais",
            "oui",
            "non",
            "numéro",
            "suis",
            "compteur",
            "ce",
            "cette",
            "bien",
            "il",
            "sont",
            "ai",
            "salutations",
            "madame",
            "monsieur",
            "journée",
            "à",
            "un",
            "par",
            "voilà",
            "deux",
            "codes",
            "numéros",
        ],
    ),
    (
        Language::Nl,
        &[
            "beste",
            "dag",
            "hallo",
            "het",
            "een",
            "ik",
            "mijn",
            "u",
            "uw",
            "jullie",
            "niet",
            "en",
            "van",
            "voor",
            "met",
            "dat",
            "op",
            "aan",
            "zijn",
            "bij",
            "hebben",
            "heb",
            "wij",
            "maar",
            "ook",
            "nog",
            "bedankt",
            "groeten",
            "groetjes",
            "vriendelijke",
            "nummer",
            "meter",
            "klopt",
            "ja",
            "nee",
            "dit",
            "wel",
            "te",
            "naar",
            "alvast",
            "als",
            "kan",
            "geachte",
            "hierbij",
            "onze",
            "we",
            "de",
            "is",
            "goed",
            "graag",
            "staat",
            "wat",
            "der",
        ],
    ),
    (
        Language::De,
        &[
            "guten",
            "tag",
            "hallo",
            "der",
            "die",
            "das",
            "und",
            "ich",
            "ist",
            "nicht",
            "mein",
            "meine",
            "sie",
            "ihr",
            "ihre",
            "mit",
            "für",
            "ein",
            "eine",
            "wir",
            "auf",
            "bei",
            "zu",
            "den",
            "dem",
            "von",
            "auch",
            "noch",
            "aber",
            "danke",
            "grüße",
            "grüßen",
            "freundliche",
            "freundlichen",
            "nummer",
            "zähler",
            "ja",
            "nein",
            "bitte",
            "anbei",
            "stimmt",
            "sehr",
            "geehrte",
            "vielen",
            "dank",
            "im",
            "es",
            "wie",
            "haben",
            "habe",
            "bin",
            "meinen",
            "an",
            "zum",
        ],
    ),
    (
        Language::En,
        &[
            "hello",
            "hi",
            "dear",
            "the",
            "and",
            "is",
            "my",
            "you",
            "your",
            "not",
            "for",
            "with",
            "that",
            "this",
            "it",
            "on",
            "of",
            "to",
            "have",
            "we",
            "are",
            "please",
            "thanks",
            "thank",
            "regards",
            "yes",
            "no",
            "but",
            "number",
            "meter",
            "find",
            "attached",
            "here",
            "i",
            "in",
            "a",
            "as",
            "correct",
            "kind",
            "was",
            "at",
            "our",
            "morning",
            "afternoon",
            "it's",
            "i'm",
            "can",
            "from",
            "an",
        ],
    ),
];

/// Fewer hits than this say nothing.
const HITS_MIN: usize = 2;
/// whatlang guesses on fewer letters.
const WHATLANG_LETTERS_MIN: usize = 40;
/// So much of a text is enough to tell.
const LOOKED_AT_CHARS: usize = 4000;

pub(crate) fn detect(text: &str) -> Option<Language> {
    let head: String = text
        .chars()
        .take(LOOKED_AT_CHARS)
        .collect::<String>()
        .to_lowercase()
        .replace('\u{2019}', "'");
    let mut hits = [0usize; 4];
    for word in head.split(|letter: char| !(letter.is_alphabetic() || matches!(letter, '\'' | '-'))) {
        for (count, (_, words)) in hits.iter_mut().zip(WORDS) {
            *count += usize::from(words.contains(&word));
        }
        // "j'ai", "l'adresse", "qu'il": elisions of French.
        if word.len() > 2
            && ["l'", "d'", "j'", "n'", "c'", "qu'", "s'"]
                .iter()
                .any(|start| word.starts_with(start))
        {
            hits[0] += 1;
        }
    }
    let mut order = [0usize, 1, 2, 3];
    order.sort_by_key(|index| std::cmp::Reverse(hits[*index]));
    let (first, second) = (order[0], order[1]);
    if hits[first] >= HITS_MIN && hits[first] >= hits[second] + HITS_MIN {
        return Some(WORDS[first].0);
    }
    let hint = hint(&head);
    match hint {
        Some(language) if hits[first] > 0 && (WORDS[first].0 == language || WORDS[second].0 == language) => {
            Some(language)
        }
        Some(language) if hits[first] == 0 => Some(language),
        _ if hits[first] > hits[second] && hits[second] == 0 => Some(WORDS[first].0),
        _ => None,
    }
}

fn hint(text: &str) -> Option<Language> {
    if text.chars().filter(|letter| letter.is_alphabetic()).count() < WHATLANG_LETTERS_MIN {
        return None;
    }
    let info = whatlang::detect(text).filter(whatlang::Info::is_reliable)?;
    match info.lang() {
        whatlang::Lang::Fra => Some(Language::Fr),
        whatlang::Lang::Nld => Some(Language::Nl),
        whatlang::Lang::Deu => Some(Language::De),
        whatlang::Lang::Eng => Some(Language::En),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_mails_of_four_languages() {
        for (text, language) in [
            (
                "Bonjour, le code EAN est 541448820012345678. Bien à vous",
                Language::Fr,
            ),
            (
                "ik heb de factuur terug gevonden, de EAN is 541448820012345678",
                Language::Nl,
            ),
            (
                "Guten Tag, meine Zählernummer ist 1SAG1234567890. Freundliche Grüße",
                Language::De,
            ),
            ("Hello, here is my meter number", Language::En),
            ("Oui", Language::Fr),
            ("Ja, das stimmt.", Language::De),
        ] {
            assert_eq!(detect(text), Some(language), "{text}");
        }
    }

    #[test]
    fn numbers_have_no_language() {
        assert_eq!(detect("541448820012345678"), None);
        assert_eq!(detect("ok"), None);
        assert_eq!(detect(""), None);
    }
}
