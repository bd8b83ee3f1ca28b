//! Which product a line means.

use crate::error::ApiError;
use crate::state::{Catalogue, Product, ProductIndex};
use crate::wire::same_period;
use marketplace::models::{OrderLineRequest, Period};

/// Finds the one product among `candidates` that a line names by id or MPN, refined by vendor and periods.
pub(crate) fn find(
    catalogue: &Catalogue,
    candidates: impl Iterator<Item = ProductIndex>,
    line: &OrderLineRequest,
    order_term: Option<&Period>,
) -> Result<ProductIndex, ApiError> {
    if line.id.is_none() && line.mpn.is_none() {
        return Err(ApiError::invalid("products", "each line needs an mpn or an id"));
    }
    let term = line.subscription_period.as_ref().or(order_term);
    let mut found = candidates.filter(|index| matches(catalogue.product(*index), line, term));
    let name = line.mpn.as_deref().or(line.id.as_ref().map(domain::ProductId::as_str)).unwrap_or_default();
    match (found.next(), found.next()) {
        (None, _) => Err(ApiError::no_entity("product", name)),
        (Some(index), None) => Ok(index),
        (Some(_), Some(_)) => Err(ApiError::invalid(
            "products",
            format_args!(
                "are ambiguous. Multiple products found for MPN {name}; specify vendor, billingPeriod and subscriptionPeriod, or id"
            ),
        )),
    }
}

fn matches(product: &Product, line: &OrderLineRequest, term: Option<&Period>) -> bool {
    line.id.as_ref().is_none_or(|id| id.as_str() == product.id)
        && line.mpn.as_ref().is_none_or(|mpn| mpn == product.mpn)
        && line.vendor.as_ref().is_none_or(|vendor| vendor.eq_ignore_ascii_case(product.vendor))
        && line.billing_period.as_ref().is_none_or(|period| same_period(period, product.billing))
        && term.is_none_or(|period| same_period(period, product.term))
}
