//! The life cycle as tables: what was, what was commanded, what came of it.

mod distributor;

use jiff::{Timestamp, civil::date};

use super::*;
use crate::calendar::belgian_date;
use crate::registration::{
    DistributorDecision, Reachability, Reason, Registration, RegistrationDocument, Settlement, WrittenYes,
};

const EAN: &str = "541448820012345678";
const OTHER_EAN: &str = "541448965011223340";

fn document(channel: &str) -> RegistrationDocument {
    serde_json::from_value(serde_json::json!({
        "language": "fr", "channel": channel, "kind": "switch",
        "customer": {"type": "residential", "first_name": "Jean", "last_name": "Dupont",
                     "date_of_birth": "1984-03-09", "email": "jean@courrier.example", "phone": "+32470123456"},
        "supply_address": {"street": "Rue Haute", "house_number": "12", "postal_code": "4000", "municipality": "Liège"},
        "electricity": {}, "iban": "BE68539007547034"
    }))
    .unwrap()
}

fn received(channel: &str) -> Registration {
    submit(
        document(channel),
        "REG-7K3M9Q2X".parse().unwrap(),
        Timestamp::UNIX_EPOCH,
    )
    .unwrap()
    .0
}

fn now() -> Timestamp {
    "2026-11-23T10:00:00Z".parse().unwrap()
}

/// Decides and folds; gives the names of the events.
fn act(registration: &mut Registration, command: Command) -> Result<Vec<String>, Refusal> {
    let command = match command {
        Command::Verify { findings, .. } => Command::Verify {
            changes_seen: registration.changes,
            findings,
        },
        other => other,
    };
    let outcome = decide(registration, command, now(), &Policy::default())?;
    for event in &outcome.events {
        registration.evolve(event, now());
    }
    Ok(outcome.events.iter().map(name).collect())
}

fn name(event: &Event) -> String {
    let json = serde_json::to_value(event).unwrap();
    match event {
        Event::LetterQueued { kind, .. } => format!("letter_queued {}", kind.name()),
        _ => json["event"].as_str().unwrap().to_owned(),
    }
}

fn ean_missing() -> Finding {
    let code = "ean_missing".into();
    Finding::Customer {
        field: Field::ElectricityEan,
        reason: Reason::Missing,
        code,
        value: None,
    }
}

fn name_doubtful() -> Finding {
    let code = "name_digits".into();
    Finding::Customer {
        field: Field::LastName,
        reason: Reason::Doubtful,
        code,
        value: Some("Dupont".into()),
    }
}

fn ean_in_use() -> Finding {
    Finding::Agent {
        field: Some(Field::ElectricityEan),
        code: "ean_in_use".into(),
    }
}

fn answers(answers: Vec<(Field, CertainAnswer)>) -> Command {
    let evidence = Evidence {
        part: "body".into(),
        span: None,
        text: String::new(),
        rule: "test".into(),
        place: None,
    };
    let answers = answers
        .into_iter()
        .map(|(field, answer)| AnswerToApply {
            field,
            answer,
            evidence: evidence.clone(),
        })
        .collect();
    Command::Answer {
        message: "m1".into(),
        kind: "answer".into(),
        answers,
        changes_seen: None,
    }
}

fn corrected(value: &str) -> CertainAnswer {
    CertainAnswer::Corrected(value.into())
}

fn verify(findings: Vec<Finding>) -> Command {
    Command::Verify {
        changes_seen: 0,
        findings,
    }
}

/// Blocked for want of an EAN, the clarification request queued.
fn blocked() -> Registration {
    let mut registration = received("web");
    act(&mut registration, verify(vec![ean_missing()])).unwrap();
    registration
}

fn verified(channel: &str) -> Registration {
    let mut registration = received(channel);
    act(&mut registration, verify(vec![])).unwrap();
    registration
}

fn accept() -> Command {
    let decision = DistributorDecision::Accepted {
        start_date: date(2026, 12, 20),
    };
    Command::Decide {
        energy: Energy::Electricity,
        decision,
    }
}

fn reject(reason: &str) -> Command {
    let decision = DistributorDecision::Rejected {
        reason: reason.into(),
    };
    Command::Decide {
        energy: Energy::Electricity,
        decision,
    }
}

#[test]
fn the_whole_way_from_submission_to_supply() {
    let mut registration = received("web");
    assert_eq!(registration.letters_queued, 1, "the registration confirmation");

    let events = act(&mut registration, verify(vec![ean_missing()])).unwrap();
    assert_eq!(events, ["blocked", "letter_queued clarification_request"]);
    assert_eq!(
        registration.state,
        State::Blocked {
            awaiting: Awaiting::Customer
        }
    );

    let events = act(
        &mut registration,
        answers(vec![(Field::ElectricityEan, corrected(EAN))]),
    )
    .unwrap();
    assert_eq!(events, ["message_received", "answer_applied", "requeued"]);
    assert_eq!(registration.field(Field::ElectricityEan), Some(EAN));

    let events = act(&mut registration, verify(vec![])).unwrap();
    assert_eq!(events, ["verification_passed", "letter_queued acknowledgement"]);
    assert_eq!(registration.corrections[0].told_in_letter, Some(3));

    let events = act(&mut registration, accept()).unwrap();
    assert_eq!(
        events,
        [
            "decision_accepted",
            "contract_confirmed",
            "letter_queued contract_confirmation"
        ]
    );
    assert_eq!(registration.state, State::Accepted);
    assert_eq!(
        act(&mut registration, Command::Activate),
        Err(Refusal::NotYetStarted)
    );
}

#[test]
fn a_partial_answer_settles_its_part_and_the_next_letter_asks_only_the_rest() {
    let mut registration = received("web");
    act(&mut registration, verify(vec![ean_missing(), name_doubtful()])).unwrap();
    act(
        &mut registration,
        answers(vec![(Field::LastName, CertainAnswer::Confirmed)]),
    )
    .unwrap();

    let events = act(&mut registration, verify(vec![ean_missing(), name_doubtful()])).unwrap();

    assert_eq!(events, ["blocked", "letter_queued follow_up"]);
    let open: Vec<Field> = registration
        .open_questions()
        .map(|question| question.field)
        .collect();
    assert_eq!(
        open,
        [Field::ElectricityEan],
        "what was confirmed is never asked again"
    );
    assert_eq!(
        registration.questions.len(),
        2,
        "an open question is not put twice"
    );
}

#[test]
fn a_failed_answer_is_kept_for_the_next_letter() {
    let mut registration = blocked();
    let failed = FailedAnswer {
        value: "54144882001234567".into(),
        fault: "ean_length".into(),
    };
    let command = answers(vec![(
        Field::ElectricityEan,
        CertainAnswer::Failed(failed.clone()),
    )]);

    assert_eq!(
        act(&mut registration, command).unwrap(),
        ["message_received", "answer_failed", "requeued"]
    );
    act(&mut registration, verify(vec![ean_missing()])).unwrap();

    assert_eq!(
        registration.open_questions().next().unwrap().failed_answer,
        Some(failed)
    );
    assert_eq!(registration.field(Field::ElectricityEan), None);
}

#[test]
fn one_letter_asks_at_most_five_things() {
    let asked = [
        Field::FirstName,
        Field::LastName,
        Field::Phone,
        Field::Iban,
        Field::Street,
        Field::Box,
    ];
    let findings = asked.map(|field| Finding::Customer {
        field,
        reason: Reason::Missing,
        code: "missing".into(),
        value: None,
    });
    let mut registration = received("web");
    act(&mut registration, verify(findings.to_vec())).unwrap();
    assert_eq!(
        registration.open_questions().count(),
        Policy::default().questions_per_letter_max
    );
}

#[test]
fn requests_are_limited_and_then_an_agent_takes_over() {
    let mut registration = blocked();
    for _ in 1..Policy::default().requests_max {
        act(&mut registration, Command::Requeue).unwrap();
        act(&mut registration, verify(vec![ean_missing()])).unwrap();
    }
    act(&mut registration, Command::Requeue).unwrap();

    let events = act(&mut registration, verify(vec![ean_missing()])).unwrap();

    assert_eq!(events, ["blocked", "handed_to_agent"]);
    assert_eq!(
        registration.state,
        State::Blocked {
            awaiting: Awaiting::Agent
        }
    );
}

#[test]
fn a_question_that_another_correction_mended_is_resolved() {
    let mut registration = received("web");
    act(&mut registration, verify(vec![ean_missing(), name_doubtful()])).unwrap();
    act(
        &mut registration,
        answers(vec![(Field::ElectricityEan, corrected(EAN))]),
    )
    .unwrap();

    let events = act(&mut registration, verify(vec![])).unwrap();

    assert_eq!(
        events,
        [
            "questions_resolved",
            "verification_passed",
            "letter_queued acknowledgement"
        ]
    );
    assert_eq!(registration.questions[1].settlement, Some(Settlement::Resolved));
}

#[test]
fn what_only_an_agent_may_settle_is_never_put_to_the_customer() {
    let mut registration = received("web");
    assert_eq!(
        act(&mut registration, verify(vec![ean_in_use(), name_doubtful()])).unwrap(),
        ["blocked"]
    );
    assert_eq!(
        registration.state,
        State::Blocked {
            awaiting: Awaiting::Agent
        }
    );

    act(
        &mut registration,
        Command::ConfirmField {
            field: Field::ElectricityEan,
        },
    )
    .unwrap();
    act(
        &mut registration,
        Command::ConfirmField {
            field: Field::LastName,
        },
    )
    .unwrap();
    act(&mut registration, Command::Requeue).unwrap();
    let events = act(&mut registration, verify(vec![ean_in_use(), name_doubtful()])).unwrap();
    assert_eq!(
        events,
        ["verification_passed"],
        "an agent's word stands as long as the value does"
    );
}

#[test]
fn a_customers_yes_does_not_settle_what_an_agent_must() {
    let mut registration = blocked();
    act(
        &mut registration,
        answers(vec![(Field::ElectricityEan, corrected(EAN))]),
    )
    .unwrap();
    act(&mut registration, verify(vec![ean_in_use()])).unwrap();
    act(
        &mut registration,
        answers(vec![(Field::ElectricityEan, CertainAnswer::Confirmed)]),
    )
    .unwrap();

    act(&mut registration, verify(vec![ean_in_use()])).unwrap();

    assert_eq!(
        registration.state,
        State::Blocked {
            awaiting: Awaiting::Agent
        }
    );
}

#[test]
fn wrong_values_and_sensitive_fields_stop_at_the_last_door() {
    let mut registration = blocked();
    let before = registration.clone();
    let refused = [
        (Field::ElectricityEan, corrected("541448820021345678")),
        (Field::ElectricityEan, corrected("5414 4882 0012 3456 78")),
        (Field::Iban, corrected("BE48001123456727")),
        (Field::Email, corrected("other@courrier.example")),
        (Field::GasEan, corrected(EAN)),
    ];
    for (field, answer) in refused {
        assert!(
            act(&mut registration, answers(vec![(field, answer.clone())])).is_err(),
            "{field} {answer:?}"
        );
        assert_eq!(registration, before);
    }
}

#[test]
fn a_hard_bounce_hands_over_and_stops_further_questions() {
    let mut registration = blocked();
    let bounced = Command::LetterBounced {
        letter: 2,
        severity: "hard".into(),
        status: Some("5.1.1".into()),
    };
    assert_eq!(
        act(&mut registration, bounced).unwrap(),
        ["letter_bounced", "handed_to_agent"]
    );
    assert_eq!(registration.reachability, Reachability::Unreachable);

    act(&mut registration, Command::Requeue).unwrap();
    let events = act(&mut registration, verify(vec![ean_missing()])).unwrap();
    assert_eq!(
        events,
        ["blocked", "handed_to_agent"],
        "nobody writes to a dead address"
    );
}

#[test]
fn an_undone_answer_gives_the_old_value_back() {
    let mut registration = blocked();
    act(
        &mut registration,
        answers(vec![(Field::LastName, corrected("Dupond"))]),
    )
    .unwrap();

    assert_eq!(
        act(
            &mut registration,
            Command::UndoField {
                field: Field::LastName
            }
        )
        .unwrap(),
        ["undone"]
    );

    assert_eq!(registration.field(Field::LastName), Some("Dupont"));
    let again = act(
        &mut registration,
        Command::UndoField {
            field: Field::LastName,
        },
    );
    assert_eq!(again, Err(Refusal::NothingToUndo(Field::LastName)));
}

#[test]
fn closed_registrations_never_change() {
    let mut registration = blocked();
    act(&mut registration, Command::Withdraw { message: None }).unwrap();
    let commands = [
        answers(vec![(Field::ElectricityEan, corrected(EAN))]),
        Command::SetField {
            field: Field::LastName,
            value: Some("Dupond".into()),
        },
        verify(vec![]),
        Command::AskAgain,
        Command::Requeue,
        accept(),
    ];
    for command in commands {
        assert!(act(&mut registration, command.clone()).is_err(), "{command:?}");
    }
    assert_eq!(registration.state, State::Withdrawn);
}

#[test]
fn a_late_answer_reopens_an_expired_registration() {
    let mut registration = blocked();
    act(&mut registration, Command::Expire).unwrap();
    act(
        &mut registration,
        answers(vec![(Field::ElectricityEan, corrected(EAN))]),
    )
    .unwrap();
    assert_eq!(registration.state, State::Verifying);
}

#[test]
fn a_document_without_any_energy_is_refused_at_the_door() {
    let document = RegistrationDocument {
        electricity: None,
        ..document("web")
    };
    let faults = submit(document, "REG-7K3M9Q2X".parse().unwrap(), Timestamp::UNIX_EPOCH).unwrap_err();
    assert_eq!(faults[0].key, "electricity");
}

#[test]
fn what_was_verified_before_a_change_says_nothing_of_what_is_there_after_it() {
    let mut registration = received("web");
    let seen = registration.changes;
    act(
        &mut registration,
        Command::SetField {
            field: Field::LastName,
            value: Some("Dupond".into()),
        },
    )
    .unwrap();
    let late = Command::Verify {
        changes_seen: seen,
        findings: vec![],
    };
    let refusal = decide(&registration, late, now(), &Policy::default());
    assert_eq!(refusal, Err(Refusal::ChangedMeanwhile));
}

#[test]
fn an_answer_understood_before_a_change_is_not_applied_after_it() {
    let mut registration = blocked();
    let Command::Answer {
        message,
        kind,
        answers,
        ..
    } = answers(vec![(Field::ElectricityEan, corrected(EAN))])
    else {
        unreachable!("it is an answer")
    };
    let late = Command::Answer {
        message,
        kind,
        answers,
        changes_seen: Some(registration.changes),
    };
    let by_agent = Command::SetField {
        field: Field::ElectricityEan,
        value: Some(OTHER_EAN.into()),
    };
    act(&mut registration, by_agent).unwrap();
    assert_eq!(act(&mut registration, late), Err(Refusal::ChangedMeanwhile));
    assert_eq!(registration.field(Field::ElectricityEan), Some(OTHER_EAN));
}

/// A message that an agent must read.
fn for_review(kind: &str) -> Command {
    Command::NoteMessage {
        message: "m9".into(),
        kind: kind.into(),
        disposition: "review".into(),
        returns_on: None,
    }
}

#[test]
fn a_message_for_an_agent_stops_what_it_may_correct_and_lets_it_go_on_when_it_is_ignored() {
    let handed = ["message_received", "handed_to_agent"];

    let mut waiting = blocked();
    assert_eq!(act(&mut waiting, for_review("question")).unwrap(), handed);
    assert_eq!(
        act(&mut waiting, Command::AwaitCustomer).unwrap(),
        ["blocked"],
        "no letter: nothing is new"
    );
    assert_eq!(
        waiting.state,
        State::Blocked {
            awaiting: Awaiting::Customer
        }
    );

    let mut verifying = blocked();
    act(
        &mut verifying,
        answers(vec![(Field::ElectricityEan, corrected(EAN))]),
    )
    .unwrap();
    assert_eq!(
        act(&mut verifying, for_review("answer")).unwrap(),
        handed,
        "a second EAN may be on its way"
    );
    assert!(act(&mut verifying, verify(vec![])).is_err());
    assert_eq!(act(&mut verifying, Command::AwaitCustomer).unwrap(), ["requeued"]);

    for (kind, stops) in [
        ("withdrawal", true),
        ("answer", true),
        ("question", false),
        ("unrelated", false),
    ] {
        let mut verified = verified("web");
        act(&mut verified, for_review(kind)).unwrap();
        assert_eq!(act(&mut verified, accept()).is_err(), stops, "{kind}");
    }
}

#[test]
fn silence_ends_with_any_word_of_the_customer_and_waits_for_who_is_away() {
    let patience = Patience::default();
    let due = |registration: &Registration| {
        let planned = registration.next_step(&patience)?;
        Some(format!("{} {}", belgian_date(planned.at), planned.step.name()))
    };
    let note = |kind: &str, disposition: &str, returns_on: Option<&str>| Command::NoteMessage {
        message: "m1".into(),
        kind: kind.into(),
        disposition: disposition.into(),
        returns_on: returns_on.map(|date| date.parse().unwrap()),
    };
    let asked = blocked();
    assert_eq!(due(&asked).as_deref(), Some("2026-11-26 reminder"));
    for (command, expected) in [
        (
            note("auto_reply", "ignore", Some("2026-12-04")),
            Some("2026-12-07 reminder"),
        ),
        (note("auto_reply", "ignore", None), Some("2026-11-26 reminder")),
        (note("question", "review", None), None),
        (answers(vec![(Field::ElectricityEan, corrected(EAN))]), None),
        (Command::Withdraw { message: None }, None),
    ] {
        let mut registration = asked.clone();
        let said = format!("{command:?}");
        act(&mut registration, command).unwrap();
        assert_eq!(due(&registration).as_deref(), expected, "{said}");
    }
    assert_eq!(
        act(&mut asked.clone(), Command::BreakSilence),
        Err(Refusal::NothingDue)
    );
}
