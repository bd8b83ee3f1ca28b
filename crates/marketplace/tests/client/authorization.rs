use crate::support::{BASE, answer, calls, client, marketplace, place_order};
use futures::future::join_all;
use marketplace::models::Customer;
use marketplace::{ErrorKind, WriteOutcome};
use serde_json::json;
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, ResponseTemplate};

#[tokio::test]
async fn a_hundred_calls_at_once_ask_for_one_token() {
    let server = marketplace().await;
    answer(&server, "GET", "/customers/7", ResponseTemplate::new(200).set_body_json(json!({"id": "7"}))).await;
    let client = client(&server.uri());
    let id = "7".into();
    let customers = join_all((0..100).map(|_| client.customer(&id))).await;
    assert!(customers.into_iter().all(|customer| customer == Ok(Customer::new("7"))));
    assert_eq!(calls(&server, "/token").await, 1);
}

#[tokio::test]
async fn a_call_carries_the_token_and_the_key() {
    let server = marketplace().await;
    Mock::given(method("GET"))
        .and(path(format!("{BASE}/customers/7")))
        .and(header("authorization", "Bearer token-1"))
        .and(header("x-subscription-key", "key"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"id": "7"})))
        .mount(&server)
        .await;
    assert!(client(&server.uri()).customer(&"7".into()).await.is_ok());
}

#[tokio::test]
async fn a_refused_token_is_renewed_and_the_write_made_once_more() {
    let server = marketplace().await;
    Mock::given(method("POST"))
        .and(path(format!("{BASE}/orders")))
        .and(header("authorization", "Bearer token-2"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"id": "77"})))
        .mount(&server)
        .await;
    let expired = json!({"status": 401, "message": "The token has expired"});
    answer(&server, "POST", "/orders", ResponseTemplate::new(401).set_body_json(expired)).await;
    let placed = place_order(&client(&server.uri())).await.unwrap();
    assert_eq!(placed.value.order.id.as_str(), "77");
    assert_eq!((calls(&server, "/orders").await, calls(&server, "/token").await), (2, 2));
}

#[tokio::test]
async fn a_token_that_is_refused_twice_is_reported() {
    let server = marketplace().await;
    answer(&server, "POST", "/orders", ResponseTemplate::new(401)).await;
    let error = place_order(&client(&server.uri())).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (&ErrorKind::Unauthorized, WriteOutcome::NotCarriedOut));
    assert_eq!(calls(&server, "/orders").await, 2);
}

#[tokio::test]
async fn another_token_is_not_tried_when_the_key_or_the_permission_is_at_fault() {
    for (status, message, kind) in [
        (401, "Access denied due to invalid subscription key.", ErrorKind::SubscriptionKey),
        (403, "Not allowed", ErrorKind::Forbidden),
    ] {
        let server = marketplace().await;
        let body = json!({"statusCode": status, "message": message});
        answer(&server, "GET", "/customers/7", ResponseTemplate::new(status).set_body_json(body)).await;
        let error = client(&server.uri()).customer(&"7".into()).await.unwrap_err();
        assert_eq!(error.kind(), &kind);
        assert_eq!((calls(&server, "/customers/7").await, calls(&server, "/token").await), (1, 1));
    }
}

#[tokio::test]
async fn a_wrong_password_is_sent_once_for_a_hundred_calls() {
    let server = wiremock::MockServer::start().await;
    answer(&server, "POST", "/token", ResponseTemplate::new(401)).await;
    let client = client(&server.uri());
    let results = join_all((0..100).map(|_| place_order(&client))).await;
    for result in results {
        let error = result.unwrap_err();
        assert_eq!((error.operation(), error.outcome()), ("token", WriteOutcome::NotCarriedOut));
    }
    assert_eq!(calls(&server, "/token").await, 1);
}

#[tokio::test]
async fn an_unreadable_token_is_not_quoted() {
    let server = wiremock::MockServer::start().await;
    let body = json!({"token": "opensesame", "expiresInSeconds": "opensesame"});
    answer(&server, "POST", "/token", ResponseTemplate::new(200).set_body_json(body)).await;
    let error = client(&server.uri()).customer(&"7".into()).await.unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Decode);
    assert!(!format!("{error} {error:?}").contains("opensesame"));
}
