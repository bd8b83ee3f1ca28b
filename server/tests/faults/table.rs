//! The matrix as people read it.

use super::cell::Outcome;
use super::fault::Fault;
use super::path::Path;
use std::fmt::Write;

/// Rows are faults, columns are write paths; a cell says how often the marketplace carried the write out and what Seatboard
/// shows of it. `!` marks a violation, `·` a transition that the path does not have.
pub(crate) fn table(outcomes: &[Outcome]) -> String {
    let mut text = format!("{:<22}", "");
    for path in Path::ALL {
        let _ = write!(text, "{:<14}", path.name());
    }
    for fault in Fault::all() {
        let row: Vec<_> = outcomes.iter().filter(|outcome| outcome.fault == fault).collect();
        if row.is_empty() {
            continue;
        }
        let _ = write!(text, "\n{:<22}", fault.name());
        for path in Path::ALL {
            let cell = row.iter().find(|outcome| outcome.path == path).map_or_else(|| "·".to_owned(), |it| cell(it));
            let _ = write!(text, "{cell:<14}");
        }
    }
    text
}

fn cell(outcome: &Outcome) -> String {
    let verdict = &outcome.verdict;
    let mark = if verdict.violations.is_empty() { "" } else { " !" };
    format!("{}/{}{mark}", verdict.effects, verdict.word)
}
