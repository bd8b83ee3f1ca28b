//! The marketplace's data, held compactly: a hundred thousand subscriptions fit in memory with ease.

mod agenda;
mod catalogue;
mod customer;
mod order;
mod period;
mod provisioning;
mod report;
mod settle;
mod subscription;
mod terms;
mod transfer;

pub(crate) use agenda::{Agenda, Event};
pub(crate) use catalogue::{
    BillingModel, Catalogue, Coterming, EndsWith, ParameterKind, ParameterRule, Plan, PlanIndex, PlanSwitch, Product,
    ProductIndex, Tiers,
};
pub(crate) use customer::{Address, Contact, ContactKind, Customer, CustomerStatus};
pub(crate) use order::{Charge, FirstTerm, Order, OrderKind, OrderLine, OrderNumber, OrderStatus, Prefix, Switch};
pub(crate) use period::{Period, Unit};
pub(crate) use report::{Report, ReportFormat, ReportName, ReportStatus, ReportType};
pub(crate) use settle::midnight;
pub(crate) use subscription::{Addition, ProductLine, Special, Subscription, SubscriptionStatus};
pub(crate) use transfer::{Transfer, TransferKind};

use marketplace::models::Reseller;
use std::collections::HashMap;
use time::OffsetDateTime;

/// The account that signs in: the reseller all customers belong to, but those of the resellers below it.
pub(crate) const RESELLER_ID: u32 = 1_000_001;
/// The reseller's company name, as reports print it.
pub(crate) const RESELLER_NAME: &str = "Harbourlight IT Services";
/// Resellers below ours there can be before their ids meet those of customers.
pub(crate) const MOST_RESELLERS: u32 = 20;
/// The first id of a reseller below ours.
const FIRST_SUB_RESELLER: u32 = 1_000_002;
/// The first customer's id; the others follow it.
pub(crate) const FIRST_CUSTOMER: u32 = 1_000_027;
/// The first subscription's id.
pub(crate) const FIRST_SUBSCRIPTION: u32 = 1_300_101;
/// The first order's id.
pub(crate) const FIRST_ORDER: u32 = 5_000_001;

/// All data, each collection oldest first, so that ids and creation times rise together.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) catalogue: Catalogue,
    /// Resellers below ours.
    pub(crate) resellers: Vec<Reseller>,
    pub(crate) customers: Vec<Customer>,
    pub(crate) subscriptions: Vec<Subscription>,
    pub(crate) orders: Vec<Order>,
    pub(crate) reports: Vec<Report>,
    pub(crate) agenda: Agenda,
    pub(crate) order_counts: HashMap<Prefix, u32>,
}

impl State {
    /// Nothing but a catalogue.
    pub(crate) fn new(catalogue: Catalogue) -> Self {
        Self {
            catalogue,
            resellers: Vec::new(),
            customers: Vec::new(),
            subscriptions: Vec::new(),
            orders: Vec::new(),
            reports: Vec::new(),
            agenda: Agenda::default(),
            order_counts: HashMap::new(),
        }
    }

    pub(crate) fn customer(&self, id: u32) -> Option<&Customer> {
        self.customers.get(position(id, FIRST_CUSTOMER)?)
    }

    pub(crate) fn customer_mut(&mut self, id: u32) -> Option<&mut Customer> {
        self.customers.get_mut(position(id, FIRST_CUSTOMER)?)
    }

    /// Whether a customer is one of a reseller's own.
    pub(crate) fn belongs_to(&self, customer: u32, reseller: u32) -> bool {
        self.customer(customer).is_some_and(|customer| customer.reseller == reseller)
    }

    /// Subscriptions of the account's own customers.
    pub(crate) fn own_subscriptions(&self) -> impl Iterator<Item = &Subscription> {
        self.subscriptions.iter().filter(|subscription| self.belongs_to(subscription.customer, RESELLER_ID))
    }

    /// Orders of the account's own customers.
    pub(crate) fn own_orders(&self) -> impl Iterator<Item = &Order> {
        self.orders.iter().filter(|order| self.belongs_to(order.customer, RESELLER_ID))
    }

    pub(crate) fn subscription(&self, id: u32) -> Option<&Subscription> {
        self.subscriptions.get(position(id, FIRST_SUBSCRIPTION)?)
    }

    pub(crate) fn subscription_mut(&mut self, id: u32) -> Option<&mut Subscription> {
        self.subscriptions.get_mut(position(id, FIRST_SUBSCRIPTION)?)
    }

    pub(crate) fn order(&self, id: u32) -> Option<&Order> {
        self.orders.get(position(id, FIRST_ORDER)?)
    }

    pub(crate) fn order_mut(&mut self, id: u32) -> Option<&mut Order> {
        self.orders.get_mut(position(id, FIRST_ORDER)?)
    }

    pub(crate) fn next_customer_id(&self) -> u32 {
        next_id(FIRST_CUSTOMER, self.customers.len())
    }

    /// Resellers and customers are accounts alike; those of resellers are below the first customer's.
    pub(crate) fn next_reseller_id(&self) -> u32 {
        next_id(FIRST_SUB_RESELLER, self.resellers.len())
    }

    pub(crate) fn next_subscription_id(&self) -> u32 {
        next_id(FIRST_SUBSCRIPTION, self.subscriptions.len())
    }

    pub(crate) fn next_order_id(&self) -> u32 {
        next_id(FIRST_ORDER, self.orders.len())
    }

    /// The next number of its kind, such as `CH000017`.
    pub(crate) fn next_order_number(&mut self, prefix: Prefix) -> OrderNumber {
        let count = self.order_counts.entry(prefix).or_default();
        *count += 1;
        OrderNumber { prefix, number: *count }
    }

    /// The change, renewal or cancellation that keeps another of its kind off a subscription.
    /// An order that waits for the renewal does not.
    pub(crate) fn order_in_progress(&self, subscription: u32, kind: OrderKind) -> Option<&Order> {
        let ids = self.subscription(subscription)?.open_orders.iter();
        ids.filter_map(|id| self.order(*id))
            .find(|order| order.kind == kind && !order.on_renewal && order.status.is_open())
    }

    /// When `id`'s agenda entry falls due, for callers outside the agenda.
    pub(crate) fn schedule(&mut self, at: OffsetDateTime, event: Event) {
        self.agenda.add(at, event);
    }
}

fn position(id: u32, first: u32) -> Option<usize> {
    usize::try_from(id.checked_sub(first)?).ok()
}

fn next_id(first: u32, count: usize) -> u32 {
    first.saturating_add(u32::try_from(count).unwrap_or(u32::MAX))
}
