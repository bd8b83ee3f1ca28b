//! How much of the budget is used, for people to look at.

use super::sql;
use crate::{Backend, Result};
use time::{Duration, OffsetDateTime};

/// The calls made lately, by all processes together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Calls in the last minute.
    pub last_minute: i64,
    /// Calls in the last 24 hours.
    pub last_day: i64,
    /// Until when the marketplace asked to be left alone, if it did.
    pub closed_until: Option<OffsetDateTime>,
    /// The same by operation, the busiest first.
    pub by_operation: Vec<OperationUsage>,
}

/// The calls of one operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationUsage {
    /// The client's name of the operation.
    pub operation: String,
    /// Calls in the last minute.
    pub last_minute: i64,
    /// Calls in the last 24 hours.
    pub last_day: i64,
}

/// What was used of the budget up to now.
pub async fn usage(backend: &Backend) -> Result<Usage> {
    let now = backend.clock.now();
    let by_operation = sql::usage(&backend.pool, now - Duration::days(1), now - Duration::minutes(1)).await?;
    Ok(Usage {
        last_minute: by_operation.iter().map(|operation| operation.last_minute).sum(),
        last_day: by_operation.iter().map(|operation| operation.last_day).sum(),
        closed_until: sql::closed_until(&backend.pool).await?.filter(|until| *until > now),
        by_operation,
    })
}
