//! Review cases: what is shown, and what an agent does.

use super::*;

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
    let ours = "<script src=\"/assets/desk.js\" defer></script>";
    assert_eq!(body.matches("<script").count(), 1, "no script but ours: {body}");
    assert!(body.contains(ours) && !body.contains("tracker.example"));
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
fn an_agent_answers_in_own_words_after_seeing_the_letter() {
    let desk = Desk::new();
    let cookie = desk.cookie("ann");
    let (version, _) = desk.seen(&cookie);
    let send = |act: &str, words: &str, version: &str| {
        desk.post(
            &desk.case("reply"),
            &cookie,
            &[("version", version), ("words", words), ("act", act)],
        )
    };
    let empty = send("send", " \r\n ", &version);
    assert_eq!(empty.status, 422);
    assert!(empty.body.contains("Write something first"), "{}", empty.body);

    let words = "Het begint op <15> januari.\r\n- stroom\r\n- gas";
    let preview = send("preview", words, &version);
    assert_eq!(preview.status, 200);
    assert!(preview.body.contains("a message from") || preview.body.contains("een bericht van ons team"));
    assert!(
        preview.body.contains("Het begint op &#60;15&#62; januari."),
        "{}",
        preview.body
    );
    assert!(
        preview.body.contains("1. EAN-code"),
        "what is still asked is below"
    );
    assert!(
        letters(&desk)
            .iter()
            .all(|letter| letter.kind != LetterKind::AgentReply)
    );

    let sent = send("send", words, &version);
    assert_eq!(sent.header("location"), "/desk?done=replied", "{}", sent.body);
    let letters = letters(&desk);
    let letter = letters.last().unwrap();
    assert_eq!(letter.kind, LetterKind::AgentReply);
    assert!(
        letter
            .text
            .contains("Het begint op <15> januari.\n\n- stroom\n- gas"),
        "{}",
        letter.text
    );
    assert_eq!(letter.recipient, "an.peeters1@customer.test");
    assert!(matches!(desk.state(), State::Blocked { .. }));
    let queued = desk.history();
    let queued = queued
        .iter()
        .rfind(|event| event["event"] == "letter_queued")
        .unwrap();
    assert_eq!(queued["actor"], json!({"kind": "agent", "name": "ann"}));

    let second = send("send", "Nog iets.", &version);
    assert_eq!(second.status, 409);
    assert!(second.body.contains("somebody was faster"), "{}", second.body);
    assert!(second.body.contains("Nog iets."), "what was written is not lost");
}

#[test]
fn nobody_writes_to_an_address_whose_letters_come_back() {
    let desk = Desk::new();
    let cookie = desk.cookie("ann");
    act(
        &desk.web,
        &desk.reference,
        Actor::Estafette,
        Command::LetterBounced {
            letter: 1,
            severity: "hard".into(),
            status: Some("5.1.1".into()),
        },
    );
    let page = desk.get("/desk/registrations/REG-7K3M9Q2X", &cookie).body;
    let version = hidden(&page, "version");
    let answer = desk.post(
        "/desk/registrations/REG-7K3M9Q2X/reply",
        &cookie,
        &[("version", &version), ("words", "Dag An"), ("act", "send")],
    );
    assert_eq!(answer.status, 409, "{}", answer.body);
    assert!(
        answer.body.contains("letters to its address come back"),
        "{}",
        answer.body
    );
    assert!(answer.body.contains("Dag An</textarea>"));
}

fn letters(desk: &Desk) -> Vec<StoredLetter> {
    desk.web
        .block_on(desk.web.store.letters_of(&desk.reference))
        .unwrap()
}
