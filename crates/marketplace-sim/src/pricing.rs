//! What an order costs now. Sales pay the first billing period in full, changes the rest of the present one.

use crate::state::{Catalogue, Charge, ProductLine, Subscription};
use domain::Money;
use rust_decimal::{Decimal, RoundingStrategy};
use time::{Date, Duration};

/// The part of a billing period that is still to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Remainder {
    days_left: i64,
    days: i64,
}

impl Remainder {
    /// Of the period from its first day to (and without) `until`, seen from `today`, which counts as still to come.
    pub(crate) fn of((from, until): (Date, Date), today: Date) -> Self {
        let days = (until - from).whole_days().max(1);
        Self { days_left: (until - today).whole_days().clamp(0, days), days }
    }

    /// This part of an amount, half-up (away from zero) to two decimals.
    pub(crate) fn share(self, amount: Decimal) -> Decimal {
        cents(amount * Decimal::from(self.days_left) / Decimal::from(self.days))
    }
}

/// The first billing period of a new line: in full, or what is left of one where the term has to end on a given day.
pub(crate) fn sale(catalogue: &Catalogue, line: &ProductLine, ends: Option<Date>, today: Date) -> Charge {
    let product = catalogue.product(line.product);
    let anchor = ends.map_or(today, |end| product.billing.anchor(end, today));
    let period = product.billing.around(anchor, today);
    let first = Remainder::of(period, today);
    let count = Decimal::from(line.quantity);
    let (unit_price, unit_cost) = (line.unit_price(catalogue, line.quantity), line.unit_cost(catalogue, line.quantity));
    Charge {
        unit_price: Money::new(unit_price, product.currency),
        unit_cost: Money::new(unit_cost, product.currency),
        price: first.share(unit_price * count),
        cost: first.share(unit_cost * count),
        from: today,
        through: period.1 - Duration::DAY,
    }
}

/// The rest of the present billing period for the seats added, or a credit for those given back. Where the unit
/// price depends on the quantity, all seats move to the new one.
pub(crate) fn change(
    catalogue: &Catalogue,
    subscription: &Subscription,
    held: &ProductLine,
    next: &ProductLine,
    today: Date,
) -> Charge {
    let period = subscription.billing_period(catalogue, today);
    let rest = Remainder::of(period, today);
    let currency = catalogue.product(next.product).currency;
    let all = |unit: Decimal, line: &ProductLine| unit * Decimal::from(line.quantity);
    let (price, cost) = (next.unit_price(catalogue, next.quantity), next.unit_cost(catalogue, next.quantity));
    let (old_price, old_cost) = (held.unit_price(catalogue, held.quantity), held.unit_cost(catalogue, held.quantity));
    Charge {
        unit_price: Money::new(price, currency),
        unit_cost: Money::new(cost, currency),
        price: rest.share(all(price, next) - all(old_price, held)),
        cost: rest.share(all(cost, next) - all(old_cost, held)),
        from: today,
        through: period.1 - Duration::DAY,
    }
}

/// What the rest of the present billing period costs in the other plan, or with `restart` its first billing period in
/// full, less the rest of what the present plan has been paid for.
pub(crate) fn switch(
    catalogue: &Catalogue,
    subscription: &Subscription,
    held: &ProductLine,
    next: &ProductLine,
    restart: bool,
    today: Date,
) -> Charge {
    let product = catalogue.product(next.product);
    let seats = Decimal::from(held.quantity);
    let credited = Remainder::of(subscription.billing_period(catalogue, today), today);
    let (from, until) = if restart {
        product.billing.around(today, today)
    } else {
        product.billing.around(subscription.billed_from, today)
    };
    let charged = Remainder::of((from, until), today);
    let (price, cost) = (next.unit_price(catalogue, next.quantity), next.unit_cost(catalogue, next.quantity));
    let difference = |new: Decimal, old: Decimal| charged.share(new * seats) - credited.share(old * seats);
    Charge {
        unit_price: Money::new(price, product.currency),
        unit_cost: Money::new(cost, product.currency),
        price: difference(price, held.unit_price(catalogue, held.quantity)),
        cost: difference(cost, held.unit_cost(catalogue, held.quantity)),
        from: today,
        through: until - Duration::DAY,
    }
}

/// A charge of nothing: the line is billed from another day on.
pub(crate) fn later(catalogue: &Catalogue, next: &ProductLine, from: Date) -> Charge {
    let product = catalogue.product(next.product);
    Charge {
        unit_price: Money::new(next.unit_price(catalogue, next.quantity), product.currency),
        unit_cost: Money::new(next.unit_cost(catalogue, next.quantity), product.currency),
        price: Decimal::ZERO,
        cost: Decimal::ZERO,
        from,
        through: product.billing.start(from, 1) - Duration::DAY,
    }
}

/// Both together: what is charged for the seats where they arrive, and credited where they leave.
pub(crate) fn both(arriving: Charge, leaving: Charge) -> Charge {
    Charge { price: arriving.price + leaving.price, cost: arriving.cost + leaving.cost, ..arriving }
}

fn cents(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::date;

    const NOVEMBER: (Date, Date) = (date!(2026 - 11 - 01), date!(2026 - 12 - 01));

    #[test]
    fn today_is_still_to_come_and_halves_round_up() {
        let rest = Remainder::of(NOVEMBER, date!(2026 - 11 - 23));
        assert_eq!(rest, Remainder { days_left: 8, days: 30 });
        assert_eq!(rest.share(Decimal::new(3_750, 2)), Decimal::new(1_000, 2));
        assert_eq!(Remainder::of(NOVEMBER, date!(2026 - 11 - 16)).share(Decimal::new(101, 2)), Decimal::new(51, 2));
    }

    proptest! {
        #[test]
        fn a_remainder_never_exceeds_the_whole(day in -40i64..80, cents in 0i64..1_000_000) {
            let amount = Decimal::new(cents, 2);
            let share = Remainder::of(NOVEMBER, NOVEMBER.0 + Duration::days(day)).share(amount);
            prop_assert!(Decimal::ZERO <= share && share <= amount);
        }

        #[test]
        fn giving_back_is_the_mirror_of_adding(day in 0i64..30, cents in 0i64..1_000_000) {
            let rest = Remainder::of(NOVEMBER, NOVEMBER.0 + Duration::days(day));
            prop_assert_eq!(rest.share(Decimal::new(-cents, 2)), -rest.share(Decimal::new(cents, 2)));
        }
    }
}
