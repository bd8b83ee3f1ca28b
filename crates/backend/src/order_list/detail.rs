//! One order as the marketplace has it, and which order a link means.

use super::{Contents, OrderTerms, sql};
use crate::{Backend, Error, Result};
use domain::Money;
use rust_decimal::Decimal;
use time::OffsetDateTime;
use uuid::Uuid;

/// Everything copied about one order.
#[derive(Clone, Debug)]
pub struct Order {
    /// Identifier at the marketplace.
    pub id: String,
    /// What people call it.
    pub order_number: Option<String>,
    /// What it does, as the marketplace names it.
    pub kind: String,
    /// How far it is, as the marketplace names it.
    pub status: String,
    /// The marketplace's finer code of the status.
    pub status_code: Option<String>,
    /// Carried out with the subscription's renewal, not at once.
    pub at_renewal: bool,
    /// For whom.
    pub customer_id: String,
    /// Their name, once it is known.
    pub customer_name: Option<String>,
    /// The subscription it acts on or made.
    pub subscription_id: Option<String>,
    /// Its name, once it is known.
    pub subscription_name: Option<String>,
    /// The customer's purchase order number.
    pub po_number: Option<String>,
    /// When it was made.
    pub created_at: Option<OffsetDateTime>,
    /// When it was carried out.
    pub provisioned_at: Option<OffsetDateTime>,
    /// What it comes to, as the marketplace says.
    pub total: Option<Money>,
    /// Its lines; `None` before its detail was read.
    pub lines: Option<Vec<OrderLine>>,
    /// What it charges; `None` before its detail was read.
    pub charges: Option<Vec<Charge>>,
    /// What else it says of itself; `None` before its detail was read.
    pub terms: Option<OrderTerms>,
    /// Custom attributes, by name.
    pub attributes: Vec<(String, String)>,
    /// Whether lines and charges are there, and if not, why.
    pub contents: Contents,
    /// When this was read from the marketplace.
    pub as_of: OffsetDateTime,
}

/// A line of an order at the marketplace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderLine {
    /// The product's name, or its number where the marketplace gives no name.
    pub name: String,
    /// The vendor's number of the product.
    pub number: Option<String>,
    /// The product's vendor.
    pub vendor: Option<String>,
    /// What the line costs the customer.
    pub price: Option<Money>,
    /// The quantity as the marketplace writes it: of a change, either the new total or the difference.
    pub quantity: Option<Decimal>,
}

/// A price line of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// What for.
    pub description: String,
    /// What sort of charge, as the marketplace names it.
    pub kind: Option<String>,
    /// The tax on the price; whether it comes on top the marketplace does not say.
    pub tax: Option<Money>,
    /// How many.
    pub quantity: Option<Decimal>,
    /// The price of all of it: what the customer's side is charged (assumed of the marketplace's `sales` figures).
    pub price: Option<Money>,
    /// What all of it costs the reseller (assumed of the marketplace's plain figures).
    pub cost: Option<Money>,
}

/// The two records an order can have: ours, and the marketplace's. At least one is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Which {
    /// The intent, where it was placed here.
    pub intent_id: Option<Uuid>,
    /// The marketplace's identifier, where it is known.
    pub order_id: Option<String>,
}

/// What the identifier of an order page means: an intent's, or the marketplace's.
pub async fn which(backend: &Backend, id: &str) -> Result<Which> {
    match id.parse() {
        Ok(intent_id) => sql::which_of_intent(&backend.pool, intent_id).await?,
        Err(_) => sql::which_of_order(&backend.pool, id).await?,
    }
    .ok_or(Error::NotFound("order"))
}

/// One order of the copy.
pub async fn get(backend: &Backend, id: &str) -> Result<Order> {
    sql::get(&backend.pool, id, backend.clock.now()).await?.ok_or(Error::NotFound("order"))
}
