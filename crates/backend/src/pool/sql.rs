//! SQL of the connections.

use sqlx::{Executor, PgConnection, Row};

/// Whether no transaction is open: only the first statement of one begins at the time of its transaction. Sent as a
/// simple query, because each message of a prepared one counts as a statement.
pub(super) async fn is_free(connection: &mut PgConnection) -> sqlx::Result<bool> {
    connection.fetch_one("select transaction_timestamp() = statement_timestamp()").await?.try_get(0)
}

/// Everything that follows in the transaction sees the database as it is now.
pub(crate) async fn look_once(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("set transaction isolation level repeatable read, read only").execute(db).await?;
    Ok(())
}
