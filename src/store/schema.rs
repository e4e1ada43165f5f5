//! Whether the database has what this version asks it for.

use sqlx::{Executor, SqlSafeStr};

use super::db::{Db, Sql};
use super::{Store, StoreError};
use super::{agents, candidates, counts, letters, messages, registrations, review, search, secrets};

const STATEMENTS: [&[Sql]; 9] = [
    agents::STATEMENTS,
    candidates::STATEMENTS,
    counts::STATEMENTS,
    letters::STATEMENTS,
    messages::STATEMENTS,
    registrations::STATEMENTS,
    review::STATEMENTS,
    search::STATEMENTS,
    secrets::STATEMENTS,
];

impl Store {
    /// Has the database prepare every statement of this version, which finds missing tables and columns; gives how many.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] with the name of the first statement that it refuses.
    pub async fn check_schema(&self) -> Result<usize, StoreError> {
        let statements = STATEMENTS.concat();
        for statement in &statements {
            let prepared = match &self.inner.db {
                Db::Sqlite { writer, .. } => {
                    writer.prepare(statement.sqlite.into_sql_str()).await.map(|_| ())
                }
                Db::Postgres(pool) => pool.prepare(statement.postgres.into_sql_str()).await.map(|_| ()),
            };
            prepared.map_err(|error| {
                StoreError::Corrupt(format!(
                    "its schema: the statement {} fails: {error}",
                    statement.name
                ))
            })?;
        }
        Ok(statements.len())
    }
}

#[cfg(test)]
mod tests {
    use sqlx::AssertSqlSafe;

    use super::*;
    use crate::store::migrate;

    /// What may read a whole table: the numbers, which ask for all of it, and what stops at a first row or at a bound.
    const MAY_SCAN: [&str; 7] = [
        "REGISTRATIONS",
        "MESSAGES",
        "LETTERS",
        "CASES_BY_QUEUE",
        "ANY_AGENT",
        "HOW_COMMON",
        "WITH_WORDS",
    ];

    #[tokio::test]
    async fn every_statement_finds_its_rows_by_an_index() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("store.db").display());
        let db = Db::open(&url).await.unwrap();
        migrate::run(&db).await.unwrap();
        let Db::Sqlite { writer, .. } = &db else {
            unreachable!()
        };
        let mut searches = 0;
        for statement in STATEMENTS.concat() {
            let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {}", statement.sqlite));
            let plan: Vec<(i64, i64, i64, String)> = sqlx::query_as(explain).fetch_all(writer).await.unwrap();
            for (.., step) in plan {
                searches += u32::from(step.starts_with("SEARCH"));
                // A walk along an index that the LIMIT ends is as good as a search.
                let whole_table = step.starts_with("SCAN") && !step.contains("USING") && step != "SCAN CONSTANT ROW"
                        // A list that came as a parameter.
                        && !step.contains("VIRTUAL TABLE");
                let sorts = step.contains("TEMP B-TREE");
                let bad = whole_table || sorts;
                assert!(
                    !bad || MAY_SCAN.contains(&statement.name),
                    "{}: {step}",
                    statement.name
                );
            }
        }
        assert!(searches > 30, "{searches}");
    }
}
