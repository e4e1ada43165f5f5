//! `[api]`: who may use the API.

use secrecy::SecretString;

use super::reader::Section;

/// A shorter token is too easily guessed.
const TOKEN_CHARS_MIN: usize = 8;

#[derive(Debug, Clone)]
pub struct ApiSettings {
    /// Bearer tokens; with none, the API answers 401.
    pub tokens: Vec<SecretString>,
}

pub(super) fn read(mut section: Section<'_>) -> ApiSettings {
    let mut tokens = section.texts("tokens");
    if let Some(path) = section.path("tokens_file") {
        match std::fs::read_to_string(&path) {
            Ok(text) => tokens.extend(
                text.lines()
                    .map(|line| line.trim().to_owned())
                    .filter(|line| !line.is_empty()),
            ),
            Err(error) => {
                let what = format!("{} cannot be read: {error}", path.display());
                section.fault("tokens_file", what, "Check the path and its permissions");
            }
        }
    }
    if tokens.iter().any(String::is_empty) {
        section.fault(
            "tokens",
            "holds an empty token",
            "Take it out: it would let everybody in",
        );
    }
    // Short tokens are allowed for trying things out, and said aloud.
    if tokens
        .iter()
        .any(|token| !token.is_empty() && token.chars().count() < TOKEN_CHARS_MIN)
    {
        tracing::warn!(
            chars_min = TOKEN_CHARS_MIN,
            "an API token is short and easily guessed"
        );
    }
    section.finish();
    ApiSettings {
        tokens: tokens.into_iter().map(SecretString::from).collect(),
    }
}
