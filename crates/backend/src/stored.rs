//! How facts lie in the tables of the copy, read back into the words of the domain.

use domain::{Currency, Money, ProductId};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use time::macros::format_description;
use time::{Date, Month};

/// A length of time as the marketplace counts it: a billing period or a term.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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

    /// In the marketplace's own terms.
    pub(crate) fn to_marketplace(&self) -> marketplace::models::Period {
        marketplace::models::Period::new(self.unit.as_str().into(), self.length)
    }

    /// The day one such period before `day`; the last day of the month where the month is too short. `None` where it
    /// is not counted by the calendar.
    pub(crate) fn before(&self, day: Date) -> Option<Date> {
        self.away(day, -1)
    }

    /// The day one such period after `day`, counted the same way.
    pub(crate) fn after(&self, day: Date) -> Option<Date> {
        self.away(day, 1)
    }

    fn away(&self, day: Date, times: i32) -> Option<Date> {
        let length = self.length.checked_mul(times)?;
        let months = match self.unit.as_str() {
            "day" => return day.checked_add(time::Duration::days(length.into())),
            "month" => length,
            "year" => length.checked_mul(12)?,
            _ => return None,
        };
        let since_year_0 = (day.year() * 12 + i32::from(u8::from(day.month())) - 1).checked_add(months)?;
        let year = since_year_0.div_euclid(12);
        let month = Month::try_from(u8::try_from(since_year_0.rem_euclid(12)).ok()? + 1).ok()?;
        Date::from_calendar_date(year, month, day.day().min(month.length(year))).ok()
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

/// How a status of the marketplace reads within a sentence: `creditHold` as `credit hold`.
pub fn status_in_words(status: &str) -> String {
    status.chars().fold(String::with_capacity(status.len() + 1), |mut words, character| {
        if character.is_ascii_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.push(if character == '_' { ' ' } else { character.to_ascii_lowercase() });
        words
    })
}

/// A day as date fields write it.
pub(crate) fn day(text: &str) -> Option<Date> {
    Date::parse(text.trim(), format_description!("[year]-[month]-[day]")).ok()
}

/// How a call names the product of a subscription's line: by the vendor's number, and by its id only where there is none.
pub(crate) fn id_without_mpn(mpn: Option<&str>, product_id: Option<&str>) -> Option<ProductId> {
    product_id.filter(|_| mpn.is_none()).map(ProductId::from)
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
    fn a_term_is_counted_back_by_the_calendar() {
        use time::macros::date;
        let before = |unit: &str, length, day| Period { unit: unit.to_owned(), length }.before(day);
        assert_eq!(before("month", 1, date!(2026 - 03 - 31)), Some(date!(2026 - 02 - 28)));
        assert_eq!(before("year", 1, date!(2025 - 02 - 28)), Some(date!(2024 - 02 - 28)));
        assert_eq!(before("month", 15, date!(2026 - 03 - 01)), Some(date!(2024 - 12 - 01)));
        assert_eq!(before("day", 30, date!(2026 - 03 - 01)), Some(date!(2026 - 01 - 30)));
        assert_eq!(before("statement_day", 1, date!(2026 - 03 - 01)), None);
        let month = Period { unit: "month".to_owned(), length: 1 };
        assert_eq!(month.after(date!(2026 - 01 - 31)), Some(date!(2026 - 02 - 28)));
        assert_eq!(month.after(date!(2026 - 12 - 15)), Some(date!(2027 - 01 - 15)));
    }

    #[test]
    fn a_status_reads_as_words() {
        assert_eq!(status_in_words("creditHold"), "credit hold");
        assert_eq!(status_in_words("active"), "active");
    }

    #[test]
    fn an_amount_without_a_currency_is_no_money() {
        assert_eq!(money(Some(Decimal::ONE), None), None);
        assert_eq!(money(Some(Decimal::ONE), Some("dollars")), None);
    }
}
