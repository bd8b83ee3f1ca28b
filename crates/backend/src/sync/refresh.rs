//! Reading one object right now, for somebody who waits for it.

use super::details::concerns_one_object;
use super::lists::{store_order_detail, store_subscription_detail};
use super::sql;
use crate::{Backend, Error, Result};
use domain::{OrderId, SubscriptionId};
use marketplace::Priority;
use marketplace::models::{OrderDetailed, SubscriptionDetailed};
use time::Duration;

/// So long the detail of a subscription is left to the process that reads it because somebody opened the subscription: longer
/// than that takes with its repetitions. It is not asked for again before.
pub(crate) const LEFT_TO_READER: Duration = Duration::MINUTE;

/// Reads a subscription with its product lines (`GET /subscriptions/{id}`), stores it and gives it back. One call.
pub async fn refresh_subscription(
    backend: &Backend,
    id: &SubscriptionId,
    priority: Priority,
) -> Result<SubscriptionDetailed> {
    let as_of = backend.clock.now();
    // Before the call: what the list says while the answer is on its way may be of a change that is not in it.
    let key = sql::subscriptions::list_key(&mut *backend.pool.acquire().await?, id.as_str()).await?;
    let subscription = backend.marketplace()?.with_priority(priority).subscription(id).await?;
    let mut db = backend.pool.acquire().await?;
    store_subscription_detail(&mut db, &subscription, key.as_deref(), as_of).await?;
    Ok(subscription)
}

/// Reads an order with its lines (`GET /orders/{id}`), stores it and gives it back. One call.
pub async fn refresh_order(backend: &Backend, id: &OrderId, priority: Priority) -> Result<OrderDetailed> {
    let as_of = backend.clock.now();
    let key = sql::orders::list_key(&mut *backend.pool.acquire().await?, id.as_str()).await?;
    let order = backend.marketplace()?.with_priority(priority).order(id).await?;
    store_order_detail(&mut *backend.pool.acquire().await?, &order, key.as_deref(), as_of).await?;
    Ok(order)
}

/// Notes that the detail of a subscription could not be read now, because of `error`.
pub(crate) async fn subscription_not_read(backend: &Backend, id: &str, error: &Error) -> Result<()> {
    let (mut db, now) = (backend.pool.acquire().await?, backend.clock.now());
    match error {
        Error::Marketplace(error) if concerns_one_object(error) => {
            sql::details::subscription_failed(&mut db, id, now).await
        }
        _ => sql::details::subscription_unanswered(&mut db, id, now).await,
    }
}

/// Notes that an order could not be read now.
pub(crate) async fn order_not_readable(backend: &Backend, id: &str) -> Result<()> {
    sql::details::order_failed(&mut *backend.pool.acquire().await?, id, backend.clock.now()).await
}
