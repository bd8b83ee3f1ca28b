//! The billing platform's and the vendors' rules.

use crate::error::ApiError;
use crate::faults::conflict_text;
use crate::http::number;
use crate::state::{
    Customer, CustomerStatus, OrderKind, OrderLine, OrderStatus, State, Subscription, SubscriptionStatus,
};
use marketplace::models::OrderRequest;
use time::{Duration, OffsetDateTime};

/// Vendors that take seats back only for some days; all others do so at any time.
const VENDOR_WINDOWS: [(&str, Duration); 1] = [("Northwind Cloud", Duration::days(7))];

/// Only active customers may order.
pub(super) fn customer_may_order(customer: &Customer) -> Result<(), ApiError> {
    if customer.status == CustomerStatus::Active {
        return Ok(());
    }
    Err(ApiError::invalid("customerId", format_args!("{} is not active and cannot order", customer.id)))
}

/// The subscription an order acts on, named by the order or its lines, which must agree; it must be the customer's.
pub(super) fn named_subscription<'a>(
    state: &'a State,
    request: &OrderRequest,
    customer: &Customer,
) -> Result<&'a Subscription, ApiError> {
    let of_lines = request.products.iter().filter_map(|line| line.subscription_id.as_ref());
    let mut named = request.subscription_id.iter().chain(of_lines);
    let first = named.next().ok_or_else(|| ApiError::invalid("subscriptionId", "is required"))?;
    if named.any(|other| other != first) {
        return Err(ApiError::invalid("subscriptionId", "differs between the order and its lines"));
    }
    subscription_of(state, number("subscriptionId", first.as_str())?, customer)
}

/// The subscription, if it is the customer's.
pub(super) fn subscription_of<'a>(
    state: &'a State,
    id: u32,
    customer: &Customer,
) -> Result<&'a Subscription, ApiError> {
    let subscription = state.subscription(id).filter(|subscription| subscription.customer == customer.id);
    subscription.ok_or_else(|| ApiError::no_entity("subscription", id))
}

/// Only active subscriptions can be changed or renewed.
pub(super) fn is_active(subscription: &Subscription) -> Result<(), ApiError> {
    if subscription.status == SubscriptionStatus::Active {
        return Ok(());
    }
    Err(ApiError::invalid("subscriptionId", format_args!("{} is not active", subscription.id)))
}

/// Subscriptions on hold can still be ended.
pub(super) fn is_running(subscription: &Subscription) -> Result<(), ApiError> {
    if subscription.status == SubscriptionStatus::Hold { Ok(()) } else { is_active(subscription) }
}

/// One order of a kind at a time, for each subscription.
pub(super) fn no_other_in_progress(
    state: &State,
    subscription: &Subscription,
    kind: OrderKind,
) -> Result<(), ApiError> {
    match state.order_in_progress(subscription.id, kind) {
        None => Ok(()),
        Some(order) => {
            let status = match order.status {
                OrderStatus::WaitingForPayment => "Waiting for payment(WP)",
                OrderStatus::OnHold => "On hold(HL)",
                _ => "Provisioning is in progress(LO)",
            };
            Err(ApiError::refused(conflict_text(subscription.id, order.number, status)))
        }
    }
}

/// Seats are given back in the first days of the term, or the first days after they were bought.
pub(super) fn vendor_takes_back(
    state: &State,
    subscription: &Subscription,
    lines: &[OrderLine],
    now: OffsetDateTime,
) -> Result<(), ApiError> {
    let Some(window) = window(state, subscription) else { return Ok(()) };
    if is_young(subscription, window, now) {
        return Ok(());
    }
    let refused = lines
        .iter()
        .find(|line| line.target < line.before && line.target < subscription.settled_seats(line.product, now - window));
    match refused {
        None => Ok(()),
        Some(line) => Err(ApiError::refused(format!(
            "Cannot decrease {} of Subscription #{}: the vendor accepts reductions only within {} days of the start of the \
             term or of the purchase of the seats. Schedule the change on renewal instead.",
            state.catalogue.product(line.product).name,
            subscription.id,
            window.whole_days(),
        ))),
    }
}

/// The same window holds for cancellations.
pub(super) fn vendor_lets_go(state: &State, subscription: &Subscription, now: OffsetDateTime) -> Result<(), ApiError> {
    match window(state, subscription) {
        Some(window) if !is_young(subscription, window, now) => Err(ApiError::refused(format!(
            "Cannot cancel Subscription #{}: the vendor accepts cancellations only within {} days of the start of the term. \
             Turn its renewal off instead.",
            subscription.id,
            window.whole_days(),
        ))),
        _ => Ok(()),
    }
}

fn window(state: &State, subscription: &Subscription) -> Option<Duration> {
    let vendor = state.catalogue.plan(subscription.plan).vendor;
    VENDOR_WINDOWS.iter().find(|(name, _)| *name == vendor).map(|(_, window)| *window)
}

fn is_young(subscription: &Subscription, window: Duration, now: OffsetDateTime) -> bool {
    now.date() - subscription.term_start < window
}
