//! Orders that the marketplace took and does not show, and those whose subscription it does not show. Either may be shown in a
//! moment, or never again.

use super::progress::{Held, News, move_on, state_of_status};
use super::sql::{self, Hidden};
use crate::{Backend, Result, health, sync};
use domain::{IntentState, SubscriptionId};
use marketplace::Priority;
use marketplace::models::OrderStatus;
use time::{Duration, OffsetDateTime};

/// After this what is not shown is taken to be gone.
const PATIENCE: Duration = Duration::minutes(15);

/// How often it is asked for until then.
const PAUSE: Duration = Duration::minutes(1);

/// Whether what the intent's order is about has not been shown for so long that nobody waits for it any more.
pub(super) fn for_long(intent: &Held, now: OffsetDateTime) -> bool {
    intent.hidden_since.is_some_and(|since| now - since >= PATIENCE)
}

/// The order is not shown. The list of orders may still say how it ended.
pub(super) async fn order(backend: &Backend, intent: &Held, again: Duration) -> Result<()> {
    let now = backend.clock.now();
    let listed = sql::listed_status(&backend.pool, intent.order_id.as_deref().unwrap_or_default()).await?;
    let state = state_of_status(listed.as_deref().map(OrderStatus::from).as_ref());
    if state.is_final() && intent.state.may_become(state) {
        if state == IntentState::Completed && !seats_read(backend, intent).await? {
            return subscription(backend, intent).await;
        }
        let problem = "The marketplace lists the order like this, and does not show its details.".to_owned();
        return move_on(backend, intent, state, News { problem: Some(problem), ..News::default() }).await;
    }
    let since = intent.hidden_since.unwrap_or(now);
    let problem = format!(
        "Since {} the marketplace does not show this order any more. Look for it in the marketplace's own panel.",
        health::moment(since)
    );
    let again = if for_long(intent, now) { again } else { PAUSE };
    sql::follow(&backend.pool, intent.id, now + again, Some(Hidden { since, problem: &problem })).await
}

/// The order is completed, and its subscription is not shown: the seats are not known.
pub(super) async fn subscription(backend: &Backend, intent: &Held) -> Result<()> {
    let now = backend.clock.now();
    let since = intent.hidden_since.unwrap_or(now);
    let problem = "The marketplace says that the order is completed and does not show its subscription yet, so the seats are \
                   not known.";
    sql::follow(&backend.pool, intent.id, now + PAUSE, Some(Hidden { since, problem })).await
}

/// Whether the subscription that the order is about was read, or nobody waits for it any more.
async fn seats_read(backend: &Backend, intent: &Held) -> Result<bool> {
    let Some(id) = intent.subscription_id.as_deref().map(SubscriptionId::from) else { return Ok(true) };
    match sync::refresh_subscription(backend, &id, Priority::People).await {
        Err(error) if error.is_hidden() => Ok(for_long(intent, backend.clock.now())),
        read => read.map(|_| true),
    }
}
