use crate::Result;
use crate::orders::evidence::{Candidate, Look};
use crate::orders::place::MARK;
use sqlx::types::Json;
use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;
use uuid::Uuid;

pub(in crate::orders) async fn insert(db: &mut PgConnection, intent_id: Uuid, look: &Look) -> Result<()> {
    sqlx::query!(
        "insert into intent_look (intent_id, at, complete, problem, compared, candidates) values ($1, $2, $3, $4, $5, $6)",
        intent_id,
        look.at,
        look.problem.is_none(),
        look.problem,
        look.compared,
        serde_json::to_value(&look.candidates)?,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// How often an intent was looked for.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::orders) struct Count {
    pub(in crate::orders) all: i64,
    pub(in crate::orders) complete: i64,
    pub(in crate::orders) first_complete_at: Option<OffsetDateTime>,
    pub(in crate::orders) last_complete_at: Option<OffsetDateTime>,
}

/// Of the looks that began since the order was sent.
pub(in crate::orders) async fn count(pool: &PgPool, intent_id: Uuid, since: OffsetDateTime) -> Result<Count> {
    Ok(sqlx::query_as!(
        Count,
        r#"select count(*) as "all!", count(*) filter (where complete) as "complete!",
           min(at) filter (where complete) as first_complete_at, max(at) filter (where complete) as last_complete_at
           from intent_look where intent_id = $1 and at >= $2"#,
        intent_id,
        since,
    )
    .fetch_one(pool)
    .await?)
}

/// The last look, or the last one that was complete.
pub(in crate::orders) async fn last(pool: &PgPool, intent_id: Uuid, complete: bool) -> Result<Option<Look>> {
    let row = sqlx::query!(
        r#"select at, problem, compared, candidates as "candidates!: Json<Vec<Candidate>>" from intent_look
           where intent_id = $1 and (complete or not $2) order by at desc, id desc limit 1"#,
        intent_id,
        complete,
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map(|row| Look { at: row.at, problem: row.problem, compared: row.compared, candidates: row.candidates.0 }))
}

/// Looks again at `at`, or never; says what the matter is where there is something new to say.
pub(in crate::orders) async fn reschedule(
    db: &mut PgConnection,
    id: Uuid,
    at: Option<OffsetDateTime>,
    problem: Option<&str>,
) -> Result<()> {
    sqlx::query!(
        "update intent set next_look_at = $2, problem = coalesce($3, problem) where id = $1 and state in ('unknown', 'absent')",
        id,
        at,
        problem,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Has the order looked for as soon as possible, if nobody knows where it is; answers whether that is so.
pub(in crate::orders) async fn look_now(db: &mut PgConnection, id: Uuid, now: OffsetDateTime) -> Result<bool> {
    let done = sqlx::query!(
        "update intent set next_look_at = $2 where id = $1 and state in ('unknown', 'absent') and order_id is null",
        id,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Those of the intents that nobody has an order for: their mark was seen, so they are looked for as soon as possible. Those
/// that are being looked for just now, or soon, are left alone.
pub(in crate::orders) async fn marks_seen(db: &mut PgConnection, ids: &[Uuid], now: OffsetDateTime) -> Result<u64> {
    let done = sqlx::query!(
        "update intent set next_look_at = $2 where id = any($1) and state in ('unknown', 'absent') and order_id is null \
         and (next_look_at is null or next_look_at > $2::timestamptz + interval '1 minute')",
        ids,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// Forgets the looks for orders that ended before `before`: what people decided on is in the activity.
pub(in crate::orders) async fn delete_old(pool: &PgPool, before: OffsetDateTime) -> Result<u64> {
    let done = sqlx::query!(
        "delete from intent_look l using intent i where i.id = l.intent_id and i.settled_at < $1 and i.next_look_at is null",
        before,
    )
    .execute(pool)
    .await?;
    Ok(done.rows_affected())
}

/// Whether orders of that kind have come back with our mark: then one without it is hardly ours.
pub(in crate::orders) async fn marks_come_back(pool: &PgPool, kind: &str) -> Result<bool> {
    let seen = sqlx::query_scalar!(
        r#"select exists (select from intent i join marketplace_order o on o.id = i.order_id
           where i.kind = $1 and o.attributes ->> $2 = i.id::text) as "seen!""#,
        kind,
        MARK,
    );
    Ok(seen.fetch_one(pool).await?)
}
