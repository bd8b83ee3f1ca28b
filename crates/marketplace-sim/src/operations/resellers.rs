//! `/resellers`, their customers and their orders: for accounts with resellers below them.

use super::{customers, orders};
use crate::accounts::{address, contacts, required};
use crate::error::ApiError;
use crate::faults::operation;
use crate::http::{JsonBody, Params, number, page};
use crate::state::State as Data;
use crate::wire;
use crate::world::Shared;
use axum::extract::{Path, State};
use axum::routing::{get, patch, post};
use axum::{Json, Router};
use marketplace::models::{self, CustomerRequest, CustomerStatus, CustomerUpdate, Page, Reseller, ResellerRequest};

pub(super) fn routes(world: &Shared) -> Router<Shared> {
    let all = operation(world, "getResellers", get(list)).merge(operation(world, "createReseller", post(create)));
    let one =
        operation(world, "getResellerCustomerById", get(one)).merge(operation(world, "updateReseller", patch(update)));
    let customers = operation(world, "getResellerCustomers", get(customers_of)).merge(operation(
        world,
        "createCustomerForReseller",
        post(create_customer),
    ));
    Router::new()
        .route("/resellers", all)
        .route("/resellers/{id}", one)
        .route("/resellers/{id}/customers", customers)
        .route("/resellers/{id}/orders", operation(world, "getResellerOrders", get(orders_of)))
}

async fn list(State(world): State<Shared>, params: Params) -> Result<Json<Page<Reseller>>, ApiError> {
    let window = params.window(world.config.largest_page)?;
    let state = world.state();
    let matching = state.resellers.iter().rev().filter(|reseller| matches(reseller, &params));
    Ok(Json(page(matching, window, Clone::clone)))
}

async fn one(State(world): State<Shared>, Path(id): Path<String>) -> Result<Json<Reseller>, ApiError> {
    let mut state = world.state();
    find(&mut state, &id).map(|reseller| Json(reseller.clone()))
}

async fn create(
    State(world): State<Shared>,
    JsonBody(request): JsonBody<ResellerRequest>,
) -> Result<Json<Reseller>, ApiError> {
    required("name", request.name.as_ref())?;
    required("language", request.language.as_ref())?;
    address(request.address.as_ref())?;
    contacts(&request.contact_persons)?;
    if request.currency.is_none() {
        return Err(ApiError::invalid("currency", "is required"));
    }
    let mut state = world.state();
    let reseller = Reseller {
        external_id: request.external_id,
        attributes: request.attributes,
        status: request.status.or(Some(CustomerStatus::Active)),
        name: request.name,
        address: request.address,
        contact_persons: without_secrets(request.contact_persons),
        language: request.language,
        tax_reg_id: request.tax_reg_id,
        currency: request.currency,
        taxation_provider_name: request.taxation_provider_name,
        customer_class: request.customer_class.or_else(|| Some("Default".to_owned())),
        ..Reseller::new(state.next_reseller_id().to_string())
    };
    state.resellers.push(reseller.clone());
    Ok(Json(reseller))
}

async fn update(
    State(world): State<Shared>,
    Path(id): Path<String>,
    JsonBody(update): JsonBody<CustomerUpdate>,
) -> Result<Json<Reseller>, ApiError> {
    if update.address.is_some() {
        address(update.address.as_ref())?;
    }
    if !update.contact_persons.is_empty() {
        contacts(&update.contact_persons)?;
    }
    if !matches!(update.status, None | Some(CustomerStatus::Active | CustomerStatus::CreditHold)) {
        return Err(ApiError::invalid("status", "must be active or creditHold"));
    }
    let mut state = world.state();
    let reseller = find(&mut state, &id)?;
    reseller.name = update.name.or(reseller.name.take());
    reseller.external_id = update.external_id.or(reseller.external_id.take()).filter(|text| !text.is_empty());
    reseller.tax_reg_id = update.tax_reg_id.or(reseller.tax_reg_id.take()).filter(|text| !text.is_empty());
    reseller.status = update.status.or(reseller.status.take());
    reseller.address = update.address.or(reseller.address.take());
    if !update.contact_persons.is_empty() {
        reseller.contact_persons = without_secrets(update.contact_persons);
    }
    Ok(Json(reseller.clone()))
}

async fn customers_of(
    State(world): State<Shared>,
    Path(id): Path<String>,
    params: Params,
) -> Result<Json<Page<models::Customer>>, ApiError> {
    let window = params.window(world.config.largest_page)?;
    let mut state = world.state();
    find(&mut state, &id)?;
    let reseller = number("id", &id)?;
    let theirs = state.customers.iter().rev().filter(|customer| customer.reseller == reseller);
    Ok(Json(page(theirs.filter(|customer| customers::matches(customer, &params)), window, wire::customer)))
}

async fn create_customer(
    State(world): State<Shared>,
    Path(id): Path<String>,
    JsonBody(request): JsonBody<CustomerRequest>,
) -> Result<Json<models::Customer>, ApiError> {
    let now = world.clock.now();
    let mut state = world.state();
    find(&mut state, &id)?;
    customers::add(&mut state, &request, number("id", &id)?, now).map(Json)
}

async fn orders_of(
    State(world): State<Shared>,
    Path(id): Path<String>,
    params: Params,
) -> Result<Json<Page<models::Order>>, ApiError> {
    let reseller = number("id", &id)?;
    let mut state = world.state();
    find(&mut state, &id)?;
    orders::page_of(&state, &params, world.config.largest_page, reseller).map(Json)
}

fn find<'a>(state: &'a mut Data, id: &str) -> Result<&'a mut Reseller, ApiError> {
    number("id", id)?;
    let found = state.resellers.iter_mut().find(|reseller| reseller.id.as_str() == id);
    found.ok_or_else(|| ApiError::not_found("Reseller", id))
}

fn matches(reseller: &Reseller, params: &Params) -> bool {
    let name = reseller.name.as_deref().unwrap_or_default().to_lowercase();
    let has_email = |email: &str| {
        let mut emails = reseller.contact_persons.iter().filter_map(|person| person.email.as_deref());
        emails.any(|held| held.eq_ignore_ascii_case(email))
    };
    params.text("name").is_none_or(|part| name.contains(&part.to_lowercase()))
        && params.text("email").is_none_or(has_email)
        && params.text("externalId").is_none_or(|id| reseller.external_id.as_deref() == Some(id))
}

/// Sign-in names and passwords are never answered.
fn without_secrets(persons: Vec<models::ContactPerson>) -> Vec<models::ContactPerson> {
    persons.into_iter().map(|person| models::ContactPerson { login: None, password: None, ..person }).collect()
}
