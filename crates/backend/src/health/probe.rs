//! The one call that finds out whether the marketplace is back.

use super::words;
use crate::{Backend, Result};
use marketplace::{CustomerFilter, Error, ErrorKind, Fault};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often a process looks whether it is time.
const PAUSE: Duration = Duration::from_secs(1);

/// How long a try waits for its answer: less than the time another process leaves it.
const PATIENCE: Duration = Duration::from_secs(20);

/// Tries the marketplace whenever that is due, until `shutdown`. Any number of processes may: each try is made by one.
pub async fn run(backend: Backend, shutdown: CancellationToken) {
    let forever = async {
        loop {
            if let Err(error) = probe_if_due(&backend).await {
                tracing::warn!(%error, "it is not known for a moment whether the marketplace answers");
            }
            tokio::time::sleep(PAUSE).await;
        }
    };
    shutdown.run_until_cancelled(forever).await;
}

/// Tries the marketplace if that is due and nobody else does: while calls are held back, and before they are where only one
/// operation fails. Answers whether it did.
pub async fn probe_if_due(backend: &Backend) -> Result<bool> {
    let now = backend.clock.now();
    let due = backend.health.lately(&backend.pool, now).await?.is_probe_due(now);
    let Some(client) = backend.link.client().filter(|_| due) else { return Ok(false) };
    if !backend.health.change(&backend.pool, now, |record| record.begin_probe(now)).await? {
        return Ok(false);
    }
    let client = client.probing();
    let answer = tokio::time::timeout(PATIENCE, client.page(&CustomerFilter::default(), 0, 1)).await;
    let found = match answer {
        Ok(Ok(_)) => Found::Answer,
        Ok(Err(error)) => found(&error),
        Err(_elapsed) => Found::Fault(words::fault(Fault::NoAnswer, None)),
    };
    let now = backend.clock.now();
    let settle = backend.health.change(&backend.pool, now, |record| match found {
        Found::Answer => record.answered(now),
        Found::Fault(why) => record.probe_failed(why, now),
        Found::Nothing => record.put_off(now),
    });
    settle.await?;
    Ok(true)
}

/// What a try found out.
enum Found {
    Answer,
    Fault(String),
    /// It was not let out, or the gateway's patience is used up.
    Nothing,
}

fn found(error: &Error) -> Found {
    match (error.fault(), error.kind()) {
        (Some(fault), _) => Found::Fault(words::fault(fault, error.status())),
        (None, ErrorKind::Refused | ErrorKind::RateLimited | ErrorKind::QuotaExceeded) => Found::Nothing,
        (None, _) => Found::Answer,
    }
}
