//! Activation parameters, and the list of operations as a whole.

use crate::support::Api;
use axum::http::StatusCode;
use serde_json::{Value, json};

async fn validate(api: &Api, product: Value) -> (StatusCode, Value) {
    let customer = api.subscription_where(|_| true).await["customerId"].clone();
    let answer = api.post("/validation/parameters", &json!({ "customerId": customer, "products": [product] })).await;
    (answer.status, answer.json)
}

#[tokio::test]
async fn without_values_the_products_parameters_are_listed_with_their_choices() {
    let api = Api::start().await;
    let (status, answer) = validate(&api, json!({ "mpn": "VL-BKP-1TB", "parameters": [] })).await;
    assert_eq!(status, StatusCode::OK);
    let product = &answer["data"][0];
    assert!(product["draftRequestId"].is_string());
    let region = &product["parameters"][0];
    assert_eq!(
        (&region["name"], &region["result"], &region["type"]),
        (&"region".into(), &"error".into(), &"dropdown".into())
    );
    assert_eq!(region["valueChoices"].as_array().unwrap().len(), 3);
    assert_eq!(region["valueChoices"][0]["default"], true);
}

#[tokio::test]
async fn a_value_that_is_not_accepted_is_no_http_error() {
    let api = Api::start().await;
    let line = |value: &str| json!({ "mpn": "NW-DOMAIN", "parameters": [{ "name": "domain_name", "value": value }] });
    let (status, refused) = validate(&api, line("not a domain!")).await;
    assert_eq!(status, StatusCode::OK);
    let refused = &refused["data"][0]["parameters"][0];
    assert_eq!(refused["result"], "error");
    assert!(refused["valueError"].is_string());
    let (_, good) = validate(&api, line("tarrow.example")).await;
    assert_eq!(good["data"][0]["parameters"][0]["result"], "success");
}

#[tokio::test]
async fn unknown_products_and_ambiguous_ones_are_refused() {
    let api = Api::start().await;
    for mpn in ["NO-SUCH", "NWC0S1LH:0001"] {
        let (status, _) = validate(&api, json!({ "mpn": mpn, "parameters": [] })).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{mpn}");
    }
}

#[tokio::test]
async fn all_28_operations_of_the_contract_are_there() {
    let api = Api::start().await;
    let operations = [
        "POST /token",
        "GET /customers",
        "POST /customers",
        "GET /customers/1",
        "PATCH /customers/1",
        "GET /orders",
        "POST /orders",
        "POST /orders/estimate",
        "GET /orders/1",
        "PATCH /orders/1",
        "GET /products",
        "GET /reports",
        "POST /reports",
        "GET /reports/1",
        "GET /resellers",
        "POST /resellers",
        "GET /resellers/1",
        "PATCH /resellers/1",
        "GET /resellers/1/customers",
        "POST /resellers/1/customers",
        "GET /resellers/1/orders",
        "GET /plans",
        "GET /plans/1",
        "GET /subscriptions",
        "GET /subscriptions/1",
        "PATCH /subscriptions/1",
        "POST /subscriptions/1/specialPricing",
        "POST /validation/parameters",
    ];
    assert_eq!(operations.len(), 28);
    for operation in operations {
        let (method, path) = operation.split_once(' ').unwrap();
        let answer = api.send(api.request(method, path, Some(&json!({})))).await;
        assert_ne!(answer.json["message"], "Resource not found", "{operation}");
    }
    let counted: u64 = api.simulator.stats().calls.values().sum();
    assert_eq!(counted, 28 + 1, "each call is counted, and the first sign-in");
}
