//! Cancellations.

use crate::support::{Api, amount, is_flexible, text};
use axum::http::StatusCode;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use time::Duration;

fn cancellation(subscription: &Value) -> Value {
    json!({ "type": "cancellation", "customerId": subscription["customerId"], "subscriptionId": subscription["id"] })
}

#[tokio::test]
async fn a_cancelled_subscription_is_terminated_and_removed_a_month_later() {
    let mut api = Api::start().await;
    let subscription = api.subscription_where(is_flexible).await;
    let order = api.post("/orders", &cancellation(&subscription)).await;
    assert_eq!(order.status, StatusCode::OK);
    assert!(text(&order.json["orderNumber"]).starts_with("CL"));
    assert!(order.json.get("products").is_none());
    assert!(amount(&order.json["total"]) <= Decimal::ZERO, "the rest of the billing period is credited");
    let path = format!("/subscriptions/{}", text(&subscription["id"]));
    assert_eq!(api.get(&path).await.json["status"], "active");
    api.simulator.advance(Duration::seconds(10));
    assert_eq!(api.get(&path).await.json["status"], "terminated");
    api.simulator.advance(Duration::days(30));
    api.token = api.sign_in().await;
    assert_eq!(api.get(&path).await.json["status"], "removed");
}

#[tokio::test]
async fn the_seven_day_vendor_cancels_nothing_in_mid_term() {
    let api = Api::start().await;
    let old = |detail: &Value| {
        detail["products"][0]["vendor"] == "Northwind Cloud"
            && detail["subscriptionPeriod"]["type"] == "year"
            && text(&detail["renewalDate"]) < "2027-10-01"
    };
    let subscription = api.subscription_where(old).await;
    let answer = api.post("/orders", &cancellation(&subscription)).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(text(&answer.json["message"]).contains("only within 7 days"));
}
