//! The worker: takes the intents that are due, one at a time, and does what each one's state asks for.

use super::hidden;
use super::lookup::{look_up, pause};
use super::progress::{Held, News, move_on, state_of, take_up};
use super::send::{LEASE, is_too_old, send};
use super::sql;
use super::wait_out::wait_out;
use crate::{Backend, Result, sync};
use domain::{IntentState, OrderId};
use marketplace::Priority;
use std::sync::Arc;
use std::time::Duration;
use time::Duration as Span;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// Works until `shutdown`, and to the end of what was begun. Any number of processes may: each intent is held by one.
pub async fn run(backend: Backend, shutdown: CancellationToken) {
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let mut under_way = JoinSet::new();
    while let Some(Ok(place)) = shutdown.run_until_cancelled(places.clone().acquire_owned()).await {
        while under_way.try_join_next().is_some() {}
        match take(&backend).await {
            Ok(Some(intent)) => {
                let backend = backend.clone();
                under_way.spawn(async move {
                    let _place = place;
                    if let Err(error) = work(&backend, intent).await {
                        tracing::warn!(%error, "an intent could not be worked on");
                    }
                });
                continue;
            }
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "it is not known for a moment which intents are due"),
        }
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = backend.intents_waiting.notified() => {}
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
    while under_way.join_next().await.is_some() {}
}

/// Intents that one process works on at the same time: an order that the marketplace takes a minute to answer does not keep
/// the others waiting.
const AT_ONCE: usize = 16;

/// Looking for due rows is one short query.
const PAUSE: Duration = Duration::from_secs(1);

/// Takes one intent that is due and works on it; answers whether there was one.
#[cfg(test)]
pub(super) async fn step(backend: &Backend) -> Result<bool> {
    let Some(intent) = take(backend).await? else { return Ok(false) };
    work(backend, intent).await?;
    Ok(true)
}

/// Longer than what is done to an intent takes, as a rule; whoever crashes loses it. One that is taken twice all the same
/// costs calls, nothing else.
const HOLD: Span = Span::minutes(2);

async fn take(backend: &Backend) -> Result<Option<Held>> {
    if !backend.link.is_connected() {
        return Ok(None);
    }
    let now = backend.clock.now();
    sql::take(&backend.pool, now, now + HOLD).await
}

async fn work(backend: &Backend, intent: Held) -> Result<()> {
    match intent.state {
        IntentState::Approved if !is_too_old(backend, &intent) && wait_out(backend, &intent).await? => Ok(()),
        IntentState::Approved => send(backend, intent).await,
        IntentState::Sending => match intent.in_flight_since {
            None => send(backend, intent).await,
            Some(since) if backend.clock.now() - since >= LEASE => abandon(backend, &intent).await,
            // Somebody had it looked at while its call is under way.
            Some(since) => sql::look_again(&backend.pool, intent.id, since + LEASE).await,
        },
        IntentState::Unknown | IntentState::Absent => look_up(backend, &intent).await,
        IntentState::Submitted | IntentState::Processing => track(backend, &intent).await,
        IntentState::Drafted | IntentState::Completed | IntentState::Failed | IntentState::Cancelled => Ok(()),
    }
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
    let order = match sync::refresh_order(backend, &OrderId::from(order_id), Priority::People).await {
        Err(error) if error.is_hidden() => return hidden::order(backend, intent, pause(intent.looks)).await,
        order => order?,
    };
    // After an hour the copy tells of it too, and this only makes sure.
    let waits_for_renewal = intent.at_renewal && state_of(&order) == IntentState::Processing;
    let again = if waits_for_renewal { UNTIL_RENEWAL } else { pause(intent.looks) };
    if intent.state.may_become(state_of(&order)) {
        let news = News { look_again_in: Some(again), ..News::of_order(&order) };
        return match take_up(backend, intent, &order, news).await {
            Err(error) if error.is_hidden() => hidden::subscription(backend, intent).await,
            taken_up => taken_up,
        };
    }
    sql::follow(&backend.pool, intent.id, backend.clock.now() + again, None).await
}
