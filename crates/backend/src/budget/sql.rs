use super::OperationUsage;
use crate::Result;
use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;

/// Lets one caller at a time decide, across all processes, until the transaction ends. Answers `closed_until`.
pub(super) async fn lock(db: &mut PgConnection) -> Result<Option<OffsetDateTime>> {
    Ok(sqlx::query_scalar!("select closed_until from marketplace_patience for update").fetch_one(db).await?)
}

/// When the `nth` newest call was made; `None` when there were fewer.
pub(super) async fn nth_newest(db: &mut PgConnection, nth: i64) -> Result<Option<OffsetDateTime>> {
    Ok(sqlx::query_scalar!("select at from marketplace_call order by at desc offset $1 limit 1", nth - 1)
        .fetch_optional(db)
        .await?)
}

pub(super) async fn insert_call(
    db: &mut PgConnection,
    at: OffsetDateTime,
    operation: &str,
    priority: &str,
) -> Result<()> {
    sqlx::query!("insert into marketplace_call (at, operation, priority) values ($1, $2, $3)", at, operation, priority)
        .execute(db)
        .await?;
    Ok(())
}

pub(super) async fn delete_calls_before(db: &mut PgConnection, before: OffsetDateTime) -> Result<()> {
    sqlx::query!("delete from marketplace_call where at < $1", before).execute(db).await?;
    Ok(())
}

pub(super) async fn close_until(pool: &PgPool, until: OffsetDateTime) -> Result<()> {
    sqlx::query!("update marketplace_patience set closed_until = greatest(closed_until, $1)", until)
        .execute(pool)
        .await?;
    Ok(())
}

pub(super) async fn reopen(db: &mut PgConnection) -> Result<()> {
    sqlx::query!("update marketplace_patience set closed_until = null").execute(db).await?;
    Ok(())
}

pub(super) async fn closed_until(pool: &PgPool) -> Result<Option<OffsetDateTime>> {
    Ok(sqlx::query_scalar!("select closed_until from marketplace_patience").fetch_one(pool).await?)
}

/// Calls since `since` that were not for a list.
pub(super) async fn calls_but_lists(db: &mut PgConnection, since: OffsetDateTime) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from marketplace_call where at > $1 and operation not like 'list %'"#,
        since
    )
    .fetch_one(db)
    .await?)
}

/// Calls since `since`, and of those since `recent`, by operation, the busiest first.
pub(super) async fn usage(pool: &PgPool, since: OffsetDateTime, recent: OffsetDateTime) -> Result<Vec<OperationUsage>> {
    Ok(sqlx::query_as!(
        OperationUsage,
        r#"select operation, count(*) filter (where at > $2) as "last_minute!", count(*) as "last_day!"
           from marketplace_call where at > $1 group by operation order by 3 desc, 1"#,
        since,
        recent,
    )
    .fetch_all(pool)
    .await?)
}
