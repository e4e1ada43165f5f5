//! The two databases: pools, transactions, and the glue that lets one text of SQL serve both.
//!
//! A query is written once, inside [`on_pool!`] or [`on_tx!`]: the body is expanded for each database, so type inference
//! picks the driver. Both take `$1` parameters. What the two do not share is few and stands in [`statements!`].

use std::fs::OpenOptions;
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use jiff::Timestamp;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Executor, Postgres, Sqlite, Transaction};

use super::StoreError;

/// How long a caller waits for a free connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
/// How long SQLite waits for another process (a backup, a second command) to leave the file.
const SQLITE_BUSY_TIMEOUT: Duration = Duration::from_secs(5);
const SQLITE_READERS_MAX: u32 = 4;
const POSTGRES_CONNECTIONS_MAX: u32 = 16;
/// A statement that takes longer than this is ended by the server.
const POSTGRES_STATEMENT_TIMEOUT: &str = "30s";
/// A transaction that does nothing for this long is ended by the server: its locks would stop the others.
const POSTGRES_IDLE_IN_TRANSACTION_TIMEOUT: &str = "60s";

/// A statement: one text, and what PostgreSQL needs besides.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sql {
    pub(super) name: &'static str,
    pub(super) sqlite: &'static str,
    pub(super) postgres: &'static str,
}

/// Defines statements as constants and collects them in `STATEMENTS`, so that [`super::Store::check_schema`] reaches every one.
/// Where the two have no words in common (lists as JSON), `postgres says` gives the other text.
macro_rules! statements {
    (@postgres $text:literal) => { $text };
    (@postgres $text:literal adds $suffix:literal) => { concat!($text, " ", $suffix) };
    (@postgres $text:literal says $other:literal) => { $other };
    ($($name:ident = $text:literal $(, postgres $how:ident $more:literal)?;)*) => {
        $(
            const $name: $crate::store::db::Sql = $crate::store::db::Sql {
                name: stringify!($name),
                sqlite: $text,
                postgres: $crate::store::db::statements!(@postgres $text $($how $more)?),
            };
        )*
        pub(super) const STATEMENTS: &[$crate::store::db::Sql] = &[$($name),*];
    };
}

/// Runs a reading statement outside a transaction: `on_pool!(db, c, sql = NAME => query(sql)....fetch_all(c).await)`.
macro_rules! on_pool {
    ($db:expr, $connection:ident, $sql:ident = $statement:expr => $body:expr) => {
        match $db {
            $crate::store::db::Db::Sqlite { reader, .. } => {
                let ($connection, $sql) = (reader, $statement.sqlite);
                $body
            }
            $crate::store::db::Db::Postgres(pool) => {
                let ($connection, $sql) = (pool, $statement.postgres);
                $body
            }
        }
    };
}

/// Runs a statement inside a transaction: `on_tx!(tx, c, sql = NAME => query(sql)....execute(c).await)`.
macro_rules! on_tx {
    ($tx:expr, $connection:ident, $sql:ident = $statement:expr => $body:expr) => {
        match $tx {
            $crate::store::db::Tx::Sqlite(transaction) => {
                let ($connection, $sql) = (&mut **transaction, $statement.sqlite);
                $body
            }
            $crate::store::db::Tx::Postgres(transaction) => {
                let ($connection, $sql) = (&mut **transaction, $statement.postgres);
                $body
            }
        }
    };
}

/// Like [`on_tx!`] for a statement that changes rows; gives how many.
macro_rules! execute {
    ($tx:expr, $statement:expr $(, $value:expr)* $(,)?) => {
        $crate::store::db::on_tx!($tx, connection, sql = $statement => {
            sqlx::query(sql)$(.bind($value))*.execute(connection).await.map(|done| done.rows_affected())
        })
    };
}

pub(super) use {execute, on_pool, on_tx, statements};

/// The open database.
pub(super) enum Db {
    /// SQLite has one writer at a time: a pool of one for transactions queues them here instead of failing there.
    Sqlite {
        writer: SqlitePool,
        reader: SqlitePool,
    },
    Postgres(PgPool),
}

/// A transaction; rolled back when dropped.
pub(super) enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Db {
    /// Opens the database of `url`; a SQLite file is made when it does not exist.
    pub(super) async fn open(url: &str) -> Result<Db, StoreError> {
        match url.split_once(':').map(|(scheme, _)| scheme) {
            Some("sqlite") => open_sqlite(url).await,
            Some("postgres" | "postgresql") => open_postgres(url).await,
            // The URL may hold a password: it is not repeated.
            _ => Err(StoreError::Url(
                "write `sqlite:FILE` or `postgres://user@host/database`".into(),
            )),
        }
    }

    /// Begins a transaction that may write.
    pub(super) async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            // A transaction that reads first and then wants to write fails at once if another wrote in between: lock at
            // the start.
            Db::Sqlite { writer, .. } => Tx::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Db::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }
}

impl Tx {
    pub(super) async fn commit(self) -> Result<(), StoreError> {
        match self {
            Tx::Sqlite(transaction) => transaction.commit().await?,
            Tx::Postgres(transaction) => transaction.commit().await?,
        }
        Ok(())
    }

    pub(super) async fn roll_back(self) -> Result<(), StoreError> {
        match self {
            Tx::Sqlite(transaction) => transaction.rollback().await?,
            Tx::Postgres(transaction) => transaction.rollback().await?,
        }
        Ok(())
    }
}

async fn open_sqlite(url: &str) -> Result<Db, StoreError> {
    let options = SqliteConnectOptions::from_str(url).map_err(|error| StoreError::Url(error.to_string()))?;
    let file = options.get_filename().to_owned();
    if file.as_os_str().is_empty()
        || file == Path::new(":memory:")
        || url.contains(":memory:")
        || url.contains("mode=memory")
    {
        return Err(StoreError::Url(
            "a SQLite store needs a file: `sqlite:FILE` (in memory, nothing would survive a restart)".into(),
        ));
    }
    create_private(&file).map_err(|error| StoreError::Unreachable(format!("{}: {error}", file.display())))?;
    let options = options
        .create_if_missing(false)
        .foreign_keys(true)
        .busy_timeout(SQLITE_BUSY_TIMEOUT)
        .journal_mode(SqliteJournalMode::Wal)
        // With NORMAL a power cut may undo the commit that said "sent".
        .synchronous(SqliteSynchronous::Full);
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .connect_with(options.clone())
        .await
        .map_err(|error| StoreError::Unreachable(format!("{}: {error}", file.display())))?;
    let reader = SqlitePoolOptions::new()
        .max_connections(SQLITE_READERS_MAX)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .connect_with(options.pragma("query_only", "on"))
        .await
        .map_err(|error| StoreError::Unreachable(format!("{}: {error}", file.display())))?;
    Ok(Db::Sqlite { writer, reader })
}

/// Makes the file when it is not there: it will hold people's data, so its owner alone reads it. SQLite gives its other files
/// the same rights.
fn create_private(file: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new()
        .create(true)
        .append(true)
        .mode(0o600)
        .open(file)
        .map(drop)
}

async fn open_postgres(url: &str) -> Result<Db, StoreError> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|error| StoreError::Url(error.to_string()))?
        .application_name("estafette")
        .options([
            ("statement_timeout", POSTGRES_STATEMENT_TIMEOUT),
            (
                "idle_in_transaction_session_timeout",
                POSTGRES_IDLE_IN_TRANSACTION_TIMEOUT,
            ),
            // The ROLLBACK below is nearly always without a transaction: no warning for each.
            ("client_min_messages", "error"),
        ]);
    let pool = PgPoolOptions::new()
        .max_connections(POSTGRES_CONNECTIONS_MAX)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        // A caller that goes away while its transaction begins leaves the connection inside it (sqlx issue 4385).
        .after_release(|connection, _| {
            Box::pin(async move {
                connection.execute("ROLLBACK").await?;
                Ok(true)
            })
        })
        .connect_with(options)
        .await
        .map_err(|error| StoreError::Unreachable(error.to_string()))?;
    Ok(Db::Postgres(pool))
}

/// Microseconds since 1970: both databases keep and order them alike.
pub(super) fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// The time of stored microseconds.
pub(super) fn timestamp(micros: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(micros)
        .map_err(|error| StoreError::Corrupt(format!("the time {micros}: {error}")))
}

/// `at` as the store can give it back: what is folded from the history must not differ in its nanoseconds.
pub(super) fn to_the_microsecond(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

/// Text as both databases take it: PostgreSQL refuses NUL in text, and hostile mail may hold it.
pub(super) fn storable(text: &str) -> String {
    text.replace('\0', "\u{FFFD}")
}

/// The JSON text of a value of ours.
pub(super) fn to_json<T: serde::Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value)
        .map_err(|error| StoreError::Corrupt(format!("cannot be written as JSON: {error}")))
}

/// A value of ours from its JSON text; `what` names it in the error.
pub(super) fn from_json<T: serde::de::DeserializeOwned>(json: &str, what: &str) -> Result<T, StoreError> {
    // serde's message may quote values of customers: the place is enough to find it.
    serde_json::from_str(json).map_err(|error| {
        StoreError::Corrupt(format!("{what}, line {} column {}", error.line(), error.column()))
    })
}

/// A count or number of ours from a column.
pub(super) fn to_u32(number: i64, what: &str) -> Result<u32, StoreError> {
    u32::try_from(number).map_err(|_| StoreError::Corrupt(format!("{what} {number}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_url_that_names_no_store_is_refused_without_repeating_it() {
        for url in [
            "",
            "estafette.db",
            "mysql://estafette:secret@localhost/estafette",
            "sqlite::memory:",
            "sqlite://?mode=memory",
            "sqlite:",
            "postgres://estafette:secret@localhost:port/estafette",
        ] {
            let refused = Db::open(url).await.err().expect(url);
            assert!(matches!(refused, StoreError::Url(_)), "{url}: {refused}");
            assert!(!refused.to_string().contains("secret"), "{refused}");
        }
    }

    #[tokio::test]
    async fn a_file_that_cannot_be_made_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("missing").join("store.db");
        let refused = Db::open(&format!("sqlite:{}", file.display()))
            .await
            .err()
            .unwrap();
        assert!(
            matches!(&refused, StoreError::Unreachable(why) if why.contains("store.db")),
            "{refused}"
        );
    }

    #[tokio::test]
    async fn only_the_owner_reads_the_file() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&format!("sqlite:{}", folder.path().join("store.db").display()))
            .await
            .unwrap();
        crate::store::migrate::run(&db).await.unwrap();
        let mut files = 0;
        for entry in std::fs::read_dir(folder.path()).unwrap() {
            let entry = entry.unwrap();
            let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!(mode, 0o600, "{:?}", entry.file_name());
            files += 1;
        }
        // The database, its write-ahead log and the index of that.
        assert_eq!(files, 3);
    }
}
