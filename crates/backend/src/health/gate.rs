//! The breaker as the client asks for it.

use super::{Memory, words};
use crate::{Backend, Clock};
use async_trait::async_trait;
use marketplace::{CallGate, CallInfo, CallKind, CallOutcome, Refusal, Verdict};
use sqlx::PgPool;
use std::sync::Arc;
use std::time::Duration;

/// Holds calls back while the marketplace is away, and learns from those that are made.
pub struct Breaker {
    pool: PgPool,
    clock: Arc<dyn Clock>,
    memory: Memory,
}

impl Breaker {
    /// The breaker that all processes on this database share.
    pub fn new(backend: &Backend) -> Self {
        Self { pool: backend.pool.clone(), clock: backend.clock.clone(), memory: backend.health.clone() }
    }

    /// Whether the outcome tells anything that is not written down yet. A token is not what anybody waits for: one that is
    /// given says little. A used-up limit is the gateway's word, not the marketplace's. A probe is settled by whoever made it.
    pub(crate) fn is_news(&self, call: &CallInfo, outcome: &CallOutcome) -> bool {
        let answered = !matches!(outcome.verdict, Verdict::Fault(_));
        let says_little =
            call.kind == CallKind::Token || outcome.limit.is_some() || self.memory.is_quiet(self.clock.now());
        !(call.probe || (answered && says_little))
    }
}

#[async_trait]
impl CallGate for Breaker {
    async fn admit(&self, call: &CallInfo) -> Result<(), Refusal> {
        if call.probe {
            return Ok(());
        }
        let now = self.clock.now();
        match self.memory.read(&self.pool, now).await {
            Ok(record) => match record.away(now) {
                None => Ok(()),
                Some(away) => {
                    let wait = away.next_try.map_or(A_TRY, |at| (at - now).max(time::Duration::SECOND).unsigned_abs());
                    Err(Refusal { reason: words::since(&away), retry_after: Some(wait) })
                }
            },
            Err(error) => {
                tracing::error!(%error, "it is not known whether the marketplace answers, so a call is not made");
                Err(Refusal { reason: "it is not known whether the marketplace answers".to_owned(), retry_after: None })
            }
        }
    }

    async fn observe(&self, call: &CallInfo, outcome: &CallOutcome) {
        if !self.is_news(call, outcome) {
            return;
        }
        let now = self.clock.now();
        let noted = self.memory.change(&self.pool, now, |record| match outcome.verdict {
            Verdict::Fault(fault) => record.failed(call, words::fault(fault, outcome.status), now),
            Verdict::Success | Verdict::Refusal => record.answered(now),
        });
        if let Err(error) = noted.await {
            tracing::error!(%error, "the other processes could not be told whether the marketplace answers");
        }
    }
}

/// How long a try takes, about.
const A_TRY: Duration = Duration::from_secs(3);
