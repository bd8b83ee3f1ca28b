//! How the types of orders read.

/// What an order does, in the marketplace's word; never to be confused with its status.
pub(super) fn kind(kind: &str) -> String {
    match kind {
        "unknown" => "other".to_owned(),
        kind => kind.replace('_', " "),
    }
}

/// The types and statuses a list can be narrowed to, as the marketplace names them.
pub(super) const KINDS: [&str; 6] = ["sales", "change", "renewal", "cancellation", "migration", "unknown"];

/// See [`KINDS`].
pub(super) const STATUSES: [&str; 5] = ["submitted", "processing", "completed", "error", "cancelled"];
