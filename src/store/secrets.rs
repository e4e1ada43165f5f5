//! Secrets that every replica shares, and the health of the database.

use super::db::{Db, execute, on_pool, statements};
use super::{Store, StoreError};

statements! {
    KEEP = "INSERT INTO secrets (name, secret) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
    READ = "SELECT secret FROM secrets WHERE name = $1";
    PING = "SELECT CAST(1 AS BIGINT)";
}

impl Store {
    /// Whether the database answers now.
    pub async fn ping(&self) -> Result<(), StoreError> {
        on_pool!(&self.inner.db, c, sql = PING => sqlx::query(sql).execute(c).await.map(|_| ()))?;
        Ok(())
    }

    /// A 32-byte secret kept under `name`, made from `fresh` at the first call: all replicas share it.
    pub async fn secret(&self, name: &str, fresh: [u8; 32]) -> Result<[u8; 32], StoreError> {
        get_or_keep(&self.inner.db, name, fresh).await
    }
}

/// See [`Store::secret`]. Two that come at once get the same one.
pub(super) async fn get_or_keep(db: &Db, name: &str, fresh: [u8; 32]) -> Result<[u8; 32], StoreError> {
    if let Some(secret) = read(db, name).await? {
        return Ok(secret);
    }
    let mut tx = db.begin().await?;
    execute!(&mut tx, KEEP, name, fresh.as_slice())?;
    tx.commit().await?;
    read(db, name)
        .await?
        .ok_or_else(|| StoreError::Corrupt(format!("the secret {name} is gone")))
}

async fn read(db: &Db, name: &str) -> Result<Option<[u8; 32]>, StoreError> {
    let secret: Option<Vec<u8>> = on_pool!(db, c, sql = READ => {
        sqlx::query_scalar(sql).bind(name).fetch_optional(c).await
    })?;
    secret
        .map(|bytes| {
            <[u8; 32]>::try_from(bytes.as_slice())
                .map_err(|_| StoreError::Corrupt(format!("the secret {name} is not 32 bytes long")))
        })
        .transpose()
}
