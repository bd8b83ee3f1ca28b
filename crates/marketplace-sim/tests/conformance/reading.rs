//! Whatever the contract allows as an answer, the client reads, and whatever the contract lists it keeps.

use crate::contract::{Operation, published};
use crate::coverage::members_of;
use crate::generate::{ANY_TEXT, Choices, Manner, answer, choices};
use marketplace::models::*;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt::Debug;

/// Answers for each operation.
const CASES: u32 = 300;
/// Enough for two rows of the largest model.
const MOST_CHOICES: usize = 1_200;

/// What a client cannot do without, though the contract does not promise it: the rows of a list, and the identifier of
/// what can be asked for by it.
const DEMANDED: [&str; 2] = ["data", "id"];
/// Products, estimates and validated products are not asked for by an identifier.
const WITHOUT_IDENTIFIER: [&str; 3] = ["getCatalog", "estimateOrder", "validateParameters"];

/// The contract describes an estimate as an order; the model has only what an order has before it is placed.
const KEPT_IN_PART: &str = "estimateOrder";

/// Sent and never answered, by all that is known; the contract forgot to call it write-only, as it does its neighbours.
const ONE_WAY: &str = "products.vendorAlreadyAccountedTcvs";

#[test]
fn every_answer_that_the_contract_allows_is_read() {
    let Some(contract) = published("Reading of what the contract allows") else { return };
    let read = |operation| failure(operation, Manner::Loose, |_, _| Ok(()));
    let failures: Vec<_> = contract.operations.iter().filter_map(read).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn every_member_and_every_word_that_the_contract_lists_is_known() {
    let Some(contract) = published("Knowledge of what the contract lists") else { return };
    let whole = contract.operations.iter().filter(|operation| operation.id != KEPT_IN_PART);
    let failures: Vec<_> = whole.filter_map(|operation| failure(operation, Manner::Literal, is_whole)).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// Nothing of the answer got lost, and no word of it was unheard of, except for words that the contract leaves open.
fn is_whole(answer: &str, read: &Read) -> Result<(), String> {
    let (answered, kept) = (members_of(&serde_json::from_str(answer).unwrap()), members_of(&read.written));
    let lost: Vec<_> = answered.difference(&kept).filter(|member| !member.starts_with(ONE_WAY)).collect();
    let unheard_of = read.shown.replace(&format!("Other({ANY_TEXT:?})"), "").contains("Other(");
    if lost.is_empty() && !unheard_of { Ok(()) } else { Err(format!("lost {lost:?} in {}", read.shown)) }
}

/// The simplest answer of an operation that cannot be read, or that does not pass.
fn failure(
    operation: &Operation,
    manner: Manner,
    passes: impl Fn(&str, &Read) -> Result<(), String>,
) -> Option<String> {
    let read = reader(&operation.id);
    let demanded = if WITHOUT_IDENTIFIER.contains(&operation.id.as_str()) { &DEMANDED[..1] } else { &DEMANDED };
    let shape = &operation.answer.shape;
    let answer = |drawn: Vec<u32>| answer(shape, manner, demanded, &mut Choices::new(&drawn)).to_string();
    let answers = choices(MOST_CHOICES).prop_map(answer);
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&answers, |answer| {
        let read = read(answer.as_bytes()).map_err(|error| TestCaseError::fail(error.to_string()))?;
        passes(&answer, &read).map_err(TestCaseError::fail)
    });
    outcome.err().map(|error| format!("{}: {error}", operation.id))
}

/// What became of an answer.
struct Read {
    written: Value,
    shown: String,
}

type Reader = fn(&[u8]) -> Result<Read, serde_json::Error>;

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

fn read<T: DeserializeOwned + Serialize + Debug>(answer: &[u8]) -> Result<Read, serde_json::Error> {
    let model: T = serde_json::from_slice(answer)?;
    Ok(Read { written: serde_json::to_value(&model)?, shown: format!("{model:?}") })
}
