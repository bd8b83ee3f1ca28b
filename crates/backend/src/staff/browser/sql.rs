use crate::Result;
use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;
use uuid::Uuid;

pub(super) async fn exchange(db: &mut PgConnection, old: &[u8], new: &[u8]) -> Result<()> {
    sqlx::query!("update known_browser set token_hash = $2 where token_hash = $1", old, new).execute(db).await?;
    Ok(())
}

pub(super) async fn know(db: &mut PgConnection, hash: &[u8], staff_id: Uuid, now: OffsetDateTime) -> Result<()> {
    sqlx::query!(
        "insert into known_browser (token_hash, staff_id, signed_in_at) values ($1, $2, $3) \
         on conflict (token_hash, staff_id) do update set signed_in_at = excluded.signed_in_at",
        hash,
        staff_id,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn forget_all_of(db: &mut PgConnection, staff_id: Uuid) -> Result<()> {
    sqlx::query!("delete from known_browser where staff_id = $1", staff_id).execute(db).await?;
    Ok(())
}

pub(super) async fn forget_before(pool: &PgPool, moment: OffsetDateTime) -> Result<()> {
    sqlx::query!("delete from known_browser where signed_in_at < $1", moment).execute(pool).await?;
    Ok(())
}
