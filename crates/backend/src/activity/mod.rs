//! Who did what, when, with which marketplace correlation id. Every write leaves a row, in its own transaction. Nothing
//! changes a row or takes one away: the database refuses it, and the chain over the rows ([`verify`]) would show it.

mod chain;
mod denied;
mod export;
mod filter;
mod sql;
#[cfg(test)]
mod tests;

pub use chain::{Break, Hash, Head, InvalidHead, Named, Verdict, verify};
pub use denied::denied;
pub use export::{MAX_ROWS, export};
pub use filter::{Filter, Person};

use crate::{Backend, Result};
use domain::Money;
use serde_json::Value;
use sqlx::PgConnection;
use std::collections::HashMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// Who acts.
#[derive(Clone, Copy, Debug)]
pub enum Actor<'a> {
    /// A staff member, with the name they had at the time.
    Staff(&'a crate::staff::Staff),
    /// A part of Seatboard, such as `order tracking`.
    Part(&'a str),
}

/// What happened to what. Build with [`Entry::new`] and fill in what is known.
#[derive(Clone, Debug, Default)]
pub struct Entry<'a> {
    /// A verb phrase in the past: `order.placed`.
    pub action: &'a str,
    /// What kind of thing: `subscription`, `order`, `report`, `reseller`, `staff`.
    pub subject_kind: &'a str,
    /// Its identifier.
    pub subject_id: &'a str,
    /// The customer concerned.
    pub customer_id: Option<&'a str>,
    /// The intent concerned.
    pub intent_id: Option<Uuid>,
    /// The facts before, as far as they matter.
    pub before: Option<Value>,
    /// The facts after.
    pub after: Option<Value>,
    /// The price at the time, of what has one.
    pub price: Option<Money>,
    /// The marketplace's name for the call.
    pub correlation_id: Option<&'a str>,
    /// A sentence for people.
    pub note: Option<String>,
}

impl<'a> Entry<'a> {
    /// `action` happened to a thing.
    pub fn new(action: &'a str, subject_kind: &'a str, subject_id: &'a str) -> Self {
        Self { action, subject_kind, subject_id, ..Self::default() }
    }
}

/// A row of the trail.
#[derive(Clone, Debug)]
pub struct Activity {
    /// Position in the trail.
    pub id: i64,
    /// When.
    pub at: OffsetDateTime,
    /// Who: a name as it was then.
    pub actor: String,
    /// What, such as `order.placed`.
    pub action: String,
    /// What kind of thing.
    pub subject_kind: String,
    /// Which one.
    pub subject_id: String,
    /// The customer's identifier and name, where one is concerned and known.
    pub customer: Option<(String, String)>,
    /// The intent concerned.
    pub intent_id: Option<Uuid>,
    /// Facts before.
    pub before: Option<Value>,
    /// Facts after.
    pub after: Option<Value>,
    /// The price at the time, of what had one.
    pub price: Option<Money>,
    /// The marketplace's name for the call.
    pub correlation_id: Option<String>,
    /// A sentence for people.
    pub note: Option<String>,
}

/// Writes the row; call it inside the transaction of what it records.
pub async fn record(db: &mut PgConnection, at: OffsetDateTime, actor: Actor<'_>, entry: Entry<'_>) -> Result<()> {
    sql::insert(db, at, actor, entry).await
}

/// The newest rows first, at most `limit`, older than the row `before_id` where given.
pub async fn page(backend: &Backend, before_id: Option<i64>, limit: i64) -> Result<Vec<Activity>> {
    sql::page(&backend.pool, before_id, limit).await
}

/// The newest rows that match the filter, at most `limit`, older than the row `before_id` where given.
pub async fn matching(backend: &Backend, filter: &Filter, before_id: Option<i64>, limit: i64) -> Result<Vec<Activity>> {
    sql::matching(&backend.pool, filter, before_id, limit).await
}

/// The newest rows about customers that the staff member looks after, at most `limit`.
pub async fn of_managed(backend: &Backend, managed_by: Uuid, limit: i64) -> Result<Vec<Activity>> {
    sql::of_managed(&backend.pool, managed_by, limit).await
}

/// The names of what the rows are about, by the rows' own `id`; a thing that is unknown or gone has none.
pub async fn subject_names(backend: &Backend, rows: &[Activity]) -> Result<HashMap<i64, String>> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    sql::subject_names(&backend.pool, &ids).await
}

/// The newest rows about one thing, at most `limit`.
pub async fn of_subject(backend: &Backend, kind: &str, id: &str, limit: i64) -> Result<Vec<Activity>> {
    sql::of_subject(&backend.pool, kind, id, limit).await
}

/// The newest rows that concern one customer, at most `limit`, older than the row `before_id` where given.
pub async fn of_customer(
    backend: &Backend,
    customer_id: &str,
    before_id: Option<i64>,
    limit: i64,
) -> Result<Vec<Activity>> {
    sql::of_customer(&backend.pool, customer_id, before_id, limit).await
}

/// Every row about one intent, the oldest first.
pub async fn of_intent(backend: &Backend, intent_id: Uuid) -> Result<Vec<Activity>> {
    sql::of_intent(&backend.pool, intent_id).await
}
