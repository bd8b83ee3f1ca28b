//! Putting the connection that holds into use, in every process.

use super::fence::Fence;
use super::stored::{Held, Version};
use super::{copy, sql};
use crate::{Backend, Result};
use marketplace::{Client, Options};
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often a process looks whether another one changed the connection. A look is one query for one number; being
/// notified would hold a database connection per process, and would need the same look after every reconnection. Nothing
/// depends on noticing sooner: no call leaves with a connection that no longer holds.
const PAUSE: Duration = Duration::from_secs(2);

/// Puts the connection that holds into use, when the server starts.
pub async fn open(backend: &Backend) -> Result<()> {
    take_up(backend).await?;
    if backend.link.version().is_none() {
        tracing::error!(
            "the environment names another marketplace than the copy was read from, so nothing is asked of it; \
             see Settings, Connection"
        );
    }
    Ok(())
}

/// Exchanges the client in use whenever another process has changed the connection, until `stop`.
pub async fn watch(backend: Backend, stop: CancellationToken) {
    let forever = async {
        loop {
            if let Err(error) = take_up(&backend).await {
                tracing::warn!(%error, "it is not known for a moment which connection holds");
            }
            tokio::time::sleep(PAUSE).await;
        }
    };
    stop.run_until_cancelled(forever).await;
}

/// Exchanges the client in use if it is of another connection than the one that holds. One of the environment that leads to
/// another marketplace than the copy is of is not used until somebody agrees to forget the copy: orders and customers of
/// two marketplaces would be mixed.
pub(super) async fn take_up(backend: &Backend) -> Result<()> {
    let (version, of) = sql::in_force(&backend.pool).await?;
    let environment = || backend.connecting.environment.as_ref().map(|it| Held::environment(it).place());
    let is_foreign = || of.zip(environment()).is_some_and(|(of, environment)| !of.is(&environment));
    if backend.link.version() == Some(version) && !(version == Version::Environment && is_foreign()) {
        return Ok(());
    }
    let held = Held::read(backend).await?;
    let version = held.as_ref().map_or(Version::Environment, |held| held.version);
    if version == Version::Environment
        && let Some(held) = &held
        && !copy::claim(backend, &held.place()).await?
    {
        backend.link.replace(None);
        return Ok(());
    }
    let client = held.and_then(|held| client(backend, held));
    tracing::info!(?version, connected = client.is_some(), "a connection to the marketplace is taken up");
    backend.health.forget();
    backend.link.take_up(client, version);
    Ok(())
}

/// A client whose every call, in every process, comes out of the one budget.
fn client(backend: &Backend, held: Held) -> Option<Client> {
    let gate = Arc::new(Fence::new(backend, held.version, held.place()));
    let connection = held.connection.map_err(|error| error.to_string());
    let options = Options { timeouts: backend.connecting.timeouts, ..Options::default() };
    let client = connection.and_then(|it| Client::new(it, options).map_err(|error| error.to_string()));
    client
        .inspect_err(|reason| tracing::error!(%reason, "the connection to the marketplace cannot be used"))
        .ok()
        .map(|client| client.with_gate(gate))
}
