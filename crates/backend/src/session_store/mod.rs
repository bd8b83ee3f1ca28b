//! Sessions in Postgres, for tower-sessions.
//!
//! The id in the cookie is stored only as its SHA-256, so nobody signs in with what they read in a dump.
//!
//! A session ends in one of two ways, both tested by [`session_is_over`]:
//!
//! - **Idle**: the server configures tower-sessions with `Expiry::OnInactivity(IDLE)`. That counts from the last
//!   *change* of the session and by the machine's clock, so the server's middleware writes [`LAST_SEEN_AT`] as people
//!   work (once a minute is enough). This store does not return a session past its expiry.
//! - **Absolute**: tower-sessions has no such thing. Signing in writes [`SIGNED_IN_AT`], and the server's middleware
//!   ends the session, however busy, once [`ABSOLUTE`] has passed since.

mod over;
mod sql;
#[cfg(test)]
mod tests;

pub use over::{ABSOLUTE, IDLE, session_is_over};

use crate::{Backend, Clock, Result, staff};
use async_trait::async_trait;
use sha2::{Digest, Sha256};
use sqlx::{PgConnection, PgPool};
use std::fmt;
use std::sync::Arc;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{self, Error as StoreError};
use tower_sessions::{ExpiredDeletion, SessionStore};
use uuid::Uuid;

/// The key, in a session's data, of the identifier of the staff member signed in.
pub const STAFF_ID: &str = "staff_id";
/// The key of when they signed in.
pub const SIGNED_IN_AT: &str = "signed_in_at";
/// The key of when they were last seen.
pub const LAST_SEEN_AT: &str = "last_seen_at";

/// Keeps sessions in the table `session`. Cheap to clone.
#[derive(Clone)]
pub struct PostgresSessionStore {
    pool: PgPool,
    clock: Arc<dyn Clock>,
}

impl PostgresSessionStore {
    /// A store in the backend's database, by the backend's clock.
    pub fn new(backend: &Backend) -> Self {
        Self { pool: backend.pool.clone(), clock: backend.clock.clone() }
    }
}

/// Signs this person out everywhere. Returns how many sessions ended.
pub async fn end_all_of(backend: &Backend, staff_id: Uuid) -> Result<u64> {
    Ok(sql::delete_of_staff(&backend.pool, staff_id).await?)
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
    let now = backend.clock.now();
    let Some(row) = sql::find(&backend.pool, &id_hash(id), now).await? else { return Ok(false) };
    let moment = |key| row.data.get(key).cloned().and_then(|at| serde_json::from_value(at).ok());
    let (Some(signed_in_at), Some(seen_at), Some(staff_id)) =
        (moment(SIGNED_IN_AT), moment(LAST_SEEN_AT), row.staff_id)
    else {
        return Ok(false);
    };
    Ok(!session_is_over(signed_in_at, seen_at, now) && staff::find(backend, staff_id).await?.is_some())
}

/// Deletes the sessions nobody can use any more. Returns how many there were.
pub async fn delete_expired(backend: &Backend) -> Result<u64> {
    Ok(sql::delete_expired(&backend.pool, backend.clock.now()).await?)
}

impl fmt::Debug for PostgresSessionStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresSessionStore").finish_non_exhaustive()
    }
}

#[async_trait]
impl SessionStore for PostgresSessionStore {
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        let row = row(record)?;
        while !sql::insert(&self.pool, &id_hash(record.id), &row).await.map_err(|error| failed(&error))? {
            record.id = Id::default();
        }
        Ok(())
    }

    /// Updates only: a request under way while its session is ended must not bring the session back.
    async fn save(&self, record: &Record) -> session_store::Result<()> {
        sql::update(&self.pool, &id_hash(record.id), &row(record)?).await.map_err(|error| failed(&error))
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        let found = sql::find(&self.pool, &id_hash(*id), self.clock.now()).await.map_err(|error| failed(&error))?;
        found
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
        sql::delete_expired(&self.pool, self.clock.now()).await.map_err(|error| failed(&error))?;
        Ok(())
    }
}

fn id_hash(id: Id) -> [u8; 32] {
    Sha256::digest(id.0.to_le_bytes()).into()
}

fn row(record: &Record) -> session_store::Result<sql::Row> {
    let encode = |error: serde_json::Error| StoreError::Encode(error.to_string());
    let staff_id = record.data.get(STAFF_ID).cloned().map(serde_json::from_value).transpose().map_err(encode)?;
    let data = serde_json::to_value(&record.data).map_err(encode)?;
    Ok(sql::Row { staff_id, data, expires_at: record.expiry_date })
}

fn failed(error: &sqlx::Error) -> StoreError {
    StoreError::Backend(error.to_string())
}
