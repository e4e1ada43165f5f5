//! An agent's own words to the customer: the form, and what it comes to.

use axum::http::StatusCode;
use serde::Deserialize;

use super::words;
use crate::clock;
use crate::registration::{AGENT_WORDS_CHARS_MAX, AgentWords, Registration};
use crate::store::Store;

#[derive(Deserialize)]
pub struct Posted {
    pub version: i64,
    pub words: String,
    pub act: String,
}

/// The form as it is shown.
pub(super) struct ReplyForm {
    pub action: String,
    pub version: i64,
    pub button: &'static str,
    pub language: &'static str,
    pub chars_max: usize,
    pub said: ReplySaid,
}

/// What was typed, and what is to be said about it.
#[derive(Default)]
pub(super) struct ReplySaid {
    pub text: String,
    pub error: Option<String>,
    pub preview: Option<Preview>,
}

impl ReplySaid {
    /// What was written and did not go out.
    pub(super) fn unsent(text: String) -> ReplySaid {
        ReplySaid {
            text,
            ..ReplySaid::default()
        }
    }

    pub(super) fn status(&self) -> StatusCode {
        match self.error {
            Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
            None => StatusCode::OK,
        }
    }
}

/// The letter as the customer would read it.
pub(super) struct Preview {
    pub subject: String,
    pub text: String,
}

impl ReplyForm {
    pub(super) fn new(
        registration: &Registration,
        action: String,
        version: i64,
        button: &'static str,
        said: ReplySaid,
    ) -> ReplyForm {
        ReplyForm {
            action,
            version,
            button,
            language: words::language(registration.language),
            chars_max: AGENT_WORDS_CHARS_MAX,
            said,
        }
    }
}

/// What a posted form asks for.
pub(super) enum Asked {
    Send(AgentWords),
    /// The page again, with a preview or with what is wrong.
    Show(ReplySaid),
}

pub(super) fn asked(store: &Store, registration: &Registration, posted: &Posted) -> Asked {
    let said = ReplySaid::unsent(posted.words.clone());
    let words = match AgentWords::parse(&posted.words) {
        Ok(words) if posted.act == "send" => return Asked::Send(words),
        Ok(words) => words,
        Err(fault) => {
            return Asked::Show(ReplySaid {
                error: Some(fault.to_string()),
                ..said
            });
        }
    };
    Asked::Show(match store.preview_reply(&words, registration, clock::now()) {
        Ok(letter) => ReplySaid {
            preview: Some(Preview {
                subject: letter.subject,
                text: letter.text,
            }),
            ..said
        },
        Err(fault) => ReplySaid {
            error: Some(format!("It cannot be sent: {fault}.")),
            ..said
        },
    })
}
