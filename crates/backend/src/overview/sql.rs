use super::Figures;
use crate::Result;
use sqlx::PgPool;
use time::Date;
use uuid::Uuid;

pub(super) async fn figures(pool: &PgPool, managed_by: Option<Uuid>) -> Result<Figures> {
    Ok(sqlx::query_as!(
        Figures,
        r#"with mine as (select customer_id from customer_manager where staff_id = $1)
           select s.active_subscriptions as "active_subscriptions!", s.seats as "seats!", s.unread as "unread!",
           (select count(*) from customer where reseller_id is null
               and ($1::uuid is null or id in (select customer_id from mine))) as "customers!",
           (select count(*) from order_log l
               where status in ('drafted', 'submitted', 'processing', 'approved', 'sending', 'unknown')
               and not exists (select from marketplace_order o where o.id = l.id and o.reseller_id is not null)
               and ($1::uuid is null or customer_id in (select customer_id from mine))) as "open_orders!"
           from (select count(*) as active_subscriptions, coalesce(sum(seats), 0)::bigint as seats,
               count(*) filter (where detailed_at is null) as unread
               from subscription where status = 'active'
               and customer_id not in (select id from customer where reseller_id is not null)
               and ($1::uuid is null or customer_id in (select m.customer_id from mine m))) s"#,
        managed_by,
    )
    .fetch_one(pool)
    .await?)
}

/// How many renew by themselves, end, and did not say.
pub(super) async fn decisions(
    pool: &PgPool,
    managed_by: Option<Uuid>,
    from: Date,
    until: Date,
) -> Result<(i64, i64, i64)> {
    let counts = sqlx::query!(
        r#"select count(*) filter (where auto_renew) as "renewing!", count(*) filter (where not auto_renew) as "ending!",
           count(*) filter (where auto_renew is null) as "unsaid!"
           from subscription where status = 'active' and coalesce(renews_on, 'infinity'::date) between $1 and $2
           and coalesce(term_length, 1) >= case term_type when 'year' then 1 when 'month' then 12 when 'day' then 365 end
           and ($3::uuid is null or customer_id in (select m.customer_id from customer_manager m where m.staff_id = $3))
           and customer_id not in (select id from customer where reseller_id is not null)"#,
        from,
        until,
        managed_by,
    )
    .fetch_one(pool)
    .await?;
    Ok((counts.renewing, counts.ending, counts.unsaid))
}
