//! Orders, as placed and as provisioned.

use super::{Period, PlanIndex, ProductIndex, Special, Transfer};
use domain::Money;
use marketplace::models::AlignExpiration;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::fmt;
use time::{Date, OffsetDateTime};

/// An order.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    pub(crate) id: u32,
    pub(crate) number: OrderNumber,
    pub(crate) kind: OrderKind,
    pub(crate) customer: u32,
    /// The subscription it acts on; for a sale the first it created.
    pub(crate) subscription: Option<u32>,
    pub(crate) po_number: Option<Box<str>>,
    pub(crate) created: OffsetDateTime,
    pub(crate) provisioned: Option<OffsetDateTime>,
    pub(crate) status: OrderStatus,
    pub(crate) total: Option<Money>,
    pub(crate) lines: Vec<OrderLine>,
    pub(crate) attributes: BTreeMap<String, String>,
    /// Whether the customer's credit is checked on the way.
    pub(crate) credit_check: bool,
    /// Takes effect when the subscription renews.
    pub(crate) on_renewal: bool,
    /// Another plan or term for the subscription; its lines name the products that take the present ones' places.
    pub(crate) switch: Option<Switch>,
    /// The first term of what it makes, or the next one of what it changes.
    pub(crate) first_term: FirstTerm,
    /// What that term ends together with, as it was asked for.
    pub(crate) aligned_with: Option<AlignExpiration>,
    /// Of a migration: billed last and next.
    pub(crate) billing_dates: Option<(Date, Date)>,
    /// Its provisioning is going to fail.
    pub(crate) fails: bool,
}

/// The plan and term a subscription switches to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Switch {
    pub(crate) plan: PlanIndex,
    pub(crate) term: Period,
    /// The term begins with the switch; otherwise it keeps its start.
    pub(crate) restart: bool,
}

/// What is particular about a term; as it is, a full term from the day the order is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct FirstTerm {
    /// Began earlier, elsewhere.
    pub(crate) begins: Option<Date>,
    /// Ends on this day.
    pub(crate) ends: Option<Date>,
    /// Renews by itself, or not.
    pub(crate) renews: Option<bool>,
}

/// One product of an order.
#[derive(Clone, Debug)]
pub(crate) struct OrderLine {
    pub(crate) product: ProductIndex,
    pub(crate) subscription: Option<u32>,
    /// What the subscription holds once the order completes.
    pub(crate) target: u32,
    /// What it held before.
    pub(crate) before: u32,
    pub(crate) charge: Charge,
    pub(crate) parameters: Vec<(String, serde_json::Value)>,
    /// Agreed in place of the catalogue's figures.
    pub(crate) special: Special,
    /// Its seats go over to another product.
    pub(crate) transfer: Option<Transfer>,
}

/// What a line costs now, on both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Charge {
    pub(crate) unit_price: Money,
    pub(crate) unit_cost: Money,
    pub(crate) price: Decimal,
    pub(crate) cost: Decimal,
    pub(crate) from: Date,
    pub(crate) through: Date,
}

impl Order {
    /// Every subscription it acts on or makes.
    pub(crate) fn touches(&self) -> Vec<u32> {
        let of_lines = self.lines.iter().flat_map(|line| [line.subscription, line.transfer.and_then(|to| to.into)]);
        let mut ids: Vec<u32> = of_lines.flatten().chain(self.subscription).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

impl OrderLine {
    /// Seats added (positive) or given back (negative).
    pub(crate) fn difference(&self) -> i64 {
        i64::from(self.target) - i64::from(self.before)
    }
}

/// What an order does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum OrderKind {
    Sales,
    Change,
    Renewal,
    Cancellation,
    Migration,
}

/// The letters an order number begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Prefix {
    So,
    Ch,
    Rn,
    Cl,
    Mg,
}

impl OrderKind {
    pub(crate) fn prefix(self) -> Prefix {
        match self {
            Self::Sales => Prefix::So,
            Self::Change => Prefix::Ch,
            Self::Renewal => Prefix::Rn,
            Self::Cancellation => Prefix::Cl,
            Self::Migration => Prefix::Mg,
        }
    }

    /// Whether its lines make subscriptions.
    pub(crate) fn makes_subscriptions(self) -> bool {
        matches!(self, Self::Sales | Self::Migration)
    }
}

/// The number people quote, such as `CH000017`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OrderNumber {
    pub(crate) prefix: Prefix,
    pub(crate) number: u32,
}

impl fmt::Display for OrderNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prefix = match self.prefix {
            Prefix::So => "SO",
            Prefix::Ch => "CH",
            Prefix::Rn => "RN",
            Prefix::Cl => "CL",
            Prefix::Mg => "MG",
        };
        write!(f, "{prefix}{:06}", self.number)
    }
}

/// Where an order stands; each stands for a status and a status code of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OrderStatus {
    /// `submitted`, `WP`.
    WaitingForPayment,
    /// `submitted`, `HL`.
    OnHold,
    /// `processing`, `LO`.
    Provisioning,
    /// `processing`, `AS`: waits for the renewal.
    Scheduled,
    /// `completed`, `CP`.
    Completed,
    /// `error`, `PF`.
    ProvisioningFailed,
    /// `cancelled`, `CL`.
    Cancelled,
}

impl OrderStatus {
    /// Whether it is still going to end.
    pub(crate) fn is_open(self) -> bool {
        matches!(self, Self::WaitingForPayment | Self::OnHold | Self::Provisioning | Self::Scheduled)
    }

    /// The platform's two letters.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::WaitingForPayment => "WP",
            Self::OnHold => "HL",
            Self::Provisioning => "LO",
            Self::Scheduled => "AS",
            Self::Completed => "CP",
            Self::ProvisioningFailed => "PF",
            Self::Cancelled => "CL",
        }
    }
}
