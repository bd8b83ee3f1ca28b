use crate::Result;
use crate::orders::repeat::PlacedBefore;
use serde_json::Value;
use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

/// The latest intent with this body, but for the `mark` in its attributes: the person's own of late and, of orders for
/// something new, any that is not settled.
pub(in crate::orders) async fn placed_before(
    db: impl PgExecutor<'_>,
    staff_id: Uuid,
    customer_id: &str,
    body: &Value,
    mark: &str,
    since: OffsetDateTime,
) -> Result<Option<PlacedBefore>> {
    Ok(sqlx::query_as!(
        PlacedBefore,
        r#"select i.id as intent_id, i.created_at as placed_at, s.name as placed_by, i.requested_by = $1 as "own!",
         i.state in ('drafted', 'approved', 'sending', 'unknown') as "unsettled!"
         from intent i join staff s on s.id = i.requested_by
         where i.customer_id = $2 and i.state not in ('failed', 'cancelled', 'absent')
         and (i.created_at >= $5 and i.requested_by = $1
              or i.subscription_id is null and i.state in ('drafted', 'approved', 'sending', 'unknown'))
         and jsonb_set(body, '{attributes}', coalesce(body -> 'attributes', '{}'::jsonb) - $4::text)
             = jsonb_set($3::jsonb, '{attributes}', coalesce($3::jsonb -> 'attributes', '{}'::jsonb))
         order by i.created_at desc limit 1"#,
        staff_id,
        customer_id,
        body,
        mark,
        since,
    )
    .fetch_optional(db)
    .await?)
}

/// Whoever places an order for the customer waits until this transaction ends.
pub(in crate::orders) async fn lock_customer(db: &mut PgConnection, customer_id: &str) -> Result<()> {
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended('orders of ' || $1, 0))", customer_id)
        .execute(db)
        .await?;
    Ok(())
}
