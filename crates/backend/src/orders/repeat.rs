//! The same order twice within minutes: mostly somebody who does not know that the first one went through.

use super::draft::Checked;
use super::place::MARK;
use super::sql;
use crate::staff::Staff;
use crate::{Backend, Error, Result};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// For how long the same order is thought to be the same wish.
const WITHIN: Duration = Duration::minutes(10);

/// The same order, placed by the same person a moment ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlacedBefore {
    /// Its intent.
    pub intent_id: Uuid,
    /// When it was placed.
    pub placed_at: OffsetDateTime,
}

/// The latest order with the same body that the person placed in the last minutes and that neither failed nor was
/// cancelled.
pub(super) async fn placed_before(backend: &Backend, staff: &Staff, order: &Checked) -> Result<Option<PlacedBefore>> {
    let body = serde_json::to_value(order.request())?;
    let since = backend.clock.now() - WITHIN;
    sql::placed_before(&backend.pool, staff.id, &order.customer_id, &body, MARK, since).await
}

/// What is to be ticked to place it all the same.
pub(super) fn tick() -> Error {
    Error::invalid(
        "another",
        "You placed the same order a moment ago. Look at it first, then tick “Place another one” if you want two",
    )
}
