//! How a model's field is read and written: tolerant on reading, strict on writing.
//!
//! The marketplace's contract calls few fields required and its answers keep even fewer. So every field of a
//! [`model!`](super::model) is optional, `null` counts as absent, and each *type* says what else it forgives. On writing
//! an absent field is left out, never `null`.

use super::Quoted;
use domain::{Currency, CustomerId, Money, OrderId, PlanId, ProductId, ReportId, ResellerId, SubscriptionId};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use std::collections::BTreeMap;

/// A field that may be absent.
pub(crate) trait Field: Sized {
    fn absent() -> Self;
    fn is_absent(&self) -> bool;
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

/// A value inside a [`Field`].
pub(crate) trait Wire: Serialize + DeserializeOwned {
    /// `None` when the value says nothing, such as an amount without its currency.
    fn from_json(value: Value) -> Result<Option<Self>, serde_json::Error> {
        serde_json::from_value(value).map(Some)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }
}

impl<T: Wire> Field for Option<T> {
    fn absent() -> Self {
        None
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Null => Ok(None),
            value => T::from_json(value).map_err(D::Error::custom),
        }
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => value.write(serializer),
            None => serializer.serialize_none(),
        }
    }
}

impl<T: Wire> Field for Vec<T> {
    fn absent() -> Self {
        Self::new()
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let items = Option::<Vec<Value>>::deserialize(deserializer)?.unwrap_or_default();
        let present = items.into_iter().filter(|item| !item.is_null());
        present.filter_map(|item| T::from_json(item).transpose()).collect::<Result<_, _>>().map_err(D::Error::custom)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(AsWire))
    }
}

/// Custom attributes: anything that is not text is kept as its JSON.
impl Field for BTreeMap<String, String> {
    fn absent() -> Self {
        Self::new()
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entries = Option::<BTreeMap<String, Value>>::deserialize(deserializer)?.unwrap_or_default();
        Ok(entries.into_iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name, text(value))).collect())
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }
}

/// Writes an item of a list in its [`Wire`] form.
struct AsWire<'a, T>(&'a T);

impl<T: Wire> Serialize for AsWire<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

impl Wire for bool {}
impl Wire for Value {}
impl Wire for Currency {}
impl Wire for CustomerId {}
impl Wire for OrderId {}
impl Wire for PlanId {}
impl Wire for ProductId {}
impl Wire for ReportId {}
impl Wire for ResellerId {}
impl Wire for SubscriptionId {}

/// Identifiers of others and postal codes arrive as numbers now and then.
impl Wire for String {
    fn from_json(value: Value) -> Result<Option<Self>, serde_json::Error> {
        match value {
            Value::Array(_) | Value::Object(_) => serde_json::from_value(value).map(Some),
            value => Ok(Some(text(value))),
        }
    }
}

/// An amount without a currency, or a currency without an amount, is no money.
impl Wire for Money {
    fn from_json(value: Value) -> Result<Option<Self>, serde_json::Error> {
        if_complete(&["currency", "amount"], value)
    }
}

/// A number on the wire; numeric text is read too.
impl Wire for Decimal {
    fn from_json(value: Value) -> Result<Option<Self>, serde_json::Error> {
        let digits = text(value);
        let digits = digits.trim();
        if digits.is_empty() {
            return Ok(None);
        }
        let number = digits.parse().or_else(|_| Decimal::from_scientific(digits));
        number.map(Some).map_err(|_| serde_json::Error::custom(format_args!("`{digits}` is not a number")))
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.is_integer().then(|| self.to_i64()).flatten(), self.to_f64()) {
            (Some(whole), _) => serializer.serialize_i64(whole),
            (None, Some(number)) => serializer.serialize_f64(number),
            (None, None) => serializer.collect_str(self),
        }
    }
}

/// A whole number; numeric text and `1.0` are read too.
impl Wire for i64 {
    fn from_json(value: Value) -> Result<Option<Self>, serde_json::Error> {
        let Some(number) = Decimal::from_json(value)? else { return Ok(None) };
        let whole = number.is_integer().then(|| number.to_i64()).flatten();
        whole.map(Some).ok_or_else(|| serde_json::Error::custom(format_args!("`{number}` is not a whole number")))
    }
}

impl Wire for Quoted {
    fn from_json(value: Value) -> Result<Option<Self>, serde_json::Error> {
        Ok(Decimal::from_json(value)?.map(Self::from))
    }
}

/// Reads an object that means nothing without the named members; `None` where one is missing.
pub(crate) fn if_complete<T: DeserializeOwned>(members: &[&str], value: Value) -> Result<Option<T>, serde_json::Error> {
    let says_nothing = |member: &Value| member.is_null() || member.as_str().is_some_and(str::is_empty);
    if value.is_object() && members.iter().any(|name| value.get(name).is_none_or(says_nothing)) {
        return Ok(None);
    }
    serde_json::from_value(value).map(Some)
}

/// The text of a JSON value, without quotation marks.
pub(crate) fn text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}
