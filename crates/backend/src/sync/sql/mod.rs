//! The SQL of the copy, a file per table.
//!
//! A page of a list is stored by one statement: its rows arrive as one JSON array, so that no number of columns or
//! rows changes the statement. Facts older than those stored (an answer overtaken by a fresher one) are not stored.
//!
//! `list_key` is a digest of the columns that its statement names, in that order, as Postgres writes a row: a comma between
//! two, nothing for null, quotation marks around what is empty or has a comma in it. What else a page may bring is no part
//! of it. Another digest of the same row has every detail read again, which takes a large account weeks.

pub(super) mod customers;
pub(super) mod details;
pub(super) mod lead;
pub(super) mod orders;
pub(super) mod plans;
pub(super) mod products;
pub(super) mod progress;
pub(super) mod reports;
pub(super) mod resellers;
pub(super) mod subscriptions;

use serde::Serialize;
use serde_json::Value;

time::serde::format_description!(iso_date, Date, "[year]-[month]-[day]");

/// The rows as the statements take them.
fn json(rows: &[impl Serialize]) -> crate::Result<Value> {
    Ok(serde_json::to_value(rows)?)
}
