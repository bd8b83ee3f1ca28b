//! Keys, tokens, limits, and what surrounds every answer.

use crate::support::Api;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use marketplace_sim::Config;
use serde_json::json;
use time::Duration;

#[tokio::test]
async fn a_missing_key_is_refused_by_the_gateway_before_the_token_is_looked_at() {
    let api = Api::start().await;
    let mut request = api.request("GET", "/customers", None);
    request.headers_mut().remove("x-subscription-key");
    request.headers_mut().remove("authorization");
    let answer = api.send(request).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(answer.json["statusCode"], 401);
    assert!(answer.json["message"].as_str().unwrap().contains("missing subscription key"));
    assert!(answer.json.get("path").is_none() && answer.json.get("correlationId").is_none());
}

#[tokio::test]
async fn a_wrong_key_is_refused_and_hyphens_in_the_right_one_are_not() {
    let api = Api::start().await;
    let mut request = api.request("GET", "/customers", None);
    request.headers_mut().insert("x-subscription-key", "0".repeat(32).parse().unwrap());
    assert_eq!(api.send(request).await.status, StatusCode::UNAUTHORIZED);
    let key = &api.simulator.credentials().subscription_key;
    let mut request = api.request("GET", "/customers", None);
    request.headers_mut().insert("x-subscription-key", format!("{}-{}", &key[..8], &key[8..]).parse().unwrap());
    assert_eq!(api.send(request).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_bad_token_is_refused_by_the_api_even_on_unknown_paths() {
    let mut api = Api::start().await;
    api.token = "nonsense".to_owned();
    for path in ["/customers", "/no/such/thing"] {
        let answer = api.get(path).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert_eq!(answer.json["status"], 401);
        assert_eq!(answer.json["path"], path);
    }
}

#[tokio::test]
async fn an_unknown_operation_is_not_found_by_the_gateway() {
    let api = Api::start().await;
    for answer in [api.get("/invoices").await, api.send(api.request("DELETE", "/customers", None)).await] {
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert_eq!(answer.json, json!({ "statusCode": 404, "message": "Resource not found" }));
    }
}

#[tokio::test]
async fn every_answer_has_a_correlation_id_and_errors_repeat_it() {
    let api = Api::start().await;
    let good = api.get("/customers").await;
    assert!(good.headers["x-correlation-id"].to_str().unwrap().starts_with("a8n-"));
    let bad = api.get("/customers/999").await;
    assert_eq!(bad.status, StatusCode::NOT_FOUND);
    assert_eq!(bad.headers["x-correlation-id"], bad.json["correlationId"].as_str().unwrap());
    for member in ["timeStamp", "status", "message", "path"] {
        assert!(bad.json.get(member).is_some(), "{member} is missing");
    }
}

#[tokio::test]
async fn wrong_credentials_and_unknown_marketplaces_get_no_token() {
    let api = Api::start().await;
    let mut wrong_password = api.token_request();
    wrong_password.headers_mut().insert("authorization", "Basic ZGVtbzpkZW1v".parse().unwrap());
    let (parts, _) = api.token_request().into_parts();
    let wrong_marketplace = Request::from_parts(parts, Body::from(r#"{"marketplace":"xx"}"#));
    for request in [wrong_password, wrong_marketplace] {
        assert_eq!(api.send(request).await.status, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn tokens_expire_after_25_minutes_and_several_are_valid_at_once() {
    let mut api = Api::start().await;
    let first = api.token.clone();
    api.simulator.advance(Duration::seconds(1_000));
    let second = api.sign_in().await;
    assert_eq!(api.get("/plans").await.status, StatusCode::OK, "the first token is still good");
    api.simulator.advance(Duration::seconds(500));
    assert_eq!(api.get("/plans").await.status, StatusCode::UNAUTHORIZED);
    api.token = second;
    assert_eq!(api.get("/plans").await.status, StatusCode::OK);
    api.simulator.expire_tokens();
    assert_eq!(api.get("/plans").await.status, StatusCode::UNAUTHORIZED);
    assert_ne!(first, api.token);
}

#[tokio::test]
async fn the_call_after_the_last_allowed_in_a_minute_is_told_how_long_to_wait() {
    let api = Api::with(Config { rate_per_minute: 3, ..Config::for_tests() }).await;
    assert_eq!(api.get("/plans").await.status, StatusCode::OK);
    api.simulator.advance(Duration::seconds(20));
    assert_eq!(api.get("/plans").await.status, StatusCode::OK);
    let limited = api.get("/plans").await;
    assert_eq!(limited.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(limited.headers["retry-after"], "40");
    assert_eq!(limited.json["message"], "Rate limit is exceeded. Try again in 40 seconds.");
    assert_eq!(api.simulator.stats().rate_limited, 1);
    api.simulator.advance(Duration::seconds(40));
    assert_eq!(api.get("/plans").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_days_quota_is_refused_with_403() {
    let api = Api::with(Config { calls_per_day: 2, ..Config::for_tests() }).await;
    assert_eq!(api.get("/plans").await.status, StatusCode::OK);
    let refused = api.get("/plans").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(refused.json["message"], "Out of call volume quota. Quota will be replenished in 24:00:00.");
    assert_eq!(api.simulator.stats().out_of_quota, 1);
}

#[tokio::test]
async fn calls_refused_for_their_token_do_not_count_against_the_limit() {
    let mut api = Api::with(Config { rate_per_minute: 2, ..Config::for_tests() }).await;
    let good = std::mem::replace(&mut api.token, "nonsense".to_owned());
    for _ in 0..5 {
        assert_eq!(api.get("/plans").await.status, StatusCode::UNAUTHORIZED);
    }
    api.token = good;
    assert_eq!(api.get("/plans").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_trailing_slash_changes_nothing() {
    let api = Api::start().await;
    let answer = api.get("/customers/?limit=1").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.json["pagination"]["limit"], 1);
}
