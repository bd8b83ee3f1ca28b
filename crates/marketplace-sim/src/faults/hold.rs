//! Calls that stand still until somebody lets them go on, so that something else can break exactly then.

use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// The calls that stand still.
#[derive(Debug, Default)]
pub(crate) struct Holds {
    releases: watch::Sender<u64>,
    held: Mutex<Vec<&'static str>>,
}

impl Holds {
    /// Stands still until the next release. A caller who hangs up ends it too.
    pub(super) async fn hold(&self, operation: &'static str) {
        let mut releases = self.releases.subscribe();
        let _standing = self.stand(operation);
        // The sender lives as long as `self`, so waiting cannot fail.
        let _released = releases.changed().await;
    }

    /// Lets every call that stands still go on.
    pub(crate) fn release(&self) {
        self.releases.send_modify(|releases| *releases += 1);
    }

    /// The operations of the calls that stand still, the first one first.
    pub(crate) fn held(&self) -> Vec<&'static str> {
        self.all().clone()
    }

    fn stand(&self, operation: &'static str) -> Standing<'_> {
        self.all().push(operation);
        Standing { holds: self, operation }
    }

    fn all(&self) -> MutexGuard<'_, Vec<&'static str>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One call that stands still.
struct Standing<'a> {
    holds: &'a Holds,
    operation: &'static str,
}

impl Drop for Standing<'_> {
    fn drop(&mut self) {
        let mut all = self.holds.all();
        if let Some(position) = all.iter().position(|operation| *operation == self.operation) {
            all.remove(position);
        }
    }
}
