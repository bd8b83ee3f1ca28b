//! What an order does, beyond its lines.

use domain::PlanId;
use marketplace::models::{OrderLineRequest, OrderRequest, OrderType, Period, Schedule, UpgradeStart};

/// What an order does.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Deed {
    /// Buys, or changes seats now: the lines say it all.
    Lines,
    /// Changes seats when the subscription renews.
    AtRenewal,
    /// Switches to another plan or term.
    Switch {
        /// The plan to switch to.
        plan: PlanId,
        /// The term to switch to; the present one where `None`.
        term: Option<Period>,
        /// Whether the term begins again.
        start: UpgradeStart,
        /// The marketplace carries it out with the renewal.
        later: bool,
    },
    /// Extends by another term now.
    Renewal,
    /// Ends the subscription now.
    Cancellation,
}

impl Deed {
    /// The order's type at the marketplace, and what is set beside its lines.
    pub(super) fn shape(&self, subscription: Option<&str>, request: OrderRequest) -> OrderRequest {
        let subscription_id = subscription.map(Into::into);
        match self {
            Self::Lines => request,
            Self::AtRenewal => OrderRequest { scheduled_on: Some(Schedule::Renewal), ..request },
            Self::Switch { plan, term, start, later: _ } => OrderRequest {
                subscription_id,
                products: Vec::new(),
                plan_id: Some(plan.clone()),
                subscription_period: term.clone(),
                upgrade_start_type: Some(start.clone()),
                ..request
            },
            Self::Renewal => OrderRequest {
                kind: OrderType::Renewal,
                subscription_id,
                products: request.products.into_iter().map(without_subscription).collect(),
                ..request
            },
            Self::Cancellation => {
                OrderRequest { kind: OrderType::Cancellation, subscription_id, products: Vec::new(), ..request }
            }
        }
    }

    /// Whether the vendor's window for giving seats back applies.
    pub(super) fn can_be_undone(&self) -> bool {
        *self == Self::Lines
    }

    /// Whether it waits for the renewal, and so must not stand in the way of what is done now.
    pub(super) fn at_renewal(&self) -> bool {
        matches!(self, Self::AtRenewal | Self::Switch { later: true, .. })
    }

    /// What the activity says of it; nothing where the lines say it all.
    pub(super) fn words(&self) -> Option<&'static str> {
        match self {
            Self::Lines => None,
            Self::AtRenewal => Some("with the renewal"),
            Self::Switch { .. } => Some("switch of the plan or term"),
            Self::Renewal => Some("renewal now"),
            Self::Cancellation => Some("cancellation"),
        }
    }
}

/// The subscription is named once, by the order.
fn without_subscription(line: OrderLineRequest) -> OrderLineRequest {
    OrderLineRequest { subscription_id: None, ..line }
}
