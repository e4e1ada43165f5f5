//! What a store promises, on both databases: every test here runs on SQLite and on PostgreSQL.

mod incoming;
mod lists;
mod outbox;
mod registrations;

use crate::support::store::Place;

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
    prepares_every_statement,
    refuses_a_schema_that_is_newer,
    keeps_agents_and_sessions,
);

async fn opens_again_with_what_it_held(place: Place) {
    let store = place.open().await;
    let secret = store.secret("cookies", [1; 32]).await.unwrap();
    assert_eq!(secret, [1; 32]);
    let (other, third) = tokio::join!(place.open(), place.open());
    assert_eq!(other.secret("cookies", [2; 32]).await.unwrap(), [1; 32]);
    third.ping().await.unwrap();
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
    use crate::support::store::second;
    use estafette::store::Agent;

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
