//! The catalogue's products.

use super::field::{Field, Wire, if_complete};
use super::model::{model, wire_enum};
use super::{BillingModel, Period, Quoted};
use domain::{Money, ProductId};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;

wire_enum! {
    /// What a price is for.
    pub enum PriceType {
        /// Every billing period.
        Recurring = "recurring",
        /// Once, at the start.
        Setup = "setup",
        /// For use beyond what was bought.
        Overuse = "overuse",
    }
}

wire_enum! {
    /// How a price depends on the quantity.
    pub enum PriceModel {
        /// Not at all.
        Flat = "FLAT",
        /// Each step has its own price.
        Tiered = "TIERED",
        /// By the quantity of the subscription.
        VolumeSubscription = "VOLUME_SUBSCRIPTION",
        /// By the quantity of the order.
        VolumeOrder = "VOLUME_ORDER",
        /// By the quantity of the resource over all subscriptions.
        VolumeResourceAggregated = "VOLUME_RESOURCE_AGGREGATED",
    }
}

wire_enum! {
    /// Whether a product's term has to end with another's.
    pub enum CotermingRule {
        /// It has to.
        Mandatory = "MANDATORY",
        /// It may.
        Allowed = "ALLOWED",
        /// It cannot.
        Restricted = "RESTRICTED",
    }
}

wire_enum! {
    /// What a product's term ends with.
    pub enum CotermingType {
        /// Another subscription's term.
        Subscription = "SUBSCRIPTION",
        /// The calendar month.
        EndOfMonth = "END_OF_MONTH",
    }
}

model! {
    /// A product: one resource rate of a plan's period (`GET /products`). The same `mpn` may come with several periods.
    pub struct Product {
        /// The vendor's number of the product.
        pub mpn: Option<String>,
        /// Who makes it.
        pub vendor: Option<String>,
        /// The product.
        pub id: Option<ProductId>,
        /// The technical service behind it.
        pub service_name: Option<String>,
        /// What it is called.
        pub name: Option<String>,
        /// Fewest seats of a subscription.
        pub minimum_quantity: Option<Quoted>,
        /// Most seats of a subscription; absent or negative is unlimited (assumed).
        pub maximum_quantity: Option<Quoted>,
        /// What the buyer pays.
        pub prices: Vec<ProductPrice>,
        /// What the reseller pays.
        pub costs: Vec<ProductPrice>,
        /// How often it is charged.
        pub billing_period: Option<Period>,
        /// How long its term is.
        pub subscription_period: Option<Period>,
        /// When it is charged.
        pub billing_model: Option<BillingModel>,
        /// Products that the marketplace adds to an order of this one, if they are not in it.
        pub depends_on: Vec<Dependency>,
        /// Alignment with other terms.
        pub coterming: Option<Coterming>,
    }
}

model! {
    /// A product that another depends on.
    pub struct Dependency {
        /// The vendor's number of the product.
        pub mpn: Option<String>,
        /// The product.
        pub id: Option<ProductId>,
    }
}

model! {
    /// Whether and with what a product's term ends together.
    pub struct Coterming {
        /// Whether.
        pub required: Option<CotermingRule>,
        /// With what.
        #[serde(rename = "type")]
        pub kind: Option<CotermingType>,
    }
}

/// A price or a cost in the catalogue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProductPrice {
    /// The amount.
    #[serde(flatten)]
    pub price: Money,
    /// What for.
    #[serde(rename = "type", default, deserialize_with = "Field::read", skip_serializing_if = "Option::is_none")]
    pub kind: Option<PriceType>,
    /// How it depends on the quantity.
    #[serde(default, deserialize_with = "Field::read", skip_serializing_if = "Option::is_none")]
    pub model: Option<PriceModel>,
    /// The smallest quantity it holds for.
    #[serde(
        default,
        deserialize_with = "Field::read",
        serialize_with = "Field::write",
        skip_serializing_if = "Option::is_none"
    )]
    pub lower_limit: Option<Decimal>,
}

impl Wire for ProductPrice {
    fn from_json(value: Value) -> Result<Option<Self>, serde_json::Error> {
        if_complete(&["currency", "amount"], value)
    }
}
