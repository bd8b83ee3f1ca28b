//! Puts the subscriptions in order of age, and writes the orders that led to them.

use super::Dice;
use super::orders::Clerk;
use crate::state::{Event, Order, State, Subscription, SubscriptionStatus, midnight};
use time::{Duration, OffsetDateTime};

/// Gives subscriptions and orders their ids, oldest first and behind those there are, and puts the coming renewals on the
/// agenda.
pub(super) fn write(state: &mut State, mut subscriptions: Vec<Subscription>, dice: Dice, now: OffsetDateTime) {
    subscriptions.sort_by_key(|subscription| (subscription.created, subscription.customer));
    for (subscription, id) in subscriptions.iter_mut().zip(state.next_subscription_id()..) {
        subscription.id = id;
    }
    let mut orders = Vec::new();
    let mut clerk = Clerk { catalogue: &state.catalogue, dice, today: now.date(), opened: 0 };
    for subscription in &mut subscriptions {
        clerk.write(subscription, &mut orders);
    }
    clerk.leave_unfinished(&subscriptions, &mut orders);
    for order in &mut orders {
        happen_by(order, now);
    }
    schedule_renewals(state, &subscriptions);
    state.subscriptions.extend(subscriptions);
    file(state, orders);
}

/// The clerk knows the day; what it put later on today has just happened instead.
fn happen_by(order: &mut Order, now: OffsetDateTime) {
    order.created = order.created.min(now);
    order.provisioned = order.provisioned.map(|at| at.min(now));
}

fn schedule_renewals(state: &mut State, subscriptions: &[Subscription]) {
    let runs = |subscription: &&Subscription| {
        matches!(subscription.status, SubscriptionStatus::Active | SubscriptionStatus::Hold)
    };
    for (id, end) in subscriptions.iter().filter(runs).filter_map(|sub| Some((sub.id, sub.term_end?))) {
        state.schedule(midnight(end), Event::EndTerm(id));
    }
    for over in subscriptions.iter().filter(|subscription| subscription.status == SubscriptionStatus::Terminated) {
        state.schedule(midnight(over.modified + Duration::days(30)), Event::Deprovision(over.id));
    }
}

fn file(state: &mut State, mut orders: Vec<Order>) {
    orders.sort_by_key(|order| (order.created, order.subscription));
    for mut order in orders {
        order.id = state.next_order_id();
        order.number = state.next_order_number(order.kind.prefix());
        if order.status.is_open()
            && let Some(subscription) = order.subscription.and_then(|id| state.subscription_mut(id))
        {
            subscription.open_orders.push(order.id);
        }
        state.orders.push(order);
    }
}
