//! Terms that end together with something, placed.

use super::buying::{Buyer, order_of, product};
use super::*;
use rust_decimal::Decimal;

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_ends_with_the_other_subscription_and_is_charged_what_was_shown(pool: PgPool) {
    let buyer = Buyer::new(pool).await;
    let product = product(&buyer.world.backend, "Business Basic", "1 year", "1 month").await;
    let (customer, with) = buyer.with_something_to_end_with(&product).await;
    let mut order = order_of(&customer, &product, 10);
    let full = buyer.buy(&order).await;
    order.end_with = Some(with.with.clone());
    let aligned = buyer.buy(&order).await;

    assert_eq!(aligned.quote.now, Some(aligned.charged));
    assert_eq!(aligned.theirs.expires, with.ends_on);
    assert_ne!(full.theirs.expires, with.ends_on);
    assert_eq!(aligned.ours.expires_on, with.ends_on, "and the copy says so");
    let unit = product.price.unwrap().amount;
    assert_eq!((aligned.theirs.lines[0].seats, aligned.theirs.lines[0].unit_price), (10, unit));
    assert_eq!(full.charged.amount, unit * Decimal::from(10));
    assert!(aligned.charged.amount <= full.charged.amount && aligned.charged.amount > Decimal::ZERO);
    assert_eq!(aligned.quote.per_period, full.quote.per_period, "only the first period is cut");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_ends_with_the_calendar_month_on_the_day_that_was_offered(pool: PgPool) {
    let buyer = Buyer::new(pool).await;
    let product = product(&buyer.world.backend, "Business Basic", "1 month", "1 month").await;
    let customer = buyer.world.line.customer_id.clone();
    let offered = end_together(&buyer.world.backend, &customer, std::slice::from_ref(&product)).await.unwrap();
    let [EndChoice { with: EndWith::Month, ends_on: Some(day), .. }] = &offered.choices[..] else {
        panic!("{offered:?}")
    };
    let order = NewOrder { end_with: Some(EndWith::Month), ..order_of(&customer, &product, 4) };
    let placed = buyer.buy(&order).await;
    assert_eq!((placed.theirs.expires, placed.quote.now), (Some(*day), Some(placed.charged)));
    assert!(placed.charged.amount < product.price.unwrap().amount * Decimal::from(4));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_product_that_has_to_end_with_the_month_is_not_ordered_without(pool: PgPool) {
    let buyer = Buyer::new(pool).await;
    let product = product(&buyer.world.backend, "Hosting S", "1 year", "1 month").await;
    let order = order_of(&buyer.world.line.customer_id, &product, 1);
    let refused = estimate_new_order(&buyer.world.backend, &buyer.manager, &order).await;
    assert!(matches!(refused, Err(Error::Invalid(fields)) if fields[0].field == "end_with"));
    let order = NewOrder { end_with: Some(EndWith::Month), ..order };
    estimate_new_order(&buyer.world.backend, &buyer.manager, &order).await.unwrap();
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_subscription_that_runs_longer_than_a_full_term_is_not_offered(pool: PgPool) {
    let buyer = Buyer::new(pool).await;
    let product = product(&buyer.world.backend, "Business Basic", "1 year", "1 month").await;
    let (customer, with) = buyer.with_something_to_end_with(&product).await;
    let EndWith::Subscription(id) = &with.with else { panic!("{with:?}") };
    buyer.act(id, Act::Renew).await;
    let offered = end_together(&buyer.world.backend, &customer, &[product]).await.unwrap();
    assert!(offered.choices.iter().all(|choice| choice.with != with.with), "{offered:?}");
}
