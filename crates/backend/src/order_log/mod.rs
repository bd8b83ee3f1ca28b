//! Orders of the marketplace and intents of ours as one list, for pages about something else: a subscription, a
//! customer, what failed, what was settled.

mod sql;
#[cfg(test)]
mod tests;

use crate::approvals::{Unsent, tell_unsent};
use crate::orders::{self, IntentLine};
use crate::stored::money;
use crate::{Backend, Result};
use domain::{IntentState, Money};
use time::OffsetDateTime;
use uuid::Uuid;

/// An order, placed here or elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct LoggedOrder {
    /// Where its page is: the intent's identifier for an order placed here, otherwise the marketplace's.
    pub id: String,
    /// Placed here.
    pub placed_here: bool,
    /// What sort of order, as the marketplace names it.
    pub kind: String,
    /// The intent's state for an order placed here, or that it never left; otherwise the marketplace's status.
    pub status: String,
    /// The marketplace's number, once it has one.
    pub order_number: Option<String>,
    /// Whose it is.
    pub customer_id: String,
    /// The customer's name, once it was read.
    pub customer_name: Option<String>,
    /// The subscription it is about, where known.
    pub subscription_id: Option<String>,
    /// The customer's purchase order number.
    pub po_number: Option<String>,
    /// When it was created.
    pub created_at: Option<OffsetDateTime>,
    /// When it was provisioned or otherwise came to its end.
    pub settled_at: Option<OffsetDateTime>,
    /// The total of an order placed elsewhere.
    pub total: Option<Money>,
    /// The lines in words, of an order placed here.
    pub lines: Vec<IntentLine>,
    /// Why it failed or is unknown, in words.
    pub problem: Option<String>,
    /// Carried out with the subscription's renewal, not at once.
    pub at_renewal: bool,
    /// The review that places the same once more; only of what failed, and only where that would be right.
    pub again_path: Option<String>,
}

impl LoggedOrder {
    /// Placed here to be done now, and neither completed, failed nor cancelled.
    pub fn under_way(&self) -> bool {
        !self.at_renewal && self.open_here()
    }

    /// Placed here to be done with the renewal, and neither completed, failed nor cancelled.
    pub fn waits_for_renewal(&self) -> bool {
        self.at_renewal && self.open_here()
    }

    fn open_here(&self) -> bool {
        self.state_here().is_some_and(|state| !state.is_final())
    }

    fn intent_that_came_to_nothing(&self) -> Option<Uuid> {
        self.state_here().filter(|state| state.came_to_nothing())?;
        self.id.parse().ok()
    }

    fn state_here(&self) -> Option<IntentState> {
        if self.placed_here { self.status.parse().ok() } else { None }
    }
}

/// Orders about one subscription, the newest first.
pub async fn of_subscription(backend: &Backend, subscription_id: &str, limit: i64) -> Result<Vec<LoggedOrder>> {
    in_words(backend, sql::of_subscription(&backend.pool, subscription_id, limit).await?).await
}

/// Orders of one customer, the newest first.
pub async fn of_customer(backend: &Backend, customer_id: &str, limit: i64) -> Result<Vec<LoggedOrder>> {
    in_words(backend, sql::of_customer(&backend.pool, customer_id, limit).await?).await
}

/// Orders of the account's own customers and all placed here, if their outcome is unknown, or since `since` they failed,
/// never arrived or turned up late, the newest first: all, or those of customers that the staff member `managed_by` looks after.
pub async fn failed(
    backend: &Backend,
    managed_by: Option<Uuid>,
    since: OffsetDateTime,
    limit: i64,
) -> Result<Vec<LoggedOrder>> {
    let mut failed = sql::failed(&backend.pool, managed_by, since, limit).await?;
    let intents: Vec<Uuid> = failed.iter().filter_map(|order| order.id.parse().ok()).collect();
    let mut left = orders::left(backend, &intents).await?;
    for order in &mut failed {
        let left = order.id.parse().ok().and_then(|id: Uuid| left.remove(&id)).unwrap_or_default();
        order.again_path = left.again_path;
        let said: Vec<String> = order.problem.take().into_iter().chain(left.note).collect();
        order.problem = (!said.is_empty()).then(|| said.join(" "));
    }
    in_words(backend, failed).await
}

/// Orders of the account's own customers and all placed here that were completed since `since`, the latest first: all,
/// or those of customers that the staff member `managed_by` looks after.
pub async fn completed(
    backend: &Backend,
    managed_by: Option<Uuid>,
    since: OffsetDateTime,
    limit: i64,
) -> Result<Vec<LoggedOrder>> {
    sql::completed(&backend.pool, managed_by, since, limit).await
}

/// Orders of a reseller's customers, the newest first.
pub async fn of_reseller(backend: &Backend, reseller_id: &str, limit: i64) -> Result<Vec<LoggedOrder>> {
    in_words(backend, sql::of_reseller(&backend.pool, reseller_id, limit).await?).await
}

/// Has what waited for a second person and never left say so.
async fn in_words(backend: &Backend, mut orders: Vec<LoggedOrder>) -> Result<Vec<LoggedOrder>> {
    let tell = |order: &mut LoggedOrder, why: Unsent| why.as_str().clone_into(&mut order.status);
    tell_unsent(backend, &mut orders, LoggedOrder::intent_that_came_to_nothing, tell).await?;
    Ok(orders)
}

impl From<sql::Row> for LoggedOrder {
    fn from(row: sql::Row) -> Self {
        Self {
            total: money(row.total_amount, row.total_currency.as_deref()),
            id: row.id,
            placed_here: row.placed_here,
            kind: row.kind,
            status: row.status,
            order_number: row.order_number,
            customer_id: row.customer_id,
            customer_name: row.customer_name,
            subscription_id: row.subscription_id,
            po_number: row.po_number,
            created_at: row.created_at,
            settled_at: row.settled_at,
            lines: row.lines.and_then(|lines| serde_json::from_value(lines).ok()).unwrap_or_default(),
            problem: row.problem,
            at_renewal: row.at_renewal,
            again_path: None,
        }
    }
}
