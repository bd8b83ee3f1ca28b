//! Sales orders.

use crate::support::{Api, sale, text};
use axum::http::StatusCode;
use serde_json::{Value, json};
use time::Duration;

fn backup(quantity: u32) -> Value {
    json!({ "mpn": "VL-BKP-1TB", "quantity": quantity, "parameters": [{ "name": "region", "value": "us-east" }] })
}

#[tokio::test]
async fn a_sale_makes_a_pending_subscription_that_becomes_active() {
    let api = Api::start().await;
    let order = api.post("/orders", &sale(&api.active_customer().await, &backup(4))).await;
    assert_eq!(order.status, StatusCode::OK);
    assert!(text(&order.json["orderNumber"]).starts_with("SO"));
    assert_eq!(order.json["products"][0]["quantity"], 4);
    let path = format!("/subscriptions/{}", text(&order.json["subscriptionId"]));
    let pending = api.get(&path).await.json;
    assert_eq!(pending["status"], "pending");
    assert!(pending.get("expirationDate").is_none());
    api.simulator.advance(Duration::seconds(10));
    let active = api.get(&path).await.json;
    assert_eq!((&active["status"], &active["products"][0]["quantity"]), (&"active".into(), &4.into()));
    assert_eq!(active["expirationDate"], "2026-12-23");
    assert_eq!(active["attributes"]["PONumber"], "PO1234");
}

#[tokio::test]
async fn an_ambiguous_mpn_is_refused_until_the_periods_are_given() {
    let api = Api::start().await;
    let customer = api.active_customer().await;
    let mut line =
        json!({ "mpn": "NWC0S1LH:0001", "quantity": 2, "parameters": [{ "name": "domain", "value": "harbour" }] });
    let ambiguous = api.post("/orders", &sale(&customer, &line)).await;
    assert_eq!(ambiguous.status, StatusCode::BAD_REQUEST);
    assert!(text(&ambiguous.json["message"]).contains("Multiple products found"));
    line["billingPeriod"] = json!({ "type": "month", "duration": 1 });
    let mut order = sale(&customer, &line);
    order["subscriptionPeriod"] = json!({ "type": "year", "duration": 1 });
    let placed = api.post("/orders", &order).await;
    assert_eq!(placed.status, StatusCode::OK, "the order's own term narrows the match: {placed:?}");
    assert_eq!(placed.json["products"][0]["subscriptionPeriod"]["type"], "year");
}

#[tokio::test]
async fn products_that_others_need_come_along() {
    let api = Api::start().await;
    let mut order = sale(&api.active_customer().await, &json!({ "mpn": "VL-BKP-AGENT", "quantity": 3 }));
    let placed = api.post("/orders", &order).await;
    assert_eq!(placed.status, StatusCode::OK, "{placed:?}");
    let lines = placed.json["products"].as_array().unwrap();
    assert_eq!(lines.len(), 2);
    assert_eq!((&lines[1]["mpn"], &lines[1]["quantity"]), (&"VL-BKP-1TB".into(), &1.into()));
    assert_eq!(lines[0]["subscriptionId"], lines[1]["subscriptionId"], "one plan, one subscription");
    order["products"] = json!([backup(2), { "mpn": "CB-MEET", "quantity": 1, "subscriptionPeriod": { "type": "year", "duration": 1 },
        "parameters": [{ "name": "admin_email", "value": "it@harbour.example" }] }]);
    let two_plans = api.post("/orders", &order).await.json;
    assert_ne!(two_plans["products"][0]["subscriptionId"], two_plans["products"][1]["subscriptionId"]);
}

#[tokio::test]
async fn mandatory_parameters_are_case_sensitive_and_choices_are_checked() {
    let api = Api::start().await;
    let customer = api.active_customer().await;
    for parameters in
        [json!([]), json!([{ "name": "Region", "value": "us-east" }]), json!([{ "name": "region", "value": "moon" }])]
    {
        let line = json!({ "mpn": "VL-BKP-1TB", "quantity": 1, "parameters": parameters });
        let answer = api.post("/orders", &sale(&customer, &line)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{parameters}");
        assert!(text(&answer.json["message"]).contains("region"));
    }
}

#[tokio::test]
async fn customers_that_are_not_active_cannot_order() {
    let api = Api::start().await;
    let rows = api.get("/customers?limit=100").await.json;
    for status in ["creditHold", "adminHold", "pending", "cancelled", "error"] {
        let customer = rows["data"].as_array().unwrap().iter().find(|row| row["status"] == status).unwrap();
        let answer = api.post("/orders", &sale(text(&customer["id"]), &backup(1))).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{status}");
        assert!(text(&answer.json["message"]).contains("cannot order"));
    }
}

#[tokio::test]
async fn bad_sales_are_refused_and_leave_nothing_behind() {
    let api = Api::start().await;
    let customer = api.active_customer().await;
    let before = api.get("/orders").await.json["pagination"]["total"].clone();
    for body in [
        json!({ "customerId": customer }),
        json!({ "type": "sales", "customerId": "1", "products": [backup(1)] }),
        json!({ "type": "sales", "customerId": customer, "products": [] }),
        json!({ "type": "migration", "customerId": customer, "products": [backup(1)] }),
        sale(&customer, &backup(0)),
        sale(&customer, &json!({ "mpn": "NO-SUCH", "quantity": 1 })),
        sale(&customer, &json!({ "quantity": 1 })),
        sale(&customer, &json!({ "mpn": "SF-LEARN", "quantity": 3 })),
    ] {
        assert_eq!(api.post("/orders", &body).await.status, StatusCode::BAD_REQUEST, "{body}");
    }
    assert_eq!(api.get("/orders").await.json["pagination"]["total"], before);
    assert_eq!(api.simulator.stats().orders_created, 0);
}

#[tokio::test]
async fn lines_in_two_currencies_are_refused() {
    let api = Api::start().await;
    let mut order = sale(&api.active_customer().await, &backup(1));
    let wiki = json!({ "mpn": "FH-WIKI-STD", "quantity": 5, "subscriptionPeriod": { "type": "year", "duration": 1 },
        "parameters": [{ "name": "admin_email", "value": "it@harbour.example" }] });
    order["products"].as_array_mut().unwrap().push(wiki);
    let answer = api.post("/orders", &order).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(text(&answer.json["message"]).contains("same currency"));
}

#[tokio::test]
async fn a_sale_that_cannot_be_provisioned_ends_in_error_and_leaves_no_live_subscription() {
    let api = Api::start().await;
    let mut order = sale(&api.active_customer().await, &backup(1));
    order["poNumber"] = "fault:provisioning-failed".into();
    let placed = api.post("/orders", &order).await.json;
    api.simulator.advance(Duration::seconds(10));
    let detail = api.get(&format!("/orders/{}", text(&placed["id"]))).await.json;
    assert_eq!((&detail["status"], &detail["statusCode"]), (&"error".into(), &"PF".into()));
    let subscription = api.get(&format!("/subscriptions/{}", text(&placed["subscriptionId"]))).await.json;
    assert_eq!(subscription["status"], "removed");
}
