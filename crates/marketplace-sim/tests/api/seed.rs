//! The invented data.

use crate::support::{Api, text};
use marketplace_sim::{Config, Pace};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use time::macros::datetime;

const LISTS: [&str; 5] =
    ["/customers?limit=1000", "/subscriptions?limit=1000", "/orders?limit=1000", "/products?limit=1000", "/reports"];

async fn everything(seed: u64) -> Vec<Value> {
    let api = Api::with(Config { seed, ..Config::for_tests() }).await;
    let mut all = Vec::new();
    for list in LISTS {
        all.push(api.get(list).await.json);
    }
    for id in ["1300101", "1300120", "1300180"] {
        all.push(api.get(&format!("/subscriptions/{id}")).await.json);
    }
    all
}

#[tokio::test]
async fn the_same_seed_gives_the_same_data_and_another_seed_gives_other_data() {
    let first = everything(7).await;
    assert_eq!(first, everything(7).await);
    assert_ne!(first[0], everything(8).await[0]);
}

#[tokio::test]
async fn every_status_of_customers_subscriptions_and_orders_occurs_on_any_day() {
    let days = [datetime!(2026-11-23 12:00 UTC), datetime!(2027-01-01 00:00 UTC), datetime!(2028-02-29 23:59 UTC)];
    for (seed, day) in (1..).zip(days) {
        let api = Api::with(Config { seed, pace: Pace::Manual(day), ..Config::for_tests() }).await;
        every_status_occurs(&api).await;
    }
}

#[tokio::test]
async fn no_order_comes_from_later_today() {
    let api = Api::with(Config { pace: Pace::Manual(datetime!(2026-11-23 0:01 UTC)), ..Config::for_tests() }).await;
    let orders = api.get("/orders?limit=1000").await.json;
    let created: Vec<&str> = orders["data"].as_array().unwrap().iter().map(|row| text(&row["creationDate"])).collect();
    assert!(created.iter().any(|at| at.starts_with("2026-11-23")), "orders of this very day");
    assert!(created.iter().all(|at| *at <= "2026-11-23T00:01:00Z"), "{:?}", created.first());
}

async fn every_status_occurs(api: &Api) {
    for (list, expected) in [
        ("/customers", "active adminHold cancelled creditHold error pending"),
        ("/subscriptions", "active hold pending removed terminated"),
        ("/orders", "cancelled completed error processing submitted"),
    ] {
        let rows = api.get(&format!("{list}?limit=1000")).await.json;
        let statuses: BTreeSet<&str> =
            rows["data"].as_array().unwrap().iter().map(|row| text(&row["status"])).collect();
        let expected: BTreeSet<&str> = expected.split(' ').collect();
        assert!(statuses.is_superset(&expected), "{list}: {statuses:?}");
    }
}

#[tokio::test]
async fn most_subscriptions_are_over_as_in_reality() {
    let api = Api::with(Config { customers: 300, ..Config::for_tests() }).await;
    let mut counts = BTreeMap::new();
    for status in ["active", "pending", "hold", "terminated", "removed"] {
        let total =
            api.get(&format!("/subscriptions?status={status}")).await.json["pagination"]["total"].as_u64().unwrap();
        counts.insert(status, total);
    }
    let all: u64 = counts.values().sum();
    let alive = counts["active"] + counts["pending"] + counts["hold"];
    assert!((8 * 300..=12 * 300).contains(&all), "about ten each: {counts:?}");
    assert!((all * 22 / 100..=all * 33 / 100).contains(&alive), "{counts:?}");
    let orders = api.get("/orders").await.json["pagination"]["total"].as_u64().unwrap();
    assert!((all * 3 / 2..=all * 5 / 2).contains(&orders), "about two orders each: {orders}");
}

#[tokio::test]
async fn renewals_are_near_and_special_subscriptions_exist() {
    let api = Api::start().await;
    let active = api.get("/subscriptions?status=active&limit=1000").await.json;
    let soon = active["data"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["subscriptionPeriod"]["type"] == "year" && text(&row["renewalDate"]) < "2026-12-23");
    assert!(soon.count() >= 5);
    api.subscription_where(|detail| detail.get("products").is_none()).await;
    api.subscription_where(|detail| detail["products"].as_array().is_some_and(|lines| lines.len() == 2)).await;
    api.subscription_where(|detail| detail["totalPrice"]["currency"] == "EUR").await;
    let removed = api.get("/subscriptions?status=removed&limit=1000").await.json;
    assert!(removed["data"].as_array().unwrap().iter().any(|row| text(&row["expirationDate"]) > "2100-01-01"));
    let waiting = api.get("/orders?status=processing&statusCode=AS").await.json["data"][0]["id"].clone();
    assert_eq!(api.get(&format!("/orders/{}", text(&waiting))).await.json["scheduledOn"], "renewal");
}

#[tokio::test]
async fn names_are_unique_and_every_address_ends_in_example() {
    let api = Api::with(Config { customers: 1_000, ..Config::for_tests() }).await;
    let rows = api.get("/customers?limit=1000").await.json;
    let rows = rows["data"].as_array().unwrap();
    let names: BTreeSet<&str> = rows.iter().map(|row| text(&row["name"])).collect();
    assert_eq!(names.len(), 1_000);
    for contact in rows.iter().flat_map(|row| row["contactPersons"].as_array().unwrap()) {
        assert!(text(&contact["email"]).ends_with(".example"));
        assert!(contact.get("login").is_none() && contact.get("password").is_none());
    }
}

#[tokio::test]
async fn the_orders_of_a_subscription_lead_to_its_seats() {
    let api = Api::start().await;
    let rows = api.get("/subscriptions?limit=1000&status=active").await.json;
    for row in rows["data"].as_array().unwrap() {
        let detail = api.get(&format!("/subscriptions/{}", text(&row["id"]))).await.json;
        let orders =
            api.get(&format!("/orders?limit=100&status=completed&subscriptionId={}", text(&row["id"]))).await.json;
        let mut seats = 0;
        for order in orders["data"].as_array().unwrap() {
            let order = api.get(&format!("/orders/{}", text(&order["id"]))).await.json;
            seats += order["products"][0]["quantity"].as_i64().unwrap_or(0);
        }
        let held = detail["products"][0]["quantity"].as_i64().unwrap_or(0);
        assert_eq!(seats, held, "{}", row["id"]);
    }
}
