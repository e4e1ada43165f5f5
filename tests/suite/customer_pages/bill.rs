//! A bill that is uploaded: read by the code that reads attachments, and proposed.

use estafette::clock;
use estafette::letters::Purpose;
use estafette::registration::{Actor, Field, Reason};

use super::{Case, OURS, finding};
use crate::support::web::{Answer, Web};

/// A registration that waits for its EAN, and the bill of the same home.
fn with_bill() -> (Case, Vec<u8>) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/replies/attached");
    let registration = std::fs::read(folder.join("registrations/REG-A7QD4TWE.json")).unwrap();
    let mut document: estafette::registration::RegistrationDocument =
        serde_json::from_slice(&registration).unwrap();
    let reply = std::fs::read(folder.join("replies/attached-0001.eml")).unwrap();
    let bill = estafette::reading::read(&reply).attachments.remove(0).content;
    let web = Web::start();
    let reference = document.reference.take().unwrap();
    let submitted = web
        .store
        .submit(document, reference.clone(), Actor::Customer, None, clock::now());
    web.block_on(submitted).unwrap();
    let case = Case { web, reference };
    case.verify(vec![finding(
        Field::ElectricityEan,
        Reason::Missing,
        "electricity_ean_missing",
        None,
    )]);
    (case, bill)
}

impl Case {
    fn post_bill(&self, content: &[u8]) -> Answer {
        let head = b"--XX\r\nContent-Disposition: form-data; name=\"bill\"; filename=\"../a b.pdf\"\r\n\
            Content-Type: application/pdf\r\n\r\n";
        let body = [head.as_slice(), content, b"\r\n--XX--\r\n"].concat();
        let kind = ("content-type", "multipart/form-data; boundary=XX");
        let path = format!("{}/bill", self.path(Purpose::Answer));
        self.web.post(&path, &[kind, OURS], &body)
    }
}

#[test]
fn a_bill_is_read_and_what_it_says_is_proposed_before_anything_is_taken() {
    let (case, bill) = with_bill();
    assert!(case.get(Purpose::Answer).body.contains("type=\"file\""));
    let events = case.history_len();
    let page = case.post_bill(&bill);
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(
        page.body.contains("value=\"541456700031874627\""),
        "{}",
        page.body
    );
    // Neither the value nor the picture is kept until the customer sends the form.
    assert_eq!(case.history_len(), events);
    assert_eq!(case.registration().field(Field::ElectricityEan), None);
    let sent = case.post(Purpose::Answer, &[("electricity_ean", "541456700031874627")]);
    assert_eq!(sent.status, 303);
    assert_eq!(
        case.registration().field(Field::ElectricityEan),
        Some("541456700031874627")
    );
}

#[test]
fn a_bill_that_cannot_be_read_is_an_agents_and_what_is_no_bill_is_refused() {
    let (case, _) = with_bill();
    let events = case.history_len();
    for (content, words) in [
        (b"".as_slice(), "Choisissez d’abord"),
        (b"<script>alert(1)</script>", "ni une photo ni un PDF"),
        (&[b'%'; 11 * 1024 * 1024], "trop grand"),
    ] {
        let page = case.post_bill(content);
        assert_eq!(page.status, 422);
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    assert_eq!(case.history_len(), events);
    let page = case.post_bill(b"%PDF-1.4\n%%EOF\n");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("collaborateur"), "{}", page.body);
    let messages = case
        .web
        .block_on(case.web.store.messages_of(&case.reference))
        .unwrap();
    let settled = messages[0].settled.as_ref().unwrap();
    assert_eq!(settled.disposition, "review");
    assert_eq!(settled.reasons[0].code, "unread_attachment");
    let raw = case
        .web
        .block_on(case.web.store.raw_message(&messages[0].key))
        .unwrap();
    let kept = estafette::reading::read(&raw.unwrap());
    assert_eq!(kept.attachments[0].name.as_deref(), Some("bill.pdf"));
    assert_eq!(kept.attachments[0].content, b"%PDF-1.4\n%%EOF\n");
}
