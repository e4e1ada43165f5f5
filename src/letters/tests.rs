//! Letters as a whole: every kind in every language, their headers, and what must never stand in them.

use jiff::Timestamp;
use mail_parser::MessageParser;

use super::samples::{EAN, GAS_EAN, IBAN, by_phone, correction, question, registration};
use super::*;
use crate::registration::{CustomerType, Language, Reason, State, WrittenYes};

fn writer() -> Writer {
    Writer {
        brand: Brand::sample(),
        from_name: Some("Service Client".into()),
        from_address: "care@example.test".into(),
        tokens: TokenKeeper::new(SigningKey::new(&[7; 32])),
        terms: None,
        pages: None,
    }
}

fn at() -> Timestamp {
    "2026-11-23T15:04:05Z".parse().unwrap()
}

fn letter(kind: LetterKind, registration: &Registration) -> RenderedLetter {
    samples::letter(&writer(), kind, registration, at()).unwrap()
}

/// Every kind in every language, of a web and of a phone registration.
fn every_letter() -> Vec<RenderedLetter> {
    let mut letters = Vec::new();
    for language in Language::ALL {
        for kind in LetterKind::ALL {
            letters.push(letter(kind, &registration(language)));
            letters.push(letter(kind, &by_phone(language)));
        }
    }
    letters
}

#[test]
fn every_text_is_as_proof_read() {
    for language in Language::ALL {
        for kind in LetterKind::ALL {
            let registration = match kind {
                LetterKind::RegistrationConfirmation => by_phone(language),
                _ => registration(language),
            };
            let letter = letter(kind, &registration);
            let shown = format!("Subject: {}\n\n{}", letter.subject, letter.text);
            insta::assert_snapshot!(format!("{}_{language}", kind.name()), shown);
        }
    }
}

#[test]
fn text_and_html_say_the_same_in_decent_lines() {
    for letter in every_letter() {
        let parsed = MessageParser::default().parse(&letter.raw).unwrap();
        let text: String = parsed.body_text(0).unwrap().replace('\r', "");
        assert_eq!(text, letter.text);
        assert_eq!(parsed.body_html(0).unwrap().replace('\r', ""), letter.html);
        for piece in ["{{", "}}", "{%", "Some(", "None"] {
            assert!(
                !text.contains(piece) && !letter.html.contains(piece),
                "{piece} in {text}"
            );
        }
        for word in letter
            .text
            .split_whitespace()
            .filter(|word| word.chars().all(char::is_alphanumeric))
        {
            assert!(letter.html.contains(word), "{word} is not in the HTML part");
        }
        assert!(letter.html.len() < 60_000);
        assert!(
            letter
                .raw
                .split(|byte| *byte == b'\n')
                .all(|line| line.len() <= 998)
        );
        assert!(letter.raw.is_ascii());
    }
}

/// Without separators and case, as a reader would find a number.
fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .collect::<String>()
        .to_uppercase()
}

#[test]
fn a_valid_ean_or_an_iban_never_stands_in_full_but_for_the_ean_of_the_contract() {
    for language in Language::ALL {
        for kind in LetterKind::ALL {
            let mut registration = by_phone(language);
            registration.questions.extend([
                question(Field::GasEan, Reason::Doubtful, "ean_region", Some(GAS_EAN)),
                question(Field::Iban, Reason::Invalid, "iban_check", Some(IBAN)),
            ]);
            registration
                .fields
                .insert(Field::Street, format!("Rue du Noyer {GAS_EAN}"));
            registration
                .fields
                .insert(Field::FirstName, "BE68 5390 0754 7034".into());
            registration
                .corrections
                .push(correction(Field::ElectricityEan, Some("541448820021345678"), EAN));
            registration
                .corrections
                .push(correction(Field::Iban, Some("BE68539007547035"), IBAN));
            let letter = letter(kind, &registration);
            for part in [&letter.subject, &letter.text, &letter.html] {
                let part = squeezed(part);
                assert!(
                    !part.contains(IBAN) && !part.contains("BE68539007547035"),
                    "{kind:?} {language}"
                );
                assert!(!part.contains(GAS_EAN), "{kind:?} {language}");
                if kind != LetterKind::ContractConfirmation {
                    assert!(!part.contains(EAN), "{kind:?} {language}");
                }
            }
            assert_eq!(
                letter.text.contains(EAN),
                kind == LetterKind::ContractConfirmation
            );
        }
    }
}

#[test]
fn every_open_question_is_put_by_its_number_up_to_five() {
    for language in Language::ALL {
        for kind in [LetterKind::ClarificationRequest, LetterKind::FollowUp] {
            let mut registration = registration(language);
            registration.questions = Field::ALL
                .map(|field| question(field, Reason::Missing, "", None))
                .to_vec();
            let letter = letter(kind, &registration);
            for (number, field) in (1..=5).zip(Field::ALL) {
                let label = words::of(language).label(field);
                assert!(
                    letter.text.contains(&format!("\n\n{number}. {label}")),
                    "{number} {language}"
                );
                assert!(
                    letter.html.contains(&format!("<strong>{number}. ")),
                    "{number} {language}"
                );
            }
            assert!(!letter.text.contains("\n6. "));
        }
    }
}

#[test]
fn every_code_of_a_value_s_fault_and_every_reason_make_a_question_in_every_language() {
    use crate::registration::value::fault;
    for language in Language::ALL {
        let words = words::of(language);
        for field in Field::ALL {
            for reason in [Reason::Missing, Reason::Invalid, Reason::Doubtful] {
                for value in [None, Some("abc 123")] {
                    for code in fault::ALL.into_iter().chain(["", "of_a_later_version"]) {
                        let mut registration = registration(language);
                        registration.questions = vec![question(field, reason, code, value)];
                        let put = questions::open(words, &registration);
                        assert_eq!(put.len(), 1);
                        assert!(put[0].text.ends_with('?'), "{}", put[0].text);
                        if reason != Reason::Missing && field != Field::Iban {
                            assert_eq!(
                                put[0].text.contains("abc 123"),
                                value.is_some(),
                                "{}",
                                put[0].text
                            );
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn the_next_letter_says_what_was_wrong_with_an_answer() {
    for (language, words) in [
        (Language::Fr, "il compte 17 chiffres"),
        (Language::Nl, "17 cijfers"),
        (Language::De, "17 Ziffern"),
        (Language::En, "it has 17 digits"),
    ] {
        let text = letter(LetterKind::FollowUp, &registration(language)).text;
        assert!(
            text.split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .contains(words),
            "{text}"
        );
        assert!(text.contains("54144882001234567"));
    }
}

#[test]
fn changes_show_old_and_new_once_and_not_those_an_earlier_letter_told_of() {
    let text = letter(LetterKind::Acknowledgement, &registration(Language::En)).text;
    assert!(
        text.contains("Street: Rue du Noyer (before: Rue du Noier)"),
        "{text}"
    );
    assert!(text.contains("Date of birth: 09/03/1984 (added)"), "{text}");
    assert!(!text.contains("House number:"), "{text}");
    let mut told = registration(Language::En);
    for correction in &mut told.corrections {
        correction.told_in_letter = Some(1);
    }
    assert!(
        letter(LetterKind::Acknowledgement, &told)
            .text
            .contains("House number: 132 (before: 123)")
    );
}

#[test]
fn a_registration_by_phone_is_asked_for_the_written_yes_until_it_came() {
    for (language, yes) in [
        (Language::Fr, "oui, je confirme"),
        (Language::Nl, "ja, ik bevestig"),
        (Language::De, "ja, ich bestätige"),
        (Language::En, "yes, I confirm"),
    ] {
        let text = |registration| {
            let text = letter(LetterKind::RegistrationConfirmation, &registration).text;
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        assert!(text(by_phone(language)).contains(yes));
        assert!(!text(registration(language)).contains(yes));
        let given = Registration {
            written_yes: WrittenYes::Given,
            ..by_phone(language)
        };
        assert!(!text(given).contains(yes));
    }
}

#[test]
fn the_headers_carry_the_token_and_say_that_a_program_wrote() {
    let writer = writer();
    let registration = registration(Language::Nl);
    let earlier: Vec<String> = (1..=30)
        .map(|number| {
            writer
                .tokens
                .message_id(&registration.reference, number, "example.test")
        })
        .collect();
    let letter = writer
        .write(LetterKind::FollowUp, 31, &registration, &earlier, at())
        .unwrap();
    let parsed = MessageParser::default().parse(&letter.raw).unwrap();
    let one = |address: Option<&mail_parser::Address<'_>>| {
        let addresses: Vec<_> = address.unwrap().iter().collect();
        assert_eq!(addresses.len(), 1);
        addresses[0].address.clone().unwrap().into_owned()
    };
    let token = writer.tokens.reply_token(&registration.reference);
    assert_eq!(one(parsed.from()), "care@example.test");
    assert_eq!(one(parsed.to()), "anais@customer.example");
    assert_eq!(one(parsed.reply_to()), format!("care+{token}@example.test"));
    assert_eq!(letter.envelope_sender, format!("care+{token}@example.test"));
    assert_eq!(parsed.subject(), Some(letter.subject.as_str()));
    assert_eq!(parsed.message_id(), Some(letter.message_id.as_str()));
    assert_eq!(parsed.date().unwrap().to_timestamp(), at().as_second());
    assert_eq!(parsed.in_reply_to().as_text(), Some(earlier[29].as_str()));
    let references = parsed.references().as_text_list().unwrap();
    assert_eq!(references.len(), 10);
    assert_eq!(
        (references[0].as_ref(), references[9].as_ref()),
        (earlier[0].as_str(), earlier[29].as_str())
    );
    for (name, value) in [
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
        ("Content-Language", "nl"),
    ] {
        assert_eq!(parsed.header_raw(name).map(str::trim), Some(value));
    }
    assert!(parsed.header_raw("Precedence").is_none());
    let text = String::from_utf8(letter.raw).unwrap();
    assert!(
        text.contains("\r\nSubject: Uw aanvraag REG-7K3M9Q2X"),
        "the reference stays readable in the raw header"
    );
}

#[test]
fn the_same_input_gives_the_same_bytes_with_crlf_line_ends() {
    for kind in LetterKind::ALL {
        let registration = by_phone(Language::Fr);
        let one = letter(kind, &registration);
        assert_eq!(one, letter(kind, &registration));
        let text = String::from_utf8(one.raw).unwrap();
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    }
}

#[test]
fn what_customers_gave_is_escaped_and_injects_nothing() {
    let hostile = "<img src=x onerror=alert(1)> & \"q\"\u{2028}Bcc: a@evil.example\u{85}\u{202e}{{ x }}";
    for language in Language::ALL {
        for kind in LetterKind::ALL {
            let mut registration = by_phone(language);
            for field in Field::ALL.into_iter().filter(|field| *field != Field::Email) {
                registration.fields.insert(field, hostile.into());
            }
            registration.current_supplier = Some(hostile.into());
            registration.questions = vec![question(Field::Street, Reason::Doubtful, "x", Some(hostile))];
            let letter = letter(kind, &registration);
            assert!(!letter.html.contains("<img"), "{}", letter.html);
            let parsed = MessageParser::default().parse(&letter.raw).unwrap();
            assert!(parsed.bcc().is_none());
            assert_eq!(parsed.to().unwrap().iter().count(), 1);
            assert_eq!(parsed.parts.len(), 3);
        }
    }
}

#[test]
fn a_line_end_in_a_display_name_or_value_makes_no_header() {
    let mut writer = writer();
    writer.from_name = Some("Care\r\nBcc: a@evil.example".into());
    let mut registration = registration(Language::En);
    registration
        .fields
        .insert(Field::FirstName, "A\r\nBcc: b@evil.example".into());
    let letter = writer
        .write(LetterKind::RegistrationConfirmation, 1, &registration, &[], at())
        .unwrap();
    let parsed = MessageParser::default().parse(&letter.raw).unwrap();
    assert!(parsed.bcc().is_none());
    assert_eq!(parsed.headers().len(), 11);
}

#[test]
fn an_address_that_cannot_be_sent_to_is_a_named_fault() {
    let fault = |email: Option<&str>| {
        let mut registration = registration(Language::En);
        registration.fields.remove(&Field::Email);
        if let Some(email) = email {
            registration.fields.insert(Field::Email, email.into());
        }
        writer()
            .write(LetterKind::Acknowledgement, 1, &registration, &[], at())
            .unwrap_err()
    };
    assert_eq!(fault(None), LetterFault::NoAddress);
    assert_eq!(fault(Some(" ")), LetterFault::NoAddress);
    for email in [
        "anais",
        "anais@",
        "anais@customer",
        "a b@customer.example",
        "anaïs@customer.example",
        "a@b.example, c@d.example",
    ] {
        assert_eq!(fault(Some(email)), LetterFault::UnusableAddress(email.into()));
    }
}

#[test]
fn a_letter_without_content_is_not_written() {
    let mut registration = registration(Language::En);
    registration.questions.clear();
    registration.decisions.clear();
    for kind in [
        LetterKind::ClarificationRequest,
        LetterKind::FollowUp,
        LetterKind::ContractConfirmation,
    ] {
        let fault = writer().write(kind, 1, &registration, &[], at()).unwrap_err();
        assert!(matches!(fault, LetterFault::NothingToSay(_)), "{fault}");
    }
}

#[test]
fn the_right_of_withdrawal_is_a_consumers() {
    let mut registration = registration(Language::En);
    assert!(
        letter(LetterKind::ContractConfirmation, &registration)
            .text
            .contains("right of withdrawal")
    );
    registration.customer_type = CustomerType::Business;
    assert!(
        !letter(LetterKind::ContractConfirmation, &registration)
            .text
            .contains("right of withdrawal")
    );
}

#[test]
fn a_brand_of_which_only_the_name_is_known_leaves_no_holes() {
    let bare = Brand {
        name: "Service Client".into(),
        address: String::new(),
        enterprise_number: String::new(),
        phone: String::new(),
        phone_hours: Default::default(),
        website: String::new(),
        ..Brand::sample()
    };
    let writer = Writer {
        brand: bare,
        ..writer()
    };
    for language in Language::ALL {
        for kind in LetterKind::ALL {
            let letter = samples::letter(&writer, kind, &by_phone(language), at()).unwrap();
            let text = letter.text.replace('\n', " ");
            for hole in ["()", " .", ", .", ": .", " ,", "-  ", ",,", ": ;"] {
                assert!(
                    !text.contains(hole),
                    "`{hole}` in {kind:?} {language}: {}",
                    letter.text
                );
            }
        }
    }
}

#[test]
fn an_agent_s_words_stand_in_the_frame_above_what_is_still_asked() {
    let said =
        "Dag Anaïs,\n\nU vroeg <b>wanneer</b> het begint:\n- stroom op 15 januari\n- gas later\n\nTot dan!";
    let words = AgentWords::parse(said).unwrap();
    let write = |state| {
        let registration = Registration {
            state,
            ..registration(Language::Nl)
        };
        writer().reply(&words, 3, &registration, &[], at()).unwrap()
    };
    let letter = write(State::Verified);
    assert_eq!(letter.kind, LetterKind::AgentReply);
    assert!(letter.subject.contains("REG-7K3M9Q2X"));
    assert!(
        letter.text.contains(
            "\n\nU vroeg <b>wanneer</b> het begint:\n\n- stroom op 15 januari\n- gas later\n\nTot dan!"
        ),
        "{}",
        letter.text
    );
    assert!(letter.html.contains("&lt;b&gt;") || letter.html.contains("&#60;b&#62;"));
    assert!(!letter.html.contains("<b>wanneer"));
    assert!(!letter.text.contains("\n1. "));
    let parsed = MessageParser::default().parse(&letter.raw).unwrap();
    assert!(parsed.header_raw("Auto-Submitted").is_none(), "a person wrote it");
    let blocked = State::Blocked {
        awaiting: crate::registration::Awaiting::Agent,
    };
    assert!(write(blocked).text.contains("\n\n1. "));
}
