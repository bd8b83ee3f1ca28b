//! What one line asks for: its quantity and its activation parameters.

use crate::error::ApiError;
use crate::state::{ParameterRule, Product};
use domain::Seats;
use marketplace::models::OrderLineRequest;
use serde_json::Value;

/// The line's quantity: a whole number, not negative.
pub(super) fn quantity(line: &OrderLineRequest) -> Result<u32, ApiError> {
    let quantity = line.quantity.ok_or_else(|| ApiError::invalid("quantity", "is required"))?;
    let seats = Seats::from_decimal(quantity)
        .ok_or_else(|| ApiError::invalid("quantity", "must be a whole number, not negative"))?;
    Ok(seats.get())
}

/// Refuses a quantity the catalogue does not allow.
pub(super) fn check_limits(product: &Product, quantity: u32) -> Result<(), ApiError> {
    let refuse = |limit: &str, bound: u32| {
        Err(ApiError::invalid("quantity", format_args!("of {} must be {limit} {bound}", product.mpn)))
    };
    match product.maximum {
        _ if quantity < product.minimum => refuse("at least", product.minimum),
        Some(maximum) if quantity > maximum => refuse("at most", maximum),
        _ => Ok(()),
    }
}

/// The line's parameters. Names are case-sensitive; mandatory ones must be there when `complete`.
pub(super) fn parameters(
    line: &OrderLineRequest,
    rules: &[ParameterRule],
    complete: bool,
) -> Result<Vec<(String, Value)>, ApiError> {
    let given = line.parameters.iter().filter_map(|parameter| {
        Some((parameter.name.clone(), parameter.value.clone().or_else(|| parameter.structured_value.clone())?))
    });
    let given: Vec<(String, Value)> = given.collect();
    for rule in rules {
        let value = given.iter().find(|(name, _)| name == rule.name).map(|(_, value)| value);
        let text = value.and_then(Value::as_str).unwrap_or_default();
        if (complete || !text.is_empty())
            && let Err(reason) = rule.check(text)
        {
            return Err(ApiError::invalid("parameters", format_args!("{}: {reason}", rule.name)));
        }
    }
    Ok(given)
}
