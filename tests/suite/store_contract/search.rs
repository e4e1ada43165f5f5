//! Registrations found by what a person types.

use estafette::registration::search::Query;
use estafette::registration::{Actor, Command, Field, Reference};
use estafette::store::Store;

use super::on_both_databases;
use super::registrations::order;
use crate::support::store::{Place, document, reference, second};

on_both_databases!(
    finds_by_anything_the_best_fit_first,
    finds_what_was_corrected_and_not_what_it_was,
    words_of_registrations_from_before_are_written_down,
    a_query_of_common_words_finds_no_more_than_asked_for,
);

/// Names that differ by a slip, in places that differ.
const PEOPLE: [(&str, &str, &str, &str); 5] = [
    ("Amandine", "Delvaux", "Liège", "4000"),
    ("Amandine", "Delveaux", "Namur", "5000"),
    ("Jean-Pierre", "Van den Berghe", "Gent", "9000"),
    ("Zoë", "Delvaux", "Gent", "9000"),
    ("\u{10400}\u{10400}\u{10400}", "Ωμέγα", "Eupen", "4700"),
];

async fn store_of_people(place: &Place) -> Store {
    let store = place.open().await;
    for (number, (first, last, municipality, code)) in (0..).zip(PEOPLE) {
        let mut document = serde_json::to_value(document(number)).unwrap();
        document["customer"]["first_name"] = first.into();
        document["customer"]["last_name"] = last.into();
        document["customer"]["email"] = format!("klant.{number}@mail.example").into();
        document["supply_address"]["municipality"] = municipality.into();
        document["supply_address"]["postal_code"] = code.into();
        let document = serde_json::from_value(document).unwrap();
        let at = second(i64::from(number));
        store
            .submit(document, reference(number), Actor::Customer, None, at)
            .await
            .unwrap();
    }
    store
}

async fn found(store: &Store, query: &str) -> Vec<Reference> {
    let found = store.search(&Query::parse(query), 50).await.unwrap();
    found
        .into_iter()
        .map(|found| found.row.registration.reference)
        .collect()
}

async fn finds_by_anything_the_best_fit_first(place: Place) {
    let store = store_of_people(&place).await;
    for (query, expected) in [
        ("delvaux", &[3, 0, 1][..]),
        ("delvaux gent", &[3]),
        ("amandine delvau", &[0]),
        ("amandine delvuax", &[0]),
        ("amandine gent", &[]),
        ("vandenberghe", &[2]),
        ("van den berghe 9000", &[2]),
        ("zoe", &[3]),
        ("ωμεγα", &[4]),
        ("\u{10400}\u{10400}\u{10400}", &[4]),
        ("klant.2@mail.example", &[2]),
        ("5414 4896 0000 0000 03", &[3]),
        ("541456700000000001", &[1]),
        ("0470 12 34 56 namur", &[1]),
        (reference(4).as_str(), &[4]),
        ("' OR 1=1 --", &[]),
        ("\0", &[]),
        ("", &[]),
    ] {
        let expected: Vec<Reference> = expected.iter().copied().map(reference).collect();
        assert_eq!(found(&store, query).await, expected, "{query}");
    }
}

async fn finds_what_was_corrected_and_not_what_it_was(place: Place) {
    let store = store_of_people(&place).await;
    let corrected = Command::SetField {
        field: Field::LastName,
        value: Some("Peeters".into()),
    };
    store
        .act(order(&reference(0), corrected), second(50))
        .await
        .unwrap();
    assert_eq!(found(&store, "peeters").await, [reference(0)]);
    assert_eq!(found(&store, "delvaux liege").await, []);
    assert_eq!(found(&store, "amandine liege").await, [reference(0)]);
}

async fn words_of_registrations_from_before_are_written_down(place: Place) {
    let store = store_of_people(&place).await;
    for statement in [
        "DELETE FROM registration_words",
        "DELETE FROM search_traces",
        "DELETE FROM search_words",
        "UPDATE registrations SET words_kept = NULL",
        "UPDATE registrations SET registration = '{' WHERE email LIKE 'klant.0@%'",
    ] {
        place.execute(statement).await.unwrap();
    }
    assert_eq!(found(&store, "delvaux").await, []);
    let mut rounds = Vec::new();
    while rounds.last() != Some(&0) {
        rounds.push(store.keep_missing_words(3).await.unwrap());
    }
    assert_eq!(rounds, [3, 2, 0]);
    // The one that cannot be read is passed over, and keeps no other from being found.
    assert_eq!(found(&store, "delvuax gent").await, [reference(3)]);
}

async fn a_query_of_common_words_finds_no_more_than_asked_for(place: Place) {
    let store = store_of_people(&place).await;
    let found = store.search(&Query::parse("rue guillemins 12"), 2).await.unwrap();
    assert_eq!(found.len(), 2);
    let fields: Vec<Option<Field>> = found[0].fit.fields.clone();
    assert_eq!(fields, [Some(Field::Street), Some(Field::HouseNumber)]);
}
