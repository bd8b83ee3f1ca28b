//! Lines and charges of an order that nobody has looked at yet: read when somebody does.

use super::sql;
use crate::{Backend, Result, sync};
use marketplace::Priority;

/// How far the reading of an order's lines and charges is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contents {
    /// They are in the copy.
    Read,
    /// They are being read now.
    BeingRead,
    /// The last attempt to read them failed.
    NotReadable,
    /// Nobody asked for them.
    NotAskedFor,
}

/// Has the order's lines and charges read from the marketplace (`GET /orders/{id}`), unless they are there, are being
/// read by any process, or could not be read a moment ago. Returns at once: a page does not wait for the marketplace.
pub async fn ask_for_contents(backend: &Backend, id: &str) -> Result<()> {
    if !sql::want_contents(&backend.pool, id, backend.clock.now()).await? {
        return Ok(());
    }
    let (backend, id) = (backend.clone(), id.to_owned());
    tokio::spawn(async move {
        if let Err(error) = sync::refresh_order(&backend, &id.as_str().into(), Priority::People).await {
            tracing::warn!(%error, order = id, "the contents of an order could not be read");
            let failed = sql::contents_failed(&backend.pool, &id, backend.clock.now()).await;
            if let Err(error) = failed {
                tracing::error!(%error, order = id, "nor could that be noted");
            }
        }
    });
    Ok(())
}
