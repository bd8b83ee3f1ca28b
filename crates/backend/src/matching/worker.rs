//! The worker: sends the external ids of applied batches, one call each, in the order of the lines.
//!
//! A batch is taken as a whole, so that no two processes send rows of the same one and every row waits for those before
//! it. While the marketplace is down the row under way waits, and with it all that follow.

use super::batch::RowState;
use super::outcome::{lost, not_done, otherwise, refused, settled, taken};
use super::sql::{self, send::Held};
use crate::{Backend, Result};
use domain::CustomerId;
use marketplace::models::{Customer, CustomerUpdate};
use marketplace::{Answered, Client, ErrorKind, Priority, WriteOutcome};
use std::time::Duration as Wait;
use time::Duration;
use tokio_util::sync::CancellationToken;

/// Looking for a batch is one short query.
const PAUSE: Wait = Wait::from_secs(1);

/// Longer than any call may take: a row still being sent after this was abandoned.
const LEASE: Duration = Duration::minutes(5);

/// How often the same external id is sent at most, where each time the customer showed that it was not set.
const MOST_SENDS: i32 = 3;

/// What a row says whose answer was lost.
const SHOWS: &str = "The marketplace's answer did not arrive; that it was done shows in the customer.";

/// Works until `shutdown`. Any number of workers may run, in any number of processes: each batch is held by one.
pub async fn run(backend: Backend, shutdown: CancellationToken) {
    while !shutdown.is_cancelled() {
        let worked = step(&backend).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "an external id could not be worked on");
            false
        });
        if !worked {
            shutdown.run_until_cancelled(tokio::time::sleep(PAUSE)).await;
        }
    }
}

/// Works on one row of a batch that is due; answers whether there was a batch.
pub(super) async fn step(backend: &Backend) -> Result<bool> {
    let Ok(client) = backend.marketplace() else { return Ok(false) };
    let client = client.with_priority(Priority::Background);
    let now = backend.clock.now();
    let Some(batch) = sql::send::take(&backend.pool, now, now + LEASE).await? else { return Ok(false) };
    match sql::send::next_row(&backend.pool, batch).await? {
        None => sql::send::end(&backend.pool, batch).await?,
        Some(row) if row.state == RowState::Waiting => send(backend, &client, row).await?,
        // Its answer was lost, or whoever sent it is gone: nothing is sent before the customer was looked at.
        Some(row) => look(backend, &client, row).await?,
    }
    Ok(true)
}

async fn send(backend: &Backend, client: &Client, mut row: Held) -> Result<()> {
    if let Some(holder) = sql::send::holder(&backend.pool, &row).await? {
        return taken(backend, &row, &holder).await;
    }
    if !sql::send::begin(&backend.pool, &row).await? {
        return Ok(());
    }
    row.state = RowState::Sending;
    row.sends += 1;
    let id = CustomerId::from(row.customer_id.as_str());
    let update = CustomerUpdate { external_id: Some(row.external_id.clone()), ..CustomerUpdate::default() };
    let answer = client.update_customer(&id, &update).await;
    let shows = |customer: &Customer| customer.external_id.as_deref() == Some(&row.external_id);
    match answer {
        Ok(answer) if shows(&answer.value) => settled(backend, &row, &answer, None).await,
        Ok(answer) => otherwise(backend, &row, &answer).await,
        Err(error) if error.outcome() == WriteOutcome::Unknown => match client.customer(&id).await {
            Ok(customer) if shows(&customer) => {
                let correlation_id = error.correlation_id().map(ToOwned::to_owned);
                settled(backend, &row, &Answered { value: customer, correlation_id }, Some(SHOWS.to_owned())).await
            }
            _ => lost(backend, &row).await,
        },
        Err(error) if is_refusal(&error) => refused(backend, &row, &error).await,
        Err(error) => not_done(backend, &row, RowState::Waiting, &error).await,
    }
}

/// Whether it was set shows in the customer. Where it was not, it is sent again, unless somebody set something else.
async fn look(backend: &Backend, client: &Client, row: Held) -> Result<()> {
    let id = CustomerId::from(row.customer_id.as_str());
    let customer = match client.customer(&id).await {
        Ok(customer) => customer,
        Err(error) if *error.kind() == ErrorKind::NotFound => return refused(backend, &row, &error).await,
        Err(error) => return not_done(backend, &row, RowState::Unknown, &error).await,
    };
    let has = customer.external_id.as_deref();
    if has == Some(&row.external_id) {
        let answer = Answered { value: customer, correlation_id: None };
        return settled(backend, &row, &answer, Some(SHOWS.to_owned())).await;
    }
    if has == row.external_id_before.as_deref() && row.sends < MOST_SENDS {
        return send(backend, client, row).await;
    }
    super::outcome::left(backend, &row, &customer).await
}

/// The marketplace, or the gateway before it, turned this very change down. Everything else may pass.
fn is_refusal(error: &marketplace::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::Forbidden
            | ErrorKind::NotFound
            | ErrorKind::Invalid
            | ErrorKind::Conflict { .. }
            | ErrorKind::TooLarge
    )
}
