//! Sales: new subscriptions.

use super::lines::{check_limits, parameters, quantity};
use super::{Draft, Purpose, product, rules};
use crate::error::ApiError;
use crate::pricing;
use crate::state::{Customer, OrderKind, OrderLine, ProductIndex, State};
use marketplace::models::OrderRequest;
use serde_json::Value;
use time::{Date, OffsetDateTime};

/// Checks a sale.
pub(super) fn check(
    state: &State,
    request: &OrderRequest,
    customer: &Customer,
    purpose: Purpose,
    now: OffsetDateTime,
) -> Result<Draft, ApiError> {
    if request.products.is_empty() {
        return Err(ApiError::invalid("products", "must not be empty"));
    }
    let mut lines = Vec::new();
    for asked in &request.products {
        let line = line(state, request, asked, purpose, now.date())?;
        if lines.iter().any(|other: &OrderLine| other.product == line.product) {
            return Err(ApiError::invalid("products", "must not name a product twice"));
        }
        lines.push(line);
    }
    add_needed(state, &mut lines, now.date());
    let currency = lines[0].charge.unit_price.currency;
    if lines.iter().any(|line| line.charge.unit_price.currency != currency) {
        return Err(ApiError::invalid("products", "must all be sold in the same currency"));
    }
    rules::customer_may_order(customer)?;
    Ok(Draft::new(request, OrderKind::Sales, customer.id, None).with_lines(lines))
}

fn line(
    state: &State,
    request: &OrderRequest,
    asked: &marketplace::models::OrderLineRequest,
    purpose: Purpose,
    today: Date,
) -> Result<OrderLine, ApiError> {
    let all = 0..ProductIndex::try_from(state.catalogue.products.len()).unwrap_or(ProductIndex::MAX);
    let index = product::find(&state.catalogue, all, asked, request.subscription_period.as_ref())?;
    let product = state.catalogue.product(index);
    let quantity = quantity(asked)?;
    if quantity == 0 {
        return Err(ApiError::invalid("quantity", "must be positive"));
    }
    check_limits(product, quantity)?;
    let rules = state.catalogue.plan(product.plan).parameters;
    let parameters = parameters(asked, rules, purpose == Purpose::Order && product.depends_on.is_none())?;
    Ok(new_line(state, index, quantity, parameters, today))
}

/// Products that others need come along by themselves, in their smallest quantity.
fn add_needed(state: &State, lines: &mut Vec<OrderLine>, today: Date) {
    let needed = lines.iter().filter_map(|line| state.catalogue.product(line.product).depends_on);
    let missing: Vec<_> = needed.filter(|index| lines.iter().all(|line| line.product != *index)).collect();
    for index in missing {
        let quantity = state.catalogue.product(index).minimum.max(1);
        lines.push(new_line(state, index, quantity, Vec::new(), today));
    }
}

fn new_line(
    state: &State,
    product: ProductIndex,
    quantity: u32,
    parameters: Vec<(String, Value)>,
    today: Date,
) -> OrderLine {
    OrderLine {
        product,
        subscription: None,
        target: quantity,
        before: 0,
        charge: pricing::sale(state.catalogue.product(product), quantity, today),
        parameters,
    }
}
