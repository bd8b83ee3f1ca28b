//! Sessions in Postgres, for tower-sessions.
//!
//! The id in the cookie is stored only as its SHA-256, so nobody signs in with what they read in a dump.
//!
//! A session ends once its person was idle for a while ([`Limits::idle`]) or signed in long ago ([`Limits::absolute`]), by
//! the backend's clock and whatever expiry tower-sessions writes: this store returns no session that is over. The server's
//! middleware writes [`LAST_SEEN_AT`] as people work (once a minute is enough).
//!
//! What is over, or was ended from elsewhere, is kept for some days more, of no use to sign in with. It tells whose a form
//! was that is posted too late ([`lapsed`]), so that what was typed goes back to them and nobody else. Signing out in the
//! browser itself leaves nothing.

mod facts;
mod open;
mod over;
mod sql;
#[cfg(test)]
mod tests;

pub use facts::{BROWSER, HALF_AT, HALF_STAFF_ID, LAST_SEEN_AT, PROVED_AT, RIGHTS, SIGNED_IN_AT, STAFF_ID, TYPED_BY};
pub use open::{OpenSession, end, end_everywhere, end_others, everybodys, own, sign_out};
pub use over::{ABSOLUTE, End, HALF, IDLE, Limits, WARNING};

use crate::staff::{self, Staff};
use crate::{Backend, Clock, Result};
use async_trait::async_trait;
use facts::Facts;
use sha2::{Digest, Sha256};
use sqlx::{PgConnection, PgPool};
use std::fmt;
use std::sync::Arc;
use time::Duration;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{self, Error as StoreError};
use tower_sessions::{ExpiredDeletion, SessionStore};
use uuid::Uuid;

/// How long a session that is over tells whose it was: a long weekend.
const REMEMBERED: Duration = Duration::days(4);

/// Keeps sessions in the table `session`. Cheap to clone.
#[derive(Clone)]
pub struct PostgresSessionStore {
    pool: PgPool,
    clock: Arc<dyn Clock>,
    limits: Limits,
}

impl PostgresSessionStore {
    /// A store in the backend's database, by the backend's clock and limits.
    pub fn new(backend: &Backend) -> Self {
        Self { pool: backend.pool.clone(), clock: backend.clock.clone(), limits: backend.session_limits }
    }

    fn row(&self, record: &Record) -> session_store::Result<sql::Row> {
        let data = serde_json::to_value(&record.data).map_err(|error| StoreError::Encode(error.to_string()))?;
        // A session of nobody holds what a refused sign-in left, or what somebody typed too late.
        let expires_at = Facts::of(&record.data)
            .map(|facts| facts.end(self.limits).at)
            .or_else(|| Facts::half_at(&record.data).map(|half_at| half_at + HALF))
            .unwrap_or_else(|| self.clock.now() + self.limits.idle);
        Ok(sql::Row { staff_id: Facts::staff_id(&record.data), data, expires_at })
    }

    fn is_over(&self, found: &sql::Found) -> bool {
        let now = self.clock.now();
        let by_limits = Facts::of(&found.data).is_some_and(|facts| now >= facts.end(self.limits).at);
        found.is_ended || now >= found.expires_at || by_limits
    }
}

/// Signs this person out everywhere. Returns how many sessions ended.
pub async fn end_all_of(backend: &Backend, staff_id: Uuid) -> Result<u64> {
    Ok(sql::end_of_staff(&backend.pool, staff_id, backend.clock.now()).await?)
}

/// Signs this person out everywhere, in the transaction of what is the reason for it.
pub(crate) async fn end_all_in(db: &mut PgConnection, staff_id: Uuid) -> Result<()> {
    Ok(sql::delete_others_of_staff(db, staff_id, None).await?)
}

/// Signs this person out everywhere but in the session `kept`, in the transaction of what is the reason for it.
pub(crate) async fn end_others_in(db: &mut PgConnection, staff_id: Uuid, kept: Id) -> Result<()> {
    Ok(sql::delete_others_of_staff(db, staff_id, Some(&id_hash(kept))).await?)
}

/// Whether somebody is still signed in with the session. Asking does not prolong it.
pub async fn is_alive(backend: &Backend, id: Id) -> Result<bool> {
    let Some(row) = sql::find(&backend.pool, &id_hash(id)).await? else { return Ok(false) };
    let Some(facts) = Facts::of(&row.data) else { return Ok(false) };
    let is_over = PostgresSessionStore::new(backend).is_over(&row);
    Ok(!is_over && staff::find(backend, facts.staff_id).await?.is_some())
}

/// Whose session it was that ended, by itself or by somebody else, where that is not long ago. They are not signed in.
pub async fn lapsed(backend: &Backend, id: Id) -> Result<Option<Staff>> {
    let Some(row) = sql::find(&backend.pool, &id_hash(id)).await? else { return Ok(None) };
    match Facts::of(&row.data) {
        Some(facts) if PostgresSessionStore::new(backend).is_over(&row) => staff::find(backend, facts.staff_id).await,
        _ => Ok(None),
    }
}

/// Deletes the sessions that have had their time. Returns how many there were.
pub async fn delete_expired(backend: &Backend) -> Result<u64> {
    let now = backend.clock.now();
    Ok(sql::delete_expired(&backend.pool, now, now - REMEMBERED).await?)
}

impl fmt::Debug for PostgresSessionStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresSessionStore").finish_non_exhaustive()
    }
}

#[async_trait]
impl SessionStore for PostgresSessionStore {
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        let row = self.row(record)?;
        while !sql::insert(&self.pool, &id_hash(record.id), &row).await.map_err(|error| failed(&error))? {
            record.id = Id::default();
        }
        Ok(())
    }

    /// Updates only: a request under way while its session is ended must not bring the session back.
    async fn save(&self, record: &Record) -> session_store::Result<()> {
        sql::update(&self.pool, &id_hash(record.id), &self.row(record)?).await.map_err(|error| failed(&error))
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        let found = sql::find(&self.pool, &id_hash(*id)).await.map_err(|error| failed(&error))?;
        found
            .filter(|row| !self.is_over(row))
            .map(|row| {
                let data = serde_json::from_value(row.data).map_err(|error| StoreError::Decode(error.to_string()))?;
                Ok(Record { id: *id, data, expiry_date: row.expires_at })
            })
            .transpose()
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        sql::delete(&self.pool, &id_hash(*id)).await.map_err(|error| failed(&error))
    }
}

#[async_trait]
impl ExpiredDeletion for PostgresSessionStore {
    async fn delete_expired(&self) -> session_store::Result<()> {
        let now = self.clock.now();
        sql::delete_expired(&self.pool, now, now - REMEMBERED).await.map_err(|error| failed(&error))?;
        Ok(())
    }
}

fn id_hash(id: Id) -> [u8; 32] {
    Sha256::digest(id.0.to_le_bytes()).into()
}

fn failed(error: &sqlx::Error) -> StoreError {
    StoreError::Backend(error.to_string())
}
