//! What an order does, beyond its lines.

use super::moves::MoveInto;
use super::switched::Switched;
use domain::{Permission, PlanId};
use marketplace::models::{
    AlignExpiration, MigratedTerm, OrderLineRequest, OrderRequest, Period, Schedule, UpgradeStart,
};

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
        /// The same for people.
        told: Box<Switched>,
    },
    /// Makes seats of a product line another product's.
    Move {
        /// Both products and the number of seats.
        line: Box<OrderLineRequest>,
        /// Where the seats go.
        into: MoveInto,
        /// All seats of the line go.
        all: bool,
    },
    /// Takes over what was bought elsewhere, as a new subscription.
    Migration(MigratedTerm),
    /// Extends by another term now.
    Renewal,
    /// Ends the subscription now.
    Cancellation,
}

impl Deed {
    /// The order as the marketplace takes it; without a `subscription` it buys a new one.
    pub(super) fn request(
        &self,
        customer: &str,
        subscription: Option<&str>,
        lines: Vec<OrderLineRequest>,
    ) -> OrderRequest {
        let Some(subscription) = subscription else {
            return match self {
                Self::Migration(term) => OrderRequest::migration(customer, lines, *term),
                _ => OrderRequest::sales(customer, lines),
            };
        };
        match self {
            Self::Migration(_) | Self::Lines => OrderRequest::change(customer, subscription, lines),
            Self::AtRenewal => OrderRequest {
                scheduled_on: Some(Schedule::Renewal),
                ..OrderRequest::change(customer, subscription, lines)
            },
            // A switch takes every product line along, so it names none.
            Self::Switch { plan, term, start, .. } => OrderRequest {
                subscription_id: Some(subscription.into()),
                plan_id: Some(plan.clone()),
                subscription_period: term.clone(),
                upgrade_start_type: Some(start.clone()),
                ..OrderRequest::change(customer, subscription, Vec::new())
            },
            Self::Move { line, into, all } => moved(customer, subscription, line.as_ref().clone(), into, *all),
            // A renewal may have no lines to name the subscription.
            Self::Renewal => OrderRequest {
                subscription_id: Some(subscription.into()),
                ..OrderRequest::renewal(customer, subscription, lines)
            },
            Self::Cancellation => OrderRequest::cancellation(customer, subscription),
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

    /// The switch for people, where it is one.
    pub(super) fn switched(&self) -> Option<Switched> {
        match self {
            Self::Switch { told, .. } => Some(told.as_ref().clone()),
            _ => None,
        }
    }

    /// Whose act it is, on a subscription that there is already or on none.
    pub(super) fn permission(&self, on_a_subscription: bool) -> Permission {
        match self {
            Self::Lines if on_a_subscription => Permission::ChangeSeats,
            Self::AtRenewal => Permission::ChangeSeats,
            Self::Lines | Self::Migration(_) => Permission::PlaceOrders,
            Self::Switch { .. } | Self::Move { .. } | Self::Renewal | Self::Cancellation => {
                Permission::ManageSubscriptions
            }
        }
    }

    /// What the activity says of it; nothing where the lines say it all.
    pub(super) fn words(&self) -> Option<&'static str> {
        match self {
            Self::Lines => None,
            Self::AtRenewal => Some("with the renewal"),
            Self::Switch { .. } => Some("switch of the plan or term"),
            Self::Move { into: MoveInto::Same, all: true, .. } => Some("switch of the product"),
            Self::Move { .. } => Some("move of seats to another product"),
            Self::Migration(_) => Some("migration"),
            Self::Renewal => Some("renewal now"),
            Self::Cancellation => Some("cancellation"),
        }
    }
}

fn moved(customer: &str, subscription: &str, line: OrderLineRequest, into: &MoveInto, all: bool) -> OrderRequest {
    match into {
        MoveInto::Same if all => OrderRequest::product_switch(customer, subscription, line),
        MoveInto::Same => OrderRequest::move_seats(customer, subscription, line, Some(subscription.into())),
        MoveInto::Subscription(id) => OrderRequest::move_seats(customer, subscription, line, Some(id.as_str().into())),
        MoveInto::New => OrderRequest {
            align_expiration_date: Some(AlignExpiration::partial_upgrade(subscription)),
            ..OrderRequest::move_seats(customer, subscription, line, None)
        },
    }
}
