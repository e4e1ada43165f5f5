//! What a store promises, on both databases: every test here runs on SQLite and on PostgreSQL.

mod incoming;
mod lists;
mod outbox;
pub mod registrations;
mod search;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::task::Poll;

use estafette::registration::Actor;
use estafette::store::Agent;

use crate::support::store::{Place, document, reference, second};
use registrations::submit;

/// Makes a test a database of each function `async fn(Place)`.
macro_rules! on_both_databases {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $name() {
                    super::$name(crate::support::store::Place::sqlite()).await;
                }
            )*
        }
        mod postgres {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $name() {
                    super::$name(crate::support::store::Place::postgres().await).await;
                }
            )*
        }
    };
}
use on_both_databases;

on_both_databases!(
    opens_again_with_what_it_held,
    many_that_start_at_once_share_one_store,
    prepares_every_statement,
    refuses_a_schema_that_is_newer,
    keeps_agents_and_sessions,
    a_caller_that_goes_away_leaves_nothing_half_done,
);

async fn opens_again_with_what_it_held(place: Place) {
    let store = place.open().await;
    let secret = store.secret("cookies", [1; 32]).await.unwrap();
    assert_eq!(secret, [1; 32]);
    let (other, third) = tokio::join!(place.open(), place.open());
    assert_eq!(other.secret("cookies", [2; 32]).await.unwrap(), [1; 32]);
    third.ping().await.unwrap();
}

async fn many_that_start_at_once_share_one_store(place: Place) {
    let place = Arc::new(place);
    let mut replicas = Vec::new();
    for number in 0..6 {
        let place = Arc::clone(&place);
        replicas.push(tokio::spawn(async move {
            place.open().await.secret("cookies", [number; 32]).await.unwrap()
        }));
    }
    let mut secrets = BTreeSet::new();
    for replica in replicas {
        secrets.insert(replica.await.unwrap());
    }
    assert_eq!(secrets.len(), 1);
}

async fn prepares_every_statement(place: Place) {
    let statements = place.open().await.check_schema().await.unwrap();
    assert!(statements > 50, "{statements}");
}

async fn refuses_a_schema_that_is_newer(place: Place) {
    place.open().await;
    place
        .execute(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             SELECT 9999, 'later', success, checksum, 0 FROM _sqlx_migrations WHERE version = 1",
        )
        .await
        .unwrap();
    let refused = place.try_open().await.err().expect("it must not open");
    assert!(refused.to_string().contains("newer"), "{refused}");
}

async fn keeps_agents_and_sessions(place: Place) {
    let store = place.open().await;
    assert!(!store.any_agent().await.unwrap());
    for password in [None, Some("$argon2id$one".to_owned())] {
        let agent = Agent {
            name: "Élise".into(),
            password_hash: password,
        };
        store.put_agent(agent.clone()).await.unwrap();
        assert_eq!(store.agent("Élise").await.unwrap(), Some(agent));
    }
    assert!(store.any_agent().await.unwrap());
    assert_eq!(store.agent("nobody").await.unwrap(), None);

    store.put_session([3; 32], "Élise", second(10)).await.unwrap();
    assert_eq!(
        store.session([3; 32], second(9)).await.unwrap(),
        Some("Élise".into())
    );
    assert_eq!(store.session([3; 32], second(10)).await.unwrap(), None);
    assert_eq!(store.session([4; 32], second(0)).await.unwrap(), None);
    store.put_session([4; 32], "Élise", second(20)).await.unwrap();
    assert_eq!(store.drop_expired_sessions(second(15)).await.unwrap(), 1);
    store.end_session([4; 32]).await.unwrap();
    assert_eq!(store.session([4; 32], second(9)).await.unwrap(), None);
}

/// Polls `future` so often, then drops it, as a web server does when the client hangs up.
async fn dropped_after<T>(polls: u32, future: impl Future<Output = T>) -> Option<T> {
    let mut future = std::pin::pin!(future);
    let mut left = polls;
    std::future::poll_fn(|context| match left.checked_sub(1) {
        None => Poll::Ready(None),
        Some(rest) => {
            left = rest;
            future.as_mut().poll(context).map(Some)
        }
    })
    .await
}

async fn a_caller_that_goes_away_leaves_nothing_half_done(place: Place) {
    let store = place.open().await;
    let mut done = 0;
    for number in 0..60 {
        let submission = store.submit(
            document(number),
            reference(number),
            Actor::Customer,
            None,
            second(0),
        );
        done += u32::from(dropped_after(u32::from(number), submission).await.is_some());
    }
    assert!(
        (1..60).contains(&done),
        "{done}: some must have been dropped, some must have ended"
    );
    // No lock was left behind.
    for number in 100..110 {
        submit(&store, number).await;
    }
    for number in 0..60 {
        let row = store.registration(&reference(number)).await.unwrap().is_some();
        let history = store.history(&reference(number)).await.unwrap().len();
        let letters = store.letters_of(&reference(number)).await.unwrap().len();
        let whole_or_not_at_all = matches!((row, history, letters), (false, 0, 0) | (true, 2, 1));
        assert!(whole_or_not_at_all, "{number}: {row} {history} {letters}");
    }
}

/// The server was restarted, or a firewall forgot the connections.
#[tokio::test(flavor = "multi_thread")]
async fn postgres_connections_that_died_are_replaced() {
    let place = Place::postgres().await;
    let store = place.open().await;
    submit(&store, 1).await;
    place
        .execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        .await
        .unwrap();
    submit(&store, 2).await;
    store.ping().await.unwrap();
}
