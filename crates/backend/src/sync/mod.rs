//! Copying the marketplace into Postgres, so that pages never wait for it.
//!
//! [`run`] is a background task of every server process; one of them at a time does the work (`lead`). It reads the
//! lists page by page (`sweep`, `lists`) in their [`Rhythm`] and, between them, the details of what changed
//! (`details`). Its whole state is rows: `sync_progress` and the keys beside each object, so a crash costs at most the
//! page or the detail under way, and nothing is lost while the marketplace is down.
//!
//! Why no job library: of those kept for Postgres, underway and sqlxmq still need the previous sqlx, which would mean
//! a second driver in every build, and apalis-postgres fits. All three are queues: they store what is to be done and
//! repeat it until it succeeds, whereas here what is to be done follows from the copy itself (a list that is old, an
//! object that differs), and the position within a sweep must be stored in the same transaction as its rows. A queue
//! would come on top of these rows and of the lock, and replace neither.

mod collection;
mod details;
mod lead;
mod lists;
mod progress;
mod refresh;
mod resellers;
mod rhythm;
mod run;
mod sql;
mod sweep;
#[cfg(test)]
mod tests;
mod turns;

pub use collection::Collection;
pub use lists::{store_customer, store_customer_of, store_order, store_report, store_reseller, store_subscription};
pub use progress::{CollectionProgress, SyncState, as_of, oldest_as_of, progress, request};
pub(crate) use refresh::{LEFT_TO_READER, order_not_readable, subscription_not_read};
pub use refresh::{refresh_order, refresh_subscription};
pub use rhythm::Rhythm;
pub use run::{catch_up, run};

/// The Postgres channel on which lists are asked for.
const CHANNEL: &str = "seatboard_sync";
