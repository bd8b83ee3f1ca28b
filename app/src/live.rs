//! Parts of a page that are looked for again when something changes: `data-live` on an element with an id names what
//! about (`public/refresh.js`).

use time::OffsetDateTime;
use uuid::Uuid;

/// Any order placed here.
pub(crate) const ORDERS: &str = "orders:all";

/// One order placed here.
pub(crate) fn intent(id: Uuid) -> String {
    format!("intent:{id}")
}

/// The orders of a subscription, and who is at it.
pub(crate) fn subscription(id: &str) -> String {
    format!("subscription:{id}")
}

/// A report.
pub(crate) fn report(id: &str) -> String {
    format!("report:{id}")
}

/// The moment in milliseconds, as pages and the stream of events tell each other.
pub fn milliseconds(at: OffsetDateTime) -> String {
    (at.unix_timestamp_nanos() / 1_000_000).to_string()
}
