//! What a person says of an order that Seatboard cannot settle by itself.

use super::evidence::{Candidate, Evidence, evidence};
use super::judge::{has_a_mark, has_mark_of};
use super::permission::permission_of;
use super::progress::{Held, News, move_on_by, take_up_by};
use super::sql;
use crate::activity::{self, Actor, Entry};
use crate::staff::Staff;
use crate::{Backend, Error, Result};
use domain::{CustomerId, IntentState, OrderId};
use marketplace::Priority;
use serde_json::{Value, json};
use time::Duration;
use uuid::Uuid;

/// What is done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// It is looked for at once.
    LookNow,
    /// It is this order of the marketplace.
    ThisIsIt(String),
    /// It is not there; `sure` once the person has said that they know the risk.
    NotThere {
        /// See there.
        sure: bool,
    },
    /// It is no longer to be sent.
    StopWaiting,
}

/// Settles what happened to the intent's order. It takes what the original act took.
pub async fn settle(backend: &Backend, staff: &Staff, intent_id: Uuid, settlement: Settlement) -> Result<()> {
    let (permission, kind) = sql::permission(&backend.pool, intent_id).await?.ok_or(Error::NotFound("order"))?;
    staff.require(permission_of(permission, &kind)?)?;
    let intent = sql::held(&backend.pool, intent_id).await?.ok_or(Error::NotFound("order"))?;
    match settlement {
        Settlement::LookNow => look_now(backend, staff, &intent).await?,
        Settlement::ThisIsIt(order_id) => this_is_it(backend, staff, &intent, order_id.trim()).await?,
        Settlement::NotThere { sure } => not_there(backend, staff, &intent, sure).await?,
        Settlement::StopWaiting => stop_waiting(backend, staff, &intent).await?,
    }
    backend.intents_waiting.notify_one();
    Ok(())
}

async fn look_now(backend: &Backend, staff: &Staff, intent: &Held) -> Result<()> {
    let now = backend.clock.now();
    let mut transaction = backend.pool.begin().await?;
    if !sql::looks::look_now(&mut transaction, intent.id, now).await? {
        return Err(known_meanwhile());
    }
    activity::record(&mut transaction, now, Actor::Staff(staff), entry(intent, "order.look_asked", "")).await?;
    Ok(transaction.commit().await?)
}

async fn this_is_it(backend: &Backend, staff: &Staff, intent: &Held, order_id: &str) -> Result<()> {
    ensure_unsettled(intent)?;
    if order_id.is_empty() {
        return Err(Error::invalid("order", "Choose the order that it is"));
    }
    if sql::is_claimed(&backend.pool, order_id, intent.id).await? {
        return Err(claimed());
    }
    let client = backend.marketplace()?.with_priority(Priority::People);
    let order = client.order(&OrderId::from(order_id)).await?;
    let theirs = order.order.customer_id.as_ref().map(CustomerId::as_str);
    if theirs != Some(intent.customer_id.as_str()) {
        return Err(Error::invalid("order", "That order is another customer's. Choose one of this customer"));
    }
    if has_a_mark(&order.order) && !has_mark_of(&order.order, intent.id) {
        return Err(Error::invalid(
            "order",
            "That order carries the mark of another one placed here. Choose one without",
        ));
    }
    let evidence = told(intent.state, &evidence(backend, intent.id).await?, Some(order_id));
    let news = News { look_again_in: Some(Duration::seconds(2)), ..News::of_order(&order) };
    match take_up_by(backend, Actor::Staff(staff), intent, &order, news, Some(evidence)).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(known_meanwhile()),
        Err(Error::Database(error)) if is_claimed(&error) => Err(claimed()),
        Err(error) => Err(error),
    }
}

async fn not_there(backend: &Backend, staff: &Staff, intent: &Held, sure: bool) -> Result<()> {
    if intent.state != IntentState::Unknown {
        return Err(known_meanwhile());
    }
    let evidence = evidence(backend, intent.id).await?;
    if !evidence.can_be_absent {
        return Err(Error::Conflict(
            "It is too early to say so: nobody has looked through all orders yet since it had the time to appear. Look now, \
             and decide then."
                .to_owned(),
        ));
    }
    if !sure {
        return Err(Error::invalid(
            "sure",
            "Tick that you know the risk: if the order exists after all, there will be two",
        ));
    }
    let problem = format!("{} looked and said that it is not there.", staff.name);
    let news = News { problem: Some(problem), ..News::default() };
    let evidence = told(intent.state, &evidence, None);
    let moved = move_on_by(backend, Actor::Staff(staff), intent, IntentState::Absent, news, Some(evidence)).await?;
    if moved { Ok(()) } else { Err(known_meanwhile()) }
}

async fn stop_waiting(backend: &Backend, staff: &Staff, intent: &Held) -> Result<()> {
    let now = backend.clock.now();
    let mut transaction = backend.pool.begin().await?;
    if !sql::sending::stop_waiting(&mut transaction, intent.id, now).await? {
        return Err(Error::Conflict(
            "It is being sent at this moment, or was sent already, so it can no longer be stopped here. Reload the page to \
             see where it stands."
                .to_owned(),
        ));
    }
    let entry = Entry {
        after: Some(IntentState::Cancelled.as_str().into()),
        note: Some("Stopped waiting; nothing was ordered.".to_owned()),
        ..entry(intent, "order.cancelled", "")
    };
    activity::record(&mut transaction, now, Actor::Staff(staff), entry).await?;
    Ok(transaction.commit().await?)
}

fn entry<'a>(intent: &'a Held, action: &'a str, order_id: &'a str) -> Entry<'a> {
    Entry {
        customer_id: Some(&intent.customer_id),
        intent_id: Some(intent.id),
        before: Some(intent.state.as_str().into()),
        ..Entry::new(action, "order", order_id)
    }
}

/// What the person had before their eyes.
fn told(state: IntentState, evidence: &Evidence, claimed: Option<&str>) -> Value {
    let candidates = evidence.last_complete.iter().flat_map(|look| &look.candidates);
    let shown: Vec<Value> = candidates
        .map(|Candidate { order_id, reasons, .. }| json!({ "order": order_id, "reasons": reasons }))
        .collect();
    json!({
        "state": state.as_str(),
        "looks": evidence.looks,
        "complete_looks": evidence.complete,
        "candidates": shown,
        "claimed": claimed,
    })
}

fn ensure_unsettled(intent: &Held) -> Result<()> {
    if intent.is_looked_for() { Ok(()) } else { Err(known_meanwhile()) }
}

fn known_meanwhile() -> Error {
    Error::Conflict("What became of this order is known meanwhile. Reload the page to see it.".to_owned())
}

fn claimed() -> Error {
    Error::Conflict("That order belongs to another order placed here already. It cannot be both.".to_owned())
}

fn is_claimed(error: &sqlx::Error) -> bool {
    let constraint = error.as_database_error().and_then(sqlx::error::DatabaseError::constraint);
    constraint == Some("one_intent_per_order")
}
