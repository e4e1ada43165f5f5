//! Who may come in, and from where.

use super::*;

#[test]
fn an_agent_signs_in_by_password_and_out_again() {
    let desk = Desk::new();
    let hash = hash_password(PASSWORD).unwrap();
    let agent = Agent {
        name: "ann".into(),
        password_hash: Some(hash),
    };
    desk.web.block_on(desk.web.store.put_agent(agent)).unwrap();

    let away = desk.web.get("/desk", &[]);
    assert_eq!(
        (away.status.as_u16(), away.header("location")),
        (303, "/desk/sign-in?then=%2Fdesk")
    );
    let sign_in = |password| {
        let pairs = [
            ("name", "ann"),
            ("password", password),
            ("then", "/desk/registrations"),
        ];
        desk.web
            .post("/desk/sign-in", &[FORM, OURS], form(&pairs).as_bytes())
    };
    let wrong = sign_in("not the password");
    assert_eq!(wrong.status, 401);
    assert_eq!(wrong.header("set-cookie"), "");

    let right = sign_in(PASSWORD);
    assert_eq!(right.header("location"), "/desk/registrations");
    let cookie = session_of(&right);
    let page = desk.get("/desk", &cookie);
    assert_eq!(page.status, 200);
    assert!(page.body.contains("ann"));

    assert_eq!(desk.post("/desk/sign-out", &cookie, &[]).status, 303);
    assert_eq!(
        desk.get("/desk", &cookie).status,
        303,
        "the session is ended, not only the cookie"
    );
}

#[test]
fn guessing_a_password_is_stopped() {
    let desk = Desk::new();
    let guess = || {
        let pairs = [("name", "ann"), ("password", "a guess")];
        desk.web
            .post("/desk/sign-in", &[FORM, OURS], form(&pairs).as_bytes())
            .status
    };
    let answers: Vec<u16> = (0..7).map(|_| guess().as_u16()).collect();
    assert_eq!(answers, [401, 401, 401, 401, 401, 429, 429]);
}

#[test]
fn a_one_time_link_works_once() {
    let desk = Desk::new();
    let path = desk.web.state.one_time_sign_in("ann", "/desk/account");
    let first = desk.web.get(&path, &[]);
    assert_eq!(first.header("location"), "/desk/account");
    let cookie = session_of(&first);
    assert_eq!(desk.web.get(&path, &[]).status, 410);
    assert_eq!(desk.web.get("/desk/welcome?code=guess", &[]).status, 410);

    let short = desk.post("/desk/account", &cookie, &[("password", "short")]);
    assert_eq!(short.status, 422);
    assert_eq!(
        desk.post("/desk/account", &cookie, &[("password", PASSWORD)])
            .status,
        200
    );
    let without = desk.post("/desk/account", &cookie, &[("password", "another password")]);
    assert_eq!(
        without.status, 422,
        "who has a password must know it to change it"
    );
}

#[test]
fn nothing_is_shown_without_a_session() {
    let desk = Desk::new();
    for path in [
        "/desk".to_owned(),
        "/desk/registrations".into(),
        format!("/desk/registrations/{}", desk.reference),
        format!("/desk/cases/{}", desk.key),
        desk.case("html"),
        desk.case("raw"),
        desk.case("attachments/1"),
        "/desk/account".into(),
    ] {
        for cookie in ["", "estafette_session=forged"] {
            let answer = desk.get(&path, cookie);
            assert_eq!(answer.status, 303, "{path}");
            assert!(!answer.body.contains("Peeters"));
        }
    }
    let answer = desk.post(&desk.case("accept"), "", &[("version", "1")]);
    assert_eq!(answer.status, 401);
}

#[test]
fn a_form_from_another_site_changes_nothing() {
    let desk = Desk::new();
    let cookie = desk.cookie("ann");
    let (version, seen) = desk.seen(&cookie);
    let body = form(&[("version", &version), ("registration_version", &seen)]);
    for foreign in [
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://evil.example"),
        ("x-nothing", "1"),
    ] {
        let headers = [("cookie", cookie.as_str()), FORM, foreign];
        let answer = desk.web.post(&desk.case("accept"), &headers, body.as_bytes());
        assert_eq!(answer.status, 403, "{foreign:?}");
    }
    assert_eq!(desk.ean().as_deref(), Some("54144882001234567"));
    let answer = desk.post(
        &desk.case("accept"),
        &cookie,
        &[("version", &version), ("registration_version", &seen)],
    );
    assert_eq!(answer.status, 303, "{}", answer.body);
}
