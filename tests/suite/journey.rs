//! The whole main job over real mail: from a registration to the confirmed contract.

use std::time::Instant;

use serde_json::json;

use crate::support::customer::{self, EAN};
use crate::support::daemon::{Home, count_events};
use crate::support::lab::MailLab;
use crate::support::postgres;

const CUSTOMER: &str = "helene@customer.example";

#[test]
fn a_blocked_registration_is_asked_corrected_accepted_and_confirmed_on_sqlite() {
    journey("sqlite:estafette.db", "");
}

#[test]
fn the_same_on_postgresql_with_processed_mail_moved_to_a_folder() {
    let url = tokio::runtime::Runtime::new()
        .unwrap()
        .block_on(postgres::database());
    journey(&url, "processed = \"move\"\nprocessed_folder = \"Done\"");
}

fn journey(store_url: &str, more: &str) {
    let lab = MailLab::start();
    let contract = "[contract]\nproduct = \"Voltaris Fix\"\nelectricity_price = \"12.48\"";
    let home = Home::new(&lab, store_url, &format!("{more}\n{contract}"));
    let daemon = home.start();
    daemon.wait_until_ready();

    let reference = daemon.submit(&customer::without_ean(CUSTOMER));
    let confirmation = customer::letter(&lab, CUSTOMER, 1);
    assert!(
        confirmation.header("Subject").is_some(),
        "{}",
        confirmation.text()
    );
    let request = customer::letter(&lab, CUSTOMER, 2);
    assert_eq!(
        request.header("Auto-Submitted").as_deref(),
        Some("auto-generated")
    );
    let blocked = daemon.wait_for_state(&reference, "blocked");
    assert_eq!(blocked["awaiting"], "customer");

    let delivered_at = Instant::now();
    let answer = customer::reply(
        &request,
        "Hélène Vandamme <helene@customer.example>",
        "Bonjour,\n\nMon code EAN : 5414 5670 0001 2373 77\n\nBien à vous,\nHélène",
    );
    customer::send(&lab, CUSTOMER, &request, &answer);
    let verified = daemon.wait_for_state(&reference, "verified");
    eprintln!(
        "from the reply's delivery to verified: {:.2} s",
        delivered_at.elapsed().as_secs_f64()
    );
    assert_eq!(verified["fields"]["electricity_ean"]["value"], EAN);
    for event in [
        "submitted",
        "blocked",
        "message_received",
        "answer_applied",
        "requeued",
        "verification_passed",
    ] {
        assert_eq!(count_events(&verified, event), 1, "{event} in {verified:#}");
    }
    customer::letter(&lab, CUSTOMER, 3);

    let decision = json!({"energy": "electricity", "accepted": true, "start_date": "2027-01-15"});
    let (status, body) = daemon.post(&format!("/api/v1/registrations/{reference}/decision"), &decision);
    assert_eq!(status, 200, "{body}");
    let contract = customer::letter(&lab, CUSTOMER, 4);
    let contract = estafette::reading::read(&contract.raw);
    assert!(
        contract.body.text.contains(EAN),
        "the law wants the EAN in it: {}",
        contract.body.text
    );
    let file = &contract.attachments[0];
    assert_eq!(file.content_type, "application/pdf");
    assert!(file.content.starts_with(b"%PDF-1.7"));
    let accepted = daemon.wait_for_state(&reference, "accepted");
    assert_eq!(count_events(&accepted, "contract_confirmed"), 1);

    let times: Vec<jiff::Timestamp> = accepted["history"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["at"].as_str().unwrap().parse().unwrap())
        .collect();
    assert!(times.is_sorted(), "oldest first: {times:?}");

    assert!(daemon.terminate().success());
}
