//! `GET /plans` and `GET /plans/{id}`.

use crate::error::ApiError;
use crate::faults::operation;
use crate::http::{Params, number, page};
use crate::wire;
use crate::world::Shared;
use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Json, Router};
use marketplace::models::{self, Page};
use serde_json::Value;

pub(super) fn routes(world: &Shared) -> Router<Shared> {
    Router::new()
        .route("/plans", operation(world, "getServicePlans", get(list)))
        .route("/plans/{id}", operation(world, "getServicePlanById", get(one)))
}

async fn list(State(world): State<Shared>, params: Params) -> Result<Json<Page<models::Plan>>, ApiError> {
    let window = params.window(world.config.largest_page)?;
    Ok(Json(page(world.state().catalogue.plans.iter(), window, wire::plan)))
}

async fn one(State(world): State<Shared>, Path(id): Path<String>) -> Result<Json<Value>, ApiError> {
    let number = number("id", &id)?;
    let state = world.state();
    let plan = state.catalogue.plans.iter().find(|plan| plan.id == number);
    plan.map(|plan| Json(wire::plan_detail(plan))).ok_or_else(|| ApiError::not_found("Service plan", &id))
}
