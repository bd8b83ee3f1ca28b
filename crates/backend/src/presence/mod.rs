//! Who else is at a subscription: two people with a form of it open see each other.

mod sql;
#[cfg(test)]
mod tests;

use crate::staff::Staff;
use crate::{Backend, Result};
use time::{Duration, OffsetDateTime};

/// How long somebody counts as being there after they were seen.
pub const REMEMBERED: Duration = Duration::minutes(5);

/// Somebody who had a form of a subscription open, and may have left it since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Present {
    /// Their name.
    pub name: String,
    /// When that was last known.
    pub seen_at: OffsetDateTime,
}

/// Notes that the person has a form of the subscription open.
pub async fn note(backend: &Backend, staff: &Staff, subscription_id: &str) -> Result<()> {
    let now = backend.clock.now();
    sql::note(&backend.pool, staff.id, subscription_id, now, now - REMEMBERED).await
}

/// The others who had a form of the subscription open lately, the longest there first. Whoever placed an order in it since
/// they were seen has left the form.
pub async fn others(backend: &Backend, staff: &Staff, subscription_id: &str) -> Result<Vec<Present>> {
    sql::others(&backend.pool, staff.id, subscription_id, backend.clock.now() - REMEMBERED).await
}

/// Forgets those who have left.
pub(crate) async fn forget(backend: &Backend) -> Result<()> {
    sql::forget(&backend.pool, backend.clock.now() - REMEMBERED).await
}
