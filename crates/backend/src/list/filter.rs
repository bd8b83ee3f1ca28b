//! What a list can be filtered by. Columns are constants of the code; values are always bound.

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
    /// One of the columns contains this text, whatever the case.
    Contains(&'static [&'static str], String),
    /// The date column is in this range, both ends included.
    Between(&'static str, Option<Date>, Option<Date>),
    /// The column is a customer that this staff member looks after.
    ManagedBy(&'static str, Uuid),
    /// The column has no value.
    IsMissing(&'static str),
    /// A condition without values, written in the code.
    Sql(&'static str),
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
            Self::Contains(columns, text) => {
                let pattern = contains(text);
                query.push("(");
                for (index, column) in columns.iter().enumerate() {
                    query.push(if index > 0 { " or " } else { "" });
                    query.push(*column).push(" ilike ").push_bind(pattern.clone());
                }
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
        }
    }
}

/// Earlier than any date the marketplace gives.
const FIRST_DATE: Date = time::macros::date!(0001 - 01 - 01);

/// Later than any date the marketplace gives; `infinity` would let in rows without a date.
const LAST_DATE: Date = time::macros::date!(9999 - 12 - 31);

/// The pattern of texts that contain this one.
pub(crate) fn contains(text: &str) -> String {
    format!("%{}%", escaped(text))
}

/// `like` treats `%`, `_` and `\` specially; people mean them literally.
fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut escaped, character| {
        if matches!(character, '%' | '_' | '\\') {
            escaped.push('\\');
        }
        escaped.push(character);
        escaped
    })
}
