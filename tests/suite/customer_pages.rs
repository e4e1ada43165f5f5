//! The customer's pages from outside: what a link opens, what a form changes, and what must change nothing.

mod bill;
mod browser;

use estafette::clock;
use estafette::letters::{PageToken, Purpose};
use estafette::registration::finding::Finding;
use estafette::registration::{
    Actor, Command, DistributorDecision, Energy, Field, Language, Reason, Reference, Registration,
    Settlement, State, WrittenYes,
};
use estafette::store::Order;
use jiff::ToSpan;
use serde_json::json;

use crate::support::web::{Answer, Web};

const EAN: &str = "541448965011223340";
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const OURS: (&str, &str) = ("sec-fetch-site", "same-origin");

struct Case {
    web: Web,
    reference: Reference,
}

fn finding(field: Field, reason: Reason, code: &str, value: Option<&str>) -> Finding {
    Finding::Customer {
        field,
        reason,
        code: code.into(),
        value: value.map(str::to_owned),
    }
}

impl Case {
    /// A registration as it was taken in, not yet verified.
    fn new(language: Language, channel: &str) -> Case {
        let web = Web::start();
        let reference: Reference = "REG-7K3M9Q2X".parse().unwrap();
        let document = serde_json::from_value(json!({
            "language": language.code(), "channel": channel, "kind": "switch",
            "customer": {"type": "residential", "first_name": "Jaen", "last_name": "Peeters",
                "date_of_birth": "1984-03-09", "email": "jean@customer.test", "phone": "+32470123456"},
            "supply_address": {"street": "Rue du Noyer", "house_number": "12", "postal_code": "1030",
                "municipality": "Schaerbeek"},
            "electricity": {"ean": "54144896501122334"}, "start_date": "2027-01-15", "iban": "BE68539007547035"
        }))
        .unwrap();
        let submitted = web
            .store
            .submit(document, reference.clone(), Actor::Customer, None, clock::now());
        web.block_on(submitted).unwrap();
        Case { web, reference }
    }

    /// One that waits for an EAN, the spelling of a name and an account.
    fn asked(language: Language) -> Case {
        let case = Case::new(language, "web");
        case.verify(vec![
            finding(
                Field::ElectricityEan,
                Reason::Invalid,
                "ean_length",
                Some("54144896501122334"),
            ),
            finding(
                Field::FirstName,
                Reason::Doubtful,
                "first_name_spelling",
                Some("Jaen"),
            ),
            finding(
                Field::Iban,
                Reason::Invalid,
                "iban_check",
                Some("BE68539007547035"),
            ),
        ]);
        case
    }

    /// One whose contract was confirmed.
    fn contracted(language: Language) -> Case {
        let case = Case::new(language, "web");
        case.order(Command::SetField {
            field: Field::ElectricityEan,
            value: Some(EAN.into()),
        });
        case.verify(Vec::new());
        case.order(Command::Decide {
            energy: Energy::Electricity,
            decision: DistributorDecision::Accepted {
                start_date: clock::belgian_date(clock::now()).saturating_add(20.days()),
            },
        });
        case
    }

    fn verify(&self, findings: Vec<Finding>) {
        let changes_seen = self.registration().changes;
        self.order(Command::Verify {
            changes_seen,
            findings,
        });
    }

    fn order(&self, command: Command) {
        let order = Order {
            reference: self.reference.clone(),
            actor: Actor::Estafette,
            command,
        };
        self.web
            .block_on(self.web.store.act(order, clock::now()))
            .unwrap();
    }

    fn registration(&self) -> Registration {
        let row = self.web.block_on(self.web.store.registration(&self.reference));
        row.unwrap().unwrap().registration
    }

    fn history_len(&self) -> usize {
        self.web
            .block_on(self.web.store.history(&self.reference))
            .unwrap()
            .len()
    }

    fn token_for(&self, purpose: Purpose, days: i64) -> String {
        let day = clock::belgian_date(clock::now()).saturating_add(days.days());
        let page = PageToken::until(purpose, self.reference.clone(), day);
        self.web.tokens.page_token(&page)
    }

    fn path(&self, purpose: Purpose) -> String {
        format!("/c/{}", self.token_for(purpose, 5))
    }

    fn get(&self, purpose: Purpose) -> Answer {
        self.web.get(&self.path(purpose), &[])
    }

    fn post(&self, purpose: Purpose, pairs: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded(pairs);
        self.web.post(&self.path(purpose), &[FORM, OURS], body.as_bytes())
    }
}

fn form_urlencoded(pairs: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

#[test]
fn a_link_shows_just_the_open_questions_and_tells_nothing_to_anybody_else() {
    for language in Language::ALL {
        let case = Case::asked(language);
        let page = case.get(Purpose::Answer);
        assert_eq!(page.status, 200);
        assert!(
            page.body.contains(&format!("<html lang=\"{language}\"")),
            "{}",
            page.body
        );
        for name in ["electricity_ean", "first_name", "iban"] {
            assert!(page.body.contains(&format!("name=\"{name}\"")), "{}", page.body);
        }
        for absent in [
            "name=\"last_name\"",
            "BE68539007547035",
            "jean@customer.test",
            "1984",
            "Noyer",
        ] {
            assert!(!page.body.contains(absent), "{absent}");
        }
        assert_eq!(page.header("x-robots-tag"), "noindex, nofollow");
        assert_eq!(page.header("cache-control"), "no-store");
        let policy = page.header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && policy.contains("script-src 'self'"),
            "{policy}"
        );
        assert!(!page.body.contains("<style") && !page.body.contains("style="));
    }
}

#[test]
fn a_forged_an_old_and_a_foreign_link_open_nothing() {
    let case = Case::asked(Language::En);
    let good = case.token_for(Purpose::Answer, 0);
    assert_eq!(case.web.get(&format!("/c/{good}"), &[]).status, 200);
    let mut forged = good.clone();
    forged.pop();
    let old = case.token_for(Purpose::Answer, -1);
    let elsewhere = format!("e{}", &good[1..]);
    for token in [forged, old, elsewhere, "x".into(), "%00".into(), "a".repeat(3000)] {
        let page = case
            .web
            .get(&format!("/c/{token}"), &[("accept-language", "nl-BE,nl;q=0.9")]);
        assert_eq!(page.status, 404, "{token}");
        assert!(!page.body.contains("REG-"), "{}", page.body);
        let post = case.web.post(
            &format!("/c/{token}"),
            &[FORM, OURS],
            b"electricity_ean=541448965011223340",
        );
        assert_eq!(post.status, 404, "{token}");
    }
}

#[test]
fn to_look_changes_nothing_and_a_form_of_another_site_is_refused() {
    let case = Case::asked(Language::Fr);
    let events = case.history_len();
    for purpose in [
        Purpose::Answer,
        Purpose::Confirm,
        Purpose::Contract,
        Purpose::Withdraw,
    ] {
        for _ in 0..3 {
            assert_eq!(case.get(purpose).status, 200);
        }
    }
    let foreign = case.web.post(
        &case.path(Purpose::Answer),
        &[FORM, ("sec-fetch-site", "cross-site")],
        b"first_name.right=yes",
    );
    assert_eq!(foreign.status, 403);
    assert_eq!(case.history_len(), events);
}

#[test]
fn an_answer_is_an_event_like_any_other_and_what_was_answered_is_shown_so() {
    let case = Case::asked(Language::Nl);
    let changes = case.registration().changes.to_string();
    let sent = case.post(
        Purpose::Answer,
        &[
            ("changes", changes.as_str()),
            ("electricity_ean", " 5414 4896 5011 2233 40 "),
            ("first_name.right", "yes"),
            ("iban", ""),
        ],
    );
    assert_eq!(sent.status, 303, "{}", sent.body);
    let registration = case.registration();
    assert_eq!(registration.field(Field::ElectricityEan), Some(EAN));
    assert_eq!(registration.field(Field::FirstName), Some("Jaen"));
    let settlement = |field| {
        let mut of_field = registration
            .questions
            .iter()
            .filter(|question| question.field == field);
        of_field.next().unwrap().settlement
    };
    assert_eq!(settlement(Field::ElectricityEan), Some(Settlement::Corrected));
    assert_eq!(settlement(Field::FirstName), Some(Settlement::Confirmed));
    assert_eq!(settlement(Field::Iban), None);

    // Agents see it as a message, with the value where it stands.
    let messages = case
        .web
        .block_on(case.web.store.messages_of(&case.reference))
        .unwrap();
    let [message] = messages.as_slice() else {
        panic!("{messages:?}")
    };
    let settled = message.settled.as_ref().unwrap();
    assert_eq!(
        (settled.disposition.as_str(), settled.kind.as_str()),
        ("apply", "answer")
    );
    let raw = case
        .web
        .block_on(case.web.store.raw_message(&message.key))
        .unwrap()
        .unwrap();
    let text = estafette::reading::read(&raw).body.text;
    let span = &settled.answers["electricity_ean"]["evidence"]["span"];
    let (start, end) = (
        span[0].as_u64().unwrap() as usize,
        span[1].as_u64().unwrap() as usize,
    );
    assert_eq!(&text[start..end], "5414 4896 5011 2233 40");

    // The rest is still asked; the answered ones are told, masked.
    let page = case.get(Purpose::Answer);
    assert!(page.body.contains("name=\"iban\"") && !page.body.contains("name=\"electricity_ean\""));
    assert!(
        page.body.contains("541448…3340") && !page.body.contains(EAN),
        "{}",
        page.body
    );

    // Sent again (a double click), nothing happens twice.
    let events = case.history_len();
    let again = case.post(
        Purpose::Answer,
        &[
            ("changes", changes.as_str()),
            ("electricity_ean", EAN),
            ("first_name.right", "yes"),
        ],
    );
    assert_eq!(again.status, 303, "{}", again.body);
    assert_eq!(case.history_len(), events);
}

#[test]
fn a_wrong_value_is_told_beside_its_field_in_the_customers_language_and_nothing_is_kept() {
    let words = [
        (Language::Fr, "Il compte 17 chiffres"),
        (Language::Nl, "17 cijfers"),
        (Language::De, "17 Ziffern"),
        (Language::En, "17 digits"),
    ];
    for (language, words) in words {
        let case = Case::asked(language);
        let events = case.history_len();
        let typed = "54144896501122<b>";
        for (value, expected) in [("54144896501122334", words), (typed, "54144896501122&#60;b&#62;")] {
            let page = case.post(
                Purpose::Answer,
                &[("electricity_ean", value), ("first_name.right", "yes")],
            );
            assert_eq!(page.status, 422);
            assert!(
                page.body.contains("id=\"error-electricity_ean\""),
                "{}",
                page.body
            );
            assert!(page.body.contains("aria-invalid=\"true\""));
            assert!(page.body.contains(expected), "{expected}: {}", page.body);
            // What else was answered is not lost.
            assert!(page.body.contains("value=\"yes\" checked"), "{}", page.body);
        }
        let nothing = case.post(Purpose::Answer, &[("electricity_ean", "  ")]);
        assert_eq!(nothing.status, 422);
        let both = case.post(
            Purpose::Answer,
            &[("first_name", "Jean"), ("first_name.right", "yes")],
        );
        assert_eq!(both.status, 422);
        assert!(both.body.contains("error-first_name"));
        assert_eq!(case.history_len(), events);
    }
}

#[test]
fn an_account_typed_on_the_page_waits_for_an_agent_and_what_was_not_asked_is_not_taken() {
    let case = Case::asked(Language::De);
    let sent = case.post(
        Purpose::Answer,
        &[
            ("iban", "BE68 5390 0754 7034"),
            ("last_name", "Mallory"),
            ("email", "mallory@evil.example"),
        ],
    );
    assert_eq!(sent.status, 303, "{}", sent.body);
    let after = case.web.get(sent.header("location"), &[]);
    assert!(after.body.contains("role=\"status\">Danke"), "{}", after.body);
    let registration = case.registration();
    assert_eq!(registration.field(Field::Iban), Some("BE68539007547035"));
    assert_eq!(registration.field(Field::LastName), Some("Peeters"));
    assert_eq!(registration.field(Field::Email), Some("jean@customer.test"));
    let messages = case
        .web
        .block_on(case.web.store.messages_of(&case.reference))
        .unwrap();
    let settled = messages[0].settled.as_ref().unwrap();
    assert_eq!(settled.disposition, "review");
    assert_eq!(settled.answers["iban"]["value"], "BE68539007547034");
}

#[test]
fn what_changed_since_the_page_was_shown_is_shown_anew_before_anything_is_taken() {
    let case = Case::asked(Language::En);
    let seen = case.registration().changes.to_string();
    case.order(Command::SetField {
        field: Field::LastName,
        value: Some("Pieters".into()),
    });
    let sent = case.post(
        Purpose::Answer,
        &[("changes", seen.as_str()), ("electricity_ean", EAN)],
    );
    assert_eq!(sent.status, 409);
    assert!(sent.body.contains(EAN), "what was typed is not lost");
    assert_ne!(case.registration().field(Field::ElectricityEan), Some(EAN));
}

#[test]
fn the_written_yes_is_given_once_for_what_was_shown() {
    let case = Case::new(Language::Nl, "phone");
    assert_eq!(case.registration().written_yes, WrittenYes::Awaited);
    let page = case.get(Purpose::Confirm);
    assert!(
        page.body.contains("Peeters") && page.body.contains("3 mei 2024"),
        "{}",
        page.body
    );
    assert!(!page.body.contains("BE68539007547035"));
    assert_eq!(case.registration().written_yes, WrittenYes::Awaited);
    let stale = case.post(Purpose::Confirm, &[("changes", "77")]);
    assert_eq!(stale.status, 409);
    assert_eq!(case.registration().written_yes, WrittenYes::Awaited);
    let changes = case.registration().changes.to_string();
    // A link to answer does not confirm.
    case.post(Purpose::Answer, &[("changes", changes.as_str())]);
    assert_eq!(case.registration().written_yes, WrittenYes::Awaited);
    let sent = case.post(Purpose::Confirm, &[("changes", changes.as_str())]);
    assert_eq!(sent.status, 303, "{}", sent.body);
    assert_eq!(case.registration().written_yes, WrittenYes::Given);
    let events = case.history_len();
    case.post(Purpose::Confirm, &[("changes", changes.as_str())]);
    assert_eq!(case.history_len(), events);
    assert!(case.get(Purpose::Confirm).body.contains("bevestigd"));
}

#[test]
fn the_contract_is_read_as_it_was_sent_and_withdrawn_from_within_its_term() {
    let case = Case::contracted(Language::Fr);
    assert_eq!(case.registration().state, State::Accepted);
    let page = case.get(Purpose::Contract);
    assert_eq!(page.status, 200);
    let path = href(&page.body, ".pdf");
    let file = case.web.get(&path, &[]);
    assert_eq!(file.status, 200, "{path}");
    assert_eq!(file.header("content-type"), "application/pdf");
    assert!(
        file.header("content-disposition")
            .contains("contrat-REG-7K3M9Q2X.pdf")
    );
    assert!(file.body.starts_with("%PDF-1.7"));

    let withdraw = href(&page.body, "/c/w");
    let shown = case.web.get(&withdraw, &[]);
    assert!(shown.body.contains("REG-7K3M9Q2X"), "{}", shown.body);
    assert_eq!(case.registration().state, State::Accepted);
    let sent = case.web.post(&withdraw, &[FORM, OURS], b"");
    assert_eq!(sent.status, 303, "{}", sent.body);
    assert_eq!(case.registration().state, State::Withdrawn);
    let events = case.history_len();
    case.web.post(&withdraw, &[FORM, OURS], b"");
    assert_eq!(case.history_len(), events);
    assert!(case.web.get(&withdraw, &[]).body.contains("enregistrée"));
    // The contract's own link withdraws nothing, and a link to answer opens no file.
    let answer = case.path(Purpose::Answer);
    assert_eq!(
        case.web
            .get(&format!("{answer}/contrat-REG-7K3M9Q2X.pdf"), &[])
            .status,
        404
    );
}

#[test]
fn no_contract_and_nothing_to_withdraw_from_before_the_distributor_accepted() {
    let case = Case::asked(Language::En);
    let sent = case.post(Purpose::Withdraw, &[]);
    assert_eq!(sent.status, 303);
    assert!(matches!(case.registration().state, State::Blocked { .. }));
    let path = format!("{}/contract-REG-7K3M9Q2X.pdf", case.path(Purpose::Contract));
    assert_eq!(case.web.get(&path, &[]).status, 404);
}

#[test]
fn who_sends_forms_without_end_is_told_to_wait() {
    let case = Case::asked(Language::En);
    let statuses: Vec<u16> = (0..30)
        .map(|_| {
            case.post(Purpose::Answer, &[("electricity_ean", "1")])
                .status
                .as_u16()
        })
        .collect();
    assert_eq!(statuses[0], 422);
    assert_eq!(statuses[29], 429);
}

/// The first link of a page that holds `part`.
fn href(html: &str, part: &str) -> String {
    let links = html.split("href=\"").skip(1);
    let links: Vec<&str> = links.filter_map(|rest| rest.split('"').next()).collect();
    let found = links.iter().find(|link| link.contains(part));
    found
        .unwrap_or_else(|| panic!("no {part} in {links:?}"))
        .to_string()
}

#[test]
fn a_scanner_that_follows_every_link_of_every_letter_changes_nothing() {
    let mut followed = 0;
    for case in [
        Case::new(Language::De, "phone"),
        Case::asked(Language::Fr),
        Case::contracted(Language::En),
    ] {
        let letters = case
            .web
            .block_on(case.web.store.letters_of(&case.reference))
            .unwrap();
        let before = (case.history_len(), case.registration());
        for letter in letters {
            for part in [&letter.text, &letter.html] {
                for rest in part.split("https://my.example.test").skip(1) {
                    let path = rest.split(['"', '<', '\n', ' ']).next().unwrap();
                    let token = path.strip_prefix("/c/").unwrap();
                    assert!(token.bytes().all(|b| b.is_ascii_alphanumeric()), "{token}");
                    let page = case.web.get(path, &[]);
                    assert_eq!(page.status, 200, "{path}");
                    for link in page.body.split("href=\"/c/").skip(1) {
                        let path = format!("/c/{}", link.split('"').next().unwrap());
                        assert_eq!(case.web.get(&path, &[]).status, 200, "{path}");
                    }
                    followed += 1;
                }
            }
        }
        assert_eq!((case.history_len(), case.registration()), before);
    }
    assert!(followed >= 6, "{followed}");
}

#[test]
fn a_page_in_another_language_stays_in_it_and_changes_no_language() {
    let case = Case::asked(Language::Fr);
    let page = case.get(Purpose::Answer);
    let dutch = href(&page.body, "lang=nl");
    let page = case.web.get(&dutch, &[]);
    assert!(page.body.contains("<html lang=\"nl\""), "{}", page.body);
    assert!(
        page.body.contains(&format!("action=\"{dutch}\"")),
        "{}",
        page.body
    );
    let wrong = case.web.post(&dutch, &[FORM, OURS], b"electricity_ean=1");
    assert!(wrong.body.contains("cijfer"), "{}", wrong.body);
    let sent = case
        .web
        .post(&dutch, &[FORM, OURS], b"electricity_ean=541448965011223340");
    assert_eq!(sent.status, 303, "{}", sent.body);
    let after = case.web.get(sent.header("location"), &[]);
    assert!(after.body.contains("role=\"status\">Bedankt"), "{}", after.body);
    assert_eq!(case.registration().language, Language::Fr);
    let odd = case
        .web
        .get(&format!("{}?lang=xx&lang=", case.path(Purpose::Answer)), &[]);
    assert!(odd.body.contains("<html lang=\"fr\""));
}
