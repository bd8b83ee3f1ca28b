//! Cells that today's product fails, each with the reason. A cell listed here that holds fails the test: then it goes.

use super::fault::Fault;
use super::judge::Kind;
use super::path::Path;

/// What is known to be broken of some cells of one path.
pub(crate) struct Known {
    path: Path,
    pub(crate) kind: Kind,
    pub(crate) reason: &'static str,
    /// The faults, by name.
    faults: &'static [&'static str],
}

/// What is known of a cell to be broken.
pub(crate) fn known(fault: Fault, path: Path) -> Vec<&'static Known> {
    let name = fault.name();
    KNOWN.iter().filter(|entry| entry.path == path && entry.faults.contains(&name.as_str())).collect()
}

const KNOWN: &[Known] = &[];
