//! Billing and subscription periods.

use super::field::{Wire, if_complete, text};
use super::model::wire_enum;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use std::fmt;

wire_enum! {
    /// The unit of a period.
    pub enum PeriodType {
        /// Days.
        Day = "day",
        /// Months.
        Month = "month",
        /// Years.
        Year = "year",
        /// Until the day of the month on which statements are made.
        StatementDay = "statement_day",
        /// Named so by the marketplace.
        Unknown = "unknown",
    }
}

/// How long, such as one month. Equal when both the unit and the number are: twelve months are not one year, because
/// the catalogue tells products apart by it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Period {
    /// The unit.
    #[serde(rename = "type")]
    pub kind: PeriodType,
    /// How many of it.
    #[serde(deserialize_with = "whole")]
    pub duration: i32,
}

impl Period {
    /// `duration` times the unit.
    pub fn new(kind: PeriodType, duration: i32) -> Self {
        Self { kind, duration }
    }

    /// So many months.
    pub fn months(duration: i32) -> Self {
        Self::new(PeriodType::Month, duration)
    }

    /// So many years.
    pub fn years(duration: i32) -> Self {
        Self::new(PeriodType::Year, duration)
    }

    /// The length in months, where the unit allows; to compare or to convert a price.
    pub fn in_months(&self) -> Option<i32> {
        match self.kind {
            PeriodType::Month => Some(self.duration),
            PeriodType::Year => self.duration.checked_mul(12),
            _ => None,
        }
    }
}

/// In words: `1 month`, `3 years`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match &self.kind {
            PeriodType::StatementDay => "statement day",
            kind => kind.as_str(),
        };
        write!(f, "{} {unit}{}", self.duration, if self.duration == 1 { "" } else { "s" })
    }
}

/// A period without its unit or its number is none.
impl Wire for Period {
    fn from_json(value: Value) -> Result<Option<Self>, serde_json::Error> {
        if_complete(&["type", "duration"], value)
    }
}

/// One of the periods that a plan can be bought for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanPeriod {
    /// How long.
    #[serde(flatten)]
    pub period: Period,
    /// A trial.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trial: Option<bool>,
    /// Can be bought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
}

impl Wire for PlanPeriod {
    fn from_json(value: Value) -> Result<Option<Self>, serde_json::Error> {
        if_complete(&["type", "duration"], value)
    }
}

/// Order details write the number as `1.0`, and text is forgiven.
fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i32, D::Error> {
    let digits = text(Value::deserialize(deserializer)?);
    let number = digits.trim().parse::<Decimal>().ok().filter(Decimal::is_integer).and_then(|number| number.to_i32());
    number.ok_or_else(|| serde::de::Error::custom(format_args!("`{digits}` is not a whole number")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_speak_in_words() {
        assert_eq!(Period::months(1).to_string(), "1 month");
        assert_eq!(Period::years(3).to_string(), "3 years");
        assert_eq!(Period::new(PeriodType::StatementDay, 1).to_string(), "1 statement day");
    }

    #[test]
    fn a_year_is_as_long_as_twelve_months_but_another_period() {
        assert_ne!(Period::years(1), Period::months(12));
        assert_eq!(Period::years(1).in_months(), Period::months(12).in_months());
    }

    #[test]
    fn the_number_is_read_from_a_double_or_text() {
        for json in [r#"{"type":"month","duration":1.0}"#, r#"{"type":"MONTH","duration":"1"}"#] {
            assert_eq!(serde_json::from_str::<Period>(json).unwrap(), Period::months(1));
        }
        assert_eq!(serde_json::to_string(&Period::months(1)).unwrap(), r#"{"type":"month","duration":1}"#);
    }
}
