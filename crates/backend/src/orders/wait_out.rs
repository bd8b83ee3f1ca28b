//! Orders that wait while the marketplace is away.

use super::progress::Held;
use super::sql;
use crate::activity::{self, Actor, Entry};
use crate::{Backend, Result, health};
use domain::IntentState;
use time::Duration;

/// Leaves an order that is to be sent where it is while the marketplace is away, and says why; answers whether it did.
/// It is not marked as being sent only to be taken back: that would fill its history for as long as the outage lasts.
pub(super) async fn wait_out(backend: &Backend, intent: &Held) -> Result<bool> {
    let Some(away) = health::standing(backend).await? else { return Ok(false) };
    let now = backend.clock.now();
    let again = away.next_try.unwrap_or(now).max(now) + AFTER_A_TRY;
    let problem = format!("Waiting to be sent: {}.", health::since(&away));
    let mut db = backend.pool.begin().await?;
    if sql::wait_out(&mut db, intent.id, &problem, again).await? == Some(true) {
        let entry = Entry {
            customer_id: Some(&intent.customer_id),
            intent_id: Some(intent.id),
            before: Some(IntentState::Approved.as_str().into()),
            after: Some(IntentState::Approved.as_str().into()),
            note: Some(problem),
            ..Entry::new("order.postponed", "order", intent.order_id.as_deref().unwrap_or(""))
        };
        activity::record(&mut db, now, Actor::Part("order tracking"), entry).await?;
    }
    db.commit().await?;
    Ok(true)
}

/// How long after a try of the marketplace its outcome is known, as a rule.
const AFTER_A_TRY: Duration = Duration::seconds(2);
