//! One process at a time keeps the copy: the one whose connection holds the lock. All its writes go through that
//! connection, so a process that lost the lock without noticing cannot write.

use super::{CHANNEL, sql};
use crate::Result;
use sqlx::postgres::PgListener;
use sqlx::{ConnectOptions, Connection, PgConnection, PgPool};
use std::time::Duration;

/// How often a process that waits tries to take over. It asks again and again rather than waiting in the database,
/// where a waiting statement would keep old row versions from being cleaned up.
const TAKE_OVER: Duration = Duration::from_secs(5);

/// The right to keep the copy, for as long as this lives.
pub(super) struct Lead {
    /// The connection that holds the lock.
    pub(super) db: PgConnection,
    wake: PgListener,
}

impl Lead {
    /// Waits until no other process has it.
    pub(super) async fn take(pool: &PgPool) -> Result<Self> {
        let mut db = pool.connect_options().connect().await?;
        while !sql::lead::try_lock(&mut db).await? {
            tokio::time::sleep(TAKE_OVER).await;
        }
        let mut wake = PgListener::connect_with(pool).await?;
        wake.listen(CHANNEL).await?;
        Ok(Self { db, wake })
    }

    /// Leaves it to the next process.
    pub(super) async fn give_back(mut self) -> Result<()> {
        sql::lead::unlock(&mut self.db).await?;
        Ok(self.db.close().await?)
    }

    /// Waits until somebody asks for a list, at most so long.
    pub(super) async fn asked_within(&mut self, at_most: Duration) -> Result<()> {
        match tokio::time::timeout(at_most, self.wake.recv()).await {
            Ok(notification) => notification.map(drop).map_err(Into::into),
            Err(_elapsed) => Ok(()),
        }
    }
}
