//! What the marketplace holds, for assertions.

use crate::simulator::Simulator;
use crate::state::{Customer, Order, State};
use crate::wire;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use time::Date;

impl Simulator {
    /// A customer's subscriptions, newest first.
    pub fn subscriptions_of(&self, customer: &str) -> Vec<SubscriptionView> {
        let customer = customer.parse().unwrap_or(0);
        let state = self.world.state();
        let all = state.subscriptions.iter().rev();
        all.filter(|subscription| subscription.customer == customer).map(|sub| view(&state, sub)).collect()
    }

    /// A subscription as it is at the marketplace.
    pub fn subscription(&self, id: &str) -> Option<SubscriptionView> {
        let state = self.world.state();
        Some(view(&state, state.subscription(id.parse().ok()?)?))
    }

    /// A customer's orders, newest first.
    pub fn orders_of(&self, customer: &str) -> Vec<OrderView> {
        let customer = customer.parse().unwrap_or(0);
        let state = self.world.state();
        state.orders.iter().rev().filter(|order| order.customer == customer).map(order_view).collect()
    }

    /// The orders that carry an attribute of that name, newest first.
    pub fn orders_with(&self, attribute: &str) -> Vec<OrderView> {
        let state = self.world.state();
        state.orders.iter().rev().filter(|order| order.attributes.contains_key(attribute)).map(order_view).collect()
    }

    /// A customer.
    pub fn customer(&self, id: &str) -> Option<CustomerView> {
        let id: u32 = id.parse().ok()?;
        let state = self.world.state();
        state.customers.iter().find(|customer| customer.id == id).map(CustomerView::of)
    }

    /// The customers of exactly that name, oldest first.
    pub fn customers_named(&self, name: &str) -> Vec<CustomerView> {
        let state = self.world.state();
        state.customers.iter().filter(|customer| &*customer.name == name).map(CustomerView::of).collect()
    }

    /// Every report, oldest first.
    pub fn reports(&self) -> Vec<ReportView> {
        let state = self.world.state();
        let reports = state.reports.iter();
        reports
            .map(|report| ReportView {
                id: report.id.to_string(),
                name: report.name.text().to_owned(),
                status: wire::report_status(report.status).to_string(),
            })
            .collect()
    }
}

/// A customer, for assertions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The number it has in the reseller's own system.
    pub external_id: Option<String>,
    /// Its city.
    pub city: String,
}

impl CustomerView {
    fn of(customer: &Customer) -> Self {
        Self {
            id: customer.id.to_string(),
            name: customer.name.to_string(),
            external_id: customer.external_id.as_deref().map(str::to_owned),
            city: customer.address.city.to_string(),
        }
    }
}

/// A report, for assertions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportView {
    /// Its id.
    pub id: String,
    /// The name it is configured under.
    pub name: String,
    /// The status as the API writes it.
    pub status: String,
}

/// A subscription, for assertions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubscriptionView {
    /// Its id.
    pub id: String,
    /// Its customer's id.
    pub customer: String,
    /// Its plan's name.
    pub plan: String,
    /// Its plan's vendor.
    pub vendor: String,
    /// The status as the API writes it.
    pub status: String,
    /// Whether it renews by itself.
    pub auto_renew: bool,
    /// The day it renews or ends; `None` until it is active.
    pub expires: Option<Date>,
    /// Products, seats and prices of its lines.
    pub lines: Vec<LineView>,
}

/// A product line, for assertions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineView {
    /// The product's id.
    pub product: String,
    /// The product's MPN.
    pub mpn: String,
    /// Its seats.
    pub seats: u32,
    /// What one seat costs the customer for a billing period.
    pub unit_price: Decimal,
}

/// An order, for assertions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderView {
    /// Its id.
    pub id: String,
    /// Its number, such as `CH000017`.
    pub number: String,
    /// The type as the API writes it.
    pub kind: String,
    /// The status as the API writes it.
    pub status: String,
    /// The subscription it acts on or made.
    pub subscription: Option<String>,
    /// The customer's own number.
    pub po_number: Option<String>,
    /// What whoever placed it attached to it.
    pub attributes: BTreeMap<String, String>,
}

fn order_view(order: &Order) -> OrderView {
    OrderView {
        id: order.id.to_string(),
        number: order.number.to_string(),
        kind: wire::order_type(order.kind).to_string(),
        status: wire::order_status(order.status).to_string(),
        subscription: order.subscription.map(|id| id.to_string()),
        po_number: order.po_number.as_deref().map(str::to_owned),
        attributes: order.attributes.clone(),
    }
}

fn view(state: &State, subscription: &crate::state::Subscription) -> SubscriptionView {
    let plan = state.catalogue.plan(subscription.plan);
    let lines = subscription.lines.iter().map(|line| {
        let product = state.catalogue.product(line.product);
        LineView {
            product: product.id.clone(),
            mpn: product.mpn.to_owned(),
            seats: line.quantity,
            unit_price: line.unit_price(&state.catalogue, line.quantity),
        }
    });
    SubscriptionView {
        id: subscription.id.to_string(),
        customer: subscription.customer.to_string(),
        plan: plan.name.to_owned(),
        vendor: plan.vendor.to_owned(),
        status: wire::subscription_status(subscription.status).to_string(),
        auto_renew: subscription.auto_renew,
        expires: subscription.term_end,
        lines: lines.collect(),
    }
}
