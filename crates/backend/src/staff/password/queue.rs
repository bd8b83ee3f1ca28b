//! Who may hash now, who waits, and who is told at once that too many wait already.

use super::unusable;
use crate::{Error, Result};
use std::sync::{Arc, LazyLock};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many passwords are hashed at the same time: 46 MiB each.
const AT_ONCE: usize = 4;

/// How many more may wait for that: about a second on a small machine.
const WAITING: usize = 32;

static QUEUE: LazyLock<Queue> = LazyLock::new(|| Queue::new(AT_ONCE, WAITING));

/// A place to hash one password in. It belongs to the work, not to the request: a browser that hangs up does not free it
/// early.
#[derive(Debug)]
pub(in crate::staff) struct Place {
    _permit: OwnedSemaphorePermit,
}

/// Waits until a place is free; fails with [`Error::Busy`] where too many wait, so that a flood of sign-ins takes neither all
/// the memory nor anybody's patience.
pub(in crate::staff) async fn place() -> Result<Place> {
    QUEUE.place().await
}

impl Place {
    /// Runs the work on a thread that may block.
    pub(super) async fn run<T: Send + 'static>(self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let done = tokio::task::spawn_blocking(move || {
            let _place = self;
            work()
        });
        done.await.map_err(unusable)?
    }
}

pub(super) struct Queue {
    places: Arc<Semaphore>,
    line: Arc<Semaphore>,
}

impl Queue {
    pub(super) fn new(at_once: usize, waiting: usize) -> Self {
        Self { places: Arc::new(Semaphore::new(at_once)), line: Arc::new(Semaphore::new(waiting)) }
    }

    pub(super) async fn place(&self) -> Result<Place> {
        if let Ok(free) = self.places.clone().try_acquire_owned() {
            return Ok(Place { _permit: free });
        }
        let _waiting = self.line.try_acquire().map_err(|_| Error::Busy)?;
        Ok(Place { _permit: self.places.clone().acquire_owned().await.map_err(unusable)? })
    }
}
