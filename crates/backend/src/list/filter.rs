//! What a list can be filtered by. Columns are constants of the code; values are always bound.

use super::search;
use sqlx::{Postgres, QueryBuilder};
use time::Date;
use uuid::Uuid;

/// One condition on the rows.
#[derive(Clone, Debug)]
pub enum Filter {
    /// The column is exactly this text.
    Is(&'static str, String),
    /// The column is one of these texts.
    IsOneOf(&'static str, Vec<String>),
    /// The column is true or false.
    IsTrue(&'static str, bool),
    /// The table's `search` column contains this text, whatever the case. One or two characters are found only where a
    /// word begins with them.
    Contains(String),
    /// The column is a customer whose name contains this text, in the same way.
    OfCustomerNamed(&'static str, String),
    /// The date column is in this range, both ends included.
    Between(&'static str, Option<Date>, Option<Date>),
    /// The column is a customer that this staff member looks after.
    ManagedBy(&'static str, Uuid),
    /// The column has no value.
    IsMissing(&'static str),
    /// A condition without values, written in the code.
    Sql(&'static str),
    /// At least one of these holds, of which there is one.
    AnyOf(Vec<Filter>),
}

impl Filter {
    pub(super) fn push(&self, query: &mut QueryBuilder<Postgres>) {
        match self {
            Self::Is(column, value) => {
                query.push(*column).push(" = ").push_bind(value.clone());
            }
            Self::IsOneOf(column, values) => {
                query.push(*column).push(" = any(").push_bind(values.clone()).push(")");
            }
            Self::IsTrue(column, value) => {
                query.push(*column).push(" = ").push_bind(*value);
            }
            Self::Contains(text) => search::push(query, "search", text),
            Self::OfCustomerNamed(column, name) => {
                query.push(*column).push(" in (");
                push_customers_named(query, name);
                query.push(")");
            }
            Self::Between(column, from, to) => {
                query.push(*column).push(" between ").push_bind(from.unwrap_or(FIRST_DATE));
                query.push(" and ").push_bind(to.unwrap_or(LAST_DATE));
            }
            Self::ManagedBy(column, staff_id) => {
                query.push(*column).push(" in (select m.customer_id from customer_manager m where m.staff_id = ");
                query.push_bind(*staff_id).push(")");
            }
            Self::IsMissing(column) => {
                query.push(*column).push(" is null");
            }
            Self::Sql(condition) => {
                query.push(*condition);
            }
            Self::AnyOf(filters) => {
                for (position, filter) in filters.iter().enumerate() {
                    query.push(if position == 0 { "(" } else { " or " });
                    filter.push(query);
                }
                query.push(")");
            }
        }
    }
}

/// Adds the query for the customers whose name contains the text.
pub(super) fn push_customers_named(query: &mut QueryBuilder<Postgres>, name: &str) {
    query.push("select c.id from customer c where ");
    search::push(query, "c.search", name);
    query.push(" and position(lower(").push_bind(name.to_owned()).push(") in lower(c.name)) > 0");
}

/// Earlier than any date the marketplace gives.
const FIRST_DATE: Date = time::macros::date!(0001 - 01 - 01);

/// Later than any date the marketplace gives; `infinity` would let in rows without a date.
const LAST_DATE: Date = time::macros::date!(9999 - 12 - 31);
