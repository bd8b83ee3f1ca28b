//! Which details to read next, for each kind of object.

use crate::Result;
use crate::sync::LEFT_TO_READER;
use sqlx::PgConnection;
use time::{Date, Duration, OffsetDateTime};

/// An object whose detail is to be read, and what the list says of it now.
pub(in crate::sync) struct Due {
    pub(in crate::sync) id: String,
    pub(in crate::sync) list_key: Option<String>,
}

/// A detail that could not be read is not tried again for so long.
const PAUSE: Duration = Duration::hours(1);

/// Subscriptions whose detail somebody wants and nobody reads, those that wait longest first.
pub(in crate::sync) async fn wanted_subscriptions(
    db: &mut PgConnection,
    now: OffsetDateTime,
    limit: i64,
) -> Result<Vec<Due>> {
    Ok(sqlx::query_as!(
        Due,
        "select id, list_key from subscription
         where detail_wanted_at > coalesce(greatest(detailed_at, detail_failed_at), '-infinity'::timestamptz)
         and detail_wanted_at < $1 and status not in ('terminated', 'removed')
         order by detail_wanted_at, id limit $2",
        now - LEFT_TO_READER,
        limit,
    )
    .fetch_all(db)
    .await?)
}

/// Subscriptions of which the list, or an order, says something else than when their detail was read; those first whose
/// reading is oldest. Not what is being read for somebody.
pub(in crate::sync) async fn changed_subscriptions(
    db: &mut PgConnection,
    now: OffsetDateTime,
    limit: i64,
) -> Result<Vec<Due>> {
    Ok(sqlx::query_as!(
        Due,
        "select id, list_key from subscription
         where detailed_at is not null and detail_key is distinct from list_key
         and status not in ('terminated', 'removed')
         and (detail_failed_at is null or detail_failed_at < $1)
         and (detail_wanted_at is null or detail_wanted_at < $3)
         order by detailed_at, id limit $2",
        now - PAUSE,
        limit,
        now - LEFT_TO_READER,
    )
    .fetch_all(db)
    .await?)
}

/// Subscriptions never read that renew by `until`, the soonest first. Not what is being read for somebody.
pub(in crate::sync) async fn renewing_subscriptions(
    db: &mut PgConnection,
    until: Date,
    now: OffsetDateTime,
    limit: i64,
) -> Result<Vec<Due>> {
    Ok(sqlx::query_as!(
        Due,
        "select id, list_key from subscription
         where detailed_at is null and detail_key is distinct from list_key and status not in ('terminated', 'removed')
         and coalesce(renews_on, 'infinity'::date) <= $4
         and (detail_failed_at is null or detail_failed_at < $1)
         and (detail_wanted_at is null or detail_wanted_at < $3)
         order by coalesce(renews_on, 'infinity'::date), id limit $2",
        now - PAUSE,
        limit,
        now - LEFT_TO_READER,
        until,
    )
    .fetch_all(db)
    .await?)
}

/// The other subscriptions never read: those that renew later, the soonest first, or never.
pub(in crate::sync) async fn unread_subscriptions(
    db: &mut PgConnection,
    after: Date,
    now: OffsetDateTime,
    limit: i64,
) -> Result<Vec<Due>> {
    Ok(sqlx::query_as!(
        Due,
        "select id, list_key from subscription
         where detailed_at is null and detail_key is distinct from list_key and status not in ('terminated', 'removed')
         and coalesce(renews_on, 'infinity'::date) > $4
         and (detail_failed_at is null or detail_failed_at < $1)
         and (detail_wanted_at is null or detail_wanted_at < $3)
         order by coalesce(renews_on, 'infinity'::date), id limit $2",
        now - PAUSE,
        limit,
        now - LEFT_TO_READER,
        after,
    )
    .fetch_all(db)
    .await?)
}

/// How many are wanted, or have changed or were never read: also those that are being read for somebody.
pub(in crate::sync) async fn count_subscriptions(db: &mut PgConnection, now: OffsetDateTime) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"select (select count(*) from subscription
             where detailed_at is not null and detail_key is distinct from list_key
             and status not in ('terminated', 'removed') and (detail_failed_at is null or detail_failed_at < $1))
         + (select count(*) from subscription
             where detailed_at is null and detail_key is distinct from list_key
             and status not in ('terminated', 'removed') and (detail_failed_at is null or detail_failed_at < $1))
         + (select count(*) from subscription
             where detail_wanted_at > coalesce(greatest(detailed_at, detail_failed_at), '-infinity'::timestamptz)
             and detail_wanted_at < $2 and status not in ('terminated', 'removed')
             and not (detail_key is distinct from list_key and (detail_failed_at is null or detail_failed_at < $1))
           ) as "count!""#,
        now - PAUSE,
        now - LEFT_TO_READER,
    )
    .fetch_one(db)
    .await?)
}

/// Plans, those of subscriptions first.
pub(in crate::sync) async fn plans(db: &mut PgConnection, now: OffsetDateTime, limit: i64) -> Result<Vec<Due>> {
    Ok(sqlx::query_as!(
        Due,
        "select id, list_key from plan
         where detail_key is distinct from list_key and (detail_failed_at is null or detail_failed_at < $1)
         order by id in (select plan_id from subscription where plan_id is not null) desc, id limit $2",
        now - PAUSE,
        limit,
    )
    .fetch_all(db)
    .await?)
}

pub(in crate::sync) async fn count_plans(db: &mut PgConnection, now: OffsetDateTime) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from plan
         where detail_key is distinct from list_key and (detail_failed_at is null or detail_failed_at < $1)"#,
        now - PAUSE,
    )
    .fetch_one(db)
    .await?)
}

/// Orders the copy holds for open although the marketplace no longer lists them so. Those of resellers are listed in the
/// sweep over resellers.
pub(in crate::sync) async fn settled_orders(
    db: &mut PgConnection,
    now: OffsetDateTime,
    limit: i64,
) -> Result<Vec<Due>> {
    Ok(sqlx::query_as!(
        Due,
        "select o.id, o.list_key from marketplace_order o
         join sync_progress p on p.complete_as_of > o.as_of
             and p.collection = case when o.reseller_id is null then o.status || '_orders' else 'resellers' end
         where o.status in ('submitted', 'processing') and (o.detail_failed_at is null or o.detail_failed_at < $1)
         order by o.created_at desc, o.id limit $2",
        now - PAUSE,
        limit,
    )
    .fetch_all(db)
    .await?)
}

/// Orders the marketplace is still busy with, the newest first; not those of resellers, of which nobody here is to be told
/// more than the list says before they open one.
pub(in crate::sync) async fn open_orders(db: &mut PgConnection, now: OffsetDateTime, limit: i64) -> Result<Vec<Due>> {
    Ok(sqlx::query_as!(
        Due,
        "select id, list_key from marketplace_order
         where detail_key is distinct from list_key and status in ('submitted', 'processing') and reseller_id is null
         and (detail_failed_at is null or detail_failed_at < $1)
         order by created_at desc, id limit $2",
        now - PAUSE,
        limit,
    )
    .fetch_all(db)
    .await?)
}

/// Orders created since `since`, the newest first; not those of resellers.
pub(in crate::sync) async fn recent_orders(
    db: &mut PgConnection,
    since: OffsetDateTime,
    now: OffsetDateTime,
    limit: i64,
) -> Result<Vec<Due>> {
    Ok(sqlx::query_as!(
        Due,
        "select id, list_key from marketplace_order
         where detail_key is distinct from list_key and created_at > $3 and reseller_id is null
         and (detail_failed_at is null or detail_failed_at < $1)
         order by created_at desc, id limit $2",
        now - PAUSE,
        limit,
        since,
    )
    .fetch_all(db)
    .await?)
}

/// Orders of all three kinds.
pub(in crate::sync) async fn count_orders(
    db: &mut PgConnection,
    since: OffsetDateTime,
    now: OffsetDateTime,
) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from marketplace_order o
         left join sync_progress p
             on p.collection = case when o.reseller_id is null then o.status || '_orders' else 'resellers' end
         where (detail_failed_at is null or detail_failed_at < $1) and (
             detail_key is distinct from list_key and o.reseller_id is null
                 and (created_at > $2 or status in ('submitted', 'processing'))
             or status in ('submitted', 'processing') and p.complete_as_of > as_of
         )"#,
        now - PAUSE,
        since,
    )
    .fetch_one(db)
    .await?)
}

/// The detail of a subscription could not be read.
pub(in crate::sync) async fn subscription_failed(db: &mut PgConnection, id: &str, now: OffsetDateTime) -> Result<()> {
    sqlx::query!("update subscription set detail_failed_at = $2 where id = $1", id, now).execute(db).await?;
    Ok(())
}

/// The call for the detail of a subscription was not answered.
pub(in crate::sync) async fn subscription_unanswered(
    db: &mut PgConnection,
    id: &str,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!("update subscription set detail_unanswered_at = $2 where id = $1", id, now).execute(db).await?;
    Ok(())
}

/// The detail of a plan could not be read.
pub(in crate::sync) async fn plan_failed(db: &mut PgConnection, id: &str, now: OffsetDateTime) -> Result<()> {
    sqlx::query!("update plan set detail_failed_at = $2 where id = $1", id, now).execute(db).await?;
    Ok(())
}

/// The detail of an order could not be read.
pub(in crate::sync) async fn order_failed(db: &mut PgConnection, id: &str, now: OffsetDateTime) -> Result<()> {
    sqlx::query!("update marketplace_order set detail_failed_at = $2 where id = $1", id, now).execute(db).await?;
    Ok(())
}
