//! Identifiers are opaque strings: never parsed, never compared by number.

use serde::{Deserialize, Deserializer, Serialize, de};
use std::fmt;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Wraps the marketplace's identifier, unchanged.
            pub fn new(id: impl Into<String>) -> Self {
                Self(id.into())
            }

            /// The identifier as the marketplace writes it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(id)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(StringOrInteger).map(Self)
            }
        }
    };
}

id!(
    /// A customer: a client of the reseller.
    CustomerId
);
id!(
    /// A subscription of a customer.
    SubscriptionId
);
id!(
    /// An order at the marketplace (not its order number).
    OrderId
);
id!(
    /// A service plan.
    PlanId
);
id!(
    /// A product: one resource rate of a plan period.
    ProductId
);
id!(
    /// A usage report.
    ReportId
);
id!(
    /// A reseller.
    ResellerId
);

/// The marketplace writes most identifiers as strings and a few as integers.
struct StringOrInteger;

impl de::Visitor<'_> for StringOrInteger {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an identifier, as a string or an integer")
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<String, E> {
        Ok(value.to_owned())
    }

    fn visit_string<E: de::Error>(self, value: String) -> Result<String, E> {
        Ok(value)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<String, E> {
        Ok(value.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_from_a_string_or_an_integer_and_writes_a_string() {
        let from_text: PlanId = serde_json::from_str("\"1000201\"").unwrap();
        let from_number: PlanId = serde_json::from_str("1000201").unwrap();
        assert_eq!(from_text, from_number);
        assert_eq!(serde_json::to_string(&from_number).unwrap(), "\"1000201\"");
    }
}
