//! How far each collection's copy is: one row per collection, which outlives a crash.

use super::{Collection, sql};
use crate::{Backend, Error, Result};
use sqlx::PgConnection;
use std::str::FromStr;
use time::OffsetDateTime;

/// How far a collection's copy is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CollectionProgress {
    /// Which one.
    pub collection: Collection,
    /// What is happening to it.
    pub state: SyncState,
    /// Objects read so far in the sweep under way (or in the last one).
    pub done: i32,
    /// How many there are; `None` before the marketplace's first answer.
    pub total: Option<i32>,
    /// When the sweep under way (or the last one) began.
    pub started_at: Option<OffsetDateTime>,
    /// When the last complete sweep began: every change up to then has been seen.
    pub as_of: Option<OffsetDateTime>,
    /// When the last complete sweep ended.
    pub finished_at: Option<OffsetDateTime>,
    /// Calls of the sweep under way (or of the last one), as far as every sweep needs them.
    pub calls: i32,
    /// Objects it found new or changed.
    pub changed: i32,
    /// Why it does not go on, or what could not be read.
    pub error: Option<String>,
}

/// What is happening to a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyncState {
    /// Never begun, or asked for and about to begin.
    Waiting,
    /// Being read.
    Running,
    /// Complete; read again in its rhythm.
    Idle,
    /// The last try did not succeed; tried again soon.
    Failed,
}

impl CollectionProgress {
    pub(super) fn never(collection: Collection) -> Self {
        Self {
            collection,
            state: SyncState::Waiting,
            done: 0,
            total: None,
            started_at: None,
            as_of: None,
            finished_at: None,
            calls: 0,
            changed: 0,
            error: None,
        }
    }

    /// A sweep was begun and has not reached the end.
    pub(super) fn unfinished(&self) -> bool {
        self.started_at.is_some() && self.started_at != self.as_of
    }
}

/// The progress of every collection, in the order of [`Collection::ALL`].
pub async fn progress(backend: &Backend) -> Result<Vec<CollectionProgress>> {
    read_all(&mut *backend.pool.acquire().await?).await
}

pub(super) async fn read_all(db: &mut PgConnection) -> Result<Vec<CollectionProgress>> {
    let rows = sql::progress::all(db).await?;
    Ok(Collection::ALL
        .into_iter()
        .map(|collection| {
            let row = rows.iter().find(|row| row.collection == collection);
            row.cloned().unwrap_or_else(|| CollectionProgress::never(collection))
        })
        .collect())
}

/// Since when the copy of a collection is known to be complete; `None` while it has never been.
pub async fn as_of(backend: &Backend, collection: Collection) -> Result<Option<OffsetDateTime>> {
    sql::progress::as_of(&backend.pool, collection).await
}

/// Since when the copies of all these collections are known to be complete; `None` while one of them has never been.
pub async fn oldest_as_of(backend: &Backend, collections: &[Collection]) -> Result<Option<OffsetDateTime>> {
    sql::progress::oldest_as_of(&backend.pool, collections).await
}

/// Asks for a list to be read again now, whichever process does the reading. Does nothing while it is being read.
pub async fn request(backend: &Backend, collection: Collection) -> Result<()> {
    sql::progress::request(&backend.pool, collection).await
}

impl SyncState {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Idle => "idle",
            Self::Failed => "failed",
        }
    }
}

impl FromStr for SyncState {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        [Self::Waiting, Self::Running, Self::Idle, Self::Failed]
            .into_iter()
            .find(|state| state.name() == name)
            .ok_or_else(|| Error::Stored(format!("`{name}` is not a state of the copy")))
    }
}
