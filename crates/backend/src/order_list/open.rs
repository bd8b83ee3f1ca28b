//! Orders placed here that are not finished, or failed lately.

use super::sql;
use crate::approvals::{Unsent, tell_unsent};
use crate::{Backend, Result};
use domain::IntentState;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// A failure is shown for so long.
const LATELY: Duration = Duration::days(7);

/// An intent that somebody may have to look after, or looks for.
#[derive(Clone, Debug)]
pub struct OpenOrder {
    /// The intent.
    pub id: Uuid,
    /// `sales` or `change`.
    pub kind: String,
    /// Where it stands.
    pub state: IntentState,
    /// The same as a word, which tells what waited for a second person and never left from what was cancelled or failed.
    pub status: String,
    /// For whom.
    pub customer_id: String,
    /// Their name, once it is known.
    pub customer_name: Option<String>,
    /// What was asked for: the names of the products.
    pub products: Vec<String>,
    /// The order's number at the marketplace, once it has one.
    pub order_number: Option<String>,
    /// The customer's purchase order number.
    pub po_number: Option<String>,
    /// Who asked for it.
    pub requested_by: String,
    /// When.
    pub created_at: OffsetDateTime,
    /// Why it failed or is unknown.
    pub problem: Option<String>,
}

/// Every intent that is not at its end, and those that failed in the last 7 days, the newest first: all, or those for
/// customers that the staff member `managed_by` looks after.
pub async fn open(backend: &Backend, managed_by: Option<Uuid>) -> Result<Vec<OpenOrder>> {
    in_words(backend, sql::open(&backend.pool, managed_by, backend.clock.now() - LATELY).await?).await
}

/// Has what never left say so.
pub(super) async fn in_words(backend: &Backend, mut orders: Vec<OpenOrder>) -> Result<Vec<OpenOrder>> {
    let came_to_nothing = |order: &OpenOrder| order.state.came_to_nothing().then_some(order.id);
    let tell = |order: &mut OpenOrder, why: Unsent| why.as_str().clone_into(&mut order.status);
    tell_unsent(backend, &mut orders, came_to_nothing, tell).await?;
    Ok(orders)
}
