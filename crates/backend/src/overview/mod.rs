//! What somebody wants to know first in the morning.

mod sql;
#[cfg(test)]
mod tests;

use crate::order_log::{self, LoggedOrder};
use crate::subscriptions::{self, SubscriptionRow};
use crate::sync::{self, CollectionProgress};
use crate::{Backend, Result};
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

/// Days ahead in which a renewal needs a decision.
pub const DECISION_DAYS: u16 = 30;

/// Rows of each panel.
const ROWS: i64 = 8;

/// Days for which a failure is shown.
const FAILURE_DAYS: i64 = 7;

/// The overview.
#[derive(Clone, Debug)]
pub struct Overview {
    /// How much there is of everything.
    pub figures: Figures,
    /// Renewals of terms of a year or more in the next [`DECISION_DAYS`].
    pub decisions: Decisions,
    /// Orders with an unknown outcome, and those that failed in the last week.
    pub failed: Vec<LoggedOrder>,
    /// Orders completed since [`Overview::since`].
    pub completed: Vec<LoggedOrder>,
    /// A day ago.
    pub since: OffsetDateTime,
    /// How far the copy of each collection is.
    pub copy: Vec<CollectionProgress>,
    /// A marketplace connection is configured.
    pub connected: bool,
}

/// How much there is of the account's own customers; those of resellers below it are not counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Subscriptions with the status `active`.
    pub active_subscriptions: i64,
    /// Their seats, as far as they were read.
    pub seats: i64,
    /// Active subscriptions whose seats were not read yet.
    pub unread: i64,
    /// Customers of any status.
    pub customers: i64,
    /// Orders that have come to no end, with all that were placed here.
    pub open_orders: i64,
}

/// Renewals that somebody should think about.
#[derive(Clone, Debug)]
pub struct Decisions {
    /// How many renew by themselves.
    pub renewing: i64,
    /// How many end.
    pub ending: i64,
    /// How many there are of which the marketplace did not say.
    pub unsaid: i64,
    /// The soonest of them.
    pub rows: Vec<SubscriptionRow>,
}

/// The overview as of now: of everything, or of the customers that the staff member `managed_by` looks after.
pub async fn get(backend: &Backend, managed_by: Option<Uuid>) -> Result<Overview> {
    let now = backend.clock.now();
    let since = now - Duration::DAY;
    let (figures, decisions, failed, completed, copy) = tokio::try_join!(
        sql::figures(&backend.pool, managed_by),
        decisions(backend, managed_by, now.date()),
        order_log::failed(backend, managed_by, now - Duration::days(FAILURE_DAYS), ROWS),
        order_log::completed(backend, managed_by, since, ROWS),
        sync::progress(backend),
    )?;
    Ok(Overview { figures, decisions, failed, completed, since, copy, connected: backend.link.is_connected() })
}

async fn decisions(backend: &Backend, managed_by: Option<Uuid>, today: Date) -> Result<Decisions> {
    let until = today + Duration::days(DECISION_DAYS.into());
    let (rows, (renewing, ending, unsaid)) = tokio::try_join!(
        subscriptions::renewing(backend, managed_by, DECISION_DAYS, ROWS),
        sql::decisions(&backend.pool, managed_by, today, until),
    )?;
    Ok(Decisions { renewing, ending, unsaid, rows })
}
