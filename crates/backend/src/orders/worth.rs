//! How much an order is worth, where a role's limit of value is held against it: one function for the review, for the placing
//! and for the approval.

use super::estimate::{QuotedLine, cost, total};
use domain::Money;
use marketplace::models::{Estimate, OrderRequest};

/// The greatest of what is charged now, what the reseller pays for it, and what it adds to each billing period: an order that
/// is charged with the renewal costs nothing now, one late in its period next to nothing, and a special price hides what the
/// seats cost. `None` where it is not known.
pub(crate) fn worth(request: &OrderRequest, lines: &[QuotedLine], answer: &Estimate) -> Option<Money> {
    let now = total(answer)?;
    let size = |money: &Money| money.size_in(now.currency);
    [Some(now), Some(added(request, lines, now)?), cost(answer)].into_iter().flatten().max_by_key(size)
}

/// What it adds to each billing period, at the prices in the copy.
fn added(request: &OrderRequest, lines: &[QuotedLine], now: Money) -> Option<Money> {
    // What another plan costs is known once the marketplace has switched to it.
    if request.plan_id.is_some() {
        return None;
    }
    let more = lines.iter().filter(|line| line.after > line.before);
    more.map(|line| line.list_price?.checked_mul((line.after.get() - line.before.get()).into()))
        .try_fold(Money::zero(now.currency), |sum, more| sum.checked_add(more?))
}

/// The greater of two prices, either of which may be unknown: a special price hides what a seat is worth. `None` where they
/// cannot be compared.
pub(super) fn dearer(one: Option<Money>, other: Option<Money>) -> Option<Money> {
    match (one, other) {
        (Some(one), Some(other)) => {
            let dearer = if one.amount > other.amount { one } else { other };
            (one.currency == other.currency).then_some(dearer)
        }
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Currency;

    fn money(minor: i64, currency: &str) -> Money {
        Money::new(rust_decimal::Decimal::new(minor, 2), Currency::new(currency).unwrap())
    }

    #[test]
    fn of_two_prices_the_greater_counts_and_those_of_two_currencies_are_not_known() {
        let (less, more, other) = (Some(money(1, "USD")), Some(money(2, "USD")), Some(money(1, "EUR")));
        assert_eq!(dearer(less, more), more);
        assert_eq!(dearer(more, less), more);
        assert_eq!(dearer(None, less), less);
        assert_eq!(dearer(less, other), None);
        assert_eq!(dearer(None, None), None);
    }
}
