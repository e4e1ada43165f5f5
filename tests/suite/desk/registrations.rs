//! Registrations without a message at hand.

use super::*;

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
    assert_eq!(none.status, 200);
    assert!(none.body.contains("No registration found"), "{}", none.body);
    assert_eq!(desk.get("/desk/registrations/REG-00000000", &cookie).status, 404);
    assert_eq!(desk.get("/desk/cases/none", &cookie).status, 404);
}

#[test]
fn registrations_are_found_by_anything_and_it_is_said_by_what() {
    let desk = Desk::new();
    let cookie = desk.cookie("ann");
    for (typed, by) in [
        ("peeters+gent", "by Last name, Municipality"),
        ("petters", "by Last name"),
        ("0470/12.34.56", "by Phone"),
        ("an.peeters1@customer.test", "by E-mail"),
        ("kerkstraat+12", "by Street, House number"),
    ] {
        let found = desk.get(&format!("/desk/registrations?q={typed}"), &cookie);
        assert_eq!(found.status, 200);
        assert!(
            found.body.contains(by) && found.body.contains("REG-7K3M9Q2X"),
            "{typed}: {}",
            found.body
        );
    }
    let hostile = desk.get("/desk/registrations?q=%3Cscript%3E%22", &cookie).body;
    assert!(!hostile.contains("<script>"), "{hostile}");
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

#[test]
fn what_waits_without_a_message_is_listed_with_its_reason() {
    let web = Web::start();
    let reference: Reference = "REG-7K3M9Q2X".parse().unwrap();
    submit_blocked(&web, &reference, 1);
    let cookie = session_of(&web.get(&web.state.one_time_sign_in("Lea", "/desk"), &[]));
    let list = || web.get("/desk", &[("cookie", cookie.as_str())]).body;
    assert!(
        list().contains("Nothing waits for you"),
        "it waits for its customer, not for an agent"
    );

    act(
        &web,
        &reference,
        Actor::Estafette,
        Command::LetterFailed {
            letter: 2,
            detail: "550 no such user".into(),
        },
    );

    let page = list();
    assert!(
        page.contains("A letter could not be delivered") && page.contains("REG-7K3M9Q2X"),
        "{page}"
    );
    // Once a message of it waits, it is listed by that message alone.
    message(&web, "0190-b", MESSAGE, Some(&reference));
    assert_eq!(list().matches("REG-7K3M9Q2X").count(), 1);
}
