//! Special prices in orders.

use crate::support::{Api, amount, change_to, held, is_flexible, sale, text};
use rust_decimal::Decimal;
use serde_json::json;

fn usd(amount: &str) -> serde_json::Value {
    json!({ "currency": "USD", "amount": amount })
}

#[tokio::test]
async fn a_special_price_is_charged_and_stays_with_the_subscription() {
    let api = Api::start().await;
    let mut line =
        json!({ "mpn": "VL-BKP-1TB", "quantity": 4, "parameters": [{ "name": "region", "value": "us-east" }] });
    line["specialPrice"] = usd("20.10");
    line["specialCost"] = usd("18");
    let done = api.done(&sale(&api.active_customer().await, &line)).await;
    assert_eq!(amount(&done["total"]), Decimal::new(8_040, 2));
    assert_eq!(amount(&done["details"][0]["extendedPrice"]), Decimal::from(72), "the reseller's side");
    let made = api.detail(&done["subscriptionId"]).await;
    assert_eq!(amount(&made["products"][0]["unitPrice"]), Decimal::new(2_010, 2));
    assert_eq!(amount(&made["totalPrice"]), Decimal::new(8_040, 2));
}

#[tokio::test]
async fn a_change_can_bring_a_special_price_for_all_seats() {
    let api = Api::start().await;
    let subscription = api.subscription_where(is_flexible).await;
    let seats = held(&subscription);
    let mut order = change_to(&subscription, seats + 1);
    let usual = amount(&api.post("/orders/estimate", &order).await.json["total"]);
    order["products"][0]["specialPrice"] = usd("0.01");
    let done = api.done(&order).await;
    assert!(amount(&done["total"]) < Decimal::ZERO && usual > Decimal::ZERO, "the rest of the period is credited");
    let after = api.detail(&subscription["id"]).await;
    assert_eq!(amount(&after["products"][0]["unitPrice"]), Decimal::new(1, 2));
    assert_eq!(held(&after), seats + 1);
}

#[tokio::test]
async fn a_special_price_has_the_products_currency_and_is_not_negative() {
    let api = Api::start().await;
    let customer = api.active_customer().await;
    for (price, part) in [
        (json!({ "currency": "EUR", "amount": "20" }), "specialPrice of VL-BKP-1TB must be in USD"),
        (usd("-1"), "specialPrice must not be negative"),
    ] {
        let refused =
            api.refusal(&sale(&customer, &json!({ "mpn": "VL-BKP-1TB", "quantity": 1, "specialPrice": price }))).await;
        assert!(refused.contains(part), "{refused}");
    }
    let with_deal =
        json!({ "mpn": "VL-BKP-1TB", "quantity": 1, "specialPrice": usd("20"), "deals": { "freezePrices": true } });
    let refused = api.refusal(&sale(&customer, &with_deal)).await;
    assert!(text(&json!(refused)).contains("exclude each other"), "{refused}");
}
