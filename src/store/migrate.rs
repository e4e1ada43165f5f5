//! The migrations, compiled in. An old one is never edited: its checksum is kept by every database it ran on.

use std::borrow::Cow;

use sqlx::SqlSafeStr;
use sqlx::SqlitePool;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};

use super::StoreError;
use super::db::Db;

/// `(version, description, text)`, in order.
type Files = &'static [(i64, &'static str, &'static str)];

const SQLITE: Files = &[
    (
        1,
        "foundation",
        include_str!("../../migrations/sqlite/0001_foundation.sql"),
    ),
    (
        2,
        "silence",
        include_str!("../../migrations/sqlite/0002_silence.sql"),
    ),
    (
        3,
        "search",
        include_str!("../../migrations/sqlite/0003_search.sql"),
    ),
    (4, "queue", include_str!("../../migrations/sqlite/0004_queue.sql")),
    (
        5,
        "outbox",
        include_str!("../../migrations/sqlite/0005_outbox.sql"),
    ),
];
const POSTGRES: Files = &[
    (
        1,
        "foundation",
        include_str!("../../migrations/postgres/0001_foundation.sql"),
    ),
    (
        2,
        "silence",
        include_str!("../../migrations/postgres/0002_silence.sql"),
    ),
    (
        3,
        "search",
        include_str!("../../migrations/postgres/0003_search.sql"),
    ),
    (
        4,
        "queue",
        include_str!("../../migrations/postgres/0004_queue.sql"),
    ),
    (
        5,
        "outbox",
        include_str!("../../migrations/postgres/0005_outbox.sql"),
    ),
];

/// Brings the schema up to date, all of it or nothing; does nothing where it is. Processes that start together wait for each
/// other.
pub(super) async fn run(db: &Db) -> Result<(), StoreError> {
    let done = match db {
        Db::Sqlite { writer, .. } => run_on_sqlite(writer).await,
        // Under a lock of the server that sqlx takes.
        Db::Postgres(pool) => migrator(POSTGRES).run(pool).await,
    };
    done.map_err(|error| match error {
        MigrateError::Execute(error) => StoreError::from(error),
        MigrateError::VersionMissing(version) => StoreError::Corrupt(format!(
            "its schema (migration {version}) is newer than this version"
        )),
        other => StoreError::Corrupt(format!("its schema: {other}")),
    })
}

/// Under the write lock of the file: sqlx takes none on SQLite, and a second process would see half of it.
async fn run_on_sqlite(writer: &SqlitePool) -> Result<(), MigrateError> {
    let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await?;
    migrator(SQLITE)
        .run_direct(None, &mut *transaction, false)
        .await?;
    transaction.commit().await?;
    Ok(())
}

fn migrator(files: Files) -> Migrator {
    let migrations = files.iter().map(|(version, description, text)| {
        Migration::new(
            *version,
            Cow::Borrowed(*description),
            MigrationType::Simple,
            text.into_sql_str(),
            false,
        )
    });
    Migrator::with_migrations(migrations.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_databases_have_the_same_migrations_and_every_file_is_listed() {
        let names = |files: Files| -> Vec<String> {
            files
                .iter()
                .map(|(version, description, _)| format!("{version:04}_{description}.sql"))
                .collect()
        };
        assert_eq!(names(SQLITE), names(POSTGRES));
        for folder in ["sqlite", "postgres"] {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("migrations")
                .join(folder);
            let mut files: Vec<String> = std::fs::read_dir(path)
                .unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            files.sort();
            assert_eq!(files, names(SQLITE), "{folder}");
        }
    }
}
