//! Migrations: subscriptions that were bought elsewhere and go on here.

use super::sales::wanted;
use super::{Draft, rules};
use crate::error::ApiError;
use crate::http::number;
use crate::pricing;
use crate::state::{Customer, FirstTerm, OrderKind, ProductLine, State};
use marketplace::models::OrderRequest;
use time::{Date, OffsetDateTime};

/// Checks a migration. Nothing is charged before the next billing date: until then it was paid elsewhere. What runs
/// already needs no activation parameters.
pub(super) fn check(
    state: &State,
    request: &OrderRequest,
    customer: &Customer,
    now: OffsetDateTime,
) -> Result<Draft, ApiError> {
    let wanted = wanted(state, request, false)?;
    let product = state.catalogue.product(wanted[0].line.product);
    let offer = |line: &ProductLine| {
        let product = state.catalogue.product(line.product);
        (product.plan, product.term)
    };
    if wanted.iter().any(|other| offer(&other.line) != (product.plan, product.term)) {
        return Err(ApiError::invalid("products", "must be of one plan and term"));
    }
    let plan = state.catalogue.plan(product.plan);
    if let Some(id) = &request.plan_id
        && number("planId", id.as_str())? != plan.id
    {
        return Err(ApiError::invalid("planId", format_args!("is not the plan of {}", product.name)));
    }
    let (begins, moves, ends) = dates(request, now.date())?;
    let full = product.term.start(now.date(), 1);
    if ends > full {
        return Err(ApiError::invalid("expirationDate", "lies after the end of a full term"));
    }
    rules::customer_may_order(customer)?;
    let billing = product.billing.around(begins, moves);
    let billing = (billing.0, billing.1.min(ends));
    let charge = |line: &ProductLine| pricing::later(&state.catalogue, line, billing.1);
    let lines = wanted.into_iter().map(|wanted| wanted.priced(charge)).collect();
    let renews = Some(request.autorenewal.unwrap_or(true));
    Ok(Draft {
        first_term: FirstTerm { begins: Some(begins), ends: Some(ends), renews },
        billing_dates: Some(billing),
        ..Draft::new(request, OrderKind::Migration, customer.id, None).with_lines(lines)
    })
}

/// When it began, when it moves (today unless it is said) and when it ends.
fn dates(request: &OrderRequest, today: Date) -> Result<(Date, Date, Date), ApiError> {
    let begins = request.start_date.ok_or_else(|| ApiError::invalid("startDate", "is required"))?;
    let ends = request.expiration_date.ok_or_else(|| ApiError::invalid("expirationDate", "is required"))?;
    let moves = request.migration_date.unwrap_or(today);
    if begins > today {
        return Err(ApiError::invalid("startDate", "must not be in the future"));
    }
    if moves < begins || moves >= ends {
        return Err(ApiError::invalid("migrationDate", "must lie between startDate and expirationDate"));
    }
    if ends <= today {
        return Err(ApiError::invalid("expirationDate", "must be in the future"));
    }
    Ok((begins, moves, ends))
}
