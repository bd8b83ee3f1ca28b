//! Change orders: seats of existing subscriptions.

use crate::support::{Api, change_to, held, is_flexible, text};
use axum::http::StatusCode;
use marketplace_sim::{Config, ReadBack};
use serde_json::{Value, json};
use time::Duration;

#[tokio::test]
async fn seats_change_when_the_order_completes_and_not_before() {
    let api = Api::start().await;
    let subscription = api.subscription_where(is_flexible).await;
    let order = api.post("/orders", &change_to(&subscription, held(&subscription) + 3)).await;
    assert_eq!(order.status, StatusCode::OK);
    assert!(text(&order.json["orderNumber"]).starts_with("CH"));
    assert_eq!((&order.json["status"], &order.json["statusCode"]), (&"submitted".into(), &"WP".into()));
    let path = format!("/orders/{}", text(&order.json["id"]));
    for (seconds, status, seats) in [(2, "processing", 0), (7, "processing", 0), (1, "completed", 3)] {
        api.simulator.advance(Duration::seconds(seconds));
        assert_eq!(api.get(&path).await.json["status"], status);
        assert_eq!(api.seats(&subscription).await, held(&subscription) + seats);
    }
    assert!(api.get(&path).await.json["provisioningDate"].is_string());
}

#[tokio::test]
async fn the_quantity_is_the_new_total_and_reads_back_as_a_difference() {
    let api = Api::start().await;
    let subscription = api.subscription_where(is_flexible).await;
    let order = api.post("/orders", &change_to(&subscription, held(&subscription) - 2)).await.json;
    assert_eq!(order["products"][0]["quantity"], -2);
    assert_eq!(order["subscriptionId"], subscription["id"]);
}

#[tokio::test]
async fn a_switch_makes_the_quantity_read_back_as_the_total() {
    let api = Api::with(Config { read_back: ReadBack::Total, ..Config::for_tests() }).await;
    let subscription = api.subscription_where(is_flexible).await;
    let order = api.post("/orders", &change_to(&subscription, held(&subscription) - 2)).await.json;
    assert_eq!(order["products"][0]["quantity"], held(&subscription) - 2);
}

#[tokio::test]
async fn a_second_change_while_one_is_in_progress_is_refused_with_500() {
    let api = Api::start().await;
    let subscription = api.subscription_where(is_flexible).await;
    let first = api.post("/orders", &change_to(&subscription, held(&subscription) + 1)).await.json;
    let second = api.post("/orders", &change_to(&subscription, held(&subscription) + 2)).await;
    assert_eq!(second.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(second.json["status"], 500);
    let message = text(&second.json["message"]);
    assert!(message.contains("there is already an"), "{message}");
    assert!(message.contains(text(&first["orderNumber"])), "{message}");
    api.simulator.advance(Duration::seconds(10));
    assert_eq!(api.post("/orders", &change_to(&subscription, held(&subscription) + 2)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_subscription_may_be_named_on_the_order_or_the_line_but_must_agree() {
    let api = Api::start().await;
    let subscription = api.subscription_where(is_flexible).await;
    let mut neither = change_to(&subscription, held(&subscription) + 1);
    neither["products"][0].as_object_mut().unwrap().remove("subscriptionId");
    assert_eq!(api.post("/orders", &neither).await.status, StatusCode::BAD_REQUEST);
    let mut both = change_to(&subscription, held(&subscription) + 1);
    both["subscriptionId"] = "1".into();
    assert_eq!(api.post("/orders", &both).await.status, StatusCode::BAD_REQUEST);
    let mut on_order = neither;
    on_order["subscriptionId"] = subscription["id"].clone();
    assert_eq!(api.post("/orders", &on_order).await.status, StatusCode::OK);
}

#[tokio::test]
async fn nothing_to_change_zero_and_quantities_beyond_the_limits_are_refused() {
    let api = Api::start().await;
    let subscription = api.subscription_where(is_flexible).await;
    for (seats, reason) in
        [(held(&subscription), "nothing to change"), (0, "cancellation"), (999_999, "at most"), (-1, "whole number")]
    {
        let answer = api.post("/orders", &change_to(&subscription, seats)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{seats}");
        assert!(text(&answer.json["message"]).contains(reason), "{}", answer.json["message"]);
    }
    let mut half = change_to(&subscription, 0);
    half["products"][0]["quantity"] = json!(12.5);
    assert_eq!(api.post("/orders", &half).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_quantity_sent_as_text_is_understood() {
    let api = Api::start().await;
    let subscription = api.subscription_where(is_flexible).await;
    let mut order = change_to(&subscription, 0);
    order["products"][0]["quantity"] = format!("{}.0", held(&subscription) + 1).into();
    assert_eq!(api.post("/orders", &order).await.json["products"][0]["quantity"], 1);
}

#[tokio::test]
async fn the_seven_day_vendor_takes_no_seats_back_in_mid_term() {
    let api = Api::start().await;
    let subscription = api.subscription_where(is_old_seven_day).await;
    let fewer = change_to(&subscription, held(&subscription) - 1);
    let answer = api.post("/orders", &fewer).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(text(&answer.json["message"]).contains("within 7 days"), "{}", answer.json["message"]);
    assert_eq!(api.seats(&subscription).await, held(&subscription));
    let more = change_to(&subscription, held(&subscription) + 1);
    assert_eq!(api.post("/orders", &more).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_seven_day_vendor_takes_back_seats_bought_within_seven_days_and_no_others() {
    let api = Api::start().await;
    let subscription = api.subscription_where(is_old_seven_day).await;
    let before = held(&subscription);
    api.post("/orders", &change_to(&subscription, before + 4)).await;
    api.simulator.advance(Duration::minutes(5));
    assert_eq!(api.seats(&subscription).await, before + 4);
    let too_many = api.post("/orders", &change_to(&subscription, before - 1)).await;
    assert_eq!(too_many.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(api.post("/orders", &change_to(&subscription, before + 1)).await.status, StatusCode::OK);
    api.simulator.advance(Duration::minutes(5));
    assert_eq!(api.seats(&subscription).await, before + 1);
}

#[tokio::test]
async fn the_seven_day_vendor_takes_seats_back_early_in_the_term() {
    let api = Api::start().await;
    let young = |detail: &Value| is_seven_day(detail) && text(&detail["creationDate"]) >= "2026-11-18";
    let subscription = api.subscription_where(young).await;
    let answer = api.post("/orders", &change_to(&subscription, held(&subscription) - 1)).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
}

#[tokio::test]
async fn a_change_scheduled_on_renewal_waits_for_it_and_locks_nothing() {
    let api = Api::start().await;
    let soon = |detail: &Value| {
        is_seven_day(detail) && detail["renewalStatus"] == true && text(&detail["renewalDate"]) < "2027-11-01"
    };
    let subscription = api.subscription_where(soon).await;
    let mut order = change_to(&subscription, held(&subscription) - 1);
    order["scheduledOn"] = "renewal".into();
    let order = api.post("/orders", &order).await.json;
    assert_eq!(order["products"][0]["quantity"], held(&subscription) - 1, "the target, not the difference");
    assert_eq!(order["scheduledOn"], "renewal");
    api.simulator.advance(Duration::hours(1));
    let mut api = api;
    api.token = api.sign_in().await;
    let path = format!("/orders/{}", text(&order["id"]));
    assert_eq!(api.get(&path).await.json["status"], "processing");
    assert_eq!(api.post("/orders", &change_to(&subscription, held(&subscription) + 1)).await.status, StatusCode::OK);
    api.simulator.advance(Duration::days(400));
    api.token = api.sign_in().await;
    assert_eq!(api.get(&path).await.json["status"], "completed");
    assert_eq!(api.seats(&subscription).await, held(&subscription) - 1);
}

#[tokio::test]
async fn only_active_subscriptions_of_the_customer_can_be_changed() {
    let api = Api::start().await;
    let subscription = api.subscription_where(is_flexible).await;
    let stranger = api.subscription_where(|other| other["customerId"] != subscription["customerId"]).await;
    let mut order = change_to(&subscription, held(&subscription) + 1);
    order["customerId"] = stranger["customerId"].clone();
    let answer = api.post("/orders", &order).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(text(&answer.json["message"]).contains("No entity has been found"));
    let removed = api.get("/subscriptions?status=removed&limit=1").await.json["data"][0].clone();
    let removed = api.get(&format!("/subscriptions/{}", text(&removed["id"]))).await.json;
    assert_eq!(api.post("/orders", &change_to(&removed, 5)).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_po_number_and_attributes_are_kept() {
    let api = Api::start().await;
    let subscription = api.subscription_where(is_flexible).await;
    let mut order = change_to(&subscription, held(&subscription) + 1);
    order["poNumber"] = "PO-2026-17".into();
    order["attributes"] = json!({ "ticket": "4711" });
    let id = api.post("/orders", &order).await.json["id"].clone();
    let detail = api.get(&format!("/orders/{}", text(&id))).await.json;
    assert_eq!((&detail["poNumber"], &detail["attributes"]["ticket"]), (&"PO-2026-17".into(), &"4711".into()));
}

fn is_seven_day(detail: &Value) -> bool {
    detail["products"][0]["vendor"] == "Northwind Cloud"
        && detail["products"][0]["quantity"].as_i64().is_some_and(|quantity| quantity > 4)
}

fn is_old_seven_day(detail: &Value) -> bool {
    let since_term_start =
        text(&detail["renewalDate"]) < "2027-10-01" && detail["subscriptionPeriod"]["type"] == "year";
    is_seven_day(detail) && since_term_start && text(&detail["lastModifiedDate"]) < "2026-11-10"
}
