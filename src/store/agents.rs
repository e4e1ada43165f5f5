//! Agents that may sign in, and their sessions.

use jiff::Timestamp;

use super::db::{execute, micros, on_pool, statements, storable};
use super::{Agent, Store, StoreError};

statements! {
    PUT_AGENT = "INSERT INTO agents (name, password_hash) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET password_hash = excluded.password_hash";
    AGENT = "SELECT name, password_hash FROM agents WHERE name = $1";
    ANY_AGENT = "SELECT name FROM agents LIMIT 1";
    PUT_SESSION = "INSERT INTO sessions (sha256, agent, expires_at) VALUES ($1, $2, $3)
        ON CONFLICT (sha256) DO UPDATE SET agent = excluded.agent, expires_at = excluded.expires_at";
    SESSION = "SELECT agent FROM sessions WHERE sha256 = $1 AND expires_at > $2";
    DROP_EXPIRED_SESSIONS = "DELETE FROM sessions WHERE expires_at <= $1";
    END_SESSION = "DELETE FROM sessions WHERE sha256 = $1";
}

impl Store {
    /// Adds an agent, or gives the one of that name another password.
    pub async fn put_agent(&self, agent: Agent) -> Result<(), StoreError> {
        let mut tx = self.inner.db.begin().await?;
        execute!(
            &mut tx,
            PUT_AGENT,
            storable(&agent.name),
            agent.password_hash.as_deref()
        )?;
        tx.commit().await
    }

    pub async fn agent(&self, name: &str) -> Result<Option<Agent>, StoreError> {
        let row: Option<(String, Option<String>)> = on_pool!(&self.inner.db, c, sql = AGENT => {
            sqlx::query_as(sql).bind(storable(name)).fetch_optional(c).await
        })?;
        Ok(row.map(|(name, password_hash)| Agent { name, password_hash }))
    }

    pub async fn any_agent(&self) -> Result<bool, StoreError> {
        let name: Option<String> = on_pool!(&self.inner.db, c, sql = ANY_AGENT => {
            sqlx::query_scalar(sql).fetch_optional(c).await
        })?;
        Ok(name.is_some())
    }

    /// Keeps a session under the SHA-256 of its cookie.
    pub async fn put_session(
        &self,
        hash: [u8; 32],
        agent: &str,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.inner.db.begin().await?;
        execute!(
            &mut tx,
            PUT_SESSION,
            hash.as_slice(),
            storable(agent),
            micros(expires_at)
        )?;
        tx.commit().await
    }

    /// The agent of a session that has not expired at `at`.
    pub async fn session(&self, hash: [u8; 32], at: Timestamp) -> Result<Option<String>, StoreError> {
        let agent = on_pool!(&self.inner.db, c, sql = SESSION => {
            sqlx::query_scalar(sql).bind(hash.as_slice()).bind(micros(at)).fetch_optional(c).await
        })?;
        Ok(agent)
    }

    pub async fn end_session(&self, hash: [u8; 32]) -> Result<(), StoreError> {
        let mut tx = self.inner.db.begin().await?;
        execute!(&mut tx, END_SESSION, hash.as_slice())?;
        tx.commit().await
    }

    /// Forgets the sessions that have expired at `at`; gives how many.
    pub async fn drop_expired_sessions(&self, at: Timestamp) -> Result<u64, StoreError> {
        let mut tx = self.inner.db.begin().await?;
        let dropped = execute!(&mut tx, DROP_EXPIRED_SESSIONS, micros(at))?;
        tx.commit().await?;
        Ok(dropped)
    }
}
