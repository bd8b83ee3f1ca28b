use crate::Result;
use sqlx::PgPool;
use time::OffsetDateTime;
use uuid::Uuid;

/// Notes that `holder` places the form's order, unless somebody else is at it since after `abandoned`; answers whether it
/// did.
pub(in crate::orders) async fn begin(
    pool: &PgPool,
    form_token: Uuid,
    holder: Uuid,
    now: OffsetDateTime,
    abandoned: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into form_being_placed (form_token, holder, since) values ($1, $2, $3)
         on conflict (form_token) do update set holder = excluded.holder, since = excluded.since
         where form_being_placed.since <= $4",
        form_token,
        holder,
        now,
        abandoned,
    )
    .execute(pool)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets that; with it what others left behind before `abandoned`.
pub(in crate::orders) async fn end(
    pool: &PgPool,
    form_token: Uuid,
    holder: Uuid,
    abandoned: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "delete from form_being_placed where form_token = $1 and holder = $2 or since <= $3",
        form_token,
        holder,
        abandoned,
    )
    .execute(pool)
    .await?;
    Ok(())
}
