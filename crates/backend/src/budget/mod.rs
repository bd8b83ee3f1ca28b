//! The marketplace's patience, shared by every process: a call is made only when it fits into the last minute and the
//! last 24 hours, and people come before background work.
//!
//! The calls are rows in Postgres. Deciding takes a few milliseconds under a row lock; waiting for a place happens
//! outside of it, until the moment the oldest call in the way leaves its window. Times are those of the processes'
//! own clocks, which may differ by about a second: that much longer is the window, and a few places stay unused.

mod gate;
mod limits;
mod sql;
#[cfg(test)]
mod tests;
mod usage;

pub use gate::in_words;
pub use limits::Limits;
pub(crate) use limits::Window;
pub use usage::{OperationUsage, Usage, usage};

use crate::{Clock, Result};
use marketplace::Priority;
use sqlx::{PgConnection, PgPool};
use std::sync::Arc;
use time::{Duration, OffsetDateTime};

/// Admits calls; one per process, all of them sharing the rows of one database.
pub struct Budget {
    pool: PgPool,
    clock: Arc<dyn Clock>,
    limits: Limits,
}

/// What became of a wish to call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// The call is counted and may be made.
    Admitted,
    /// There is no place before this moment.
    NotBefore(OffsetDateTime),
}

impl Budget {
    /// A budget of `limits` over the calls recorded in the database.
    pub fn new(pool: PgPool, clock: Arc<dyn Clock>, limits: Limits) -> Self {
        Self { pool, clock, limits }
    }

    /// Waits for a place and takes it. [`Admission::NotBefore`] when that would take longer than is worth waiting: 20
    /// seconds for people, two minutes for background work, which then shows when it will go on.
    pub async fn wait_for_place(&self, operation: &str, priority: Priority) -> Result<Admission> {
        let mut patience = match priority {
            Priority::People => Duration::seconds(20),
            Priority::Background => Duration::minutes(2),
        };
        loop {
            let Admission::NotBefore(at) = self.try_admit(operation, priority).await? else {
                return Ok(Admission::Admitted);
            };
            let wait = (at - self.clock.now()).max(Duration::milliseconds(1));
            if wait > patience {
                return Ok(Admission::NotBefore(at));
            }
            patience -= wait;
            tokio::time::sleep(wait.unsigned_abs()).await;
        }
    }

    /// Takes a place if there is one now.
    pub async fn try_admit(&self, operation: &str, priority: Priority) -> Result<Admission> {
        let mut db = self.pool.begin().await?;
        // The lock is a statement of its own: the next one must see the calls of whoever held it before.
        let closed_until = sql::lock(&mut db).await?;
        let now = self.clock.now();
        let mut not_before = closed_until.filter(|until| *until > now);
        for window in self.limits.windows(priority) {
            not_before = not_before.max(free_at(&mut db, window, now).await?);
        }
        if let Some(at) = not_before {
            return Ok(Admission::NotBefore(at));
        }
        sql::insert_call(&mut db, now, operation, name(priority)).await?;
        sql::delete_calls_before(&mut db, now - KEPT).await?;
        db.commit().await?;
        Ok(Admission::Admitted)
    }

    /// The marketplace asked to be left alone (429, or its daily quota is used up): nobody calls before then.
    pub async fn close_for(&self, duration: Duration) -> Result<()> {
        sql::close_until(&self.pool, self.clock.now() + duration).await
    }
}

/// When the window has room for one more call; `None` when it has now.
pub(crate) async fn free_at(
    db: &mut PgConnection,
    window: Window,
    now: OffsetDateTime,
) -> Result<Option<OffsetDateTime>> {
    // One more fits exactly when the call that many places back has left the window.
    let in_the_way = sql::nth_newest(db, i64::from(window.places)).await?;
    Ok(in_the_way.map(|at| at + window.length).filter(|free| *free > now))
}

/// The calls a day for keeping the lists fresh, after what everything else used of the last day; `None` without a limit.
pub(crate) async fn day_for_lists(db: &mut PgConnection, limits: Limits, now: OffsetDateTime) -> Result<Option<u32>> {
    Ok(limits.day_for_lists(sql::calls_but_lists(db, now - Duration::DAY).await?))
}

/// The patience asked for was another key's: calls may be made again at once.
pub(crate) async fn reopen(db: &mut PgConnection) -> Result<()> {
    sql::reopen(db).await
}

/// How long calls are remembered: the day's window and some more, for the summary.
const KEPT: Duration = Duration::days(2);

fn name(priority: Priority) -> &'static str {
    match priority {
        Priority::People => "people",
        Priority::Background => "background",
    }
}
