//! Switches: another plan or term for a subscription, as its plan offers them.

use super::{Draft, rules};
use crate::error::ApiError;
use crate::http::number;
use crate::pricing;
use crate::state::{
    Customer, OrderKind, OrderLine, Plan, PlanIndex, PlanSwitch, ProductIndex, ProductLine, State, Subscription, Switch,
};
use crate::wire::same_period;
use marketplace::models::{OrderRequest, UpgradeStart};
use time::{Date, OffsetDateTime};

/// Checks a switch. Every product line goes along with its seats; the old plan's rest of the billing period is credited.
pub(super) fn check(
    state: &State,
    request: &OrderRequest,
    customer: &Customer,
    subscription: &Subscription,
    now: OffsetDateTime,
) -> Result<Draft, ApiError> {
    let offered = offered(state, request, subscription)?;
    let plan = plan_index(state, offered.to_plan).ok_or_else(|| ApiError::no_entity("plan", offered.to_plan))?;
    rules::customer_may_order(customer)?;
    rules::is_active(subscription)?;
    let draft = Draft::new(request, OrderKind::Change, customer.id, Some(subscription.id));
    let on_renewal = draft.on_renewal || !offered.immediately;
    if !on_renewal {
        rules::no_other_in_progress(state, subscription, OrderKind::Change)?;
    }
    let restart = request.upgrade_start_type == Some(UpgradeStart::FromDateOfUpgrade);
    let switch = Switch { plan, term: offered.to_term, restart };
    let lines = subscription.lines.iter().map(|held| line(state, subscription, held, switch, on_renewal, now.date()));
    let lines = lines.collect::<Result<Vec<_>, _>>()?;
    Ok(Draft { on_renewal, switch: Some(switch), ..draft.with_lines(lines) })
}

/// The plan's switch that the request means: to the named plan and, where it is named, term.
fn offered(state: &State, request: &OrderRequest, subscription: &Subscription) -> Result<PlanSwitch, ApiError> {
    let target = request.plan_id.as_ref().ok_or_else(|| ApiError::invalid("planId", "is required"))?;
    let target = number("planId", target.as_str())?;
    let fits = |switch: &&PlanSwitch| {
        let term = request.subscription_period.as_ref();
        switch.to_plan == target
            && switch.from_term == subscription.term
            && term.is_none_or(|term| same_period(term, switch.to_term))
    };
    let plan: &Plan = state.catalogue.plan(subscription.plan);
    plan.switches.iter().find(fits).copied().ok_or_else(|| {
        ApiError::invalid("planId", format_args!("{target}: plan {} offers no such switch from this term", plan.id))
    })
}

fn plan_index(state: &State, id: u32) -> Option<PlanIndex> {
    let position = state.catalogue.plans.iter().position(|plan| plan.id == id)?;
    PlanIndex::try_from(position).ok()
}

fn line(
    state: &State,
    subscription: &Subscription,
    held: &ProductLine,
    switch: Switch,
    on_renewal: bool,
    today: Date,
) -> Result<OrderLine, ApiError> {
    let product = successor(state, held.product, switch)
        .ok_or_else(|| ApiError::invalid("planId", "has no product to take the present one's place"))?;
    let next = ProductLine::new(product, held.quantity);
    let charge = match subscription.term_end {
        Some(end) if on_renewal => pricing::later(&state.catalogue, &next, held.quantity, end),
        _ => pricing::switch(&state.catalogue, subscription, held, &next, switch.restart, today),
    };
    Ok(OrderLine {
        product,
        subscription: Some(subscription.id),
        target: held.quantity,
        before: held.quantity,
        charge,
        parameters: Vec::new(),
    })
}

/// The same product for the other term or, in another plan, that plan's first.
fn successor(state: &State, product: ProductIndex, switch: Switch) -> Option<ProductIndex> {
    let mpn = state.catalogue.product(product).mpn;
    let mut offer = state.catalogue.offer(switch.plan, switch.term).peekable();
    let first = offer.peek().copied();
    offer.find(|index| state.catalogue.product(*index).mpn == mpn).or(first)
}
