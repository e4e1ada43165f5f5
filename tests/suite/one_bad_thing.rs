//! Promise 6: one bad thing stops nothing else. And promise 1: what cannot be read becomes a review case.

use serde_json::Value;

use crate::attachments::files;
use crate::support::customer::{self, EAN};
use crate::support::daemon::{Daemon, Home, PATIENCE, count_events};
use crate::support::lab::MailLab;
use crate::support::place::wait_until;

const CUSTOMER: &str = "helene@customer.example";

fn review_cases(daemon: &Daemon<'_>) -> Vec<Value> {
    daemon.get("/api/v1/messages?disposition=review").1["messages"]
        .as_array()
        .cloned()
        .unwrap_or_default()
}

#[test]
fn a_broken_message_blocks_nothing_and_becomes_a_review_case() {
    let lab = MailLab::start();
    let home = Home::new(&lab, "sqlite:estafette.db", "");
    let daemon = home.start();
    let reference = daemon.submit(&customer::without_ean(CUSTOMER));
    let request = customer::letter(&lab, CUSTOMER, 2);

    let bracket_storm = format!("From: <\r\nSubject: =?utf-8?b?////\r\n\r\n{}", ">".repeat(60_000));
    let broken: [&[u8]; 3] = [
        b"\x00\xff\xfe no header at all",
        bracket_storm.as_bytes(),
        b"Content-Type: multipart/mixed; boundary=a\r\n\r\n--a",
    ];
    for raw in broken {
        lab.deliver("care@example.test", raw);
    }
    let answer = customer::reply(&request, CUSTOMER, &format!("EAN : {EAN}"));
    customer::send(&lab, CUSTOMER, &request, &answer);

    daemon.wait_for_state(&reference, "verified");
    wait_until("every broken message waits for an agent", PATIENCE, || {
        (review_cases(&daemon).len() == 3).then_some(())
    });
}

#[test]
fn an_attachment_that_takes_its_whole_time_holds_up_nobody() {
    const OTHER: &str = "luc@customer.example";
    let lab = MailLab::start();
    let home = Home::new(&lab, "sqlite:estafette.db", "");
    let daemon = home.start();
    daemon.submit(&customer::without_ean(CUSTOMER));
    let reference = daemon.submit(&customer::without_ean(OTHER));
    let (hostile, request) = (
        customer::letter(&lab, CUSTOMER, 2),
        customer::letter(&lab, OTHER, 2),
    );
    let bill = files::pdf_that_never_ends();
    let reply = customer::reply_with_file(&hostile, CUSTOMER, "Voir la facture.", "facture.pdf", &bill);
    customer::send(&lab, CUSTOMER, &hostile, &reply);
    wait_until("the bill is being read", PATIENCE, || {
        let (_, list) = daemon.get("/api/v1/messages");
        let unread = |message: &Value| message["disposition"].is_null();
        list["messages"]
            .as_array()
            .is_some_and(|messages| messages.iter().any(unread))
            .then_some(())
    });
    let answer = customer::reply(&request, OTHER, &format!("EAN : {EAN}"));
    customer::send(&lab, OTHER, &request, &answer);
    daemon.wait_for_state(&reference, "verified");
    assert_eq!(review_cases(&daemon).len(), 0, "the bill is still being read");

    let case = wait_until("the bill waits for an agent", PATIENCE, || {
        review_cases(&daemon).pop()
    });
    assert!(case["reasons"].to_string().contains("facture.pdf"), "{case:#}");
}

#[test]
fn a_message_over_the_limit_becomes_a_review_case_with_its_headers() {
    let lab = MailLab::start();
    let home = Home::new(&lab, "sqlite:estafette.db", "message_megabytes_max = 1");
    let daemon = home.start();
    daemon.wait_until_ready();

    let body = "a line of a very long letter\r\n".repeat(60_000);
    let raw = format!(
        "From: {CUSTOMER}\r\nTo: care@example.test\r\nSubject: far too long\r\nMessage-ID: <big@customer.example>\r\n\r\n{body}"
    );
    lab.deliver("care@example.test", raw.as_bytes());

    let case = wait_until("the big message waits for an agent", PATIENCE, || {
        review_cases(&daemon).pop()
    });
    assert!(
        case["reasons"].to_string().contains("message_too_large"),
        "{case:#}"
    );
    assert!(
        case.to_string().contains("far too long"),
        "its headers are there: {case:#}"
    );
}

#[test]
fn a_refused_recipient_stops_no_other_and_somebody_knows() {
    let lab = MailLab::start();
    lab.refuse("gone@", "550 5.1.1 no such user here");
    let home = Home::new(&lab, "sqlite:estafette.db", "");
    let daemon = home.start();

    let refused = daemon.submit(&customer::without_ean("gone@customer.example"));
    let mut registration = customer::without_ean(CUSTOMER);
    registration["supply_address"]["house_number"] = "14".into();
    let other = daemon.submit(&registration);

    let failed = daemon.wait_for_event(&refused, "letter_failed");
    assert!(
        failed["history"].to_string().contains("no such user here"),
        "the server's words are kept: {failed:#}"
    );
    customer::letter(&lab, CUSTOMER, 2);
    assert_eq!(daemon.registration(&other)["awaiting"], "customer");
    wait_until("an agent is asked", PATIENCE, || {
        (daemon.registration(&refused)["awaiting"] == "agent").then_some(())
    });
}

#[test]
fn a_slow_recipient_holds_up_no_other() {
    let lab = MailLab::start();
    lab.refuse("slow@", "sleep 90");
    let home = Home::new(&lab, "sqlite:estafette.db", "");
    let daemon = home.start();
    daemon.submit(&customer::registration("slow@customer.example"));
    wait_until("the slow one is asked", PATIENCE, || {
        let asked = lab.asked_recipients();
        asked
            .iter()
            .any(|asked| asked.recipient.starts_with("slow@"))
            .then_some(())
    });

    daemon.submit(&customer::without_ean(CUSTOMER));
    customer::letter(&lab, CUSTOMER, 2);
    assert!(
        lab.messages("slow@customer.example").is_empty(),
        "the other one is still waiting"
    );
}

#[test]
fn an_answer_from_another_address_is_an_agents_to_decide() {
    let lab = MailLab::start();
    let home = Home::new(&lab, "sqlite:estafette.db", "");
    let daemon = home.start();
    let reference = daemon.submit(&customer::without_ean(CUSTOMER));
    let request = customer::letter(&lab, CUSTOMER, 2);

    let answer = customer::reply(&request, "stranger@elsewhere.example", &format!("EAN : {EAN}"));
    customer::send(&lab, "stranger@elsewhere.example", &request, &answer);

    let case = wait_until("the stranger's mail waits for an agent", PATIENCE, || {
        review_cases(&daemon).pop()
    });
    let registration = daemon.registration(&reference);
    assert_eq!(
        registration["fields"]["electricity_ean"]["value"],
        Value::Null,
        "{registration:#}"
    );
    assert_eq!(count_events(&registration, "answer_applied"), 0);
    assert_eq!(case["match"]["reference"], reference.as_str(), "{case:#}");
}

#[test]
fn the_same_message_in_two_copies_is_one_message() {
    let lab = MailLab::start();
    let home = Home::new(&lab, "sqlite:estafette.db", "");
    let daemon = home.start();
    let reference = daemon.submit(&customer::without_ean(CUSTOMER));
    let request = customer::letter(&lab, CUSTOMER, 2);

    let answer = customer::reply(&request, CUSTOMER, &format!("EAN : {EAN}"));
    customer::send(&lab, CUSTOMER, &request, &answer);
    lab.send(CUSTOMER, "care@example.test", &answer)
        .expect("Postfix takes the copy");

    daemon.wait_for_state(&reference, "verified");
    wait_until("both copies were fetched", PATIENCE, || {
        let told = lab
            .messages("care@example.test")
            .iter()
            .filter(|message| message.flags.contains('S'))
            .count();
        (told == 2).then_some(())
    });
    let registration = daemon.registration(&reference);
    assert_eq!(
        count_events(&registration, "message_received"),
        1,
        "{registration:#}"
    );
    assert_eq!(count_events(&registration, "answer_applied"), 1);
}
