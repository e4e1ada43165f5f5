//! The desk from outside: signing in, looking, deciding; and what must not be possible.

mod browser;
mod cases;
mod looks;
mod registrations;
mod signing_in;

use estafette::decision::ReasonForPeople;
use estafette::registration::finding::Finding;
use estafette::registration::{Actor, Command, Field, LetterKind, Reason, Reference, State};
use estafette::store::{Agent, FetchedMessage, Kept, MessageKey, Order, Settled, StoredLetter};
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
            words: Vec::new(),
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
            returns_on: None,
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
