//! What only a real connection shows: resets, silence, and the start-up contract.

use marketplace_sim::{Config, Fault, FaultRule, Outage, Simulator};
use std::io::ErrorKind;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Sends a sign-in over a connection of its own and reads the answer to its end.
async fn sign_in(simulator: &Simulator) -> std::io::Result<String> {
    let known = simulator.credentials();
    let basic =
        base64::Engine::encode(&base64::prelude::BASE64_STANDARD, format!("{}:{}", known.username, known.password));
    let url = simulator.url();
    let address = url.trim_start_matches("http://").split('/').next().unwrap();
    let body = format!("{{\"marketplace\":\"{}\"}}", known.marketplace);
    let mut stream = TcpStream::connect(address).await?;
    let request = format!(
        "POST /marketplace/us/token HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nAuthorization: Basic {basic}\r\n\
         X-Subscription-Key: {}\r\nContent-Length: {}\r\n\r\n{body}",
        known.subscription_key,
        body.len()
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

#[tokio::test]
async fn a_client_can_sign_in_over_the_network() {
    let simulator = Simulator::start(Config::for_tests()).await.unwrap();
    let answer = sign_in(&simulator).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    assert!(answer.contains("expiresInSeconds"));
}

#[tokio::test]
async fn a_reset_cuts_the_connection_without_an_answer() {
    let simulator = Simulator::start(Config::for_tests()).await.unwrap();
    for fault in [Fault::ResetBefore, Fault::ResetAfter] {
        simulator.add_fault(FaultRule::once(fault, "generateAuthToken"));
        let error = sign_in(&simulator).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConnectionReset, "{}", fault.name());
    }
    simulator.set_outage(Some(Outage::Reset));
    assert_eq!(sign_in(&simulator).await.unwrap_err().kind(), ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn a_restart_resets_every_connection_and_forgets_nothing() {
    let simulator = Simulator::start(Config::for_tests()).await.unwrap();
    let url = simulator.url();
    let address = url.trim_start_matches("http://").split('/').next().unwrap();
    let mut idle = TcpStream::connect(address).await.unwrap();
    simulator.add_fault(FaultRule::once(Fault::HoldAfter, "generateAuthToken"));
    let restart = async {
        while simulator.held().is_empty() {
            tokio::task::yield_now().await;
        }
        simulator.stop_listening().await;
        assert_eq!(TcpStream::connect(address).await.unwrap_err().kind(), ErrorKind::ConnectionRefused);
        simulator.listen_again().await.unwrap();
    };
    let (held, ()) = tokio::join!(sign_in(&simulator), restart);
    assert_eq!(held.unwrap_err().kind(), ErrorKind::ConnectionReset, "the call under way");
    assert_eq!(idle.read_to_end(&mut Vec::new()).await.unwrap_err().kind(), ErrorKind::ConnectionReset, "one at rest");
    assert!(sign_in(&simulator).await.unwrap().starts_with("HTTP/1.1 200 OK"), "it is there again");
    assert_eq!((simulator.url(), simulator.stats().calls["generateAuthToken"]), (url, 2));
    simulator.restart().await.unwrap();
    assert!(sign_in(&simulator).await.unwrap().starts_with("HTTP/1.1 200 OK"));
}

#[tokio::test]
async fn a_truncated_answer_announces_more_than_it_sends() {
    let simulator = Simulator::start(Config::for_tests()).await.unwrap();
    simulator.add_fault(FaultRule::once(Fault::TruncatedBody, "generateAuthToken"));
    let answer = sign_in(&simulator).await.unwrap_or_default();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_default();
    let announced = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
    assert!(body.len() < announced.parse().unwrap(), "{answer}");
}

#[tokio::test(start_paused = true)]
async fn a_timeout_never_answers() {
    let simulator = Simulator::detached(Config::for_tests());
    simulator.add_fault(FaultRule::once(Fault::TimeoutAfter, "generateAuthToken"));
    let request = axum::http::Request::post("/marketplace/us/token")
        .header("x-subscription-key", &simulator.credentials().subscription_key)
        .body(axum::body::Body::empty())
        .unwrap();
    let call = tower::ServiceExt::oneshot(simulator.router(), request);
    assert!(tokio::time::timeout(Duration::from_hours(1), call).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn a_slow_answer_is_whole_in_the_end() {
    let simulator = Simulator::detached(Config::for_tests());
    simulator.add_fault(FaultRule::once(Fault::SlowBody, "generateAuthToken"));
    let known = simulator.credentials();
    let basic =
        base64::Engine::encode(&base64::prelude::BASE64_STANDARD, format!("{}:{}", known.username, known.password));
    let request = axum::http::Request::post("/marketplace/us/token")
        .header("authorization", format!("Basic {basic}"))
        .header("x-subscription-key", &known.subscription_key)
        .body(axum::body::Body::from("{\"marketplace\":\"us\"}"))
        .unwrap();
    let response = tower::ServiceExt::oneshot(simulator.router(), request).await.unwrap();
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    assert!(serde_json::from_slice::<serde_json::Value>(&bytes).unwrap()["token"].is_string());
}
