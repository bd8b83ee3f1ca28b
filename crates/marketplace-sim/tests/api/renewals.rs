//! Renewals, ordered and by themselves.

use crate::support::{Api, is_flexible, text};
use axum::http::StatusCode;
use serde_json::{Value, json};
use time::Duration;

#[tokio::test]
async fn a_renewal_order_extends_the_term_and_has_no_products() {
    let api = Api::start().await;
    let subscription =
        api.subscription_where(|detail| is_flexible(detail) && detail["subscriptionPeriod"]["type"] == "year").await;
    let body =
        json!({ "type": "renewal", "customerId": subscription["customerId"], "subscriptionId": subscription["id"] });
    let order = api.post("/orders", &body).await;
    assert_eq!(order.status, StatusCode::OK, "{order:?}");
    assert!(text(&order.json["orderNumber"]).starts_with("RN"));
    assert!(order.json.get("products").is_none() && order.json.get("details").is_none());
    assert_eq!(order.json["total"], subscription["totalPrice"]);
    assert_eq!(api.post("/orders", &body).await.status, StatusCode::INTERNAL_SERVER_ERROR, "one at a time");
    api.simulator.advance(Duration::seconds(10));
    let renewed = api.get(&format!("/subscriptions/{}", text(&subscription["id"]))).await.json;
    let year = |date: &Value| text(date)[..4].parse::<i32>().unwrap();
    assert_eq!(year(&renewed["renewalDate"]), year(&subscription["renewalDate"]) + 1);
}

#[tokio::test]
async fn a_subscription_renews_by_itself_and_leaves_an_order_with_its_po_number() {
    let mut api = Api::start().await;
    let renews = |detail: &Value| {
        detail["renewalStatus"] == true
            && detail["attributes"]["PONumber"].is_string()
            && text(&detail["renewalDate"]) < "2026-12-23"
    };
    let subscription = api.subscription_where(renews).await;
    api.simulator.advance(Duration::days(30));
    api.token = api.sign_in().await;
    let renewed = api.get(&format!("/subscriptions/{}", text(&subscription["id"]))).await.json;
    assert_eq!(renewed["status"], "active");
    assert!(text(&renewed["renewalDate"]) > text(&subscription["renewalDate"]));
    let orders = api.get(&format!("/orders?subscriptionId={}&limit=1", text(&subscription["id"]))).await.json;
    assert_eq!((&orders["data"][0]["type"], &orders["data"][0]["status"]), (&"renewal".into(), &"completed".into()));
    let order = api.get(&format!("/orders/{}", text(&orders["data"][0]["id"]))).await.json;
    assert_eq!(order["poNumber"], subscription["attributes"]["PONumber"]);
}

#[tokio::test]
async fn a_subscription_that_does_not_renew_ends_and_is_removed_a_month_later() {
    let mut api = Api::start().await;
    let subscription = api.subscription_where(|detail| text(&detail["renewalDate"]) < "2026-12-23").await;
    let path = format!("/subscriptions/{}", text(&subscription["id"]));
    api.patch(&path, &json!({ "renewalStatus": false })).await;
    for (days, status) in [(30, "terminated"), (31, "removed")] {
        api.simulator.advance(Duration::days(days));
        api.token = api.sign_in().await;
        assert_eq!(api.get(&path).await.json["status"], status);
    }
}
