//! What was checked, as a table.

use crate::check::{Checked, Violation};
use crate::contract::Contract;
use crate::deviations::DEVIATIONS;
use std::fmt::Write;

/// How often an operation was checked, and what came of it.
#[derive(Debug, Default)]
pub(crate) struct Row {
    pub(crate) operation: String,
    pub(crate) requests: usize,
    pub(crate) answers: usize,
    pub(crate) deviations: usize,
    pub(crate) violations: usize,
}

/// One row for each operation, in the contract's order.
pub(crate) fn rows(contract: &Contract, checked: &[Checked]) -> Vec<Row> {
    let row = |id: &str| {
        let its = || checked.iter().filter(move |one| one.operation.as_deref() == Some(id));
        let found = || its().flat_map(|one| &one.violations);
        Row {
            operation: id.to_owned(),
            requests: its().count(),
            answers: its().filter(|one| one.with_answer).count(),
            deviations: found().filter(|violation| is_meant(violation)).count(),
            violations: found().filter(|violation| !is_meant(violation)).count(),
        }
    };
    contract.operations.iter().map(|operation| row(&operation.id)).collect()
}

pub(crate) fn is_meant(violation: &Violation) -> bool {
    DEVIATIONS.iter().any(|deviation| deviation.allows(violation))
}

/// The rows and their sums.
pub(crate) fn table(rows: &[Row]) -> String {
    let sum = |count: fn(&Row) -> usize| rows.iter().map(count).sum();
    let total = Row {
        operation: format!("{} operations", rows.len()),
        requests: sum(|row| row.requests),
        answers: sum(|row| row.answers),
        deviations: sum(|row| row.deviations),
        violations: sum(|row| row.violations),
    };
    let mut text =
        format!("{:34}{:>9}{:>9}{:>12}{:>12}\n", "operation", "requests", "answers", "deviations", "violations");
    for Row { operation, requests, answers, deviations, violations } in rows.iter().chain([&total]) {
        let _ = writeln!(text, "{operation:34}{requests:>9}{answers:>9}{deviations:>12}{violations:>12}");
    }
    text
}
