//! Orders, as placed and as provisioned.

use super::{Period, PlanIndex, ProductIndex};
use domain::Money;
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
}

/// The letters an order number begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Prefix {
    So,
    Ch,
    Rn,
    Cl,
}

impl OrderKind {
    pub(crate) fn prefix(self) -> Prefix {
        match self {
            Self::Sales => Prefix::So,
            Self::Change => Prefix::Ch,
            Self::Renewal => Prefix::Rn,
            Self::Cancellation => Prefix::Cl,
        }
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
