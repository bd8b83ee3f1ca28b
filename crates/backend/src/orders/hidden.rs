//! Orders that the marketplace took and does not show, and those whose subscription it does not show. Either may be shown in a
//! moment, or never again.

use super::progress::{Held, News, move_on, state_of_status};
use super::sql;
use crate::{Backend, Result, health, sync};
use domain::{IntentState, SubscriptionId};
use marketplace::Priority;
use marketplace::models::OrderStatus;
use time::{Duration, OffsetDateTime};

/// After this what is not shown is taken to be gone.
const PATIENCE: Duration = Duration::minutes(15);

/// How often it is asked for until then.
const PAUSE: Duration = Duration::minutes(1);

/// And in so many looks in a row: two that fail for other reasons may be an hour apart.
const LOOKS: i32 = 10;

/// What can be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The order itself.
    Order,
    /// The subscription that it made or changed.
    Subscription,
}

impl Part {
    /// As it is stored.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Subscription => "subscription",
        }
    }
}

/// What is not shown of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotShown {
    pub(super) part: Part,
    /// The first look that missed it.
    pub(super) since: OffsetDateTime,
    /// How many looks in a row missed it.
    pub(super) looks: i32,
}

impl NotShown {
    /// As it was stored; `None` where everything is shown.
    pub(super) fn stored(part: Option<&str>, since: Option<OffsetDateTime>, looks: i32) -> Option<Self> {
        let part = [Part::Order, Part::Subscription].into_iter().find(|known| Some(known.as_str()) == part)?;
        Some(Self { part, since: since?, looks })
    }

    /// Whether the part has not been shown for so long that nobody waits for it any more.
    pub(super) fn for_long(intent: &Held, part: Part, now: OffsetDateTime) -> bool {
        Self::before(intent, part).is_some_and(|it| now - it.since >= PATIENCE && it.looks >= LOOKS)
    }

    /// The part was missed once more.
    fn again(intent: &Held, part: Part, now: OffsetDateTime) -> Self {
        let Self { since, looks, .. } = Self::before(intent, part).unwrap_or(Self { part, since: now, looks: 0 });
        Self { part, since, looks: looks.saturating_add(1) }
    }

    fn before(intent: &Held, part: Part) -> Option<Self> {
        intent.not_shown.filter(|it| it.part == part)
    }
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
    let not_shown = NotShown::again(intent, Part::Order, now);
    let problem = format!(
        "Since {} the marketplace does not show this order any more. Look for it in the marketplace's own panel.",
        health::moment(not_shown.since)
    );
    let again = if NotShown::for_long(intent, Part::Order, now) { again } else { PAUSE };
    sql::follow(&backend.pool, intent.id, now + again, Some((not_shown, &problem))).await
}

/// The order is completed, and its subscription is not shown: the seats are not known.
pub(super) async fn subscription(backend: &Backend, intent: &Held) -> Result<()> {
    let now = backend.clock.now();
    let not_shown = NotShown::again(intent, Part::Subscription, now);
    let problem = "The marketplace says that the order is completed and does not show its subscription yet, so the seats are \
                   not known.";
    sql::follow(&backend.pool, intent.id, now + PAUSE, Some((not_shown, problem))).await
}

/// Whether the subscription that the order is about was read, or nobody waits for it any more.
async fn seats_read(backend: &Backend, intent: &Held) -> Result<bool> {
    let Some(id) = intent.subscription_id.as_deref().map(SubscriptionId::from) else { return Ok(true) };
    match sync::refresh_subscription(backend, &id, Priority::People).await {
        Err(error) if error.is_hidden() => Ok(NotShown::for_long(intent, Part::Subscription, backend.clock.now())),
        read => read.map(|_| true),
    }
}
