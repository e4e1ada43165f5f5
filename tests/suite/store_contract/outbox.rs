//! Letters: queued with the event that asks for them, sent or somebody knows.

use std::collections::BTreeSet;

use estafette::registration::life_cycle::Command;
use estafette::registration::{Actor, AgentWords, Awaiting, LetterKind};
use estafette::store::{
    ActError, AttemptOutcome, ClaimedLetter, LETTERS_PER_ADDRESS_A_DAY_MAX, LetterState, Silenced, Store,
};

use estafette::workers::calendar::Calendar;
use estafette::workers::{Bells, Shift};
use tokio_util::sync::CancellationToken;

use super::on_both_databases;
use super::registrations::{event_names, missing_meter_number, order, submit};
use crate::support::store::{Place, document, reference, second};

on_both_databases!(
    a_letter_is_queued_with_its_event,
    two_workers_never_send_the_same_letter,
    a_letter_whose_sender_died_comes_back_as_uncertain,
    a_deferred_letter_waits_for_its_time,
    a_sender_that_lost_its_lease_cannot_undo_what_was_done,
    a_refused_letter_is_in_the_history,
    a_letter_that_cannot_be_written_is_known,
    letters_of_a_withdrawn_registration_are_cancelled,
    a_request_whose_questions_were_settled_is_not_sent_any_more,
    a_silent_customer_is_reminded_called_and_let_go,
    a_reminder_is_not_sent_to_who_was_heard_of_meanwhile,
    one_address_gets_so_many_letters_a_day_and_the_rest_later,
    what_is_asked_for_twice_is_done_once,
    who_waits_is_written_to_before_who_was_silent_and_a_domain_at_rest_not_at_all,
    one_damaged_registration_keeps_no_other_from_its_reminder,
);

async fn claim(store: &Store, at: i64) -> Vec<ClaimedLetter> {
    store
        .claim_letters("worker", 10, &[], second(at), second(at + 60))
        .await
        .unwrap()
}

async fn only_letter(store: &Store) -> estafette::store::StoredLetter {
    store.letters_of(&reference(1)).await.unwrap().remove(0)
}

fn sent() -> AttemptOutcome {
    AttemptOutcome::Sent {
        response: "250 2.0.0 Ok: queued as 4XyZ".into(),
    }
}

/// What was queued, and where the registration stands, after that silence was broken.
async fn after_silence(store: &Store, at: &str) -> (Silenced, String, &'static str) {
    let silenced = store.break_silence(&reference(1), moment(at)).await.unwrap();
    let row = store.registration(&reference(1)).await.unwrap().unwrap();
    assert_eq!(
        store.rebuilt(&reference(1)).await.unwrap().as_ref(),
        Some(&row.registration)
    );
    let last = store.letters_of(&reference(1)).await.unwrap().pop().unwrap();
    let awaiting = match row.registration.state.awaiting() {
        Some(Awaiting::Agent) => "agent",
        Some(Awaiting::Customer) => "customer",
        None => row.registration.state.name(),
    };
    (silenced, last.kind.name().to_owned(), awaiting)
}

fn moment(text: &str) -> jiff::Timestamp {
    text.parse().unwrap()
}

async fn asked_on_monday(place: &Place) -> Store {
    let store = place.open().await;
    let reference = submit(&store, 1).await;
    store
        .act(
            order(&reference, missing_meter_number()),
            moment("2026-09-28T08:15:00Z"),
        )
        .await
        .unwrap();
    store
}

async fn a_silent_customer_is_reminded_called_and_let_go(place: Place) {
    let store = asked_on_monday(&place).await;
    let is_due = async |at: &str| store.silent(moment(at), 10).await.unwrap() == [reference(1)];
    assert!(!is_due("2026-10-01T08:14:59Z").await);
    for (at, silenced, letter, stands) in [
        (
            "2026-10-01T08:14:59Z",
            Silenced::Kept,
            "clarification_request",
            "customer",
        ),
        // At night nobody is reminded.
        (
            "2026-10-01T22:00:00Z",
            Silenced::Kept,
            "clarification_request",
            "customer",
        ),
        ("2026-10-02T08:00:00Z", Silenced::Broken, "reminder", "customer"),
        ("2026-10-02T08:00:00Z", Silenced::Kept, "reminder", "customer"),
        (
            "2026-10-07T08:00:00Z",
            Silenced::Broken,
            "last_reminder",
            "customer",
        ),
        ("2026-10-13T08:00:00Z", Silenced::Broken, "last_reminder", "agent"),
        ("2026-10-14T08:00:00Z", Silenced::Kept, "last_reminder", "agent"),
        ("2026-11-12T09:00:00Z", Silenced::Broken, "expiry", "expired"),
        ("2027-03-01T08:00:00Z", Silenced::Kept, "expiry", "expired"),
    ] {
        assert_eq!(
            is_due(at).await,
            silenced == Silenced::Broken || at.contains("T22"),
            "{at}"
        );
        let seen = after_silence(&store, at).await;
        assert_eq!(seen, (silenced, letter.to_owned(), stands), "{at}");
    }
}

async fn a_reminder_is_not_sent_to_who_was_heard_of_meanwhile(place: Place) {
    let store = asked_on_monday(&place).await;
    let at = moment("2026-10-02T08:00:00Z");
    store.break_silence(&reference(1), at).await.unwrap();
    let heard = Command::NoteMessage {
        message: "m1".into(),
        kind: "question".into(),
        disposition: "review".into(),
        returns_on: None,
    };
    store.act(order(&reference(1), heard), at).await.unwrap();
    let later = moment("2026-10-02T08:00:10Z");
    let claimed = store
        .claim_letters("worker", 10, &[], later, moment("2026-10-02T08:01:00Z"))
        .await
        .unwrap();
    assert!(claimed.iter().all(|letter| letter.kind != LetterKind::Reminder));
    let last = store.letters_of(&reference(1)).await.unwrap().pop().unwrap();
    assert_eq!(
        (last.kind, last.state),
        (LetterKind::Reminder, LetterState::Cancelled)
    );
    assert!(
        store
            .silent(moment("2027-11-27T08:00:00Z"), 10)
            .await
            .unwrap()
            .is_empty()
    );
}

async fn a_letter_is_queued_with_its_event(place: Place) {
    let store = place.open().await;
    let reference = submit(&store, 1).await;
    store
        .act(order(&reference, missing_meter_number()), second(10))
        .await
        .unwrap();
    let letters = store.letters_of(&reference).await.unwrap();
    let kinds: Vec<LetterKind> = letters.iter().map(|letter| letter.kind).collect();
    assert_eq!(
        kinds,
        [
            LetterKind::RegistrationConfirmation,
            LetterKind::ClarificationRequest
        ]
    );
    let request = &letters[1];
    assert_eq!(
        (request.number, request.state, request.attempts),
        (2, LetterState::Queued, 0)
    );
    assert_eq!((request.queued_at, request.sent_at), (second(10), None));
    assert_eq!(
        store
            .letter_by_message_id(&request.message_id)
            .await
            .unwrap()
            .as_ref(),
        Some(request)
    );
    assert_eq!(
        store.letter_by_message_id("another@example.test").await.unwrap(),
        None
    );
    // The bytes that will be sent are there, with that Message-ID.
    let claimed = claim(&store, 20).await;
    let raw = String::from_utf8_lossy(&claimed[1].raw).into_owned();
    assert!(raw.contains(&format!("<{}>", request.message_id)), "{raw}");
    // A refused command leaves neither event nor letter.
    store
        .act(order(&reference, Command::Activate), second(11))
        .await
        .unwrap_err();
    assert_eq!(store.letters_of(&reference).await.unwrap().len(), 2);
}

async fn two_workers_never_send_the_same_letter(place: Place) {
    let store = place.open().await;
    for number in 0..12 {
        submit(&store, number).await;
    }
    let mut workers = Vec::new();
    for number in 0..4 {
        let store = store.clone();
        workers.push(tokio::spawn(async move {
            let mut claimed = Vec::new();
            loop {
                let worker = format!("worker-{number}");
                let more = store
                    .claim_letters(&worker, 2, &[], second(100), second(160))
                    .await
                    .unwrap();
                if more.is_empty() {
                    return claimed;
                }
                claimed.extend(more.into_iter().map(|letter| letter.id));
            }
        }));
    }
    let mut claimed = Vec::new();
    for worker in workers {
        claimed.extend(worker.await.unwrap());
    }
    let distinct: BTreeSet<i64> = claimed.iter().copied().collect();
    assert_eq!((claimed.len(), distinct.len()), (12, 12));
}

async fn a_letter_whose_sender_died_comes_back_as_uncertain(place: Place) {
    submit(&place.open().await, 1).await;
    // Another process: what is not committed is not there.
    let store = place.open().await;
    let first = claim(&store, 100).await.remove(0);
    assert_eq!((first.from_state, first.attempts), (LetterState::Queued, 0));
    assert_eq!(only_letter(&store).await.state, LetterState::Sending);
    assert!(claim(&store, 159).await.is_empty());
    let again = claim(&store, 160).await.remove(0);
    assert_eq!((again.from_state, again.attempts), (LetterState::Uncertain, 1));
    assert_eq!(
        (again.id, &again.message_id, &again.raw),
        (first.id, &first.message_id, &first.raw)
    );
    store.record_attempt(&again, sent(), second(170)).await.unwrap();
    let attempts = store.attempts_of(first.id).await.unwrap();
    let outcomes: Vec<(u32, &str)> = attempts
        .iter()
        .map(|attempt| (attempt.attempt, attempt.outcome.as_str()))
        .collect();
    assert_eq!(outcomes, [(1, "uncertain"), (2, "sent")]);
    let letter = only_letter(&store).await;
    assert_eq!(
        (letter.state, letter.sent_at, letter.attempts),
        (LetterState::Sent, Some(second(170)), 2)
    );
    assert_eq!(
        letter.last_response.as_deref(),
        Some("250 2.0.0 Ok: queued as 4XyZ")
    );
    assert_eq!(
        event_names(&store, &reference(1)).await,
        ["submitted", "letter_queued", "letter_sent"]
    );
    assert!(claim(&store, 1000).await.is_empty());
}

async fn a_deferred_letter_waits_for_its_time(place: Place) {
    let store = place.open().await;
    submit(&store, 1).await;
    let outcomes = [
        (
            AttemptOutcome::Deferred {
                response: "451 4.7.1 Greylisted\0".into(),
                next: second(200),
            },
            LetterState::Deferred,
        ),
        (
            AttemptOutcome::Uncertain {
                detail: "the connection was lost after the message".into(),
                next: second(300),
            },
            LetterState::Uncertain,
        ),
    ];
    for (round, (outcome, state)) in outcomes.into_iter().enumerate() {
        let begin = 100 * (round as i64 + 1);
        let letter = claim(&store, begin).await.remove(0);
        store
            .record_attempt(&letter, outcome, second(begin + 1))
            .await
            .unwrap();
        assert_eq!(only_letter(&store).await.state, state);
        assert!(claim(&store, begin + 99).await.is_empty());
    }
    let letter = claim(&store, 300).await.remove(0);
    assert_eq!((letter.from_state, letter.attempts), (LetterState::Uncertain, 2));
    let words = &store.attempts_of(letter.id).await.unwrap()[0].response;
    assert_eq!(words, "451 4.7.1 Greylisted\u{FFFD}");
    // No event for what is not final.
    assert_eq!(
        event_names(&store, &reference(1)).await,
        ["submitted", "letter_queued"]
    );
}

async fn a_sender_that_lost_its_lease_cannot_undo_what_was_done(place: Place) {
    let store = place.open().await;
    submit(&store, 1).await;
    let slow = claim(&store, 100).await.remove(0);
    let fast = claim(&store, 160).await.remove(0);
    let failed = || AttemptOutcome::Failed {
        response: "550 5.1.1 no such user".into(),
    };
    store.record_attempt(&slow, failed(), second(161)).await.unwrap();
    assert_eq!(
        only_letter(&store).await.state,
        LetterState::Sending,
        "the fast one still sends it"
    );
    store.record_attempt(&fast, sent(), second(162)).await.unwrap();
    store.record_attempt(&slow, failed(), second(163)).await.unwrap();
    store.record_attempt(&fast, sent(), second(164)).await.unwrap();
    let letter = only_letter(&store).await;
    assert_eq!(
        (letter.state, letter.sent_at),
        (LetterState::Sent, Some(second(162)))
    );
    assert_eq!(
        event_names(&store, &reference(1)).await,
        ["submitted", "letter_queued", "letter_sent"]
    );
    let words = store.attempts_of(letter.id).await.unwrap();
    assert_eq!(
        words
            .iter()
            .map(|attempt| attempt.outcome.as_str())
            .collect::<Vec<_>>(),
        ["failed", "sent"]
    );
}

async fn a_refused_letter_is_in_the_history(place: Place) {
    let store = place.open().await;
    let reference = submit(&store, 1).await;
    let letter = claim(&store, 100).await.remove(0);
    let refused = AttemptOutcome::Failed {
        response: "550 5.1.1 no such user".into(),
    };
    store.record_attempt(&letter, refused, second(101)).await.unwrap();
    assert_eq!(only_letter(&store).await.state, LetterState::Failed);
    let history = event_names(&store, &reference).await;
    assert_eq!(history[..3], ["submitted", "letter_queued", "letter_failed"]);
    let row = store.registration(&reference).await.unwrap().unwrap();
    assert_eq!(store.rebuilt(&reference).await.unwrap(), Some(row.registration));
    assert!(claim(&store, 1000).await.is_empty());
}

async fn a_letter_that_cannot_be_written_is_known(place: Place) {
    let store = place.open().await;
    let mut without_domain = document(1);
    without_domain.customer.email = Some("amandine(at)customer".into());
    store
        .submit(without_domain, reference(1), Actor::Customer, None, second(1))
        .await
        .unwrap();
    let letter = only_letter(&store).await;
    assert_eq!(
        (letter.state, letter.kind),
        (LetterState::Failed, LetterKind::RegistrationConfirmation)
    );
    assert_eq!(letter.recipient, "amandine(at)customer");
    assert!(letter.last_response.is_some());
    let history = event_names(&store, &reference(1)).await;
    assert_eq!(history[..3], ["submitted", "letter_queued", "letter_failed"]);
    let row = store.registration(&reference(1)).await.unwrap().unwrap();
    assert_eq!(
        store.rebuilt(&reference(1)).await.unwrap(),
        Some(row.registration)
    );
    assert!(claim(&store, 100).await.is_empty());
}

async fn letters_of_a_withdrawn_registration_are_cancelled(place: Place) {
    let store = place.open().await;
    let reference = submit(&store, 1).await;
    let sent_letter = claim(&store, 10).await.remove(0);
    store
        .record_attempt(&sent_letter, sent(), second(11))
        .await
        .unwrap();
    store
        .act(order(&reference, missing_meter_number()), second(12))
        .await
        .unwrap();
    store
        .act(order(&reference, Command::Withdraw { message: None }), second(13))
        .await
        .unwrap();
    let claimed = claim(&store, 20).await;
    let kinds: Vec<LetterKind> = claimed.iter().map(|letter| letter.kind).collect();
    assert_eq!(kinds, [LetterKind::WithdrawalAcknowledgement]);
    let letters = store.letters_of(&reference).await.unwrap();
    let states: Vec<LetterState> = letters.iter().map(|letter| letter.state).collect();
    assert_eq!(
        states,
        [LetterState::Sent, LetterState::Cancelled, LetterState::Sending]
    );
    assert!(letters[1].last_response.as_deref().unwrap().contains("withdrawn"));
}

async fn a_request_whose_questions_were_settled_is_not_sent_any_more(place: Place) {
    let store = place.open().await;
    let reference = submit(&store, 1).await;
    store
        .act(order(&reference, missing_meter_number()), second(10))
        .await
        .unwrap();
    // No letter could go out meanwhile; an agent settles it by telephone.
    let field = estafette::registration::Field::ElectricityMeterNumber;
    let value = Some("12345678".to_owned());
    for command in [Command::SetField { field, value }, Command::Requeue] {
        store.act(order(&reference, command), second(11)).await.unwrap();
    }
    let passed = Command::Verify {
        changes_seen: 1,
        findings: vec![],
    };
    store.act(order(&reference, passed), second(12)).await.unwrap();
    let kinds: Vec<LetterKind> = claim(&store, 20).await.iter().map(|letter| letter.kind).collect();
    assert_eq!(
        kinds,
        [LetterKind::RegistrationConfirmation, LetterKind::Acknowledgement]
    );
    let letters = store.letters_of(&reference).await.unwrap();
    assert_eq!(letters[1].state, LetterState::Cancelled);
}

async fn one_address_gets_so_many_letters_a_day_and_the_rest_later(place: Place) {
    let store = place.open().await;
    let limit = u8::try_from(LETTERS_PER_ADDRESS_A_DAY_MAX).unwrap();
    for number in 1..=limit + 1 {
        let mut document = document(number);
        document.customer.email = Some("circle@customer.example".into());
        let submission = store
            .submit(document, reference(number), Actor::Estafette, None, second(0))
            .await;
        assert!(submission.is_ok(), "{submission:?}");
        for letter in claim(&store, 1).await {
            store.record_attempt(&letter, sent(), second(2)).await.unwrap();
        }
    }
    let last = store.letters_of(&reference(limit + 1)).await.unwrap().remove(0);
    assert_eq!(last.state, LetterState::Deferred);
    assert!(
        last.last_response
            .is_some_and(|words| words.contains("fill of letters"))
    );

    const DAY_SECONDS: i64 = 24 * 3600;
    assert_eq!(claim(&store, DAY_SECONDS / 2).await.len(), 0, "not yet");
    assert_eq!(
        claim(&store, DAY_SECONDS * 2).await.len(),
        1,
        "a day later it goes out"
    );
}

async fn what_is_asked_for_twice_is_done_once(place: Place) {
    let store = place.open().await;
    let reference = submit(&store, 1).await;
    store
        .act(order(&reference, missing_meter_number()), second(10))
        .await
        .unwrap();
    let seen = store.registration(&reference).await.unwrap().unwrap().version;
    let before = store.letters_of(&reference).await.unwrap().len();
    let words = AgentWords::parse("We found your meter.").unwrap();
    let orders = || vec![order(&reference, Command::Reply { words: words.clone() })];
    let at = second(20);
    let (first, twin) = tokio::join!(
        store.act_on_seen(&reference, seen, orders(), at),
        store.act_on_seen(&reference, seen, orders(), at),
    );
    let mut done = [first.unwrap(), twin.unwrap()];
    done.sort();
    assert_eq!(done, [false, true]);
    assert_eq!(store.letters_of(&reference).await.unwrap().len(), before + 1);

    // What is refused in the middle takes back what came before it.
    let seen = store.registration(&reference).await.unwrap().unwrap().version;
    let mut orders = orders();
    orders.push(order(&reference, Command::Activate));
    let refused = store.act_on_seen(&reference, seen, orders, second(30)).await;
    assert!(matches!(refused, Err(ActError::Refused(_))), "{refused:?}");
    assert_eq!(store.letters_of(&reference).await.unwrap().len(), before + 1);
}

/// A registration that cannot be read any more, and is due before all others.
async fn one_damaged_registration_keeps_no_other_from_its_reminder(place: Place) {
    let store = place.open().await;
    for number in [1, 2] {
        let reference = submit(&store, number).await;
        store
            .act(
                order(&reference, missing_meter_number()),
                moment("2026-09-28T08:15:00Z"),
            )
            .await
            .unwrap();
    }
    place
        .execute(
            "UPDATE registrations SET registration = '{', next_step_at = 1 WHERE email LIKE 'amandine.1@%'",
        )
        .await
        .unwrap();
    let calendar = Calendar {
        store: store.clone(),
        shift: Shift {
            worker: "worker".into(),
            bells: Bells::default(),
            shutdown: CancellationToken::new(),
        },
    };
    let at = moment("2026-10-02T08:00:00Z");
    assert_eq!(store.silent(at, 10).await.unwrap(), [reference(1), reference(2)]);
    calendar.keep(at).await;
    let last = store.letters_of(&reference(2)).await.unwrap().pop().unwrap();
    assert_eq!(last.kind, LetterKind::Reminder);
    assert_eq!(store.silent(at, 10).await.unwrap(), []);
    let later = moment("2026-10-02T09:00:00Z");
    assert_eq!(store.silent(later, 10).await.unwrap(), [reference(1)]);
}

async fn who_waits_is_written_to_before_who_was_silent_and_a_domain_at_rest_not_at_all(place: Place) {
    let store = asked_on_monday(&place).await;
    let at = moment("2026-10-02T08:00:00Z");
    let sent_before = store
        .claim_letters("before", 10, &[], at, moment("2026-10-02T08:01:00Z"))
        .await
        .unwrap();
    for letter in sent_before {
        store.record_attempt(&letter, sent(), at).await.unwrap();
    }
    store.break_silence(&reference(1), at).await.unwrap();
    // Queued after the reminder, and waited for by a customer.
    let mut elsewhere = serde_json::to_value(document(2)).unwrap();
    elsewhere["customer"]["email"] = "Luc@Elsewhere.example".into();
    let elsewhere = serde_json::from_value(elsewhere).unwrap();
    let later = moment("2026-10-02T08:00:30Z");
    store
        .submit(elsewhere, reference(2), Actor::Customer, None, later)
        .await
        .unwrap();
    let claimed = async |resting: &[&str]| -> Vec<LetterKind> {
        let resting: Vec<String> = resting.iter().map(|domain| (*domain).to_owned()).collect();
        let claimed = store
            .claim_letters("worker", 10, &resting, later, later)
            .await
            .unwrap();
        claimed.iter().map(|letter| letter.kind).collect()
    };
    let (confirmation, reminder) = (LetterKind::RegistrationConfirmation, LetterKind::Reminder);
    assert_eq!(claimed(&["customer.example"]).await, [confirmation]);
    assert_eq!(claimed(&["elsewhere.example", "other.example"]).await, [reminder]);
    assert_eq!(claimed(&["elsewhere.example", "customer.example"]).await, []);
    assert_eq!(claimed(&[]).await, [confirmation, reminder]);
}
