//! Signing in and out, the one-time link, and the agent's password.

use askama::Template;
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use serde::Deserialize;

use super::Fault;
use crate::store::Agent;
use crate::web::WebState;
use crate::web::page::{Frame, Page, PlainPage, Section, Tone};
use crate::web::session::{
    NAME_CHARS_MAX, PASSWORD_BYTES_MAX, PASSWORD_CHARS_MIN, SignInOutcome, SignedIn, hash_password,
};

#[derive(Template)]
#[template(path = "desk/sign_in.html")]
struct SignInPage {
    frame: Frame,
    then: String,
    name: String,
    error: Option<&'static str>,
}

#[derive(Deserialize)]
pub struct Then {
    #[serde(default)]
    then: String,
}

pub async fn sign_in_page(Query(query): Query<Then>) -> Response {
    let page = SignInPage {
        frame: Frame::default(),
        then: query.then,
        name: String::new(),
        error: None,
    };
    Page(StatusCode::OK, page).into_response()
}

#[derive(Deserialize)]
pub struct Credentials {
    name: String,
    password: String,
    #[serde(default)]
    then: String,
}

pub async fn sign_in(
    State(state): State<WebState>,
    jar: CookieJar,
    Form(form): Form<Credentials>,
) -> Result<Response, Fault> {
    let name = form.name.trim().to_owned();
    let sane = name.chars().count() <= NAME_CHARS_MAX && form.password.len() <= PASSWORD_BYTES_MAX;
    let outcome = if sane {
        state.sign_in(&name, form.password).await?
    } else {
        SignInOutcome::Wrong
    };
    let (status, error) = match outcome {
        SignInOutcome::Welcome => {
            let cookie = state.open_session(&name).await?;
            return Ok((jar.add(cookie), Redirect::to(own_path(&form.then))).into_response());
        }
        SignInOutcome::Wrong => (StatusCode::UNAUTHORIZED, "Name or password is not right."),
        SignInOutcome::Wait => (
            StatusCode::TOO_MANY_REQUESTS,
            "Too many tries. Wait a quarter of an hour.",
        ),
    };
    let page = SignInPage {
        frame: Frame::default(),
        then: form.then,
        name,
        error: Some(error),
    };
    Ok(Page(status, page).into_response())
}

/// Only a path of our own: a link to the sign-in page must not lead to another site.
fn own_path(then: &str) -> &str {
    let own = then.starts_with("/desk") && !then.contains(['\\', '\n', '\r']);
    if own { then } else { "/desk" }
}

pub async fn sign_out(State(state): State<WebState>, jar: CookieJar) -> Result<Response, Fault> {
    let cookie = state.close_session(&jar).await?;
    Ok((jar.add(cookie), Redirect::to("/desk/sign-in")).into_response())
}

#[derive(Deserialize)]
pub struct Code {
    #[serde(default)]
    code: String,
}

pub async fn welcome(
    State(state): State<WebState>,
    jar: CookieJar,
    Query(query): Query<Code>,
) -> Result<Response, Fault> {
    match state.redeem(&query.code).await? {
        Some((cookie, lands_on)) => Ok((jar.add(cookie), Redirect::to(&lands_on)).into_response()),
        None => {
            let text =
                "Each link signs in once, and only for a day. Ask for another one, or sign in by password.";
            Ok(PlainPage::response(
                StatusCode::GONE,
                "This link was used or is too old",
                text,
            ))
        }
    }
}

#[derive(Template)]
#[template(path = "desk/account.html")]
struct AccountPage {
    frame: Frame,
    has_password: bool,
    error: Option<String>,
}

async fn has_password(state: &WebState, name: &str) -> Result<bool, Fault> {
    let agent = state.store.agent(name).await?;
    Ok(agent.is_some_and(|agent| agent.password_hash.is_some()))
}

pub async fn account_page(
    State(state): State<WebState>,
    SignedIn(agent): SignedIn,
) -> Result<Response, Fault> {
    let page = AccountPage {
        has_password: has_password(&state, &agent).await?,
        frame: Frame::of(&agent, Section::Account),
        error: None,
    };
    Ok(Page(StatusCode::OK, page).into_response())
}

#[derive(Deserialize)]
pub struct NewPassword {
    #[serde(default)]
    present: String,
    password: String,
}

pub async fn set_password(
    State(state): State<WebState>,
    SignedIn(agent): SignedIn,
    Form(form): Form<NewPassword>,
) -> Result<Response, Fault> {
    let has_password = has_password(&state, &agent).await?;
    let length_fits =
        form.password.chars().count() >= PASSWORD_CHARS_MIN && form.password.len() <= PASSWORD_BYTES_MAX;
    let refused = if !length_fits {
        Some(format!(
            "Take {PASSWORD_CHARS_MIN} to {PASSWORD_BYTES_MAX} characters."
        ))
    } else if has_password && state.sign_in(&agent, form.present).await? != SignInOutcome::Welcome {
        Some("The present password is not right.".to_owned())
    } else {
        None
    };
    let frame = Frame::of(&agent, Section::Account);
    if refused.is_some() {
        let page = AccountPage {
            frame,
            has_password,
            error: refused,
        };
        return Ok(Page(StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let hash = tokio::task::spawn_blocking(move || hash_password(&form.password)).await;
    let Ok(Ok(hash)) = hash else {
        return Err(Fault::Inside);
    };
    let changed = Agent {
        name: agent.clone(),
        password_hash: Some(hash),
    };
    state.store.put_agent(changed).await?;
    let page = AccountPage {
        frame: frame.with_notice(Tone::Good, "Your password is set."),
        has_password: true,
        error: None,
    };
    Ok(Page(StatusCode::OK, page).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sign_in_leads_to_our_own_pages_only() {
        assert_eq!(own_path("/desk/cases/1?a=b"), "/desk/cases/1?a=b");
        for other in [
            "",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/desk\\..",
            "javascript:1",
        ] {
            assert_eq!(own_path(other), "/desk");
        }
    }
}
