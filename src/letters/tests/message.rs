//! The message: headers, bytes, and what is refused.

use super::*;

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
