//! Calls to the marketplace by hand. What only asks is sent at once; what may change something is kept as a draft, shown
//! once more, and sent when it is confirmed. Every call leaves an activity row and, for 30 days, a row of its history.

mod draft;
mod history;
mod sealed;
mod send;
mod settled;
mod sql;
#[cfg(test)]
mod tests;
mod touched;
mod typed;

pub use draft::{Stage, ask, draft, send};
pub use history::{Answer, Call, Outcome, Summary, get, history};
pub use typed::{LARGEST_BODY, Typed};

use crate::{Backend, Result};
use marketplace::{Method, RawCall};
use typed::Target;

/// Deletes calls that are older than the history, and drafts that nobody confirmed.
pub async fn prune(backend: &Backend) -> Result<()> {
    sql::prune(&mut *backend.pool.acquire().await?, backend.clock.now()).await
}

/// Where a call of this path, with its query, goes; `None` where no marketplace is connected or the path is none.
pub fn address(backend: &Backend, path: &str) -> Option<String> {
    let Target { path, query } = Target::read(path).ok()?;
    backend.link.client()?.address_of(&RawCall { method: Method::GET, path, query, body: None })
}
