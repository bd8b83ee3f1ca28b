//! How facts lie in the tables of the copy, read back into the words of the domain.

use domain::{Currency, Money};
use rust_decimal::Decimal;

/// A length of time as the marketplace counts it: a billing period or a term.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// `day`, `month`, `year` or another word of the marketplace.
    pub unit: String,
    /// How many of them.
    pub length: i32,
}

impl Period {
    /// From the two columns; `None` when the marketplace did not say, or said `unknown`.
    pub(crate) fn read(unit: Option<String>, length: Option<i32>) -> Option<Self> {
        let unit = unit.filter(|unit| unit != "unknown")?;
        Some(Self { unit, length: length.unwrap_or(1) })
    }

    /// From the marketplace's own; `None` when it said `unknown`.
    pub(crate) fn from_marketplace(period: &marketplace::models::Period) -> Option<Self> {
        Self::read(Some(period.kind.to_string()), Some(period.duration))
    }

    /// A year or more. Shorter terms roll over too often for a renewal to be a decision.
    pub fn is_a_year_or_more(&self) -> bool {
        match self.unit.as_str() {
            "year" => self.length >= 1,
            "month" => self.length >= 12,
            "day" => self.length >= 365,
            _ => false,
        }
    }
}

/// From the two columns; `None` when either is missing or the currency is no currency.
pub(crate) fn money(amount: Option<Decimal>, currency: Option<&str>) -> Option<Money> {
    Some(Money::new(amount?, Currency::new(currency?).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_months_are_a_year_and_eleven_are_not() {
        let period = |unit: &str, length| Period { unit: unit.to_owned(), length };
        assert!(period("month", 12).is_a_year_or_more() && period("year", 1).is_a_year_or_more());
        assert!(!period("month", 11).is_a_year_or_more() && !period("statement_day", 400).is_a_year_or_more());
    }

    #[test]
    fn an_amount_without_a_currency_is_no_money() {
        assert_eq!(money(Some(Decimal::ONE), None), None);
        assert_eq!(money(Some(Decimal::ONE), Some("dollars")), None);
    }
}
