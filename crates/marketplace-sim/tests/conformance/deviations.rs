//! Where we knowingly leave the contract, and why. One that no longer occurs has to go.

use crate::check::{Fault, Violation};
use crate::contract::Side;

/// A violation that is meant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deviation {
    /// Each of them has to show it.
    pub(crate) operations: &'static [&'static str],
    pub(crate) side: Side,
    /// As in [`Violation::at`]; `*` stands for any one part of a pointer.
    pub(crate) at: &'static str,
    pub(crate) fault: Fault,
    pub(crate) reason: &'static str,
    pub(crate) source: &'static str,
}

pub(crate) const DEVIATIONS: &[Deviation] = &[];

impl Deviation {
    pub(crate) fn allows(&self, violation: &Violation) -> bool {
        self.operations.contains(&violation.operation.as_str())
            && (self.side, self.fault) == (violation.side, violation.fault)
            && fits(self.at, &violation.at)
    }
}

/// The operations that a deviation names and that did not show it.
pub(crate) fn stale(violations: &[Violation]) -> Vec<String> {
    let shows = |deviation: &Deviation, id: &str| {
        violations.iter().any(|violation| violation.operation == id && deviation.allows(violation))
    };
    let all = DEVIATIONS.iter().flat_map(|deviation| deviation.operations.iter().map(move |id| (deviation, *id)));
    let stale = all.filter(|(deviation, id)| !shows(deviation, id));
    stale.map(|(deviation, id)| format!("{id}, {:?}, {}: no longer occurs", deviation.side, deviation.at)).collect()
}

fn fits(pattern: &str, at: &str) -> bool {
    let (pattern, at) = (pattern.split('/'), at.split('/'));
    pattern.clone().count() == at.clone().count() && pattern.zip(at).all(|(pattern, at)| pattern == "*" || pattern == at)
}
