//! What an agent writes to a customer in own words.

/// Longer texts are no answer to a customer.
pub const AGENT_WORDS_CHARS_MAX: usize = 5_000;

/// Plain text, lines ended by LF, 1 to [`AGENT_WORDS_CHARS_MAX`] characters; nothing that controls a terminal or turns the
/// direction of writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentWords(String);

/// Why a text cannot be sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AgentWordsFault {
    #[error("Write something first.")]
    Empty,
    #[error("That is {chars} characters; {AGENT_WORDS_CHARS_MAX} can be sent. Shorten it.")]
    TooLong { chars: usize },
}

impl AgentWords {
    /// # Errors
    /// See [`AgentWordsFault`].
    pub fn parse(text: &str) -> Result<AgentWords, AgentWordsFault> {
        let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
        let kept: String = text.chars().filter(|c| *c == '\n' || !is_unseen(*c)).collect();
        let kept = kept.trim();
        let chars = kept.chars().count();
        match chars {
            0 => Err(AgentWordsFault::Empty),
            _ if chars > AGENT_WORDS_CHARS_MAX => Err(AgentWordsFault::TooLong { chars }),
            _ => Ok(AgentWords(kept.to_owned())),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Controls, and the marks of Unicode that override the direction of writing (UAX #9).
fn is_unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_dropped_and_lines_stay() {
        let words = AgentWords::parse(" Dag An,\r\n\r\nhet\u{202e} klopt.\u{7}\r\n").unwrap();
        assert_eq!(words.as_str(), "Dag An,\n\nhet klopt.");
    }

    #[test]
    fn nothing_and_too_much_are_refused() {
        assert_eq!(AgentWords::parse(" \r\n\u{202e}"), Err(AgentWordsFault::Empty));
        let longest = "é".repeat(AGENT_WORDS_CHARS_MAX);
        assert!(AgentWords::parse(&longest).is_ok());
        let chars = AGENT_WORDS_CHARS_MAX + 1;
        assert_eq!(
            AgentWords::parse(&format!("{longest}x")),
            Err(AgentWordsFault::TooLong { chars })
        );
    }
}
