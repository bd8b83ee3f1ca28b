//! How an intent moves on: the new state, what it was told, and its activity row, in one transaction.

use super::hidden::{NotShown, Part};
use super::intent::IntentLine;
use super::sql;
use crate::activity::{self, Actor, Entry};
use crate::approvals::Consent;
use crate::{Backend, Error, Result, sync};
use domain::{IntentState, SubscriptionId};
use marketplace::Priority;
use marketplace::models::{OrderDetailed, OrderLine, OrderStatus};
use serde_json::Value;
use std::collections::BTreeSet;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// An intent that the worker holds.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) id: Uuid,
    pub(super) state: IntentState,
    pub(super) kind: String,
    pub(super) customer_id: String,
    pub(super) subscription_id: Option<String>,
    /// It waits for the subscription's renewal.
    pub(super) at_renewal: bool,
    pub(super) po_number: Option<String>,
    pub(super) body: serde_json::Value,
    pub(super) lines: Vec<IntentLine>,
    /// When the price was told that a person agreed to.
    pub(super) estimated_at: OffsetDateTime,
    pub(super) sent_at: Option<OffsetDateTime>,
    /// When the attempt began whose outcome is not known yet.
    pub(super) in_flight_since: Option<OffsetDateTime>,
    /// Calls made so far.
    pub(super) attempts: i32,
    pub(super) looks: i32,
    /// What the marketplace does not show of it.
    pub(super) not_shown: Option<NotShown>,
    pub(super) order_id: Option<String>,
    pub(super) consent: Consent,
}

impl Held {
    /// It was sent, and nobody knows an order of it.
    pub(super) fn is_looked_for(&self) -> bool {
        matches!(self.state, IntentState::Unknown | IntentState::Absent) && self.order_id.is_none()
    }
}

/// What an intent became.
#[derive(Clone, Debug, Default)]
pub(super) struct News {
    pub(super) order_id: Option<String>,
    pub(super) order_number: Option<String>,
    pub(super) subscription_id: Option<String>,
    pub(super) correlation_id: Option<String>,
    pub(super) problem: Option<String>,
    pub(super) problem_kind: Option<ProblemKind>,
    /// The order in the way: its identifier, where it was found, and its number.
    pub(super) blocked_by: Option<String>,
    pub(super) blocked_by_number: Option<String>,
    /// When to look again; `None` for never.
    pub(super) look_again_in: Option<Duration>,
}

/// Why it failed, where pages and lists tell it apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ProblemKind {
    /// Another order stood in the way.
    Conflict,
    /// The price was too old by the time it could be sent.
    TooLate,
    /// The order in whose stead it was to be sent turned up first.
    NotNeeded,
}

impl ProblemKind {
    /// As it is stored.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Conflict => "conflict",
            Self::TooLate => "too_late",
            Self::NotNeeded => "not_needed",
        }
    }
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

/// Moves the intent on, by itself.
pub(super) async fn move_on(backend: &Backend, intent: &Held, state: IntentState, news: News) -> Result<()> {
    move_on_by(backend, Actor::Part(PART), intent, state, news, None).await.map(drop)
}

/// Moves the intent on because of what `actor` said, on the evidence in `before`; answers whether it was still where it
/// was. A transition that the state machine does not know is refused.
pub(super) async fn move_on_by(
    backend: &Backend,
    actor: Actor<'_>,
    intent: &Held,
    state: IntentState,
    news: News,
    evidence: Option<Value>,
) -> Result<bool> {
    if !intent.state.may_become(state) {
        return Err(Error::Stored(format!("intent {} cannot go from {} to {state}", intent.id, intent.state)));
    }
    let now = backend.clock.now();
    let mut transaction = backend.pool.begin().await?;
    let moved = sql::move_on(&mut transaction, intent, state, &news, now).await?;
    if moved {
        let subject = news.order_id.as_deref().or(intent.order_id.as_deref()).unwrap_or("");
        let entry = |action| Entry {
            customer_id: Some(&intent.customer_id),
            intent_id: Some(intent.id),
            before: Some(evidence.clone().unwrap_or_else(|| intent.state.as_str().into())),
            after: Some(state.as_str().into()),
            correlation_id: news.correlation_id.as_deref(),
            note: news.problem.clone(),
            ..Entry::new(action, "order", subject)
        };
        if intent.state == IntentState::Absent {
            activity::record(&mut transaction, now, actor, entry("order.found_late")).await?;
        }
        activity::record(&mut transaction, now, actor, entry(action(state))).await?;
    }
    transaction.commit().await?;
    Ok(moved)
}

/// What is said of an order whose outcome nobody knows.
pub(super) const NO_ANSWER: &str = "The order was sent, but the marketplace's answer did not arrive. Seatboard is looking for \
                                    the order and will not send it again.";

/// Who the trail says it was where nobody did it.
pub(super) const PART: &str = "order tracking";

/// Takes up what the marketplace says of the intent's order, however it was learned: the copy gets the order and, once
/// it is completed, its subscription, because only that tells the seats. Then the intent moves on.
pub(super) async fn take_up(backend: &Backend, intent: &Held, order: &OrderDetailed, news: News) -> Result<()> {
    take_up_by(backend, Actor::Part(PART), intent, order, news, None).await.map(drop)
}

/// The same, because of what `actor` said; answers whether the intent was still where it was.
pub(super) async fn take_up_by(
    backend: &Backend,
    actor: Actor<'_>,
    intent: &Held,
    order: &OrderDetailed,
    news: News,
    evidence: Option<Value>,
) -> Result<bool> {
    sync::store_order(&mut *backend.pool.acquire().await?, order, backend.clock.now()).await?;
    let mut state = state_of(order);
    let may_be_hidden = NotShown::for_long(intent, Part::Subscription, backend.clock.now());
    if state == IntentState::Completed
        && let Err(error) = read_subscriptions(backend, order, may_be_hidden).await
    {
        if intent.order_id.is_some() {
            return Err(error);
        }
        // That the order is there is not lost over this. Following it reads the subscriptions before it says "completed".
        tracing::warn!(%error, intent = %intent.id, "a completed order's subscription could not be read yet");
        state = IntentState::Processing;
    }
    let problem = (state == IntentState::Failed).then(|| {
        let code = order.order.status_code.as_deref().unwrap_or("none");
        format!("The marketplace could not fulfil the order (status code {code}). Look at it in the marketplace's own panel.")
    });
    let look_again_in = news.look_again_in.filter(|_| !state.is_final());
    move_on_by(backend, actor, intent, state, News { problem, look_again_in, ..news }, evidence).await
}

async fn read_subscriptions(backend: &Backend, order: &OrderDetailed, may_be_hidden: bool) -> Result<()> {
    for subscription in subscriptions(order) {
        match sync::refresh_subscription(backend, subscription, Priority::People).await {
            Err(error) if may_be_hidden && error.is_hidden() => {
                tracing::warn!(%error, %subscription, "a completed order's subscription is not shown by the marketplace");
            }
            read => drop(read?),
        }
    }
    Ok(())
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
    state_of_status(order.order.status.as_ref())
}

pub(super) fn state_of_status(status: Option<&OrderStatus>) -> IntentState {
    match status {
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
        IntentState::Approved => "order.approved",
        IntentState::Sending => "order.sending",
        IntentState::Unknown => "order.outcome_unknown",
        IntentState::Absent => "order.absent",
        IntentState::Submitted => "order.submitted",
        IntentState::Processing => "order.processing",
        IntentState::Completed => "order.completed",
        IntentState::Failed => "order.failed",
        IntentState::Cancelled => "order.cancelled",
    }
}
