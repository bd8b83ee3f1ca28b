use serde_json::Value;
use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;
use uuid::Uuid;

/// A session as it is stored.
pub(super) struct Row {
    pub(super) staff_id: Option<Uuid>,
    pub(super) data: Value,
    pub(super) expires_at: OffsetDateTime,
}

/// Whether the row was inserted: false when the id is taken.
pub(super) async fn insert(pool: &PgPool, id_hash: &[u8], row: &Row) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into session (id_hash, staff_id, data, expires_at) values ($1, $2, $3, $4) on conflict do nothing",
        id_hash,
        row.staff_id,
        row.data,
        row.expires_at,
    )
    .execute(pool)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn update(pool: &PgPool, id_hash: &[u8], row: &Row) -> sqlx::Result<()> {
    sqlx::query!(
        "update session set staff_id = $2, data = $3, expires_at = $4 where id_hash = $1",
        id_hash,
        row.staff_id,
        row.data,
        row.expires_at,
    )
    .execute(pool)
    .await?;
    Ok(())
}

pub(super) async fn find(pool: &PgPool, id_hash: &[u8], now: OffsetDateTime) -> sqlx::Result<Option<Row>> {
    sqlx::query_as!(
        Row,
        "select staff_id, data, expires_at from session where id_hash = $1 and expires_at > $2",
        id_hash,
        now,
    )
    .fetch_optional(pool)
    .await
}

pub(super) async fn delete(pool: &PgPool, id_hash: &[u8]) -> sqlx::Result<()> {
    sqlx::query!("delete from session where id_hash = $1", id_hash).execute(pool).await?;
    Ok(())
}

pub(super) async fn delete_of_staff(pool: &PgPool, staff_id: Uuid) -> sqlx::Result<u64> {
    Ok(sqlx::query!("delete from session where staff_id = $1", staff_id).execute(pool).await?.rows_affected())
}

pub(super) async fn delete_others_of_staff(
    db: &mut PgConnection,
    staff_id: Uuid,
    kept: Option<&[u8]>,
) -> sqlx::Result<()> {
    sqlx::query!("delete from session where staff_id = $1 and id_hash is distinct from $2", staff_id, kept)
        .execute(db)
        .await?;
    Ok(())
}

pub(super) async fn delete_expired(pool: &PgPool, now: OffsetDateTime) -> sqlx::Result<u64> {
    Ok(sqlx::query!("delete from session where expires_at <= $1", now).execute(pool).await?.rows_affected())
}

/// Every row as text, as somebody with a dump would read it.
#[cfg(test)]
pub(super) async fn dump(pool: &PgPool) -> sqlx::Result<String> {
    sqlx::query_scalar!(r#"select coalesce(string_agg(session::text, chr(10)), '') as "text!" from session"#)
        .fetch_one(pool)
        .await
}
