//! What is known of a subscription.

use super::Reading;
use crate::stored::Period;
use domain::{Money, Seats};
use serde_json::Value;
use time::{Date, OffsetDateTime};

/// A row of the list of subscriptions.
#[derive(Clone, Debug, PartialEq)]
pub struct SubscriptionRow {
    /// Identifier at the marketplace.
    pub id: String,
    /// What was bought.
    pub name: String,
    /// Status, as the marketplace names it.
    pub status: String,
    /// Whose it is.
    pub customer_id: String,
    /// The customer's name, once it was read.
    pub customer_name: Option<String>,
    /// Who makes it; `None` until the detail was read.
    pub vendor: Option<String>,
    /// All product lines together; `None` until the detail was read.
    pub seats: Option<i64>,
    /// It renews by itself.
    pub auto_renew: Option<bool>,
    /// The day it is up for renewal.
    pub renews_on: Option<Date>,
    /// The day it was created.
    pub created_on: Option<Date>,
    /// How long its term is.
    pub term: Option<Period>,
    /// How often it is charged.
    pub billing_period: Option<Period>,
    /// What one billing period costs the customer; `None` until the detail was read.
    pub price: Option<Money>,
    /// A change of it was placed here and is not settled.
    pub change_under_way: bool,
    /// When this was read from the marketplace.
    pub as_of: OffsetDateTime,
}

/// Everything copied about one subscription.
#[derive(Clone, Debug)]
pub struct Subscription {
    /// Identifier at the marketplace.
    pub id: String,
    /// What was bought.
    pub name: String,
    /// Status, as the marketplace names it.
    pub status: String,
    /// Whose it is.
    pub customer_id: String,
    /// The customer's name, once it was read.
    pub customer_name: Option<String>,
    /// It renews by itself.
    pub auto_renew: Option<bool>,
    /// The day it was created.
    pub created_on: Option<Date>,
    /// The day it is up for renewal.
    pub renews_on: Option<Date>,
    /// The day it ends.
    pub expires_on: Option<Date>,
    /// The day something about it changed last.
    pub modified_on: Option<Date>,
    /// When it is charged, as the marketplace names it.
    pub billing_model: Option<String>,
    /// How often it is charged.
    pub billing_period: Option<Period>,
    /// How long its term is.
    pub term: Option<Period>,
    /// Custom attributes, by name.
    pub attributes: Value,
    /// The plan it was bought from.
    pub plan_id: Option<String>,
    /// The plan's name, once the catalogue was read.
    pub plan_name: Option<String>,
    /// Who makes it.
    pub vendor: Option<String>,
    /// All product lines together.
    pub seats: Option<i64>,
    /// What one billing period costs the customer.
    pub price: Option<Money>,
    /// What one billing period costs the reseller. Only for people who may see costs.
    pub cost: Option<Money>,
    /// What was asked when it was ordered: an array of `{name, value}`.
    pub order_parameters: Option<Value>,
    /// What the vendor gave back: an array of `{name, value}`.
    pub fulfilment_parameters: Option<Value>,
    /// The product lines; empty until the detail was read, and for subscriptions without products.
    pub lines: Vec<ProductLine>,
    /// When the list's facts (status, dates) were read.
    pub as_of: OffsetDateTime,
    /// When the detail (seats, prices, lines, parameters) was read; `None` while it never was.
    pub detailed_at: Option<OffsetDateTime>,
    /// How far the reading of the detail is.
    pub reading: Reading,
}

/// One product in a subscription.
#[derive(Clone, Debug, PartialEq)]
pub struct ProductLine {
    /// Its position in the subscription, from 1.
    pub line: i32,
    /// The product's identifier in the catalogue.
    pub product_id: Option<String>,
    /// The vendor's number of the product.
    pub mpn: Option<String>,
    /// Who makes it.
    pub vendor: Option<String>,
    /// What it is called.
    pub name: String,
    /// How many.
    pub seats: Seats,
    /// What one seat costs the customer per billing period.
    pub unit_price: Option<Money>,
    /// What one seat costs the reseller per billing period. Only for people who may see costs.
    pub unit_cost: Option<Money>,
    /// What the line costs the customer per billing period.
    pub extended_price: Option<Money>,
    /// The subscription's name at the vendor.
    pub vendor_subscription_id: Option<String>,
}

impl Subscription {
    /// The same for people who may not see what the reseller pays.
    #[must_use]
    pub fn without_costs(mut self) -> Self {
        self.cost = None;
        self.lines.iter_mut().for_each(|line| line.unit_cost = None);
        self
    }

    /// It runs, or will, and nothing of its detail was ever read.
    pub fn is_unread(&self) -> bool {
        let is_over = matches!(self.status.as_str(), "terminated" | "removed");
        !is_over && self.detailed_at.is_none() && self.lines.is_empty()
    }

    /// The product line at that position.
    pub fn line(&self, line: i32) -> Option<&ProductLine> {
        self.lines.iter().find(|candidate| candidate.line == line)
    }
}
