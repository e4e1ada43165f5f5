//! Who an agent is: passwords, one-time links, session cookies; and that a form was sent from our own page.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use argon2::{Argon2, PasswordHash, PasswordHasher, PasswordVerifier};
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use jiff::{SignedDuration, Timestamp};
use ring::digest::{SHA256, digest};
use tokio::sync::Semaphore;

use super::WebState;
use super::page::PlainPage;
use super::problem::Problem;
use crate::store::{Agent, StoreError};
use crate::{clock, randomness};

const COOKIE: &str = "estafette_session";
/// A working day and a bit.
const SESSION_VALIDITY: SignedDuration = SignedDuration::from_hours(12);
const ONE_TIME_VALIDITY: SignedDuration = SignedDuration::from_hours(24);
const ONE_TIME_CODES_MAX: usize = 100;
/// Failed sign-ins of one name within the window; then the name waits until the window is over.
const FAILURES_MAX: u32 = 5;
const FAILURE_WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// Names whose failures are remembered; beyond it, every sign-in waits.
const FAILING_NAMES_MAX: usize = 10_000;
/// A hash takes 19 MiB and a core: this many at once.
const HASHES_AT_ONCE: usize = 2;
pub const PASSWORD_CHARS_MIN: usize = 10;
/// A longer password is no password: in bytes.
pub const PASSWORD_BYTES_MAX: usize = 1000;
pub const NAME_CHARS_MAX: usize = 60;

/// What sign-in remembers in memory: a restart forgets codes and failures, not sessions.
pub struct SignIn {
    codes: Mutex<HashMap<[u8; 32], OneTimeCode>>,
    failures: Mutex<HashMap<String, Failures>>,
    hashing: Semaphore,
}

struct OneTimeCode {
    agent: String,
    lands_on: String,
    expires_at: Timestamp,
}

struct Failures {
    since: Timestamp,
    count: u32,
}

impl Default for SignIn {
    fn default() -> SignIn {
        SignIn {
            codes: Mutex::default(),
            failures: Mutex::default(),
            hashing: Semaphore::new(HASHES_AT_ONCE),
        }
    }
}

/// What a try to sign in came to.
#[derive(Debug, PartialEq, Eq)]
pub enum SignInOutcome {
    Welcome,
    Wrong,
    /// Too many failures: try again later.
    Wait,
}

impl WebState {
    /// The path of a link that signs `agent` in, once, and then shows the page `lands_on`. For the first start and the demo.
    pub fn one_time_sign_in(&self, agent: &str, lands_on: &str) -> String {
        let code = fresh_secret();
        let now = clock::now();
        let mut codes = lock(&self.sign_in.codes);
        codes.retain(|_, code| code.expires_at > now);
        if codes.len() < ONE_TIME_CODES_MAX {
            let entry = OneTimeCode {
                agent: agent.to_owned(),
                lands_on: lands_on.to_owned(),
                expires_at: now + ONE_TIME_VALIDITY,
            };
            codes.insert(sha256(&code), entry);
        }
        format!("/desk/welcome?code={code}")
    }

    /// Uses a one-time code up: the cookie of the new session, and the page to show.
    pub(crate) async fn redeem(&self, code: &str) -> Result<Option<(Cookie<'static>, String)>, StoreError> {
        let now = clock::now();
        let entry = lock(&self.sign_in.codes).remove(&sha256(code));
        let Some(entry) = entry.filter(|entry| entry.expires_at > now) else {
            return Ok(None);
        };
        if self.store.agent(&entry.agent).await?.is_none() {
            let agent = Agent {
                name: entry.agent.clone(),
                password_hash: None,
            };
            self.store.put_agent(agent).await?;
        }
        Ok(Some((self.open_session(&entry.agent).await?, entry.lands_on)))
    }

    pub(crate) async fn sign_in(&self, name: &str, password: String) -> Result<SignInOutcome, StoreError> {
        let now = clock::now();
        if !self.sign_in.may_try(name, now) {
            return Ok(SignInOutcome::Wait);
        }
        let hash = self
            .store
            .agent(name)
            .await?
            .and_then(|agent| agent.password_hash);
        let _permit = self.sign_in.hashing.acquire().await;
        let right = tokio::task::spawn_blocking(move || verify(&password, hash.as_deref())).await;
        if right.unwrap_or(false) {
            lock(&self.sign_in.failures).remove(name);
            Ok(SignInOutcome::Welcome)
        } else {
            Ok(SignInOutcome::Wrong)
        }
    }

    pub(crate) async fn open_session(&self, agent: &str) -> Result<Cookie<'static>, StoreError> {
        let secret = fresh_secret();
        let now = clock::now();
        let expires_at = now + SESSION_VALIDITY;
        // Sessions end by themselves; their rows go when somebody signs in.
        self.store.drop_expired_sessions(now).await?;
        self.store.put_session(sha256(&secret), agent, expires_at).await?;
        Ok(self.cookie(secret))
    }

    /// Ends the session of a cookie and gives the cookie that removes it.
    pub(crate) async fn close_session(&self, jar: &CookieJar) -> Result<Cookie<'static>, StoreError> {
        if let Some(cookie) = jar.get(COOKIE) {
            self.store.end_session(sha256(cookie.value())).await?;
        }
        let mut cookie = self.cookie(String::new());
        cookie.make_removal();
        Ok(cookie)
    }

    fn cookie(&self, value: String) -> Cookie<'static> {
        Cookie::build((COOKIE, value))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(self.settings.secure_cookies)
            .build()
    }
}

impl SignIn {
    /// Counts the try as a failure before its password is looked at, so that tries at once are counted too.
    fn may_try(&self, name: &str, now: Timestamp) -> bool {
        let mut failures = lock(&self.failures);
        failures.retain(|_, failures| failures.since + FAILURE_WINDOW > now);
        if failures.len() >= FAILING_NAMES_MAX {
            return false;
        }
        let entry = failures
            .entry(name.to_owned())
            .or_insert(Failures { since: now, count: 0 });
        entry.count += 1;
        entry.count <= FAILURES_MAX
    }
}

/// The PHC string (argon2id) of a password. Takes a moment on purpose: call it off the async threads.
///
/// # Errors
/// When the system gives no randomness or no memory for it.
pub fn hash_password(password: &str) -> Result<String, argon2::password_hash::Error> {
    Ok(Argon2::default().hash_password(password.as_bytes())?.to_string())
}

/// A hash that no password has: it costs as much to check as any.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm8$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// An agent without a password takes as long as one with a wrong one: the time says nothing of who is an agent.
fn verify(password: &str, hash: Option<&str>) -> bool {
    let Ok(parsed) = PasswordHash::new(hash.unwrap_or(NOBODY)) else {
        return false;
    };
    Argon2::default()
        .verify_password(password.as_bytes(), &parsed)
        .is_ok()
        && hash.is_some()
}

fn fresh_secret() -> String {
    data_encoding::BASE64URL_NOPAD.encode(&randomness::bytes::<32>())
}

fn sha256(secret: &str) -> [u8; 32] {
    digest(&SHA256, secret.as_bytes())
        .as_ref()
        .try_into()
        .expect("SHA-256 has 32 bytes")
}

/// A panic elsewhere does not make these maps wrong.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// The agent who is signed in. Without one, a page becomes the way to sign in.
pub struct SignedIn(pub String);

impl FromRequestParts<WebState> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<SignedIn, Response> {
        let jar = CookieJar::from_headers(&parts.headers);
        if let Some(cookie) = jar.get(COOKIE) {
            let session = state.store.session(sha256(cookie.value()), clock::now()).await;
            match session {
                Ok(Some(agent)) => return Ok(SignedIn(agent)),
                Ok(None) => {}
                Err(error) => return Err(failure_page(error)),
            }
        }
        if parts.method == Method::GET {
            let then = parts.uri.path_and_query().map_or("/desk", |path| path.as_str());
            let then = percent_encoding::utf8_percent_encode(then, percent_encoding::NON_ALPHANUMERIC);
            Err(Redirect::to(&format!("/desk/sign-in?then={then}")).into_response())
        } else {
            let text = "Your session has ended. Nothing was changed. Sign in and do it again.";
            Err(PlainPage::response(StatusCode::UNAUTHORIZED, "Signed out", text))
        }
    }
}

/// What a person sees when the store fails.
pub(crate) fn failure_page(error: StoreError) -> Response {
    // Logs the cause.
    let _ = Problem::from(error);
    let text = "The store does not answer just now. Nothing was changed unless you see it changed. Try again in a moment.";
    PlainPage::response(StatusCode::SERVICE_UNAVAILABLE, "Not just now", text)
}

/// Refuses what another site's page makes a browser send: cookies go along with that, consent does not.
pub async fn same_origin_only(request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || is_same_origin(request.headers()) {
        next.run(request).await
    } else {
        let text = "This form was not sent from a page of this desk. Nothing was changed.";
        PlainPage::response(StatusCode::FORBIDDEN, "Refused", text)
    }
}

/// `Sec-Fetch-Site` where the browser sends it, else `Origin` against our own host. A client that sends neither is no
/// browser, and carries no one's cookies unasked; it is refused all the same.
pub(super) fn is_same_origin(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let host = text(header::HOST.as_str());
    match (text(header::ORIGIN.as_str()), host) {
        (Some(origin), Some(host)) => origin
            .split_once("://")
            .is_some_and(|(_, authority)| authority.eq_ignore_ascii_case(host)),
        _ => false,
    }
}

/// Kept in the state by `Arc`.
pub(crate) type SharedSignIn = Arc<SignIn>;

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| ((*name).parse().unwrap(), value.parse().unwrap()))
            .collect::<HashMap<header::HeaderName, header::HeaderValue>>()
            .into_iter()
            .collect()
    }

    #[test]
    fn only_our_own_pages_may_send_forms() {
        let host = ("host", "desk.example.test:8025");
        for (right, given) in [
            (true, headers(&[host, ("sec-fetch-site", "same-origin")])),
            (
                false,
                headers(&[
                    host,
                    ("sec-fetch-site", "cross-site"),
                    ("origin", "http://desk.example.test:8025"),
                ]),
            ),
            (false, headers(&[host, ("sec-fetch-site", "same-site")])),
            (
                true,
                headers(&[host, ("origin", "http://desk.example.test:8025")]),
            ),
            (false, headers(&[host, ("origin", "http://evil.example")])),
            (false, headers(&[host, ("origin", "null")])),
            (false, headers(&[host])),
        ] {
            assert_eq!(is_same_origin(&given), right, "{given:?}");
        }
    }

    #[test]
    fn a_name_that_fails_too_often_waits_and_others_do_not() {
        let sign_in = SignIn::default();
        let start = Timestamp::UNIX_EPOCH;
        for _ in 0..FAILURES_MAX {
            assert!(sign_in.may_try("ann", start));
        }
        assert!(!sign_in.may_try("ann", start));
        assert!(sign_in.may_try("ben", start));
        assert!(sign_in.may_try("ann", start + FAILURE_WINDOW + SignedDuration::from_secs(1)));
    }

    #[test]
    fn a_password_is_right_or_wrong_and_nobody_has_none() {
        let hash = hash_password("correct horse").unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(verify("correct horse", Some(&hash)));
        assert!(!verify("wrong horse", Some(&hash)));
        assert!(!verify("correct horse", None));
        assert!(!verify("correct horse", Some("no hash")));
        assert!(PasswordHash::new(NOBODY).is_ok());
    }
}
