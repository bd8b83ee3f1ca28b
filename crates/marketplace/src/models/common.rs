//! Values that several models share.

use super::field::{Wire, if_complete, text};
use super::model::{model, wire_enum};
use domain::Money;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// Custom attributes, by name.
pub type Attributes = BTreeMap<String, String>;

/// Text that never shows in `Debug`: a token, a password, a signed download address.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Confidential(String);

impl Confidential {
    /// Hides `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, for the one place that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Confidential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[hidden]")
    }
}

impl<'de> Deserialize<'de> for Confidential {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::String(text) => Ok(Self(text)),
            Value::Number(number) => Ok(Self(number.to_string())),
            // The value itself stays out of the error.
            _ => Err(serde::de::Error::custom("something to hide that is no text")),
        }
    }
}

impl Wire for Confidential {}

/// A decimal that the marketplace writes as text, such as a catalogue's `"5000.0"`. Read from a number too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Quoted(Decimal);

impl Quoted {
    /// The number.
    pub fn get(self) -> Decimal {
        self.0
    }
}

impl From<Decimal> for Quoted {
    fn from(number: Decimal) -> Self {
        Self(number)
    }
}

impl From<Quoted> for Decimal {
    fn from(number: Quoted) -> Self {
        number.0
    }
}

impl Serialize for Quoted {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Quoted {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let missing = || serde::de::Error::custom("a number is missing");
        Decimal::from_json(value).map_err(serde::de::Error::custom)?.map(Self).ok_or_else(missing)
    }
}

wire_enum! {
    /// When a product or a plan is charged.
    pub enum BillingModel {
        /// Per billing period, in advance.
        ChargeBeforeBillingPeriod = "chargeBeforeBillingPeriod",
        /// Per billing period, afterwards.
        ChargeAfterBillingPeriod = "chargeAfterBillingPeriod",
        /// The whole subscription period, in advance.
        ChargeBeforeSubscriptionPeriod = "chargeBeforeSubscriptionPeriod",
        /// As the vendor rates it.
        ChargeExternalRating = "chargeExternalRating",
        /// Named so by the marketplace.
        Unknown = "unknown",
    }
}

/// A price per unit, with lower steps where the price depends on the quantity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UnitPrice {
    /// The price of one unit.
    #[serde(flatten)]
    pub price: Money,
    /// The steps, if the price has any.
    #[serde(default, deserialize_with = "super::field::Field::read", skip_serializing_if = "Vec::is_empty")]
    pub price_tiers: Vec<PriceTier>,
}

impl From<Money> for UnitPrice {
    fn from(price: Money) -> Self {
        Self { price, price_tiers: Vec::new() }
    }
}

impl Wire for UnitPrice {
    fn from_json(value: Value) -> Result<Option<Self>, serde_json::Error> {
        if_complete(&["currency", "amount"], value)
    }
}

model! {
    /// The price from a quantity upwards.
    pub struct PriceTier {
        /// The smallest quantity it holds for.
        pub lower_limit: Option<Quoted>,
        /// The price of one unit, in the currency of the price it belongs to.
        pub amount: Option<Quoted>,
    }
}

/// A parameter of a product: asked for when ordering, or given by the vendor when fulfilled.
///
/// Names are case-sensitive.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ParameterValue {
    /// What it is called.
    #[serde(default, deserialize_with = "name")]
    pub name: String,
    /// Text, a number, a boolean, an object or an array.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// The value of a parameter that is an object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub structured_value: Option<Value>,
}

impl ParameterValue {
    /// A parameter with a simple value.
    pub fn new(name: impl Into<String>, value: impl Into<Value>) -> Self {
        Self { name: name.into(), value: Some(value.into()), structured_value: None }
    }

    /// The value as text, unless it is absent or an object or an array.
    pub fn text(&self) -> Option<String> {
        self.value.clone().filter(|value| !value.is_object() && !value.is_array() && !value.is_null()).map(text)
    }
}

impl Wire for ParameterValue {
    fn from_json(value: Value) -> Result<Option<Self>, serde_json::Error> {
        if_complete(&["name"], value)
    }
}

fn name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Value::deserialize(deserializer).map(text)
}
