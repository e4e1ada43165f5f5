//! What customers write, and what must become of it.

use jiff::Timestamp;

use super::*;
use crate::decision::{self, Judging};
use crate::reading;
use crate::registration::RegistrationDocument;

const ELECTRICITY: &str = "541448820012345678";
const GAS: &str = "541449020506070805";

/// A registration of a couple of energies with the given questions, as in `field:reason`.
fn registration(language: &str, asked: &[&str]) -> Registration {
    let asked: Vec<serde_json::Value> = asked
        .iter()
        .map(|asked| {
            let (field, reason) = asked.split_once(':').unwrap();
            serde_json::json!({"field": field, "reason": reason})
        })
        .collect();
    let document: RegistrationDocument = serde_json::from_value(serde_json::json!({
        "reference": "REG-7K3M9Q2X", "language": language, "channel": "web", "kind": "switch",
        "customer": {"type": "residential", "first_name": "Kathleen", "last_name": "Vandenbosche",
            "email": "k@skynet.example", "phone": "+3247531826"},
        "supply_address": {"street": "Rue Borgnette", "house_number": "14", "box": "2", "postal_code": "4000",
            "municipality": "Seraing"},
        "electricity": {"ean": "541448820012345687"}, "gas": {"ean": null},
        "start_date": "2026-10-01", "asked": asked,
    }))
    .unwrap();
    let reference = document.reference.clone().unwrap();
    document
        .into_registration(reference, Timestamp::UNIX_EPOCH)
        .unwrap()
}

fn understood(language: &str, asked: &[&str], text: &str) -> Understanding {
    let raw = format!(
        "From: Kathleen Vandenbosche <k@skynet.example>\r\nSubject: Re: x\r\nDate: Mon, 2 Nov 2026 10:00:00 +0100\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n"
    );
    understand(
        &reading::read(raw.as_bytes()),
        &registration(language, asked),
        None,
        &[],
    )
}

/// `field=value`, `field=yes`, `field!fault`, in the order of fields; and the disposition.
fn said(understanding: &Understanding) -> (String, &'static str) {
    let fields: Vec<String> = understanding
        .answers
        .iter()
        .map(|(field, answer)| match &answer.status {
            AnswerStatus::Corrected(value) => format!("{field}={value}"),
            AnswerStatus::Confirmed => format!("{field}=yes"),
            AnswerStatus::Failed(failed) => format!("{field}!{}", failed.fault),
            AnswerStatus::Unclear => format!("{field}?"),
        })
        .collect();
    (
        fields.join(" "),
        decision::decide(understanding, Judging::ContentOnly).name(),
    )
}

#[test]
fn plain_answers_are_applied() {
    let ean = ["electricity_ean:missing"];
    let both = ["electricity_ean:invalid", "gas_ean:missing"];
    let name = ["last_name:doubtful"];
    let name_and_box = ["last_name:doubtful", "box:doubtful"];
    for (language, asked, text, wanted) in [
        (
            "fr",
            &ean[..],
            "Bonjour,\n\nmon code EAN est le 541448820012345678.\n\nBien à vous,\nKathleen",
            format!("electricity_ean={ELECTRICITY}"),
        ),
        (
            "nl",
            &ean,
            "Hierbij de EAN: 5414 4882 0012 3456 78. Groetjes Kathleen",
            format!("electricity_ean={ELECTRICITY}"),
        ),
        (
            "de",
            &ean,
            "Guten Tag,\ndie EAN lautet 541448820012345678.\nMit freundlichen Grüßen\nKathleen Vandenbosche",
            format!("electricity_ean={ELECTRICITY}"),
        ),
        (
            "en",
            &ean,
            "Hi, I found it on the bill: 541448820012345678. Thanks!",
            format!("electricity_ean={ELECTRICITY}"),
        ),
        (
            "nl",
            &both,
            "stroom 541448820012345678\ngas 541449020506070805",
            format!("electricity_ean={ELECTRICITY} gas_ean={GAS}"),
        ),
        (
            "fr",
            &both,
            "1. 541448820012345678\n2. 541449020506070805",
            format!("electricity_ean={ELECTRICITY} gas_ean={GAS}"),
        ),
        (
            "fr",
            &both,
            "541448820012345678 pour l'électricité et 541449020506070805 pour le gaz",
            format!("electricity_ean={ELECTRICITY} gas_ean={GAS}"),
        ),
        (
            "nl",
            &both,
            "Niet 541448820012345687 maar 541448820012345678. Gas: 541449020506070805",
            format!("electricity_ean={ELECTRICITY} gas_ean={GAS}"),
        ),
        (
            "nl",
            &name,
            "Mijn achternaam is Van den Bossche.",
            "last_name=Van den Bossche".to_owned(),
        ),
        (
            "nl",
            &name,
            "Neen, het is Vandenbossche (met dubbele s)",
            "last_name=Vandenbossche".to_owned(),
        ),
        (
            "fr",
            &name,
            "Bonjour, mon nom s'écrit Vandenbossche avec deux s.",
            "last_name=Vandenbossche".to_owned(),
        ),
        (
            "en",
            &name,
            "Yes, the name is correct.",
            "last_name=yes".to_owned(),
        ),
        (
            "fr",
            &["phone:invalid"],
            "Mon GSM est le 0475318264, joignable après 17h",
            "phone=+32475318264".to_owned(),
        ),
        ("nl", &name, "Dat klopt.", "last_name=yes".to_owned()),
        ("fr", &name, "oui c'est correct", "last_name=yes".to_owned()),
        ("de", &name, "Ja, das stimmt so.", "last_name=yes".to_owned()),
        ("en", &name, "Yes, that's right.", "last_name=yes".to_owned()),
        (
            "nl",
            &name_and_box,
            "Alles klopt!",
            "last_name=yes box=yes".to_owned(),
        ),
        (
            "nl",
            &name_and_box,
            "De naam klopt. De bus is 0101.",
            "last_name=yes box=0101".to_owned(),
        ),
        (
            "nl",
            &name_and_box,
            "Alles klopt behalve de naam: Vandenbossche",
            "last_name=Vandenbossche box=yes".to_owned(),
        ),
        (
            "nl",
            &name_and_box,
            "De naam is niet juist. De bus klopt.",
            "last_name? box=yes".to_owned(),
        ),
        (
            "fr",
            &["street:doubtful"],
            "C'est Rue Borgnet, sans te à la fin",
            "street=Rue Borgnet".to_owned(),
        ),
        (
            "fr",
            &["first_name:doubtful"],
            "Katleen s'écrit sans h",
            "first_name=Katleen".to_owned(),
        ),
        (
            "fr",
            &["date_of_birth:missing"],
            "Née le 3 mai 1957",
            "date_of_birth=1957-05-03".to_owned(),
        ),
        (
            "nl",
            &["start_date:doubtful"],
            "Niet 1 oktober maar 1 november 2026",
            "start_date=2026-11-01".to_owned(),
        ),
        (
            "nl",
            &["postal_code:doubtful"],
            "4100",
            "postal_code=4100".to_owned(),
        ),
        (
            "fr",
            &["phone:invalid"],
            "Mon gsm : 0475 31 82 64",
            "phone=+32475318264".to_owned(),
        ),
        (
            "nl",
            &["gas_meter_number:missing"],
            "Meternummer: 7FLO2119043587",
            "gas_meter_number=7FLO2119043587".to_owned(),
        ),
        (
            "fr",
            &ean,
            "Le code est 54144882001234567",
            "electricity_ean!ean_length".to_owned(),
        ),
    ] {
        let found = understood(language, asked, text);
        assert_eq!(said(&found), (wanted, "apply"), "{text}\n{:?}", found.doubts);
    }
}

#[test]
fn nothing_is_applied_of_what_a_person_must_read() {
    let ean = ["electricity_ean:missing"];
    let both = ["electricity_ean:invalid", "gas_ean:missing"];
    let names = [
        "last_name:doubtful",
        "first_name:doubtful",
        "electricity_ean:missing",
    ];
    for (language, asked, text) in [
        (
            "fr",
            &ean[..],
            "541448820012345678, mais c'est celui de mon ancien appartement",
        ),
        ("nl", &ean, "541448820012345678 is die van de buren"),
        ("nl", &ean, "EAN 541448820012345678 (injectie)"),
        ("nl", &ean, "541448820012345678\n541449020506070805"),
        ("nl", &ean, "EAN is 541448820012345678. Wanneer starten jullie"),
        ("en", &ean, "541448820012345678 - could you confirm?"),
        (
            "fr",
            &ean,
            "541448820012345678. Si ce n'est pas réglé j'annule tout.",
        ),
        ("fr", &ean, "Ce n'est pas 541448820012345678"),
        ("nl", &ean, "541448820012345678 klopt niet"),
        ("nl", &ean, "EAN 541448820012345678, maar niet van ons"),
        ("fr", &ean, "Je n'ai pas le code EAN 541448820012345678"),
        ("fr", &["postal_code:doubtful"], "Mon code postal était 4100"),
        ("nl", &["last_name:doubtful"], "Dat klopt niet."),
        ("nl", &ean, "541448820012345678 was verkeerd"),
        ("nl", &ean, "541448820012345678 is een vergissing"),
        ("fr", &ean, "541448820012345678 est une faute de frappe"),
        ("nl", &ean, "541448820012345678 denk ik"),
        ("nl", &ean, "541448820012345678. De zeppelin landt dinsdag."),
        ("fr", &both, "541448820012345678"),
        ("fr", &both, "541449020506070805\n541448820012345678"),
        ("nl", &both, "Gas en elektriciteit: 541449020506070805"),
        ("nl", &both, "Het gas volgt later.\n541449020506070805"),
        ("nl", &names, "Ja, ik stuur het morgen door."),
        ("fr", &["last_name:doubtful", "iban:invalid"], "Tout est correct."),
        ("fr", &["iban:missing"], "IBAN BE68 5390 0754 7034"),
        ("fr", &["email:invalid"], "mon e-mail est kathleen@skynet.example"),
        (
            "fr",
            &["date_of_birth:missing"],
            "J'ai vu votre mail du 12/10/2026",
        ),
        ("fr", &["date_of_birth:missing"], "12/10/2016"),
        ("fr", &["start_date:missing"], "Le plus vite possible"),
        ("nl", &["gas_meter_number:missing"], "meter dag 18442 nacht 21067"),
        ("nl", &["last_name:doubtful"], "Vandenbosche zonder e"),
        ("nl", &["last_name:doubtful"], "Mijn naam is Jan Peeters"),
        ("nl", &["last_name:doubtful"], "Betreft: dossier Vandenbossche"),
        ("nl", &["last_name:doubtful"], "ok"),
        (
            "nl",
            &["last_name:doubtful", "street:doubtful"],
            "Alles klopt. De straat moet nog aangepast worden.",
        ),
        (
            "fr",
            &["street:doubtful", "box:doubtful"],
            "Rue Borgnet 16, sans te",
        ),
        ("fr", &ean, "Voir photo"),
        ("nl", &ean, "Zie mijn antwoorden hieronder"),
        ("nl", &ean, ""),
        ("nl", &ean, "Verwijder mijn gegevens"),
    ] {
        let found = understood(language, asked, text);
        assert_eq!(said(&found).1, "review", "{text}\n{found:?}");
    }
}

#[test]
fn the_exception_of_a_yes_to_everything_is_not_confirmed() {
    for text in [
        "Alles klopt behalve de naam.",
        "Alles klopt, behalve de naam.",
        "Alles klopt. De naam niet.",
    ] {
        let found = understood("nl", &["last_name:doubtful", "box:doubtful"], text);
        let name = found.answers.get(&Field::LastName).map(|answer| &answer.status);
        assert!(
            matches!(name, None | Some(AnswerStatus::Unclear)),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn a_registered_value_called_wrong_is_not_confirmed() {
    for text in [
        "541448820012345687 est une erreur",
        "541448820012345687 est faux",
        "Non, 541448820012345687 c'est l'ancien",
    ] {
        let found = understood("fr", &["electricity_ean:doubtful"], text);
        let taken = found
            .answers
            .values()
            .any(|answer| answer.status != AnswerStatus::Unclear);
        assert!(!taken, "{text}: {found:?}");
        assert_eq!(said(&found).1, "review", "{text}");
    }
}

#[test]
fn thanks_and_later_need_nobody() {
    for text in [
        "Merci beaucoup !",
        "Dank u wel voor de snelle opvolging! Fijn weekend 🙂",
        "👍",
        "Ik stuur het later.",
    ] {
        let language = if text.starts_with("Merci") { "fr" } else { "nl" };
        let found = understood(language, &["electricity_ean:missing"], text);
        assert_eq!(said(&found), (String::new(), "ignore"), "{text}: {found:?}");
    }
}

#[test]
fn what_stands_in_the_quote_or_the_signature_is_no_answer() {
    let text =
        "Dank u!\n\nMet vriendelijke groeten,\nKathleen Vandenbossche\n\n> 1. EAN-code: 541448820012345678";
    let found = understood("nl", &["electricity_ean:missing", "last_name:doubtful"], text);
    assert!(found.answers.is_empty(), "{found:?}");
}

#[test]
fn an_answer_between_our_lines_is_found_with_the_letter_and_without() {
    let letter = SentLetter {
        kind: Some(LetterKind::ClarificationRequest),
        text: "Dag,\n\n1. Achternaam: we noteerden \"Vandenbosche\". Klopt dat?\n\n2. EAN-code aardgas: dit gegeven ontbreekt. U \
               vindt deze code, zoals 541449020506070805, op uw factuur.\n\nMet vriendelijke groeten,\nService"
            .into(),
    };
    let text = "> Dag,\n>\n> 1. Achternaam: we noteerden \"Vandenbosche\". Klopt dat?\n\nklopt\n\n> 2. EAN-code aardgas: dit gegeven ontbreekt. \
                U vindt deze code, zoals 541449020506070805, op uw factuur.\n\n541448820012345678\n\n> Met vriendelijke groeten,\n> Service";
    let raw =
        format!("From: K <k@skynet.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n");
    let message = reading::read(raw.as_bytes());
    let registration = registration("nl", &["last_name:doubtful", "gas_ean:missing"]);
    for letter in [Some(&letter), None] {
        let found = understand(&message, &registration, letter, &[]);
        assert_eq!(
            said(&found),
            (format!("last_name=yes gas_ean={ELECTRICITY}"), "apply"),
            "{:?}",
            found.doubts
        );
    }
}

#[test]
fn a_plain_yes_to_the_confirmation_of_a_phone_registration_is_the_written_yes() {
    let mut by_phone = registration("fr", &[]);
    by_phone.written_yes = WrittenYes::Awaited;
    let letter = |kind| SentLetter {
        kind: Some(kind),
        text: "Merci de confirmer votre inscription.".into(),
    };
    let read = |text: &str| {
        reading::read(
            format!(
                "From: K <k@skynet.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
            )
            .as_bytes(),
        )
    };
    let confirmation = letter(LetterKind::RegistrationConfirmation);
    let yes = understand(&read("Oui, je confirme."), &by_phone, Some(&confirmation), &[]);
    assert!(yes.written_yes.is_some() && yes.doubts.is_empty(), "{yes:?}");
    // The acknowledgement asks for it again.
    let again = letter(LetterKind::Acknowledgement);
    let yes = understand(&read("Oui, je confirme."), &by_phone, Some(&again), &[]);
    assert!(yes.written_yes.is_some() && yes.doubts.is_empty(), "{yes:?}");
    let mut online = by_phone.clone();
    online.written_yes = WrittenYes::NotNeeded;
    let unasked = understand(&read("Oui, je confirme."), &online, Some(&again), &[]);
    assert!(unasked.written_yes.is_none(), "{unasked:?}");
    let other = letter(LetterKind::ClarificationRequest);
    for (text, letter) in [
        ("Oui, je confirme.", &other),
        ("Non.", &confirmation),
        ("Oui mais quand ?", &confirmation),
        ("Non.", &again),
        ("Oui, sauf le prix.", &again),
        ("Oui, j'ai bien reçu votre mail.", &again),
    ] {
        let found = understand(&read(text), &by_phone, Some(letter), &[]);
        let applied = decision::decide(&found, Judging::ContentOnly).name() == "apply";
        assert!(!applied || found.written_yes.is_none(), "{text}: {found:?}");
    }
}

mod never_panics {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn on_any_text(text in "\\PC{0,300}", lines in proptest::collection::vec("[ a-zA-Z0-9.,:>?'éß-]{0,60}", 0..12)) {
            let asked = ["last_name:doubtful", "street:doubtful", "gas_ean:missing", "phone:invalid", "start_date:missing"];
            let letter = SentLetter { kind: None, text: lines.join("\n") };
            let body = format!("{text}\n{}", lines.join("\n"));
            let raw = format!("From: K <k@skynet.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{body}");
            let message = reading::read(raw.as_bytes());
            for letter in [None, Some(&letter)] {
                let found = understand(&message, &registration("fr", &asked), letter, &[]);
                for doubt in &found.doubts {
                    if let Some((begin, end)) = doubt.span {
                        prop_assert!(message.body.text.get(begin..end).is_some());
                    }
                }
            }
        }
    }
}

mod attached;
mod names;
mod numbered;
mod tales;
mod tricky;
mod values;
mod whole;
mod wordings;

#[test]
fn the_kind_is_what_the_message_is_for() {
    let kind = |text: &str| {
        let understood = understood("nl", &["electricity_ean:missing"], text);
        let disposition = decision::decide(&understood, Judging::ContentOnly);
        (understood.kind, disposition.name())
    };
    for (text, wanted, disposition) in [
        ("Gelieve mijn aanvraag te annuleren.", Kind::Withdrawal, "review"),
        ("Stop!", Kind::Withdrawal, "review"),
        (
            "De EAN is 541448820012345678. Bel mij bij voorkeur na de middag.",
            Kind::Answer,
            "review",
        ),
        ("Kan ik mijn aanvraag nog annuleren?", Kind::Question, "review"),
        ("De vuurtoren zegt 5414 4880 0068 / 77.", Kind::Answer, "review"),
        ("Hartelijk dank!\r\nKathleen", Kind::Unrelated, "ignore"),
    ] {
        assert_eq!(kind(text), (wanted, disposition), "{text}");
    }
}
