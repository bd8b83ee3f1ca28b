//! What was seen while an order was looked for.

use super::sql;
use crate::{Backend, Error, Result};
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// One look for an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// When it began.
    pub at: OffsetDateTime,
    /// Why it was not complete; such a look is no evidence of absence.
    pub problem: Option<String>,
    /// How many orders of the customer were compared.
    pub compared: i32,
    /// The nearest of them, the likeliest first.
    pub candidates: Vec<Candidate>,
}

/// An order at the marketplace that might be the one looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Its identifier.
    pub order_id: String,
    /// Its number.
    pub order_number: Option<String>,
    /// Its status, as the marketplace names it.
    pub status: Option<String>,
    /// When it was created.
    #[serde(with = "time::serde::rfc3339::option")]
    pub created_at: Option<OffsetDateTime>,
    /// Nothing speaks against it.
    pub fits: bool,
    /// It belongs to another order placed here.
    pub claimed: bool,
    /// What speaks against it or leaves a doubt, each as a sentence.
    pub reasons: Vec<String>,
}

/// What is known of an order whose outcome is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// How often it was looked for since it was sent.
    pub looks: i64,
    /// How many of those looks saw every order there could be.
    pub complete: i64,
    /// The last of those.
    pub last_complete: Option<Look>,
    /// The last look at all.
    pub last: Option<Look>,
    /// Whether a person can say that it is not there: somebody looked after it had had the time to appear.
    pub can_be_absent: bool,
}

/// How long an order may take to appear before anybody may say that it is not there. Counted between two looks that saw
/// everything: a call that ran into its time-out has used up more than this by itself.
pub(super) const TO_APPEAR: Duration = Duration::minutes(2);

/// How long the looks for an order are kept once it ended.
const KEPT: Duration = Duration::days(90);

/// Forgets the evidence of orders that ended long ago.
pub(crate) async fn forget_old_looks(backend: &Backend) -> Result<()> {
    sql::looks::delete_old(&backend.pool, backend.clock.now() - KEPT).await.map(drop)
}

/// The evidence of the intent.
pub async fn evidence(backend: &Backend, intent_id: Uuid) -> Result<Evidence> {
    let intent = sql::held(&backend.pool, intent_id).await?.ok_or(Error::NotFound("order"))?;
    let sent_at = intent.sent_at.unwrap_or(intent.estimated_at);
    let count = sql::looks::count(&backend.pool, intent_id, sent_at).await?;
    let (last, last_complete) = tokio::try_join!(
        sql::looks::last(&backend.pool, intent_id, false),
        sql::looks::last(&backend.pool, intent_id, true),
    )?;
    Ok(Evidence {
        looks: count.all,
        complete: count.complete,
        last_complete,
        last,
        can_be_absent: count
            .first_complete_at
            .zip(count.last_complete_at)
            .is_some_and(|(first, last)| last - first >= TO_APPEAR),
    })
}
