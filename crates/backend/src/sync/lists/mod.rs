//! The lists of the marketplace: how a page of each is asked for and stored.

mod customers;
mod orders;
mod plans;
mod products;
mod reports;
mod resellers;
mod subscriptions;

pub(super) use customers::{Customers, CustomersBelow};
pub use customers::{store_customer, store_customer_of};
pub(super) use orders::store_detail as store_order_detail;
pub use orders::store_order;
pub(super) use orders::{NewOrders, OpenOrders, OrdersBelow};
pub(super) use plans::{Plans, store_detail as store_plan_detail};
pub(super) use products::Products;
pub(super) use reports::Reports;
pub use reports::store_report;
pub(super) use resellers::Resellers;
pub use resellers::store_reseller;
pub use subscriptions::store_subscription;
pub(super) use subscriptions::{Subscriptions, store_detail as store_subscription_detail};

use crate::Result;
use marketplace::Client;
use marketplace::models::{Page, Period};
use serde::Serialize;
use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Where a sweep stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Position {
    /// Rows read so far.
    pub(super) offset: u64,
    /// When the last complete sweep began.
    pub(super) complete_as_of: Option<OffsetDateTime>,
}

/// A list of the marketplace and its table.
pub(super) trait List {
    /// A row, as the marketplace gives it.
    type Item;

    /// Asks for a page.
    async fn page(&self, client: &Client, position: Position) -> Result<Page<Self::Item>, marketplace::Error>;

    /// Stores it, and answers how many rows are new or changed.
    async fn store(&self, db: &mut PgConnection, items: &[Self::Item], as_of: OffsetDateTime) -> Result<i64>;

    /// Called in the transaction of the last page.
    async fn complete(&self, _db: &mut PgConnection, _sweep: Sweep) -> Result<()> {
        Ok(())
    }
}

/// A sweep that has reached the end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sweep {
    pub(super) started_at: OffsetDateTime,
    pub(super) now: OffsetDateTime,
    /// Rows there are, as the marketplace says.
    pub(super) total: i32,
}

/// Part of a model, as JSON; what cannot be written is left out.
fn json(part: impl Serialize) -> Value {
    serde_json::to_value(part).unwrap_or_default()
}

/// A period as the columns have it: its unit and its number.
fn split(period: Option<&Period>) -> (Option<String>, Option<i32>) {
    (period.map(|period| period.kind.to_string()), period.map(|period| period.duration))
}

/// A word of the marketplace, `unknown` where it says none.
fn word(value: Option<&impl ToString>) -> String {
    value.map_or_else(|| "unknown".to_owned(), ToString::to_string)
}
