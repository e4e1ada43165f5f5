//! The desk from outside: signing in, looking, deciding; and what must not be possible.

use estafette::decision::ReasonForPeople;
use estafette::registration::finding::Finding;
use estafette::registration::{Actor, Command, Field, Reason, Reference, State};
use estafette::store::{Agent, FetchedMessage, Kept, MessageKey, Order, Settled};
use estafette::web::session::hash_password;
use serde_json::{Value, json};

use crate::support::store::second;
use crate::support::web::{Answer, Web};

const PASSWORD: &str = "a long enough password";
const EAN: &str = "541448820012345678";
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const OURS: (&str, &str) = ("sec-fetch-site", "same-origin");

const MESSAGE: &str = "From: An Peeters <an.peeters@customer.test>\r\nTo: care@example.test\r\n\
    Subject: Re: uw inschrijving\r\nMessage-ID: <m1@customer.test>\r\nMIME-Version: 1.0\r\n\
    Content-Type: multipart/mixed; boundary=X\r\n\r\n--X\r\nContent-Type: multipart/alternative; boundary=Y\r\n\r\n\
    --Y\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nMijn EAN is 541448820012345678. Wanneer begint het?\r\n\r\n\
    --Y\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p onclick=\"steal()\">Mijn EAN is <b>541448820012345678</b>. Wanneer begint het?\
    </p><script>alert(1)</script><img src=\"https://tracker.example/p.gif\">\r\n--Y--\r\n--X\r\n\
    Content-Type: text/html; name=\"bill.html\"\r\nContent-Disposition: attachment; filename=\"bill.html\"\r\n\r\n\
    <script>alert(2)</script>\r\n--X--\r\n";

/// A registration that waits for its EAN, with a message about it that waits for an agent.
struct Desk {
    web: Web,
    reference: Reference,
    key: String,
}

impl Desk {
    fn new() -> Desk {
        let web = Web::start();
        let reference: Reference = "REG-7K3M9Q2X".parse().unwrap();
        submit_blocked(&web, &reference, 1);
        let key = message(&web, "0190-a", MESSAGE, Some(&reference));
        Desk { web, reference, key }
    }

    fn cookie(&self, name: &str) -> String {
        let path = self.web.state.one_time_sign_in(name, "/desk");
        session_of(&self.web.get(&path, &[]))
    }

    fn get(&self, path: &str, cookie: &str) -> Answer {
        self.web.get(path, &[("cookie", cookie)])
    }

    fn post(&self, path: &str, cookie: &str, pairs: &[(&str, &str)]) -> Answer {
        self.web
            .post(path, &[("cookie", cookie), FORM, OURS], form(pairs).as_bytes())
    }

    fn case(&self, act: &str) -> String {
        format!("/desk/cases/{}/{act}", self.key)
    }

    /// The hidden inputs of the case's page: what a browser would send along.
    fn seen(&self, cookie: &str) -> (String, String) {
        let page = self.get(&format!("/desk/cases/{}", self.key), cookie).body;
        (hidden(&page, "version"), hidden(&page, "registration_version"))
    }

    fn ean(&self) -> Option<String> {
        let row = self
            .web
            .block_on(self.web.store.registration(&self.reference))
            .unwrap()
            .unwrap();
        row.registration.field(Field::ElectricityEan).map(str::to_owned)
    }

    fn state(&self) -> State {
        let row = self
            .web
            .block_on(self.web.store.registration(&self.reference))
            .unwrap()
            .unwrap();
        row.registration.state
    }

    fn history(&self) -> Vec<Value> {
        let history = self
            .web
            .block_on(self.web.store.history(&self.reference))
            .unwrap();
        history
            .iter()
            .map(|event| serde_json::to_value(event).unwrap())
            .collect()
    }
}

fn submit_blocked(web: &Web, reference: &Reference, number: u8) {
    let document = serde_json::from_value(json!({
        "language": "nl", "channel": "web", "kind": "switch",
        "customer": {"type": "residential", "first_name": "An", "last_name": "Peeters", "date_of_birth": "1984-03-09",
            "email": format!("an.peeters{number}@customer.test"), "phone": "+32470123456"},
        "supply_address": {"street": "Kerkstraat", "house_number": "12", "postal_code": "9000", "municipality": "Gent"},
        "electricity": {"ean": "54144882001234567"}, "start_date": "2027-01-15"
    }))
    .unwrap();
    let submitted = web
        .store
        .submit(document, reference.clone(), Actor::Customer, None, second(0));
    web.block_on(submitted).unwrap();
    let finding = Finding::Customer {
        field: Field::ElectricityEan,
        reason: Reason::Invalid,
        code: "ean_length".into(),
        value: Some("54144882001234567".into()),
    };
    act(
        web,
        reference,
        Actor::Estafette,
        Command::Verify {
            changes_seen: 0,
            findings: vec![finding],
        },
    );
}

fn act(web: &Web, reference: &Reference, actor: Actor, command: Command) {
    let order = Order {
        reference: reference.clone(),
        actor,
        command,
    };
    web.block_on(web.store.act(order, second(10))).unwrap();
}

/// A message that was read and waits for an agent; its EAN was understood where it names a registration.
fn message(web: &Web, key: &str, raw: &str, reference: Option<&Reference>) -> String {
    let fetched = FetchedMessage {
        mailbox: "maildir:test".into(),
        uid_validity: 0,
        uid: key.into(),
        raw: raw.as_bytes().to_vec(),
        size_bytes: raw.len() as u64,
        received_at: second(20),
    };
    let kept = web.store.keep(fetched, MessageKey(key.into()), None, second(20));
    let Kept::New(key) = web.block_on(kept).unwrap() else {
        panic!("it was not there before")
    };
    let text = estafette::reading::read(raw.as_bytes()).body.text;
    let at = text.find(EAN);
    let answers = match (reference, at) {
        (Some(_), Some(at)) => {
            json!({"electricity_ean": {"status": "corrected", "value": EAN, "checks": ["check digit"],
            "evidence": {"part": "body", "span": [at, at + EAN.len()], "text": EAN, "rule": "ean"}}})
        }
        _ => json!({}),
    };
    let settled = Settled {
        disposition: "review".into(),
        kind: "answer".into(),
        reference: reference.cloned(),
        evidence: json!({"reference": reference, "evidence": [{"by": "token"}], "sender": null}),
        reasons: vec![ReasonForPeople {
            code: "question".into(),
            detail: Some("Wanneer begint het?".into()),
            span: text.find("Wanneer").map(|at| (at, at + 19)),
        }],
        answers,
        subject: "Re: uw inschrijving".into(),
        sender: Some("an.peeters@customer.test".into()),
        language: Some("nl".into()),
    };
    let note = reference.map(|reference| Order {
        reference: reference.clone(),
        actor: Actor::Customer,
        command: Command::NoteMessage {
            message: key.0.clone(),
            kind: "answer".into(),
            disposition: "review".into(),
        },
    });
    let settled = web
        .store
        .settle(&key, settled, note.into_iter().collect(), second(30));
    assert!(web.block_on(settled).unwrap());
    key.0
}

fn form(pairs: &[(&str, &str)]) -> String {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(pairs);
    form.finish()
}

fn session_of(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.body);
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    cookie.split(';').next().unwrap().to_owned()
}

fn hidden(page: &str, name: &str) -> String {
    let marker = format!("name=\"{name}\" value=\"");
    let start = page
        .find(&marker)
        .unwrap_or_else(|| panic!("no {name} in {page}"))
        + marker.len();
    page[start..].split('"').next().unwrap().to_owned()
}

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
fn the_case_shows_the_message_what_was_read_and_the_registration() {
    let desk = Desk::new();
    let cookie = desk.cookie("ann");
    let list = desk.get("/desk", &cookie).body;
    assert!(
        list.contains("Asks a question") && list.contains("a…@customer.test"),
        "{list}"
    );
    assert!(
        !list.contains("an.peeters@customer.test"),
        "the list masks senders"
    );

    let page = desk.get(&format!("/desk/cases/{}", desk.key), &cookie);
    assert_eq!(page.status, 200);
    let body = page.body.as_str();
    assert!(
        body.contains(&format!("<mark class=\"answer\">{EAN}</mark>")),
        "{body}"
    );
    assert!(
        body.contains("<mark class=\"doubt\">Wanneer begint het?</mark>"),
        "{body}"
    );
    assert!(body.contains("REG-7K3M9Q2X") && body.contains("waits for an agent"));
    assert!(body.contains("signed reply address"));
    assert!(body.contains("bill.html"));
    assert!(!body.contains("<script") && !body.contains("tracker.example"));
    let policy = page.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'") && !policy.contains("unsafe"),
        "{policy}"
    );
    assert!(policy.contains("frame-ancestors 'none'"));
    assert_eq!(page.header("x-robots-tag"), "noindex, nofollow");
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    assert_eq!(page.header("cache-control"), "no-store");
}

#[test]
fn hostile_html_shows_nothing_active_and_files_are_only_downloads() {
    let desk = Desk::new();
    let cookie = desk.cookie("ann");
    let html = desk.get(&desk.case("html"), &cookie);
    assert_eq!(html.status, 200);
    assert!(html.body.contains(&format!("<b>{EAN}</b>")), "{}", html.body);
    for active in ["<script", "alert", "onclick", "<img", "tracker"] {
        assert!(!html.body.contains(active), "{active} in {}", html.body);
    }
    let policy = html.header("content-security-policy");
    assert!(
        policy.contains("default-src 'none'") && policy.contains("sandbox") && !policy.contains("allow-"),
        "{policy}"
    );

    let file = desk.get(&desk.case("attachments/1"), &cookie);
    assert_eq!(file.header("content-type"), "application/octet-stream");
    assert!(
        file.header("content-disposition")
            .starts_with("attachment; filename*=UTF-8''bill%2Ehtml")
    );
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert!(file.body.contains("alert(2)"));
    assert_eq!(desk.get(&desk.case("attachments/2"), &cookie).status, 404);
    assert_eq!(desk.get(&desk.case("raw"), &cookie).body, MESSAGE);
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

#[test]
fn accepting_applies_what_was_understood_with_its_evidence_and_verifies_again() {
    let desk = Desk::new();
    let cookie = desk.cookie("ann");
    let (version, seen) = desk.seen(&cookie);
    let answer = desk.post(
        &desk.case("accept"),
        &cookie,
        &[("version", &version), ("registration_version", &seen)],
    );
    assert_eq!(answer.header("location"), "/desk?done=applied", "{}", answer.body);
    assert_eq!(desk.ean().as_deref(), Some(EAN));
    assert_eq!(desk.state(), State::Verifying);
    let history = desk.history();
    let applied = history
        .iter()
        .find(|entry| entry["event"] == "answer_applied")
        .unwrap();
    assert_eq!(applied["actor"], json!({"kind": "agent", "name": "ann"}));
    assert_eq!(applied["message"], desk.key);
    assert_eq!(applied["evidence"]["text"], EAN);
    assert!(desk.get("/desk", &cookie).body.contains("Nothing waits for you"));
}

#[test]
fn an_agent_sets_several_fields_at_once_and_a_wrong_value_is_said_beside_its_field() {
    let desk = Desk::new();
    let cookie = desk.cookie("ann");
    let (version, _) = desk.seen(&cookie);
    let fields = desk.case("fields");
    let ean_was = ("was.electricity_ean", "54144882001234567");
    let wrong = [
        ("version", version.as_str()),
        ean_was,
        ("value.electricity_ean", "541448820012345679"),
        ("was.phone", "+32470123456"),
        ("value.phone", "0471 11 22 33"),
    ];
    let answer = desk.post(&fields, &cookie, &wrong);
    assert_eq!(answer.status, 422);
    assert!(
        answer.body.contains("the check digit does not fit"),
        "{}",
        answer.body
    );
    assert!(
        answer.body.contains("value=\"541448820012345679\""),
        "what was typed stays"
    );
    assert_eq!(
        desk.ean().as_deref(),
        Some("54144882001234567"),
        "nothing was saved, not even the good one"
    );

    let right = [
        ("version", version.as_str()),
        ean_was,
        ("value.electricity_ean", "5414 4882 0012 3456 78"),
        ("was.phone", "+32470123456"),
        ("value.phone", "0471 11 22 33"),
        ("was.last_name", "Peeters"),
        ("value.last_name", "Peeters"),
        ("confirm.last_name", "yes"),
    ];
    let answer = desk.post(&fields, &cookie, &right);
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert_eq!(desk.ean().as_deref(), Some(EAN));
    let events: Vec<String> = desk
        .history()
        .iter()
        .map(|entry| entry["event"].as_str().unwrap().to_owned())
        .collect();
    for event in ["answer_applied", "value_confirmed", "requeued"] {
        assert!(events.iter().any(|name| name == event), "{event} in {events:?}");
    }
}

#[test]
fn who_comes_second_is_told_what_the_first_did() {
    let desk = Desk::new();
    let (ann, ben) = (desk.cookie("ann"), desk.cookie("ben"));
    let (version, seen) = desk.seen(&ben);
    let ignored = desk.post(
        &desk.case("close"),
        &ann,
        &[("version", &version), ("act", "ignore")],
    );
    assert_eq!(ignored.status, 303);
    let late = desk.post(
        &desk.case("accept"),
        &ben,
        &[("version", &version), ("registration_version", &seen)],
    );
    assert_eq!(late.status, 409);
    let fields = [
        ("version", version.as_str()),
        ("was.phone", "+32470123456"),
        ("value.phone", "0471 11 22 33"),
    ];
    let late_too = desk.post(&desk.case("fields"), &ben, &fields);
    assert_eq!(late_too.status, 409);
    assert!(late_too.body.contains("ann: ignored"), "{}", late_too.body);
    assert_eq!(desk.ean().as_deref(), Some("54144882001234567"));
}

#[test]
fn a_field_that_changed_while_the_agent_looked_is_not_overwritten() {
    let desk = Desk::new();
    let cookie = desk.cookie("ann");
    let (version, seen) = desk.seen(&cookie);
    let other = Command::SetField {
        field: Field::Phone,
        value: Some("+32479999999".into()),
    };
    act(&desk.web, &desk.reference, Actor::Agent("ben".into()), other);
    let fields = [
        ("version", version.as_str()),
        ("was.phone", "+32470123456"),
        ("value.phone", "0471 11 22 33"),
    ];
    let answer = desk.post(&desk.case("fields"), &cookie, &fields);
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("changed meanwhile"), "{}", answer.body);
    let accept = desk.post(
        &desk.case("accept"),
        &cookie,
        &[("version", &version), ("registration_version", &seen)],
    );
    assert_eq!(accept.status, 409);
    assert_eq!(desk.ean().as_deref(), Some("54144882001234567"));
}

#[test]
fn ignoring_gives_the_registration_back_to_the_customer() {
    let desk = Desk::new();
    let cookie = desk.cookie("ann");
    let (version, _) = desk.seen(&cookie);
    assert_eq!(
        desk.state().awaiting(),
        Some(estafette::registration::Awaiting::Agent)
    );
    let answer = desk.post(
        &desk.case("close"),
        &cookie,
        &[("version", &version), ("act", "ignore")],
    );
    assert_eq!(answer.header("location"), "/desk?done=ignored", "{}", answer.body);
    assert_eq!(
        desk.state().awaiting(),
        Some(estafette::registration::Awaiting::Customer)
    );
}

#[test]
fn asking_again_queues_a_letter_and_withdrawing_ends_it() {
    let desk = Desk::new();
    let cookie = desk.cookie("ann");
    let (version, _) = desk.seen(&cookie);
    let letters = || {
        desk.web
            .block_on(desk.web.store.letters_of(&desk.reference))
            .unwrap()
            .len()
    };
    let before = letters();
    let answer = desk.post(
        &desk.case("close"),
        &cookie,
        &[("version", &version), ("act", "ask_again")],
    );
    assert_eq!(
        answer.header("location"),
        "/desk?done=asked_again",
        "{}",
        answer.body
    );
    assert_eq!(letters(), before + 1);

    let page = desk.get(&format!("/desk/registrations/{}", desk.reference), &cookie);
    assert_eq!(page.status, 200);
    assert!(
        page.body.contains("Clarification request") && page.body.contains("asked again by ann"),
        "{}",
        page.body
    );
    let act = format!("/desk/registrations/{}/act", desk.reference);
    let stale = desk.post(&act, &cookie, &[("version", "0"), ("act", "withdraw")]);
    assert_eq!(stale.status, 409);
    let version = hidden(&page.body, "version");
    let done = desk.post(&act, &cookie, &[("version", &version), ("act", "withdraw")]);
    assert_eq!(done.status, 303, "{}", done.body);
    assert_eq!(desk.state(), State::Withdrawn);
    // What a withdrawn registration refuses is said, not done.
    let fields = [("was.phone", "+32470123456"), ("value.phone", "0471 11 22 33")];
    let refused = desk.post(
        &format!("/desk/registrations/{}/fields", desk.reference),
        &cookie,
        &fields,
    );
    assert_eq!(refused.status, 409);
    assert!(refused.body.contains("That cannot be done"), "{}", refused.body);
}

#[test]
fn registrations_are_found_by_their_reference() {
    let desk = Desk::new();
    let cookie = desk.cookie("ann");
    for typed in ["REG-7K3M9Q2X", "reg-7k3m9q2x", "7k3m9q2x", "%20REG-7K3M9Q2X%20"] {
        let answer = desk.get(&format!("/desk/registrations?q={typed}"), &cookie);
        assert_eq!(
            answer.header("location"),
            "/desk/registrations/REG-7K3M9Q2X",
            "{typed}"
        );
    }
    let none = desk.get("/desk/registrations?q=REG-00000000", &cookie);
    assert_eq!(none.status, 404);
    assert!(none.body.contains("No registration has the reference"));
    assert_eq!(desk.get("/desk/registrations/REG-00000000", &cookie).status, 404);
    assert_eq!(desk.get("/desk/cases/none", &cookie).status, 404);
}

#[test]
fn a_message_linked_to_a_registration_is_understood_against_it_and_stays_open() {
    let desk = Desk::new();
    let cookie = desk.cookie("ann");
    let stray = MESSAGE.replace("m1@", "m2@");
    let key = message(&desk.web, "0190-b", &stray, None);
    let path = format!("/desk/cases/{key}");
    let page = desk.get(&path, &cookie).body;
    assert!(page.contains("No registration"), "{page}");
    let version = hidden(&page, "version");
    let link = format!("{path}/link");

    let unknown = desk.post(
        &link,
        &cookie,
        &[("version", &version), ("reference", "REG-00000000")],
    );
    assert_eq!(unknown.status, 422);
    assert!(unknown.body.contains("There is no registration REG-00000000"));

    let linked = desk.post(
        &link,
        &cookie,
        &[("version", &version), ("reference", "reg-7k3m9q2x")],
    );
    assert_eq!(linked.header("location"), path, "{}", linked.body);
    let page = desk.get(&path, &cookie).body;
    assert!(
        page.contains("REG-7K3M9Q2X") && page.contains("Linked by an agent"),
        "{page}"
    );
    assert!(
        page.contains(&format!("<mark class=\"answer\">{EAN}</mark>")),
        "{page}"
    );
    assert_eq!(
        desk.ean().as_deref(),
        Some("54144882001234567"),
        "linking applies nothing"
    );

    let again = desk.post(
        &link,
        &cookie,
        &[("version", &version), ("reference", "REG-7K3M9Q2X")],
    );
    assert_eq!(again.status, 409, "the version moved on");
    let (version, seen) = (hidden(&page, "version"), hidden(&page, "registration_version"));
    let accepted = desk.post(
        &format!("{path}/accept"),
        &cookie,
        &[("version", &version), ("registration_version", &seen)],
    );
    assert_eq!(accepted.status, 303, "{}", accepted.body);
    assert_eq!(desk.ean().as_deref(), Some(EAN));
}

#[test]
fn an_applied_answer_can_be_taken_back_until_the_registration_is_verified() {
    let desk = Desk::new();
    let cookie = desk.cookie("ann");
    let (version, seen) = desk.seen(&cookie);
    let pairs = [
        ("version", version.as_str()),
        ("registration_version", seen.as_str()),
    ];
    assert_eq!(desk.post(&desk.case("accept"), &cookie, &pairs).status, 303);
    let path = format!("/desk/registrations/{}", desk.reference);
    let undo = |version: &str| {
        let pairs = [("version", version), ("field", "electricity_ean")];
        desk.post(&format!("{path}/undo"), &cookie, &pairs)
    };
    let current = || hidden(&desk.get(&path, &cookie).body, "version");

    assert_eq!(undo("0").status, 409);
    assert_eq!(undo(&current()).status, 303);
    assert_eq!(desk.ean().as_deref(), Some("54144882001234567"));
    let nothing_left = undo(&current());
    assert_eq!(nothing_left.status, 409);
    assert!(
        nothing_left.body.contains("nothing to undo"),
        "{}",
        nothing_left.body
    );
}
