//! Storing what must not be lost because the database is away for a moment.

use crate::{Error, Result};
use std::time::Duration;

/// Between one attempt and the next.
const PAUSES: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(2)];

/// Tries to store `what` until the database takes it, three times at most; other errors are told at once. Whoever calls this
/// stores in one transaction, so that nothing is stored twice.
pub(crate) async fn store<T, F>(what: &'static str, attempt: impl Fn() -> F) -> Result<T>
where
    F: Future<Output = Result<T>>,
{
    for pause in PAUSES {
        match attempt().await {
            Err(Error::Database(error)) => {
                tracing::warn!(%error, what, "could not be stored at once");
                tokio::time::sleep(pause).await;
            }
            stored => return stored,
        }
    }
    attempt().await
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

    async fn attempts(fails: usize, error: fn() -> Error) -> (bool, usize) {
        let made = AtomicUsize::new(0);
        let stored = store("a test", || {
            let fails = made.fetch_add(1, SeqCst) < fails;
            async move { if fails { Err(error()) } else { Ok(()) } }
        });
        let stored = stored.await.is_ok();
        (stored, made.into_inner())
    }

    #[tokio::test(start_paused = true)]
    async fn a_database_that_is_away_for_a_moment_is_waited_for() {
        let away = || Error::Database(sqlx::Error::PoolClosed);
        assert_eq!(attempts(2, away).await, (true, 3));
        assert_eq!(attempts(3, away).await, (false, 3));
    }

    #[tokio::test(start_paused = true)]
    async fn what_the_database_did_not_do_wrong_is_told_at_once() {
        assert_eq!(attempts(1, || Error::NotConnected).await, (false, 1));
    }
}
