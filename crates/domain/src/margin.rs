//! What the reseller earns.

use crate::Money;
use rust_decimal::Decimal;

/// The difference between a price and its cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Margin {
    /// Price minus cost; negative when sold below cost.
    pub amount: Money,
    /// Share of the price, in percent; `None` when the price is zero.
    pub percent: Option<Decimal>,
}

impl Margin {
    /// `None` when price and cost are in different currencies: they cannot be compared.
    pub fn of(price: Money, cost: Money) -> Option<Self> {
        let amount = price.checked_sub(cost)?;
        let percent = amount
            .amount
            .checked_div(price.amount)
            .and_then(|share| share.checked_mul(Decimal::ONE_HUNDRED))
            .map(|percent| percent.round_dp(1));
        Some(Self { amount, percent })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;

    fn money(amount: i64, currency: &str) -> Money {
        Money::new(amount.into(), Currency::new(currency).unwrap())
    }

    #[test]
    fn a_margin_is_a_share_of_the_price() {
        let margin = Margin::of(money(20, "USD"), money(15, "USD")).unwrap();
        assert_eq!((margin.amount, margin.percent), (money(5, "USD"), Some(25.into())));
    }

    #[test]
    fn there_is_no_margin_across_currencies_and_no_share_of_nothing() {
        assert_eq!(Margin::of(money(20, "USD"), money(15, "EUR")), None);
        assert_eq!(Margin::of(money(0, "USD"), money(15, "USD")).unwrap().percent, None);
    }
}
