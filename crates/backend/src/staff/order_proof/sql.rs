use crate::Result;
use crate::stored::money;
use domain::Money;
use sqlx::{PgConnection, PgExecutor, PgPool};
use time::OffsetDateTime;
use uuid::Uuid;

pub(super) async fn threshold(db: impl PgExecutor<'_>) -> Result<Option<Money>> {
    let row = sqlx::query!("select amount, currency from order_proof").fetch_optional(db).await?;
    Ok(row.and_then(|row| money(Some(row.amount), Some(&row.currency))))
}

/// Until the transaction ends nobody else changes it.
pub(super) async fn lock(db: &mut PgConnection) -> Result<()> {
    sqlx::query!("lock table order_proof in share row exclusive mode").execute(db).await?;
    Ok(())
}

pub(super) async fn set(db: &mut PgConnection, threshold: Money, by: Uuid, at: OffsetDateTime) -> Result<()> {
    sqlx::query!(
        "insert into order_proof (amount, currency, set_by, set_at) values ($1, $2, $3, $4) on conflict (only_row) do update
         set amount = excluded.amount, currency = excluded.currency, set_by = excluded.set_by, set_at = excluded.set_at",
        threshold.amount,
        threshold.currency.code(),
        by,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn clear(db: &mut PgConnection) -> Result<()> {
    sqlx::query!("delete from order_proof").execute(db).await?;
    Ok(())
}

/// Whether an order was placed by this form. One that is only being placed does not count: it may be refused yet.
pub(super) async fn was_placed(pool: &PgPool, form_token: Uuid) -> Result<bool> {
    let found =
        sqlx::query_scalar!(r#"select exists (select from intent where form_token = $1) as "was!""#, form_token,);
    Ok(found.fetch_one(pool).await?)
}

pub(super) async fn waits(pool: &PgPool, intent: Uuid) -> Result<bool> {
    let found = sqlx::query_scalar!(
        r#"select exists (select from intent where id = $1 and state = 'drafted') as "waits!""#,
        intent,
    );
    Ok(found.fetch_one(pool).await?)
}
