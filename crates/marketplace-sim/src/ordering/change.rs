//! Changes: more or fewer seats of an existing subscription.

use super::lines::{check_limits, quantity, special};
use super::{Draft, align, product, rules, switch, transfer};
use crate::error::ApiError;
use crate::pricing;
use crate::state::{Customer, FirstTerm, OrderKind, OrderLine, ProductLine, State, Subscription};
use marketplace::models::{OrderLineRequest, OrderRequest};
use time::OffsetDateTime;

/// Checks a change. Quantities are the new totals; products not named keep theirs.
pub(super) fn check(
    state: &State,
    request: &OrderRequest,
    customer: &Customer,
    now: OffsetDateTime,
) -> Result<Draft, ApiError> {
    let subscription = rules::named_subscription(state, request, customer)?;
    if request.plan_id.is_some() {
        return switch::check(state, request, customer, subscription, now);
    }
    if transfer::is_asked_for(request) {
        return transfer::check(state, request, customer, subscription, now);
    }
    let ends = align::next_term(state, request, customer, subscription)?;
    let lines = request.products.iter().map(|asked| line(state, request, subscription, asked, now));
    let mut lines = lines.collect::<Result<Vec<_>, _>>()?;
    lines.retain(|line| line.target != line.before || ends.is_some());
    if lines.is_empty() {
        return Err(ApiError::invalid("quantity", "is the present one: nothing to change"));
    }
    refuse_emptying(subscription, &lines)?;
    rules::customer_may_order(customer)?;
    rules::is_active(subscription)?;
    let draft = Draft::new(request, OrderKind::Change, customer.id, Some(subscription.id)).with_lines(lines);
    if !draft.on_renewal {
        rules::no_other_in_progress(state, subscription, OrderKind::Change)?;
        rules::vendor_takes_back(state, subscription, &draft.lines, now)?;
    }
    Ok(Draft {
        first_term: FirstTerm { ends, ..FirstTerm::default() },
        aligned_with: request.align_expiration_date.clone(),
        ..draft
    })
}

fn line(
    state: &State,
    request: &OrderRequest,
    subscription: &Subscription,
    asked: &OrderLineRequest,
    now: OffsetDateTime,
) -> Result<OrderLine, ApiError> {
    let offer = state.catalogue.offer(subscription.plan, subscription.term);
    let index = product::find(&state.catalogue, offer, asked, request.subscription_period.as_ref())?;
    let target = quantity(asked)?;
    let held = subscription.line(index).cloned().unwrap_or_else(|| ProductLine::new(index, 0));
    let others_remain = subscription.lines.iter().any(|line| line.product != index && line.quantity > 0);
    if target > 0 || others_remain {
        check_limits(state.catalogue.product(index), target)?;
    }
    let next = held.with(target, special(asked, state.catalogue.product(index))?);
    let charge = match subscription.term_end {
        Some(end) if request.scheduled_on.is_some() => pricing::later(&state.catalogue, &next, end),
        _ => pricing::change(&state.catalogue, subscription, &held, &next, now.date()),
    };
    Ok(OrderLine {
        product: index,
        subscription: Some(subscription.id),
        target,
        before: held.quantity,
        charge,
        parameters: Vec::new(),
        special: next.special,
        transfer: None,
    })
}

/// Taking away everything is a cancellation, and has to say so.
fn refuse_emptying(subscription: &Subscription, lines: &[OrderLine]) -> Result<(), ApiError> {
    let target = |line: &ProductLine| {
        lines.iter().find(|changed| changed.product == line.product).map_or(line.quantity, |changed| changed.target)
    };
    let remains =
        subscription.lines.iter().map(target).chain(lines.iter().map(|line| line.target)).any(|seats| seats > 0);
    if remains {
        Ok(())
    } else {
        Err(ApiError::invalid("quantity", "must not be 0: place a cancellation order instead"))
    }
}
