//! Registrations: taken in once, changed by the life cycle alone, every change in the history.

use std::collections::BTreeSet;

use estafette::registration::life_cycle::Command;
use estafette::registration::{
    Actor, DistributorDecision, Energy, Event, Field, Finding, Reason, Reference, State,
};
use estafette::store::{ActError, Order, Store, StoreError, Submission};

use super::on_both_databases;
use crate::support::store::{Place, document, reference, second};

on_both_databases!(
    takes_a_registration_in,
    an_idempotency_key_makes_one_registration,
    a_taken_reference_or_a_faulty_document_changes_nothing,
    a_refused_command_changes_nothing,
    the_row_is_the_fold_of_its_history,
    the_history_refuses_changes,
    changes_of_one_registration_wait_for_each_other,
    two_workers_never_verify_the_same_registration,
    a_change_of_state_frees_the_lease,
    finds_eans_in_use_and_what_is_due,
);

pub async fn submit(store: &Store, number: u8) -> Reference {
    let submission = store
        .submit(
            document(number),
            reference(number),
            Actor::ApiClient("web".into()),
            None,
            second(i64::from(number)),
        )
        .await
        .unwrap();
    assert_eq!(submission, Submission::Created(reference(number)));
    reference(number)
}

pub fn order(reference: &Reference, command: Command) -> Order {
    Order {
        reference: reference.clone(),
        actor: Actor::Estafette,
        command,
    }
}

pub fn missing_meter_number() -> Command {
    Command::Verify {
        changes_seen: 0,
        findings: vec![Finding::Customer {
            field: Field::ElectricityMeterNumber,
            reason: Reason::Missing,
            code: "meter_number_missing".into(),
            value: None,
        }],
    }
}

pub async fn event_names(store: &Store, reference: &Reference) -> Vec<String> {
    let history = store.history(reference).await.unwrap();
    history
        .iter()
        .map(|recorded| {
            serde_json::to_value(&recorded.event).unwrap()["event"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect()
}

async fn takes_a_registration_in(place: Place) {
    let store = place.open().await;
    let reference = submit(&store, 1).await;
    let row = store.registration(&reference).await.unwrap().unwrap();
    assert_eq!(row.registration.state, State::Received);
    assert_eq!(row.registration.field(Field::LastName), Some("Delvaux"));
    assert_eq!(row.registration.submitted_at, second(1));
    assert_eq!(row.updated_at, second(1));
    let history = store.history(&reference).await.unwrap();
    assert_eq!(history[0].actor, Actor::ApiClient("web".into()));
    assert_eq!(history[0].at, second(1));
    assert_eq!(
        event_names(&store, &reference).await,
        ["submitted", "letter_queued"]
    );
    assert_eq!(store.letters_of(&reference).await.unwrap().len(), 1);
    assert_eq!(store.registration(&unknown()).await.unwrap(), None);
}

pub fn unknown() -> Reference {
    reference(255)
}

async fn an_idempotency_key_makes_one_registration(place: Place) {
    let store = place.open().await;
    let mut posts = Vec::new();
    for number in 0..8 {
        let store = store.clone();
        let key = Some(("key".to_owned(), [5; 32]));
        posts.push(tokio::spawn(async move {
            store
                .submit(document(1), reference(number), Actor::Customer, key, second(0))
                .await
                .unwrap()
        }));
    }
    let mut created = Vec::new();
    let mut repeated = BTreeSet::new();
    for post in posts {
        match post.await.unwrap() {
            Submission::Created(reference) => created.push(reference),
            Submission::Repeated(reference) => {
                repeated.insert(reference);
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(created.len(), 1);
    assert_eq!(repeated, created.iter().cloned().collect());
    assert_eq!(store.registrations(None, 10).await.unwrap().items.len(), 1);
    let other_body = Some(("key".to_owned(), [6; 32]));
    let reused = store
        .submit(document(2), reference(20), Actor::Customer, other_body, second(0))
        .await
        .unwrap();
    assert_eq!(reused, Submission::KeyReused);
    assert_eq!(store.registration(&reference(20)).await.unwrap(), None);
}

async fn a_taken_reference_or_a_faulty_document_changes_nothing(place: Place) {
    let store = place.open().await;
    let taken = submit(&store, 1).await;
    let before = store.registration(&taken).await.unwrap();
    let key = Some(("key".to_owned(), [5; 32]));
    let again = store
        .submit(
            document(2),
            taken.clone(),
            Actor::Customer,
            key.clone(),
            second(9),
        )
        .await;
    assert!(matches!(again, Err(StoreError::ReferenceTaken(_))), "{again:?}");
    assert_eq!(store.registration(&taken).await.unwrap(), before);
    assert_eq!(store.history(&taken).await.unwrap().len(), 2);
    // The key was not used up by it.
    let fresh = store
        .submit(document(2), reference(2), Actor::Customer, key, second(9))
        .await
        .unwrap();
    assert_eq!(fresh, Submission::Created(reference(2)));

    let mut faulty = document(3);
    faulty.electricity = None;
    faulty.gas = None;
    let faulty = store
        .submit(faulty, reference(3), Actor::Customer, None, second(9))
        .await;
    assert!(
        matches!(&faulty, Err(StoreError::Faulty(faults)) if faults.len() == 1),
        "{faulty:?}"
    );
    assert_eq!(store.registration(&reference(3)).await.unwrap(), None);
}

async fn a_refused_command_changes_nothing(place: Place) {
    let store = place.open().await;
    let reference = submit(&store, 1).await;
    let before = store.registration(&reference).await.unwrap();
    let refused = store.act(order(&reference, Command::Activate), second(5)).await;
    assert!(matches!(refused, Err(ActError::Refused(_))), "{refused:?}");
    assert_eq!(store.registration(&reference).await.unwrap(), before);
    assert_eq!(store.history(&reference).await.unwrap().len(), 2);
    let nobody = store.act(order(&unknown(), Command::Activate), second(5)).await;
    assert!(matches!(nobody, Err(ActError::NotFound(_))), "{nobody:?}");
}

async fn the_row_is_the_fold_of_its_history(place: Place) {
    let store = place.open().await;
    // Nanoseconds, which no database keeps, must not make a difference.
    let nanoseconds = jiff::SignedDuration::from_nanos(123_456_789);
    let reference = reference(1);
    store
        .submit(
            document(1),
            reference.clone(),
            Actor::Customer,
            None,
            second(1) + nanoseconds,
        )
        .await
        .unwrap();
    let set = |field, value: &str| Command::SetField {
        field,
        value: Some(value.into()),
    };
    let commands = [
        missing_meter_number(),
        set(Field::ElectricityMeterNumber, "12345678"),
        set(Field::LastName, "Delvaux-Simon"),
        Command::Requeue,
        Command::Verify {
            changes_seen: 2,
            findings: vec![],
        },
        Command::Decide {
            energy: Energy::Electricity,
            decision: DistributorDecision::Accepted {
                start_date: "2026-12-01".parse().unwrap(),
            },
        },
        Command::Decide {
            energy: Energy::Gas,
            decision: DistributorDecision::Rejected {
                reason: "ean_unknown".into(),
            },
        },
    ];
    for (step, command) in commands.into_iter().enumerate() {
        let name = format!("{command:?}");
        let before = store.registration(&reference).await.unwrap().unwrap();
        let at = second(100 + step as i64) + nanoseconds;
        let given = Order {
            actor: Actor::Agent("Élise".into()),
            ..order(&reference, command)
        };
        let returned = store
            .act(given, at)
            .await
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let after = store.registration(&reference).await.unwrap().unwrap();
        assert_eq!(after.registration, returned, "{name}");
        assert_eq!(after.version, before.version + 1, "{name}");
        assert_eq!(store.rebuilt(&reference).await.unwrap(), Some(returned), "{name}");
    }
    assert_eq!(store.rebuilt(&unknown()).await.unwrap(), None);
}

async fn the_history_refuses_changes(place: Place) {
    let store = place.open().await;
    let reference = submit(&store, 1).await;
    for change in [
        "UPDATE history SET at = 0",
        "DELETE FROM history",
        "DELETE FROM history WHERE sequence = 2",
    ] {
        let refused = place.execute(change).await.expect_err(change);
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }
    assert_eq!(store.history(&reference).await.unwrap().len(), 2);
}

async fn changes_of_one_registration_wait_for_each_other(place: Place) {
    let store = place.open().await;
    let reference = submit(&store, 1).await;
    let mut changes = Vec::new();
    for number in 0..20 {
        let store = store.clone();
        let note = Command::NoteMessage {
            message: format!("message-{number}"),
            kind: "unrelated".into(),
            disposition: "ignore".into(),
            returns_on: None,
        };
        let order = order(&reference, note);
        changes.push(tokio::spawn(async move {
            store.act(order, second(50)).await.unwrap()
        }));
    }
    for change in changes {
        change.await.unwrap();
    }
    let noted: BTreeSet<String> = store
        .history(&reference)
        .await
        .unwrap()
        .into_iter()
        .filter_map(|recorded| match recorded.event {
            Event::MessageReceived { message, .. } => Some(message),
            _ => None,
        })
        .collect();
    assert_eq!(noted.len(), 20);
    let row = store.registration(&reference).await.unwrap().unwrap();
    assert_eq!(store.rebuilt(&reference).await.unwrap(), Some(row.registration));
}

async fn two_workers_never_verify_the_same_registration(place: Place) {
    let store = place.open().await;
    for number in 0..20 {
        submit(&store, number).await;
    }
    let mut workers = Vec::new();
    for number in 0..4 {
        let store = store.clone();
        workers.push(tokio::spawn(async move {
            let worker = format!("worker-{number}");
            let mut claimed = Vec::new();
            loop {
                let more = store
                    .claim_for_verification(&worker, 2, second(100), second(160))
                    .await
                    .unwrap();
                if more.is_empty() {
                    return claimed;
                }
                claimed.extend(more.into_iter().map(|registration| registration.reference));
            }
        }));
    }
    let mut claimed = Vec::new();
    for worker in workers {
        claimed.extend(worker.await.unwrap());
    }
    let distinct: BTreeSet<_> = claimed.iter().cloned().collect();
    assert_eq!((claimed.len(), distinct.len()), (20, 20));
    // A worker that died gives its work back when its lease ends, the oldest first.
    assert!(
        store
            .claim_for_verification("late", 5, second(159), second(200))
            .await
            .unwrap()
            .is_empty()
    );
    let again = store
        .claim_for_verification("late", 5, second(160), second(200))
        .await
        .unwrap();
    let expected: Vec<Reference> = (0..5).map(reference).collect();
    assert_eq!(
        again
            .into_iter()
            .map(|registration| registration.reference)
            .collect::<Vec<_>>(),
        expected
    );
}

async fn a_change_of_state_frees_the_lease(place: Place) {
    let store = place.open().await;
    let reference = submit(&store, 1).await;
    let claim = || store.claim_for_verification("worker", 5, second(100), second(160));
    assert_eq!(claim().await.unwrap().len(), 1);
    store
        .act(order(&reference, missing_meter_number()), second(101))
        .await
        .unwrap();
    assert_eq!(
        claim().await.unwrap().len(),
        0,
        "a blocked registration does not wait for verification"
    );
    store
        .act(order(&reference, Command::Requeue), second(102))
        .await
        .unwrap();
    assert_eq!(claim().await.unwrap().len(), 1, "a requeued one does, at once");
}

async fn finds_eans_in_use_and_what_is_due(place: Place) {
    let store = place.open().await;
    let first = submit(&store, 1).await;
    let mut same_ean = document(2);
    same_ean.electricity.as_mut().unwrap().ean = Some("541448960000000001".into());
    let second_reference = reference(2);
    store
        .submit(
            same_ean,
            second_reference.clone(),
            Actor::Customer,
            None,
            second(2),
        )
        .await
        .unwrap();
    let row = async |reference| store.registration(reference).await.unwrap().unwrap().registration;
    // One was submitted with spaces: both are kept in their normal form.
    for reference in [&first, &second_reference] {
        assert_eq!(
            store.eans_in_use(&row(reference).await).await.unwrap(),
            ["541448960000000001"]
        );
    }
    store
        .act(
            order(&second_reference, Command::Withdraw { message: None }),
            second(3),
        )
        .await
        .unwrap();
    assert!(store.eans_in_use(&row(&first).await).await.unwrap().is_empty());

    store
        .act(
            order(
                &first,
                Command::Verify {
                    changes_seen: 0,
                    findings: vec![],
                },
            ),
            second(4),
        )
        .await
        .unwrap();
    for (energy, day) in [(Energy::Electricity, "2026-12-01"), (Energy::Gas, "2026-12-05")] {
        let decision = DistributorDecision::Accepted {
            start_date: day.parse().unwrap(),
        };
        store
            .act(order(&first, Command::Decide { energy, decision }), second(5))
            .await
            .unwrap();
    }
    let due = async |day: &str| store.due_for_activation(day.parse().unwrap(), 10).await.unwrap();
    assert!(due("2026-12-04").await.is_empty());
    assert_eq!(due("2026-12-05").await, std::slice::from_ref(&first));
    // 6 December 2026, noon.
    let december = "2026-12-06T12:00:00Z".parse().unwrap();
    store
        .act(order(&first, Command::Activate), december)
        .await
        .unwrap();
    assert!(due("2026-12-31").await.is_empty());
}
