//! `POST /validation/parameters`: a value that is not accepted is not an HTTP error.

use crate::error::ApiError;
use crate::faults::operation;
use crate::http::{JsonBody, number};
use crate::ordering::find_product;
use crate::state::{ParameterKind, ParameterRule, ProductIndex, State as Data};
use crate::wire;
use crate::world::Shared;
use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use marketplace::models::{
    Choice, OrderLineRequest, Page, Parameter, ProductParameters, ValidatedProduct, ValidationRequest, ValidationResult,
};

pub(super) fn routes(world: &Shared) -> Router<Shared> {
    Router::new().route("/validation/parameters", operation(world, "validateParameters", post(validate)))
}

async fn validate(
    State(world): State<Shared>,
    JsonBody(request): JsonBody<ValidationRequest>,
) -> Result<Json<Page<ValidatedProduct>>, ApiError> {
    let state = world.state();
    let customer = number("customerId", request.customer_id.as_str())?;
    state.customer(customer).ok_or_else(|| ApiError::no_entity("customer", customer))?;
    if request.products.is_empty() {
        return Err(ApiError::invalid("products", "must not be empty"));
    }
    let validated = request.products.iter().map(|asked| product(&state, asked, || world.uuid().to_string()));
    let validated = validated.collect::<Result<Vec<_>, _>>()?;
    let total = u64::try_from(validated.len()).unwrap_or(u64::MAX);
    Ok(Json(Page::new(validated, 0, total, total)))
}

fn product(
    state: &Data,
    asked: &ProductParameters,
    new_draft: impl FnOnce() -> String,
) -> Result<ValidatedProduct, ApiError> {
    let line = OrderLineRequest {
        id: asked.id.clone(),
        mpn: asked.mpn.clone(),
        vendor: asked.vendor.clone(),
        billing_period: asked.billing_period.clone(),
        subscription_period: asked.subscription_period.clone(),
        ..OrderLineRequest::default()
    };
    let all = 0..ProductIndex::try_from(state.catalogue.products.len()).unwrap_or(ProductIndex::MAX);
    let product = state.catalogue.product(find_product(&state.catalogue, all, &line, None)?);
    let rules = state.catalogue.plan(product.plan).parameters;
    Ok(ValidatedProduct {
        id: Some(wire::product_id(product)),
        mpn: Some(product.mpn.to_owned()),
        vendor: Some(product.vendor.to_owned()),
        billing_period: Some(wire::period(product.billing)),
        subscription_period: Some(wire::period(product.term)),
        draft_request_id: Some(asked.draft_request_id.clone().unwrap_or_else(new_draft)),
        parameters: rules.iter().map(|rule| parameter(rule, asked)).collect(),
    })
}

/// Every parameter of the product is answered, whether it was sent or not.
fn parameter(rule: &ParameterRule, asked: &ProductParameters) -> Parameter {
    let sent = asked.parameters.iter().find(|parameter| parameter.name == rule.name);
    let value = sent.and_then(marketplace::models::ParameterValue::text).unwrap_or_default();
    let refused = rule.check(&value).err();
    Parameter {
        name: Some(rule.name.to_owned()),
        result: Some(if refused.is_some() { ValidationResult::Error } else { ValidationResult::Success }),
        message: refused.map_or_else(|| accepted(rule), |_| None),
        value: Some(value).filter(|value| !value.is_empty()),
        value_error: refused.map(str::to_owned),
        value_choices: rule.choices.iter().zip([true, false, false]).map(|(text, first)| choice(text, first)).collect(),
        phase: Some("ordering".to_owned()),
        reconciliation: Some(rule.kind == ParameterKind::Domain),
        kind: Some(rule.kind.text().to_owned()),
        structured_value: None,
    }
}

fn accepted(rule: &ParameterRule) -> Option<String> {
    (rule.kind == ParameterKind::Domain).then(|| "The domain can be used.".to_owned())
}

fn choice(text: &str, default: bool) -> Choice {
    Choice { label: Some(text.to_owned()), value: Some(text.to_owned()), default: Some(default) }
}
