//! Codes in words, times in hours, addresses masked: what a person reads on the desk.

use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};

use crate::decision::queue::Queue;
use crate::registration::silence::Step;
use crate::registration::{Awaiting, Event, Field, Language, LetterKind, Reason, RecordedEvent, State};
use crate::store::LetterState;

pub fn field_label(field: Field) -> &'static str {
    match field {
        Field::FirstName => "First name",
        Field::LastName => "Last name",
        Field::DateOfBirth => "Date of birth",
        Field::Email => "E-mail",
        Field::Phone => "Phone",
        Field::CompanyName => "Company",
        Field::EnterpriseNumber => "Enterprise number",
        Field::Street => "Street",
        Field::HouseNumber => "House number",
        Field::Box => "Box",
        Field::PostalCode => "Postal code",
        Field::Municipality => "Municipality",
        Field::ElectricityEan => "EAN electricity",
        Field::GasEan => "EAN gas",
        Field::ElectricityMeterNumber => "Meter electricity",
        Field::GasMeterNumber => "Meter gas",
        Field::Iban => "IBAN",
        Field::StartDate => "Start date",
    }
}

pub fn question_reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Missing => "missing",
        Reason::Invalid => "not valid",
        Reason::Doubtful => "doubtful",
    }
}

/// A kind of work that waits.
pub fn queue(queue: Queue) -> &'static str {
    match queue {
        Queue::Answers => "Uncertain answers",
        Queue::Questions => "Questions",
        Queue::Withdrawals => "Withdrawals",
        Queue::Unmatched => "Unmatched",
        Queue::Bounces => "Bounces",
        Queue::Others => "Others",
    }
}

/// A day, as agents say it.
pub fn day(date: Date) -> String {
    date.strftime("%-d %b %Y").to_string()
}

/// A language's name, as agents say it.
pub fn language(language: Language) -> &'static str {
    match language {
        Language::Fr => "French",
        Language::Nl => "Dutch",
        Language::De => "German",
        Language::En => "English",
    }
}

/// A state and the class of its pill: who has the next move is what matters.
pub fn state(state: State) -> (&'static str, &'static str) {
    match state {
        State::Received => ("received", "moving"),
        State::Verifying => ("being verified", "moving"),
        State::Blocked {
            awaiting: Awaiting::Customer,
        } => ("waits for the customer", "waiting"),
        State::Blocked {
            awaiting: Awaiting::Agent,
        } => ("waits for an agent", "ours"),
        State::Verified => ("verified, at the distributor", "moving"),
        State::Accepted => ("accepted", "done"),
        State::Active => ("active", "done"),
        State::Rejected => ("rejected", "ended"),
        State::Withdrawn => ("withdrawn", "ended"),
        State::Expired => ("expired", "ended"),
    }
}

pub fn letter_kind(kind: LetterKind) -> &'static str {
    match kind {
        LetterKind::RegistrationConfirmation => "Registration confirmation",
        LetterKind::ClarificationRequest => "Clarification request",
        LetterKind::FollowUp => "Follow-up",
        LetterKind::Acknowledgement => "Acknowledgement",
        LetterKind::ContractConfirmation => "Contract confirmation",
        LetterKind::Reminder => "Reminder",
        LetterKind::LastReminder => "Last reminder",
        LetterKind::Expiry => "Closed without an answer",
        LetterKind::WithdrawalAcknowledgement => "Withdrawal acknowledged",
        LetterKind::DistributorRefusal => "Refused by the distributor",
        LetterKind::AgentReply => "An agent's own words",
    }
}

pub fn step(step: Step) -> &'static str {
    match step {
        Step::Reminder => "Reminder",
        Step::LastReminder => "Last reminder",
        Step::Call => "An agent is to call",
        Step::Expiry => "Closed without an answer",
    }
}

pub fn letter_state(state: LetterState) -> (&'static str, &'static str) {
    match state {
        LetterState::Queued => ("queued", "moving"),
        LetterState::Sending => ("being sent", "moving"),
        LetterState::Sent => ("sent", "done"),
        LetterState::Deferred => ("deferred", "waiting"),
        LetterState::Uncertain => ("uncertain", "waiting"),
        LetterState::Failed => ("failed", "ours"),
        LetterState::Held => ("held", "ours"),
        LetterState::Cancelled => ("cancelled", "ended"),
    }
}

pub fn message_kind(kind: &str) -> String {
    match kind {
        "auto_reply" => "automatic reply".into(),
        other => other.replace('_', " "),
    }
}

/// Why a message waits, by the code of the reason.
pub fn reason(code: &str) -> String {
    let words = match code {
        "unexplained_sentence" => "Says something besides its answers",
        "question" => "Asks a question",
        "withdrawal" => "May be a withdrawal",
        "contradiction" => "Contradicts itself",
        "ambiguous_value" => "A value that may belong to several fields",
        "answers_agent" => "Answers what an agent wrote",
        "unclear_answer" => "An answer that is no clear value",
        "sensitive_field" => "Changes an IBAN or e-mail address",
        "unread_attachment" => "An attachment was not read",
        "unasked_field" => "Gives a value that was not asked for",
        "unreadable" => "Could not be read whole",
        "needs_person" => "Needs a person",
        "untrusted_sender" => "Sender is not certain",
        "reader_failed" => "Could not be read: the reader failed on it",
        "message_too_large" => "Larger than the limit: only its headers were fetched",
        "letter_bounced" => "A letter came back",
        "bounce_of_unknown_letter" => "A letter came back, but not one we know",
        "refused_by_life_cycle" => "Its answers could not be applied",
        "robot" => "Written by a robot",
        "nothing_to_answer" => "Answers nothing that was asked",
        "nothing_answered_yet" => "Answers nothing yet",
        "everything_accounted_for" => "Everything in it was understood",
        "ambiguous_match" => "May belong to several registrations",
        "bulk" => "Mail for the many",
        "unmatched" => "Belongs to no registration we know",
        "linked_by_agent" => "Linked by an agent",
        other => return sentence(other),
    };
    words.into()
}

/// Why a registration waits for an agent, by the code of the finding or of the event.
pub fn waiting(code: &str) -> String {
    let words = match code {
        "ean_in_use" => "The EAN stands in another registration",
        "under_age" => "The customer is under age",
        "email_missing" => "There is no e-mail address to write to",
        "email_format" | "email_domain_typo" => "The e-mail address looks mistyped",
        "email_unreachable" => "Letters do not reach the customer",
        "letter_failed" => "A letter could not be delivered",
        "letter_bounced" => "A letter came back",
        "requests_max" => "Asked as often as we may",
        "no_answer" => "No answer to our reminders: call the customer",
        "message_needs_agent" => "A message needs an agent",
        other => match other.strip_prefix("distributor_") {
            Some(reason) => return format!("The distributor refused: {}", reason.replace('_', " ")),
            None => return sentence(other),
        },
    };
    words.into()
}

/// What is wrong with a value, by the code of [`crate::registration::value::fault`].
pub fn value_fault(code: &str) -> String {
    let words = match code {
        "empty" => "is empty",
        "too_long" => "is too long",
        "ean_length" => "an EAN has 18 digits",
        "ean_check_digit" => "the check digit does not fit: a typing error",
        "ean_country" => "is not a Belgian supply point",
        "ean_prefix" => "a Belgian EAN begins with 54",
        "ean_letters" => "holds letters",
        "iban_format" => "has not the form of an IBAN",
        "iban_check" => "the check digits do not fit: a typing error",
        "phone_invalid" => "is no phone number",
        "phone_length" => "has too many or too few digits",
        "enterprise_number_format" => "is no enterprise number: ten digits that begin with 0 or 1",
        "enterprise_number_check" => "the last two digits do not fit: a typing error",
        "date_invalid" => "is no date",
        "date_ambiguous" => "the year is not clear: write it in full",
        "postal_code_format" => "a postal code has four digits",
        "postal_code_unknown" => "is no Belgian postal code",
        "meter_number_format" => "is no meter number",
        "meter_number_is_ean" => "is an EAN, not a meter number",
        "email_format" => "is no e-mail address",
        "name_format" => "is no name",
        "street_format" => "is no street",
        "house_number_format" => "is no house number",
        "house_number_with_box" => "give the box in its own field",
        "box_format" => "is no box",
        "municipality_format" => "is no municipality",
        other => return other.replace('_', " "),
    };
    words.into()
}

/// A code nobody gave words to yet: still a sentence.
fn sentence(code: &str) -> String {
    let text = code.replace('_', " ");
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => text,
    }
}

pub fn code(code: &str) -> String {
    code.replace('_', " ")
}

/// How long ago, in the largest unit that says enough.
pub fn ago(at: Timestamp, now: Timestamp) -> String {
    let minutes = now.duration_since(at).as_secs().max(0) / 60;
    match minutes {
        0 => "just now".into(),
        1..60 => format!("{minutes} min"),
        60..2880 => format!("{} h", minutes / 60),
        _ => format!("{} days", minutes / 1440),
    }
}

/// Day and time in Belgium.
pub fn when(at: Timestamp) -> String {
    let zone = TimeZone::get("Europe/Brussels").unwrap_or(TimeZone::UTC);
    at.to_zoned(zone).strftime("%d %b %Y, %H:%M").to_string()
}

/// `j…@customer.test`: enough to recognise a known sender on a list, not enough to copy.
pub fn masked_address(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((local, domain)) => {
            let first = local.chars().find(|c| c.is_alphanumeric()).map(String::from);
            format!("{}…@{domain}", first.unwrap_or_default())
        }
        None => "unknown sender".into(),
    }
}

/// One event as a line of the history: what, and the details of it.
pub fn event(recorded: &RecordedEvent) -> (String, String) {
    let or_empty = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".into());
    let nothing = String::new();
    match &recorded.event {
        Event::Submitted { .. } => ("Submitted".into(), nothing),
        Event::VerificationPassed => ("Verification passed".into(), nothing),
        Event::Blocked {
            awaiting,
            questions,
            findings_for_agent,
        } => {
            let whom = match awaiting {
                Awaiting::Customer => "Waits for the customer",
                Awaiting::Agent => "Waits for an agent",
            };
            let asked = questions.iter().map(|question| {
                let (field, reason) = (field_label(question.field), question_reason(question.reason));
                format!("{field} {reason}")
            });
            let found = findings_for_agent.iter().map(|code| self::code(code));
            (whom.into(), asked.chain(found).collect::<Vec<_>>().join(", "))
        }
        Event::QuestionsResolved { fields } => {
            let fields: Vec<&str> = fields.iter().map(|field| field_label(*field)).collect();
            ("No longer in question".into(), fields.join(", "))
        }
        Event::LetterQueued { letter, kind } => {
            (format!("Letter {letter} written"), letter_kind(*kind).into())
        }
        Event::LetterSent { letter } => (format!("Letter {letter} sent"), nothing),
        Event::LetterBounced {
            letter,
            severity,
            status,
        } => (
            format!("Letter {letter} came back"),
            format!("{severity} {}", status.as_deref().unwrap_or_default()),
        ),
        Event::LetterFailed { letter, detail } => (format!("Letter {letter} failed"), detail.clone()),
        Event::MessageReceived {
            kind, disposition, ..
        } => (
            "Message received".into(),
            format!("{}: {disposition}", message_kind(kind)),
        ),
        Event::AnswerApplied { field, old, new, .. } => (
            format!("{} changed", field_label(*field)),
            format!("{} → {}", or_empty(old), or_empty(new)),
        ),
        Event::ValueConfirmed { field, value, .. } => {
            (format!("{} confirmed", field_label(*field)), or_empty(value))
        }
        Event::AnswerFailed { field, answer, .. } => (
            format!("{} answered wrongly", field_label(*field)),
            format!("{}: {}", answer.value, value_fault(&answer.fault)),
        ),
        Event::Requeued => ("Back to verification".into(), nothing),
        Event::HandedToAgent { reason } => ("Handed to an agent".into(), code(reason)),
        Event::WrittenYesGiven { .. } => ("Written yes given".into(), nothing),
        Event::DecisionAccepted { energy, start_date } => (
            "Distributor accepted".into(),
            format!("{} from {start_date}", energy.name()),
        ),
        Event::DecisionRejected { energy, reason } => (
            "Distributor rejected".into(),
            format!("{}: {}", energy.name(), code(reason)),
        ),
        Event::ContractConfirmed { energies } => {
            let names: Vec<&str> = energies.iter().map(|energy| energy.name()).collect();
            ("Contract confirmed".into(), names.join(", "))
        }
        Event::Rejected => ("Rejected".into(), nothing),
        Event::Activated => ("Active".into(), nothing),
        Event::Withdrawn { .. } => ("Withdrawn".into(), nothing),
        Event::Expired => ("Expired".into(), nothing),
        Event::Undone { field, old, new } => (
            format!("{} taken back", field_label(*field)),
            format!("{} → {}", or_empty(old), or_empty(new)),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registration::value::fault;

    #[test]
    fn every_fault_of_a_value_has_words_of_its_own() {
        for code in fault::ALL {
            assert_ne!(value_fault(code), code.replace('_', " "), "{code}");
        }
    }

    #[test]
    fn addresses_are_masked_and_ages_are_rough() {
        assert_eq!(masked_address("jan.peeters@customer.test"), "j…@customer.test");
        assert_eq!(masked_address("no address"), "unknown sender");
        let now = Timestamp::from_second(1_000_000).unwrap();
        let ago = |seconds: i64| ago(Timestamp::from_second(1_000_000 - seconds).unwrap(), now);
        assert_eq!(
            [ago(0), ago(61), ago(7300), ago(200_000)],
            ["just now", "1 min", "2 h", "2 days"]
        );
    }
}
