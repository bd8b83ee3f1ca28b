use super::spend::Charge;
use super::{Customer, CustomerRow, Namesake, Spend};
use crate::resellers::ResellerName;
use crate::stored::{Period, money};
use crate::{Error, Result};
use serde_json::Value;
use sqlx::PgPool;
use time::OffsetDateTime;

pub(super) async fn rows(pool: &PgPool, ids: &[String]) -> Result<Vec<CustomerRow>> {
    Ok(sqlx::query_as!(
        CustomerRow,
        r#"select c.id as "id!", c.name as "name!", c.status as "status!", c.external_id, c.city, c.country_code,
           c.as_of as "as_of!",
           array(select f.name from customer_manager m join staff f on f.id = m.staff_id
               where m.customer_id = c.id order by lower(f.name)) as "managers!",
           (select count(*) from subscription s where s.customer_id = c.id and s.status = 'active') as "active_subscriptions!",
           r.name as "reseller_name?"
           from customer c left join reseller r on r.id = c.reseller_id where c.id = any($1)"#,
        ids,
    )
    .fetch_all(pool)
    .await?)
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
    reseller_id: Option<String>,
    reseller_name: Option<String>,
    as_of: OffsetDateTime,
}

pub(super) async fn get(pool: &PgPool, id: &str) -> Result<Option<Customer>> {
    let row = sqlx::query_as!(
        DetailRow,
        r#"select c.id as "id!", c.name as "name!", c.status as "status!", c.external_id, c.tax_reg_id, c.language,
           c.address, c.contacts as "contacts!", c.attributes as "attributes!", c.reseller_id,
           r.name as "reseller_name?", c.as_of as "as_of!"
           from customer c left join reseller r on r.id = c.reseller_id where c.id = $1"#,
        id,
    )
    .fetch_optional(pool)
    .await?;
    row.map(Customer::try_from).transpose()
}

/// An empty number is nobody's.
pub(super) async fn namesakes(pool: &PgPool, name: &str, external_id: &str) -> Result<Vec<Namesake>> {
    Ok(sqlx::query_as!(
        Namesake,
        "select id, name from customer where lower(name) = lower($1) or (external_id = $2 and $2 <> '')
         order by name, id limit 5",
        name,
        external_id,
    )
    .fetch_all(pool)
    .await?)
}

pub(super) async fn languages(pool: &PgPool) -> Result<Vec<String>> {
    let languages = sqlx::query_scalar!("select distinct language from customer where language is not null order by 1");
    Ok(languages.fetch_all(pool).await?.into_iter().flatten().collect())
}

pub(super) async fn spend(pool: &PgPool, customer_id: &str) -> Result<Spend> {
    let rows = sqlx::query!(
        "select billing_period_type, billing_period_length, price_amount, price_currency, cost_amount, cost_currency
         from subscription where customer_id = $1 and status = 'active'",
        customer_id,
    )
    .fetch_all(pool)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Charge {
            period: Period::read(row.billing_period_type, row.billing_period_length),
            price: money(row.price_amount, row.price_currency.as_deref()),
            cost: money(row.cost_amount, row.cost_currency.as_deref()),
        })
        .collect())
}

impl TryFrom<DetailRow> for Customer {
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
            reseller: row.reseller_id.zip(row.reseller_name).map(|(id, name)| ResellerName { id, name }),
            as_of: row.as_of,
        })
    }
}
