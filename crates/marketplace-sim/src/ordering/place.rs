//! Placing a checked order: from here on it exists.

use super::Draft;
use crate::state::{
    Order, OrderLine, OrderStatus, Period, PlanIndex, ProductLine, State, Subscription, SubscriptionStatus,
};
use std::collections::BTreeMap;
use time::OffsetDateTime;

/// Stores the order, puts it on its way and answers its id. With `fails`, provisioning is going to fail.
pub(crate) fn place(state: &mut State, draft: Draft, fails: bool, now: OffsetDateTime) -> u32 {
    let mut lines = draft.lines;
    let mut subscription = draft.subscription;
    if draft.kind.makes_subscriptions() {
        let ids = create_subscriptions(state, draft.customer, &mut lines, draft.po_number.as_deref(), now);
        subscription = ids.first().copied();
    }
    create_targets(state, draft.customer, &mut lines, draft.po_number.as_deref(), now);
    let id = state.next_order_id();
    let number = state.next_order_number(draft.kind.prefix());
    let order = Order {
        id,
        number,
        kind: draft.kind,
        customer: draft.customer,
        subscription,
        po_number: draft.po_number.map(Into::into),
        created: now,
        provisioned: None,
        status: OrderStatus::WaitingForPayment,
        total: draft.total,
        lines,
        attributes: draft.attributes,
        credit_check: true,
        on_renewal: draft.on_renewal,
        switch: draft.switch,
        first_term: draft.first_term,
        aligned_with: draft.aligned_with,
        billing_dates: draft.billing_dates,
        fails,
    };
    for touched in order.touches() {
        if let Some(subscription) = state.subscription_mut(touched) {
            subscription.open_orders.push(id);
        }
    }
    state.orders.push(order);
    state.schedule_order(id);
    id
}

/// Products of one plan and term land in one subscription.
fn create_subscriptions(
    state: &mut State,
    customer: u32,
    lines: &mut [OrderLine],
    po_number: Option<&str>,
    now: OffsetDateTime,
) -> Vec<u32> {
    let mut made: Vec<(PlanIndex, Period, u32)> = Vec::new();
    for line in lines {
        let product = state.catalogue.product(line.product);
        let (plan, term) = (product.plan, product.term);
        let known = made.iter().find(|(other, other_term, _)| (*other, *other_term) == (plan, term));
        let id = known.map_or_else(|| state.next_subscription_id(), |(.., id)| *id);
        if known.is_none() {
            made.push((plan, term, id));
            state.subscriptions.push(pending(id, customer, plan, term, po_number, now));
        }
        line.subscription = Some(id);
        if let Some(subscription) = state.subscription_mut(id) {
            subscription.lines.push(ProductLine::new(line.product, 0).with(line.target, line.special));
            subscription.parameters.extend(line.parameters.iter().cloned());
        }
    }
    made.into_iter().map(|(.., id)| id).collect()
}

/// Seats that move may leave for a subscription that is not there yet; what was asked for the old one holds for it too.
fn create_targets(
    state: &mut State,
    customer: u32,
    lines: &mut [OrderLine],
    po_number: Option<&str>,
    now: OffsetDateTime,
) {
    for line in lines {
        let Some(transfer) = line.transfer.as_mut().filter(|transfer| transfer.makes_subscription()) else { continue };
        let product = state.catalogue.product(transfer.to);
        let id = state.next_subscription_id();
        let left = line.subscription.and_then(|id| state.subscription(id));
        let parameters = left.map(|left| left.parameters.clone()).unwrap_or_default();
        transfer.into = Some(id);
        state.subscriptions.push(Subscription {
            lines: vec![ProductLine::new(transfer.to, 0).with(transfer.seats, line.special)],
            parameters,
            ..pending(id, customer, product.plan, product.term, po_number, now)
        });
    }
}

fn pending(
    id: u32,
    customer: u32,
    plan: PlanIndex,
    term: Period,
    po_number: Option<&str>,
    now: OffsetDateTime,
) -> Subscription {
    let attributes: BTreeMap<_, _> =
        po_number.map(|number| ("PONumber".to_owned(), number.to_owned())).into_iter().collect();
    Subscription {
        id,
        customer,
        plan,
        term,
        status: SubscriptionStatus::Pending,
        created: now,
        began: now.date(),
        billed_from: now.date(),
        term_start: now.date(),
        term_end: None,
        next_end: None,
        modified: now.date(),
        auto_renew: term != Period::PERPETUAL,
        lines: Vec::new(),
        attributes,
        parameters: Vec::new(),
        po_number: po_number.map(Into::into),
        open_orders: Vec::new(),
        additions: Vec::new(),
    }
}
