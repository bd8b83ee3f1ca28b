use crate::support::{Fault, Socket, client, impatient_client, place_order};
use marketplace::{Client, Connection, ErrorKind, Options, RetryPolicy, Timeouts, Unreachable, WriteOutcome};
use std::time::Duration;

#[tokio::test]
async fn an_order_is_not_carried_out_when_nobody_listens() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = place_order(&client(&origin)).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (&ErrorKind::Connect, WriteOutcome::NotCarriedOut));
    assert_eq!(error.unreachable(), Some(Unreachable::NobodyListens));
}

#[tokio::test]
async fn a_host_that_nobody_knows_is_told_from_one_that_does_not_answer() {
    let error = place_order(&client("https://nobody.invalid")).await.unwrap_err();
    assert_eq!(error.unreachable(), Some(Unreachable::UnknownHost), "{error}");
    // Accepts, and then keeps silent where a certificate should be.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let error = place_order(&hasty_client(&format!("https://{}", silent.local_addr().unwrap()))).await.unwrap_err();
    assert_eq!(error.unreachable(), Some(Unreachable::NoAnswer), "{error}");
}

/// A client that gives up on a connection in a moment.
fn hasty_client(origin: &str) -> Client {
    let connection = Connection {
        base_url: origin.to_owned(),
        marketplace: "us".into(),
        username: "someone.API".into(),
        password: "password".into(),
        subscription_key: "key".into(),
    };
    let timeouts = Timeouts { connect: Duration::from_millis(200), ..Timeouts::default() };
    Client::new(connection, Options { timeouts, retry: RetryPolicy::never() }).unwrap()
}

#[tokio::test]
async fn an_order_may_exist_when_the_connection_broke_after_it_was_sent() {
    let socket = Socket::start(Fault::HangUp).await;
    let error = place_order(&client(&socket.origin)).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (&ErrorKind::Interrupted, WriteOutcome::Unknown));
    assert_eq!(socket.received(), 1);
}

#[tokio::test]
async fn an_order_may_exist_when_no_answer_came_in_time() {
    let socket = Socket::start(Fault::Silence).await;
    let error = place_order(&impatient_client(&socket.origin)).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (&ErrorKind::Timeout, WriteOutcome::Unknown));
}

#[tokio::test]
async fn an_order_may_exist_when_its_answer_was_cut_off() {
    let socket = Socket::start(Fault::Say("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\":\"77\"")).await;
    let error = place_order(&client(&socket.origin)).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (&ErrorKind::Interrupted, WriteOutcome::Unknown));
    assert_eq!(socket.received(), 1);
}

#[tokio::test]
async fn a_refusal_stays_one_when_its_explanation_was_cut_off() {
    let socket = Socket::start(Fault::Say("HTTP/1.1 400 Bad Request\r\ncontent-length: 100\r\n\r\n{\"mess")).await;
    let error = place_order(&client(&socket.origin)).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (&ErrorKind::Invalid, WriteOutcome::NotCarriedOut));
}

#[tokio::test]
async fn what_is_no_http_is_a_broken_connection() {
    let socket = Socket::start(Fault::Say("SSH-2.0-server\r\n")).await;
    let error = place_order(&client(&socket.origin)).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (&ErrorKind::Interrupted, WriteOutcome::Unknown));
}

#[tokio::test]
async fn a_read_that_was_interrupted_is_reported_and_not_repeated() {
    let socket = Socket::start(Fault::HangUp).await;
    let error = client(&socket.origin).customer(&"7".into()).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (&ErrorKind::Interrupted, WriteOutcome::NotCarriedOut));
    assert_eq!(socket.received(), 1);
}
