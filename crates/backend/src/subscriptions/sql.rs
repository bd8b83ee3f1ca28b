use super::{DetailState, ProductLine, Subscription, SubscriptionRow};
use crate::stored::{Period, money};
use crate::{Error, Result};
use domain::{Money, Seats};
use rust_decimal::Decimal;
use serde_json::Value;
use sqlx::{PgConnection, PgPool};
use std::collections::HashMap;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

struct ListRow {
    id: String,
    name: String,
    status: String,
    customer_id: String,
    customer_name: Option<String>,
    vendor: Option<String>,
    seats: Option<i64>,
    auto_renew: Option<bool>,
    renews_on: Option<Date>,
    created_on: Option<Date>,
    term_type: Option<String>,
    term_length: Option<i32>,
    billing_period_type: Option<String>,
    billing_period_length: Option<i32>,
    price_amount: Option<Decimal>,
    price_currency: Option<String>,
    change_under_way: bool,
    as_of: OffsetDateTime,
}

pub(super) async fn rows(pool: &PgPool, ids: &[String]) -> Result<Vec<SubscriptionRow>> {
    let rows = sqlx::query_as!(
        ListRow,
        r#"select s.id as "id!", s.name as "name!", s.status as "status!", s.customer_id as "customer_id!",
           c.name as "customer_name?", s.vendor, s.seats, s.auto_renew,
           s.renews_on, s.created_on, s.term_type, s.term_length, s.billing_period_type, s.billing_period_length,
           s.price_amount, s.price_currency, s.as_of as "as_of!",
           exists (select from intent i where i.subscription_id = s.id
               and not i.at_renewal and i.state not in ('completed', 'failed', 'cancelled', 'absent')) as "change_under_way!"
           from subscription s left join customer c on c.id = s.customer_id where s.id = any($1)"#,
        ids,
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(SubscriptionRow::from).collect())
}

/// What one billing period costs the reseller, where that is known. Only for people who may see costs.
pub(super) async fn costs(pool: &PgPool, ids: &[String]) -> Result<HashMap<String, Money>> {
    let rows = sqlx::query!("select id, cost_amount, cost_currency from subscription where id = any($1)", ids)
        .fetch_all(pool)
        .await?;
    let costs = rows.into_iter().filter_map(|row| {
        let cost = money(row.cost_amount, row.cost_currency.as_deref())?;
        Some((row.id, cost))
    });
    Ok(costs.collect())
}

pub(super) async fn of_customer(pool: &PgPool, customer_id: &str) -> Result<Vec<SubscriptionRow>> {
    let ids = sqlx::query_scalar!(
        "select id from subscription where customer_id = $1 and status in ('active', 'pending', 'hold')
         order by coalesce(renews_on, 'infinity'::date), id limit 500",
        customer_id,
    )
    .fetch_all(pool)
    .await?;
    rows_in_order(pool, &ids).await
}

pub(super) async fn renewing(
    pool: &PgPool,
    managed_by: Option<Uuid>,
    from: Date,
    until: Date,
    limit: i64,
) -> Result<Vec<SubscriptionRow>> {
    let ids = sqlx::query_scalar!(
        "select id from subscription where status = 'active'
         and coalesce(renews_on, 'infinity'::date) between $1 and $2
         and coalesce(term_length, 1) >= case term_type when 'year' then 1 when 'month' then 12 when 'day' then 365 end
         and ($4::uuid is null or customer_id in (select m.customer_id from customer_manager m where m.staff_id = $4))
         and customer_id not in (select id from customer where reseller_id is not null)
         order by coalesce(renews_on, 'infinity'::date), id limit $3",
        from,
        until,
        limit,
        managed_by,
    )
    .fetch_all(pool)
    .await?;
    rows_in_order(pool, &ids).await
}

async fn rows_in_order(pool: &PgPool, ids: &[String]) -> Result<Vec<SubscriptionRow>> {
    let mut rows = rows(pool, ids).await?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    Ok(rows)
}

struct DetailRow {
    id: String,
    name: String,
    status: String,
    customer_id: String,
    customer_name: Option<String>,
    auto_renew: Option<bool>,
    created_on: Option<Date>,
    renews_on: Option<Date>,
    expires_on: Option<Date>,
    modified_on: Option<Date>,
    billing_model: Option<String>,
    billing_period_type: Option<String>,
    billing_period_length: Option<i32>,
    term_type: Option<String>,
    term_length: Option<i32>,
    attributes: Value,
    plan_id: Option<String>,
    plan_name: Option<String>,
    vendor: Option<String>,
    seats: Option<i64>,
    price_amount: Option<Decimal>,
    price_currency: Option<String>,
    cost_amount: Option<Decimal>,
    cost_currency: Option<String>,
    order_parameters: Option<Value>,
    fulfilment_parameters: Option<Value>,
    as_of: OffsetDateTime,
    detailed_at: Option<OffsetDateTime>,
    is_over: bool,
    is_outdated: bool,
    detail_wanted_at: Option<OffsetDateTime>,
    detail_failed_at: Option<OffsetDateTime>,
    detail_unanswered_at: Option<OffsetDateTime>,
}

pub(super) async fn inactive_customer(pool: &PgPool, id: &str) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!(
        "select c.status from subscription s join customer c on c.id = s.customer_id
         where s.id = $1 and c.status <> 'active'",
        id,
    )
    .fetch_optional(pool)
    .await?)
}

pub(super) async fn get(
    db: &mut PgConnection,
    id: &str,
    now: OffsetDateTime,
) -> Result<Option<(Subscription, DetailState)>> {
    let row = sqlx::query_as!(
        DetailRow,
        r#"select s.id as "id!", s.name as "name!", s.status as "status!", s.customer_id as "customer_id!",
           c.name as "customer_name?", s.auto_renew, s.created_on,
           s.renews_on, s.expires_on, s.modified_on, s.billing_model, s.billing_period_type, s.billing_period_length,
           s.term_type, s.term_length, s.attributes as "attributes!", s.plan_id, p.name as "plan_name?", s.vendor, s.seats,
           s.price_amount, s.price_currency, s.cost_amount, s.cost_currency, s.order_parameters,
           s.fulfilment_parameters, s.as_of as "as_of!", s.detailed_at, s.status in ('terminated', 'removed') as "is_over!",
           s.detail_key is distinct from s.list_key as "is_outdated!", s.detail_wanted_at, s.detail_failed_at,
           s.detail_unanswered_at
           from subscription s left join customer c on c.id = s.customer_id left join plan p on p.id = s.plan_id
           where s.id = $1"#,
        id,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.read(now)))
}

/// Whether the caller is the one to read the detail now: false where its state is no longer `seen`.
pub(super) async fn want_detail(pool: &PgPool, id: &str, seen: &DetailState, now: OffsetDateTime) -> Result<bool> {
    let wanted = sqlx::query!(
        "update subscription set detail_wanted_at = $2
         where id = $1 and detail_wanted_at is not distinct from $3 and detailed_at is not distinct from $4",
        id,
        now,
        seen.wanted_at,
        seen.detailed_at,
    );
    Ok(wanted.execute(pool).await?.rows_affected() == 1)
}

struct LineRow {
    line: i32,
    product_id: Option<String>,
    mpn: Option<String>,
    vendor: Option<String>,
    name: String,
    seats: i32,
    unit_price: Option<Decimal>,
    unit_cost: Option<Decimal>,
    extended_price: Option<Decimal>,
    price_currency: Option<String>,
    cost_currency: Option<String>,
    vendor_subscription_id: Option<String>,
}

pub(super) async fn lines(db: &mut PgConnection, subscription_id: &str) -> Result<Vec<ProductLine>> {
    let rows = sqlx::query_as!(
        LineRow,
        "select line, product_id, mpn, vendor, name, seats, unit_price, unit_cost, extended_price, price_currency,
         cost_currency, vendor_subscription_id from product_line where subscription_id = $1 order by line",
        subscription_id,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(ProductLine::try_from).collect()
}

/// Walks the index from vendor to vendor, so that the time depends on how many there are, not on the subscriptions.
pub(super) async fn vendors(pool: &PgPool) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar!(
        r#"with recursive known as (
            (select vendor from subscription where vendor is not null order by vendor limit 1)
            union all
            select (select s.vendor from subscription s where s.vendor > known.vendor order by s.vendor limit 1)
            from known where known.vendor is not null
        )
        select vendor as "vendor!" from known where vendor is not null"#,
    )
    .fetch_all(pool)
    .await?)
}

impl From<ListRow> for SubscriptionRow {
    fn from(row: ListRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            status: row.status,
            customer_id: row.customer_id,
            customer_name: row.customer_name,
            vendor: row.vendor,
            seats: row.seats,
            auto_renew: row.auto_renew,
            renews_on: row.renews_on,
            created_on: row.created_on,
            term: Period::read(row.term_type, row.term_length),
            billing_period: Period::read(row.billing_period_type, row.billing_period_length),
            price: money(row.price_amount, row.price_currency.as_deref()),
            change_under_way: row.change_under_way,
            as_of: row.as_of,
        }
    }
}

impl DetailRow {
    fn read(self, now: OffsetDateTime) -> (Subscription, DetailState) {
        let state = DetailState {
            is_over: self.is_over,
            is_outdated: self.is_outdated,
            detailed_at: self.detailed_at,
            wanted_at: self.detail_wanted_at,
            failed_at: self.detail_failed_at,
            unanswered_at: self.detail_unanswered_at,
        };
        let subscription = Subscription {
            id: self.id,
            name: self.name,
            status: self.status,
            customer_id: self.customer_id,
            customer_name: self.customer_name,
            auto_renew: self.auto_renew,
            created_on: self.created_on,
            renews_on: self.renews_on,
            expires_on: self.expires_on,
            modified_on: self.modified_on,
            billing_model: self.billing_model,
            billing_period: Period::read(self.billing_period_type, self.billing_period_length),
            term: Period::read(self.term_type, self.term_length),
            attributes: self.attributes,
            plan_id: self.plan_id,
            plan_name: self.plan_name,
            vendor: self.vendor,
            seats: self.seats,
            price: money(self.price_amount, self.price_currency.as_deref()),
            cost: money(self.cost_amount, self.cost_currency.as_deref()),
            order_parameters: self.order_parameters,
            fulfilment_parameters: self.fulfilment_parameters,
            lines: Vec::new(),
            as_of: self.as_of,
            detailed_at: self.detailed_at,
            reading: state.reading(now),
        };
        (subscription, state)
    }
}

impl TryFrom<LineRow> for ProductLine {
    type Error = Error;

    fn try_from(row: LineRow) -> Result<Self> {
        Ok(Self {
            line: row.line,
            product_id: row.product_id,
            mpn: row.mpn,
            vendor: row.vendor,
            name: row.name,
            seats: Seats::new(row.seats.into()).map_err(|error| Error::Stored(error.to_string()))?,
            unit_price: money(row.unit_price, row.price_currency.as_deref()),
            unit_cost: money(row.unit_cost, row.cost_currency.as_deref()),
            extended_price: money(row.extended_price, row.price_currency.as_deref()),
            vendor_subscription_id: row.vendor_subscription_id,
        })
    }
}
