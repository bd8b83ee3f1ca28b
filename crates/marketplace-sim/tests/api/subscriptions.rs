//! Subscriptions: detail and update.

use crate::support::{Api, is_flexible, text};
use axum::http::StatusCode;
use serde_json::json;

#[tokio::test]
async fn the_detail_adds_product_lines_totals_and_an_integer_plan_id() {
    let api = Api::start().await;
    let subscription = api.subscription_where(is_flexible).await;
    assert!(subscription["planId"].is_u64());
    assert!(subscription["products"][0]["quantity"].is_i64());
    assert_eq!(subscription["totalPrice"], subscription["products"][0]["extendedPrice"]);
    assert!(subscription["products"][0].get("billingPeriod").is_none(), "lines carry no period of their own");
}

#[tokio::test]
async fn renewal_can_be_turned_off_and_that_is_a_modification() {
    let api = Api::start().await;
    let subscription = api.subscription_where(|detail| detail["renewalStatus"] == true).await;
    let path = format!("/subscriptions/{}", text(&subscription["id"]));
    let answer = api.patch(&path, &json!({ "renewalStatus": false })).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.json["renewalStatus"], false);
    assert_eq!(answer.json["lastModifiedDate"], "2026-11-23");
    assert_eq!(api.get(&path).await.json["renewalStatus"], false);
}

#[tokio::test]
async fn renewal_of_a_removed_subscription_cannot_be_changed() {
    let api = Api::start().await;
    let removed = api.get("/subscriptions?status=removed&limit=1").await.json["data"][0].clone();
    let answer =
        api.patch(&format!("/subscriptions/{}", text(&removed["id"])), &json!({ "renewalStatus": true })).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn attributes_are_merged_and_prices_replaced() {
    let api = Api::start().await;
    let subscription = api.subscription_where(is_flexible).await;
    let path = format!("/subscriptions/{}", text(&subscription["id"]));
    let line = &subscription["products"][0];
    let special = json!({ "currency": "USD", "amount": "9.99" });
    let update =
        json!({ "attributes": { "costCentre": "42" }, "products": [{ "id": line["id"], "unitPrice": special }] });
    let updated = api.patch(&path, &update).await.json;
    assert_eq!(updated["attributes"]["costCentre"], "42");
    assert_eq!(updated["attributes"]["PONumber"], subscription["attributes"]["PONumber"]);
    assert_eq!(updated["products"][0]["unitPrice"], special);
    assert_eq!(updated["products"][0]["unitCost"], line["unitCost"]);
}

#[tokio::test]
async fn an_update_that_cannot_be_done_whole_changes_nothing() {
    let api = Api::start().await;
    let subscription = api.subscription_where(is_flexible).await;
    let path = format!("/subscriptions/{}", text(&subscription["id"]));
    let update = json!({ "attributes": { "costCentre": "42" }, "products": [{ "mpn": "no such" }] });
    assert_eq!(api.patch(&path, &update).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(api.get(&path).await.json, subscription);
}

#[tokio::test]
async fn a_quantity_sent_here_is_ignored() {
    let api = Api::start().await;
    let subscription = api.subscription_where(is_flexible).await;
    let line = &subscription["products"][0];
    let update = json!({ "products": [{ "id": line["id"], "quantity": 1 }] });
    let updated = api.patch(&format!("/subscriptions/{}", text(&subscription["id"])), &update).await.json;
    assert_eq!(updated["products"][0]["quantity"], line["quantity"]);
}

#[tokio::test]
async fn a_price_whose_sums_could_not_be_written_is_refused() {
    let api = Api::start().await;
    let subscription = api.subscription_where(is_flexible).await;
    let path = format!("/subscriptions/{}", text(&subscription["id"]));
    for amount in ["-0.01", "1000000000.01", "79228162514264337593543950335"] {
        let price = json!({ "currency": "USD", "amount": amount });
        let update = json!({ "products": [{ "id": subscription["products"][0]["id"], "unitPrice": price }] });
        assert_eq!(api.patch(&path, &update).await.status, StatusCode::BAD_REQUEST, "{amount}");
        assert_eq!(api.get(&path).await.json, subscription);
    }
}
