use crate::Result;
use crate::orders::progress::Held;
use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;
use uuid::Uuid;

/// Opens an attempt, unless one is open, the intent was taken elsewhere meanwhile, or the order in whose stead it was
/// placed turned up; answers whether it did.
pub(in crate::orders) async fn open_attempt(
    db: &mut PgConnection,
    intent: &Held,
    now: OffsetDateTime,
    lease_until: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "update intent set state = 'sending', in_flight_since = $3, sent_at = $3, attempts = attempts + 1, looks = 0, \
         next_look_at = $4, problem = null \
         where id = $1 and state = $2 and state in ('approved', 'sending') and in_flight_since is null \
         and living_relative(id) is null",
        intent.id,
        intent.state.as_str(),
        now,
        lease_until,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether the attempt that was opened then is under way.
pub(in crate::orders) async fn is_open(pool: &PgPool, id: Uuid, opened_at: OffsetDateTime) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from intent where id = $1 and state = 'sending' and in_flight_since = $2) as "open!""#,
        id,
        opened_at,
    )
    .fetch_one(pool)
    .await?)
}

/// What is certain of an attempt that was turned away.
pub(in crate::orders) struct TurnedAway<'a> {
    pub(in crate::orders) problem: &'a str,
    pub(in crate::orders) correlation_id: Option<&'a str>,
    /// It reached the marketplace, or would have: our own budget did not hold it back.
    pub(in crate::orders) counts: bool,
    pub(in crate::orders) send_at: OffsetDateTime,
}

/// Closes the attempt that was opened, unless somebody gave it up for lost meanwhile; answers whether it did.
pub(in crate::orders) async fn close_attempt(
    db: &mut PgConnection,
    id: Uuid,
    opened_at: OffsetDateTime,
    turned_away: &TurnedAway<'_>,
) -> Result<bool> {
    let done = sqlx::query!(
        "update intent set in_flight_since = null, problem = $3, correlation_id = coalesce($4, correlation_id), \
         attempts = attempts - case when $5 then 0 else 1 end, \
         sent_at = case when $5 or attempts > 1 then sent_at end, next_look_at = $6 \
         where id = $1 and state = 'sending' and in_flight_since = $2",
        id,
        opened_at,
        turned_away.problem,
        turned_away.correlation_id,
        turned_away.counts,
        turned_away.send_at,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives up what waits to be sent, unless a call is under way; answers whether it did.
pub(in crate::orders) async fn stop_waiting(db: &mut PgConnection, id: Uuid, now: OffsetDateTime) -> Result<bool> {
    let done = sqlx::query!(
        "update intent set state = 'cancelled', next_look_at = null, settled_at = $2, looks = 0, problem = null \
         where id = $1 and state in ('approved', 'sending') and in_flight_since is null",
        id,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
