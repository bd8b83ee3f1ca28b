//! Filtering orders.

use crate::error::ApiError;
use crate::http::{Params, page};
use crate::state::{Order, State};
use crate::wire;
use marketplace::models::{self, Page};

const STATUSES: [&str; 5] = ["submitted", "processing", "error", "completed", "cancelled"];

/// The orders of a reseller's customers, newest first.
pub(in crate::operations) fn page_of(
    state: &State,
    params: &Params,
    largest_page: u32,
    reseller: u32,
) -> Result<Page<models::Order>, ApiError> {
    let window = params.window(largest_page)?;
    let (customer, subscription) = (params.id("customerId")?, params.id("subscriptionId")?);
    let status = params.one_of("status", &STATUSES)?;
    let (from, until) = (params.date_time("creationTimeFrom")?, params.date_time("creationTimeTo")?);
    let (order_number, code) = (params.text("orderNumber"), params.text("statusCode"));
    let matching = state.orders.iter().rev().filter(|order| {
        customer.is_none_or(|id| order.customer == id)
            && subscription.is_none_or(|id| acts_on(order, id))
            && status.is_none_or(|status| status.eq_ignore_ascii_case(wire::order_status(order.status).as_str()))
            && code.is_none_or(|code| code == order.status.code())
            && from.is_none_or(|from| from <= order.created)
            && until.is_none_or(|until| order.created <= until)
            && order_number.is_none_or(|number| number == order.number.to_string())
            && state.belongs_to(order.customer, reseller)
    });
    Ok(page(matching, window, wire::order))
}

fn acts_on(order: &Order, subscription: u32) -> bool {
    order.touches().contains(&subscription)
}
