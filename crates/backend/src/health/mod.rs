//! Whether the marketplace answers, and what happens while it does not: a circuit breaker shared by every process.
//!
//! Calls that the marketplace does not answer are counted in one row of Postgres. Three in a row open the breaker, unless
//! all of them are of one operation: then the operation may be what is broken, and one cheap question is asked first.
//! While it is open calls are refused before they are made, which is certain and costs nobody a time-out, and one process
//! at a time asks that question ([`run`]), after growing pauses; the first answer closes the breaker for all. No call
//! that somebody needs is ever the one that tries: an order must not be the test.
//!
//! Asking costs each call one look at the row. What was answered is written down only when that is news, or a quarter
//! of a minute old.

mod gate;
mod memory;
mod probe;
mod rules;
mod sql;
#[cfg(test)]
mod tests;
mod words;

pub use gate::Breaker;
pub use memory::Memory;
pub use probe::{probe_if_due, run};
pub(crate) use words::{moment, since};

use crate::{Backend, Result};
use marketplace::ErrorKind;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// The marketplace does not answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Away {
    /// The first call that was not answered.
    pub since: OffsetDateTime,
    /// What the last one met, in words without a full stop.
    pub why: String,
    /// When it is tried again; `None` while it is being tried.
    pub next_try: Option<OffsetDateTime>,
}

/// What every page says while the marketplace is away.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Since when, why, and when it is tried again.
    pub away: Away,
    /// Orders that wait to be sent.
    pub waiting: i64,
}

/// How the marketplace stands; `None` while it answers, as far as anybody knows. Looked up every two seconds at most.
pub async fn standing(backend: &Backend) -> Result<Option<Away>> {
    let now = backend.clock.now();
    Ok(backend.health.lately(&backend.pool, now).await?.away(now))
}

/// Whether a call was held back because the marketplace is away, and for no other reason.
pub fn is_held_back(error: &marketplace::Error, away: &Away) -> bool {
    *error.kind() == ErrorKind::Refused && error.message() == since(away)
}

/// What every page says while the marketplace is away.
pub async fn notice(backend: &Backend) -> Result<Option<Notice>> {
    let Some(away) = standing(backend).await? else { return Ok(None) };
    Ok(Some(Notice { away, waiting: sql::waiting(&backend.pool).await? }))
}

/// Another marketplace, or other credentials: what was counted says nothing about them.
pub(crate) async fn reset(db: &mut PgConnection) -> Result<()> {
    sql::store(db, &rules::Record::default()).await
}
