use marketplace::Client;
use std::sync::Arc;
use tokio::sync::watch;

/// The client that is in use, which can be exchanged while the server runs. Clones share it.
#[derive(Clone)]
pub struct Link(Arc<watch::Sender<Option<Client>>>);

impl Default for Link {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(None)))
    }
}

impl Link {
    /// The client in use; `None` while no connection is configured.
    pub fn client(&self) -> Option<Client> {
        self.0.borrow().clone()
    }

    /// Whether a connection is configured.
    pub fn is_connected(&self) -> bool {
        self.0.borrow().is_some()
    }

    /// Puts another client into use. Calls under way end with the one they began with.
    pub fn replace(&self, client: Option<Client>) {
        self.0.send_replace(client);
    }

    /// Waits until a connection is configured.
    pub async fn connected(&self) {
        let mut changes = self.0.subscribe();
        // The sender lives as long as `self`, so waiting cannot fail.
        let _connected = changes.wait_for(Option::is_some).await;
    }
}
