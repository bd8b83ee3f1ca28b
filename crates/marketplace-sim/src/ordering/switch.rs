//! Switches: another plan or term for a subscription, as its plan offers them.

use super::{Draft, rules};
use crate::error::ApiError;
use crate::http::number;
use crate::pricing;
use crate::state::{
    Customer, OrderKind, OrderLine, Plan, PlanIndex, PlanSwitch, ProductIndex, ProductLine, Special, State,
    Subscription, Switch,
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
    let restart = request.upgrade_start_type == Some(UpgradeStart::FromDateOfUpgrade);
    let to = Switch { plan, term: offered.to_term, restart };
    self::to(state, request, customer, subscription, (to, offered.immediately), None, now.date())
}

/// Checks the switch `to` a plan or term, which takes effect at once or with the next term. `chosen` says of one product
/// what takes its place, and what was agreed for it.
pub(super) fn to(
    state: &State,
    request: &OrderRequest,
    customer: &Customer,
    subscription: &Subscription,
    (to, immediately): (Switch, bool),
    chosen: Option<(ProductIndex, ProductIndex, Special)>,
    today: Date,
) -> Result<Draft, ApiError> {
    rules::customer_may_order(customer)?;
    rules::is_active(subscription)?;
    let draft = Draft::new(request, OrderKind::Change, customer.id, Some(subscription.id));
    let on_renewal = draft.on_renewal || !immediately;
    if !on_renewal {
        rules::no_other_in_progress(state, subscription, OrderKind::Change)?;
    }
    let line = |held: &ProductLine| {
        let chosen = chosen.filter(|(from, ..)| *from == held.product);
        let product = chosen.map(|(_, product, _)| product).or_else(|| successor(state, held.product, to));
        let product =
            product.ok_or_else(|| ApiError::invalid("planId", "has no product to take the present one's place"))?;
        let special = chosen.map(|(.., special)| special).unwrap_or_default();
        let next = ProductLine::new(product, 0).with(held.quantity, special);
        Ok(line(state, subscription, held, &next, to, on_renewal, today))
    };
    let lines = subscription.lines.iter().map(line).collect::<Result<Vec<_>, ApiError>>()?;
    Ok(Draft { on_renewal, switch: Some(to), ..draft.with_lines(lines) })
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
    next: &ProductLine,
    to: Switch,
    on_renewal: bool,
    today: Date,
) -> OrderLine {
    let charge = match subscription.term_end {
        Some(end) if on_renewal => pricing::later(&state.catalogue, next, end),
        _ => pricing::switch(&state.catalogue, subscription, held, next, to.restart, today),
    };
    OrderLine {
        product: next.product,
        subscription: Some(subscription.id),
        target: held.quantity,
        before: held.quantity,
        charge,
        parameters: Vec::new(),
        special: next.special,
        transfer: None,
    }
}

/// The same product for the other term or, in another plan, that plan's first.
fn successor(state: &State, product: ProductIndex, switch: Switch) -> Option<ProductIndex> {
    let mpn = state.catalogue.product(product).mpn;
    let mut offer = state.catalogue.offer(switch.plan, switch.term).peekable();
    let first = offer.peek().copied();
    offer.find(|index| state.catalogue.product(*index).mpn == mpn).or(first)
}
