//! How much a role may do at once.
//!
//! What cannot be compared with a limit, such as an amount in another currency, is beyond it: as with rules of approval, it is
//! somebody else who decides.

use crate::{Money, Seats};
use std::fmt;

/// The limits of a role; none is unlimited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// The greatest value of one order, be it charged or credited.
    pub order_value: Option<Money>,
    /// The most seats that one change adds, all its lines together.
    pub seats_added: Option<u32>,
}

/// What of an order goes beyond a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beyond {
    /// It costs more than the limit, or nobody knows what it costs, or it is in another currency.
    Value {
        /// The limit.
        limit: Money,
        /// What the order costs.
        value: Option<Money>,
    },
    /// It adds more seats.
    Seats {
        /// The limit.
        limit: u32,
        /// What the order adds.
        added: u64,
    },
}

impl Limits {
    /// Whether there is any.
    pub fn is_limited(&self) -> bool {
        *self != Self::default()
    }

    /// The first limit that an order of this value, with these seats before and after, goes beyond. What is exactly at the
    /// limit does not.
    pub fn beyond(&self, value: Option<Money>, seats: impl Iterator<Item = (Seats, Seats)>) -> Option<Beyond> {
        let added: u64 = seats.map(|(before, after)| u64::from(after.get().saturating_sub(before.get()))).sum();
        let seats = self.seats_added.filter(|limit| added > u64::from(*limit));
        seats.map(|limit| Beyond::Seats { limit, added }).or_else(|| self.beyond_value(value))
    }

    /// The same of the value alone.
    pub fn beyond_value(&self, value: Option<Money>) -> Option<Beyond> {
        let limit = self.order_value?;
        let size = value.and_then(|value| value.size_in(limit.currency));
        size.is_none_or(|size| size > limit.amount).then_some(Beyond::Value { limit, value })
    }

    /// Whether whoever has these limits may do all that whoever has the others may.
    pub fn cover(&self, others: &Self) -> bool {
        let value = self.order_value.is_none_or(|limit| {
            let size = others.order_value.and_then(|other| other.size_in(limit.currency));
            size.is_some_and(|size| size <= limit.amount)
        });
        let seats = self.seats_added.is_none_or(|limit| others.seats_added.is_some_and(|other| other <= limit));
        value && seats
    }

    /// Each in words.
    pub fn in_words(&self) -> Vec<String> {
        let value = self.order_value.map(|limit| format!("Orders up to {}", limit.display()));
        let seats = self.seats_added.map(|limit| format!("At most {} added in one change", seats(limit.into())));
        value.into_iter().chain(seats).collect()
    }
}

/// As in "This order is worth 6,000.00 USD. Your role allows orders up to 5,000.00 USD".
impl fmt::Display for Beyond {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value { limit, value: None } => {
                write!(f, "What this order costs is not known. Your role allows orders up to {}", limit.display())
            }
            Self::Value { limit, value: Some(value) } => {
                let (value, limit) = (value.display(), limit.display());
                write!(f, "This order is worth {value}. Your role allows orders up to {limit}")
            }
            Self::Seats { limit, added } => {
                let (added, limit) = (seats(*added), seats((*limit).into()));
                write!(f, "This adds {added}. Your role allows at most {limit} added in one change")
            }
        }
    }
}

fn seats(count: u64) -> String {
    if count == 1 { "1 seat".to_owned() } else { format!("{count} seats") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;
    use proptest::prelude::*;

    fn money(minor: i64, currency: &str) -> Money {
        Money::new(rust_decimal::Decimal::new(minor, 2), Currency::new(currency).unwrap())
    }

    fn limits(minor: i64, seats: u32) -> Limits {
        Limits { order_value: Some(money(minor, "USD")), seats_added: Some(seats) }
    }

    fn change(before: u32, after: u32) -> (Seats, Seats) {
        (Seats::new(before.into()).unwrap(), Seats::new(after.into()).unwrap())
    }

    #[test]
    fn exactly_at_the_limit_is_allowed_and_a_cent_or_a_seat_more_is_not() {
        let limits = limits(500_000, 20);
        let beyond = |minor, after| limits.beyond(Some(money(minor, "USD")), [change(5, after)].into_iter());
        assert_eq!(beyond(500_000, 25), None);
        assert!(matches!(beyond(500_001, 25), Some(Beyond::Value { .. })));
        assert_eq!(beyond(500_000, 26), Some(Beyond::Seats { limit: 20, added: 21 }));
        assert!(matches!(beyond(-500_001, 1), Some(Beyond::Value { .. })), "credits count as well");
    }

    #[test]
    fn what_cannot_be_compared_is_beyond_the_limit() {
        let limits = Limits { seats_added: None, ..limits(500_000, 0) };
        assert!(limits.beyond_value(None).is_some());
        assert!(limits.beyond_value(Some(money(1, "EUR"))).is_some());
        assert_eq!(Limits::default().beyond_value(None), None);
    }

    #[test]
    fn seats_of_all_lines_count_together() {
        let limits = Limits { order_value: None, ..limits(0, 20) };
        assert_eq!(limits.beyond(None, [change(0, 10), change(0, 10), change(9, 1)].into_iter()), None);
        assert!(limits.beyond(None, [change(0, 10), change(0, 11), change(9, 1)].into_iter()).is_some());
    }

    #[test]
    fn limits_read_as_sentences() {
        assert_eq!(
            limits(500_000, 20).in_words(),
            ["Orders up to 5,000.00 USD", "At most 20 seats added in one change"]
        );
        let value = limits(500_000, 20).beyond_value(Some(money(600_000, "USD"))).unwrap();
        assert_eq!(value.to_string(), "This order is worth 6,000.00 USD. Your role allows orders up to 5,000.00 USD");
    }

    fn any_limits() -> impl Strategy<Value = Limits> {
        (proptest::option::of(0_i64..1_000), proptest::option::of(0_u32..50)).prop_map(|(minor, seats_added)| Limits {
            order_value: minor.map(|minor| money(minor, "USD")),
            seats_added,
        })
    }

    proptest! {
        #[test]
        fn limits_that_cover_others_refuse_nothing_that_those_allow(
            wide in any_limits(), narrow in any_limits(), minor in -1_000_i64..1_000, before in 0_u32..50, after in 0_u32..50,
        ) {
            let beyond = |limits: Limits| {
                limits.beyond(Some(money(minor, "USD")), [change(before, after)].into_iter()).is_some()
            };
            if wide.cover(&narrow) && !beyond(narrow) {
                prop_assert!(!beyond(wide));
            }
            prop_assert!(wide.cover(&wide) && Limits::default().cover(&wide));
        }

        #[test]
        fn fewer_seats_are_never_beyond_a_limit_of_seats(limit in 0_u32..50, before in 0_u32..500, fewer in 0_u32..500) {
            let limits = Limits { order_value: None, seats_added: Some(limit) };
            prop_assert_eq!(limits.beyond(None, [change(before, before.saturating_sub(fewer))].into_iter()), None);
        }
    }
}
