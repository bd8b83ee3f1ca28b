use super::products::{once, tiers};
use super::{Plan, PlanTerm, Product};
use crate::stored::money;
use crate::{Period, Result};
use domain::SeatLimits;
use marketplace::models::{BillingModel, Coterming, Dependency, PlanPeriod, PlanSwitch, PriceType, ProductPrice};
use rust_decimal::Decimal;
use sqlx::PgPool;
use sqlx::types::Json;
use std::collections::HashMap;
use time::OffsetDateTime;

struct ProductRow {
    key: String,
    id: Option<String>,
    mpn: Option<String>,
    vendor: String,
    name: String,
    minimum: Option<Decimal>,
    maximum: Option<Decimal>,
    billing_model: Option<String>,
    billing_period_type: Option<String>,
    billing_period_length: Option<i32>,
    term_type: Option<String>,
    term_length: Option<i32>,
    price_amount: Option<Decimal>,
    price_currency: Option<String>,
    cost_amount: Option<Decimal>,
    cost_currency: Option<String>,
    prices: Json<Vec<ProductPrice>>,
    costs: Json<Vec<ProductPrice>>,
    depends_on: Json<Vec<Dependency>>,
    coterming: Option<Json<Coterming>>,
    as_of: OffsetDateTime,
}

pub(super) async fn products(pool: &PgPool, keys: &[String]) -> Result<Vec<Product>> {
    let rows = sqlx::query_as!(
        ProductRow,
        r#"select key, id, mpn, vendor, name, minimum, maximum, billing_model, billing_period_type,
           billing_period_length, term_type, term_length, price_amount, price_currency, cost_amount, cost_currency,
           prices as "prices: Json<Vec<ProductPrice>>", costs as "costs: Json<Vec<ProductPrice>>",
           depends_on as "depends_on: Json<Vec<Dependency>>", coterming as "coterming: Json<Coterming>", as_of
           from product where key = any($1)"#,
        keys,
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(Product::from).collect())
}

/// The vendors by name. Walks the index from vendor to vendor, so that the time depends on how many there are, not on the
/// products; so do the next two.
pub(super) async fn vendors(pool: &PgPool) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar!(
        r#"with recursive known as (
            (select vendor from product order by vendor limit 1)
            union all
            select (select p.vendor from product p where p.vendor > known.vendor order by p.vendor limit 1)
            from known where known.vendor is not null
        )
        select vendor as "vendor!" from known where vendor <> '' order by lower(vendor)"#,
    )
    .fetch_all(pool)
    .await?)
}

/// Every term that a product is sold for.
pub(super) async fn terms(pool: &PgPool) -> Result<Vec<Period>> {
    let terms = sqlx::query_scalar!(
        r#"with recursive known as (
            (select coalesce(term_length, 1)::text || ' ' || term_type as term from product
             where coalesce(term_length, 1)::text || ' ' || term_type is not null
             order by coalesce(term_length, 1)::text || ' ' || term_type limit 1)
            union all
            select (select coalesce(p.term_length, 1)::text || ' ' || p.term_type from product p
                    where coalesce(p.term_length, 1)::text || ' ' || p.term_type > known.term
                    order by coalesce(p.term_length, 1)::text || ' ' || p.term_type limit 1)
            from known where known.term is not null
        )
        select term as "term!" from known where term is not null"#,
    );
    Ok(periods(&terms.fetch_all(pool).await?))
}

/// Every period that a product is billed for.
pub(super) async fn billing_periods(pool: &PgPool) -> Result<Vec<Period>> {
    let billed = sqlx::query_scalar!(
        r#"with recursive known as (
            (select coalesce(billing_period_length, 1)::text || ' ' || billing_period_type as period from product
             where coalesce(billing_period_length, 1)::text || ' ' || billing_period_type is not null
             order by coalesce(billing_period_length, 1)::text || ' ' || billing_period_type limit 1)
            union all
            select (select coalesce(p.billing_period_length, 1)::text || ' ' || p.billing_period_type from product p
                    where coalesce(p.billing_period_length, 1)::text || ' ' || p.billing_period_type > known.period
                    order by coalesce(p.billing_period_length, 1)::text || ' ' || p.billing_period_type limit 1)
            from known where known.period is not null
        )
        select period as "period!" from known where period is not null"#,
    );
    Ok(periods(&billed.fetch_all(pool).await?))
}

/// Written as the index has them: the length and the unit.
fn periods(written: &[String]) -> Vec<Period> {
    let parts = written.iter().filter_map(|text| text.split_once(' '));
    parts.filter_map(|(length, unit)| Period::read(Some(unit.to_owned()), length.parse().ok())).collect()
}

struct PlanRow {
    id: String,
    name: String,
    short_description: Option<String>,
    long_description: Option<String>,
    published: Option<bool>,
    billing_model: Option<String>,
    billing_period_type: Option<String>,
    billing_period_length: Option<i32>,
    terms: Json<Vec<PlanPeriod>>,
    as_of: OffsetDateTime,
}

pub(super) async fn plans(pool: &PgPool, ids: &[String]) -> Result<Vec<Plan>> {
    let rows = sqlx::query_as!(
        PlanRow,
        r#"select id, name, short_description, long_description, published, billing_model, billing_period_type,
           billing_period_length, terms as "terms: Json<Vec<PlanPeriod>>", as_of from plan where id = any($1)"#,
        ids,
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(Plan::from).collect())
}

pub(super) async fn plans_as_of(pool: &PgPool) -> Result<Option<OffsetDateTime>> {
    Ok(sqlx::query_scalar!("select min(as_of) from plan").fetch_one(pool).await?)
}

/// The switches as the marketplace gave them, and when; none until the plan's detail was read.
pub(super) async fn switches(pool: &PgPool, id: &str) -> Result<(Option<Vec<PlanSwitch>>, Option<OffsetDateTime>)> {
    let row = sqlx::query!(
        r#"select switches as "switches: Json<Vec<PlanSwitch>>", detailed_at from plan where id = $1"#,
        id,
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map_or((None, None), |row| (row.switches.map(|switches| switches.0), row.detailed_at)))
}

pub(super) async fn plan_names(pool: &PgPool, ids: &[String]) -> Result<HashMap<String, String>> {
    let rows = sqlx::query!("select id, name from plan where id = any($1)", ids).fetch_all(pool).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

impl From<ProductRow> for Product {
    fn from(row: ProductRow) -> Self {
        Self {
            key: row.key,
            id: row.id,
            mpn: row.mpn,
            vendor: row.vendor,
            name: row.name,
            term: Period::read(row.term_type, row.term_length),
            billing_period: Period::read(row.billing_period_type, row.billing_period_length),
            billing_model: row.billing_model.as_deref().map(BillingModel::from),
            limits: SeatLimits::from_catalogue(row.minimum, row.maximum),
            price: money(row.price_amount, row.price_currency.as_deref()),
            cost: money(row.cost_amount, row.cost_currency.as_deref()),
            price_tiers: tiers(&row.prices),
            cost_tiers: tiers(&row.costs),
            setup_price: once(&row.prices, &PriceType::Setup),
            depends_on: row.depends_on.0,
            coterming: row.coterming.map(|coterming| coterming.0),
            as_of: row.as_of,
        }
    }
}

impl From<PlanRow> for Plan {
    fn from(row: PlanRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            short_description: row.short_description.filter(|text| !text.trim().is_empty()),
            long_description: row.long_description.filter(|text| !text.trim().is_empty()),
            published: row.published,
            billing_model: row.billing_model.as_deref().map(BillingModel::from),
            billing_period: Period::read(row.billing_period_type, row.billing_period_length),
            terms: row.terms.0.into_iter().filter_map(|told| term(&told)).collect(),
            as_of: row.as_of,
        }
    }
}

fn term(told: &PlanPeriod) -> Option<PlanTerm> {
    let period = Period::from_marketplace(&told.period)?;
    Some(PlanTerm { period, trial: told.trial == Some(true), on_sale: told.active != Some(false) })
}
