use super::json;
use crate::Result;
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::Value;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

#[derive(Serialize)]
pub(in crate::sync) struct SubscriptionRow<'a> {
    pub(in crate::sync) id: &'a str,
    pub(in crate::sync) customer_id: &'a str,
    pub(in crate::sync) name: &'a str,
    pub(in crate::sync) status: String,
    pub(in crate::sync) auto_renew: Option<bool>,
    #[serde(with = "super::iso_date::option")]
    pub(in crate::sync) created_on: Option<Date>,
    #[serde(with = "super::iso_date::option")]
    pub(in crate::sync) renews_on: Option<Date>,
    #[serde(with = "super::iso_date::option")]
    pub(in crate::sync) expires_on: Option<Date>,
    #[serde(with = "super::iso_date::option")]
    pub(in crate::sync) modified_on: Option<Date>,
    pub(in crate::sync) billing_model: Option<String>,
    pub(in crate::sync) billing_period_type: Option<String>,
    pub(in crate::sync) billing_period_length: Option<i32>,
    pub(in crate::sync) term_type: Option<String>,
    pub(in crate::sync) term_length: Option<i32>,
    pub(in crate::sync) attributes: Value,
}

/// What only the detail tells.
pub(in crate::sync) struct SubscriptionFacts<'a> {
    pub(in crate::sync) id: &'a str,
    pub(in crate::sync) plan_id: Option<&'a str>,
    pub(in crate::sync) vendor: Option<&'a str>,
    pub(in crate::sync) seats: i64,
    pub(in crate::sync) price_amount: Option<Decimal>,
    pub(in crate::sync) price_currency: Option<String>,
    pub(in crate::sync) cost_amount: Option<Decimal>,
    pub(in crate::sync) cost_currency: Option<String>,
    pub(in crate::sync) order_parameters: Value,
    pub(in crate::sync) fulfilment_parameters: Value,
    pub(in crate::sync) lines: Vec<LineRow<'a>>,
}

#[derive(Serialize)]
pub(in crate::sync) struct LineRow<'a> {
    pub(in crate::sync) line: usize,
    pub(in crate::sync) product_id: Option<&'a str>,
    pub(in crate::sync) mpn: Option<&'a str>,
    pub(in crate::sync) vendor: Option<&'a str>,
    pub(in crate::sync) name: &'a str,
    pub(in crate::sync) seats: i32,
    pub(in crate::sync) unit_price: Option<Decimal>,
    pub(in crate::sync) unit_cost: Option<Decimal>,
    pub(in crate::sync) extended_price: Option<Decimal>,
    pub(in crate::sync) price_currency: Option<String>,
    pub(in crate::sync) cost_currency: Option<String>,
    pub(in crate::sync) vendor_subscription_id: Option<&'a str>,
}

/// Answers how many are new or changed. `listed`: the rows are those of the list, so their digests are kept.
pub(in crate::sync) async fn upsert(
    db: &mut PgConnection,
    rows: &[SubscriptionRow<'_>],
    listed: bool,
    as_of: OffsetDateTime,
) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"with page as (
            select distinct on (id) *, case when $3 then md5(row(id, customer_id, name, status, auto_renew, created_on,
                renews_on, expires_on, modified_on, billing_model, billing_period_type, billing_period_length,
                term_type, term_length, attributes)::text) end as list_key
            from jsonb_to_recordset($1) as row (
                id text, customer_id text, name text, status text, auto_renew boolean, created_on date, renews_on date,
                expires_on date, modified_on date, billing_model text, billing_period_type text,
                billing_period_length integer, term_type text, term_length integer, attributes jsonb)
        ), before as (
            select subscription.id, subscription.list_key from subscription join page using (id)
        ), stored as (
            insert into subscription (id, customer_id, name, status, auto_renew, created_on, renews_on, expires_on,
                modified_on, billing_model, billing_period_type, billing_period_length, term_type, term_length,
                attributes, list_key, as_of)
            select id, customer_id, name, status, auto_renew, created_on, renews_on, expires_on,
                modified_on, billing_model, billing_period_type, billing_period_length, term_type, term_length,
                attributes, list_key, $2 from page
            on conflict (id) do update set
                customer_id = excluded.customer_id, name = excluded.name, status = excluded.status,
                auto_renew = excluded.auto_renew, created_on = excluded.created_on, renews_on = excluded.renews_on,
                expires_on = excluded.expires_on, modified_on = excluded.modified_on,
                billing_model = excluded.billing_model, billing_period_type = excluded.billing_period_type,
                billing_period_length = excluded.billing_period_length, term_type = excluded.term_type,
                term_length = excluded.term_length, attributes = excluded.attributes,
                list_key = coalesce(excluded.list_key, subscription.list_key), as_of = excluded.as_of
            where subscription.as_of <= excluded.as_of
            returning id, list_key
        )
        select count(*) as "changed!" from stored left join before using (id)
        where before.list_key is distinct from stored.list_key"#,
        json(rows)?,
        as_of,
        listed,
    )
    .fetch_one(db)
    .await?)
}

/// What the list says of a subscription now: taken before its detail is asked for, and the key that is stored with it.
pub(in crate::sync) async fn list_key(db: &mut PgConnection, id: &str) -> Result<Option<String>> {
    let key = sqlx::query_scalar!("select list_key from subscription where id = $1", id);
    Ok(key.fetch_optional(db).await?.flatten())
}

/// The key that the detail was last stored with.
pub(in crate::sync) async fn detail_key(db: &mut PgConnection, id: &str) -> Result<Option<String>> {
    let key = sqlx::query_scalar!("select detail_key from subscription where id = $1", id);
    Ok(key.fetch_optional(db).await?.flatten())
}

/// Stores what only the detail tells and replaces the product lines; false when fresher facts are stored already.
pub(in crate::sync) async fn update_detail(
    db: &mut PgConnection,
    facts: &SubscriptionFacts<'_>,
    key: Option<&str>,
    as_of: OffsetDateTime,
) -> Result<bool> {
    let updated = sqlx::query!(
        "update subscription set plan_id = $2, vendor = $3, seats = $4, price_amount = $5, price_currency = $6,
             cost_amount = $7, cost_currency = $8, order_parameters = $9, fulfilment_parameters = $10,
             detail_key = $11, detailed_at = $12, detail_failed_at = null
         where id = $1 and (detailed_at is null or detailed_at <= $12)",
        facts.id,
        facts.plan_id,
        facts.vendor,
        facts.seats,
        facts.price_amount,
        facts.price_currency,
        facts.cost_amount,
        facts.cost_currency,
        facts.order_parameters,
        facts.fulfilment_parameters,
        key,
        as_of,
    )
    .execute(&mut *db)
    .await?;
    if updated.rows_affected() == 1 {
        replace_lines(db, facts).await?;
    }
    Ok(updated.rows_affected() == 1)
}

async fn replace_lines(db: &mut PgConnection, facts: &SubscriptionFacts<'_>) -> Result<()> {
    sqlx::query!("delete from product_line where subscription_id = $1", facts.id).execute(&mut *db).await?;
    sqlx::query!(
        "insert into product_line (subscription_id, line, product_id, mpn, vendor, name, seats, unit_price, unit_cost,
             extended_price, price_currency, cost_currency, vendor_subscription_id)
         select $1, line, product_id, mpn, vendor, name, seats, unit_price, unit_cost, extended_price, price_currency,
             cost_currency, vendor_subscription_id
         from jsonb_to_recordset($2) as row (
             line integer, product_id text, mpn text, vendor text, name text, seats integer, unit_price numeric,
             unit_cost numeric, extended_price numeric, price_currency text, cost_currency text,
             vendor_subscription_id text)",
        facts.id,
        json(&facts.lines)?,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Has those details read again that were read before the day of the last change was over everywhere: the list names
/// only the day, so a second change of that day leaves no trace in it.
pub(in crate::sync) async fn recheck_days_of_change(db: &mut PgConnection, today: Date) -> Result<()> {
    sqlx::query!(
        "update subscription set detail_key = null
         where modified_on <= $1::date - 2 and detailed_at < modified_on + 2 and detail_key is not null
         and status not in ('terminated', 'removed')",
        today,
    )
    .execute(db)
    .await?;
    Ok(())
}
