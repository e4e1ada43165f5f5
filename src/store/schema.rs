//! Whether the database has what this version asks it for.

use sqlx::{Executor, SqlSafeStr};

use super::db::{Db, Sql};
use super::{Store, StoreError};
use super::{agents, candidates, counts, letters, messages, registrations, review, secrets};

const STATEMENTS: [&[Sql]; 8] = [
    agents::STATEMENTS,
    candidates::STATEMENTS,
    counts::STATEMENTS,
    letters::STATEMENTS,
    messages::STATEMENTS,
    registrations::STATEMENTS,
    review::STATEMENTS,
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
