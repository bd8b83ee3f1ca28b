use super::Present;
use crate::Result;
use sqlx::PgPool;
use time::OffsetDateTime;
use uuid::Uuid;

/// Whoever was last seen before `left` comes anew.
pub(super) async fn note(
    pool: &PgPool,
    staff_id: Uuid,
    subscription_id: &str,
    now: OffsetDateTime,
    left: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "insert into presence (subscription_id, staff_id, since, seen_at) values ($1, $2, $3, $3)
         on conflict (subscription_id, staff_id) do update set seen_at = excluded.seen_at,
             since = case when presence.seen_at < $4 then excluded.since else presence.since end",
        subscription_id,
        staff_id,
        now,
        left,
    )
    .execute(pool)
    .await?;
    Ok(())
}

pub(super) async fn others(
    pool: &PgPool,
    staff_id: Uuid,
    subscription_id: &str,
    left: OffsetDateTime,
) -> Result<Vec<Present>> {
    Ok(sqlx::query_as!(
        Present,
        "select s.name, p.seen_at from presence p join staff s on s.id = p.staff_id
         where p.subscription_id = $1 and p.staff_id <> $2 and p.seen_at >= $3
         and not exists (select from intent i where i.subscription_id = p.subscription_id
             and i.requested_by = p.staff_id and i.created_at >= p.seen_at)
         order by p.since, s.name",
        subscription_id,
        staff_id,
        left,
    )
    .fetch_all(pool)
    .await?)
}

pub(super) async fn forget(pool: &PgPool, left: OffsetDateTime) -> Result<()> {
    sqlx::query!("delete from presence where seen_at < $1", left).execute(pool).await?;
    Ok(())
}
