//! What was placed here and is not settled, and what became of it: whoever closes the laptop while an order is placed
//! finds out here.

mod sql;
#[cfg(test)]
mod tests;

use crate::approvals::{Unsent, tell_unsent};
use crate::orders::IntentLine;
use crate::staff::Staff;
use crate::{Backend, Result};
use domain::IntentState;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// How long a settled order is told to the person who placed it: over a weekend.
pub const TOLD: Duration = Duration::days(3);

/// Rows of each list.
const ROWS: i64 = 8;

/// An order placed here.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The intent.
    pub id: Uuid,
    /// What sort of order, as the marketplace names it.
    pub kind: String,
    /// Where it stands.
    pub state: IntentState,
    /// It waited for a second person and never left: why.
    pub unsent: Option<Unsent>,
    /// For whom.
    pub customer_id: String,
    /// Their name, once it is known.
    pub customer_name: Option<String>,
    /// The lines in words.
    pub lines: Vec<IntentLine>,
    /// Carried out with the subscription's renewal, not at once.
    pub at_renewal: bool,
    /// The marketplace has it, or had it.
    pub ordered: bool,
    /// Who placed it.
    pub placed_by: String,
    /// Who asks placed it.
    pub own: bool,
    /// When it was placed.
    pub placed_at: OffsetDateTime,
    /// When it was completed, failed or was cancelled.
    pub settled_at: Option<OffsetDateTime>,
    /// Why it failed or is unknown, in words.
    pub problem: Option<String>,
}

/// The orders that somebody wants to hear of.
#[derive(Clone, Debug, Default)]
pub struct UnderWay {
    /// Not settled and to be done now; one's own first, then the newest.
    pub now: Vec<Placed>,
    /// To be done with a renewal.
    pub with_renewal: Vec<Placed>,
    /// One's own that were settled in the last [`TOLD`], the latest first.
    pub settled: Vec<Placed>,
}

/// What is under way for the person: of all customers, or of those that the staff member `managed_by` looks after. One's
/// own orders are always told.
pub async fn get(backend: &Backend, staff: &Staff, managed_by: Option<Uuid>) -> Result<UnderWay> {
    let since = backend.clock.now() - TOLD;
    let open = |at_renewal| sql::open(&backend.pool, staff.id, managed_by, at_renewal, ROWS);
    let (now, with_renewal, settled) = tokio::try_join!(open(false), open(true), settled(backend, staff, since))?;
    Ok(UnderWay { now, with_renewal, settled })
}

async fn settled(backend: &Backend, staff: &Staff, since: OffsetDateTime) -> Result<Vec<Placed>> {
    let mut settled = sql::settled(&backend.pool, staff.id, since, ROWS).await?;
    let came_to_nothing = |order: &Placed| order.state.came_to_nothing().then_some(order.id);
    tell_unsent(backend, &mut settled, came_to_nothing, |order, why| order.unsent = Some(why)).await?;
    Ok(settled)
}

/// What is not settled of one subscription, the newest first.
pub async fn of_subscription(backend: &Backend, staff: &Staff, subscription_id: &str) -> Result<Vec<Placed>> {
    sql::of_subscription(&backend.pool, staff.id, subscription_id).await
}
