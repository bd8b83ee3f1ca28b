use super::{Reseller, ResellerName, ResellerRow};
use crate::{Error, Result};
use serde_json::Value;
use sqlx::PgPool;
use time::OffsetDateTime;

pub(super) async fn rows(pool: &PgPool, ids: &[String]) -> Result<Vec<ResellerRow>> {
    Ok(sqlx::query_as!(
        ResellerRow,
        r#"select r.id, r.name, r.status, r.external_id, r.city, r.country_code, r.currency, r.as_of,
           case when r.customers_as_of is not null then (select count(*) from customer c where c.reseller_id = r.id) end
               as customers
           from reseller r where r.id = any($1)"#,
        ids,
    )
    .fetch_all(pool)
    .await?)
}

pub(super) async fn has_any(pool: &PgPool) -> Result<bool> {
    Ok(sqlx::query_scalar!(r#"select exists (select from reseller) as "any!""#).fetch_one(pool).await?)
}

pub(super) async fn names(pool: &PgPool) -> Result<Vec<ResellerName>> {
    let names = sqlx::query_as!(ResellerName, "select id, name from reseller order by lower(name), id");
    Ok(names.fetch_all(pool).await?)
}

/// An empty number is nobody's.
pub(super) async fn namesakes(pool: &PgPool, name: &str, external_id: &str) -> Result<Vec<ResellerName>> {
    Ok(sqlx::query_as!(
        ResellerName,
        "select id, name from reseller where lower(name) = lower($1) or (external_id = $2 and $2 <> '')
         order by name, id limit 5",
        name,
        external_id,
    )
    .fetch_all(pool)
    .await?)
}

pub(super) async fn languages(pool: &PgPool) -> Result<Vec<String>> {
    let languages = sqlx::query_scalar!("select distinct language from reseller where language is not null order by 1");
    Ok(languages.fetch_all(pool).await?.into_iter().flatten().collect())
}

struct DetailRow {
    id: String,
    name: String,
    status: String,
    external_id: Option<String>,
    tax_reg_id: Option<String>,
    language: Option<String>,
    address: Option<Value>,
    contacts: Value,
    attributes: Value,
    currency: Option<String>,
    taxation_provider: Option<String>,
    customer_class: Option<String>,
    customers_as_of: Option<OffsetDateTime>,
    orders_as_of: Option<OffsetDateTime>,
    as_of: OffsetDateTime,
}

pub(super) async fn get(pool: &PgPool, id: &str) -> Result<Option<Reseller>> {
    let row = sqlx::query_as!(
        DetailRow,
        "select id, name, status, external_id, tax_reg_id, language, address, contacts, attributes, currency,
             taxation_provider, customer_class, customers_as_of, orders_as_of, as_of
         from reseller where id = $1",
        id,
    )
    .fetch_optional(pool)
    .await?;
    row.map(Reseller::try_from).transpose()
}

impl TryFrom<DetailRow> for Reseller {
    type Error = Error;

    fn try_from(row: DetailRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            name: row.name,
            status: row.status,
            external_id: row.external_id,
            tax_reg_id: row.tax_reg_id,
            language: row.language,
            address: row.address.map(serde_json::from_value).transpose()?,
            contacts: serde_json::from_value(row.contacts)?,
            attributes: row.attributes,
            currency: row.currency,
            taxation_provider: row.taxation_provider,
            customer_class: row.customer_class,
            customers_as_of: row.customers_as_of,
            orders_as_of: row.orders_as_of,
            as_of: row.as_of,
        })
    }
}
