//! The same order twice: mostly somebody who does not know that the first one went through, or that a colleague placed it.

use super::draft::Checked;
use super::place::MARK;
use super::sql;
use crate::staff::Staff;
use crate::{Backend, Error, Result};
use sqlx::PgExecutor;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// For how long the same order is thought to be the same wish.
const WITHIN: Duration = Duration::minutes(10);

/// The same order, placed by the same person a moment ago, or by anybody and not settled yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedBefore {
    /// Its intent.
    pub intent_id: Uuid,
    /// When it was placed.
    pub placed_at: OffsetDateTime,
    /// Who placed it.
    pub placed_by: String,
    /// It was the same person.
    pub own: bool,
    /// It has not been sent, or nobody knows yet whether it arrived.
    pub unsettled: bool,
}

/// The latest order with the same body that the person placed in the last minutes and that neither failed nor was
/// cancelled. For something new also one that waits to be sent, or may have arrived, whoever placed it and whenever:
/// nothing else stands in its way.
pub(super) async fn placed_before(
    db: impl PgExecutor<'_>,
    backend: &Backend,
    staff: &Staff,
    order: &Checked,
) -> Result<Option<PlacedBefore>> {
    let body = serde_json::to_value(order.request())?;
    let since = backend.clock.now() - WITHIN;
    sql::repeat::placed_before(db, staff.id, &order.customer_id, &body, MARK, since).await
}

/// What is to be ticked to place it all the same.
pub(super) fn tick() -> Error {
    Error::invalid(
        "another",
        "The same order was placed already. Look at it first, then tick “Place another one” if you want two",
    )
}
