//! Whatever the contract allows as an answer, the client reads.

use crate::contract::{Operation, published};
use crate::generate::{Choices, answer, choices};
use marketplace::models::*;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use serde::de::DeserializeOwned;

/// Answers for each operation.
const CASES: u32 = 300;
/// Enough for two rows of the largest model.
const MOST_CHOICES: usize = 1_200;

/// What a client cannot do without, though the contract does not promise it: the rows of a list, and the identifier of
/// what can be asked for by it.
const DEMANDED: [&str; 2] = ["data", "id"];
/// Products, estimates and validated products are not asked for by an identifier.
const WITHOUT_IDENTIFIER: [&str; 3] = ["getCatalog", "estimateOrder", "validateParameters"];

#[test]
fn every_answer_that_the_contract_allows_is_read() {
    let Some(contract) = published("Reading of what the contract allows") else { return };
    let failures: Vec<_> = contract.operations.iter().filter_map(failure).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// The simplest answer of an operation that cannot be read.
fn failure(operation: &Operation) -> Option<String> {
    let read = reader(&operation.id);
    let demanded = if WITHOUT_IDENTIFIER.contains(&operation.id.as_str()) { &DEMANDED[..1] } else { &DEMANDED };
    let answer = |drawn: Vec<u32>| answer(&operation.answer.shape, demanded, &mut Choices::new(&drawn)).to_string();
    let answers = choices(MOST_CHOICES).prop_map(answer);
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config)
        .run(&answers, |answer| read(answer.as_bytes()).map_err(|error| TestCaseError::fail(error.to_string())));
    outcome.err().map(|error| format!("{}: {error}", operation.id))
}

type Reader = fn(&[u8]) -> Result<(), serde_json::Error>;

/// Reads an answer as the client does. An operation that is missing here has no method in the client.
fn reader(operation: &str) -> Reader {
    match operation {
        "generateAuthToken" => read::<TokenInfo>,
        "getCustomers" | "getResellerCustomers" => read::<Page<Customer>>,
        "createCustomer" | "getCustomerById" | "updateCustomer" | "createCustomerForReseller" => read::<Customer>,
        "getOrders" | "getResellerOrders" => read::<Page<Order>>,
        "createOrder" | "getOrderDetails" | "updateOrder" => read::<OrderDetailed>,
        "estimateOrder" => read::<Estimate>,
        "getCatalog" => read::<Page<Product>>,
        "getReports" => read::<Page<Report>>,
        "createReport" | "getReportById" => read::<Report>,
        "getResellers" => read::<Page<Reseller>>,
        "createReseller" | "getResellerCustomerById" | "updateReseller" => read::<Reseller>,
        "getServicePlans" => read::<Page<Plan>>,
        "getServicePlanById" => read::<PlanDetailed>,
        "getSubscriptions" => read::<Page<Subscription>>,
        "getSubscription" | "updateSubscription" | "updateSubscriptionSpecialPricing" => read::<SubscriptionDetailed>,
        "validateParameters" => read::<Page<ValidatedProduct>>,
        unknown => panic!("nothing reads the answer of {unknown}"),
    }
}

fn read<T: DeserializeOwned>(answer: &[u8]) -> Result<(), serde_json::Error> {
    serde_json::from_slice::<T>(answer).map(drop)
}
