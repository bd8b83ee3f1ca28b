use super::rules::Record;
use crate::Result;
use sqlx::{PgConnection, PgPool};

pub(super) async fn read(pool: &PgPool) -> Result<Record> {
    Ok(sqlx::query_as!(
        Record,
        "select failures, failing_since, failing_operation, wide, last_fault, open_until, probes, probing_until, last_success
         from marketplace_health",
    )
    .fetch_one(pool)
    .await?)
}

/// The record, which nobody else changes until the transaction ends.
pub(super) async fn lock(db: &mut PgConnection) -> Result<Record> {
    Ok(sqlx::query_as!(
        Record,
        "select failures, failing_since, failing_operation, wide, last_fault, open_until, probes, probing_until, last_success
         from marketplace_health for update",
    )
    .fetch_one(db)
    .await?)
}

pub(super) async fn store(db: &mut PgConnection, record: &Record) -> Result<()> {
    sqlx::query!(
        "update marketplace_health set failures = $1, failing_since = $2, last_fault = $3, open_until = $4, probes = $5,
             probing_until = $6, last_success = $7, failing_operation = $8, wide = $9",
        record.failures,
        record.failing_since,
        record.last_fault,
        record.open_until,
        record.probes,
        record.probing_until,
        record.last_success,
        record.failing_operation,
        record.wide,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Orders that wait to be sent.
pub(super) async fn waiting(pool: &PgPool) -> Result<i64> {
    Ok(sqlx::query_scalar!(r#"select count(*) as "count!" from intent where state = 'approved'"#)
        .fetch_one(pool)
        .await?)
}
