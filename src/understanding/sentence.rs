//! A text cut into sentences, and each sentence into phrases with known meanings, values, breaks and unknown words.

use std::ops::Range;

use super::found::Found;
use super::words::{Meaning, PHRASE_WORDS_MAX, Words};
use crate::registration::Language;
use crate::registration::value::fold_key;

/// A line was wrapped by a mail client when the first word of the next would have made it at least this long: its sentence
/// goes on there. Clients wrap at 72 to 78 characters.
const WRAPPED_LINE_CHARS: usize = 70;
/// Only longer words pass for mistyped ones of an answer.
const MISTYPED_LETTERS_MIN: usize = 5;
/// Words after which a full stop ends no sentence.
const ABBREVIATIONS: [&str; 22] = [
    "nr", "n", "no", "tel", "m", "mr", "mme", "mevr", "dhr", "dr", "st", "ste", "av", "bd", "bld", "str",
    "bte", "geb", "ref", "ing", "ond", "ca",
];
const SMILEYS: [&str; 12] = [
    ":-)", ":)", ";-)", ";)", ":-D", ":D", ":-(", ":(", "^^", "<3", ":-/", ":-P",
];

#[derive(Debug, Clone)]
pub(super) struct Sentence {
    /// In the text that was cut.
    pub(super) range: Range<usize>,
    pub(super) items: Vec<Item>,
    /// Ends in a question mark.
    pub(super) asks: bool,
    /// Weighty phrases that begin inside another one and go on behind it.
    pub(super) overlapped: Vec<Item>,
}

#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) range: Range<usize>,
    pub(super) kind: ItemKind,
}

#[derive(Debug, Clone)]
pub(super) enum ItemKind {
    Phrase(&'static [Meaning]),
    /// A word of no known meaning: a name, or something nobody foresaw.
    Unknown,
    /// The place of a [`Found`] in its list.
    Value(usize),
    /// A comma, colon, bracket and the like.
    Break(char),
}

impl Sentence {
    /// More than courtesy and names. Plain words beside courtesy are part of it ("thank you for your mail"); alone they may
    /// ask for something ("call me").
    pub(super) fn has_substance(&self) -> bool {
        let courtesy = [Meaning::Greeting, Meaning::Thanks, Meaning::Closing];
        let says = |wanted: &[Meaning]| {
            self.items
                .iter()
                .any(|item| wanted.iter().any(|meaning| item.means(*meaning)))
        };
        // Not the initial before a name.
        let plain = |item: &Item| item.means(Meaning::Plain) && item.range.len() > 1;
        if self.items.iter().any(plain) && !says(&courtesy) {
            return true;
        }
        let empty = [
            Meaning::Greeting,
            Meaning::Thanks,
            Meaning::Closing,
            Meaning::Plain,
            Meaning::Copula,
            Meaning::Particle,
        ];
        self.items.iter().any(|item| match item.kind {
            ItemKind::Value(_) => true,
            ItemKind::Phrase(_) => !empty.iter().any(|meaning| item.means(*meaning)),
            ItemKind::Unknown | ItemKind::Break(_) => false,
        })
    }
}

impl Item {
    pub(super) fn means(&self, meaning: Meaning) -> bool {
        self.meanings().contains(&meaning)
    }

    pub(super) fn meanings(&self) -> &'static [Meaning] {
        match self.kind {
            ItemKind::Phrase(meanings) => meanings,
            _ => &[],
        }
    }
}

#[derive(Debug, Clone)]
struct Token {
    range: Range<usize>,
    kind: TokenKind,
}

#[derive(Debug, Clone, PartialEq)]
enum TokenKind {
    /// Folded.
    Word(String),
    Value(usize),
    Mark(char),
    Arrow,
    LineEnd {
        wrapped: bool,
    },
}

/// More words than these tell no more about the language.
const LANGUAGE_WORDS_MAX: usize = 4_000;

/// The language whose words the text uses most; `preferred` when there is no telling.
pub(super) fn language_of(text: &str, preferred: Language) -> Language {
    let words: Vec<String> = text
        .split_whitespace()
        .take(LANGUAGE_WORDS_MAX)
        .flat_map(|word| fold_key(word).split(' ').map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let known = |language: Language| {
        words
            .iter()
            .filter(|word| !Words::of(language).meanings(word).is_empty())
            .count()
    };
    let most = Language::ALL
        .into_iter()
        .max_by_key(|language| (known(*language), *language == preferred));
    most.unwrap_or(preferred)
}

/// Cuts a text into sentences. `values` are what [`super::found::find`] found in it.
pub(super) fn sentences(text: &str, values: &[Found], language: Language) -> Vec<Sentence> {
    let tokens = tokens(text, values);
    let mut sentences = Vec::new();
    let mut begin = 0;
    for place in 0..tokens.len() {
        if ends_sentence(&tokens, place) {
            push_sentence(&mut sentences, text, &tokens[begin..=place], language);
            begin = place + 1;
        }
    }
    push_sentence(&mut sentences, text, &tokens[begin..], language);
    sentences
}

fn tokens(text: &str, values: &[Found]) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut values = values.iter().enumerate().peekable();
    let mut line_start = 0;
    let mut place = 0;
    while let Some(character) = text[place..].chars().next() {
        let end = place + character.len_utf8();
        if let Some((index, value)) = values.peek()
            && value.range.start <= place
        {
            let (range, index) = (value.range.clone(), *index);
            values.next();
            if range.end > place {
                place = range.end;
                tokens.push(Token {
                    range,
                    kind: TokenKind::Value(index),
                });
            }
            continue;
        }
        let next_value = values.peek().map_or(text.len(), |(_, value)| value.range.start);
        if character == '\n' {
            let wrapped = is_wrapped(&text[line_start..place], &text[end..]);
            tokens.push(Token {
                range: place..end,
                kind: TokenKind::LineEnd { wrapped },
            });
            line_start = end;
            place = end;
        } else if let Some(smiley) = SMILEYS.iter().find(|smiley| text[place..].starts_with(**smiley)) {
            place += smiley.len();
        } else if let Some(arrow) = ["-->", "->", "=>", "→", "⇒"]
            .iter()
            .find(|arrow| text[place..].starts_with(**arrow))
        {
            tokens.push(Token {
                range: place..place + arrow.len(),
                kind: TokenKind::Arrow,
            });
            place += arrow.len();
        } else if character.is_alphanumeric() {
            let length = text[place..next_value.max(end)]
                .chars()
                .take_while(|c| c.is_alphanumeric() || is_mark_on_letter(*c))
                .map(char::len_utf8)
                .sum::<usize>();
            let range = place..place + length.max(character.len_utf8());
            place = range.end;
            tokens.push(Token {
                kind: TokenKind::Word(fold_key(&text[range.clone()])),
                range,
            });
        } else {
            if !character.is_whitespace() && !joins(text, place, end) && is_mark(character) {
                tokens.push(Token {
                    range: place..end,
                    kind: TokenKind::Mark(character),
                });
            }
            place = end;
        }
    }
    tokens
}

/// Whether a mail client broke the line because the first word of what follows had no room left.
fn is_wrapped(line: &str, next: &str) -> bool {
    let next_word = next.split(char::is_whitespace).next().unwrap_or_default();
    let length = line.chars().count() + 1 + next_word.chars().take(WRAPPED_LINE_CHARS).count();
    !next_word.is_empty() && length >= WRAPPED_LINE_CHARS
}

/// Whether a sentence goes on in the next line: a mail client broke it, and no mark ends it.
pub(super) fn goes_on(line: &str, next: &str) -> bool {
    is_wrapped(line, next) && !line.trim_end().ends_with(['.', '!', '?', ';', ':'])
}

/// Accents that stand after their letter as a character of their own.
fn is_mark_on_letter(character: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&character)
}

fn is_mark(character: char) -> bool {
    matches!(
        character,
        '.' | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | '('
            | ')'
            | '['
            | ']'
            | '-'
            | '–'
            | '—'
            | '/'
            | '='
            | '"'
            | '«'
            | '»'
            | '“'
            | '”'
            | '„'
            | '…'
            | '|'
            | '*'
            | '•'
            | '+'
            | '&'
    )
}

/// An apostrophe, hyphen or full stop inside a word: "d'entreprise", "e-mail", "i.p.v".
fn joins(text: &str, place: usize, end: usize) -> bool {
    let before = text[..place]
        .chars()
        .next_back()
        .is_some_and(char::is_alphanumeric);
    let after = text[end..].chars().next().is_some_and(char::is_alphanumeric);
    let character = &text[place..end];
    before && after && matches!(character, "'" | "’" | "‘" | "-" | "‐" | "‑" | ".")
        || matches!(character, "'" | "’" | "‘")
}

fn ends_sentence(tokens: &[Token], place: usize) -> bool {
    match tokens[place].kind {
        TokenKind::LineEnd { wrapped } => {
            let blank = matches!(
                tokens.get(place + 1).map(|next| &next.kind),
                Some(TokenKind::LineEnd { .. }) | None
            );
            !wrapped || blank
        }
        TokenKind::Mark('!' | '?' | ';' | '…' | '•') => true,
        TokenKind::Mark('.') => {
            let next = tokens.get(place + 1);
            let after_space = next.is_none_or(|next| {
                matches!(next.kind, TokenKind::LineEnd { .. }) || next.range.start > tokens[place].range.end
            });
            let lists = numbers_a_line(tokens, place);
            let abbreviation = lists
                || match place.checked_sub(1).map(|before| &tokens[before].kind) {
                    Some(TokenKind::Word(word)) => {
                        word.chars().count() == 1 || ABBREVIATIONS.contains(&word.as_str())
                    }
                    _ => false,
                };
            let next_ends = matches!(
                tokens.get(place + 1).map(|next| &next.kind),
                Some(TokenKind::LineEnd { .. }) | None
            );
            after_space && (!abbreviation || next_ends)
        }
        _ => false,
    }
}

/// "1." at the beginning of a line.
fn numbers_a_line(tokens: &[Token], stop: usize) -> bool {
    let Some(number) = stop.checked_sub(1).map(|before| &tokens[before]) else {
        return false;
    };
    let begins = stop
        .checked_sub(2)
        .is_none_or(|before| matches!(tokens[before].kind, TokenKind::LineEnd { .. }));
    begins && matches!(number.kind, TokenKind::Value(_)) && number.range.len() <= 2
}

fn push_sentence(sentences: &mut Vec<Sentence>, text: &str, tokens: &[Token], language: Language) {
    let asks = tokens.iter().any(|token| token.kind == TokenKind::Mark('?'));
    let items = items_in_its_language(tokens, language);
    let (Some(first), Some(last)) = (items.first(), items.last()) else {
        if asks {
            let range = tokens[0].range.start..tokens[tokens.len() - 1].range.end;
            sentences.push(Sentence {
                range,
                items,
                asks,
                overlapped: Vec::new(),
            });
        }
        return;
    };
    let mut range = first.range.start..last.range.end;
    // The mark that ends it belongs to what people are shown.
    if let Some(mark) = text[range.end..]
        .chars()
        .next()
        .filter(|c| matches!(c, '.' | '!' | '?'))
    {
        range.end += mark.len_utf8();
    }
    let overlapped = overlapped(tokens, &items, language);
    sentences.push(Sentence {
        range,
        items,
        asks,
        overlapped,
    });
}

/// The items of a sentence in the language of the message; in another, when only that one knows all its words ("Merci et bonne
/// journée" under a Dutch answer) and this one finds nothing weighty in it.
fn items_in_its_language(tokens: &[Token], language: Language) -> Vec<Item> {
    let items_of = |language| items(tokens, language);
    let own = items_of(language);
    let is_unknown = |item: &Item| matches!(item.kind, ItemKind::Unknown);
    let weighty = |item: &Item| item.meanings().iter().any(|meaning| meaning.is_weighty());
    if !own.iter().any(is_unknown) || own.iter().any(weighty) {
        return own;
    }
    let others = Language::ALL.into_iter().filter(|other| *other != language);
    let mut whole = others.map(items_of).filter(|items| !items.iter().any(is_unknown));
    whole.next().unwrap_or(own)
}

fn items(tokens: &[Token], language: Language) -> Vec<Item> {
    let words = Words::of(language);
    let mut items: Vec<Item> = Vec::new();
    let mut place = 0;
    while let Some(token) = tokens.get(place) {
        let (kind, length) = match &token.kind {
            TokenKind::Word(word) => match phrase_at(&tokens[place..], words) {
                (ItemKind::Unknown, length) => (mistyped(word, words), length),
                known => known,
            },
            TokenKind::Value(index) => (ItemKind::Value(*index), 1),
            // An arrow that begins a line points at the answer; between two values it says which is new.
            TokenKind::Arrow if items.is_empty() => {
                place += 1;
                continue;
            }
            TokenKind::Arrow => (ItemKind::Phrase(words.meanings("->")), 1),
            TokenKind::Mark(
                '.' | '!' | '?' | '…' | '•' | '*' | '+' | '&' | '"' | '«' | '»' | '“' | '”' | '„',
            )
            | TokenKind::LineEnd { .. } => {
                place += 1;
                continue;
            }
            TokenKind::Mark(mark) => (ItemKind::Break(*mark), 1),
        };
        let range = token.range.start..tokens[place + length - 1].range.end;
        items.push(Item { range, kind });
        place += length;
    }
    while matches!(items.first().map(|item| &item.kind), Some(ItemKind::Break(_))) {
        items.remove(0);
    }
    items
}

/// The longest phrase is taken first, and may swallow the first word of a weighty one: "the bill is | not ours" must be seen all
/// the same.
fn overlapped(tokens: &[Token], items: &[Item], language: Language) -> Vec<Item> {
    let words = Words::of(language);
    let inside = |place: usize| {
        let start = tokens[place].range.start;
        // Items are in order and apart: looking at each, for each word, would cost seconds of a long sentence.
        let at = items.partition_point(|item| item.range.end <= start);
        items.get(at).filter(|item| item.range.start < start)
    };
    let mut found = Vec::new();
    for place in 0..tokens.len() {
        let Some(covering) = inside(place).filter(|_| matches!(tokens[place].kind, TokenKind::Word(_)))
        else {
            continue;
        };
        if let (ItemKind::Phrase(meanings), length) = phrase_at(&tokens[place..], words)
            && length > 1
            && meanings.iter().any(|meaning| meaning.is_weighty())
        {
            let range = tokens[place].range.start..tokens[place + length - 1].range.end;
            if range.end > covering.range.end {
                let kind = ItemKind::Phrase(meanings);
                found.push(Item { range, kind });
            }
        }
    }
    found
}

/// A word of an answer that was mistyped: "electrictié", "corect". Words of tales are told later, when it is no name.
fn mistyped(word: &str, words: &'static Words) -> ItemKind {
    let meanings = words.meanings_of_mistyped(word);
    let answers = |meaning: &Meaning| {
        matches!(
            meaning,
            Meaning::Label(_) | Meaning::Energy(_) | Meaning::Confirm | Meaning::Closing | Meaning::Thanks
        )
    };
    if word.chars().count() > MISTYPED_LETTERS_MIN && meanings.iter().any(answers) {
        ItemKind::Phrase(meanings)
    } else {
        ItemKind::Unknown
    }
}

/// The longest phrase that begins here; an unknown word if there is none.
fn phrase_at(tokens: &[Token], words: &'static Words) -> (ItemKind, usize) {
    let mut known = (ItemKind::Unknown, 1);
    let mut phrase = String::new();
    let mut taken = 0;
    let mut count = 0;
    for token in tokens {
        match &token.kind {
            TokenKind::Word(word) if count < PHRASE_WORDS_MAX => {
                if !phrase.is_empty() {
                    phrase.push(' ');
                }
                phrase.push_str(word);
                count += 1;
            }
            // A phrase may go on in the next line of a wrapped text.
            TokenKind::LineEnd { wrapped: true } if taken > 0 => {}
            _ => break,
        }
        taken += 1;
        let meanings = words.meanings(&phrase);
        if !meanings.is_empty() {
            known = (ItemKind::Phrase(meanings), taken);
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understanding::found::find;

    fn cut(text: &str, language: Language) -> Vec<String> {
        sentences(text, &find(text), language)
            .into_iter()
            .map(|sentence| text[sentence.range].to_owned())
            .collect()
    }

    #[test]
    fn sentences_end_where_people_end_them() {
        assert_eq!(
            cut("Boîte 4 c'est juste. Merci !\nSaïd", Language::Fr),
            ["Boîte 4 c'est juste.", "Merci", "Saïd"]
        );
        assert_eq!(
            cut("Né le 09.02.1986. M. Dupont", Language::Fr),
            ["Né le 09.02.1986.", "M. Dupont"]
        );
        let wrapped = "J'ai retrouvé ma dernière facture Mosavolt, le code EAN est le\n541448820012345678.";
        assert_eq!(cut(wrapped, Language::Fr).len(), 1);
        assert_eq!(cut("", Language::Fr), [] as [&str; 0]);
    }

    #[test]
    fn the_language_is_the_one_whose_words_are_used() {
        assert_eq!(
            language_of("Neen, de familienaam is niet juist", Language::Fr),
            Language::Nl
        );
        assert_eq!(language_of("541448820012345678", Language::De), Language::De);
    }
}
