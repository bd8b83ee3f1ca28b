use crate::support::{BASE, Fault, Socket, answer, calls, client, impatient_client, marketplace};
use async_trait::async_trait;
use marketplace::{CallGate, CallInfo, CallOutcome, ErrorKind, Method, RawCall, Refusal, Reply, WriteOutcome};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use wiremock::matchers::{body_string, header, method, path};
use wiremock::{Mock, ResponseTemplate};

fn raw(method: Method, path: &str) -> RawCall {
    RawCall { method, path: path.into(), query: vec![("limit".into(), "1".into())], body: None }
}

fn write() -> RawCall {
    RawCall { body: Some("{\"seats\": 5.00}".into()), ..raw(Method::POST, "/orders") }
}

async fn refused_write(response: ResponseTemplate) -> (Reply, usize) {
    let server = marketplace().await;
    answer(&server, "POST", "/orders", response).await;
    let reply = client(&server.uri()).raw(&write()).await.unwrap();
    (reply, calls(&server, "/orders").await)
}

#[tokio::test]
async fn any_call_can_be_made_by_hand() {
    let server = marketplace().await;
    let response =
        ResponseTemplate::new(200).set_body_json(json!({"data": []})).insert_header("x-correlation-id", "a8n-7");
    answer(&server, "GET", "/plans", response.set_delay(Duration::from_millis(20))).await;
    let Reply { answer, refusal } = client(&server.uri()).raw(&raw(Method::GET, "/plans/")).await.unwrap();
    assert_eq!((answer.status.as_u16(), &answer.body[..]), (200, br#"{"data":[]}"#.as_slice()));
    assert_eq!((refusal, answer.correlation_id.as_deref()), (None, Some("a8n-7")));
    assert!(answer.elapsed >= Duration::from_millis(20), "{:?}", answer.elapsed);
}

#[tokio::test]
async fn the_body_is_sent_as_it_was_written() {
    let server = marketplace().await;
    Mock::given(method("POST"))
        .and(path(format!("{BASE}/orders")))
        .and(body_string("{\"seats\": 5.00}"))
        .and(header("content-type", "application/json"))
        .respond_with(ResponseTemplate::new(200).set_body_string("{\"z\":1.50, \"a\":2}"))
        .mount(&server)
        .await;
    let reply = client(&server.uri()).raw(&write()).await.unwrap();
    assert_eq!(&reply.answer.body[..], b"{\"z\":1.50, \"a\":2}", "and so is the answer read");
}

#[tokio::test]
async fn a_refusal_is_answered_with_its_body() {
    let body =
        json!({"status": 400, "message": "quantity is too large", "details": ["line 1"], "correlationId": "a8n-8"});
    let (reply, sent) = refused_write(ResponseTemplate::new(400).set_body_json(&body)).await;
    assert_eq!(serde_json::from_slice::<Value>(&reply.answer.body).unwrap(), body);
    assert_eq!((reply.answer.status.as_u16(), reply.answer.correlation_id.as_deref()), (400, Some("a8n-8")));
    let refusal = reply.refusal.unwrap();
    assert_eq!((refusal.kind(), refusal.outcome()), (&ErrorKind::Invalid, WriteOutcome::NotCarriedOut));
    assert_eq!(sent, 1);
}

#[tokio::test]
async fn an_answer_that_leaves_a_write_unknown_says_so() {
    let page = "<html>504 Gateway Time-out</html>";
    for (response, body) in [
        (ResponseTemplate::new(504).set_body_string(page), page),
        (ResponseTemplate::new(503), ""),
        (ResponseTemplate::new(500).set_body_string("{\"message\":\"oops\"}"), "{\"message\":\"oops\"}"),
        (ResponseTemplate::new(200).set_body_string(page), page),
    ] {
        let (reply, sent) = refused_write(response).await;
        assert_eq!(reply.refusal.unwrap().outcome(), WriteOutcome::Unknown, "{}", reply.answer.status);
        assert_eq!((&reply.answer.body[..], sent), (body.as_bytes(), 1));
    }
}

#[tokio::test]
async fn a_read_by_hand_is_made_once_too() {
    let server = marketplace().await;
    answer(&server, "GET", "/plans", ResponseTemplate::new(503)).await;
    let reply = client(&server.uri()).raw(&raw(Method::GET, "/plans")).await.unwrap();
    assert_eq!((reply.answer.status.as_u16(), calls(&server, "/plans").await), (503, 1));
}

#[tokio::test]
async fn a_refused_token_is_renewed_and_the_call_made_once_more() {
    let server = marketplace().await;
    Mock::given(method("POST"))
        .and(path(format!("{BASE}/orders")))
        .and(header("authorization", "Bearer token-2"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"id": "77"})))
        .mount(&server)
        .await;
    answer(&server, "POST", "/orders", ResponseTemplate::new(401)).await;
    let reply = client(&server.uri()).raw(&write()).await.unwrap();
    assert_eq!((reply.answer.status.as_u16(), calls(&server, "/orders").await), (200, 2));

    let server = marketplace().await;
    answer(&server, "POST", "/orders", ResponseTemplate::new(401)).await;
    let reply = client(&server.uri()).raw(&write()).await.unwrap();
    assert_eq!((reply.answer.status.as_u16(), calls(&server, "/orders").await), (401, 2), "but not for ever");
}

#[tokio::test]
async fn a_lost_answer_stays_an_error() {
    let socket = Socket::start(Fault::HangUp).await;
    let error = client(&socket.origin).raw(&write()).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (&ErrorKind::Interrupted, WriteOutcome::Unknown));
    assert!(!error.is_before_sending() && socket.received() == 1);
    let socket = Socket::start(Fault::Silence).await;
    let error = impatient_client(&socket.origin).raw(&write()).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (&ErrorKind::Timeout, WriteOutcome::Unknown));
}

/// Lets tokens through and counts the rest, or refuses it.
#[derive(Default)]
struct Door {
    closed: bool,
    told: Mutex<Vec<(&'static str, Option<u16>)>>,
}

#[async_trait]
impl CallGate for Door {
    async fn admit(&self, call: &CallInfo) -> Result<(), Refusal> {
        if self.closed && call.operation == "console" {
            return Err(Refusal { reason: "the budget is used up".into(), retry_after: None });
        }
        Ok(())
    }

    async fn observe(&self, call: &CallInfo, outcome: &CallOutcome) {
        self.told.lock().unwrap().push((call.operation, outcome.status));
    }
}

#[tokio::test]
async fn the_gate_is_asked_and_told_of_refusals() {
    let server = marketplace().await;
    answer(&server, "POST", "/orders", ResponseTemplate::new(429)).await;
    let open = Arc::new(Door::default());
    client(&server.uri()).with_gate(open.clone()).raw(&write()).await.unwrap();
    assert_eq!(*open.told.lock().unwrap(), [("token", Some(200)), ("console", Some(429))]);
    let closed = Arc::new(Door { closed: true, ..Door::default() });
    let error = client(&server.uri()).with_gate(closed).raw(&write()).await.unwrap_err();
    assert!(error.is_before_sending() && *error.kind() == ErrorKind::Refused);
    assert_eq!(calls(&server, "/orders").await, 1);
}

#[tokio::test]
async fn secrets_do_not_get_out_by_hand() {
    let server = marketplace().await;
    let report = json!({"data": [{"id": "r", "downloadUrl": "https://files.example/?sig=opensesame"}]});
    answer(&server, "GET", "/reports", ResponseTemplate::new(200).set_body_json(report)).await;
    let client = client(&server.uri());
    let reply = client.raw(&raw(Method::GET, "/reports")).await.unwrap();
    let body: Value = serde_json::from_slice(&reply.answer.body).unwrap();
    assert_eq!(body, json!({"data": [{"id": "r", "downloadUrl": "[hidden]"}]}));
    for path in ["/token", "token/", "/TOKEN"] {
        assert_eq!(client.raw(&raw(Method::POST, path)).await.unwrap_err().kind(), &ErrorKind::Invalid);
    }
    assert_eq!(calls(&server, "/token").await, 1);
}

#[tokio::test]
async fn our_own_secrets_are_blanked_out_where_an_answer_quotes_them() {
    for body in ["{\"message\":\"token-1 of someone with password\"}", "<p>token-1 of someone with password</p>"] {
        let server = marketplace().await;
        answer(&server, "GET", "/plans", ResponseTemplate::new(403).set_body_string(body)).await;
        let reply = client(&server.uri()).raw(&raw(Method::GET, "/plans")).await.unwrap();
        let shown = String::from_utf8_lossy(&reply.answer.body).into_owned();
        assert!(shown.contains("[hidden]"), "{shown}");
        assert!(!shown.contains("token-1") && !shown.contains("password"), "{shown}");
    }
}

#[tokio::test]
async fn a_call_by_hand_cannot_leave_the_marketplace() {
    let server = marketplace().await;
    let client = client(&server.uri());
    for path in ["/../admin", "//other.example/x", "", "/orders/./1"] {
        let error = client.raw(&raw(Method::GET, path)).await.unwrap_err();
        assert_eq!(error.kind(), &ErrorKind::Invalid, "{path}");
        assert_eq!(client.address_of(&raw(Method::GET, path)), None, "{path}");
    }
    let address = client.address_of(&raw(Method::GET, "/orders/a b?c")).unwrap();
    assert_eq!(address, format!("{}{BASE}/orders/a%20b%3Fc?limit=1", server.uri()));
}

#[test]
fn estimates_and_validations_are_no_writes() {
    assert!(!raw(Method::POST, "/orders/estimate").is_write());
    assert!(!raw(Method::POST, "/validation/parameters/").is_write());
    assert!(!raw(Method::GET, "/orders").is_write());
    assert!(raw(Method::POST, "/orders").is_write() && raw(Method::PATCH, "/orders/1").is_write());
    assert!(raw(Method::PATCH, "/orders/estimate").is_write(), "only the question is harmless");
}
