//! What became of a row: its state, the customer as the marketplace has it, and the activity row, in one transaction.

use super::batch::RowState;
use super::sql::{self, send::Held};
use crate::activity::{self, Actor, Entry};
use crate::connection::ensure_same_copy;
use crate::{Backend, Result, sync};
use marketplace::Answered;
use marketplace::models::Customer;
use serde_json::json;
use time::Duration;

/// How often a customer is looked for in vain until that is left to people.
pub(super) const MOST_LOOKS: i32 = 20;

/// It was set.
pub(super) async fn settled(
    backend: &Backend,
    row: &Held,
    answer: &Answered<Customer>,
    note: Option<String>,
) -> Result<()> {
    let end = End { customer: Some(&answer.value), correlation_id: answer.correlation_id.as_deref(), note };
    end_with(backend, row, RowState::Done, "customer.external_id_set", end).await
}

/// The marketplace refused it.
pub(super) async fn refused(backend: &Backend, row: &Held, error: &marketplace::Error) -> Result<()> {
    let note = format!("The marketplace refused it: {}.", error.message().trim_end_matches('.'));
    let end = End { customer: None, correlation_id: error.correlation_id(), note: Some(note) };
    end_with(backend, row, RowState::Failed, "customer.external_id_failed", end).await
}

/// The marketplace answered, and shows something else than what was sent.
pub(super) async fn otherwise(backend: &Backend, row: &Held, answer: &Answered<Customer>) -> Result<()> {
    let has = answer.value.external_id.as_deref().unwrap_or("none");
    let note = format!("The marketplace took it, but shows the external id as {has}. Look at the customer.");
    let correlation_id = answer.correlation_id.as_deref();
    let end = End { customer: Some(&answer.value), correlation_id, note: Some(note) };
    end_with(backend, row, RowState::Failed, "customer.external_id_failed", end).await
}

/// Another customer has the number and keeps it, so it was not sent: a row that it depended on did not come through.
pub(super) async fn taken(backend: &Backend, row: &Held, holder: &str) -> Result<()> {
    let note = format!("Not sent: {holder} still has this number. Change theirs first, then check the table again.");
    let end = End { customer: None, correlation_id: None, note: Some(note) };
    end_with(backend, row, RowState::Failed, "customer.external_id_failed", end).await
}

/// It was not set, and is not sent again.
pub(super) async fn left(backend: &Backend, row: &Held, customer: &Customer) -> Result<()> {
    let note = if customer.external_id == row.external_id_before {
        format!("It was sent {} times and the customer still shows what it was. Set it at the marketplace.", row.sends)
    } else {
        let has = customer.external_id.as_deref().unwrap_or("none");
        format!("Somebody else changed the external id meanwhile: it is {has}, and was left so. Check the table again.")
    };
    let end = End { customer: Some(customer), correlation_id: None, note: Some(note) };
    end_with(backend, row, RowState::Failed, "customer.external_id_failed", end).await
}

/// Nobody can know whether it was set. The customer is looked at in a moment.
pub(super) async fn lost(backend: &Backend, row: &Held) -> Result<()> {
    let message =
        "The marketplace's answer did not arrive. Seatboard looks at the customer before it sends anything again.";
    put_off(backend, row, RowState::Unknown, message, 0, FIRST_PAUSE).await
}

/// It was not sent, or the customer could not be looked at: the same again later, or nobody will know.
pub(super) async fn not_done(backend: &Backend, row: &Held, state: RowState, error: &marketplace::Error) -> Result<()> {
    let looks = row.looks + 1;
    if state == RowState::Unknown && looks >= MOST_LOOKS {
        let note =
            "The marketplace's answer did not arrive and the customer could not be read since. Look at the customer.";
        let end = End { customer: None, correlation_id: error.correlation_id(), note: Some(note.to_owned()) };
        return end_with(backend, row, state, "customer.external_id_unknown", end).await;
    }
    let waiting_for = if state == RowState::Unknown { "looked at again" } else { "sent" };
    let message = format!("Waiting to be {waiting_for}: {}.", error.message().trim_end_matches('.'));
    let asked = error.retry_after().and_then(|wait| wait.try_into().ok());
    put_off(backend, row, state, &message, looks, asked.unwrap_or_else(|| pause(looks))).await
}

const FIRST_PAUSE: Duration = Duration::seconds(15);

fn pause(looks: i32) -> Duration {
    match looks {
        ..=3 => FIRST_PAUSE,
        4..=8 => Duration::MINUTE,
        9..=12 => Duration::minutes(5),
        _ => Duration::minutes(15),
    }
}

async fn put_off(
    backend: &Backend,
    row: &Held,
    state: RowState,
    message: &str,
    looks: i32,
    wait: Duration,
) -> Result<()> {
    let mut db = backend.pool.begin().await?;
    if sql::send::move_on(&mut db, row, state, Some(message), None, looks).await? {
        sql::send::look_at(&mut db, row.batch_id, backend.clock.now() + wait).await?;
    }
    Ok(db.commit().await?)
}

/// How a row ended.
struct End<'a> {
    /// The customer as the marketplace has it, where it was told.
    customer: Option<&'a Customer>,
    correlation_id: Option<&'a str>,
    note: Option<String>,
}

async fn end_with(backend: &Backend, row: &Held, state: RowState, action: &str, end: End<'_>) -> Result<()> {
    let now = backend.clock.now();
    let mut db = backend.pool.begin().await?;
    // First of all, in the order of whoever forgets the copy: the two must not wait for each other.
    ensure_same_copy(&mut db, now).await?;
    let message = match (&end.note, state) {
        (Some(note), RowState::Failed | RowState::Unknown) if row.managers_set => {
            Some(format!("{note} The account managers were set."))
        }
        (note, _) => note.clone(),
    };
    // Whoever took the row over meanwhile says what became of it.
    if !sql::send::move_on(&mut db, row, state, message.as_deref(), end.correlation_id, MOST_LOOKS).await? {
        return Ok(());
    }
    if let Some(customer) = end.customer {
        sync::store_customer(&mut db, customer, now).await?;
    }
    let done = state == RowState::Done;
    let entry = Entry {
        customer_id: Some(&row.customer_id),
        before: done.then(|| json!({ "external id": row.external_id_before })),
        after: Some(json!({ "external id": row.external_id })).filter(|_| done),
        correlation_id: end.correlation_id,
        note: end.note,
        ..Entry::new(action, "customer", &row.customer_id)
    };
    activity::record(&mut db, now, Actor::Staff(&row.by), entry).await?;
    sql::send::look_at(&mut db, row.batch_id, now).await?;
    Ok(db.commit().await?)
}
