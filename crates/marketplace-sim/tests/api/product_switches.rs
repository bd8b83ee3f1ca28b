//! Switches of a single product of a subscription.

use crate::support::{Api, amount, suite, text};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use time::Duration;

fn apps(mpn: &str, seats: i64) -> Value {
    json!({ "mpn": mpn, "quantity": seats, "parameters": [{ "name": "admin_email", "value": "it@harbour.example" }] })
}

fn switch(subscription: &Value, to: &str) -> Value {
    let line = &subscription["products"][0];
    json!({
        "type": "change",
        "customerId": subscription["customerId"],
        "products": [{ "subscriptionId": subscription["id"], "mpn": line["mpn"], "newMPN": to, "quantity": line["quantity"] }],
    })
}

#[tokio::test]
async fn a_product_of_the_same_plan_takes_the_place_of_the_other_with_all_seats() {
    let api = Api::start().await;
    let hosting = json!({ "mpn": "NW-WEB-S", "quantity": 2, "parameters": [{ "name": "domain_name", "value": "harbour.example" }] });
    let mut order = crate::support::sale(&api.active_customer().await, &hosting);
    order["alignExpirationDate"] = json!({ "alignmentType": "MATCH_END_OF_CALENDAR_MONTH" });
    let bought = api.done(&order).await;
    let subscription = api.detail(&bought["subscriptionId"]).await;
    let done = api.done(&switch(&subscription, "NW-WEB-L")).await;
    // 7 of the 30 days from 31 October to 30 November are left: its year ends on a 31 October.
    let expected = (Decimal::new(900, 2) * Decimal::from(2) * Decimal::from(7) / Decimal::from(30)).round_dp(2);
    assert!((amount(&done["total"]) - expected).abs() <= Decimal::new(1, 2), "{} for {expected}", done["total"]);
    assert_eq!(done["products"][0]["newMPN"], "NW-WEB-L");
    assert_eq!(done["products"][0]["type"], "CHANGE_PLAN_PERIOD");
    assert_eq!(done["details"][0]["type"], "switch");
    let after = api.detail(&subscription["id"]).await;
    assert_eq!(after["products"].as_array().unwrap().len(), 1);
    assert_eq!((&after["products"][0]["mpn"], &after["products"][0]["quantity"]), (&"NW-WEB-L".into(), &2.into()));
    assert_eq!(
        (&after["expirationDate"], &after["planId"]),
        (&subscription["expirationDate"], &subscription["planId"])
    );
}

#[tokio::test]
async fn a_switch_with_the_renewal_costs_nothing_now_and_waits() {
    let mut api = Api::start().await;
    let subscription = api.bought(&api.active_customer().await, &apps("ACR-65297761", 3)).await;
    let mut order = switch(&subscription, "ACR-65297764");
    order["scheduledOn"] = "renewal".into();
    let placed = api.post("/orders", &order).await.json;
    assert_eq!(amount(&placed["total"]), Decimal::ZERO);
    api.simulator.advance(Duration::days(30));
    api.token = api.sign_in().await;
    assert_eq!(api.detail(&subscription["id"]).await["products"][0]["mpn"], "ACR-65297761");
    api.simulator.advance(Duration::days(340));
    api.token = api.sign_in().await;
    assert_eq!(api.detail(&subscription["id"]).await["products"][0]["mpn"], "ACR-65297764");
}

#[tokio::test]
async fn a_product_of_another_term_takes_the_subscription_there_as_the_plans_switch_does() {
    let api = Api::start().await;
    let subscription = api.bought(&api.active_customer().await, &suite("NWC0B1LH:0001", "month", 3)).await;
    let mut order = switch(&subscription, "NWC0B1LH:0001");
    order["products"][0]["subscriptionPeriod"] = json!({ "type": "year", "duration": 1 });
    api.done(&order).await;
    let after = api.detail(&subscription["id"]).await;
    assert_eq!((&after["subscriptionPeriod"]["type"], &after["products"][0]["quantity"]), (&"year".into(), &3.into()));
}

#[tokio::test]
async fn only_all_seats_switch_and_only_to_where_the_plan_leads() {
    let api = Api::start().await;
    let subscription = api.bought(&api.active_customer().await, &apps("ACR-65297761", 3)).await;
    let mut some = switch(&subscription, "ACR-65297764");
    some["products"][0]["quantity"] = 2.into();
    assert!(api.refusal(&some).await.contains("must be all 3: with placementType MOVE some can go over"));
    let unchanged = api.refusal(&switch(&subscription, "ACR-65297761")).await;
    assert!(unchanged.contains("is the present product"), "{unchanged}");
    let nowhere = switch(&subscription, "SF-LEARN");
    assert!(api.refusal(&nowhere).await.contains("Awareness learner: plan 10011 offers no such switch"));
    let unknown = api.refusal(&switch(&subscription, "NOTHING")).await;
    assert!(unknown.contains("No entity has been found"), "{unknown}");
    assert_eq!(text(&subscription["products"][0]["mpn"]), "ACR-65297761");
}
