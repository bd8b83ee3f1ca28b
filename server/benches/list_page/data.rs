//! Rows to measure with: the same ones for the same number of customers.

use sqlx::{PgPool, Row, raw_sql};

/// Fills the copy with so many customers and ten times the subscriptions, unless it holds them already.
pub(crate) async fn fill(pool: &PgPool, customers: i64) -> Result<(), sqlx::Error> {
    let held: i64 = raw_sql("select count(*) from customer").fetch_one(pool).await?.try_get(0)?;
    if held == customers {
        return Ok(());
    }
    let subscriptions = customers * 10;
    let fill = format!(
        "truncate customer, subscription cascade;
         insert into customer (id, name, status, external_id, city, country_code, contacts, attributes, as_of)
         select (1000000 + n)::text, 'Customer ' || md5(n::text), (array['active', 'active', 'active', 'pending'])[1 + n % 4],
                'CRM-' || n, 'Springfield', 'US', '[]', '{{}}', now()
         from generate_series(1, {customers}) n;
         insert into subscription (id, customer_id, name, status, attributes, as_of)
         select (1300000 + n)::text, (1000001 + n % {customers})::text, 'Plan ' || n % 50,
                (array['active', 'terminated', 'removed', 'removed'])[1 + n % 4], '{{}}', now()
         from generate_series(1, {subscriptions}) n;
         analyze;"
    );
    raw_sql(sqlx::AssertSqlSafe(fill)).execute(pool).await?;
    Ok(())
}

/// The id and sort value of the nth customer by name.
pub(crate) async fn nth_by_name(pool: &PgPool, n: i64) -> Result<(String, String), sqlx::Error> {
    let query = format!("select id, lower(name) from customer order by lower(name), id offset {n} limit 1");
    let row = raw_sql(sqlx::AssertSqlSafe(query)).fetch_one(pool).await?;
    Ok((row.try_get(0)?, row.try_get(1)?))
}
