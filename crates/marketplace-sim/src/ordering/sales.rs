//! Sales: new subscriptions.

use super::lines::{check_limits, parameters, quantity, special};
use super::{Draft, Purpose, align, product, rules};
use crate::error::ApiError;
use crate::pricing;
use crate::state::{Customer, FirstTerm, OrderKind, OrderLine, ProductIndex, ProductLine, State};
use marketplace::models::{OrderLineRequest, OrderRequest};
use serde_json::Value;
use time::OffsetDateTime;

/// Checks a sale.
pub(super) fn check(
    state: &State,
    request: &OrderRequest,
    customer: &Customer,
    purpose: Purpose,
    now: OffsetDateTime,
) -> Result<Draft, ApiError> {
    let today = now.date();
    let wanted = wanted(state, request, purpose == Purpose::Order)?;
    let products: Vec<ProductIndex> = wanted.iter().map(|wanted| wanted.line.product).collect();
    let ends = align::new_terms(state, request, customer, &products, today)?;
    rules::customer_may_order(customer)?;
    let charge = |line: &ProductLine| pricing::sale(&state.catalogue, line, ends, today);
    let lines = wanted.into_iter().map(|wanted| wanted.priced(charge)).collect();
    Ok(Draft {
        first_term: FirstTerm { ends, ..FirstTerm::default() },
        aligned_with: request.align_expiration_date.clone(),
        ..Draft::new(request, OrderKind::Sales, customer.id, None).with_lines(lines)
    })
}

/// What is bought, before it has a price.
pub(super) struct Wanted {
    pub(super) line: ProductLine,
    parameters: Vec<(String, Value)>,
}

/// Every product once, with those that others need; `complete` with all mandatory parameters.
pub(super) fn wanted(state: &State, request: &OrderRequest, complete: bool) -> Result<Vec<Wanted>, ApiError> {
    if request.products.is_empty() {
        return Err(ApiError::invalid("products", "must not be empty"));
    }
    let mut all: Vec<Wanted> = Vec::new();
    for asked in &request.products {
        let wanted = one(state, request, asked, complete)?;
        if all.iter().any(|other| other.line.product == wanted.line.product) {
            return Err(ApiError::invalid("products", "must not name a product twice"));
        }
        all.push(wanted);
    }
    add_needed(state, &mut all);
    let currency = |wanted: &Wanted| state.catalogue.product(wanted.line.product).currency;
    if all.iter().any(|wanted| currency(wanted) != currency(&all[0])) {
        return Err(ApiError::invalid("products", "must all be sold in the same currency"));
    }
    Ok(all)
}

impl Wanted {
    /// The line of the order, which has no subscription yet.
    pub(super) fn priced(self, charge: impl Fn(&ProductLine) -> crate::state::Charge) -> OrderLine {
        OrderLine {
            product: self.line.product,
            subscription: None,
            target: self.line.quantity,
            before: 0,
            charge: charge(&self.line),
            parameters: self.parameters,
            special: self.line.special,
            transfer: None,
        }
    }
}

fn one(state: &State, request: &OrderRequest, asked: &OrderLineRequest, complete: bool) -> Result<Wanted, ApiError> {
    let index = product::find(&state.catalogue, state.catalogue.all(), asked, request.subscription_period.as_ref())?;
    let product = state.catalogue.product(index);
    let quantity = quantity(asked)?;
    if quantity == 0 {
        return Err(ApiError::invalid("quantity", "must be positive"));
    }
    check_limits(product, quantity)?;
    let rules = state.catalogue.plan(product.plan).parameters;
    let parameters = parameters(asked, rules, complete && product.depends_on.is_none())?;
    Ok(Wanted { line: ProductLine::new(index, quantity).with(quantity, special(asked, product)?), parameters })
}

/// Products that others need come along by themselves, in their smallest quantity.
fn add_needed(state: &State, all: &mut Vec<Wanted>) {
    let needed = all.iter().filter_map(|wanted| state.catalogue.product(wanted.line.product).depends_on);
    let missing: Vec<_> = needed.filter(|index| all.iter().all(|wanted| wanted.line.product != *index)).collect();
    for index in missing {
        let quantity = state.catalogue.product(index).minimum.max(1);
        all.push(Wanted { line: ProductLine::new(index, quantity), parameters: Vec::new() });
    }
}
