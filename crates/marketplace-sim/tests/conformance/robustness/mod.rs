//! Whatever the contract allows to ask, the stand-in answers: never with a failure of its own, and always soon.

mod known;
mod session;

use crate::contract::{Operation, published};
use crate::generate::{Call, Choices, Known, call, choices};
use known::known;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use session::Session;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::runtime::{Handle, Runtime};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

/// Calls of each operation.
const CASES: u32 = 80;
const MOST_CHOICES: usize = 300;
/// Far longer than any answer takes.
const PATIENCE: Duration = Duration::from_secs(10);
/// Calls that were not refused.
static ACCEPTED: AtomicUsize = AtomicUsize::new(0);
/// Not `GET`, and still without consequences.
const HARMLESS: [&str; 3] = ["/token", "/orders/estimate", "/validation"];

#[test]
fn no_request_that_the_contract_allows_breaks_the_stand_in() {
    let Some(contract) = published("Robustness of the stand-in") else { return };
    let runtime = Runtime::new().unwrap();
    let known = runtime.block_on(async { known(&prepared().await).await });
    let failures = contract.operations.iter().filter_map(|operation| failure(&runtime, operation, &known));
    let failures: Vec<_> = failures.collect();
    // A call that hangs would be waited for otherwise.
    runtime.shutdown_background();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
    let (accepted, calls) = (ACCEPTED.load(Ordering::Relaxed), contract.operations.len() * CASES as usize);
    assert!(accepted > calls / 4, "of {calls} calls only {accepted} were not refused: the rest is hardly tested");
}

/// The simplest call of an operation that breaks the stand-in.
fn failure(runtime: &Runtime, operation: &Operation, known: &Known) -> Option<String> {
    let calls = choices(MOST_CHOICES).prop_map(|drawn| call(operation, known, &mut Choices::new(&drawn)));
    let config = Config { cases: CASES, max_shrink_iters: 300, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&calls, |call| runtime.block_on(withstands(call)));
    outcome.err().map(|error| format!("{}: {error}", operation.id))
}

async fn withstands(call: Call) -> Result<(), TestCaseError> {
    // On a thread of its own, which may be stuck for ever.
    let handle = Handle::current();
    let played = spawn_blocking(move || handle.block_on(play(&call)));
    match timeout(PATIENCE, played).await {
        Ok(Ok(Ok(()))) => Ok(()),
        Ok(Ok(Err(complaint))) => Err(TestCaseError::fail(complaint)),
        Ok(Err(panic)) => Err(TestCaseError::fail(panic.to_string())),
        Err(_) => Err(TestCaseError::fail("no answer")),
    }
}

/// The call itself, then what it left behind: when it has been provisioned, and when it has been billed and renewed.
async fn play(call: &Call) -> Result<(), String> {
    let mut session = prepared().await;
    let answer = session.answer(call).await?;
    if answer.get("message").is_none() {
        ACCEPTED.fetch_add(1, Ordering::Relaxed);
    }
    if call.method == "GET" || HARMLESS.iter().any(|path| call.path.starts_with(path)) {
        return Ok(());
    }
    session.simulator.advance(time::Duration::minutes(20));
    session.look_at("/orders").await?;
    session.simulator.advance(time::Duration::days(400));
    session.sign_in().await;
    for list in ["/orders", "/subscriptions", "/customers", "/resellers", "/reports"] {
        session.look_at(list).await?;
    }
    Ok(())
}

/// With a reseller, which the account does not have by itself, and with an order that is not done.
async fn prepared() -> Session {
    let session = Session::begin().await;
    let contact =
        r#"{"type":"admin","firstName":"A","lastName":"T","email":"a@t.example","phoneNumber":"+4930123456"}"#;
    let address = r#"{"streetAddress":"1 Quarry Lane","postalCode":"10115","city":"Berlin","countryCode":"DE"}"#;
    let body = format!(
        r#"{{"name":"Reseller","language":"en_US","currency":"USD","address":{address},"contactPersons":[{contact}]}}"#
    );
    session.answer(&Call { method: "POST".into(), path: "/resellers".into(), body: Some(body) }).await.unwrap();
    session
}
