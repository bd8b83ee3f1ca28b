//! `GET` and `POST /orders`, `POST /orders/estimate`, `GET` and `PATCH /orders/{id}`.

mod list;
mod update;

pub(super) use list::page_of;

use crate::error::ApiError;
use crate::faults::{ProvisioningFails, operation};
use crate::http::{JsonBody, Params, number};
use crate::ordering::{self, Purpose};
use crate::state::{Order, RESELLER_ID};
use crate::wire;
use crate::world::{Shared, World};
use axum::extract::{Path, State};
use axum::routing::{get, patch, post};
use axum::{Extension, Json, Router};
use marketplace::models::{self, Estimate, OrderDetailed, OrderRequest, OrderUpdate, Page};

pub(super) fn routes(world: &Shared) -> Router<Shared> {
    let all = operation(world, "getOrders", get(list)).merge(operation(world, "createOrder", post(create)));
    let one = operation(world, "getOrderDetails", get(one)).merge(operation(world, "updateOrder", patch(change)));
    Router::new()
        .route("/orders", all)
        .route("/orders/estimate", operation(world, "estimateOrder", post(estimate)))
        .route("/orders/{id}", one)
}

async fn list(State(world): State<Shared>, params: Params) -> Result<Json<Page<models::Order>>, ApiError> {
    page_of(&world.state(), &params, world.config.largest_page, RESELLER_ID).map(Json)
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
    let mut draft = ordering::check(&state, &request, Purpose::Order, now)?;
    if world.config.drops_order_attributes {
        draft.attributes.clear();
    }
    let id = ordering::place(&mut state, draft, fails.is_some(), now);
    let order = state.order(id).ok_or_else(|| ApiError::not_found("Order", id))?;
    count(&world, order);
    Ok(Json(wire::order_detail(&state.catalogue, order, world.config.read_back)))
}

async fn change(
    State(world): State<Shared>,
    Path(id): Path<String>,
    JsonBody(update): JsonBody<OrderUpdate>,
) -> Result<Json<OrderDetailed>, ApiError> {
    let number = number("id", &id)?;
    let now = world.clock.now();
    let mut state = world.state();
    update::apply(&mut state, number, &update, now)?;
    let order = state.order(number).ok_or_else(|| ApiError::not_found("Order", &id))?;
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
