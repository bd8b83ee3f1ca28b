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

/// The same with what the database alone knows.
pub(super) struct Found {
    pub(super) data: Value,
    pub(super) expires_at: OffsetDateTime,
    pub(super) is_ended: bool,
}

/// A session of somebody, for people to look at.
pub(super) struct Listed {
    pub(super) id_hash: Vec<u8>,
    pub(super) handle: Uuid,
    pub(super) staff_id: Uuid,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) data: Value,
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
        "update session set staff_id = $2, data = $3, expires_at = $4 where id_hash = $1 and ended_at is null",
        id_hash,
        row.staff_id,
        row.data,
        row.expires_at,
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// The session, over or not.
pub(super) async fn find(pool: &PgPool, id_hash: &[u8]) -> sqlx::Result<Option<Found>> {
    sqlx::query_as!(
        Found,
        r#"select data, expires_at, ended_at is not null as "is_ended!" from session where id_hash = $1"#,
        id_hash,
    )
    .fetch_optional(pool)
    .await
}

/// The sessions of one person or of everybody that are not over, the newest sign-in first.
pub(super) async fn list(pool: &PgPool, staff_id: Option<Uuid>, now: OffsetDateTime) -> sqlx::Result<Vec<Listed>> {
    sqlx::query_as!(
        Listed,
        r#"select session.id_hash, session.handle, staff.id as staff_id, staff.name, staff.email, session.data
           from session join staff on staff.id = session.staff_id
           where ($1::uuid is null or staff.id = $1) and session.expires_at > $2 and session.ended_at is null
             and staff.disabled_at is null
           order by lower(staff.name), session.data ->> 'signed_in_at' desc, session.handle"#,
        staff_id,
        now,
    )
    .fetch_all(pool)
    .await
}

pub(super) async fn delete(db: impl sqlx::PgExecutor<'_>, id_hash: &[u8]) -> sqlx::Result<()> {
    sqlx::query!("delete from session where id_hash = $1", id_hash).execute(db).await?;
    Ok(())
}

/// Ends all sessions of the person. Returns how many were open.
pub(super) async fn end_of_staff(
    db: impl sqlx::PgExecutor<'_>,
    staff_id: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "update session set ended_at = $2, expires_at = $2 where staff_id = $1 and ended_at is null and expires_at > $2",
        staff_id,
        now,
    );
    Ok(done.execute(db).await?.rows_affected())
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

/// Whose session it was, and what was in it; `None` where none is open, or none of that person.
pub(super) async fn end_named(
    db: &mut PgConnection,
    handle: Uuid,
    staff_id: Option<Uuid>,
    now: OffsetDateTime,
) -> sqlx::Result<Option<(Uuid, Value)>> {
    let row = sqlx::query!(
        r#"update session set ended_at = $3, expires_at = $3
           where handle = $1 and staff_id is not null and ($2::uuid is null or staff_id = $2)
             and ended_at is null and expires_at > $3
           returning staff_id as "staff_id!", data"#,
        handle,
        staff_id,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.staff_id, row.data)))
}

/// Ends all sessions of the person but one. Returns how many were open.
pub(super) async fn end_others(
    db: &mut PgConnection,
    staff_id: Uuid,
    but: &[u8],
    now: OffsetDateTime,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "update session set ended_at = $3, expires_at = $3
         where staff_id = $1 and id_hash <> $2 and ended_at is null and expires_at > $3",
        staff_id,
        but,
        now,
    );
    Ok(done.execute(db).await?.rows_affected())
}

/// Those of nobody as soon as they are over, the others once they were over at `long_ago` already.
pub(super) async fn delete_expired(pool: &PgPool, now: OffsetDateTime, long_ago: OffsetDateTime) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from session where expires_at <= $1 and (staff_id is null or expires_at <= $2)",
        now,
        long_ago,
    );
    Ok(done.execute(pool).await?.rows_affected())
}

/// Every row as text, as somebody with a dump would read it.
#[cfg(test)]
pub(super) async fn dump(pool: &PgPool) -> sqlx::Result<String> {
    sqlx::query_scalar!(r#"select coalesce(string_agg(session::text, chr(10)), '') as "text!" from session"#)
        .fetch_one(pool)
        .await
}
