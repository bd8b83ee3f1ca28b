//! Seats: the whole number of units of a product line, and the limits the catalogue puts on it.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A product line's quantity. A whole number from 0 to 2,147,483,647 (the marketplace's `int32`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seats(u32);

impl Seats {
    /// Refuses numbers beyond the marketplace's range.
    pub fn new(count: i64) -> Result<Self, InvalidSeats> {
        u32::try_from(count)
            .ok()
            .filter(|count| i32::try_from(*count).is_ok())
            .map(Self)
            .ok_or(InvalidSeats::OutOfRange)
    }

    /// Reads what a person typed: digits, with spaces and thousands separators tolerated.
    pub fn parse(text: &str) -> Result<Self, InvalidSeats> {
        let digits: String =
            text.chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | '\'' | '_' | '\u{a0}')).collect();
        if digits.is_empty() {
            return Err(InvalidSeats::Missing);
        }
        if !digits.chars().all(|c| c.is_ascii_digit()) {
            return Err(InvalidSeats::NotWhole);
        }
        digits.parse().map_err(|_| InvalidSeats::OutOfRange).and_then(Self::new)
    }

    /// Reads a decimal quantity of the marketplace, such as `5.0`; `None` unless it is whole and in range.
    pub fn from_decimal(quantity: Decimal) -> Option<Self> {
        quantity.is_integer().then(|| quantity.to_i64()).flatten().and_then(|count| Self::new(count).ok())
    }

    /// The number.
    pub fn get(self) -> u32 {
        self.0
    }

    /// `1 seat`, `15 seats`
    pub fn in_words(self) -> String {
        if self.0 == 1 { "1 seat".to_owned() } else { format!("{self} seats") }
    }

    /// The number, as Postgres and the marketplace hold it.
    pub fn as_i32(self) -> i32 {
        i32::try_from(self.0).unwrap_or(i32::MAX)
    }

    /// How many more (positive) or fewer (negative) `self` is than `before`.
    pub fn change_from(self, before: Self) -> i64 {
        i64::from(self.0) - i64::from(before.0)
    }
}

impl fmt::Display for Seats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Why a number of seats cannot be used; each message is shown beside the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSeats {
    /// Nothing was typed.
    #[error("Enter the number of seats")]
    Missing,
    /// Not digits only.
    #[error("Enter the seats as a whole number, such as 15")]
    NotWhole,
    /// Larger than the marketplace can hold.
    #[error("Enter a number of seats up to 2,147,483,647")]
    OutOfRange,
    /// Fewer than the catalogue allows.
    #[error("This product needs at least {}", .0.in_words())]
    BelowMinimum(Seats),
    /// More than the catalogue allows.
    #[error("This product allows at most {}", .0.in_words())]
    AboveMaximum(Seats),
}

/// The smallest and largest quantity the catalogue allows, where it says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatLimits {
    /// Inclusive.
    pub minimum: Option<Seats>,
    /// Inclusive; `None` is unlimited.
    pub maximum: Option<Seats>,
}

impl SeatLimits {
    /// From the catalogue's decimals; a missing or negative maximum is unlimited (assumed).
    pub fn from_catalogue(minimum: Option<Decimal>, maximum: Option<Decimal>) -> Self {
        Self {
            minimum: minimum.and_then(Seats::from_decimal).filter(|seats| seats.get() > 0),
            maximum: maximum.and_then(Seats::from_decimal),
        }
    }

    /// Refuses a quantity outside the limits.
    pub fn check(self, seats: Seats) -> Result<(), InvalidSeats> {
        match self {
            Self { minimum: Some(minimum), .. } if seats < minimum => Err(InvalidSeats::BelowMinimum(minimum)),
            Self { maximum: Some(maximum), .. } if seats > maximum => Err(InvalidSeats::AboveMaximum(maximum)),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn seats_are_read_as_people_type_them() {
        assert_eq!(Seats::parse(" 1,500 ").map(Seats::get), Ok(1500));
        assert_eq!(Seats::parse(""), Err(InvalidSeats::Missing));
        assert_eq!(Seats::parse("12.5"), Err(InvalidSeats::NotWhole));
        assert_eq!(Seats::parse("-3"), Err(InvalidSeats::NotWhole));
        assert_eq!(Seats::parse("99999999999"), Err(InvalidSeats::OutOfRange));
    }

    #[test]
    fn limits_are_inclusive_and_a_negative_maximum_is_unlimited() {
        let limits = SeatLimits::from_catalogue(Some("1.0".parse().unwrap()), Some("-1".parse().unwrap()));
        assert_eq!(limits.maximum, None);
        let one = Seats::new(1).unwrap();
        assert_eq!(limits.check(one), Ok(()));
        let below = InvalidSeats::BelowMinimum(one);
        assert_eq!(limits.check(Seats::default()), Err(below));
        assert_eq!(below.to_string(), "This product needs at least 1 seat");
        assert_eq!(Seats::new(15).unwrap().in_words(), "15 seats");
    }

    proptest! {
        #[test]
        fn every_number_in_range_survives_its_own_text(count in 0i64..=i64::from(i32::MAX)) {
            let seats = Seats::new(count).unwrap();
            prop_assert_eq!(Seats::parse(&seats.to_string()), Ok(seats));
            prop_assert_eq!(Seats::from_decimal(Decimal::from(count)), Some(seats));
        }
    }
}
