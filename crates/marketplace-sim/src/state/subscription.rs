//! Subscriptions and their product lines.

use super::{Catalogue, Period, PlanIndex, ProductIndex};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use time::{Date, OffsetDateTime};

/// A subscription of a customer to a plan.
#[derive(Clone, Debug)]
pub(crate) struct Subscription {
    pub(crate) id: u32,
    pub(crate) customer: u32,
    pub(crate) plan: PlanIndex,
    pub(crate) term: Period,
    pub(crate) status: SubscriptionStatus,
    pub(crate) created: OffsetDateTime,
    /// First day of its first term.
    pub(crate) began: Date,
    /// Billing periods count from this day, which is not after the first.
    pub(crate) billed_from: Date,
    /// First day of the present (or last) term.
    pub(crate) term_start: Date,
    /// The day it renews or ends: the day after the term's last. `None` until it is active.
    pub(crate) term_end: Option<Date>,
    /// The day the next term ends, if that is not a full one.
    pub(crate) next_end: Option<Date>,
    pub(crate) modified: Date,
    pub(crate) auto_renew: bool,
    pub(crate) lines: Vec<ProductLine>,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) parameters: Vec<(String, serde_json::Value)>,
    /// Carried along by renewals.
    pub(crate) po_number: Option<Box<str>>,
    /// Orders that have not ended yet, by id.
    pub(crate) open_orders: Vec<u32>,
    /// Seats bought lately, which the vendor may still take back.
    pub(crate) additions: Vec<Addition>,
}

/// One product in a subscription.
#[derive(Clone, Debug)]
pub(crate) struct ProductLine {
    pub(crate) product: ProductIndex,
    pub(crate) quantity: u32,
    pub(crate) special: Special,
}

/// What was agreed in place of the catalogue's figures, for one unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Special {
    pub(crate) price: Option<Decimal>,
    pub(crate) cost: Option<Decimal>,
}

/// Seats added to a product line after the term began.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Addition {
    pub(crate) product: ProductIndex,
    pub(crate) at: OffsetDateTime,
    pub(crate) seats: u32,
}

/// The statuses of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SubscriptionStatus {
    Pending,
    Active,
    Hold,
    Terminated,
    Removed,
}

impl Subscription {
    /// The line of a product.
    pub(crate) fn line(&self, product: ProductIndex) -> Option<&ProductLine> {
        self.lines.iter().find(|line| line.product == product)
    }

    /// The line of a product.
    pub(crate) fn line_mut(&mut self, product: ProductIndex) -> Option<&mut ProductLine> {
        self.lines.iter_mut().find(|line| line.product == product)
    }

    /// The billing period `day` lies in, as first day and the day after the last.
    pub(crate) fn billing_period(&self, catalogue: &Catalogue, day: Date) -> (Date, Date) {
        catalogue.plan(self.plan).billing.around(self.billed_from, day)
    }

    /// Seats of a line bought before `since`: the vendor does not take these back.
    pub(crate) fn settled_seats(&self, product: ProductIndex, since: OffsetDateTime) -> u32 {
        let held = self.line(product).map_or(0, |line| line.quantity);
        let recent = self.additions.iter().filter(|addition| addition.product == product && addition.at > since);
        recent.fold(held, |seats, addition| seats.saturating_sub(addition.seats))
    }
}

impl ProductLine {
    /// A line at the catalogue's price.
    pub(crate) fn new(product: ProductIndex, quantity: u32) -> Self {
        Self { product, quantity, special: Special::default() }
    }

    /// The line with another quantity, and with what was agreed anew.
    pub(crate) fn with(&self, quantity: u32, special: Special) -> Self {
        Self { quantity, special: special.or(self.special), ..self.clone() }
    }

    /// Price of one unit if the line held `quantity`.
    pub(crate) fn unit_price(&self, catalogue: &Catalogue, quantity: u32) -> Decimal {
        self.special.price.unwrap_or_else(|| catalogue.product(self.product).prices.at(quantity))
    }

    /// Cost of one unit if the line held `quantity`.
    pub(crate) fn unit_cost(&self, catalogue: &Catalogue, quantity: u32) -> Decimal {
        self.special.cost.unwrap_or_else(|| catalogue.product(self.product).costs.at(quantity))
    }
}

impl Special {
    /// These, and the earlier ones where there are none.
    pub(crate) fn or(self, earlier: Self) -> Self {
        Self { price: self.price.or(earlier.price), cost: self.cost.or(earlier.cost) }
    }
}
