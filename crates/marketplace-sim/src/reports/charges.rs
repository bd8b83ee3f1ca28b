//! What was charged in a period, rebuilt from subscriptions and their completed changes.

use crate::pricing::Remainder;
use crate::state::{OrderKind, OrderStatus, ProductIndex, ProductLine, State, Subscription, SubscriptionStatus};
use std::collections::HashMap;
use time::{Date, Duration};

/// One billing period of one product line.
pub(super) struct BilledLine<'a> {
    pub(super) subscription: &'a Subscription,
    pub(super) line: &'a ProductLine,
    pub(super) seats: u32,
    pub(super) from: Date,
    pub(super) through: Date,
    /// What of the billing period is charged: not all of the first, where it was cut.
    pub(super) part: Remainder,
}

/// Every billing period that began from `from` until (and without) `until`.
pub(super) fn billed(state: &State, from: Date, until: Date) -> impl Iterator<Item = BilledLine<'_>> {
    let seats = SeatHistory::of(state);
    state.own_subscriptions().flat_map(move |subscription| {
        let mut lines = Vec::new();
        for (whole, start) in periods(state, subscription, from, until) {
            lines.extend(subscription.lines.iter().map(|line| BilledLine {
                subscription,
                line,
                seats: seats.on(subscription.id, line, start),
                from: start,
                through: whole.1 - Duration::DAY,
                part: Remainder::of(whole, start),
            }));
        }
        lines
    })
}

/// The day a subscription ended; none while it runs.
pub(super) fn ended(subscription: &Subscription) -> Option<Date> {
    let over = matches!(subscription.status, SubscriptionStatus::Terminated | SubscriptionStatus::Removed);
    over.then(|| subscription.term_end.map_or(subscription.modified, |end| end.min(subscription.modified)))
}

/// Billing periods as first day and the day after the last, each with its first day that was paid for here: the first
/// term may have been cut, or have begun elsewhere.
fn periods(state: &State, subscription: &Subscription, from: Date, until: Date) -> Vec<((Date, Date), Date)> {
    if subscription.status == SubscriptionStatus::Pending {
        return Vec::new();
    }
    let billing = state.catalogue.plan(subscription.plan).billing;
    let stop = ended(subscription).map_or(until, |ended| ended.min(until));
    let mut period = billing.around(subscription.billed_from, from);
    let mut found = Vec::new();
    while period.0 < stop {
        let start = period.0.max(subscription.began);
        if start >= from && start < stop && start >= subscription.created.date() {
            found.push((period, start));
        }
        period = billing.around(subscription.billed_from, period.1);
    }
    found
}

/// Completed changes by subscription and product, oldest first: when, and the seats before.
pub(super) struct SeatHistory(HashMap<(u32, ProductIndex), Vec<(Date, u32)>>);

impl SeatHistory {
    pub(super) fn of(state: &State) -> Self {
        let mut changes: HashMap<_, Vec<_>> = HashMap::new();
        let completed = |kind, status| kind == OrderKind::Change && status == OrderStatus::Completed;
        for order in state.orders.iter().filter(|order| completed(order.kind, order.status)) {
            for line in &order.lines {
                if let Some(subscription) = line.subscription {
                    let on = order.provisioned.unwrap_or(order.created).date();
                    changes.entry((subscription, line.product)).or_default().push((on, line.before));
                }
                if let Some((transfer, into)) = line.transfer.and_then(|transfer| Some((transfer, transfer.into?))) {
                    let on = order.provisioned.unwrap_or(order.created).date();
                    changes.entry((into, transfer.to)).or_default().push((on, transfer.before));
                }
            }
        }
        Self(changes)
    }

    /// The seats of a line at the beginning of a day.
    pub(super) fn on(&self, subscription: u32, line: &ProductLine, day: Date) -> u32 {
        let changes = self.0.get(&(subscription, line.product));
        let next = changes.and_then(|changes| changes.iter().find(|(changed, _)| *changed >= day));
        next.map_or(line.quantity, |(_, before)| *before)
    }
}
