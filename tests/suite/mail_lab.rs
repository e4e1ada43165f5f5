//! The lab itself: what the other tests stand on.

use std::time::Duration;

use crate::support::lab::MailLab;

const RAW: &[u8] =
    b"From: lena@customer.example\r\nTo: care@example.test\r\nSubject: hello\r\n\r\n.dot \xe9 and a line\r\n";

#[test]
fn mail_sent_by_smtp_reaches_the_mailbox_of_its_recipient() {
    let lab = MailLab::start();
    lab.send("lena@customer.example", "care+token@example.test", RAW)
        .expect("Postfix takes it");
    let messages = lab.wait_for_messages("care@example.test", 1, Duration::from_secs(15));
    assert_eq!(
        messages[0].header("Delivered-To").as_deref(),
        Some("care+token@example.test")
    );
    assert!(
        messages[0].raw.ends_with(b".dot \xe9 and a line\n"),
        "{:?}",
        messages[0].text()
    );
}

#[test]
fn refusals_and_bounces_can_be_asked_for() {
    let lab = MailLab::start();
    lab.refuse_times("nobody@", "450 4.2.0 come back later", 1);
    let refusal = lab
        .send("care@example.test", "nobody@customer.example", RAW)
        .expect_err("refused once");
    assert!(refusal.contains("450 4.2.0"), "{refusal}");
    lab.send("care@example.test", "nobody@customer.example", RAW)
        .expect("accepted the second time");

    lab.send("care@example.test", &lab.bouncing_address(), RAW)
        .expect("accepted, then bounced");
    let bounces = lab.wait_for_messages("care@example.test", 1, Duration::from_secs(15));
    assert!(
        bounces[0].text().contains("multipart/report"),
        "{}",
        bounces[0].text()
    );
    assert_eq!(lab.asked_recipients().len(), 3);
}
