use super::{Customer, CustomerRow};
use crate::Result;
use sqlx::PgPool;

pub(super) async fn rows(pool: &PgPool, ids: &[String]) -> Result<Vec<CustomerRow>> {
    Ok(sqlx::query_as!(
        CustomerRow,
        r#"select c.id, c.name, c.status, c.external_id, c.city, c.country_code, c.as_of,
           (select count(*) from subscription s where s.customer_id = c.id and s.status = 'active') as "active_subscriptions!"
           from customer c where c.id = any($1)"#,
        ids,
    )
    .fetch_all(pool)
    .await?)
}

pub(super) async fn get(pool: &PgPool, id: &str) -> Result<Option<Customer>> {
    Ok(sqlx::query_as!(
        Customer,
        "select id, name, status, external_id, tax_reg_id, language, address, contacts, as_of from customer where id = $1",
        id,
    )
    .fetch_optional(pool)
    .await?)
}
