//! Estimates.

use crate::support::{Api, amount, change_to, held, is_flexible, text};
use axum::http::StatusCode;
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::json;
use time::Date;
use time::format_description::well_known::Iso8601;

#[tokio::test]
async fn a_change_costs_the_rest_of_the_billing_period() {
    let api = Api::start().await;
    let subscription = api
        .subscription_where(|detail| {
            is_flexible(detail)
                && detail["billingPeriod"]["type"] == "month"
                && detail["products"][0]["unitPrice"].get("priceTiers").is_none()
        })
        .await;
    let estimate = api.post("/orders/estimate", &change_to(&subscription, held(&subscription) + 3)).await.json;
    let description = text(&estimate["details"][0]["description"]);
    let through = Date::parse(&description[description.len() - 10..], &Iso8601::DATE).unwrap();
    let until = through.next_day().unwrap();
    let previous = until.month().previous();
    let from_year = if until.month() == time::Month::January { until.year() - 1 } else { until.year() };
    let days = i64::from(time::util::days_in_month(previous, from_year));
    let days_left = (until - api.simulator.now().date()).whole_days();
    let unit = amount(&subscription["products"][0]["unitPrice"]);
    let expected = (unit * Decimal::from(3) * Decimal::from(days_left) / Decimal::from(days))
        .round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    assert_eq!(amount(&estimate["total"]), expected, "{description}");
    assert_eq!(estimate["products"][0]["extendedPrice"], estimate["total"]);
}

#[tokio::test]
async fn price_lines_hold_the_cost_and_beside_it_the_price() {
    let api = Api::start().await;
    let subscription = api.subscription_where(is_flexible).await;
    let estimate = api.post("/orders/estimate", &change_to(&subscription, held(&subscription) + 1)).await.json;
    let line = &estimate["details"][0];
    assert_eq!(amount(&line["unitPrice"]), amount(&subscription["products"][0]["unitCost"]));
    assert_eq!(amount(&line["salesUnitPrice"]), amount(&subscription["products"][0]["unitPrice"]));
    assert_eq!(line["salesExtendedPrice"], estimate["total"]);
    assert!(amount(&line["extendedPrice"]) <= amount(&line["salesExtendedPrice"]));
}

#[tokio::test]
async fn fewer_seats_are_a_credit() {
    let api = Api::start().await;
    let subscription = api.subscription_where(is_flexible).await;
    let more = api.post("/orders/estimate", &change_to(&subscription, held(&subscription) + 1)).await.json;
    let fewer = api.post("/orders/estimate", &change_to(&subscription, held(&subscription) - 1)).await.json;
    assert!(amount(&fewer["total"]) < Decimal::ZERO);
    assert!(amount(&more["total"]) > Decimal::ZERO);
    assert_eq!(fewer["details"][0]["type"], "recurringRefund");
}

#[tokio::test]
async fn a_sale_costs_its_first_billing_period_in_full() {
    let api = Api::start().await;
    let customer = api.subscription_where(|_| true).await["customerId"].clone();
    let body = json!({ "type": "sales", "customerId": customer, "products": [{ "mpn": "VL-BKP-1TB", "quantity": 4 }] });
    let estimate = api.post("/orders/estimate", &body).await.json;
    assert_eq!(amount(&estimate["total"]), Decimal::new(9_800, 2), "without parameters: {estimate}");
    assert_eq!(
        estimate["details"][0]["description"],
        "Backup 1 TB Recurring (1 Month(s) term) from 2026-11-23 through 2026-12-22"
    );
}

#[tokio::test]
async fn the_unit_price_follows_the_tier_of_the_whole_quantity() {
    let api = Api::start().await;
    let customer = api.subscription_where(|_| true).await["customerId"].clone();
    for (quantity, total) in [(24, "86.40"), (25, "78.00")] {
        let body = json!({ "type": "sales", "customerId": customer, "products": [
            { "mpn": "VL-ARC-USER", "quantity": quantity, "subscriptionPeriod": { "type": "month", "duration": 1 } } ] });
        let estimate = api.post("/orders/estimate", &body).await.json;
        assert_eq!(estimate["total"]["amount"], total, "{quantity}");
    }
}

#[tokio::test]
async fn nothing_is_stored() {
    let api = Api::start().await;
    let subscription = api.subscription_where(is_flexible).await;
    let before = api.get("/orders").await.json["pagination"]["total"].clone();
    let estimate = api.post("/orders/estimate", &change_to(&subscription, held(&subscription) + 1)).await.json;
    for member in ["id", "orderNumber", "status", "statusCode", "creationDate"] {
        assert!(estimate.get(member).is_none(), "{member}");
    }
    assert_eq!(api.get("/orders").await.json["pagination"]["total"], before);
}

#[tokio::test]
async fn an_estimate_is_refused_where_the_order_would_be() {
    let api = Api::start().await;
    let subscription = api.subscription_where(is_flexible).await;
    let answer = api.post("/orders/estimate", &change_to(&subscription, held(&subscription))).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(answer.json["path"], "/orders/estimate");
}
