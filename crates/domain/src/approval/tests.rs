use super::*;
use crate::Currency;
use proptest::prelude::*;
use rust_decimal::Decimal;

fn money(amount: i64, currency: &str) -> Money {
    Money::new(Decimal::new(amount, 2), Currency::new(currency).unwrap())
}

fn seats(count: u32) -> Seats {
    Seats::new(count.into()).unwrap()
}

fn change(before: u32, after: u32) -> OrderFacts {
    OrderFacts {
        kind: Some(OrderKind::Change),
        vendors: vec![Some("Microsoft".to_owned())],
        role: Role::Technician.into(),
        amount: Some(money(2_460, "USD")),
        seats: vec![(seats(before), seats(after))],
    }
}

fn from_amount(amount: Money) -> ApprovalRule {
    ApprovalRule { amount: Some(amount), ..ApprovalRule::default() }
}

fn from_percent(percent: u32) -> ApprovalRule {
    ApprovalRule { percent: Some(percent), ..ApprovalRule::default() }
}

#[test]
fn a_rule_without_conditions_asks_always() {
    assert!(ApprovalRule::default().asks(&change(10, 11)));
}

#[test]
fn an_amount_asks_from_itself_on_be_it_charged_or_credited() {
    let rule = from_amount(money(2_460, "USD"));
    assert!(rule.asks(&change(10, 15)));
    assert!(!rule.asks(&OrderFacts { amount: Some(money(2_459, "USD")), ..change(10, 15) }));
    assert!(rule.asks(&OrderFacts { amount: Some(money(-2_460, "USD")), ..change(10, 15) }));
}

#[test]
fn what_cannot_be_compared_waits() {
    let rule = from_amount(money(100_000, "USD"));
    assert!(rule.asks(&OrderFacts { amount: Some(money(1, "EUR")), ..change(10, 15) }), "another currency");
    assert!(rule.asks(&OrderFacts { amount: None, ..change(10, 15) }), "no price");
    let rule = ApprovalRule { vendor: Some("Adobe".to_owned()), ..ApprovalRule::default() };
    assert!(rule.asks(&OrderFacts { vendors: vec![None], ..change(10, 15) }), "a vendor nobody knows");
    let rule = ApprovalRule { kind: Some(OrderKind::Sales), ..ApprovalRule::default() };
    assert!(rule.asks(&OrderFacts { kind: None, ..change(10, 15) }), "a kind nobody knows");
    assert!(!from_percent(60).asks(&change(10, 15)), "and an unknown price does not matter where no amount is named");
}

#[test]
fn the_share_of_the_seats_is_that_of_the_biggest_change_up_or_down() {
    assert!(from_percent(50).asks(&change(10, 15)) && from_percent(50).asks(&change(10, 5)));
    assert!(!from_percent(51).asks(&change(10, 15)) && !from_percent(51).asks(&change(10, 5)));
    let two = OrderFacts { seats: vec![(seats(100), seats(101)), (seats(2), seats(3))], ..change(1, 1) };
    assert!(from_percent(50).asks(&two));
    assert!(!from_percent(34).asks(&change(3, 4)), "a third is less than 34 %");
}

#[test]
fn something_new_and_something_ended_count_as_all_of_it() {
    assert!(from_percent(100).asks(&change(0, 1)) && !from_percent(101).asks(&change(0, 500)));
    let ended = OrderFacts { kind: Some(OrderKind::Cancellation), seats: Vec::new(), ..change(0, 0) };
    assert!(from_percent(100).asks(&ended) && !from_percent(101).asks(&ended));
    assert!(!from_percent(1).asks(&change(0, 0)), "nothing changed");
}

#[test]
fn every_condition_has_to_hold() {
    let rule = ApprovalRule {
        kind: Some(OrderKind::Change),
        vendor: Some(" microsoft".to_owned()),
        role: Some(Role::Technician),
        amount: Some(money(1_000, "USD")),
        percent: Some(20),
    };
    assert!(rule.asks(&change(10, 15)));
    let others = [
        OrderFacts { kind: Some(OrderKind::Renewal), ..change(10, 15) },
        OrderFacts { vendors: vec![Some("Adobe".to_owned())], ..change(10, 15) },
        OrderFacts { role: Role::AccountManager.into(), ..change(10, 15) },
        OrderFacts { amount: Some(money(999, "USD")), ..change(10, 15) },
        change(10, 11),
    ];
    for other in others {
        assert!(!rule.asks(&other), "{other:?}");
    }
}

#[test]
fn a_rule_reads_as_what_it_is_about() {
    assert_eq!(ApprovalRule::default().to_string(), "Every order");
    assert_eq!(from_amount(money(100_000, "USD")).to_string(), "Orders of 1,000.00 USD or more");
    let rule = ApprovalRule {
        kind: Some(OrderKind::Change),
        vendor: Some("Adobe".to_owned()),
        role: Some(Role::Technician),
        percent: Some(50),
        amount: None,
    };
    assert_eq!(
        rule.to_string(),
        "Change orders for products of Adobe that change 50 % of the seats or more, asked for by a technician"
    );
}

#[test]
fn a_kind_is_read_from_its_own_name() {
    for kind in OrderKind::ALL {
        assert_eq!(kind.as_str().parse(), Ok(kind));
    }
    assert!("bill".parse::<OrderKind>().is_err());
}

proptest! {
    #[test]
    fn a_higher_amount_never_asks_less(from in 0i64..1_000_000, amount in -1_000_000i64..1_000_000, more in 0i64..1_000_000) {
        let rule = from_amount(money(from, "USD"));
        let asks = |amount| rule.asks(&OrderFacts { amount: Some(money(amount, "USD")), ..change(1, 1) });
        let further = if amount < 0 { amount - more } else { amount + more };
        prop_assert!(!asks(amount) || asks(further));
    }

    #[test]
    fn an_amount_asks_exactly_where_it_is_reached(from in 0i64..1_000_000, amount in -1_000_000i64..1_000_000) {
        let facts = OrderFacts { amount: Some(money(amount, "USD")), ..change(1, 1) };
        prop_assert_eq!(from_amount(money(from, "USD")).asks(&facts), amount.abs() >= from);
    }

    #[test]
    fn another_currency_always_asks(from in 0i64..1_000_000, amount in -1_000_000i64..1_000_000) {
        let facts = OrderFacts { amount: Some(money(amount, "EUR")), ..change(1, 1) };
        prop_assert!(from_amount(money(from, "USD")).asks(&facts));
    }

    #[test]
    fn a_share_is_compared_without_rounding(percent in 1u32..1_000, before in 1u32..100_000, after in 0u32..100_000) {
        let exact = Decimal::from(after.abs_diff(before)) * Decimal::from(100) >= Decimal::from(percent) * Decimal::from(before);
        prop_assert_eq!(from_percent(percent).asks(&change(before, after)), exact);
    }

    #[test]
    fn one_more_condition_never_asks_more(percent in 1u32..300, before in 0u32..50, after in 0u32..50, from in 0i64..5_000) {
        let both = ApprovalRule { percent: Some(percent), ..from_amount(money(from, "USD")) };
        let facts = change(before, after);
        prop_assert!(!both.asks(&facts) || (from_percent(percent).asks(&facts) && from_amount(money(from, "USD")).asks(&facts)));
    }
}
