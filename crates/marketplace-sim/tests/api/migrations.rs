//! Migrations: subscriptions that were bought elsewhere. Today is 23 November 2026.

use crate::support::{Api, amount, suite, text};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use time::Duration;

fn migration(customer: &str) -> Value {
    let mut line = suite("NWC0S1LH:0001", "year", 8);
    line.as_object_mut().unwrap().remove("parameters");
    json!({
        "type": "migration", "customerId": customer, "products": [line],
        "startDate": "2026-03-10", "migrationDate": "2026-11-23", "expirationDate": "2027-03-10",
        "autorenewal": false, "migrationProgram": "count_migration_billing_period", "planId": "10003",
        "subscriptionPeriod": { "type": "year", "duration": 1 },
    })
}

#[tokio::test]
async fn a_migrated_subscription_goes_on_where_it_was_and_costs_nothing_now() {
    let mut api = Api::start().await;
    let done = api.done(&migration(&api.active_customer().await)).await;
    assert!(text(&done["orderNumber"]).starts_with("MG"));
    assert_eq!((&done["type"], amount(&done["total"])), (&"migration".into(), Decimal::ZERO));
    assert_eq!(done["lastBillingDate"], "2026-11-10");
    assert_eq!(done["nextBillingDate"], "2026-12-10");
    let made = api.detail(&done["subscriptionId"]).await;
    assert_eq!((&made["status"], &made["renewalStatus"]), (&"active".into(), &false.into()));
    assert_eq!((&made["expirationDate"], &made["products"][0]["quantity"]), (&"2027-03-10".into(), &8.into()));
    assert!(done.get("startDate").is_none() && done.get("migrationProgram").is_none(), "those are only written");
    let more = crate::support::change_to(&made, 9);
    let through = api.post("/orders/estimate", &more).await.json;
    assert!(text(&through["details"][0]["description"]).ends_with("through 2026-12-09"), "{through}");
    api.simulator.advance(Duration::days(110));
    api.token = api.sign_in().await;
    assert_eq!(api.detail(&done["subscriptionId"]).await["status"], "terminated", "it does not renew");
}

#[tokio::test]
async fn a_migration_needs_a_term_that_runs_and_the_products_own_plan() {
    let api = Api::start().await;
    let customer = api.active_customer().await;
    for (field, value, part) in [
        ("startDate", Value::Null, "startDate is required"),
        ("startDate", "2026-12-01".into(), "startDate must not be in the future"),
        ("expirationDate", Value::Null, "expirationDate is required"),
        ("expirationDate", "2026-11-23".into(), "migrationDate must lie between"),
        ("expirationDate", "2028-03-10".into(), "expirationDate lies after the end of a full term"),
        ("migrationDate", "2026-01-01".into(), "migrationDate must lie between"),
        ("planId", "10001".into(), "planId is not the plan of Business Standard"),
        ("products", json!([]), "products must not be empty"),
    ] {
        let mut order = migration(&customer);
        order[field] = value;
        let refused = api.refusal(&order).await;
        assert!(refused.contains(part), "{refused} for {part}");
    }
}

#[tokio::test]
async fn a_migration_that_fails_leaves_no_subscription() {
    let api = Api::start().await;
    let mut order = migration(&api.active_customer().await);
    order["poNumber"] = "fault:provisioning-failed".into();
    let placed = api.post("/orders", &order).await.json;
    api.simulator.advance(Duration::seconds(10));
    assert_eq!(api.detail(&placed["subscriptionId"]).await["status"], "removed");
}
