//! Holds exchanges against the contract.

mod answer;
mod body;
mod request;

use crate::contract::{Contract, Operation, Side};
use crate::record::Exchange;
use std::fmt;

/// Something that the contract does not allow.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Violation {
    pub(crate) operation: String,
    pub(crate) side: Side,
    /// A JSON pointer into the body, or `path …`, `query …`, `header …`.
    pub(crate) at: String,
    pub(crate) fault: Fault,
    pub(crate) detail: String,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    /// The contract does not know it.
    Undeclared,
    /// The contract demands it.
    Missing,
    /// It is read-only in a request, or write-only in an answer.
    WrongSide,
    /// Text for a number, and the like.
    Type,
    /// None of the words listed.
    Word,
    /// No date, no UUID.
    Format,
    /// Too small, too large, and everything else.
    Other,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, side, at, fault, detail } = self;
        write!(f, "{operation}, {side:?}, {at}: {fault:?}. {detail}")
    }
}

/// What was found out about one exchange.
#[derive(Debug)]
pub(crate) struct Checked {
    /// `None` when the contract knows no such path.
    pub(crate) operation: Option<String>,
    /// Refusals are not: the contract describes successes only, under the status `default`.
    pub(crate) with_answer: bool,
    pub(crate) violations: Vec<Violation>,
}

/// Checks one exchange; `base` is the path that the contract's own paths follow.
pub(crate) fn check(contract: &Contract, base: &str, exchange: &Exchange) -> Checked {
    let path = exchange.uri.path();
    let path = path.strip_prefix(base).unwrap_or(path);
    let Some(operation) = contract.find(&exchange.method, path) else {
        let at = format!("path {} {path}", exchange.method);
        let nowhere = Findings { operation: "none", side: Side::Request, violations: Vec::new() };
        let violations = nowhere.with(at, Fault::Undeclared, "there is no such operation".to_owned());
        return Checked { operation: None, with_answer: false, violations };
    };
    let mut violations = request::check(operation, path, exchange);
    let with_answer = exchange.status.is_success();
    if with_answer {
        violations.extend(answer::check(operation, exchange));
    }
    Checked { operation: Some(operation.id.clone()), with_answer, violations }
}

/// Collects what is wrong with one side of an exchange.
struct Findings<'a> {
    operation: &'a str,
    side: Side,
    violations: Vec<Violation>,
}

impl<'a> Findings<'a> {
    fn of(operation: &'a Operation, side: Side) -> Self {
        Self { operation: &operation.id, side, violations: Vec::new() }
    }

    fn add(&mut self, at: impl Into<String>, fault: Fault, detail: impl Into<String>) {
        let (operation, at, detail) = (self.operation.to_owned(), at.into(), detail.into());
        self.violations.push(Violation { operation, side: self.side, at, fault, detail });
    }

    fn with(mut self, at: String, fault: Fault, detail: String) -> Vec<Violation> {
        self.add(at, fault, detail);
        self.violations
    }
}
