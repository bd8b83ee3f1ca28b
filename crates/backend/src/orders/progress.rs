//! How an intent moves on: the new state, what it was told, and its activity row, in one transaction.

use super::sql;
use crate::activity::{self, Actor, Entry};
use crate::approvals::Consent;
use crate::{Backend, Error, Result, sync};
use domain::{IntentState, SubscriptionId};
use marketplace::Priority;
use marketplace::models::{OrderDetailed, OrderLine, OrderStatus};
use std::collections::BTreeSet;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// An intent that the worker holds.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) id: Uuid,
    pub(super) state: IntentState,
    pub(super) customer_id: String,
    pub(super) subscription_id: Option<String>,
    /// It waits for the subscription's renewal.
    pub(super) at_renewal: bool,
    pub(super) po_number: Option<String>,
    pub(super) body: serde_json::Value,
    pub(super) sent_at: Option<OffsetDateTime>,
    pub(super) looks: i32,
    pub(super) order_id: Option<String>,
    pub(super) consent: Consent,
}

/// What an intent became.
#[derive(Clone, Debug, Default)]
pub(super) struct News {
    pub(super) order_id: Option<String>,
    pub(super) order_number: Option<String>,
    pub(super) subscription_id: Option<String>,
    pub(super) correlation_id: Option<String>,
    pub(super) problem: Option<String>,
    /// When to look again; `None` for never.
    pub(super) look_again_in: Option<Duration>,
}

impl News {
    /// What the marketplace says of the order.
    pub(super) fn of_order(order: &OrderDetailed) -> Self {
        Self {
            order_id: Some(order.order.id.to_string()),
            order_number: order.order.order_number.clone(),
            subscription_id: order.subscription_id.as_ref().map(ToString::to_string),
            ..Self::default()
        }
    }
}

/// Moves the intent on. A transition that the state machine does not know is refused.
pub(super) async fn move_on(backend: &Backend, intent: &Held, state: IntentState, news: News) -> Result<()> {
    if !intent.state.may_become(state) {
        return Err(Error::Stored(format!("intent {} cannot go from {} to {state}", intent.id, intent.state)));
    }
    let now = backend.clock.now();
    let mut transaction = backend.pool.begin().await?;
    let moved = sql::move_on(&mut transaction, intent, state, &news, now).await?;
    if moved {
        let entry = Entry {
            customer_id: Some(&intent.customer_id),
            intent_id: Some(intent.id),
            before: Some(intent.state.as_str().into()),
            after: Some(state.as_str().into()),
            correlation_id: news.correlation_id.as_deref(),
            note: news.problem.clone(),
            ..Entry::new(action(state), "order", news.order_id.as_deref().or(intent.order_id.as_deref()).unwrap_or(""))
        };
        activity::record(&mut transaction, now, Actor::Part("order tracking"), entry).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Takes up what the marketplace says of the intent's order, however it was learned: the copy gets the order and, once
/// it is completed, its subscription, because only that tells the seats. Then the intent moves on.
pub(super) async fn take_up(backend: &Backend, intent: &Held, order: &OrderDetailed, news: News) -> Result<()> {
    sync::store_order(&mut *backend.pool.acquire().await?, order, backend.clock.now()).await?;
    let state = state_of(order);
    if state == IntentState::Completed {
        for subscription in subscriptions(order) {
            sync::refresh_subscription(backend, subscription, Priority::People).await?;
        }
    }
    let problem = (state == IntentState::Failed).then(|| {
        let code = order.order.status_code.as_deref().unwrap_or("none");
        format!("The marketplace could not fulfil the order (status code {code}). Look at it in the marketplace's own panel.")
    });
    let look_again_in = news.look_again_in.filter(|_| !state.is_final());
    move_on(backend, intent, state, News { problem, look_again_in, ..news }).await
}

/// Every subscription that the order made or changed: a sale of several plans makes several, moved seats touch two.
fn subscriptions(order: &OrderDetailed) -> BTreeSet<&SubscriptionId> {
    fn of_line(line: &OrderLine) -> [Option<&SubscriptionId>; 3] {
        let target = line.new_subscription.as_ref().and_then(|target| target.id.as_ref());
        [line.subscription_id.as_ref(), line.target_subscription_id.as_ref(), target]
    }
    let named = [order.subscription_id.as_ref(), order.target_subscription_id.as_ref()];
    named.into_iter().chain(order.products.iter().flat_map(of_line)).flatten().collect()
}

/// The intent's state for the order's status. An unheard-of status is still being worked on.
pub(super) fn state_of(order: &OrderDetailed) -> IntentState {
    match &order.order.status {
        Some(OrderStatus::Completed) => IntentState::Completed,
        Some(OrderStatus::Error) => IntentState::Failed,
        Some(OrderStatus::Cancelled) => IntentState::Cancelled,
        Some(OrderStatus::Processing) => IntentState::Processing,
        _ => IntentState::Submitted,
    }
}

fn action(state: IntentState) -> &'static str {
    match state {
        IntentState::Drafted => "order.approval_asked",
        IntentState::Approved => "order.postponed",
        IntentState::Sending => "order.sending",
        IntentState::Unknown => "order.outcome_unknown",
        IntentState::Submitted => "order.submitted",
        IntentState::Processing => "order.processing",
        IntentState::Completed => "order.completed",
        IntentState::Failed => "order.failed",
        IntentState::Cancelled => "order.cancelled",
    }
}
