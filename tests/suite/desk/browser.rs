//! The desk in Chromium: by keyboard alone, and lists that keep themselves up to date.

use super::*;
use crate::support::chromium::{Chromium, Key, Script};
use crate::support::daemon::PATIENCE;
use crate::support::place::wait_until;

/// Width of an agent's window, in CSS pixels.
const WINDOW: u32 = 1280;

/// Signed in, with the list open.
fn browser(desk: &Desk, name: &str, script: Script) -> Chromium {
    let mut browser = Chromium::start(WINDOW, script);
    let path = desk.web.state.one_time_sign_in(name, "/desk");
    browser.open(&format!("{}{path}", desk.web.url));
    browser
}

fn focus(browser: &mut Chromium) -> String {
    let here = browser.value(
        "(document.activeElement.getAttribute('href') || document.activeElement.name
            || document.activeElement.value || document.activeElement.tagName)",
    );
    here.as_str().unwrap_or_default().to_owned()
}

const STRANGER: &str = "From: An Peeters <elsewhere@mail.test>\r\nTo: care@example.test\r\nSubject: EAN\r\n\
    Message-ID: <m2@mail.test>\r\n\r\nMijn EAN is 541448820012345678.\r\n";

#[test]
fn a_case_is_settled_by_two_keys() {
    let desk = Desk::new();
    let mut browser = browser(&desk, "ann", Script::On);
    assert_eq!(focus(&mut browser), format!("/desk/cases/{}", desk.key));
    browser.press_and_load(Key::Enter);
    browser.press_and_load(Key::Letter('a'));
    assert!(
        browser.text(".notice").contains("Applied"),
        "{}",
        browser.text("main")
    );
    assert_eq!(desk.ean().as_deref(), Some(EAN));
    assert_eq!(desk.state(), State::Verifying);
}

#[test]
fn without_script_a_case_is_settled_by_tab_and_enter() {
    let desk = Desk::new();
    let mut browser = browser(&desk, "ann", Script::Off);
    browser.tab_to(".row-link");
    browser.press_and_load(Key::Enter);
    browser.tab_to("form[action$='/accept'] button");
    browser.press_and_load(Key::Enter);
    assert!(browser.text(".notice").contains("Applied"));
    assert_eq!(desk.ean().as_deref(), Some(EAN));
}

#[test]
fn a_message_of_a_stranger_is_matched_by_one_key() {
    let desk = Desk::new();
    let key = message(&desk.web, "0190-b", STRANGER, None);
    let mut browser = browser(&desk, "ann", Script::On);
    browser.press(Key::Letter('j'));
    assert_eq!(focus(&mut browser), format!("/desk/cases/{key}"));
    browser.press_and_load(Key::Enter);
    // The sender's name was looked for.
    assert!(
        browser.text("#match").contains("REG-7K3M9Q2X"),
        "{}",
        browser.text("#match")
    );
    assert!(browser.text("#match").contains("by First name, Last name"));
    browser.press_and_load(Key::Letter('1'));
    assert!(
        browser.text("main").contains("linked by an agent"),
        "{}",
        browser.text("main")
    );
    browser.press_and_load(Key::Letter('k'));
    let here = browser.value("location.pathname");
    assert_eq!(here, format!("/desk/cases/{}", desk.key));
}

#[test]
fn keys_in_a_field_are_letters_and_what_is_dangerous_takes_two() {
    let desk = Desk::new();
    let mut browser = browser(&desk, "ann", Script::On);
    browser.press_and_load(Key::Enter);
    browser.press(Key::Letter('w'));
    assert_eq!(browser.value("document.activeElement.value"), "withdraw");
    assert!(matches!(desk.state(), State::Blocked { .. }));
    browser.press(Key::Letter('r'));
    assert_eq!(focus(&mut browser), "words");
    for letter in "aiw?".chars() {
        browser.press(Key::Letter(letter));
    }
    assert_eq!(browser.value("document.activeElement.value"), "aiw?");
    browser.press(Key::Escape);
    assert_eq!(focus(&mut browser), "BODY");
    browser.press(Key::Letter('?'));
    let help = browser.text("dialog");
    assert!(
        help.contains("Accept all of it") && help.contains("Write to the customer"),
        "{help}"
    );
    browser.press(Key::Escape);
    browser.press(Key::Letter('e'));
    assert_eq!(focus(&mut browser), "value.electricity_ean");
    assert!(matches!(desk.state(), State::Blocked { .. }));
}

#[test]
fn an_open_list_shows_what_comes_and_what_another_agent_closed() {
    let desk = Desk::new();
    let mut browser = browser(&desk, "ann", Script::On);
    let rows = "document.querySelectorAll('.row-link').length";
    assert_eq!(browser.value(rows), 1);
    message(&desk.web, "0190-b", STRANGER, None);
    wait_until("the new case shows", PATIENCE, || {
        (browser.value(rows) == 2).then_some(())
    });
    assert_eq!(
        focus(&mut browser),
        format!("/desk/cases/{}", desk.key),
        "the focus stays"
    );
    assert!(
        browser
            .value("document.title")
            .as_str()
            .unwrap()
            .starts_with("(2)")
    );

    let cookie = desk.cookie("bert");
    let (version, seen) = desk.seen(&cookie);
    let pairs = [
        ("version", version.as_str()),
        ("registration_version", seen.as_str()),
    ];
    assert_eq!(desk.post(&desk.case("accept"), &cookie, &pairs).status, 303);
    wait_until("the closed case goes", PATIENCE, || {
        (browser.value(rows) == 1).then_some(())
    });
    assert_eq!(focus(&mut browser), "/desk/cases/0190-b");
}
