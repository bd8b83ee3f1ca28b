//! `GET` and `POST /orders`, `POST /orders/estimate`, `GET /orders/{id}`.

use crate::error::ApiError;
use crate::faults::{ProvisioningFails, operation};
use crate::http::{JsonBody, Params, number, page};
use crate::ordering::{self, Purpose};
use crate::state::Order;
use crate::wire;
use crate::world::{Shared, World};
use axum::extract::{Path, State};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use marketplace::models::{self, Estimate, OrderDetailed, OrderRequest, Page};

const STATUSES: [&str; 5] = ["submitted", "processing", "error", "completed", "cancelled"];

pub(super) fn routes(world: &Shared) -> Router<Shared> {
    let all = operation(world, "getOrders", get(list)).merge(operation(world, "createOrder", post(create)));
    Router::new()
        .route("/orders", all)
        .route("/orders/estimate", operation(world, "estimateOrder", post(estimate)))
        .route("/orders/{id}", operation(world, "getOrderDetails", get(one)))
}

async fn list(State(world): State<Shared>, params: Params) -> Result<Json<Page<models::Order>>, ApiError> {
    let window = params.window(world.config.largest_page)?;
    let (customer, subscription) = (params.id("customerId")?, params.id("subscriptionId")?);
    let status = params.one_of("status", &STATUSES)?;
    let (from, until) = (params.date_time("creationTimeFrom")?, params.date_time("creationTimeTo")?);
    let (order_number, code) = (params.text("orderNumber"), params.text("statusCode"));
    let state = world.state();
    let matching = state.orders.iter().rev().filter(|order| {
        customer.is_none_or(|id| order.customer == id)
            && subscription.is_none_or(|id| acts_on(order, id))
            && status.is_none_or(|status| status.eq_ignore_ascii_case(wire::order_status(order.status).as_str()))
            && code.is_none_or(|code| code == order.status.code())
            && from.is_none_or(|from| from <= order.created)
            && until.is_none_or(|until| order.created <= until)
            && order_number.is_none_or(|number| number == order.number.to_string())
    });
    Ok(Json(page(matching, window, wire::order)))
}

async fn one(State(world): State<Shared>, Path(id): Path<String>) -> Result<Json<OrderDetailed>, ApiError> {
    let state = world.state();
    let order = state.order(number("id", &id)?).ok_or_else(|| ApiError::not_found("Order", &id))?;
    Ok(Json(wire::order_detail(&state.catalogue, order, world.config.read_back)))
}

async fn estimate(
    State(world): State<Shared>,
    JsonBody(request): JsonBody<OrderRequest>,
) -> Result<Json<Estimate>, ApiError> {
    let state = world.state();
    let draft = ordering::check(&state, &request, Purpose::Estimate, world.clock.now())?;
    Ok(Json(wire::estimate(&state.catalogue, &draft, world.config.read_back)))
}

async fn create(
    State(world): State<Shared>,
    fails: Option<Extension<ProvisioningFails>>,
    JsonBody(request): JsonBody<OrderRequest>,
) -> Result<Json<OrderDetailed>, ApiError> {
    let now = world.clock.now();
    let mut state = world.state();
    let draft = ordering::check(&state, &request, Purpose::Order, now)?;
    let id = ordering::place(&mut state, draft, fails.is_some(), now);
    let order = state.order(id).ok_or_else(|| ApiError::not_found("Order", id))?;
    count(&world, order);
    Ok(Json(wire::order_detail(&state.catalogue, order, world.config.read_back)))
}

fn count(world: &World, order: &Order) {
    let mut stats = world.stats();
    stats.orders_created += 1;
    *stats.orders_by_customer.entry(order.customer.to_string()).or_default() += 1;
    if let Some(subscription) = order.subscription {
        *stats.orders_by_subscription.entry(subscription.to_string()).or_default() += 1;
    }
}

fn acts_on(order: &Order, subscription: u32) -> bool {
    order.subscription == Some(subscription) || order.lines.iter().any(|line| line.subscription == Some(subscription))
}
