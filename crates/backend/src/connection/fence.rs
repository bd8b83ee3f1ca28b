use super::copy::Place;
use super::sql;
use super::stored::Version;
use crate::Backend;
use crate::budget::Budget;
use crate::health::Breaker;
use async_trait::async_trait;
use marketplace::{CallGate, CallInfo, CallOutcome, Refusal};
use sqlx::PgPool;
use std::time::Duration;

/// The gate of a connection in use: whether the marketplace answers, the budget, and whether the connection still holds. So
/// a call that is made after a change is made with the new connection, or not at all, however long a process takes to notice.
pub(super) struct Fence {
    breaker: Breaker,
    budget: Budget,
    pool: PgPool,
    version: Version,
    place: Place,
}

impl Fence {
    /// The gate of that connection, which leads to `place`.
    pub(super) fn new(backend: &Backend, version: Version, place: Place) -> Self {
        Self { breaker: Breaker::new(backend), budget: backend.budget(), pool: backend.pool.clone(), version, place }
    }

    /// What a marketplace just left did says nothing about the one that is in its place.
    async fn still_holds(&self) -> bool {
        sql::in_force(&self.pool).await.is_ok_and(|in_force| self.is(&in_force))
    }

    /// Two processes may have different environments: the copy is of one of them.
    fn is(&self, (version, of): &(Version, Option<Place>)) -> bool {
        *version == self.version && of.as_ref().is_none_or(|of| of.is(&self.place))
    }
}

#[async_trait]
impl CallGate for Fence {
    async fn admit(&self, call: &CallInfo) -> Result<(), Refusal> {
        // First, because a call that is held back must not use up a place.
        self.breaker.admit(call).await?;
        self.budget.admit(call).await?;
        let reason = match sql::in_force(&self.pool).await {
            Ok(in_force) if self.is(&in_force) => return Ok(()),
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
