//! Sends an intent: once, or again where the call before was certainly turned away.

use super::answered::answered;
use super::approval::overtaken;
use super::conflict;
use super::last_look::LastLook;
use super::progress::{Held, NO_ANSWER, News, PART, ProblemKind, move_on};
use super::sql::sending::{self, TurnedAway};
use super::superseded::{TURNED_UP, is_superseded};
use crate::activity::{self, Actor, Entry};
use crate::{Backend, Result, patience, sync};
use domain::{IntentState, SubscriptionId};
use marketplace::models::OrderRequest;
use marketplace::{Error as MarketplaceError, ErrorKind, Priority, WriteOutcome};
use std::sync::Arc;
use time::{Duration, OffsetDateTime};

/// Sends the intent and notes what came of it. Before the call an attempt is opened and committed: after a crash nobody can
/// know whether the call arrived, so an attempt that was left open is never followed by another.
pub(super) async fn send(backend: &Backend, intent: Held) -> Result<()> {
    if is_too_old(backend, &intent) {
        return too_late(backend, &intent).await;
    }
    let request: OrderRequest = serde_json::from_value(intent.body.clone())?;
    if !intent.consent.covers(&request)? {
        let problem = "The order was changed after it was approved. It was not sent. Place it again.";
        let news = News { problem: Some(problem.to_owned()), ..News::default() };
        return move_on(backend, &intent, IntentState::Failed, news).await;
    }
    let marketplace = backend.marketplace()?;
    if is_superseded(backend, intent.id).await? {
        return not_needed(backend, &intent).await;
    }
    if let Some(why) = overtaken_meanwhile(backend, &intent, &request).await? {
        let problem = format!("{why} So it was not sent. Look at it, and place it again if it is still wanted.");
        let news = News { problem: Some(problem), ..News::default() };
        return move_on(backend, &intent, IntentState::Failed, news).await;
    }
    let Some((intent, opened_at)) = open_attempt(backend, intent).await? else { return Ok(()) };
    let (pool, id) = (backend.pool.clone(), intent.id);
    let marketplace = marketplace.with_gate_around(|gate| Arc::new(LastLook { gate, pool, intent: id, opened_at }));
    match tokio::time::timeout(PATIENCE.unsigned_abs(), marketplace.create_order(&request)).await {
        Ok(Ok(answer)) => {
            patience::store("an order that was taken", || answered(backend, &intent, answer.clone())).await
        }
        Ok(Err(error)) => {
            patience::store("an order that was not taken", || note_failure(backend, &intent, opened_at, &error)).await
        }
        Err(_elapsed) => no_answer(backend, &intent, News::default()).await,
    }
}

/// Whoever finds an attempt still open after this, finds it abandoned.
pub(super) const LEASE: Duration = Duration::minutes(5);

/// How long one attempt may take, all its waiting included: nobody takes it for abandoned before that.
const PATIENCE: Duration = Duration::seconds(LEASE.whole_seconds() - 30);

/// Whether its price is no longer what the person agreed to.
pub(super) fn is_too_old(backend: &Backend, intent: &Held) -> bool {
    backend.clock.now() - intent.estimated_at > PRICE_HOLDS
}

const PRICE_HOLDS: Duration = Duration::hours(24);

/// An order that waited says a number of seats of a while ago: what was changed elsewhere meanwhile would be undone. Why it
/// is not sent; `None` where it can be. The copy is asked, and the marketplace first where it answers.
async fn overtaken_meanwhile(backend: &Backend, intent: &Held, request: &OrderRequest) -> Result<Option<String>> {
    let subscription = intent.subscription_id.as_deref().map(SubscriptionId::from);
    let Some(subscription) = subscription.filter(|_| backend.clock.now() - intent.estimated_at > SEATS_HOLD) else {
        return Ok(None);
    };
    if let Err(error) = sync::refresh_subscription(backend, &subscription, Priority::People).await {
        tracing::warn!(%error, %subscription, "the seats could not be read once more before an order that waited is sent");
    }
    overtaken(backend, request, &intent.lines).await
}

/// For how long the seats that an order starts from are taken for granted.
const SEATS_HOLD: Duration = Duration::minutes(10);

/// `None` where somebody else was quicker: sent it, or gave it up.
pub(super) async fn open_attempt(backend: &Backend, intent: Held) -> Result<Option<(Held, OffsetDateTime)>> {
    let now = backend.clock.now();
    let mut transaction = backend.pool.begin().await?;
    if !sending::open_attempt(&mut transaction, &intent, now, now + LEASE).await? {
        return Ok(None);
    }
    // One that our own budget held back is no second attempt, and says nothing new.
    if intent.state == IntentState::Approved || intent.attempts > 0 {
        let entry = Entry {
            customer_id: Some(&intent.customer_id),
            intent_id: Some(intent.id),
            before: Some(intent.state.as_str().into()),
            after: Some(IntentState::Sending.as_str().into()),
            note: (intent.attempts > 0).then(|| format!("Attempt {}.", intent.attempts + 1)),
            ..Entry::new("order.sending", "order", "")
        };
        activity::record(&mut transaction, now, Actor::Part(PART), entry).await?;
    }
    transaction.commit().await?;
    let (state, attempts) = (IntentState::Sending, intent.attempts + 1);
    Ok(Some((Held { state, attempts, in_flight_since: Some(now), sent_at: Some(now), ..intent }, now)))
}

async fn no_answer(backend: &Backend, intent: &Held, news: News) -> Result<()> {
    let news = News { problem: Some(NO_ANSWER.to_owned()), look_again_in: Some(Duration::seconds(2)), ..news };
    move_on(backend, intent, IntentState::Unknown, news).await
}

async fn note_failure(
    backend: &Backend,
    intent: &Held,
    opened_at: OffsetDateTime,
    error: &MarketplaceError,
) -> Result<()> {
    let news = News { correlation_id: error.correlation_id().map(ToOwned::to_owned), ..News::default() };
    match error.outcome() {
        WriteOutcome::Unknown => no_answer(backend, intent, news).await,
        WriteOutcome::NotCarriedOut if will_pass(error) => postpone(backend, intent, opened_at, error).await,
        WriteOutcome::NotCarriedOut => {
            if let ErrorKind::Conflict { order_number } = error.kind() {
                return conflict::fail(backend, intent, order_number.as_deref(), news).await;
            }
            let problem = format!("The marketplace refused the order: {}.", error.message().trim_end_matches('.'));
            move_on(backend, intent, IntentState::Failed, News { problem: Some(problem), ..news }).await
        }
    }
}

/// The intent stays where it is, its attempt closed, and is sent again after a wait that grows.
async fn postpone(backend: &Backend, intent: &Held, opened_at: OffsetDateTime, error: &MarketplaceError) -> Result<()> {
    let now = backend.clock.now();
    let asked = error.retry_after().and_then(|wait| wait.try_into().ok());
    let problem = format!("Waiting to be sent: {}.", error.message().trim_end_matches('.'));
    let counts = error.kind() != &ErrorKind::Refused;
    let turned_away = TurnedAway {
        problem: &problem,
        correlation_id: error.correlation_id(),
        counts,
        send_at: now + asked.unwrap_or_else(|| wait_after(intent.attempts)),
    };
    let mut transaction = backend.pool.begin().await?;
    if sending::close_attempt(&mut transaction, intent.id, opened_at, &turned_away).await? && counts {
        let entry = Entry {
            customer_id: Some(&intent.customer_id),
            intent_id: Some(intent.id),
            before: Some(IntentState::Sending.as_str().into()),
            after: Some(IntentState::Sending.as_str().into()),
            correlation_id: error.correlation_id(),
            note: Some(problem.clone()),
            ..Entry::new("order.postponed", "order", "")
        };
        activity::record(&mut transaction, now, Actor::Part(PART), entry).await?;
    }
    Ok(transaction.commit().await?)
}

/// 15 s, doubled with each attempt, a quarter of an hour at most.
fn wait_after(attempts: i32) -> Duration {
    let doublings = u32::try_from(attempts.clamp(1, 7) - 1).unwrap_or_default();
    Duration::minutes(15).min(Duration::seconds(15) * 2_i32.pow(doublings))
}

async fn too_late(backend: &Backend, intent: &Held) -> Result<()> {
    let problem = "It waited too long to be sent, and the price that was shown is more than a day old. Nothing was ordered. \
                   Place it again at today's price.";
    let news = News { problem: Some(problem.to_owned()), problem_kind: Some(ProblemKind::TooLate), ..News::default() };
    move_on(backend, intent, IntentState::Failed, news).await
}

async fn not_needed(backend: &Backend, intent: &Held) -> Result<()> {
    let problem = format!("{TURNED_UP} Nothing more was ordered.");
    let news = News { problem: Some(problem), problem_kind: Some(ProblemKind::NotNeeded), ..News::default() };
    move_on(backend, intent, IntentState::Failed, news).await
}

/// Whether the same order can be sent as it is, a little later.
fn will_pass(error: &MarketplaceError) -> bool {
    use ErrorKind::{
        Connect, Decode, Interrupted, QuotaExceeded, RateLimited, Refused, Timeout, Unavailable, Upstream,
    };
    match error.kind() {
        RateLimited | QuotaExceeded | Connect | Refused => true,
        // The marketplace was away already when it was asked for a token.
        Timeout | Unavailable | Interrupted | Upstream | Decode => error.is_before_sending(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_and_stays_within_a_quarter_of_an_hour() {
        let waits: Vec<i64> = (1..=9).map(|attempts| wait_after(attempts).whole_seconds()).collect();
        assert_eq!(waits, [15, 30, 60, 120, 240, 480, 900, 900, 900]);
    }
}
