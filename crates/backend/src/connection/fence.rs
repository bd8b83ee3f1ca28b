use super::sql;
use super::stored::Version;
use crate::Backend;
use crate::budget::Budget;
use crate::health::Breaker;
use async_trait::async_trait;
use marketplace::{CallGate, CallInfo, CallOutcome, Refusal};
use sqlx::PgPool;
use std::time::Duration;

/// The gate of a connection in use: whether the marketplace answers, the budget, and whether the connection still holds. So a call that is made after a
/// change is made with the new connection, or not at all, however long a process takes to notice.
pub(super) struct Fence {
    breaker: Breaker,
    budget: Budget,
    pool: PgPool,
    version: Version,
}

impl Fence {
    /// The gate of the connection with that version.
    pub(super) fn new(backend: &Backend, version: Version) -> Self {
        Self { breaker: Breaker::new(backend), budget: backend.budget(), pool: backend.pool.clone(), version }
    }

    /// What a marketplace just left did says nothing about the one that is in its place.
    async fn still_holds(&self) -> bool {
        sql::version(&self.pool).await.is_ok_and(|version| Version::of(version) == self.version)
    }
}

#[async_trait]
impl CallGate for Fence {
    async fn admit(&self, call: &CallInfo) -> Result<(), Refusal> {
        // First, because a call that is held back must not use up a place.
        self.breaker.admit(call).await?;
        self.budget.admit(call).await?;
        let reason = match sql::version(&self.pool).await {
            Ok(version) if Version::of(version) == self.version => return Ok(()),
            Ok(_) => "the connection to the marketplace was just changed",
            Err(error) => {
                tracing::error!(%error, "it is not known which connection holds, so a call is not made");
                "it is not known which connection holds"
            }
        };
        Err(Refusal { reason: reason.to_owned(), retry_after: Some(Duration::from_secs(2)) })
    }

    async fn observe(&self, call: &CallInfo, outcome: &CallOutcome) {
        self.budget.observe(call, outcome).await;
        if self.breaker.is_news(call, outcome) && self.still_holds().await {
            self.breaker.observe(call, outcome).await;
        }
    }
}
