use crate::support::{BASE, answer, calls, client, marketplace, place_order};
use marketplace::ErrorKind;
use marketplace::models::{Estimate, OrderRequest};
use serde_json::json;
use wiremock::matchers::{method, path};
use wiremock::{Mock, ResponseTemplate};

async fn fails_twice(server: &wiremock::MockServer, verb: &str, place: &str, failure: ResponseTemplate) {
    Mock::given(method(verb))
        .and(path(format!("{BASE}{place}")))
        .respond_with(failure)
        .up_to_n_times(2)
        .mount(server)
        .await;
}

#[tokio::test]
async fn a_read_is_repeated_after_a_passing_failure() {
    for status in [429, 502, 503, 504] {
        let server = marketplace().await;
        fails_twice(&server, "GET", "/customers/7", ResponseTemplate::new(status)).await;
        answer(&server, "GET", "/customers/7", ResponseTemplate::new(200).set_body_json(json!({"id": 7}))).await;
        assert!(client(&server.uri()).customer(&"7".into()).await.is_ok(), "after {status}");
    }
}

#[tokio::test]
async fn a_read_is_not_repeated_for_ever() {
    let server = marketplace().await;
    answer(&server, "GET", "/customers/7", ResponseTemplate::new(503)).await;
    let error = client(&server.uri()).customer(&"7".into()).await.unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Unavailable);
    assert_eq!(calls(&server, "/customers/7").await, 3);
}

#[tokio::test]
async fn a_read_is_not_repeated_when_the_marketplace_asks_for_a_long_wait() {
    let server = marketplace().await;
    answer(&server, "GET", "/customers/7", ResponseTemplate::new(429).insert_header("retry-after", "60")).await;
    let error = client(&server.uri()).customer(&"7".into()).await.unwrap_err();
    assert_eq!(error.retry_after().map(|wait| wait.as_secs()), Some(60));
    assert_eq!(calls(&server, "/customers/7").await, 1);
}

#[tokio::test]
async fn an_estimate_is_a_read() {
    let server = marketplace().await;
    fails_twice(&server, "POST", "/orders/estimate", ResponseTemplate::new(504)).await;
    let total = json!({"currency": "USD", "amount": "24.6"});
    answer(&server, "POST", "/orders/estimate", ResponseTemplate::new(200).set_body_json(json!({"total": total})))
        .await;
    let estimate = client(&server.uri()).estimate_order(&OrderRequest::sales("1", vec![])).await.unwrap();
    assert_eq!(estimate, Estimate { total: Some(serde_json::from_value(total).unwrap()), ..Estimate::default() });
}

#[tokio::test]
async fn a_token_is_asked_for_again_but_the_write_behind_it_is_sent_once() {
    let server = wiremock::MockServer::start().await;
    fails_twice(&server, "POST", "/token", ResponseTemplate::new(503)).await;
    let token = json!({"token": "t", "expiresInSeconds": 1500});
    answer(&server, "POST", "/token", ResponseTemplate::new(200).set_body_json(token)).await;
    answer(&server, "POST", "/orders", ResponseTemplate::new(503)).await;
    assert_eq!(place_order(&client(&server.uri())).await.unwrap_err().operation(), "create order");
    assert_eq!((calls(&server, "/token").await, calls(&server, "/orders").await), (3, 1));
}
