use crate::support::{answer, calls, client, marketplace};
use marketplace::{ErrorKind, RawCall};
use reqwest::Method;
use serde_json::{Value, json};
use wiremock::ResponseTemplate;

fn raw(method: Method, path: &str) -> RawCall {
    RawCall { method, path: path.into(), query: vec![("limit".into(), "1".into())], body: None }
}

#[tokio::test]
async fn any_call_can_be_made_by_hand() {
    let server = marketplace().await;
    answer(&server, "GET", "/plans", ResponseTemplate::new(200).set_body_json(json!({"data": []}))).await;
    let answer = client(&server.uri()).raw(&raw(Method::GET, "/plans/")).await.unwrap();
    assert_eq!((answer.status.as_u16(), &answer.body[..]), (200, br#"{"data":[]}"#.as_slice()));
}

#[tokio::test]
async fn secrets_do_not_get_out_by_hand() {
    let server = marketplace().await;
    let report = json!({"data": [{"id": "r", "downloadUrl": "https://files.example/?sig=opensesame"}]});
    answer(&server, "GET", "/reports", ResponseTemplate::new(200).set_body_json(report)).await;
    let client = client(&server.uri());
    let answer = client.raw(&raw(Method::GET, "/reports")).await.unwrap();
    let body: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(body, json!({"data": [{"id": "r", "downloadUrl": "[hidden]"}]}));
    for path in ["/token", "token/", "/TOKEN"] {
        assert_eq!(client.raw(&raw(Method::POST, path)).await.unwrap_err().kind(), &ErrorKind::Invalid);
    }
    assert_eq!(calls(&server, "/token").await, 1);
}

#[tokio::test]
async fn a_call_by_hand_cannot_leave_the_marketplace() {
    let server = marketplace().await;
    for path in ["/../admin", "//other.example/x", "", "/orders/./1"] {
        let error = client(&server.uri()).raw(&raw(Method::GET, path)).await.unwrap_err();
        assert_eq!(error.kind(), &ErrorKind::Invalid, "{path}");
    }
}

#[test]
fn estimates_and_validations_are_no_writes() {
    assert!(!raw(Method::POST, "/orders/estimate").is_write());
    assert!(!raw(Method::POST, "/validation/parameters/").is_write());
    assert!(!raw(Method::GET, "/orders").is_write());
    assert!(raw(Method::POST, "/orders").is_write() && raw(Method::PATCH, "/orders/1").is_write());
}
