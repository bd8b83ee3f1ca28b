//! Cancelling an order, or letting it pass without a credit check.

use crate::error::ApiError;
use crate::state::{Event, OrderStatus, State};
use marketplace::models::OrderUpdate;
use time::{Duration, OffsetDateTime};

/// An order that was on hold is provisioned this long after it was let pass.
const FINISHES_AFTER: Duration = Duration::seconds(8);

/// Applies an update to an order that has not ended. All or nothing.
pub(super) fn apply(state: &mut State, id: u32, update: &OrderUpdate, now: OffsetDateTime) -> Result<(), ApiError> {
    let order = state.order_mut(id).ok_or_else(|| ApiError::not_found("Order", id))?;
    if update.status_code.as_deref().is_some_and(|code| code != "CL") {
        return Err(ApiError::invalid("statusCode", "must be CL"));
    }
    if update.status_code.is_none() && update.credit_check.is_none() {
        return Err(ApiError::invalid("body", "must have creditCheck or statusCode"));
    }
    if !order.status.is_open() {
        return Err(ApiError::invalid("statusCode", format_args!("of order {} cannot change any more", order.number)));
    }
    order.credit_check = update.credit_check.unwrap_or(order.credit_check);
    let passes = order.status == OrderStatus::OnHold && !order.credit_check;
    if update.status_code.is_some() {
        state.cancel_order(id, now);
    } else if passes {
        order.status = OrderStatus::Provisioning;
        state.schedule(now + FINISHES_AFTER, Event::FinishOrder(id));
    }
    Ok(())
}
