//! Matching customers to the reseller's own world: who looks after them, which is kept here, and their number in the
//! reseller's own system, which is kept at the marketplace. One by one, or in bulk from a CSV.
//!
//! A CSV is checked first, which changes nothing (`csv`, `verdict`); what it comes to is kept as a batch. Applying it
//! assigns the account managers at once. Each external id needs a call of its own, which a worker makes in the order of
//! the lines.

mod apply;
mod batch;
mod check;
mod clashes;
mod csv;
mod export;
mod facts;
mod managers;
mod outcome;
mod sql;
#[cfg(test)]
mod tests;
mod verdict;
mod worker;

pub use apply::apply;
pub use batch::{Batch, BatchRow, RecentBatch, RowState, get, recent};
pub use check::check;
pub use csv::{MAX_BYTES, MAX_ROWS};
pub use export::{CsvFile, export, failed};
pub use managers::{Manager, manages_any, of_customer, people, set_managers};
pub use verdict::MAX_EXTERNAL_ID_CHARS;
pub use worker::run;
