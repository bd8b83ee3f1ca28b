//! The marketplace's answer to an order that it took.

use super::progress::{Held, News, PART, take_up, take_up_by};
use super::send::open_attempt;
use super::sql;
use crate::activity::{self, Actor, Entry};
use crate::{Backend, Result};
use domain::IntentState;
use marketplace::Answered;
use marketplace::models::OrderDetailed;
use time::Duration;

/// The intent goes on as that order, whatever became of the intent meanwhile.
pub(super) async fn answered(backend: &Backend, intent: &Held, answer: Answered<OrderDetailed>) -> Result<()> {
    let Answered { value: order, correlation_id } = answer;
    let news = News { correlation_id, look_again_in: Some(Duration::seconds(2)), ..News::of_order(&order) };
    if take_up_by(backend, Actor::Part(PART), intent, &order, news.clone(), None).await? {
        return Ok(());
    }
    // Taken for abandoned all the same, by a process whose clock is ahead: the answer settles what is being looked for.
    match sql::held(&backend.pool, intent.id).await? {
        Some(intent) if intent.is_looked_for() => take_up(backend, &intent, &order, news).await,
        // A look was quicker.
        Some(intent) if intent.order_id.as_deref() == Some(order.order.id.as_str()) => Ok(()),
        // The database lost what it had stored of the attempt, and would have the order sent once more.
        Some(intent) if intent.state == IntentState::Approved => {
            let Some((intent, _)) = open_attempt(backend, intent).await? else { return Ok(()) };
            take_up(backend, &intent, &order, news).await
        }
        found => {
            let state = found.map(|intent| intent.state.to_string());
            tracing::error!(intent = %intent.id, order = %order.order.id, ?state, "an order was taken that had been given up");
            note_taken(backend, intent, order.order.id.as_str()).await
        }
    }
}

/// So that whoever reads the trail knows that there is an order.
async fn note_taken(backend: &Backend, intent: &Held, order_id: &str) -> Result<()> {
    let entry = Entry {
        customer_id: Some(&intent.customer_id),
        intent_id: Some(intent.id),
        note: Some("The marketplace took it after it had been given up here.".to_owned()),
        ..Entry::new("order.found_late", "order", order_id)
    };
    let mut db = backend.pool.acquire().await?;
    activity::record(&mut db, backend.clock.now(), Actor::Part(PART), entry).await
}
