//! Which orders need a second person.
//!
//! A rule that cannot be judged asks: an amount in a currency that the rule does not name, a price or a vendor that
//! nobody knows. Waiting costs an hour; waving through what could not be compared costs the order.

use crate::{AssignedRole, Money, Role, Seats};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// From when on an order needs a second person: all conditions that it names must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApprovalRule {
    /// Orders of this kind only.
    pub kind: Option<OrderKind>,
    /// Orders with a product of this vendor only.
    pub vendor: Option<String>,
    /// Orders that somebody of this role asks for only.
    pub role: Option<Role>,
    /// From this amount on, be it charged or credited now.
    pub amount: Option<Money>,
    /// From this change of seats on, in percent of what a product line had.
    pub percent: Option<u32>,
}

/// What the rules look at.
#[derive(Clone, Debug)]
pub struct OrderFacts {
    /// What it does; `None` for a kind that is not known here.
    pub kind: Option<OrderKind>,
    /// Who makes each line's product, where that is known.
    pub vendors: Vec<Option<String>>,
    /// The role of whoever asks for it.
    pub role: AssignedRole,
    /// What it costs now; `None` where the marketplace did not tell.
    pub amount: Option<Money>,
    /// The seats of each line, before and after.
    pub seats: Vec<(Seats, Seats)>,
}

/// What an order does, as the marketplace names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderKind {
    /// Buys.
    Sales,
    /// Changes seats, plan, term or product.
    Change,
    /// Extends by another term.
    Renewal,
    /// Ends.
    Cancellation,
    /// Takes over what was bought elsewhere.
    Migration,
}

/// The share at which something new or something ended counts.
const ALL_OF_IT: u32 = 100;

impl ApprovalRule {
    /// Whether the order has to wait.
    pub fn asks(&self, order: &OrderFacts) -> bool {
        self.names_kind(order) && self.names_vendor(order) && self.names_role(order) && self.reaches(order)
    }

    fn names_kind(&self, order: &OrderFacts) -> bool {
        self.kind.is_none() || order.kind.is_none() || self.kind == order.kind
    }

    fn names_vendor(&self, order: &OrderFacts) -> bool {
        let Some(vendor) = &self.vendor else { return true };
        let is_it = |line: &Option<String>| {
            line.as_ref().is_none_or(|line| line.trim().to_lowercase() == vendor.trim().to_lowercase())
        };
        order.vendors.is_empty() || order.vendors.iter().any(is_it)
    }

    fn names_role(&self, order: &OrderFacts) -> bool {
        match (self.role, &order.role) {
            (Some(role), AssignedRole::BuiltIn(theirs)) => role == *theirs,
            // A role that an admin made may be any of them with a few permissions more or less.
            (None, _) | (Some(_), AssignedRole::Custom(_)) => true,
        }
    }

    fn reaches(&self, order: &OrderFacts) -> bool {
        self.amount.is_none_or(|from| reaches_amount(from, order.amount))
            && self.percent.is_none_or(|from| reaches_percent(from, order))
    }
}

/// Whether the amount, charged or credited, is that much or more. One that is not known, or is in another currency, counts as
/// more.
pub fn reaches_amount(from: Money, amount: Option<Money>) -> bool {
    amount.and_then(|amount| amount.size_in(from.currency)).is_none_or(|size| size >= from.amount)
}

/// The biggest change of a line decides; what ends, ends altogether.
fn reaches_percent(from: u32, order: &OrderFacts) -> bool {
    let ends = order.kind.is_none_or(|kind| kind == OrderKind::Cancellation);
    (ends && ALL_OF_IT >= from) || order.seats.iter().any(|(before, after)| changes_by(from, *before, *after))
}

/// Compared without dividing, so that nothing is rounded.
fn changes_by(percent: u32, before: Seats, after: Seats) -> bool {
    if before == Seats::default() {
        return after != before && ALL_OF_IT >= percent;
    }
    let changed = u64::from(after.get().abs_diff(before.get()));
    changed.saturating_mul(100) >= u64::from(percent).saturating_mul(before.get().into())
}

/// As in "Orders of 1,000.00 USD or more".
impl fmt::Display for ApprovalRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::default() {
            return f.write_str("Every order");
        }
        f.write_str(self.kind.map_or("Orders", OrderKind::plural))?;
        if let Some(amount) = self.amount {
            write!(f, " of {} or more", amount.display())?;
        }
        if let Some(vendor) = &self.vendor {
            write!(f, " for products of {vendor}")?;
        }
        if let Some(percent) = self.percent {
            write!(f, " that change {percent} % of the seats or more")?;
        }
        if let Some(role) = self.role {
            let article = if matches!(role, Role::AccountManager | Role::Approver | Role::Admin) { "an" } else { "a" };
            write!(f, ", asked for by {article} {}", role.label())?;
        }
        Ok(())
    }
}

impl OrderKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Sales, Self::Change, Self::Renewal, Self::Cancellation, Self::Migration];

    /// The marketplace's name for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sales => "sales",
            Self::Change => "change",
            Self::Renewal => "renewal",
            Self::Cancellation => "cancellation",
            Self::Migration => "migration",
        }
    }

    /// Several of them, at the beginning of a sentence.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Sales => "Sales orders",
            Self::Change => "Change orders",
            Self::Renewal => "Renewals",
            Self::Cancellation => "Cancellations",
            Self::Migration => "Migrations",
        }
    }
}

impl FromStr for OrderKind {
    type Err = UnknownOrderKind;

    fn from_str(text: &str) -> Result<Self, UnknownOrderKind> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or_else(|| UnknownOrderKind(text.to_owned()))
    }
}

/// No kind of order has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a kind of order")]
pub struct UnknownOrderKind(String);

#[cfg(test)]
mod tests;
