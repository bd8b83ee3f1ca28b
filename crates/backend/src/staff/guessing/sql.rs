use super::pace::{AT_ANY_TIME, Tally};
use crate::Result;
use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;

/// The latest moment from which on one of the counters lets a try through, where that is not yet.
pub(super) async fn next_at(pool: &PgPool, keys: &[Vec<u8>], now: OffsetDateTime) -> Result<Option<OffsetDateTime>> {
    Ok(sqlx::query_scalar!(
        "select max(next_at) from guess_counter where key = any($1) and next_at > $2",
        keys as &[Vec<u8>],
        now,
    )
    .fetch_one(pool)
    .await?)
}

/// The tally of the counter, locked until the transaction ends; a new one where there was none.
pub(super) async fn locked(db: &mut PgConnection, key: &[u8], now: OffsetDateTime) -> Result<Tally> {
    Ok(sqlx::query_as!(
        Tally,
        "insert into guess_counter (key, failures, next_at, forgotten_at) values ($1, 0, $3, $2) \
         on conflict (key) do update set key = excluded.key returning failures, next_at, forgotten_at",
        key,
        now,
        AT_ANY_TIME,
    )
    .fetch_one(db)
    .await?)
}

pub(super) async fn store(db: &mut PgConnection, key: &[u8], tally: Tally) -> Result<()> {
    sqlx::query!(
        "update guess_counter set failures = $2, next_at = $3, forgotten_at = $4 where key = $1",
        key,
        tally.failures,
        tally.next_at,
        tally.forgotten_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn forget(db: &mut PgConnection, key: &[u8]) -> Result<()> {
    sqlx::query!("delete from guess_counter where key = $1", key).execute(db).await?;
    Ok(())
}

pub(super) async fn delete_expired(pool: &PgPool, now: OffsetDateTime) -> Result<()> {
    sqlx::query!("delete from guess_counter where forgotten_at <= $1", now).execute(pool).await?;
    Ok(())
}
