//! A running simulator, and the handles a test holds on it.

use crate::config::{Config, Credentials};
use crate::connection::{Cut, CuttableListener};
use crate::faults::{FaultRule, Outage};
use crate::reports::files_router;
use crate::state::{Order, State};
use crate::stats::Stats;
use crate::world::{Shared, World};
use crate::{control, operations, wire};
use axum::Router;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use time::{Date, Duration, OffsetDateTime};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A stand-in marketplace. It stops when it is dropped.
#[derive(Debug)]
pub struct Simulator {
    world: Shared,
    servers: Vec<JoinHandle<()>>,
    address: Option<SocketAddr>,
}

impl Simulator {
    /// Invents the data and listens: the API on the configured address, report files on a port of their own.
    ///
    /// Fails when the address cannot be bound.
    pub async fn start(config: Config) -> io::Result<Self> {
        let listener = TcpListener::bind(config.listen).await?;
        let files = TcpListener::bind(SocketAddr::new(config.listen.ip(), 0)).await?;
        let mut simulator = Self::detached(config);
        let address = listener.local_addr()?;
        // Set once, here; a detached simulator has no origin.
        let _ = simulator.world.files_origin.set(format!("http://{}", reachable(files.local_addr()?)));
        let api = simulator.router().into_make_service_with_connect_info::<Cut>();
        simulator.servers.push(tokio::spawn(async move {
            if let Err(error) = axum::serve(CuttableListener(listener), api).await {
                tracing::error!("the API stopped: {error}");
            }
        }));
        let files_router = simulator.files_router();
        simulator.servers.push(tokio::spawn(async move {
            if let Err(error) = axum::serve(files, files_router).await {
                tracing::error!("the report files stopped: {error}");
            }
        }));
        simulator.address = Some(address);
        Ok(simulator)
    }

    /// Invents the data and listens nowhere: [`Simulator::router`] is called directly.
    pub fn detached(config: Config) -> Self {
        Self { world: Arc::new(World::new(config)), servers: Vec::new(), address: None }
    }

    /// The API at its base path, and the control endpoint.
    pub fn router(&self) -> Router {
        Router::new()
            .nest_service(&self.world.config.base_path, operations::router(&self.world))
            .merge(control::router(&self.world))
    }

    /// The report files, which live at another origin.
    pub fn files_router(&self) -> Router {
        files_router(&self.world)
    }

    /// The API's base URL, such as `http://127.0.0.1:4000/marketplace/us`; without a host when it listens nowhere.
    pub fn url(&self) -> String {
        let origin = self.address.map(|address| format!("http://{}", reachable(address))).unwrap_or_default();
        format!("{origin}{}", self.world.config.base_path)
    }

    /// The only credentials it accepts.
    pub fn credentials(&self) -> &Credentials {
        &self.world.credentials
    }

    /// The marketplace's present.
    pub fn now(&self) -> OffsetDateTime {
        self.world.clock.now()
    }

    /// Moves the marketplace's time forward; what falls due happens.
    pub fn advance(&self, by: Duration) {
        self.world.clock.advance(by);
    }

    /// Makes every token that was issued so far worthless.
    pub fn expire_tokens(&self) {
        self.world.tokens().expire_all();
    }

    /// Plays a fault on the next calls of an operation.
    pub fn add_fault(&self, rule: FaultRule) {
        self.world.faults().add(rule);
    }

    /// Forgets the faults that still wait.
    pub fn clear_faults(&self) {
        self.world.faults().clear();
    }

    /// Takes the marketplace down, or brings it back with `None`.
    pub fn set_outage(&self, outage: Option<Outage>) {
        *self.world.outage() = outage;
    }

    /// What has happened so far.
    pub fn stats(&self) -> Stats {
        self.world.stats().clone()
    }

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
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.servers.iter().for_each(JoinHandle::abort);
    }
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

/// A listener on every interface is reached on this machine's own.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
    }
    address
}
