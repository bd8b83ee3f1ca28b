//! How much an order is worth, where a role's limit of value is held against it.

use super::draft::Checked;
use domain::Money;

/// The greatest of what is charged now, what the reseller pays for it, and what it adds to each billing period: an order that
/// is charged with the renewal costs nothing now, one late in its period next to nothing, and a special price hides what the
/// seats cost. `None` where it is not known.
pub(super) fn worth(order: &Checked, now: Option<Money>, cost: Option<Money>) -> Option<Money> {
    let now = now?;
    let size = |money: &Money| money.size_in(now.currency);
    [Some(now), Some(added(order, now)?), cost].into_iter().flatten().max_by_key(size)
}

/// What it adds to each billing period, at the prices in the copy.
fn added(order: &Checked, now: Money) -> Option<Money> {
    let more = order.lines.iter().filter(|line| line.after > line.before);
    more.map(|line| line.unit_price?.checked_mul((line.after.get() - line.before.get()).into()))
        .try_fold(Money::zero(now.currency), |sum, more| sum.checked_add(more?))
}
