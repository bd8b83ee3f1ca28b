//! Switches of plan and term.

use crate::support::{Api, text};
use axum::http::StatusCode;
use serde_json::{Value, json};
use time::Duration;

/// An active subscription with products, and the first of its plan's switches from its term that takes effect `when`.
async fn switchable(api: &Api, when: &str) -> (Value, Value) {
    let plans = api.get("/plans?limit=100").await.json;
    let mut offers = Vec::new();
    for plan in plans["data"].as_array().into_iter().flatten() {
        let plan = api.get(&format!("/plans/{}", text(&plan["id"]))).await.json;
        for switch in plan["planSwitches"].as_array().into_iter().flatten() {
            if switch["whenEffective"] == when {
                offers.push((text(&plan["id"]).parse::<u64>().ok(), switch.clone()));
            }
        }
    }
    let offer = |detail: &Value| {
        offers.iter().find(|(plan, switch)| {
            detail["planId"].as_u64() == *plan && switch["sourceSubscriptionPeriod"] == detail["subscriptionPeriod"]
        })
    };
    let subscription = api
        .subscription_where(|detail| {
            detail["status"] == "active" && detail["products"][0]["quantity"].is_u64() && offer(detail).is_some()
        })
        .await;
    let Some((_, switch)) = offer(&subscription) else { panic!("the subscription was found by its offer") };
    let switch = switch.clone();
    (subscription, switch)
}

fn order(subscription: &Value, switch: &Value) -> Value {
    json!({
        "type": "change",
        "customerId": subscription["customerId"],
        "subscriptionId": subscription["id"],
        "planId": switch["planId"].to_string(),
        "subscriptionPeriod": switch["subscriptionPeriod"],
        "upgradeStartType": "from_date_of_upgrade",
    })
}

#[tokio::test]
async fn a_switch_takes_effect_when_its_order_is_completed_and_not_before() {
    let api = Api::start().await;
    let (subscription, switch) = switchable(&api, "immediately").await;
    let path = format!("/subscriptions/{}", text(&subscription["id"]));
    let body = order(&subscription, &switch);
    let estimate = api.post("/orders/estimate", &body).await;
    let placed = api.post("/orders", &body).await;
    assert_eq!((estimate.status, placed.status), (StatusCode::OK, StatusCode::OK), "{placed:?}");
    assert_eq!(estimate.json["total"], placed.json["total"]);
    assert_eq!(api.get(&path).await.json["subscriptionPeriod"], subscription["subscriptionPeriod"]);
    api.simulator.advance(Duration::seconds(10));
    let switched = api.get(&path).await.json;
    assert_eq!(switched["subscriptionPeriod"], switch["subscriptionPeriod"]);
    assert_eq!(switched["planId"], switch["planId"]);
    assert_eq!(switched["products"][0]["quantity"], subscription["products"][0]["quantity"]);
    assert!(text(&switched["renewalDate"]) > text(&subscription["renewalDate"]), "a longer term began today");
}

#[tokio::test]
async fn a_switch_with_the_next_term_waits_for_it() {
    let mut api = Api::start().await;
    let (subscription, switch) = switchable(&api, "next_subscription_period").await;
    let path = format!("/subscriptions/{}", text(&subscription["id"]));
    api.patch(&path, &json!({ "renewalStatus": true })).await;
    let placed = api.post("/orders", &order(&subscription, &switch)).await;
    assert_eq!(placed.status, StatusCode::OK, "{placed:?}");
    api.simulator.advance(Duration::days(1));
    api.token = api.sign_in().await;
    assert_eq!(api.get(&path).await.json["planId"], subscription["planId"]);
    api.simulator.advance(Duration::days(366));
    api.token = api.sign_in().await;
    assert_eq!(api.get(&path).await.json["planId"], switch["planId"]);
}

#[tokio::test]
async fn a_switch_the_plan_does_not_offer_is_refused() {
    let api = Api::start().await;
    let (subscription, switch) = switchable(&api, "immediately").await;
    let mut body = order(&subscription, &switch);
    body["planId"] = "1".into();
    let refused = api.post("/orders/estimate", &body).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    assert!(text(&refused.json["message"]).contains("offers no such switch"), "{refused:?}");
}
