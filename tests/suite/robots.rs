//! Promise 5: no robot is answered. And what comes back undelivered is told to somebody.

use crate::support::customer;
use crate::support::daemon::{Home, count_events};
use crate::support::lab::MailLab;

const CUSTOMER: &str = "helene@customer.example";

#[test]
fn an_out_of_office_gets_no_letter_and_changes_nothing() {
    let lab = MailLab::start();
    let home = Home::new(&lab, "sqlite:estafette.db", "");
    let daemon = home.start();
    let reference = daemon.submit(&customer::without_ean(CUSTOMER));
    let request = customer::letter(&lab, CUSTOMER, 2);

    let answer = customer::reply(
        &request,
        CUSTOMER,
        "Bonjour, je suis absente jusqu'au 30 novembre. Mon code EAN est le 541456700001237377.",
    );
    let answer = String::from_utf8(answer).unwrap().replacen(
        "MIME-Version",
        "Auto-Submitted: auto-replied\r\nMIME-Version",
        1,
    );
    customer::send(&lab, CUSTOMER, &request, answer.as_bytes());

    let registration = daemon.wait_for_event(&reference, "message_received");
    assert_eq!(registration["state"], "blocked");
    assert_eq!(
        registration["awaiting"], "customer",
        "a robot's words are no answer, and hand nothing to an agent"
    );
    let messages = daemon.get("/api/v1/messages?disposition=ignore").1;
    assert_eq!(
        messages["messages"].as_array().map(Vec::len),
        Some(1),
        "{messages}"
    );
    // A real answer afterwards is the proof that all work was done, and that the robot got nothing in between.
    let answer = customer::reply_with_id(&request, CUSTOMER, "EAN : 541456700001237377", "later");
    customer::send(&lab, CUSTOMER, &request, &answer);
    daemon.wait_for_state(&reference, "verified");
    customer::letter(&lab, CUSTOMER, 3);
    assert_eq!(
        lab.messages(CUSTOMER).len(),
        3,
        "confirmation, request, acknowledgement and nothing else"
    );
}

#[test]
fn a_bounce_is_told_and_hands_the_registration_to_an_agent() {
    let lab = MailLab::start();
    let home = Home::new(&lab, "sqlite:estafette.db", "");
    let daemon = home.start();
    let reference = daemon.submit(&customer::without_ean(&lab.bouncing_address()));

    let registration = daemon.wait_for_event(&reference, "letter_bounced");

    assert!(count_events(&registration, "letter_bounced") >= 1);
    let blocked =
        crate::support::place::wait_until("an agent is asked", crate::support::daemon::PATIENCE, || {
            let registration = daemon.registration(&reference);
            (registration["awaiting"] == "agent").then_some(registration)
        });
    assert_eq!(blocked["state"], "blocked");
}
