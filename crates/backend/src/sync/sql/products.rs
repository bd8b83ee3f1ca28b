use super::json;
use crate::Result;
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

#[derive(Serialize)]
pub(in crate::sync) struct ProductRow<'a> {
    pub(in crate::sync) id: Option<&'a str>,
    pub(in crate::sync) mpn: Option<&'a str>,
    pub(in crate::sync) vendor: &'a str,
    pub(in crate::sync) service_name: Option<&'a str>,
    pub(in crate::sync) name: &'a str,
    pub(in crate::sync) minimum: Option<Decimal>,
    pub(in crate::sync) maximum: Option<Decimal>,
    pub(in crate::sync) billing_model: Option<String>,
    pub(in crate::sync) billing_period_type: Option<String>,
    pub(in crate::sync) billing_period_length: Option<i32>,
    pub(in crate::sync) term_type: Option<String>,
    pub(in crate::sync) term_length: Option<i32>,
    pub(in crate::sync) price_amount: Option<Decimal>,
    pub(in crate::sync) price_currency: Option<String>,
    pub(in crate::sync) cost_amount: Option<Decimal>,
    pub(in crate::sync) cost_currency: Option<String>,
    pub(in crate::sync) prices: Value,
    pub(in crate::sync) costs: Value,
    pub(in crate::sync) depends_on: Value,
    pub(in crate::sync) coterming: Option<Value>,
}

/// Answers how many are new or changed. The key is the digest of everything that tells two products apart.
pub(in crate::sync) async fn upsert(
    db: &mut PgConnection,
    rows: &[ProductRow<'_>],
    as_of: OffsetDateTime,
) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"with page as (
            select distinct on (key) * from (
                select *, md5(row(id, mpn, vendor, billing_period_type, billing_period_length, term_type, term_length)
                    ::text) as key
                from jsonb_to_recordset($1) as row (
                    id text, mpn text, vendor text, service_name text, name text, minimum numeric, maximum numeric,
                    billing_model text, billing_period_type text, billing_period_length integer, term_type text,
                    term_length integer, price_amount numeric, price_currency text, cost_amount numeric,
                    cost_currency text, prices jsonb, costs jsonb, depends_on jsonb, coterming jsonb)) as keyed
        ), before as (
            select product.* from product join page using (key)
        ), stored as (
            insert into product (key, id, mpn, vendor, service_name, name, minimum, maximum, billing_model,
                billing_period_type, billing_period_length, term_type, term_length, price_amount, price_currency,
                cost_amount, cost_currency, prices, costs, depends_on, coterming, as_of)
            select key, id, mpn, vendor, service_name, name, minimum, maximum, billing_model,
                billing_period_type, billing_period_length, term_type, term_length, price_amount, price_currency,
                cost_amount, cost_currency, prices, costs, depends_on, coterming, $2 from page
            on conflict (key) do update set
                service_name = excluded.service_name, name = excluded.name, minimum = excluded.minimum,
                maximum = excluded.maximum, billing_model = excluded.billing_model,
                price_amount = excluded.price_amount, price_currency = excluded.price_currency,
                cost_amount = excluded.cost_amount, cost_currency = excluded.cost_currency,
                prices = excluded.prices, costs = excluded.costs, depends_on = excluded.depends_on,
                coterming = excluded.coterming, as_of = excluded.as_of
            returning *
        )
        select count(*) as "changed!" from stored left join before using (key)
        where to_jsonb(before) - 'as_of' is distinct from to_jsonb(stored) - 'as_of'"#,
        json(rows)?,
        as_of,
    )
    .fetch_one(db)
    .await?)
}

/// Removes what a sweep begun at `started_at` did not see, provided it saw all that the marketplace says there are.
pub(in crate::sync) async fn delete_unseen(
    db: &mut PgConnection,
    started_at: OffsetDateTime,
    total: i32,
) -> Result<()> {
    sqlx::query!(
        "delete from product where as_of < $1 and (select count(*) from product where as_of >= $1) >= greatest($2, 1)",
        started_at,
        total,
    )
    .execute(db)
    .await?;
    Ok(())
}
