use super::LoggedOrder;
use crate::Result;
use rust_decimal::Decimal;
use serde_json::Value;
use sqlx::PgPool;
use time::OffsetDateTime;
use uuid::Uuid;

pub(super) struct Row {
    pub(super) id: String,
    pub(super) placed_here: bool,
    pub(super) kind: String,
    pub(super) status: String,
    pub(super) order_number: Option<String>,
    pub(super) customer_id: String,
    pub(super) customer_name: Option<String>,
    pub(super) subscription_id: Option<String>,
    pub(super) po_number: Option<String>,
    pub(super) created_at: Option<OffsetDateTime>,
    pub(super) settled_at: Option<OffsetDateTime>,
    pub(super) total_amount: Option<Decimal>,
    pub(super) total_currency: Option<String>,
    pub(super) lines: Option<Value>,
    pub(super) problem: Option<String>,
    pub(super) at_renewal: bool,
}

pub(super) async fn of_subscription(pool: &PgPool, subscription_id: &str, limit: i64) -> Result<Vec<LoggedOrder>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select l.id as "id!", l.placed_here as "placed_here!", l.kind as "kind!", l.status as "status!", l.order_number,
           l.customer_id as "customer_id!", c.name as "customer_name?", l.subscription_id, l.po_number, l.created_at,
           l.settled_at, l.total_amount, l.total_currency, l.lines, l.problem,
           l.at_renewal as "at_renewal!"
           from order_log l left join customer c on c.id = l.customer_id
           where l.subscription_id = $1 order by l.created_at desc nulls last, l.id limit $2"#,
        subscription_id,
        limit,
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(LoggedOrder::from).collect())
}

pub(super) async fn of_customer(pool: &PgPool, customer_id: &str, limit: i64) -> Result<Vec<LoggedOrder>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select l.id as "id!", l.placed_here as "placed_here!", l.kind as "kind!", l.status as "status!", l.order_number,
           l.customer_id as "customer_id!", c.name as "customer_name?", l.subscription_id, l.po_number, l.created_at,
           l.settled_at, l.total_amount, l.total_currency, l.lines, l.problem,
           l.at_renewal as "at_renewal!"
           from order_log l left join customer c on c.id = l.customer_id
           where l.customer_id = $1 order by l.created_at desc nulls last, l.id limit $2"#,
        customer_id,
        limit,
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(LoggedOrder::from).collect())
}

pub(super) async fn of_reseller(pool: &PgPool, reseller_id: &str, limit: i64) -> Result<Vec<LoggedOrder>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select l.id as "id!", l.placed_here as "placed_here!", l.kind as "kind!", l.status as "status!", l.order_number,
           l.customer_id as "customer_id!", c.name as "customer_name?", l.subscription_id, l.po_number, l.created_at,
           l.settled_at, l.total_amount, l.total_currency, l.lines, l.problem,
           l.at_renewal as "at_renewal!"
           from order_log l left join customer c on c.id = l.customer_id
           where l.id = any(
               array(select id from marketplace_order where reseller_id = $1
                   order by coalesce(created_at, '-infinity'::timestamptz) desc, id limit $2)
               || array(select i.id::text from intent i join customer own on own.id = i.customer_id
                   where own.reseller_id = $1 order by i.created_at desc, i.id limit $2))
           order by l.created_at desc nulls last, l.id limit $2"#,
        reseller_id,
        limit,
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(LoggedOrder::from).collect())
}

pub(super) async fn failed(
    pool: &PgPool,
    managed_by: Option<Uuid>,
    since: OffsetDateTime,
    limit: i64,
) -> Result<Vec<LoggedOrder>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select l.id as "id!", l.placed_here as "placed_here!", l.kind as "kind!", l.status as "status!", l.order_number,
           l.customer_id as "customer_id!", c.name as "customer_name?", l.subscription_id, l.po_number, l.created_at,
           l.settled_at, l.total_amount, l.total_currency, l.lines, l.problem,
           l.at_renewal as "at_renewal!"
           from order_log l left join customer c on c.id = l.customer_id
           where (l.status = 'unknown' or (l.status in ('error', 'failed', 'absent') and l.created_at >= $1)
               or l.found_late_at >= $1)
           and ($3::uuid is null or l.customer_id in (select m.customer_id from customer_manager m where m.staff_id = $3))
           and not exists (select from marketplace_order o where o.id = l.id and o.reseller_id is not null)
           order by l.created_at desc nulls last, l.id limit $2"#,
        since,
        limit,
        managed_by,
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(LoggedOrder::from).collect())
}

pub(super) async fn completed(
    pool: &PgPool,
    managed_by: Option<Uuid>,
    since: OffsetDateTime,
    limit: i64,
) -> Result<Vec<LoggedOrder>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select l.id as "id!", l.placed_here as "placed_here!", l.kind as "kind!", l.status as "status!", l.order_number,
           l.customer_id as "customer_id!", c.name as "customer_name?", l.subscription_id, l.po_number, l.created_at,
           l.settled_at, l.total_amount, l.total_currency, l.lines, l.problem,
           l.at_renewal as "at_renewal!"
           from order_log l left join customer c on c.id = l.customer_id
           where l.status = 'completed' and l.settled_at >= $1
           and ($3::uuid is null or l.customer_id in (select m.customer_id from customer_manager m where m.staff_id = $3))
           and not exists (select from marketplace_order o where o.id = l.id and o.reseller_id is not null)
           order by l.settled_at desc, l.id limit $2"#,
        since,
        limit,
        managed_by,
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(LoggedOrder::from).collect())
}
