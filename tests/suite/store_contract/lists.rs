//! Lists, numbers and look-ups.

use estafette::matching::{Clues, Openness};
use estafette::registration::Actor;
use estafette::registration::life_cycle::Command;
use estafette::store::StoreError;

use super::incoming::{fetched, key, settled};
use super::on_both_databases;
use super::registrations::{missing_meter_number, order, submit, unknown};
use crate::support::store::{Place, document, reference, second};

on_both_databases!(
    registrations_come_in_pages,
    messages_come_in_pages,
    a_cursor_that_is_none_is_refused,
    counts_what_is_there,
    finds_the_registrations_that_clues_lead_to,
    finds_no_more_than_asked_for,
);

async fn registrations_come_in_pages(place: Place) {
    let store = place.open().await;
    // Two of each moment: the key decides.
    for number in 0..7 {
        let at = second(i64::from(number / 2));
        store
            .submit(document(number), reference(number), Actor::Customer, None, at)
            .await
            .unwrap();
    }
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let page = store.registrations(after.as_deref(), 3).await.unwrap();
        assert!(page.items.len() <= 3);
        seen.extend(page.items.into_iter().map(|row| row.registration.reference));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let expected: Vec<_> = (0..7).rev().map(reference).collect();
    assert_eq!(seen, expected);
    // What changed last comes first.
    store
        .act(order(&reference(0), missing_meter_number()), second(50))
        .await
        .unwrap();
    let first = store.registrations(None, 1).await.unwrap().items.remove(0);
    assert_eq!(
        (first.registration.reference, first.updated_at),
        (reference(0), second(50))
    );
}

async fn messages_come_in_pages(place: Place) {
    let store = place.open().await;
    for number in 0..7 {
        let mut message = fetched(&number.to_string(), format!("Subject: {number}\r\n\r\n"));
        message.received_at = second(i64::from(number / 2));
        store.keep(message, key(number), None, second(9)).await.unwrap();
        let disposition = if number == 3 { "ignore" } else { "review" };
        if number != 5 {
            store
                .settle(&key(number), settled(disposition, None), vec![], second(9))
                .await
                .unwrap();
        }
    }
    for (disposition, expected) in [
        (None, vec![0, 1, 2, 3, 4, 5, 6]),
        (Some("review"), vec![0, 1, 2, 4, 6]),
        (Some("ignore"), vec![3]),
        (Some("apply"), vec![]),
    ] {
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let page = store.messages(disposition, after.as_deref(), 2).await.unwrap();
            seen.extend(page.items.into_iter().map(|message| message.key));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(
            seen,
            expected.into_iter().map(key).collect::<Vec<_>>(),
            "{disposition:?}"
        );
    }
}

async fn a_cursor_that_is_none_is_refused(place: Place) {
    let store = place.open().await;
    for cursor in ["", "1", "' OR 1=1 --"] {
        let refused = store.messages(None, Some(cursor), 5).await.unwrap_err();
        assert!(matches!(refused, StoreError::Cursor(_)), "{refused}");
        let refused = store.registrations(Some(cursor), 5).await.unwrap_err();
        assert!(matches!(refused, StoreError::Cursor(_)), "{refused}");
    }
}

async fn counts_what_is_there(place: Place) {
    let store = place.open().await;
    assert!(store.counts().await.unwrap().is_empty());
    submit(&store, 1).await;
    submit(&store, 2).await;
    store
        .act(order(&reference(2), missing_meter_number()), second(5))
        .await
        .unwrap();
    for number in 0..3 {
        let message = fetched(&number.to_string(), format!("Subject: {number}\r\n\r\n"));
        store.keep(message, key(number), None, second(9)).await.unwrap();
    }
    store
        .settle(&key(0), settled("review", None), vec![], second(9))
        .await
        .unwrap();
    let counts = store.counts().await.unwrap();
    let count = |what: &str, state: &str| {
        counts
            .iter()
            .find(|row| row.0 == what && row.1 == state)
            .map(|row| row.2)
    };
    assert_eq!(count("registrations", "received"), Some(1));
    assert_eq!(count("registrations", "blocked_customer"), Some(1));
    assert_eq!(count("messages", "waiting"), Some(2));
    assert_eq!(count("messages", "review"), Some(1));
    assert_eq!(count("letters", "queued"), Some(3));
    assert_eq!(counts.len(), 5);
}

async fn finds_the_registrations_that_clues_lead_to(place: Place) {
    let store = place.open().await;
    for number in 1..=6 {
        submit(&store, number).await;
    }
    store
        .act(
            order(&reference(4), Command::Withdraw { message: None }),
            second(9),
        )
        .await
        .unwrap();
    let letter = store.letters_of(&reference(2)).await.unwrap().remove(0);
    let clues = Clues {
        signed_token: Some(reference(1)),
        unsigned_tokens: vec![reference(6), unknown()],
        thread: vec!["unknown@customer.example".into(), letter.message_id.clone()],
        references_in_text: vec![reference(3), reference(1)],
        senders: vec![
            "amandine.4@customer.example".into(),
            "nul\0@customer.example".into(),
        ],
        eans: vec!["541448960000000005".into(), "541456700000000005".into()],
    };
    let candidates = store.candidates(&clues, 10).await.unwrap();
    let found: Vec<_> = candidates
        .iter()
        .map(|candidate| candidate.reference.clone())
        .collect();
    assert_eq!(found, [1, 2, 3, 4, 5, 6].map(reference));
    assert_eq!(candidates[1].letter_ids, [letter.message_id]);
    assert_eq!(
        candidates[3].email.as_deref(),
        Some("amandine.4@customer.example")
    );
    assert_eq!(candidates[3].name.as_deref(), Some("Amandine Delvaux"));
    assert_eq!(
        (candidates[3].open, candidates[4].open),
        (Openness::Closed, Openness::Open)
    );
    assert!(store.candidates(&Clues::default(), 10).await.unwrap().is_empty());
}

async fn finds_no_more_than_asked_for(place: Place) {
    let store = place.open().await;
    for number in 1..=5 {
        let mut same_sender = document(number);
        same_sender.customer.email = Some("family@customer.example".into());
        store
            .submit(
                same_sender,
                reference(number),
                Actor::Customer,
                None,
                second(i64::from(number)),
            )
            .await
            .unwrap();
    }
    let clues = Clues {
        senders: vec!["family@customer.example".into()],
        eans: vec!["541448960000000001".into()],
        ..Clues::default()
    };
    let candidates = store.candidates(&clues, 3).await.unwrap();
    let found: Vec<_> = candidates
        .into_iter()
        .map(|candidate| candidate.reference)
        .collect();
    // The newest of the sender, and the one that the EAN names however old it is.
    assert_eq!(found, [reference(5), reference(1), reference(4)]);
}
