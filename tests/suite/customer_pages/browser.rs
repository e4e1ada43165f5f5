//! The pages in Chromium: as wide as the smallest phones, by keyboard, with and without script.

use estafette::letters::Purpose;
use estafette::registration::{Field, Language, Settlement, State};
use serde_json::json;

use super::{Case, EAN};
use crate::support::chromium::{Chromium, Key, Script};

/// Width of the smallest phones, in CSS pixels.
const PHONE: u32 = 320;

/// Nothing is cut off or pushed out of sight, and what is pressed is large enough for a thumb.
fn assert_fits_a_phone(browser: &mut Chromium) {
    let width = browser.value("document.documentElement.scrollWidth");
    assert!(width.as_u64().unwrap() <= u64::from(PHONE), "{width} wide");
    let small = browser.value(
        "[...document.querySelectorAll('button, .button, input:not([type=hidden]):not([type=radio]), .choice')]
            .filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML)",
    );
    assert_eq!(small, json!([]));
    let unnamed = browser.value(
        "[...document.querySelectorAll('input:not([type=hidden])')]
            .filter(e => !e.labels.length && !e.getAttribute('aria-label')).map(e => e.outerHTML)",
    );
    assert_eq!(unnamed, json!([]));
}

/// Answers by keyboard alone: a slip first, then the right number.
fn answer_by_keyboard(script: Script) -> (Case, Vec<String>) {
    let case = Case::asked(Language::Nl);
    let url = format!("{}{}", case.web.url, case.path(Purpose::Answer));
    let mut browser = Chromium::start(PHONE, script);
    browser.open(&url);
    assert_fits_a_phone(&mut browser);
    let mut tallies = Vec::new();
    browser.tab_to("#electricity_ean");
    browser.write("5414 4896 5011");
    tallies.push(browser.text("#tally-electricity_ean"));
    browser.write(" 2233 41");
    tallies.push(browser.text("#tally-electricity_ean"));
    browser.press_and_load(Key::Enter);
    // Nothing was taken: what is wrong stands beside the field, and what was typed is still there.
    assert!(
        browser.text("#error-electricity_ean").contains("controlecijfer"),
        "{}",
        browser.text("main")
    );
    let typed = browser.value("document.querySelector('#electricity_ean').value");
    assert_eq!(typed, "5414 4896 5011 2233 41");
    assert_eq!(
        case.registration().field(Field::ElectricityEan),
        Some("54144896501122334")
    );
    assert_fits_a_phone(&mut browser);
    browser.tab_to("#electricity_ean");
    // The focus selects what is there: it is written over.
    browser.write("541448965011223340");
    tallies.push(browser.text("#tally-electricity_ean"));
    browser.tab_to("input[name='first_name.right']");
    browser.press(Key::Space);
    browser.tab_to("form button");
    browser.press_and_load(Key::Enter);
    assert!(
        browser.text(".facts").contains("541448…3340"),
        "{}",
        browser.text("main")
    );
    assert_fits_a_phone(&mut browser);
    (case, tallies)
}

#[test]
fn on_a_small_phone_by_keyboard_the_ean_is_checked_while_it_is_typed() {
    let (case, tallies) = answer_by_keyboard(Script::On);
    assert_eq!(tallies[0], "12 van de 18 cijfers.");
    assert!(tallies[1].contains("tikfout"), "{tallies:?}");
    assert!(tallies[2].starts_with('✓'), "{tallies:?}");
    assert_eq!(case.registration().field(Field::ElectricityEan), Some(EAN));
}

#[test]
fn on_a_small_phone_by_keyboard_all_works_without_script() {
    let (case, tallies) = answer_by_keyboard(Script::Off);
    assert_eq!(tallies, ["", "", ""]);
    let registration = case.registration();
    assert_eq!(registration.field(Field::ElectricityEan), Some(EAN));
    let mut questions = registration.questions.iter();
    let name = questions
        .find(|question| question.field == Field::FirstName)
        .unwrap();
    assert_eq!(name.settlement, Some(Settlement::Confirmed));
}

#[test]
fn the_withdrawal_takes_a_look_and_one_press() {
    let case = Case::contracted(Language::De);
    let mut browser = Chromium::start(PHONE, Script::Off);
    browser.open(&format!("{}{}", case.web.url, case.path(Purpose::Contract)));
    assert_fits_a_phone(&mut browser);
    browser.tab_to("a[href^='/c/w']");
    browser.press_and_load(Key::Enter);
    assert_fits_a_phone(&mut browser);
    assert_eq!(case.registration().state, State::Accepted);
    browser.tab_to("form button");
    browser.press_and_load(Key::Enter);
    assert_eq!(case.registration().state, State::Withdrawn);
    assert!(browser.text("h1").contains("eingetragen"));
}

/// `AXE=/path/to/axe.min.js cargo nextest run axe_finds_nothing --run-ignored all`
#[test]
#[ignore = "needs axe-core, which is not in Debian"]
fn axe_finds_nothing() {
    let axe = std::fs::read_to_string(std::env::var("AXE").unwrap()).unwrap();
    let asked = Case::asked(Language::Fr);
    let phone = Case::new(Language::Nl, "phone");
    let contracted = Case::contracted(Language::De);
    for (case, purpose) in [
        (&asked, Purpose::Answer),
        (&phone, Purpose::Confirm),
        (&contracted, Purpose::Contract),
        (&contracted, Purpose::Withdraw),
        (&contracted, Purpose::Answer),
    ] {
        let mut browser = Chromium::start(PHONE, Script::On);
        browser.open(&format!("{}{}", case.web.url, case.path(purpose)));
        browser.value(&axe);
        let violations = browser.promised(
            "axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' ')))",
        );
        assert_eq!(violations, json!([]), "{purpose:?}");
    }
}
