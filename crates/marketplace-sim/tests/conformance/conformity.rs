//! The check as a whole.

use crate::check::{Checked, check};
use crate::contract::{Contract, published, say};
use crate::coverage::coverage;
use crate::deviations::{reasons, stale};
use crate::scenario;
use crate::stage::{Stage, base};
use crate::table::{is_meant, rows, table};
use std::collections::BTreeMap;

#[tokio::test]
async fn client_and_stand_in_keep_to_the_contract() {
    let Some(contract) = published("Conformity of client and stand-in") else { return };
    assert_eq!(contract.operations.len(), 28);
    let stage = Stage::set().await;
    scenario::play(&stage).await;
    let exchanges = stage.exchanges();
    say(&coverage(contract, &base(), &exchanges));
    let checked: Vec<_> = exchanges.iter().map(|exchange| check(contract, &base(), exchange)).collect();
    let wrong = complaints(contract, &checked);
    assert!(wrong.is_empty(), "{} complaints:\n{}", wrong.len(), wrong.join("\n"));
}

/// Everything that makes the check fail, what is wrong in the same way only once. Prints the table on the way.
fn complaints(contract: &Contract, checked: &[Checked]) -> Vec<String> {
    let rows = rows(contract, checked);
    say(&format!("{}\nDeviations that are meant:\n{}", table(&rows), reasons()));
    let all: Vec<_> = checked.iter().flat_map(|one| one.violations.iter().cloned()).collect();
    let mut places = BTreeMap::new();
    for violation in all.iter().filter(|violation| !is_meant(violation)) {
        let place = (&violation.operation, violation.side, violation.fault, anywhere(&violation.at));
        places.entry(place).or_insert_with(Vec::new).push(violation);
    }
    let violations = places.values().map(|alike| format!("{} times: {}", alike.len(), alike[0]));
    let unseen = rows.iter().filter(|row| row.requests == 0 || row.answers == 0);
    let unseen = unseen.map(|row| format!("{}: no request or no answer was checked", row.operation));
    violations.chain(unseen).chain(stale(&all)).collect()
}

/// A pointer into any row of a list.
fn anywhere(at: &str) -> String {
    let parts: Vec<_> = at.split('/').map(|part| if part.parse::<u32>().is_ok() { "*" } else { part }).collect();
    parts.join("/")
}
