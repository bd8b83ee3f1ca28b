//! What a customer's subscriptions cost and earn. Sums are kept apart by billing period and by currency: adding a
//! monthly to a yearly price, or dollars to euros, would make a figure that nobody pays.

use crate::stored::Period;
use domain::{Margin, Money, Totals};
use std::collections::BTreeMap;

/// The sums, the shortest billing period first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spend {
    /// One sum for each billing period.
    pub per: Vec<SpendPer>,
    /// Subscriptions in none of the sums, because the marketplace told no price.
    pub unpriced: usize,
}

/// What is charged in one rhythm.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SpendPer {
    /// The rhythm; `None` where the marketplace did not say.
    pub period: Option<Period>,
    /// How many subscriptions are in the sum.
    pub subscriptions: usize,
    /// What the customer pays.
    pub price: Totals,
    /// What the reseller earns, as far as costs are known. Only for people who may see costs.
    pub margin: Totals,
    /// Subscriptions whose margin is not in the sum, because no cost is known in the currency of the price.
    pub without_margin: usize,
}

/// One subscription's charge.
pub(super) struct Charge {
    pub(super) period: Option<Period>,
    pub(super) price: Option<Money>,
    pub(super) cost: Option<Money>,
}

impl Spend {
    /// The same for people who may not see what the reseller earns.
    #[must_use]
    pub fn without_costs(mut self) -> Self {
        for per in &mut self.per {
            per.margin = Totals::default();
            per.without_margin = 0;
        }
        self
    }
}

impl FromIterator<Charge> for Spend {
    fn from_iter<I: IntoIterator<Item = Charge>>(charges: I) -> Self {
        let mut unpriced = 0;
        let mut per: BTreeMap<(usize, Option<Period>), SpendPer> = BTreeMap::new();
        for charge in charges {
            let Some(price) = charge.price else {
                unpriced += 1;
                continue;
            };
            let period = charge.period.map(whole_years);
            let sums = per.entry((rank(period.as_ref()), period.clone())).or_default();
            sums.period = period;
            sums.subscriptions += 1;
            sums.price.add(price);
            match charge.cost.and_then(|cost| Margin::of(price, cost)) {
                Some(margin) => sums.margin.add(margin.amount),
                None => sums.without_margin += 1,
            }
        }
        Self { per: per.into_values().collect(), unpriced }
    }
}

/// Twelve months are exactly a year; nothing else is converted.
fn whole_years(period: Period) -> Period {
    if period.unit == "month" && period.length > 0 && period.length % 12 == 0 {
        Period { unit: "year".to_owned(), length: period.length / 12 }
    } else {
        period
    }
}

fn rank(period: Option<&Period>) -> usize {
    let units = ["day", "month", "statement_day", "year"];
    period.and_then(|period| units.iter().position(|unit| *unit == period.unit)).unwrap_or(units.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Currency;

    fn charge(price: &str, cost: Option<&str>, unit: &str, length: i32) -> Charge {
        let money = |text: &str| {
            let (amount, currency) = text.split_once(' ').unwrap();
            Money::new(amount.parse().unwrap(), Currency::new(currency).unwrap())
        };
        Charge {
            period: Some(Period { unit: unit.to_owned(), length }),
            price: Some(money(price)),
            cost: cost.map(money),
        }
    }

    fn shown(totals: &Totals) -> Vec<String> {
        totals.iter().map(Money::display).collect()
    }

    #[test]
    fn sums_are_kept_apart_by_currency_and_by_period() {
        let charges = [
            charge("10.50 USD", None, "month", 1),
            charge("2 EUR", None, "month", 1),
            charge("4.50 USD", None, "month", 1),
            charge("90 USD", None, "year", 1),
            charge("10 USD", None, "month", 12),
        ];
        let spend: Spend = charges.into_iter().collect();
        let sums: Vec<Vec<String>> = spend.per.iter().map(|per| shown(&per.price)).collect();
        assert_eq!(sums, [vec!["2.00 EUR", "15.00 USD"], vec!["100.00 USD"]]);
    }

    #[test]
    fn a_margin_is_summed_only_where_price_and_cost_compare() {
        let charges = [
            charge("10 USD", Some("8 USD"), "month", 1),
            charge("10 USD", Some("8 EUR"), "month", 1),
            charge("10 USD", None, "month", 1),
        ];
        let spend: Spend = charges.into_iter().collect();
        assert_eq!(shown(&spend.per[0].margin), ["2.00 USD"]);
        assert_eq!(spend.per[0].without_margin, 2);
        assert!(spend.without_costs().per[0].margin.is_empty());
    }

    #[test]
    fn what_has_no_price_is_counted_and_not_summed() {
        let spend: Spend = [Charge { period: None, price: None, cost: None }].into_iter().collect();
        assert_eq!((spend.per.len(), spend.unpriced), (0, 1));
    }
}
