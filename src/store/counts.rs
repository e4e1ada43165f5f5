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
    LETTERS = "SELECT state, COUNT(*) FROM letters GROUP BY state ORDER BY 1";
}

impl Store {
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
