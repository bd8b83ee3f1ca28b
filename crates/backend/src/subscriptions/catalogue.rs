//! Finds the catalogue's product of a product line. A product line carries no period of its own, and the same number of
//! a vendor exists once per combination of periods, so the subscription's periods decide.

use super::{ProductLine, Subscription, sql};
use crate::stored::Period;
use crate::{Backend, Result};
use domain::{Money, SeatLimits};
use std::cmp::Reverse;
use time::OffsetDateTime;

/// What the catalogue says of a product line.
#[derive(Clone, Debug, PartialEq)]
pub struct CatalogueProduct {
    /// Key in the copy of the catalogue.
    pub key: String,
    /// Identifier at the marketplace.
    pub id: Option<String>,
    /// The smallest and the largest number of seats.
    pub limits: SeatLimits,
    /// What one seat costs a customer per billing period; a subscription may have a price of its own.
    pub unit_price: Option<Money>,
    /// How often it is charged.
    pub billing_period: Option<Period>,
    /// How long its term is.
    pub term: Option<Period>,
    /// When this was read from the marketplace.
    pub as_of: OffsetDateTime,
}

/// The catalogue's product of the line: by its id before its number, by the subscription's periods before any others.
/// `None` when the catalogue has none, or several that fit equally well but differ in their limits.
pub async fn limits_of(
    backend: &Backend,
    subscription: &Subscription,
    line: &ProductLine,
) -> Result<Option<CatalogueProduct>> {
    let candidates = sql::candidates(&backend.pool, line).await?;
    Ok(best(candidates, subscription, line))
}

fn best(
    mut candidates: Vec<CatalogueProduct>,
    subscription: &Subscription,
    line: &ProductLine,
) -> Option<CatalogueProduct> {
    let fit = |product: &CatalogueProduct| {
        (
            product.id.is_some() && product.id == line.product_id,
            product.term == subscription.term,
            product.billing_period == subscription.billing_period,
        )
    };
    candidates.sort_by_key(|product| Reverse(fit(product)));
    let best = candidates.first()?;
    let agreed = candidates.iter().take_while(|other| fit(other) == fit(best)).all(|other| other.limits == best.limits);
    agreed.then(|| best.clone())
}
