//! How much of the newly written text was found, and how much of others' was taken in.

use std::collections::HashMap;

use serde::Serialize;

/// Words of the truth against words of the text that was found, each as often as it stands there; and both texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TextScore {
    pub wanted: String,
    pub got: String,
    /// The same but for white space.
    pub exact: bool,
    pub words_wanted: usize,
    pub words_got: usize,
    pub words_shared: usize,
}

impl TextScore {
    pub(super) fn of(wanted: &str, got: &str) -> TextScore {
        let (wanted, got) = (folded(wanted), folded(got));
        let mut left: HashMap<String, usize> = HashMap::new();
        let mut words_wanted = 0;
        for word in words(&wanted) {
            *left.entry(word).or_default() += 1;
            words_wanted += 1;
        }
        let (mut words_got, mut words_shared) = (0, 0);
        for word in words(&got) {
            words_got += 1;
            if let Some(count) = left.get_mut(&word).filter(|count| **count > 0) {
                *count -= 1;
                words_shared += 1;
            }
        }
        TextScore {
            exact: wanted == got,
            wanted,
            got,
            words_wanted,
            words_got,
            words_shared,
        }
    }

    /// Words of the customer that were not found.
    pub(super) fn lost(&self) -> usize {
        self.words_wanted - self.words_shared
    }

    /// Words that were taken for the customer's and are not.
    pub(super) fn foreign(&self) -> usize {
        self.words_got - self.words_shared
    }
}

/// Every run of white space is one space; what is not seen is gone.
fn folded(text: &str) -> String {
    const UNSEEN: [char; 6] = [
        '\u{AD}', '\u{200B}', '\u{200C}', '\u{200D}', '\u{2060}', '\u{FEFF}',
    ];
    let seen: String = text.chars().filter(|letter| !UNSEEN.contains(letter)).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words without the marks around them, in lower case; marks alone are no word.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(' ')
        .map(|word| {
            word.trim_matches(|letter: char| !letter.is_alphanumeric())
                .to_lowercase()
        })
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_no_difference_and_words_count_as_often_as_they_stand() {
        let score = TextScore::of("Oui,\nc'est\u{A0}juste", "Oui, c'est  juste\n");
        assert!(score.exact);
        let score = TextScore::of("ja ja klopt", "Ja, klopt. Groeten");
        assert!(!score.exact);
        assert_eq!((score.lost(), score.foreign(), score.words_shared), (1, 1, 2));
    }

    #[test]
    fn nothing_found_is_all_lost() {
        let score = TextScore::of("a b c", "");
        assert_eq!((score.lost(), score.foreign()), (3, 0));
    }
}
