//! `GET /customers` and `GET /customers/{id}`.

use crate::error::ApiError;
use crate::faults::operation;
use crate::http::{Params, number, page};
use crate::state::{Customer, RESELLER_ID};
use crate::wire;
use crate::world::Shared;
use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Json, Router};
use marketplace::models::{self, Page};

pub(super) fn routes(world: &Shared) -> Router<Shared> {
    Router::new()
        .route("/customers", operation(world, "getCustomers", get(list)))
        .route("/customers/{id}", operation(world, "getCustomerById", get(one)))
}

async fn list(State(world): State<Shared>, params: Params) -> Result<Json<Page<models::Customer>>, ApiError> {
    let window = params.window(world.config.largest_page)?;
    let state = world.state();
    let matching = state.customers.iter().rev().filter(|customer| matches(customer, &params));
    Ok(Json(page(matching, window, wire::customer)))
}

async fn one(State(world): State<Shared>, Path(id): Path<String>) -> Result<Json<models::Customer>, ApiError> {
    let state = world.state();
    let customer = state.customer(number("id", &id)?).ok_or_else(|| ApiError::not_found("Customer", &id))?;
    Ok(Json(wire::customer(customer)))
}

/// Names match by part, e-mail addresses whole and of any contact, both in any case; other filters exactly.
fn matches(customer: &Customer, params: &Params) -> bool {
    let name = params.text("name").is_none_or(|name| contains(&customer.name, name));
    let email = params
        .text("email")
        .is_none_or(|email| customer.contacts.iter().any(|contact| contact.email.eq_ignore_ascii_case(email)));
    let external_id = params.text("externalId").is_none_or(|id| customer.external_id.as_deref() == Some(id));
    let reseller = params.text("resellerId").is_none_or(|id| id == RESELLER_ID);
    name && email && external_id && reseller
}

fn contains(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(&part.to_lowercase())
}
