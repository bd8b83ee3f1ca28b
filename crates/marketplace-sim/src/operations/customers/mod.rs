//! `GET` and `POST /customers`, `GET` and `PATCH /customers/{id}`.

mod write;

pub(super) use write::add;

use crate::error::ApiError;
use crate::faults::operation;
use crate::http::{JsonBody, Params, number, page};
use crate::state::{Customer, RESELLER_ID};
use crate::wire;
use crate::world::Shared;
use axum::extract::{Path, State};
use axum::routing::{get, patch, post};
use axum::{Json, Router};
use marketplace::models::{self, CustomerRequest, CustomerUpdate, Page};

pub(super) fn routes(world: &Shared) -> Router<Shared> {
    let all = operation(world, "getCustomers", get(list)).merge(operation(world, "createCustomer", post(create)));
    let one = operation(world, "getCustomerById", get(one)).merge(operation(world, "updateCustomer", patch(update)));
    Router::new().route("/customers", all).route("/customers/{id}", one)
}

/// The caller's own customers; those of a reseller below it only when it is named.
async fn list(State(world): State<Shared>, params: Params) -> Result<Json<Page<models::Customer>>, ApiError> {
    let window = params.window(world.config.largest_page)?;
    let reseller = params.id("resellerId")?.unwrap_or(RESELLER_ID);
    let state = world.state();
    let own = state.customers.iter().rev().filter(|customer| customer.reseller == reseller);
    Ok(Json(page(own.filter(|customer| matches(customer, &params)), window, wire::customer)))
}

async fn one(State(world): State<Shared>, Path(id): Path<String>) -> Result<Json<models::Customer>, ApiError> {
    let state = world.state();
    let customer = state.customer(number("id", &id)?).ok_or_else(|| ApiError::not_found("Customer", &id))?;
    Ok(Json(wire::customer(customer)))
}

async fn create(
    State(world): State<Shared>,
    JsonBody(request): JsonBody<CustomerRequest>,
) -> Result<Json<models::Customer>, ApiError> {
    let now = world.clock.now();
    add(&mut world.state(), &request, RESELLER_ID, now).map(Json)
}

async fn update(
    State(world): State<Shared>,
    Path(id): Path<String>,
    JsonBody(update): JsonBody<CustomerUpdate>,
) -> Result<Json<models::Customer>, ApiError> {
    let number = number("id", &id)?;
    let mut state = world.state();
    let customer = state.customer_mut(number).ok_or_else(|| ApiError::not_found("Customer", &id))?;
    write::update(customer, &update)?;
    Ok(Json(wire::customer(customer)))
}

/// Names match by part, e-mail addresses whole and of any contact, both in any case; other filters exactly.
pub(super) fn matches(customer: &Customer, params: &Params) -> bool {
    let name = params.text("name").is_none_or(|name| contains(&customer.name, name));
    let email = params
        .text("email")
        .is_none_or(|email| customer.contacts.iter().any(|contact| contact.email.eq_ignore_ascii_case(email)));
    let external_id = params.text("externalId").is_none_or(|id| customer.external_id.as_deref() == Some(id));
    name && email && external_id
}

fn contains(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(&part.to_lowercase())
}
