//! The connections to Postgres.

mod sql;
#[cfg(test)]
mod tests;

pub(crate) use sql::look_once;

use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

/// Connections to the database, at most so many, each made when it is first needed.
///
/// Whoever drops a future drops it anywhere: a person closes the page, a call takes too long. sqlx 0.9 then leaves a
/// transaction open where `BEGIN` was on its way, and hands the connection on: what the next ones store stays uncommitted
/// and locked, and is lost when the connection ends (sqlx issue 4393). So each connection that comes back is looked at, and
/// one that is still in a transaction is closed.
pub fn open(database: PgConnectOptions, connections: u32) -> PgPool {
    PgPoolOptions::new()
        .max_connections(connections)
        // Pinging at every checkout costs a round trip per query; a dead connection shows itself soon enough.
        .test_before_acquire(false)
        .after_release(|connection, _| Box::pin(sql::is_free(connection)))
        .connect_lazy_with(database)
}
