//! PURE. How long a server asks us to wait, in its own words: greylisting mostly says when it ends.

use std::sync::LazyLock;
use std::time::Duration;

use regex::Regex;

/// `in 300 seconds`, `after 5 minutes`, `in 00:04:59`.
static WAIT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix) \b (?: in | after | for | within | least | wait ) \s+ (?: another \s+ | about \s+ )?
        (?: (?P<clock> \d{1,2} : \d{2} (?: : \d{2} )? )
          | (?P<number> \d{1,5} ) \s* (?P<unit> s | secs? | seconds? | m | mins? | minutes? | h | hrs? | hours? ) ) \b",
    )
    .expect("a regular expression")
});
/// What is said of trying again, not of limits and time-outs.
static AGAIN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(again|retry|come back|gr[ae]ylist\w*|wait)\b").expect("a regular expression")
});

/// The wait that the words of a refusal ask for.
pub fn asked_for(words: &str) -> Option<Duration> {
    if !AGAIN.is_match(words) {
        return None;
    }
    let found = WAIT.captures(words)?;
    let seconds = match found.name("clock") {
        Some(clock) => {
            // Two parts are minutes and seconds.
            let parts = clock.as_str().split(':').map(str::parse::<u64>);
            parts.map_while(Result::ok).fold(0, |sum, part| sum * 60 + part)
        }
        None => {
            let number: u64 = found.name("number")?.as_str().parse().ok()?;
            let unit = found.name("unit")?.as_str();
            number
                * match unit.as_bytes().first()?.to_ascii_lowercase() {
                    b's' => 1,
                    b'm' => 60,
                    _ => 3600,
                }
        }
    };
    (seconds > 0).then(|| Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_is_read_where_one_is_asked_for() {
        for (words, seconds) in [
            (
                "4.2.0 <a@b.example>: Recipient address rejected: Greylisted for 5 minutes",
                Some(300),
            ),
            (
                "4.7.1 Greylisting in action, please come back in 00:04:59",
                Some(299),
            ),
            ("4.7.1 Please try again in 04:59", Some(299)),
            ("4.3.2 Try again in 300 seconds", Some(300)),
            ("4.7.0 Too many messages, retry after 1 hour", Some(3600)),
            (
                "4.7.0 temporarily deferred; wait at least 90s and try again",
                Some(90),
            ),
            (
                "4.7.650 The mail server has been temporarily rate limited, try again later",
                None,
            ),
            ("4.2.2 mailbox full", None),
            ("5 messages in 10 minutes is the limit", None),
            ("4.4.2 timeout exceeded after 30 seconds", None),
            ("4.2.0 try again in 0 seconds", None),
            ("4.2.0 try again in 99999 hours", Some(99_999 * 3600)),
            ("", None),
        ] {
            assert_eq!(asked_for(words), seconds.map(Duration::from_secs), "{words}");
        }
    }
}
