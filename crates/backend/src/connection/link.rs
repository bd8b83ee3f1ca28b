use super::stored::Version;
use marketplace::Client;
use std::sync::Arc;
use tokio::sync::watch;

/// The client that is in use, which can be exchanged while the server runs. Clones share it.
#[derive(Clone)]
pub struct Link(Arc<watch::Sender<InUse>>);

/// What is in use.
#[derive(Default)]
struct InUse {
    client: Option<Client>,
    /// Of which connection it is, once that was looked up.
    version: Option<Version>,
}

impl Default for Link {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(InUse::default())))
    }
}

impl Link {
    /// The client in use; `None` while no connection is configured.
    pub fn client(&self) -> Option<Client> {
        self.0.borrow().client.clone()
    }

    /// Whether a connection is configured.
    pub fn is_connected(&self) -> bool {
        self.0.borrow().client.is_some()
    }

    /// Puts another client into use. Calls under way end with the one they began with.
    pub fn replace(&self, client: Option<Client>) {
        self.0.send_replace(InUse { client, version: None });
    }

    /// Waits until a connection is configured.
    pub async fn connected(&self) {
        let mut changes = self.0.subscribe();
        // The sender lives as long as `self`, so waiting cannot fail.
        let _connected = changes.wait_for(|in_use| in_use.client.is_some()).await;
    }

    /// Sees from now on whether the client is exchanged.
    pub(crate) fn exchanges(&self) -> Exchanges {
        Exchanges(self.0.subscribe())
    }

    /// The connection that the client in use is of, once it was looked up.
    pub(super) fn version(&self) -> Option<Version> {
        self.0.borrow().version
    }

    /// As [`Link::replace`], of a connection that was looked up.
    pub(super) fn take_up(&self, client: Option<Client>, version: Version) {
        self.0.send_replace(InUse { client, version: Some(version) });
    }
}

/// Sees that the client in use was exchanged.
pub(crate) struct Exchanges(watch::Receiver<InUse>);

impl Exchanges {
    /// Whether there was an exchange since the last time this was asked.
    pub(crate) fn happened(&mut self) -> bool {
        let happened = self.0.has_changed().unwrap_or(false);
        self.0.mark_unchanged();
        happened
    }

    /// Waits for an exchange that [`Exchanges::happened`] has not told of.
    pub(crate) async fn next(&self) {
        let mut changes = self.0.clone();
        if changes.changed().await.is_err() {
            // Whoever could exchange it is gone.
            std::future::pending::<()>().await;
        }
    }
}
