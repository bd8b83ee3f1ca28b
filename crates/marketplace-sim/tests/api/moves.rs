//! Moves: some seats of a product line go over to another product, in another subscription or in the same one.

use crate::support::{Api, amount, suite, text};
use axum::http::StatusCode;
use rust_decimal::Decimal;
use serde_json::{Value, json};

const STANDARD: &str = "NWC0S1LH:0001";
const PREMIUM: &str = "NWC0P1LH:0001";

async fn standard(api: &Api, seats: i64) -> Value {
    api.bought(&api.active_customer().await, &suite(STANDARD, "year", seats)).await
}

fn moved(from: &Value, to: &str, seats: i64) -> Value {
    json!({
        "type": "change",
        "customerId": from["customerId"],
        "placementType": "MOVE",
        "products": [{ "subscriptionId": from["id"], "mpn": from["products"][0]["mpn"], "newMPN": to, "quantity": seats }],
    })
}

fn into(mut order: Value, target: &Value) -> Value {
    order["targetSubscriptionId"] = target["id"].clone();
    order
}

#[tokio::test]
async fn seats_leave_for_a_new_subscription_that_ends_with_the_old_one() {
    let api = Api::start().await;
    let from = standard(&api, 10).await;
    api.simulator.advance(time::Duration::minutes(5));
    let mut order = moved(&from, PREMIUM, 4);
    order["alignExpirationDate"] = json!({ "alignmentType": "CO_TERM_PARTIAL_UPGRADE" });
    let placed = api.post("/orders", &order).await.json;
    let line = &placed["products"][0];
    assert_eq!(
        (&line["type"], &line["quantity"], &placed["placementType"]),
        (&"MOVE".into(), &4.into(), &"MOVE".into())
    );
    assert_eq!(line["newProductId"], line["newId"]);
    assert_eq!(
        (&line["newSubscription"]["type"], &line["newSubscription"]["coterming"]),
        (&"NEW".into(), &true.into())
    );
    let made = Value::String(line["newSubscription"]["id"].as_u64().unwrap().to_string());
    assert_eq!(placed["targetSubscriptionId"], made);
    assert_eq!(api.detail(&made).await["status"], "pending");
    assert_eq!(api.seats(&from).await, 10, "nothing moves before the order is completed");

    api.simulator.advance(time::Duration::seconds(10));
    let made = api.detail(&made).await;
    assert_eq!((&made["status"], &made["expirationDate"]), (&"active".into(), &from["expirationDate"]));
    assert_eq!((&made["products"][0]["mpn"], &made["products"][0]["quantity"]), (&PREMIUM.into(), &4.into()));
    assert_eq!(made["orderParameters"], from["orderParameters"], "it needs no parameters of its own");
    assert_eq!(api.seats(&from).await, 6);
    // Both on the first day of their period: the whole difference of 22.00 and 12.50.
    assert_eq!(amount(&placed["total"]), Decimal::new(3_800, 2));
}

#[tokio::test]
async fn seats_arrive_in_a_subscription_that_is_there() {
    let api = Api::start().await;
    let from = standard(&api, 10).await;
    let target = api.bought(text(&from["customerId"]), &suite(PREMIUM, "year", 3)).await;
    let done = api.done(&into(moved(&from, PREMIUM, 4), &target)).await;
    let arrived = &done["products"][0]["newSubscription"];
    assert_eq!((&arrived["type"], &arrived["coterming"]), (&"EXISTING".into(), &false.into()));
    assert_eq!((api.seats(&from).await, api.seats(&target).await), (6, 7));
    let found = api.get(&format!("/orders?subscriptionId={}&limit=1", text(&target["id"]))).await.json;
    assert_eq!(found["data"][0]["id"], done["id"], "the order is found by either subscription");
}

#[tokio::test]
async fn a_subscription_without_seats_has_ended() {
    let api = Api::start().await;
    let from = standard(&api, 3).await;
    api.done(&moved(&from, PREMIUM, 3)).await;
    let after = api.detail(&from["id"]).await;
    assert_eq!((&after["status"], after.get("products")), (&"terminated".into(), None));
}

#[tokio::test]
async fn some_seats_become_another_product_of_the_same_subscription() {
    let api = Api::start().await;
    let apps = json!({ "mpn": "ACR-65297761", "quantity": 5, "parameters": [{ "name": "admin_email", "value": "it@harbour.example" }] });
    let from = api.bought(&api.active_customer().await, &apps).await;
    api.done(&into(moved(&from, "ACR-65297764", 2), &from)).await;
    let after = api.detail(&from["id"]).await;
    let seats: Vec<_> =
        after["products"].as_array().unwrap().iter().map(|line| (&line["mpn"], &line["quantity"])).collect();
    assert_eq!(seats, [(&"ACR-65297761".into(), &3.into()), (&"ACR-65297764".into(), &2.into())]);
}

#[tokio::test]
async fn a_move_that_fails_leaves_everything_as_it_was() {
    let api = Api::start().await;
    let from = standard(&api, 10).await;
    let mut order = moved(&from, PREMIUM, 4);
    order["poNumber"] = "fault:provisioning-failed".into();
    let placed = api.post("/orders", &order).await;
    assert_eq!(placed.status, StatusCode::OK, "{placed:?}");
    api.simulator.advance(time::Duration::seconds(10));
    let order = api.get(&format!("/orders/{}", text(&placed.json["id"]))).await.json;
    assert_eq!(order["status"], "error", "{order}");
    assert_eq!(api.seats(&from).await, 10);
    assert_eq!(api.detail(&order["targetSubscriptionId"]).await["status"], "removed");
}

#[tokio::test]
async fn what_cannot_move_is_refused_with_its_field() {
    let api = Api::start().await;
    let from = standard(&api, 10).await;
    let other = api.bought(text(&from["customerId"]), &suite("NWC0B1LH:0001", "year", 3)).await;
    let mut scheduled = moved(&from, PREMIUM, 2);
    scheduled["scheduledOn"] = "renewal".into();
    let mut aligned = moved(&from, PREMIUM, 2);
    aligned["alignExpirationDate"] = json!({ "alignmentType": "MATCH_END_OF_CALENDAR_MONTH" });
    let mut nameless = moved(&from, PREMIUM, 2);
    nameless["products"][0].as_object_mut().unwrap().remove("newMPN");
    for (order, part) in [
        (moved(&from, PREMIUM, 11), "quantity must be from 1 to 10"),
        (moved(&from, PREMIUM, 0), "quantity must be from 1 to 10"),
        (moved(&from, "NWC0B1LH:0001", 2), "offers no such switch"),
        (moved(&from, "NWC0X1MB:0002", 2), "newMPN needs Business Standard"),
        (into(moved(&from, PREMIUM, 2), &other), "is not of the plan and term of Business Premium"),
        (scheduled, "scheduledOn is not supported"),
        (aligned, "must be CO_TERM_ON_SUBSCRIPTION"),
        (nameless, "newMPN or newId is required"),
    ] {
        let refused = api.refusal(&order).await;
        assert!(refused.contains(part), "{refused} for {part}");
    }
    api.post("/orders", &moved(&from, PREMIUM, 2)).await;
    let second = api.post("/orders", &moved(&from, PREMIUM, 2)).await;
    assert!(text(&second.json["message"]).contains("there is already an"), "{second:?}");
}
