//! Terms that end together with something: a subscription of the same customer, or the calendar month.

use super::rules;
use crate::error::ApiError;
use crate::http::number;
use crate::state::{Coterming, Customer, EndsWith, Period, Product, ProductIndex, State, Subscription};
use crate::wire::day;
use marketplace::models::{AlignExpiration, Alignment, OrderRequest};
use time::Date;

const FIELD: &str = "alignExpirationDate";

/// The day on which the terms of new subscriptions end, if the request asks for one. Every product has to allow it.
pub(super) fn new_terms(
    state: &State,
    request: &OrderRequest,
    customer: &Customer,
    products: &[ProductIndex],
    today: Date,
) -> Result<Option<Date>, ApiError> {
    let products: Vec<&Product> = products.iter().map(|index| state.catalogue.product(*index)).collect();
    let Some(asked) = &request.align_expiration_date else {
        return match products.iter().find(|product| matches!(product.coterming, Coterming::Mandatory(_))) {
            Some(product) => Err(ApiError::invalid(FIELD, format_args!("is required for {}", product.name))),
            None => Ok(None),
        };
    };
    let with = ends_with(asked)?;
    for product in &products {
        allowed(product, with)?;
    }
    let full = products.iter().map(|product| product.term.start(today, 1)).min().unwrap_or(today);
    end(state, asked, customer, with, (today, full)).map(Some)
}

/// The day on which the next term of a subscription ends, if the request asks for one. A term that runs keeps its end.
pub(super) fn next_term(
    state: &State,
    request: &OrderRequest,
    customer: &Customer,
    subscription: &Subscription,
) -> Result<Option<Date>, ApiError> {
    let Some(asked) = &request.align_expiration_date else { return Ok(None) };
    let renewal = subscription.term_end.filter(|_| request.scheduled_on.is_some());
    let renewal =
        renewal.ok_or_else(|| ApiError::invalid(FIELD, "needs scheduledOn renewal: a term that runs keeps its end"))?;
    let with = ends_with(asked)?;
    for line in &subscription.lines {
        allowed(state.catalogue.product(line.product), with)?;
    }
    end(state, asked, customer, with, (renewal, subscription.term.start(renewal, 1))).map(Some)
}

fn ends_with(asked: &AlignExpiration) -> Result<EndsWith, ApiError> {
    match &asked.alignment_type {
        Some(Alignment::CoTermOnSubscription) => Ok(EndsWith::Subscription),
        Some(Alignment::MatchEndOfCalendarMonth) => Ok(EndsWith::Month),
        Some(Alignment::CoTermPartialUpgrade) => {
            Err(ApiError::invalid(FIELD, "CO_TERM_PARTIAL_UPGRADE needs placementType MOVE"))
        }
        Some(Alignment::Other(other)) => Err(ApiError::invalid(FIELD, format_args!("does not know `{other}`"))),
        None => Err(ApiError::invalid(FIELD, "needs an alignmentType")),
    }
}

fn allowed(product: &Product, with: EndsWith) -> Result<(), ApiError> {
    match product.coterming {
        Coterming::Allowed(what) | Coterming::Mandatory(what) if what == with => Ok(()),
        Coterming::Allowed(what) | Coterming::Mandatory(what) => {
            let other = match what {
                EndsWith::Subscription => Alignment::CoTermOnSubscription,
                EndsWith::Month => Alignment::MatchEndOfCalendarMonth,
            };
            Err(ApiError::invalid(FIELD, format_args!("must be {other} for {}", product.name)))
        }
        Coterming::Restricted => Err(ApiError::invalid(FIELD, format_args!("is not allowed for {}", product.name))),
    }
}

/// A term that begins on the first day of `span` can only become shorter than the full one, which ends on its last.
fn end(
    state: &State,
    asked: &AlignExpiration,
    customer: &Customer,
    with: EndsWith,
    (from, full): (Date, Date),
) -> Result<Date, ApiError> {
    let ends = match with {
        EndsWith::Month => return Ok(Period::last_end_of_month(from, full)),
        EndsWith::Subscription => other_end(state, asked, customer)?,
    };
    if ends <= from {
        return Err(ApiError::invalid(FIELD, format_args!("{} is past when the term begins", day(ends))));
    }
    if ends > full {
        let reason = format_args!("{} lies after the end of a full term, {}", day(ends), day(full)).to_string();
        return Err(ApiError::invalid(FIELD, reason));
    }
    Ok(ends)
}

fn other_end(state: &State, asked: &AlignExpiration, customer: &Customer) -> Result<Date, ApiError> {
    let id = asked.subscription_id.as_ref();
    let id = id.ok_or_else(|| ApiError::invalid(FIELD, "needs a subscriptionId"))?;
    let other = rules::subscription_of(state, number(FIELD, id.as_str())?, customer)?;
    rules::is_active(other)?;
    other.term_end.ok_or_else(|| ApiError::invalid(FIELD, format_args!("{id} has no end to align with")))
}
