//! Products and plans.

use crate::support::{Api, text};
use axum::http::StatusCode;
use serde_json::Value;
use std::collections::BTreeSet;

#[tokio::test]
async fn catalogue_quantities_and_amounts_are_text() {
    let api = Api::start().await;
    let products = api.get("/products?limit=500").await.json;
    for product in products["data"].as_array().unwrap() {
        assert!(product["minimumQuantity"].is_string(), "{product}");
        assert!(product["prices"][0]["amount"].is_string() && product["costs"][0]["amount"].is_string());
    }
}

#[tokio::test]
async fn one_mpn_is_sold_under_three_period_combinations() {
    let api = Api::start().await;
    let found = api.get("/products?mpn=NWC0S1LH:0001").await.json;
    let periods: BTreeSet<String> = found["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|product| format!("{} {}", product["billingPeriod"], product["subscriptionPeriod"]))
        .collect();
    assert_eq!(periods.len(), 3);
}

#[tokio::test]
async fn products_are_filtered_by_vendor_and_part_of_the_name() {
    let api = Api::start().await;
    let found = api.get("/products?vendor=Vaultline&name=backup&limit=50").await.json;
    let found = found["data"].as_array().unwrap();
    assert!(!found.is_empty());
    assert!(found.iter().all(|product| product["vendor"] == "Vaultline" && text(&product["name"]).contains("Backup")));
}

#[tokio::test]
async fn some_products_have_tiers_some_need_others_and_one_is_rated_by_its_vendor() {
    let api = Api::start().await;
    let products = api.get("/products?limit=500").await.json;
    let any = |suits: fn(&Value) -> bool| products["data"].as_array().unwrap().iter().any(suits);
    assert!(any(|product| product["prices"].as_array().unwrap().len() > 1));
    assert!(any(|product| product["dependsOn"][0]["mpn"].is_string()));
    assert!(any(|product| product["billingModel"] == "chargeExternalRating"));
    assert!(any(|product| product["prices"][0]["currency"] == "EUR"));
}

#[tokio::test]
async fn a_plans_switches_name_their_target_by_an_integer() {
    let api = Api::start().await;
    let plan = api.get("/plans/10001").await.json;
    assert!(plan["planSwitches"][0]["planId"].is_u64(), "{plan}");
    assert!(plan["id"].is_string());
    assert!(api.get("/plans?limit=1").await.json["data"][0].get("planSwitches").is_none());
}

#[tokio::test]
async fn an_unknown_plan_is_not_found_and_a_malformed_id_is_refused() {
    let api = Api::start().await;
    assert_eq!(api.get("/plans/99").await.status, StatusCode::NOT_FOUND);
    assert_eq!(api.get("/plans/first").await.status, StatusCode::BAD_REQUEST);
}
