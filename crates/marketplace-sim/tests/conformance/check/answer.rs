//! Answers: headers and body.

use super::{Fault, Findings, Violation};
use crate::contract::{Operation, Side};
use crate::record::Exchange;
use axum::http::HeaderValue;

/// Checks the answer of an exchange.
pub(super) fn check(operation: &Operation, exchange: &Exchange) -> Vec<Violation> {
    let mut findings = Findings::of(operation, Side::Answer);
    for name in &operation.answer_headers {
        if exchange.answer_headers.get(name).is_none_or(HeaderValue::is_empty) {
            findings.add(format!("header {name}"), Fault::Missing, "the operation promises it");
        }
    }
    findings.check_body(Some(&operation.answer), &exchange.answer_headers, &exchange.answer);
    findings.violations
}
