//! Reading one object right now, for somebody who waits for it.

use super::{sql, store_order, store_subscription};
use crate::{Backend, Result};
use domain::{OrderId, SubscriptionId};
use marketplace::Priority;
use marketplace::models::{OrderDetailed, SubscriptionDetailed};

/// Reads a subscription with its product lines (`GET /subscriptions/{id}`), stores it and gives it back. One call.
pub async fn refresh_subscription(
    backend: &Backend,
    id: &SubscriptionId,
    priority: Priority,
) -> Result<SubscriptionDetailed> {
    let as_of = backend.clock.now();
    let subscription = backend.marketplace()?.with_priority(priority).subscription(id).await?;
    store_subscription(&mut *backend.pool.acquire().await?, &subscription, as_of).await?;
    Ok(subscription)
}

/// Reads an order with its lines (`GET /orders/{id}`), stores it and gives it back. One call.
pub async fn refresh_order(backend: &Backend, id: &OrderId, priority: Priority) -> Result<OrderDetailed> {
    let as_of = backend.clock.now();
    let order = backend.marketplace()?.with_priority(priority).order(id).await?;
    store_order(&mut *backend.pool.acquire().await?, &order, as_of).await?;
    Ok(order)
}

/// Notes that an order could not be read now.
pub(crate) async fn order_not_readable(backend: &Backend, id: &str) -> Result<()> {
    sql::details::order_failed(&mut *backend.pool.acquire().await?, id, backend.clock.now()).await
}
