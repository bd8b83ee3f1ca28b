//! Terms that end together with another subscription or with the month. Today is 23 November 2026.

use crate::support::{Api, amount, change_to, sale, suite, text};
use axum::body::{Body, to_bytes};
use axum::http::Request;
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Value, json};
use time::Duration;
use tower::ServiceExt;

fn aligned(mut order: Value, alignment: Value) -> Value {
    order["alignExpirationDate"] = alignment;
    order
}

fn with_subscription(id: &Value) -> Value {
    json!({ "alignmentType": "CO_TERM_ON_SUBSCRIPTION", "subscriptionId": text(id).parse::<u64>().unwrap() })
}

fn with_month() -> Value {
    json!({ "alignmentType": "MATCH_END_OF_CALENDAR_MONTH" })
}

/// A yearly subscription of a customer who may order, half way through its term.
async fn half_way(api: &mut Api) -> Value {
    let customer = api.active_customer().await;
    let bought = api.bought(&customer, &suite("NWC0P1LH:0001", "year", 5)).await;
    api.simulator.advance(Duration::days(200));
    api.token = api.sign_in().await;
    bought
}

#[tokio::test]
async fn a_sale_ends_with_the_other_subscription_and_pays_what_its_first_period_has_left() {
    let mut api = Api::start().await;
    let other = half_way(&mut api).await;
    assert_eq!(other["expirationDate"], "2027-11-23");
    let line = suite("NWC0B1LH:0001", "year", 10);
    let order = sale(text(&other["customerId"]), &line);
    let full = amount(&api.post("/orders/estimate", &order).await.json["total"]);
    let done = api.done(&aligned(order, with_subscription(&other["id"]))).await;
    assert_eq!(done["subscriptions"], json!([{ "planId": "10001", "alignedExpirationDate": "2027-11-23" }]));
    assert_eq!(done["alignExpirationDate"], with_subscription(&other["id"]));
    // Today is 11 June: 12 of the 31 days until 23 June are left.
    let expected = (full * Decimal::from(12) / Decimal::from(31))
        .round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    assert_eq!(amount(&done["total"]), expected);
    assert!(text(&done["details"][0]["description"]).ends_with("from 2027-06-11 through 2027-06-22"));

    let made = api.detail(&done["subscriptionId"]).await;
    assert_eq!((&made["expirationDate"], &made["renewalDate"]), (&"2027-11-23".into(), &"2027-11-23".into()));
    assert_eq!(made["products"][0]["quantity"], 10);
    api.simulator.advance(Duration::days(170));
    api.token = api.sign_in().await;
    assert_eq!(api.detail(&done["subscriptionId"]).await["expirationDate"], "2028-11-23", "a full term follows");
}

#[tokio::test]
async fn a_monthly_term_ends_with_the_calendar_month() {
    let api = Api::start().await;
    let order = sale(&api.active_customer().await, &suite("NWC0B1LH:0001", "month", 3));
    let full = amount(&api.post("/orders/estimate", &order).await.json["total"]);
    let done = api.done(&aligned(order, with_month())).await;
    assert_eq!(api.detail(&done["subscriptionId"]).await["expirationDate"], "2026-11-30");
    let expected =
        (full * Decimal::from(7) / Decimal::from(31)).round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    assert_eq!(amount(&done["total"]), expected, "7 of the 31 days from 30 October to 30 November");
}

#[tokio::test]
async fn a_product_says_whether_and_with_what_its_term_may_end() {
    let api = Api::start().await;
    let customer = api.active_customer().await;
    let year = sale(&customer, &suite("NWC0B1LH:0001", "year", 3));
    let refused = api.refusal(&aligned(year, with_month())).await;
    assert!(refused.starts_with("Validation failed: alignExpirationDate must be CO_TERM_ON_SUBSCRIPTION"), "{refused}");
    let backup = sale(&customer, &json!({ "mpn": "VL-BKP-1TB", "quantity": 1 }));
    let refused = api.refusal(&aligned(backup, with_month())).await;
    assert!(refused.contains("is not allowed for Backup 1 TB"), "{refused}");
    let hosting = sale(&customer, &json!({ "mpn": "NW-WEB-S", "quantity": 1 }));
    let refused = api.refusal(&hosting).await;
    assert!(refused.contains("is required for Hosting S"), "{refused}");
    let estimate = api.post("/orders/estimate", &aligned(hosting, with_month())).await.json;
    assert_eq!(estimate["subscriptions"][0]["alignedExpirationDate"], "2027-10-31", "not longer than a full year");
}

#[tokio::test]
async fn only_an_active_subscription_of_the_customer_that_ends_within_a_full_term_can_be_ended_with() {
    let mut api = Api::start().await;
    let other = half_way(&mut api).await;
    let order = |customer: &str| sale(customer, &suite("NWC0B1LH:0001", "year", 3));
    let stranger = api.subscription_where(|detail| detail["customerId"] != other["customerId"]).await;
    let theirs = aligned(order(text(&stranger["customerId"])), with_subscription(&other["id"]));
    assert!(api.refusal(&theirs).await.contains("No entity has been found"));
    let renewal = json!({ "type": "renewal", "customerId": other["customerId"], "subscriptionId": other["id"] });
    api.done(&renewal).await;
    let late = aligned(order(text(&other["customerId"])), with_subscription(&other["id"]));
    assert!(api.refusal(&late).await.contains("2028-11-23 lies after the end of a full term, 2028-06-11"));
    let nameless = aligned(order(text(&other["customerId"])), json!({ "alignmentType": "CO_TERM_ON_SUBSCRIPTION" }));
    assert!(api.refusal(&nameless).await.contains("needs a subscriptionId"));
}

#[tokio::test]
async fn a_running_term_keeps_its_end_and_the_next_one_can_be_aligned() {
    let mut api = Api::start().await;
    let other = half_way(&mut api).await;
    let later = api.bought(text(&other["customerId"]), &suite("NWC0B1LH:0001", "year", 4)).await;
    let now = aligned(change_to(&other, 6), with_subscription(&later["id"]));
    assert!(api.refusal(&now).await.contains("needs scheduledOn renewal"));
    let mut scheduled = aligned(change_to(&other, 6), with_subscription(&later["id"]));
    scheduled["scheduledOn"] = "renewal".into();
    let placed = api.post("/orders", &scheduled).await.json;
    assert_eq!(placed["subscriptions"][0]["alignedExpirationDate"], later["expirationDate"]);
    api.simulator.advance(Duration::days(170));
    api.token = api.sign_in().await;
    let renewed = api.detail(&other["id"]).await;
    assert_eq!(
        (&renewed["expirationDate"], &renewed["products"][0]["quantity"]),
        (&later["expirationDate"], &6.into())
    );
    let renewal = api.get(&format!("/orders?subscriptionId={}&limit=1", text(&other["id"]))).await.json;
    let row = &renewal["data"][0];
    assert_eq!(row["type"], "renewal");
    let period = amount(&renewed["totalPrice"]);
    assert!(Decimal::ZERO < amount(&row["total"]) && amount(&row["total"]) < period, "its first period is cut: {row}");
}

#[tokio::test]
async fn reports_bill_the_cut_period_as_far_as_it_goes() {
    let mut api = Api::listening().await;
    let order = sale(&api.active_customer().await, &suite("NWC0B1LH:0001", "month", 3));
    let done = api.done(&aligned(order, with_month())).await;
    api.simulator.advance(Duration::days(2));
    api.token = api.sign_in().await;
    let body = json!({ "name": "Billing details", "format": "json", "startDate": "2026-11-01T00:00:00Z" });
    let report = api.post("/reports", &body).await.json;
    api.simulator.advance(Duration::seconds(8));
    let report = api.get(&format!("/reports/{}", text(&report["id"]))).await.json;
    let address = text(&report["downloadUrl"]);
    let path = &address[address.find("/exports/").unwrap_or_else(|| panic!("{address}"))..];
    let file = api.simulator.files_router().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
    let rows: Vec<Value> = serde_json::from_slice(&to_bytes(file.into_body(), usize::MAX).await.unwrap()).unwrap();
    let mine: Vec<_> = rows.iter().filter(|row| row["SUBSCRIPTION_ID"] == done["subscriptionId"]).collect();
    assert_eq!(mine.len(), 1);
    assert_eq!(mine[0]["RESELLER_DETAIL_START_DATE"], "2026-11-23", "not before it began");
    assert_eq!(mine[0]["TOTAL"].to_string().trim_matches('"').parse::<Decimal>().unwrap(), amount(&done["total"]));
}
