//! Whether somebody will read our letter where it lies, by what an automatic reply says.

use jiff::civil::Date;

use super::AutoReplyReach;
use super::phrases::{first_in, robots};

/// `said`: subject and text, searchable.
pub(super) fn reach(said: &str, returns_on: Option<Date>) -> AutoReplyReach {
    let says = |phrases| first_in(said, phrases).is_some();
    let words = robots();
    // "This is not read" is said of answers to a receipt, and of mail during an absence that ends.
    let is_passing = || says(&words.received) || returns_on.is_some();
    let unread = says(&words.nobody_reached)
        || ((says(&words.nobody_reads) || has_ended(&split(said))) && !is_passing());
    if says(&words.challenge) || (unread && !is_forwarded(&split(said))) {
        AutoReplyReach::NobodyReached
    } else {
        AutoReplyReach::WillBeRead
    }
}

fn split(said: &str) -> Vec<&str> {
    said.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect()
}

fn is(word: &str, list: &[String]) -> bool {
    list.iter().any(|known| known == word)
}

/// Whether it says that our letter was passed on to where somebody reads it.
fn is_forwarded(said: &[&str]) -> bool {
    /// "Not" stands at most so many words before "forwarded".
    const NEGATION_WORDS_BEFORE: usize = 4;
    let words = robots();
    said.iter().enumerate().any(|(at, word)| {
        let before = &said[at.saturating_sub(NEGATION_WORDS_BEFORE)..at];
        is(word, &words.forwarded) && !before.iter().any(|word| is(word, &words.negation))
    })
}

/// Whether it says that something is over for good: "no longer", "ne ... plus", "geen deel meer", whatever was there before. What
/// its reader may wish no longer is not that.
fn has_ended(said: &[&str]) -> bool {
    /// Between the two halves of "ne ... plus", "kein ... mehr".
    const WORDS_INSIDE_MAX: usize = 4;
    const WISH_WORDS_BEHIND: usize = 4;
    let words = robots();
    (0..said.len()).any(|at| {
        let ends = words.ended.iter().any(|[first, second]| {
            said[at] == second.as_str()
                && said[at.saturating_sub(1 + WORDS_INSIDE_MAX)..at].contains(&first.as_str())
        });
        let around = at.saturating_sub(1 + WORDS_INSIDE_MAX)..(at + 1 + WISH_WORDS_BEHIND).min(said.len());
        ends && !said[around].iter().any(|word| is(word, &words.wished))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::phrases::searchable;

    fn reached(text: &str) -> AutoReplyReach {
        reach(&searchable(text), None)
    }

    #[test]
    fn what_is_over_for_good_reached_nobody() {
        for text in [
            "Tuur maakt sinds oktober geen deel meer uit van ons team.",
            "Ik kijk deze mailbox niet langer na.",
            "Je ne relève plus cette boîte.",
            "Madame Piérard n'est aujourd'hui plus des nôtres.",
            "Herr Schumacher betreut dieses Postfach nicht mehr.",
            "Unter dieser Adresse ist keine Abteilung mehr zu finden.",
            "This inbox isn't looked after any longer.",
            "Fiona is not on our staff anymore.",
            "Your message is being held until the list moderator can review it.",
        ] {
            assert_eq!(reached(text), AutoReplyReach::NobodyReached, "{text}");
        }
    }

    #[test]
    fn what_is_forwarded_or_only_wished_over_is_no_alarm() {
        for text in [
            "Ik werk hier niet meer; uw bericht werd doorgestuurd naar mijn opvolger.",
            "Si vous ne souhaitez plus recevoir ces messages, cliquez ici.",
            "Wenn Sie diese Nachrichten nicht mehr erhalten möchten, klicken Sie hier.",
            "If you no longer wish to receive these, click here.",
            "Je suis absent, je lis moins souvent et vous réponds au plus vite.",
            "Ne m'appelez pas. Je répondrai au plus tard vendredi.",
            "Wij hebben uw bericht goed ontvangen. Antwoorden op dit adres worden niet meer behandeld.",
        ] {
            assert_eq!(reached(text), AutoReplyReach::WillBeRead, "{text}");
        }
    }
}
