use super::LineParameters;
use sqlx::types::Json;
use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;
use uuid::Uuid;

pub(super) async fn insert(
    pool: &PgPool,
    staff_id: Uuid,
    lines: &[LineParameters],
    expires_at: OffsetDateTime,
) -> Result<Uuid, sqlx::Error> {
    let id = Uuid::new_v4();
    sqlx::query!(
        "insert into order_draft (id, staff_id, lines, expires_at) values ($1, $2, $3, $4)",
        id,
        staff_id,
        Json(lines) as _,
        expires_at,
    )
    .execute(pool)
    .await?;
    Ok(id)
}

/// Only the person who began it, and only until it expires.
pub(super) async fn find(
    pool: &PgPool,
    id: Uuid,
    staff_id: Uuid,
    now: OffsetDateTime,
) -> Result<Option<Vec<LineParameters>>, sqlx::Error> {
    let lines = sqlx::query_scalar!(
        r#"select lines as "lines: Json<Vec<LineParameters>>" from order_draft
           where id = $1 and staff_id = $2 and expires_at > $3"#,
        id,
        staff_id,
        now,
    );
    Ok(lines.fetch_optional(pool).await?.map(|Json(lines)| lines))
}

pub(super) async fn update(
    pool: &PgPool,
    id: Uuid,
    lines: &[LineParameters],
    expires_at: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!("update order_draft set lines = $2, expires_at = $3 where id = $1", id, Json(lines) as _, expires_at,)
        .execute(pool)
        .await?;
    Ok(())
}

pub(super) async fn delete_expired(pool: &PgPool, now: OffsetDateTime) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from order_draft where expires_at <= $1", now).execute(pool).await?;
    Ok(())
}

/// The person's last order that was placed with what the draft kept.
pub(super) async fn placed_from(pool: &PgPool, id: Uuid, staff_id: Uuid) -> Result<Option<Uuid>, sqlx::Error> {
    sqlx::query_scalar!(
        "select id from intent where requested_by = $1 and review_path like '%draft=' || $2::text || '%'
         order by created_at desc limit 1",
        staff_id,
        id.to_string(),
    )
    .fetch_optional(pool)
    .await
}

/// Once its order is placed.
pub(in crate::orders) async fn delete(db: &mut PgConnection, id: Uuid, staff_id: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from order_draft where id = $1 and staff_id = $2", id, staff_id).execute(db).await?;
    Ok(())
}
