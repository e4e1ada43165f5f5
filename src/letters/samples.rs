//! A registration of an invented customer, and the letters about it: for tests, for `doctor`, and to look at.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::date;

use super::{LetterFault, RenderedLetter, Writer};
use crate::registration::question::FailedAnswer;
use crate::registration::{
    AgentWords, Channel, CorrectedBy, Correction, CustomerType, DistributorDecision, Energy, Field, Kind,
    Language, LetterKind, Question, Reachability, Reason, Registration, Settlement, Silence, State,
    WrittenYes,
};

pub const EAN: &str = "541448820012345678";
pub const GAS_EAN: &str = "541456700000123459";
pub const IBAN: &str = "BE68539007547034";

/// 23 November 2026 in the afternoon.
pub fn submitted() -> Timestamp {
    Timestamp::from_second(1_795_446_245).expect("a time of this century")
}

/// An open question.
pub fn question(field: Field, reason: Reason, code: &str, value: Option<&str>) -> Question {
    Question {
        field,
        reason,
        code: code.into(),
        value: value.map(str::to_owned),
        failed_answer: None,
        settlement: None,
    }
}

/// A registration by web about which every kind of letter has something to say.
pub fn registration(language: Language) -> Registration {
    let fields = [
        (Field::FirstName, "Anaïs"),
        (Field::LastName, "Delacroy"),
        (Field::DateOfBirth, "1984-03-09"),
        (Field::Email, "anais@customer.example"),
        (Field::Phone, "+32470123456"),
        (Field::Street, "Rue du Noyer"),
        (Field::HouseNumber, "132"),
        (Field::Box, "4"),
        (Field::PostalCode, "1030"),
        (Field::Municipality, "Schaerbeek"),
        (Field::ElectricityEan, EAN),
        (Field::GasEan, GAS_EAN),
        (Field::Iban, IBAN),
        (Field::StartDate, "2027-01-15"),
    ];
    Registration {
        reference: "REG-7K3M9Q2X".parse().expect("the sample is sound"),
        language,
        channel: Channel::Web,
        kind: Kind::Switch,
        customer_type: CustomerType::Residential,
        energies: vec![Energy::Electricity, Energy::Gas],
        fields: fields.map(|(field, value)| (field, value.to_owned())).into(),
        current_supplier: Some("Lumenor".into()),
        submitted_at: submitted(),
        state: State::Received,
        questions: vec![
            Question {
                settlement: Some(Settlement::Corrected),
                ..question(
                    Field::Street,
                    Reason::Doubtful,
                    "street_format",
                    Some("Rue du Noier"),
                )
            },
            Question {
                settlement: Some(Settlement::Confirmed),
                ..question(Field::FirstName, Reason::Doubtful, "name_format", Some("Anaïs"))
            },
            question(
                Field::LastName,
                Reason::Doubtful,
                "some_code_of_later",
                Some("Delacroy"),
            ),
            question(Field::GasMeterNumber, Reason::Missing, "", None),
            Question {
                failed_answer: Some(FailedAnswer {
                    value: "54144882001234567".into(),
                    fault: "ean_length".into(),
                }),
                ..question(
                    Field::ElectricityEan,
                    Reason::Invalid,
                    "ean_check_digit",
                    Some("541448820021345678"),
                )
            },
        ],
        letters_queued: 0,
        requests_queued: 0,
        decisions: BTreeMap::from([
            (
                Energy::Electricity,
                DistributorDecision::Accepted {
                    start_date: date(2027, 1, 15),
                },
            ),
            (
                Energy::Gas,
                DistributorDecision::Rejected {
                    reason: "ean_unknown".into(),
                },
            ),
        ]),
        written_yes: WrittenYes::NotNeeded,
        corrections: vec![
            Correction {
                told_in_letter: Some(77),
                ..correction(Field::HouseNumber, Some("123"), "132")
            },
            correction(Field::Street, Some("Rue du Noier"), "Rue du Noier 132"),
            correction(Field::Street, Some("Rue du Noier 132"), "Rue du Noyer"),
            correction(Field::DateOfBirth, None, "1984-03-09"),
        ],
        confirmations: BTreeMap::new(),
        reachability: Reachability::Reachable,
        changes: 0,
        silence: Silence::None,
    }
}

/// A correction by the customer that no letter has told of.
pub fn correction(field: Field, old: Option<&str>, new: &str) -> Correction {
    Correction {
        field,
        old: old.map(str::to_owned),
        new: Some(new.to_owned()),
        by: CorrectedBy::Customer,
        told_in_letter: None,
    }
}

/// The same by phone, without its written yes.
pub fn by_phone(language: Language) -> Registration {
    Registration {
        channel: Channel::Phone,
        written_yes: WrittenYes::Awaited,
        ..registration(language)
    }
}

/// The sample for a kind of letter: the confirmation is shown as it goes to customers by phone, with the written yes.
pub fn registration_for(kind: LetterKind, language: Language) -> Registration {
    match kind {
        LetterKind::RegistrationConfirmation => by_phone(language),
        _ => registration(language),
    }
}

/// The letter of a kind about a registration; an agent's reply with [`agent_words`].
///
/// # Errors
/// See [`LetterFault`].
pub fn letter(
    writer: &Writer,
    kind: LetterKind,
    registration: &Registration,
    at: Timestamp,
) -> Result<RenderedLetter, LetterFault> {
    match kind {
        LetterKind::AgentReply => writer.reply(&agent_words(registration.language), 1, registration, &[], at),
        kind => writer.write(kind, 1, registration, &[], at),
    }
}

/// What an agent may answer to the question when the supply starts.
pub fn agent_words(language: Language) -> AgentWords {
    let text = match language {
        Language::Fr => {
            "Vous nous demandez quand la fourniture commence.\n\nElle commence à la date que vous avez choisie, dès que le gestionnaire de réseau a donné son accord. Vous ne devez rien faire auprès de votre fournisseur actuel."
        }
        Language::Nl => {
            "U vraagt ons wanneer de levering begint.\n\nZe begint op de datum die u hebt gekozen, zodra de netbeheerder akkoord gaat. Bij uw huidige leverancier hoeft u niets te doen."
        }
        Language::De => {
            "Sie fragen uns, wann die Lieferung beginnt.\n\nSie beginnt an dem Tag, den Sie gewählt haben, sobald der Netzbetreiber zugestimmt hat. Bei Ihrem jetzigen Lieferanten müssen Sie nichts tun."
        }
        Language::En => {
            "You ask us when the supply starts.\n\nIt starts on the day you chose, as soon as the grid operator has agreed. You need not do anything at your current supplier."
        }
    };
    AgentWords::parse(text).expect("the sample is sound")
}
