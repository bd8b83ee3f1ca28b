//! The control endpoint: outside the API's path, without key or token, for demos and tests.

use crate::faults::{FaultRule, Outage};
use crate::stats::{Effect, Stats};
use crate::wire;
use crate::world::Shared;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};
use time::Duration;

pub(crate) fn router(world: &Shared) -> Router {
    Router::new()
        .route("/control/faults", get(faults).post(add_fault).delete(clear_faults))
        .route("/control/held", get(held))
        .route("/control/release", post(release))
        .route("/control/stats", get(stats))
        .route("/control/effects", get(effects))
        .route("/control/expire-tokens", post(expire_tokens))
        .route("/control/clock", get(clock).post(advance))
        .route("/control/down", post(down))
        .route("/control/up", post(up))
        .with_state(world.clone())
}

async fn faults(State(world): State<Shared>) -> Json<Vec<FaultRule>> {
    Json(world.faults().waiting().to_vec())
}

async fn add_fault(State(world): State<Shared>, Json(rule): Json<FaultRule>) -> Json<Vec<FaultRule>> {
    let mut plan = world.faults();
    plan.add(rule);
    Json(plan.waiting().to_vec())
}

async fn clear_faults(State(world): State<Shared>) -> StatusCode {
    world.faults().clear();
    StatusCode::NO_CONTENT
}

async fn held(State(world): State<Shared>) -> Json<Vec<&'static str>> {
    Json(world.holds.held())
}

async fn release(State(world): State<Shared>) -> StatusCode {
    world.holds.release();
    StatusCode::NO_CONTENT
}

async fn effects(State(world): State<Shared>) -> Json<Vec<Effect>> {
    Json(world.effects().clone())
}

async fn stats(State(world): State<Shared>) -> Json<Stats> {
    Json(world.stats().clone())
}

async fn expire_tokens(State(world): State<Shared>) -> StatusCode {
    world.tokens().expire_all();
    StatusCode::NO_CONTENT
}

async fn clock(State(world): State<Shared>) -> Json<Value> {
    Json(json!({ "now": wire::timestamp(world.clock.now()) }))
}

#[derive(Deserialize)]
struct Advance {
    advance_seconds: u32,
}

async fn advance(State(world): State<Shared>, Json(by): Json<Advance>) -> Json<Value> {
    world.clock.advance(Duration::seconds(by.advance_seconds.into()));
    clock(State(world)).await
}

#[derive(Default, Deserialize)]
struct Down {
    #[serde(default)]
    mode: Outage,
}

async fn down(State(world): State<Shared>, how: Option<Json<Down>>) -> StatusCode {
    let Json(Down { mode }) = how.unwrap_or_default();
    tracing::info!("down: {mode:?}");
    *world.outage() = Some(mode);
    StatusCode::NO_CONTENT
}

async fn up(State(world): State<Shared>) -> StatusCode {
    tracing::info!("up again");
    *world.outage() = None;
    StatusCode::NO_CONTENT
}
