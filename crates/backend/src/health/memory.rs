use super::rules::Record;
use super::sql;
use crate::Result;
use sqlx::PgPool;
use std::sync::{Arc, Mutex, PoisonError};
use time::{Duration, OffsetDateTime};

/// What this process last read of the record. Clones share it.
#[derive(Clone, Default)]
pub struct Memory(Arc<Mutex<Option<(OffsetDateTime, Record)>>>);

/// How old it may be where a page or a loop asks. Before a call it is always read.
const RECENT: Duration = Duration::seconds(2);

impl Memory {
    /// The record as it was a moment ago.
    pub(super) async fn lately(&self, pool: &PgPool, now: OffsetDateTime) -> Result<Record> {
        match self.held().filter(|(at, _)| now - *at < RECENT) {
            Some((_, record)) => Ok(record),
            None => self.read(pool, now).await,
        }
    }

    /// Whether there is nothing new in an answer.
    pub(super) fn is_quiet(&self, now: OffsetDateTime) -> bool {
        self.held().is_some_and(|(_, record)| record.is_quiet(now))
    }

    /// Reads it.
    pub(super) async fn read(&self, pool: &PgPool, now: OffsetDateTime) -> Result<Record> {
        let record = sql::read(pool).await?;
        self.hold(now, record.clone());
        Ok(record)
    }

    /// Changes it, while no other process does: the row is locked from reading to writing.
    pub(super) async fn change<T>(
        &self,
        pool: &PgPool,
        now: OffsetDateTime,
        rule: impl FnOnce(&mut Record) -> T + Send,
    ) -> Result<T>
    where
        T: Send,
    {
        let mut db = pool.begin().await?;
        let mut record = sql::lock(&mut db).await?;
        let was_open = record.open_until.is_some();
        let told = rule(&mut record);
        sql::store(&mut db, &record).await?;
        db.commit().await?;
        match (was_open, record.open_until.is_some()) {
            (false, true) => {
                tracing::warn!(why = record.last_fault, "the marketplace does not answer; calls are held back");
            }
            (true, false) => tracing::info!("the marketplace answers again"),
            _ => {}
        }
        self.hold(now, record);
        Ok(told)
    }

    /// Has it read again.
    pub(crate) fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn held(&self) -> Option<(OffsetDateTime, Record)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn hold(&self, at: OffsetDateTime, record: Record) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((at, record));
    }
}
