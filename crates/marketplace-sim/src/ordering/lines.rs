//! What one line asks for: its quantity, its activation parameters and its special prices.

use crate::error::ApiError;
use crate::state::{ParameterRule, Product, Special};
use domain::{Money, Seats};
use marketplace::models::OrderLineRequest;
use rust_decimal::Decimal;
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

/// The most that a unit may cost.
const MOST: u32 = 1_000_000_000;

/// What was agreed for the line in place of the catalogue's price and cost.
pub(super) fn special(line: &OrderLineRequest, product: &Product) -> Result<Special, ApiError> {
    let agreed = |field: &str, money: Option<Money>| match money {
        _ if line.deals.is_some() && money.is_some() => Err(ApiError::invalid(field, "and deals exclude each other")),
        Some(money) if money.currency != product.currency => {
            Err(ApiError::invalid(field, format_args!("of {} must be in {}", product.mpn, product.currency)))
        }
        Some(money) if money.amount < Decimal::ZERO => Err(ApiError::invalid(field, "must not be negative")),
        // So that no sum of it overflows.
        Some(money) if money.amount > Decimal::from(MOST) => Err(ApiError::invalid(field, "is too large")),
        money => Ok(money.map(|money| money.amount)),
    };
    Ok(Special {
        price: agreed("specialPrice", line.special_price.as_ref().map(|price| price.price))?,
        cost: agreed("specialCost", line.special_cost)?,
    })
}
