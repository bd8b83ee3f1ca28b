//! Special prices in new orders.

use super::buying::{Buyer, order_of, product};
use super::*;
use rust_decimal::Decimal;

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_special_price_is_charged_and_stays_with_the_subscription(pool: PgPool) {
    let buyer = Buyer::new(pool).await;
    let product = product(&buyer.world.backend, "Business Basic", "1 year", "1 month").await;
    let mut order = order_of(&buyer.world.line.customer_id, &product, 10);
    order.lines[0].special_price = Some("4.25".to_owned());
    let bought = buyer.buy(&order).await;
    assert_eq!((bought.quote.now, bought.charged.amount), (Some(bought.charged), Decimal::new(425, 1)));
    assert_eq!(bought.quote.per_period[0].after, bought.charged);
    assert_eq!(bought.ours.lines[0].unit_price.map(|price| price.amount), Some(Decimal::new(425, 2)));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_price_that_is_none_is_told_beside_the_field_of_its_line(pool: PgPool) {
    let buyer = Buyer::new(pool).await;
    let product = product(&buyer.world.backend, "Business Basic", "1 year", "1 month").await;
    let mut order = order_of(&buyer.world.line.customer_id, &product, 10);
    for typed in ["4,25", "-1", "much"] {
        order.lines[0].special_price = Some(typed.to_owned());
        let refused = estimate_new_order(&buyer.world.backend, &buyer.manager, &order).await;
        assert!(matches!(refused, Err(Error::Invalid(fields)) if fields[0].field == "price-0"), "{typed}");
    }
}
