//! Numbers for /metrics and the demo page.

use super::db::{on_pool, statements};
use super::{Store, StoreError};

statements! {
    REGISTRATIONS = "SELECT CASE WHEN awaiting IS NULL THEN state ELSE state || '_' || awaiting END AS name, COUNT(*)
        FROM registrations GROUP BY state, awaiting ORDER BY 1";
    MESSAGES = "SELECT name, COUNT(*) FROM (
            SELECT CASE WHEN settled IS NULL THEN 'waiting' WHEN closed IS NOT NULL THEN 'closed' ELSE disposition END
            AS name FROM messages
        ) AS named GROUP BY name ORDER BY 1";
    CASES_THAT_WAIT = "SELECT COUNT(*), COALESCE(MAX(received_at), 0) FROM messages
        WHERE disposition = 'review' AND closed IS NULL";
    REGISTRATIONS_THAT_WAIT = "SELECT COUNT(*), COALESCE(MAX(updated_at), 0) FROM registrations
        WHERE state = 'blocked' AND awaiting = 'agent'";
    LETTERS = "SELECT state, COUNT(*) FROM letters GROUP BY state ORDER BY 1";
}

impl Store {
    /// A text that changes when what waits for agents does.
    pub async fn pulse(&self) -> Result<String, StoreError> {
        let mut parts = Vec::with_capacity(4);
        for statement in [CASES_THAT_WAIT, REGISTRATIONS_THAT_WAIT] {
            let (count, newest): (i64, i64) = on_pool!(&self.inner.db, c, sql = statement => {
                sqlx::query_as(sql).fetch_one(c).await
            })?;
            parts.extend([count.to_string(), newest.to_string()]);
        }
        Ok(parts.join("-"))
    }

    /// Rows by state, as `(what, state, rows)`: `registrations` (blocked ones as `blocked_customer` and `blocked_agent`),
    /// `messages` (`waiting` to be read, `apply`, `ignore`, `review` while open, then `closed`) and `letters`.
    pub async fn counts(&self) -> Result<Vec<(String, String, i64)>, StoreError> {
        let mut counts = Vec::new();
        for (what, statement) in [
            ("registrations", REGISTRATIONS),
            ("messages", MESSAGES),
            ("letters", LETTERS),
        ] {
            let rows: Vec<(String, i64)> = on_pool!(&self.inner.db, c, sql = statement => {
                sqlx::query_as(sql).fetch_all(c).await
            })?;
            counts.extend(
                rows.into_iter()
                    .map(|(state, rows)| (what.to_owned(), state, rows)),
            );
        }
        Ok(counts)
    }
}
