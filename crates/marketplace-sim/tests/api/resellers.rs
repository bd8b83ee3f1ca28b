//! Resellers that are there from the start.

use crate::support::{Api, text};
use axum::http::StatusCode;
use marketplace_sim::{Config, Fault, FaultRule};
use serde_json::Value;
use std::collections::BTreeSet;

const OWN: [&str; 5] =
    ["/customers?limit=1000", "/subscriptions?limit=1000", "/orders?limit=1000", "/products?limit=1000", "/reports"];

async fn with_resellers(resellers: u32) -> Api {
    Api::with(Config { resellers, ..Config::for_tests() }).await
}

async fn rows(api: &Api, path: &str) -> Vec<Value> {
    api.get(path).await.json["data"].as_array().unwrap().clone()
}

/// The resellers with their customers and orders.
async fn below(api: &Api) -> Vec<(Value, Vec<Value>, Vec<Value>)> {
    let mut all = Vec::new();
    for reseller in rows(api, "/resellers?limit=1000").await {
        let path = format!("/resellers/{}", text(&reseller["id"]));
        let customers = rows(api, &format!("{path}/customers?limit=1000")).await;
        let orders = rows(api, &format!("{path}/orders?limit=1000")).await;
        all.push((reseller, customers, orders));
    }
    all
}

#[tokio::test]
async fn each_reseller_has_customers_and_orders_of_its_own() {
    let below = below(&with_resellers(3).await).await;
    assert_eq!(below.len(), 3);
    for (reseller, customers, orders) in &below {
        assert_eq!((&reseller["currency"], &reseller["status"]), (&"USD".into(), &"active".into()));
        assert!(customers.len() >= 4 && orders.len() > 10, "{} and {}", customers.len(), orders.len());
        let ids: BTreeSet<&str> = customers.iter().map(|customer| text(&customer["id"])).collect();
        assert!(customers.iter().all(|customer| customer["resellerId"] == reseller["id"]));
        assert!(orders.iter().all(|order| ids.contains(text(&order["customerId"]))));
        let created: Vec<&str> = orders.iter().map(|order| text(&order["creationDate"])).collect();
        assert!(created.is_sorted_by(|one, next| one >= next), "the newest first");
    }
    let everybody = below.iter().flat_map(|(reseller, customers, _)| std::iter::once(reseller).chain(customers));
    let names: Vec<&str> = everybody.map(|account| text(&account["name"])).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "no name twice: {names:?}");
}

#[tokio::test]
async fn what_the_account_has_itself_is_the_same_with_and_without_resellers() {
    let (without, with) = (with_resellers(0).await, with_resellers(2).await);
    for list in OWN {
        assert_eq!(without.get(list).await.json, with.get(list).await.json, "{list}");
    }
}

#[tokio::test]
async fn the_same_seed_gives_the_same_resellers() {
    assert_eq!(below(&with_resellers(2).await).await, below(&with_resellers(2).await).await);
    let other = Api::with(Config { resellers: 2, seed: 2, ..Config::for_tests() }).await;
    assert_ne!(below(&with_resellers(2).await).await, below(&other).await);
}

#[tokio::test]
async fn an_order_and_a_subscription_of_a_resellers_customer_are_read_by_their_ids() {
    let api = with_resellers(1).await;
    let (_, customers, orders) = below(&api).await.remove(0);
    let sale = orders.iter().find(|order| order["type"] == "sales").unwrap();
    let detail = api.get(&format!("/orders/{}", text(&sale["id"]))).await.json;
    let subscription = api.get(&format!("/subscriptions/{}", text(&detail["subscriptionId"]))).await.json;
    assert_eq!(subscription["customerId"], sale["customerId"]);
    let theirs = format!("/subscriptions?customerId={}", text(&customers[0]["id"]));
    assert_eq!(rows(&api, &theirs).await, [] as [Value; 0], "the list tells those of the account's own customers only");
}

#[tokio::test]
async fn an_account_without_resellers_can_be_refused_their_list() {
    let api = Api::start().await;
    api.simulator.add_fault(FaultRule::once(Fault::Forbidden, "getResellers"));
    let refused = api.get("/resellers").await;
    assert_eq!((refused.status, &refused.json["status"]), (StatusCode::FORBIDDEN, &403.into()));
    assert_eq!(api.get("/resellers").await.status, StatusCode::OK);
}
