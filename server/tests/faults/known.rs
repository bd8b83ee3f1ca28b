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

const KNOWN: &[Known] = &[
    Known {
        path: Path::AutoRenewal,
        kind: Kind::Activity,
        reason: "a change that is no order leaves one row, after its answer",
        faults: &[
            "none",
            "reset-after",
            "reset-before",
            "timeout-after",
            "conflict-500",
            "html-504-before",
            "timeout-before",
            "expired-token",
            "slow-body",
            "html-504-after",
            "truncated-body",
            "marketplace-restart",
            "kill-at-commit-1",
            "kill-before-effect",
            "postgres-restart",
            "kill-after-effect",
        ],
    },
    Known {
        path: Path::Price,
        kind: Kind::Twice,
        reason: "the same form posted again sends the same change again",
        faults: &[
            "none",
            "reset-after",
            "timeout-after",
            "expired-token",
            "slow-body",
            "html-504-after",
            "truncated-body",
            "marketplace-restart",
            "kill-at-commit-1",
            "postgres-restart",
            "kill-after-effect",
        ],
    },
    Known {
        path: Path::Customer,
        kind: Kind::Activity,
        reason: "a change that is no order leaves one row, after its answer",
        faults: &[
            "none",
            "reset-after",
            "reset-before",
            "timeout-after",
            "conflict-500",
            "html-504-before",
            "timeout-before",
            "expired-token",
            "slow-body",
            "html-504-after",
            "truncated-body",
            "marketplace-restart",
            "kill-at-commit-1",
            "kill-before-effect",
            "postgres-restart",
            "kill-after-effect",
        ],
    },
    Known {
        path: Path::Price,
        kind: Kind::Activity,
        reason: "a change that is no order leaves one row, after its answer",
        faults: &[
            "reset-before",
            "conflict-500",
            "html-504-before",
            "timeout-before",
            "kill-at-commit-1",
            "kill-before-effect",
            "postgres-restart",
            "kill-after-effect",
        ],
    },
    Known {
        path: Path::AutoRenewal,
        kind: Kind::Twice,
        reason: "the same form posted again sends the same change again",
        faults: &["kill-at-commit-1", "postgres-restart", "kill-after-effect"],
    },
    Known {
        path: Path::NewCustomer,
        kind: Kind::Between,
        reason: "a form that nobody posts again is not looked for",
        faults: &["kill-before-effect", "kill-at-commit-2", "postgres-restart", "kill-after-effect"],
    },
    Known {
        path: Path::NewCustomer,
        kind: Kind::Activity,
        reason: "a change that is no order leaves one row, after its answer",
        faults: &["kill-before-effect", "kill-at-commit-2", "postgres-restart", "kill-after-effect"],
    },
    Known {
        path: Path::Report,
        kind: Kind::Between,
        reason: "a form that nobody posts again is not looked for",
        faults: &["kill-before-effect", "kill-at-commit-2", "postgres-restart", "kill-after-effect"],
    },
    Known {
        path: Path::Report,
        kind: Kind::Activity,
        reason: "a change that is no order leaves one row, after its answer",
        faults: &["kill-before-effect", "kill-at-commit-2", "postgres-restart", "kill-after-effect"],
    },
    Known {
        path: Path::NewCustomer,
        kind: Kind::Lie,
        reason: "a change that is no order is not read back after a crash",
        faults: &["kill-at-commit-2", "postgres-restart", "kill-after-effect"],
    },
    Known {
        path: Path::Report,
        kind: Kind::Lie,
        reason: "a change that is no order is not read back after a crash",
        faults: &["kill-at-commit-2", "postgres-restart", "kill-after-effect"],
    },
];
