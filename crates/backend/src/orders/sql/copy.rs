//! What the copy tells of what is ordered, and for whom.

use crate::catalogue::price_varies;
use crate::orders::draft::SeatsNow;
use crate::stored::money;
use crate::{Error, Result};
use domain::{Money, SeatLimits, Seats};
use marketplace::models::{Period, ProductPrice};
use sqlx::PgPool;
use sqlx::types::Json;

pub(in crate::orders) async fn seats_now(pool: &PgPool, subscription_id: &str, line: i32) -> Result<Option<SeatsNow>> {
    let row = sqlx::query!(
        r#"select s.id, s.name, s.status, s.customer_id, c.name as "customer_name?", s.renews_on, s.as_of, s.detailed_at,
           s.billing_period_type, s.billing_period_length, s.term_type, s.term_length,
           l.name as product_name, l.product_id, l.mpn, l.vendor, l.seats,
           l.unit_price, l.price_currency, l.unit_cost, l.cost_currency,
           p.minimum as "minimum?", p.maximum as "maximum?", p.price_amount as "list_amount?", p.price_currency as "list_currency?",
           p.prices as "prices?: Json<Vec<ProductPrice>>",
           (select i.id from intent i where i.subscription_id = s.id
            and not i.at_renewal and i.state not in ('completed', 'failed', 'cancelled', 'absent') limit 1) as under_way,
           (select i.id from intent i where i.subscription_id = s.id
            and i.at_renewal and i.state not in ('completed', 'failed', 'cancelled', 'absent') limit 1) as scheduled
           from subscription s
           join product_line l on l.subscription_id = s.id and l.line = $2
           left join customer c on c.id = s.customer_id
           left join lateral (
               select p.minimum, p.maximum, p.price_amount, p.price_currency, p.prices from product p
               where (p.mpn = l.mpn or (l.mpn is null and p.id = l.product_id))
               and p.billing_period_type is not distinct from s.billing_period_type
               and p.billing_period_length is not distinct from s.billing_period_length
               and p.term_type is not distinct from s.term_type
               and p.term_length is not distinct from s.term_length
               order by p.vendor is distinct from l.vendor, p.key limit 1
           ) p on true
           where s.id = $1"#,
        subscription_id,
        line,
    )
    .fetch_optional(pool)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(SeatsNow {
        subscription_id: row.id,
        subscription_name: row.name,
        status: row.status,
        customer_id: row.customer_id,
        customer_name: row.customer_name,
        line,
        product_name: row.product_name,
        product_id: row.product_id,
        mpn: row.mpn,
        vendor: row.vendor,
        seats: Seats::new(row.seats.into()).map_err(|error| Error::Stored(error.to_string()))?,
        limits: SeatLimits::from_catalogue(row.minimum, row.maximum),
        unit_price: money(row.unit_price, row.price_currency.as_deref()),
        price_varies: row.prices.is_some_and(|prices| price_varies(&prices)),
        list_price: money(row.list_amount, row.list_currency.as_deref()),
        unit_cost: money(row.unit_cost, row.cost_currency.as_deref()),
        billing_period: period(row.billing_period_type.as_deref(), row.billing_period_length),
        term: period(row.term_type.as_deref(), row.term_length),
        renews_on: row.renews_on,
        as_of: row.detailed_at.unwrap_or(row.as_of),
        under_way: row.under_way,
        scheduled: row.scheduled,
    }))
}

pub(in crate::orders) async fn customer_status(pool: &PgPool, id: &str) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!("select status from customer where id = $1", id).fetch_optional(pool).await?)
}

/// What a line of a new order needs of the catalogue.
pub(in crate::orders) struct Product {
    pub(in crate::orders) name: String,
    pub(in crate::orders) id: Option<String>,
    pub(in crate::orders) mpn: Option<String>,
    pub(in crate::orders) vendor: String,
    pub(in crate::orders) limits: SeatLimits,
    pub(in crate::orders) unit_price: Option<Money>,
    pub(in crate::orders) price_varies: bool,
    pub(in crate::orders) billing_period: Option<Period>,
    pub(in crate::orders) term: Option<Period>,
}

pub(in crate::orders) async fn product(pool: &PgPool, key: &str) -> Result<Option<Product>> {
    let row = sqlx::query!(
        r#"select name, id, mpn, vendor, minimum, maximum, price_amount, price_currency, billing_period_type,
           billing_period_length, term_type, term_length, prices as "prices: Json<Vec<ProductPrice>>"
           from product where key = $1"#,
        key,
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map(|row| Product {
        name: row.name,
        id: row.id,
        mpn: row.mpn,
        vendor: row.vendor,
        limits: SeatLimits::from_catalogue(row.minimum, row.maximum),
        unit_price: money(row.price_amount, row.price_currency.as_deref()),
        price_varies: price_varies(&row.prices),
        billing_period: period(row.billing_period_type.as_deref(), row.billing_period_length),
        term: period(row.term_type.as_deref(), row.term_length),
    }))
}

/// The sub-reseller whose customer it is; `None` for the account's own.
pub(in crate::orders) async fn reseller_of(pool: &PgPool, customer_id: &str) -> Result<Option<String>> {
    let found = sqlx::query_scalar!("select reseller_id from customer where id = $1", customer_id);
    Ok(found.fetch_optional(pool).await?.flatten())
}

/// How the copy's list row has the order.
pub(in crate::orders) async fn listed_status(pool: &PgPool, order_id: &str) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!("select status from marketplace_order where id = $1", order_id).fetch_optional(pool).await?)
}

fn period(kind: Option<&str>, length: Option<i32>) -> Option<Period> {
    Some(Period::new(kind?.into(), length?))
}
