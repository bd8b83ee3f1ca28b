//! Orders placed in the stead of one that was taken for lost, and turned up.

use super::sql::again::living_relative;
use crate::{Backend, Error, Result};
use uuid::Uuid;

/// What is said of an order that is no longer to be sent.
pub(super) const TURNED_UP: &str = "The order in whose stead this one was placed has turned up at the marketplace.";

/// Whether the order in whose stead the intent was placed, or another one placed in its stead, is carried out or may be.
pub(super) async fn is_superseded(backend: &Backend, intent_id: Uuid) -> Result<bool> {
    Ok(living_relative(&mut *backend.pool.acquire().await?, intent_id).await?.is_some())
}

/// Fails where the intent is superseded: nobody should let it go.
pub(crate) async fn ensure_not_superseded(backend: &Backend, intent_id: Uuid) -> Result<()> {
    if is_superseded(backend, intent_id).await? {
        return Err(Error::Conflict(format!("{TURNED_UP} Reject this one, or there will be two.")));
    }
    Ok(())
}
