//! Bearer tokens (RFC 6750).

use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use ring::digest::{SHA256, digest};
use secrecy::ExposeSecret;

use crate::registration::Actor;
use crate::web::WebState;
use crate::web::problem::Problem;

/// Who calls, as the token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// Place of the token in the configuration, from 1.
    number: usize,
    /// Keeps the idempotency keys of two clients apart, whatever the order of the tokens. Not secret.
    fingerprint: String,
}

impl Client {
    pub fn actor(&self) -> Actor {
        Actor::ApiClient(format!("token {}", self.number))
    }

    /// The name an idempotency key is stored under.
    pub fn scoped(&self, key: &str) -> String {
        format!("{}:{key}", self.fingerprint)
    }
}

pub async fn require_token(State(state): State<WebState>, mut request: Request, next: Next) -> Response {
    let Some(token) = bearer(request.headers()) else {
        return Problem::unauthorised("send `Authorization: Bearer TOKEN`").into_response();
    };
    let tokens = state
        .settings
        .api_tokens
        .iter()
        .map(|token| token.expose_secret());
    match recognise(token, tokens) {
        Some(client) => {
            request.extensions_mut().insert(client);
            next.run(request).await
        }
        None => Problem::unauthorised("the token is not one of the configured ones").into_response(),
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Compares digests, every byte of every token: the time taken says nothing of how far a guess was right.
fn recognise<'a>(given: &str, tokens: impl Iterator<Item = &'a str>) -> Option<Client> {
    let given = digest(&SHA256, given.as_bytes());
    let mut found = None;
    for (place, token) in tokens.enumerate() {
        let expected = digest(&SHA256, token.as_bytes());
        let difference = given
            .as_ref()
            .iter()
            .zip(expected.as_ref())
            .fold(0, |difference, (a, b)| difference | (a ^ b));
        if difference == 0 && !token.is_empty() {
            found = Some(place);
        }
    }
    found.map(|place| Client {
        number: place + 1,
        fingerprint: data_encoding::HEXLOWER.encode(&given.as_ref()[..FINGERPRINT_BYTES]),
    })
}

const FINGERPRINT_BYTES: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configured_token_is_known_by_its_place_and_nothing_else_is() {
        let tokens = || ["alpha", "beta", ""].into_iter();
        let client = recognise("beta", tokens()).unwrap();
        assert_eq!(client.actor(), Actor::ApiClient("token 2".into()));
        assert_ne!(
            client.scoped("k"),
            recognise("alpha", tokens()).unwrap().scoped("k")
        );
        assert_eq!(
            client.scoped("k"),
            recognise("beta", ["beta"].into_iter()).unwrap().scoped("k")
        );
        for wrong in ["", "bet", "beta ", "betaa", "ALPHA"] {
            assert_eq!(recognise(wrong, tokens()), None, "{wrong}");
        }
        assert_eq!(recognise("alpha", std::iter::empty()), None);
    }
}
