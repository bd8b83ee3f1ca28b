//! Renewals and cancellations: orders about a subscription as a whole, without product lines.

use super::{Draft, rules};
use crate::error::ApiError;
use crate::pricing::Remainder;
use crate::state::{Customer, OrderKind, Period, State, Subscription};
use domain::Money;
use marketplace::models::OrderRequest;
use time::OffsetDateTime;

/// Checks a renewal: one more term, paid by its first billing period in full.
pub(super) fn check_renewal(state: &State, request: &OrderRequest, customer: &Customer) -> Result<Draft, ApiError> {
    let subscription = rules::named_subscription(state, request, customer)?;
    if subscription.term == Period::PERPETUAL {
        return Err(ApiError::invalid("subscriptionId", "is perpetual: there is nothing to renew"));
    }
    rules::customer_may_order(customer)?;
    rules::is_active(subscription)?;
    rules::no_other_in_progress(state, subscription, OrderKind::Renewal)?;
    Ok(draft(request, OrderKind::Renewal, subscription, state.period_price(subscription.id)))
}

/// Checks a cancellation: the rest of the billing period is credited.
pub(super) fn check_cancellation(
    state: &State,
    request: &OrderRequest,
    customer: &Customer,
    now: OffsetDateTime,
) -> Result<Draft, ApiError> {
    let subscription = rules::named_subscription(state, request, customer)?;
    rules::is_running(subscription)?;
    rules::no_other_in_progress(state, subscription, OrderKind::Cancellation)?;
    if request.scheduled_on.is_none() {
        rules::vendor_lets_go(state, subscription, now)?;
    }
    let rest = Remainder::of(subscription.billing_period(&state.catalogue, now.date()), now.date());
    let credit = |price: Money| {
        let amount = if request.scheduled_on.is_some() {
            price.amount * rust_decimal::Decimal::ZERO
        } else {
            -rest.share(price.amount)
        };
        Money::new(amount, price.currency)
    };
    Ok(draft(request, OrderKind::Cancellation, subscription, state.period_price(subscription.id).map(credit)))
}

fn draft(request: &OrderRequest, kind: OrderKind, subscription: &Subscription, total: Option<Money>) -> Draft {
    Draft { total, ..Draft::new(request, kind, subscription.customer, Some(subscription.id)) }
}
