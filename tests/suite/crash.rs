//! kill -9 at each step of the way of a message and of the way of a letter, and start again: nothing lost, nothing applied
//! twice, no letter lost.

use std::process::Command;
use std::time::Duration;

use crate::support::customer::{self, EAN};
use crate::support::daemon::{Home, count_events};
use crate::support::lab::MailLab;
use crate::support::place::wait_until;

const CUSTOMER: &str = "helene@customer.example";
const FROM: &str = "Hélène Vandamme <helene@customer.example>";
/// A lease of the daemon, and the work after it.
const PATIENCE: Duration = Duration::from_secs(90);

fn a_message_survives_a_crash_at(point: &str) {
    let lab = MailLab::start();
    let home = Home::new(&lab, "sqlite:estafette.db", "");
    let daemon = home.start();
    let reference = daemon.submit(&customer::without_ean(CUSTOMER));
    let request = customer::letter(&lab, CUSTOMER, 2);
    daemon.wait_for_event(&reference, "letter_sent");
    assert!(daemon.terminate().success());

    let answer = customer::reply(
        &request,
        FROM,
        &format!("Bonjour,\n\nLe code EAN est {EAN}\n\nMerci,\nHélène"),
    );
    customer::send(&lab, CUSTOMER, &request, &answer);
    home.start_crashing_at(point).wait_for_crash();

    let daemon = home.start();
    let verified = daemon.wait_for_state(&reference, "verified");
    assert_eq!(verified["fields"]["electricity_ean"]["value"], EAN);
    for event in [
        "message_received",
        "answer_applied",
        "requeued",
        "verification_passed",
    ] {
        assert_eq!(
            count_events(&verified, event),
            1,
            "{event} after a crash at {point}"
        );
    }
    let messages = daemon.get("/api/v1/messages").1;
    assert_eq!(
        messages["messages"].as_array().map(Vec::len),
        Some(1),
        "one mail is one message: {messages}"
    );
    customer::letter(&lab, CUSTOMER, 3);
    assert_eq!(
        lab.messages(CUSTOMER).len(),
        3,
        "confirmation, request, acknowledgement: each once"
    );
}

#[test]
fn after_a_message_was_fetched() {
    a_message_survives_a_crash_at("message_fetched");
}

#[test]
fn after_a_message_was_kept() {
    a_message_survives_a_crash_at("message_kept");
}

#[test]
fn after_the_mailbox_was_told() {
    a_message_survives_a_crash_at("mailbox_told");
}

#[test]
fn after_a_message_was_understood() {
    a_message_survives_a_crash_at("message_understood");
}

#[test]
fn after_a_message_was_settled() {
    a_message_survives_a_crash_at("message_settled");
}

/// Takes a registration in while no daemon runs: its confirmation waits in the outbox.
fn take_in(home: &Home) -> String {
    let file = tempfile::Builder::new().suffix(".ndjson").tempfile().unwrap();
    std::fs::write(file.path(), customer::registration(CUSTOMER).to_string()).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_estafette"))
        .args(["import", "--config"])
        .args([&home.config_file(), file.path()])
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let words = String::from_utf8(output.stdout).unwrap();
    words
        .split_whitespace()
        .find(|word| word.starts_with("REG-"))
        .expect("a reference")
        .to_owned()
}

#[test]
fn a_letter_survives_a_crash_before_it_was_handed_over() {
    let lab = MailLab::start();
    let home = Home::new(&lab, "sqlite:estafette.db", "");
    let reference = take_in(&home);
    home.start_crashing_at("letter_claimed").wait_for_crash();
    assert!(lab.messages(CUSTOMER).is_empty());

    let daemon = home.start();
    wait_until("the letter is sent", PATIENCE, || {
        (count_events(&daemon.registration(&reference), "letter_sent") == 1).then_some(())
    });
    assert_eq!(lab.wait_for_messages(CUSTOMER, 1, PATIENCE).len(), 1);
}

#[test]
fn a_letter_that_may_have_arrived_goes_out_again_with_the_same_message_id_and_visibly() {
    let lab = MailLab::start();
    let home = Home::new(&lab, "sqlite:estafette.db", "");
    let reference = take_in(&home);
    home.start_crashing_at("letter_accepted").wait_for_crash();
    let first = lab.wait_for_messages(CUSTOMER, 1, PATIENCE);

    let daemon = home.start();
    let registration = wait_until("the letter is known to be sent", PATIENCE, || {
        let registration = daemon.registration(&reference);
        (count_events(&registration, "letter_sent") == 1).then_some(registration)
    });
    assert_eq!(count_events(&registration, "letter_queued"), 1);
    let letters = lab.wait_for_messages(CUSTOMER, 2, PATIENCE);
    assert_eq!(letters.len(), 2);
    assert!(
        letters
            .iter()
            .all(|letter| letter.header("Message-ID") == first[0].header("Message-ID"))
    );
    assert!(
        home.log().contains("nobody knows whether it arrived"),
        "{}",
        home.log()
    );
}

#[test]
fn kills_at_any_moment_lose_nothing_and_double_nothing() {
    let lab = MailLab::start();
    let home = Home::new(&lab, "sqlite:estafette.db", "");
    let daemon = home.start();
    let customers: Vec<String> = (0..6)
        .map(|number| format!("customer{number}@customer.example"))
        .collect();
    let mut references = Vec::new();
    for (number, address) in customers.iter().enumerate() {
        let mut registration = customer::without_ean(address);
        registration["supply_address"]["house_number"] = (number + 1).to_string().into();
        references.push(daemon.submit(&registration));
    }
    let eans = eans(customers.len());
    for ((address, ean), delay_millis) in customers.iter().zip(&eans).zip([0, 40, 90, 150, 220, 300]) {
        let request = customer::letter(&lab, address, 2);
        let answer = customer::reply(&request, address, &format!("EAN : {ean}"));
        customer::send(&lab, address, &request, &answer);
        // The moment of the kill is the experiment, not a wait for a condition.
        std::thread::sleep(Duration::from_millis(delay_millis));
    }
    daemon.kill();
    for delay_millis in [100, 250, 500, 900, 1400] {
        let daemon = home.start_crashing_at("nowhere");
        std::thread::sleep(Duration::from_millis(delay_millis));
        daemon.kill();
    }

    let daemon = home.start();
    for (reference, ean) in references.iter().zip(&eans) {
        let verified = wait_until("verified after many kills", PATIENCE, || {
            let registration = daemon.registration(reference);
            (registration["state"] == "verified").then_some(registration)
        });
        assert_eq!(verified["fields"]["electricity_ean"]["value"], ean.as_str());
        assert_eq!(count_events(&verified, "answer_applied"), 1);
        assert_eq!(count_events(&verified, "letter_queued"), 3);
    }
    for address in &customers {
        let letters = wait_until("every letter arrives", PATIENCE, || {
            let letters = lab.messages(address);
            let mut ids: Vec<_> = letters
                .iter()
                .filter_map(|letter| letter.header("Message-ID"))
                .collect();
            ids.sort();
            ids.dedup();
            (ids.len() == 3).then_some(letters)
        });
        assert!(letters.len() >= 3, "{address}");
    }
}

/// Valid EANs that differ.
fn eans(count: usize) -> Vec<String> {
    (0..count)
        .map(|number| {
            let digits = format!("5414567000012{number:04}");
            let sum: u32 = digits
                .bytes()
                .zip([3, 1].iter().cycle())
                .map(|(d, weight)| u32::from(d - b'0') * weight)
                .sum();
            format!("{digits}{}", (10 - sum % 10) % 10)
        })
        .collect()
}
