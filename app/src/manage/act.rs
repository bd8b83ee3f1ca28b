//! The acts that are orders: their page, and their state in the query.

use crate::paths;
use crate::url::Query;
use backend::orders::{Act, SeatMove, SubscriptionAct};
use backend::subscriptions::Subscription;
use domain::Permission;

/// Which act a page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Another number of seats with the renewal.
    SeatsAtRenewal,
    /// Another plan or term.
    Switch,
    /// Another product for seats of a line.
    Move,
    /// Another term now.
    Renew,
    /// The end now.
    Cancel,
}

impl Kind {
    const ALL: [Self; 5] = [Self::SeatsAtRenewal, Self::Switch, Self::Move, Self::Renew, Self::Cancel];

    /// The last segment of the page's path.
    pub(super) fn segment(self) -> &'static str {
        match self {
            Self::SeatsAtRenewal => "seats-at-renewal",
            Self::Switch => "switch",
            Self::Move => "move",
            Self::Renew => "renew",
            Self::Cancel => "cancel",
        }
    }

    /// The act that `segment` names.
    pub(crate) fn of(segment: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.segment() == segment)
    }

    /// The page's title.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::SeatsAtRenewal => "Change seats with the renewal",
            Self::Switch => "Switch plan or term",
            Self::Move => "Move seats to another product",
            Self::Renew => "Renew now",
            Self::Cancel => "Cancel subscription",
        }
    }

    /// What it takes; the service asks for the same.
    pub(crate) fn permission(self) -> Permission {
        match self {
            Self::SeatsAtRenewal => Permission::ChangeSeats,
            Self::Switch | Self::Move | Self::Renew | Self::Cancel => Permission::ManageSubscriptions,
        }
    }

    /// The page's address.
    pub(super) fn path(self, subscription_id: &str) -> String {
        paths::of_subscription(subscription_id, self.segment())
    }

    /// What the query says is to be done; `None` while something is still to be chosen.
    pub(super) fn act(self, query: &Query) -> Option<Act> {
        match self {
            Self::SeatsAtRenewal => {
                Some(Act::SeatsAtRenewal { line: line(query), seats: query.get("seats")?.to_owned() })
            }
            Self::Move if query.get("step").is_some() => Some(Act::Move(SeatMove {
                line: line(query),
                product_key: query.get("product").unwrap_or_default().to_owned(),
                seats: query.get("seats").unwrap_or_default().to_owned(),
                into: query.get("into")?.parse().ok()?,
            })),
            // The products are still looked at.
            Self::Move => None,
            Self::Switch => Some(Act::Switch { to: query.get("to")?.to_owned(), restart: restarts(query) }),
            Self::Renew => Some(Act::Renew),
            Self::Cancel => Some(Act::Cancel),
        }
    }

    /// The same for the subscription.
    pub(super) fn order(self, subscription_id: &str, query: &Query, po_number: &str) -> Option<SubscriptionAct> {
        Some(SubscriptionAct {
            subscription_id: subscription_id.to_owned(),
            act: self.act(query)?,
            po_number: Some(po_number.to_owned()),
        })
    }

    /// Why there is nothing to do here; `None` where there is.
    pub(super) fn refusal(self, subscription: &Subscription) -> Option<String> {
        let status = &subscription.status;
        if status != "active" {
            return Some(format!("This subscription is {status}. Only an active one can be changed."));
        }
        match self {
            Self::SeatsAtRenewal if subscription.renews_on.is_none() => {
                Some("The marketplace names no renewal of this subscription.".to_owned())
            }
            Self::SeatsAtRenewal if subscription.auto_renew == Some(false) => {
                Some("This subscription ends; it does not renew. Turn automatic renewal on first.".to_owned())
            }
            Self::SeatsAtRenewal | Self::Switch | Self::Move | Self::Renew
                if subscription.lines.is_empty() && !subscription.is_unread() =>
            {
                Some("The marketplace lists no products in this subscription.".to_owned())
            }
            _ => None,
        }
    }
}

/// Whether the query says that a new term begins with a switch.
pub(super) fn restarts(query: &Query) -> bool {
    query.get("start") == Some("now")
}

/// The product line that the query means; the first where it does not say.
pub(super) fn line(query: &Query) -> i32 {
    query.get("line").and_then(|line| line.parse().ok()).unwrap_or(1)
}
