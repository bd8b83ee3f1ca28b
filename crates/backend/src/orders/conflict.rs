//! Another order stands in the way: a refusal for a reason of business, which passes when that order is done.

use super::judge::has_mark_of;
use super::listing::orders_in;
use super::progress::{Held, News, ProblemKind, move_on, take_up};
use super::sql;
use crate::{Backend, Result, sync};
use domain::{CustomerId, IntentState, OrderId, SubscriptionId};
use marketplace::models::{Order, OrderStatus};
use marketplace::{OrderFilter, Priority};
use time::Duration;

/// How everybody is told of it, who orders, estimates or changes something.
pub fn conflict_in_words(order_number: Option<&str>) -> String {
    let order = order_number.map_or_else(|| "An order".to_owned(), |number| format!("Order {number}"));
    format!("{order} of this subscription is still in progress. Wait until it is done.")
}

/// The intent fails for now, and names the order in its way. That is looked for, so that its page can be gone to; where it
/// is not found, the number that the marketplace named has to do.
pub(super) async fn fail(backend: &Backend, intent: &Held, order_number: Option<&str>, news: News) -> Result<()> {
    let blocking = find(backend, intent, order_number).await.unwrap_or_else(|error| {
        tracing::warn!(%error, intent = %intent.id, "the order in the way could not be looked for");
        None
    });
    // Something between here and the marketplace sent our call twice: what is in the way is our own order.
    if let Some(order) = blocking.as_ref().filter(|order| has_mark_of(order, intent.id)) {
        let order = backend.marketplace()?.with_priority(Priority::People).order(&order.id).await?;
        let news = News {
            look_again_in: Some(Duration::seconds(2)),
            correlation_id: news.correlation_id,
            ..News::of_order(&order)
        };
        return take_up(backend, intent, &order, news).await;
    }
    let number = blocking.as_ref().and_then(|order| order.order_number.clone());
    let number = number.or_else(|| order_number.map(ToOwned::to_owned));
    let news = News {
        problem: Some(conflict_in_words(number.as_deref())),
        problem_kind: Some(ProblemKind::Conflict),
        blocked_by: blocking.map(|order| order.id.to_string()),
        blocked_by_number: number,
        ..news
    };
    move_on(backend, intent, IntentState::Failed, news).await
}

/// Among the open orders of the subscription, else of the customer: the one that was named, or the only one there is.
async fn find(backend: &Backend, intent: &Held, order_number: Option<&str>) -> Result<Option<Order>> {
    let marketplace = backend.marketplace()?.with_priority(Priority::People);
    let reseller = sql::reseller_of(&backend.pool, &intent.customer_id).await?;
    let mut open = Vec::new();
    for status in [OrderStatus::Processing, OrderStatus::Submitted] {
        let filter = OrderFilter {
            customer: Some(CustomerId::from(intent.customer_id.as_str())),
            subscription: intent.subscription_id.as_deref().map(SubscriptionId::from),
            order_number: order_number.map(ToOwned::to_owned),
            ..OrderFilter::default()
        };
        open.extend(orders_in(&marketplace, reseller.as_deref(), filter, status).await?);
    }
    // A filter that the marketplace does not know is ignored by it.
    if let Some(number) = order_number {
        open.retain(|order| order.order_number.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(number)));
    }
    let only = (open.len() == 1).then(|| open.remove(0));
    if let Some(order) = &only {
        sync::refresh_order(backend, &OrderId::from(order.id.as_str()), Priority::People).await?;
    }
    Ok(only)
}
