//! Orders that are cancelled or let pass.

use crate::support::{Api, change_to, held, is_flexible, text};
use axum::http::StatusCode;
use serde_json::json;
use time::Duration;

#[tokio::test]
async fn an_order_can_be_cancelled_until_it_completes() {
    let api = Api::start().await;
    let subscription = api.subscription_where(is_flexible).await;
    let order = api.post("/orders", &change_to(&subscription, held(&subscription) + 1)).await.json;
    let path = format!("/orders/{}", text(&order["id"]));
    let cancelled = api.patch(&path, &json!({ "statusCode": "CL" })).await;
    assert_eq!(cancelled.status, StatusCode::OK);
    assert_eq!((&cancelled.json["status"], &cancelled.json["statusCode"]), (&"cancelled".into(), &"CL".into()));
    api.simulator.advance(Duration::seconds(20));
    assert_eq!(api.seats(&subscription).await, held(&subscription));
    let next = api.post("/orders", &change_to(&subscription, held(&subscription) + 2)).await;
    assert_eq!(next.status, StatusCode::OK, "the subscription is free again");
    api.simulator.advance(Duration::seconds(10));
    for done in [text(&order["id"]), text(&next.json["id"])] {
        let answer = api.patch(&format!("/orders/{done}"), &json!({ "statusCode": "CL" })).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "too late for {done}");
    }
}

#[tokio::test]
async fn a_cancelled_sale_takes_its_subscription_with_it() {
    let api = Api::start().await;
    let customer = api.subscription_where(|_| true).await["customerId"].clone();
    let body = json!({ "type": "sales", "customerId": customer, "products": [
        { "mpn": "VL-BKP-1TB", "quantity": 1, "parameters": [{ "name": "region", "value": "us-west" }] }] });
    let order = api.post("/orders", &body).await.json;
    api.patch(&format!("/orders/{}", text(&order["id"])), &json!({ "statusCode": "CL" })).await;
    api.simulator.advance(Duration::seconds(20));
    let subscription = api.get(&format!("/subscriptions/{}", text(&order["subscriptionId"]))).await.json;
    assert_eq!(subscription["status"], "removed");
}

#[tokio::test]
async fn an_order_update_must_say_something_that_can_be_done() {
    let api = Api::start().await;
    let subscription = api.subscription_where(is_flexible).await;
    let order = api.post("/orders", &change_to(&subscription, held(&subscription) + 1)).await.json;
    let path = format!("/orders/{}", text(&order["id"]));
    for body in [json!({}), json!({ "statusCode": "CP" }), json!({ "creditCheck": false, "statusCode": "XX" })] {
        assert_eq!(api.patch(&path, &body).await.status, StatusCode::BAD_REQUEST, "{body}");
    }
    assert_eq!(api.get(&path).await.json["creditCheck"], true, "a refused update changes nothing");
    assert_eq!(api.patch(&path, &json!({ "creditCheck": false })).await.json["creditCheck"], false);
    assert_eq!(api.patch("/orders/1", &json!({ "statusCode": "CL" })).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn special_prices_need_products_in_the_subscriptions_currency() {
    let api = Api::start().await;
    let subscription = api.subscription_where(is_flexible).await;
    let path = format!("/subscriptions/{}/specialPricing", text(&subscription["id"]));
    let id = &subscription["products"][0]["id"];
    let price =
        |currency: &str| json!({ "products": [{ "id": id, "unitPrice": { "currency": currency, "amount": "3.5" } }] });
    assert_eq!(api.post(&path, &json!({ "products": [] })).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(api.post(&path, &price("JPY")).await.status, StatusCode::BAD_REQUEST);
    let answer = api.post(&path, &price("USD")).await.json;
    assert_eq!(answer["products"][0]["unitPrice"], json!({ "currency": "USD", "amount": "3.5" }));
    let estimate = api.post("/orders/estimate", &change_to(&subscription, held(&subscription) + 1)).await.json;
    assert_eq!(estimate["details"][0]["salesUnitPrice"]["amount"], "3.5", "the special price holds from now on");
}
