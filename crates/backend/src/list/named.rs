//! A search that finds what is a customer's by that customer's name too.

use super::Filter;
use super::filter::push_customers_named;
use crate::Result;
use sqlx::{PgPool, QueryBuilder, Row};

/// The condition that the table's `search` column contains the text, or that the column is a customer whose name does.
///
/// The customers are looked for first: where they are few, each side of the `or` has its index. Where they are many, the
/// table may be read through, as long as it takes to fill the page and the count.
pub(crate) async fn contains_or_is_of(pool: &PgPool, column: &'static str, text: &str) -> Result<Filter> {
    let mut query = QueryBuilder::new("");
    push_customers_named(&mut query, text);
    query.push(format!(" limit {}", FEW + 1));
    let rows = query.build().persistent(false).fetch_all(pool).await?;
    let ids: Vec<String> = rows.iter().map(|row| row.try_get(0)).collect::<Result<_, sqlx::Error>>()?;
    let contains = Filter::Contains(text.to_owned());
    Ok(match ids.len() {
        0 => contains,
        1..=FEW => Filter::AnyOf(vec![contains, Filter::IsOneOf(column, ids)]),
        _ => Filter::AnyOf(vec![contains, Filter::OfCustomerNamed(column, text.to_owned())]),
    })
}

/// So many customers are told to Postgres one by one.
const FEW: usize = 500;
