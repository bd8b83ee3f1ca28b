//! The worker: takes the intents that are due, one at a time, and does what each one's state asks for.

use super::lookup::{look_up, pause};
use super::progress::{Held, News, move_on, state_of, take_up};
use super::send::{LEASE, send};
use super::sql;
use super::wait_out::wait_out;
use crate::{Backend, Result, sync};
use domain::{IntentState, OrderId};
use futures::future::join_all;
use marketplace::Priority;
use std::time::Duration;
use time::Duration as Span;
use tokio_util::sync::CancellationToken;

/// Works until `shutdown`. Any number of workers may run, in any number of processes: each intent is held by one.
pub async fn run(backend: Backend, shutdown: CancellationToken) {
    // An order that the marketplace takes a minute to answer does not keep the others waiting.
    join_all((0..AT_ONCE).map(|_| work(&backend, &shutdown))).await;
}

/// Workers of one process.
const AT_ONCE: usize = 4;

async fn work(backend: &Backend, shutdown: &CancellationToken) {
    while !shutdown.is_cancelled() {
        let worked = match step(backend).await {
            Ok(worked) => worked,
            Err(error) => {
                tracing::warn!(%error, "an intent could not be worked on");
                false
            }
        };
        if !worked {
            tokio::select! {
                () = shutdown.cancelled() => {}
                () = backend.intents_waiting.notified() => {}
                () = tokio::time::sleep(Duration::from_secs(1)) => {}
            }
        }
    }
}

/// Takes one intent that is due and works on it; answers whether there was one.
pub(super) async fn step(backend: &Backend) -> Result<bool> {
    if !backend.link.is_connected() {
        return Ok(false);
    }
    let now = backend.clock.now();
    // The hold outlasts one look; whoever crashes loses it.
    let Some(intent) = sql::take(&backend.pool, now, now + Span::minutes(1)).await? else { return Ok(false) };
    match intent.state {
        IntentState::Approved if wait_out(backend, &intent).await? => {}
        IntentState::Approved => send(backend, intent).await?,
        IntentState::Sending => match intent.in_flight_since {
            None => send(backend, intent).await?,
            Some(since) if now - since >= LEASE => abandon(backend, &intent).await?,
            // Somebody had it looked at while its call is under way.
            Some(since) => sql::look_again(&backend.pool, intent.id, since + LEASE).await?,
        },
        IntentState::Unknown | IntentState::Absent => look_up(backend, &intent).await?,
        IntentState::Submitted | IntentState::Processing => track(backend, &intent).await?,
        IntentState::Drafted | IntentState::Completed | IntentState::Failed | IntentState::Cancelled => {}
    }
    Ok(true)
}

/// Whoever was sending it is gone.
async fn abandon(backend: &Backend, intent: &Held) -> Result<()> {
    let problem =
        "Seatboard stopped while the order was being sent. It is looking for the order and will not send it again.";
    let news = News { problem: Some(problem.to_owned()), look_again_in: Some(Span::ZERO), ..News::default() };
    move_on(backend, intent, IntentState::Unknown, news).await
}

/// How often to look at an order that waits for a renewal months away.
const UNTIL_RENEWAL: Span = Span::hours(6);

/// Asks how far the order is.
async fn track(backend: &Backend, intent: &Held) -> Result<()> {
    let Some(order_id) = intent.order_id.as_deref() else {
        return Err(crate::Error::Stored(format!("intent {} has no order", intent.id)));
    };
    let order = sync::refresh_order(backend, &OrderId::from(order_id), Priority::People).await?;
    // After an hour the copy tells of it too, and this only makes sure.
    let again = if intent.at_renewal { UNTIL_RENEWAL } else { pause(intent.looks) };
    if intent.state.may_become(state_of(&order)) {
        let news = News { look_again_in: Some(again), ..News::of_order(&order) };
        return take_up(backend, intent, &order, news).await;
    }
    sql::look_again(&backend.pool, intent.id, backend.clock.now() + again).await
}
