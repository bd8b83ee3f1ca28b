//! Whether an attempt is still ours when its call is about to leave.

use super::sql::sending::is_open;
use async_trait::async_trait;
use marketplace::{CallGate, CallInfo, CallKind, CallOutcome, Refusal};
use sqlx::PgPool;
use std::sync::Arc;
use time::OffsetDateTime;
use uuid::Uuid;

/// The gate of the call that sends an order. The waits before the call can take longer than they should: a machine may stand
/// still, whatever its clocks say afterwards. By then others may have looked for the order, found none, and placed it again.
/// So the database is asked once more, after all the waiting.
pub(super) struct LastLook {
    pub(super) gate: Arc<dyn CallGate>,
    pub(super) pool: PgPool,
    pub(super) intent: Uuid,
    /// When the attempt was opened.
    pub(super) opened_at: OffsetDateTime,
}

#[async_trait]
impl CallGate for LastLook {
    async fn admit(&self, call: &CallInfo) -> Result<(), Refusal> {
        self.gate.admit(call).await?;
        if call.kind != CallKind::Write {
            return Ok(());
        }
        let refused = |reason: &str| Err(Refusal { reason: reason.to_owned(), retry_after: None });
        match is_open(&self.pool, self.intent, self.opened_at).await {
            Ok(true) => Ok(()),
            Ok(false) => refused("somebody else took the order over while it waited to be sent"),
            Err(error) => {
                tracing::error!(%error, intent = %self.intent, "it is not known whether an order is still to be sent");
                refused("it is not known for a moment whether the order is still to be sent")
            }
        }
    }

    async fn observe(&self, call: &CallInfo, outcome: &CallOutcome) {
        self.gate.observe(call, outcome).await;
    }
}
