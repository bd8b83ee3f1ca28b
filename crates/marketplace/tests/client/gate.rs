use crate::support::{answer, calls, client, marketplace, place_order};
use async_trait::async_trait;
use marketplace::{
    CallGate, CallInfo, CallKind, CallOutcome, Client, ErrorKind, Fault, Limit, Priority, Refusal, Verdict,
    WriteOutcome,
};
use serde_json::json;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use wiremock::{MockServer, ResponseTemplate};

/// Writes down what it is asked and told, and refuses one operation.
#[derive(Default)]
struct Book {
    refuses: Option<&'static str>,
    asked: Mutex<Vec<CallInfo>>,
    told: Mutex<Vec<(&'static str, CallOutcome)>>,
}

#[async_trait]
impl CallGate for Book {
    async fn admit(&self, call: &CallInfo) -> Result<(), Refusal> {
        self.asked.lock().unwrap().push(*call);
        match self.refuses {
            Some(operation) if operation == call.operation => {
                Err(Refusal { reason: "the budget is used up".into(), retry_after: Some(Duration::from_secs(9)) })
            }
            _ => Ok(()),
        }
    }

    async fn observe(&self, call: &CallInfo, outcome: &CallOutcome) {
        self.told.lock().unwrap().push((call.operation, *outcome));
    }
}

fn watched(server: &MockServer, book: &Arc<Book>) -> Client {
    client(&server.uri()).with_gate(book.clone())
}

#[tokio::test]
async fn the_gate_is_asked_before_every_call_and_knows_who_waits() {
    let server = marketplace().await;
    answer(&server, "GET", "/customers/7", ResponseTemplate::new(200).set_body_json(json!({"id": 7}))).await;
    let book = Arc::new(Book::default());
    watched(&server, &book).with_priority(Priority::Background).customer(&"7".into()).await.unwrap();
    assert_eq!(
        *book.asked.lock().unwrap(),
        [
            // Everybody waits for the token.
            CallInfo { operation: "token", kind: CallKind::Token, priority: Priority::People, probe: false },
            CallInfo { operation: "get customer", kind: CallKind::Read, priority: Priority::Background, probe: false },
        ]
    );
    assert!(book.told.lock().unwrap().iter().all(|(_, outcome)| outcome.status == Some(200)));
}

#[tokio::test]
async fn repetitions_are_asked_about_too() {
    let server = marketplace().await;
    answer(&server, "GET", "/customers/7", ResponseTemplate::new(503)).await;
    let book = Arc::new(Book::default());
    watched(&server, &book).customer(&"7".into()).await.unwrap_err();
    let calls = calls(&server, "/customers/7").await;
    assert_eq!(book.asked.lock().unwrap().len(), 1 + calls);
}

#[tokio::test]
async fn what_the_gate_refuses_is_not_sent() {
    let server = marketplace().await;
    let book = Arc::new(Book { refuses: Some("create order"), ..Book::default() });
    let error = place_order(&watched(&server, &book)).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (&ErrorKind::Refused, WriteOutcome::NotCarriedOut));
    assert_eq!((error.message(), error.retry_after()), ("the budget is used up", Some(Duration::from_secs(9))));
    assert_eq!(calls(&server, "/orders").await, 0);
    assert_eq!(book.told.lock().unwrap().len(), 1, "only the token's call was made");
}

#[tokio::test]
async fn the_gate_learns_what_was_used_up_and_for_how_long() {
    let rate = json!({"statusCode": 429, "message": "Rate limit is exceeded. Try again in 42 seconds."});
    let quota = json!({"statusCode": 403, "message": "Out of call volume quota."});
    for (status, body, limit, wait) in
        [(429, rate, Limit::Rate, Some(Duration::from_secs(42))), (403, quota, Limit::Quota, None)]
    {
        let server = marketplace().await;
        answer(&server, "POST", "/orders", ResponseTemplate::new(status).set_body_json(body)).await;
        let book = Arc::new(Book::default());
        place_order(&watched(&server, &book)).await.unwrap_err();
        let (operation, outcome) = book.told.lock().unwrap().last().copied().unwrap();
        assert_eq!((operation, outcome.status), ("create order", Some(status)));
        assert_eq!((outcome.limit, outcome.retry_after), (Some(limit), wait));
    }
}

#[tokio::test]
async fn the_gate_can_tell_a_marketplace_that_refuses_from_one_that_is_away() {
    let conflict = json!({"message": "there is already an Upgrade Order #CH005810 in status LO"});
    let answers = [
        (ResponseTemplate::new(200).set_body_json(json!({"id": 7})), Verdict::Success),
        (ResponseTemplate::new(400).set_body_json(json!({"message": "Validation failed"})), Verdict::Refusal),
        (ResponseTemplate::new(404), Verdict::Refusal),
        (ResponseTemplate::new(429), Verdict::Refusal),
        (ResponseTemplate::new(500).set_body_json(conflict), Verdict::Refusal),
        (ResponseTemplate::new(500).set_body_json(json!({"message": "oops"})), Verdict::Fault(Fault::Trouble)),
        (ResponseTemplate::new(503), Verdict::Fault(Fault::Unavailable)),
        (ResponseTemplate::new(504).set_body_string("<html></html>"), Verdict::Fault(Fault::Unavailable)),
        (ResponseTemplate::new(200).set_body_string("<html></html>"), Verdict::Fault(Fault::Unreadable)),
    ];
    for (template, verdict) in answers {
        let server = marketplace().await;
        answer(&server, "POST", "/orders", template).await;
        let book = Arc::new(Book::default());
        let _outcome = place_order(&watched(&server, &book)).await;
        assert_eq!(book.told.lock().unwrap().last().map(|(_, outcome)| outcome.verdict), Some(verdict));
    }
    let book = Arc::new(Book::default());
    client("http://127.0.0.1:9").with_gate(book.clone()).customer(&"7".into()).await.unwrap_err();
    let verdict = book.told.lock().unwrap().last().map(|(_, outcome)| outcome.verdict);
    assert_eq!(verdict, Some(Verdict::Fault(Fault::NoConnection)), "nobody listens there");
}

#[tokio::test]
async fn a_probe_asks_once_and_says_that_it_is_one() {
    let server = marketplace().await;
    answer(&server, "GET", "/customers/7", ResponseTemplate::new(503)).await;
    let book = Arc::new(Book::default());
    watched(&server, &book).probing().customer(&"7".into()).await.unwrap_err();
    assert_eq!(calls(&server, "/customers/7").await, 1);
    assert!(book.asked.lock().unwrap().iter().all(|call| call.probe));
}
