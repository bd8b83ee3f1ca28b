//! Order lines as the marketplace shows them.

use super::answer::as_integer;
use super::{LineAction, NewSubscriptionType, Tcv};
use crate::models::field::{Field, Wire};
use crate::models::model::model;
use crate::models::{ParameterValue, Period};
use domain::{Money, ProductId, SubscriptionId};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

model! {
    /// A line of an order.
    ///
    /// The quantity of a change order reads back as the new total or as the difference, not consistently: take seats from
    /// the subscription, never from here.
    pub struct OrderLine {
        /// The vendor's number of the product.
        pub mpn: Option<String>,
        /// Who makes it.
        pub vendor: Option<String>,
        /// The product.
        pub id: Option<ProductId>,
        /// How often it is charged.
        pub billing_period: Option<Period>,
        /// How long its term is.
        pub subscription_period: Option<Period>,
        /// The product that is switched to, by the vendor's number.
        #[serde(rename = "newMPN")]
        pub new_mpn: Option<String>,
        /// The product that is switched to.
        pub new_id: Option<ProductId>,
        /// What it is called.
        pub name: Option<String>,
        /// How many, or how many more or fewer.
        pub quantity: Option<Decimal>,
        /// What the line costs.
        pub extended_price: Option<Money>,
        /// The subscription the line acts on.
        pub subscription_id: Option<SubscriptionId>,
        /// The subscription that seats move to.
        pub target_subscription_id: Option<SubscriptionId>,
        /// The parameters given for it.
        pub parameters: Vec<ParameterValue>,
        /// Contract values.
        pub tcvs: Vec<Tcv>,
        /// The product that seats moved to.
        pub new_product_id: Option<ProductId>,
        /// What the line does.
        #[serde(rename = "type")]
        pub kind: Option<LineAction>,
        /// The subscription that seats moved to.
        pub new_subscription: Option<NewSubscription>,
    }
}

/// The subscription that seats moved to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewSubscription {
    /// Which; unlike elsewhere the contract has an integer here.
    #[serde(
        default,
        deserialize_with = "Field::read",
        serialize_with = "as_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub id: Option<SubscriptionId>,
    /// Its term ends with the old one's.
    #[serde(default, deserialize_with = "Field::read", skip_serializing_if = "Option::is_none")]
    pub coterming: Option<bool>,
    /// Made or found.
    #[serde(rename = "type", default, deserialize_with = "Field::read", skip_serializing_if = "Option::is_none")]
    pub kind: Option<NewSubscriptionType>,
}

impl Wire for NewSubscription {}
