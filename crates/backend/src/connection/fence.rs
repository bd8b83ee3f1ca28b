use super::sql;
use super::stored::Version;
use crate::Backend;
use crate::budget::Budget;
use async_trait::async_trait;
use marketplace::{CallGate, CallInfo, CallOutcome, Refusal};
use sqlx::PgPool;
use std::time::Duration;

/// The gate of a connection in use: the budget, and whether the connection still holds. So a call that is made after a
/// change is made with the new connection, or not at all, however long a process takes to notice.
pub(super) struct Fence {
    budget: Budget,
    pool: PgPool,
    version: Version,
}

impl Fence {
    /// The gate of the connection with that version.
    pub(super) fn new(backend: &Backend, version: Version) -> Self {
        Self { budget: backend.budget(), pool: backend.pool.clone(), version }
    }
}

#[async_trait]
impl CallGate for Fence {
    async fn admit(&self, call: &CallInfo) -> Result<(), Refusal> {
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
    }
}
