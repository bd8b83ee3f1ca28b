//! Lines and charges of an order that nobody has looked at yet: read when somebody does.

use super::{Order, get, sql};
use crate::{Backend, Result, sync};
use marketplace::Priority;
use tracing::Instrument;

/// How far the reading of an order's lines and charges is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contents {
    /// They are in the copy.
    Read,
    /// They are being read now.
    BeingRead,
    /// The last attempt to read them failed.
    NotReadable,
    /// Nobody asked for them, or whoever read them has stopped.
    NotAskedFor,
}

/// One order of the copy, for somebody who opens it. Where its lines and charges are not there they are read from the
/// marketplace (`GET /orders/{id}`), unless any process is reading them or could not do so a moment ago. Returns at
/// once: a page does not wait for the marketplace. Who stops the process waits for what is being read.
pub async fn look_at(backend: &Backend, id: &str) -> Result<Order> {
    let order = get(backend, id).await?;
    if order.contents == Contents::Read || !backend.link.is_connected() {
        return Ok(order);
    }
    if !sql::want_contents(&backend.pool, id, backend.clock.now()).await? {
        return Ok(order);
    }
    backend.outliving.spawn(read(backend.clone(), id.to_owned()).in_current_span());
    Ok(Order { contents: Contents::BeingRead, ..order })
}

async fn read(backend: Backend, id: String) {
    let read = sync::refresh_order(&backend, &id.as_str().into(), Priority::People).await;
    let Err(error) = read else { return };
    tracing::warn!(%error, order = id, "the contents of an order could not be read");
    if let Err(error) = sync::order_not_readable(&backend, &id).await {
        tracing::error!(%error, order = id, "nor could that be noted");
    }
}
