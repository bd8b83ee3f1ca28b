//! The worker: looks what came of the writes of which nobody knows.

use super::outcome::{self, Held};
use super::sql;
use super::thing::Thing;
use crate::connection::ensure_same_copy;
use crate::{Backend, Error, Result};
use domain::WriteState;
use marketplace::{Answered, Client, Priority};
use std::time::Duration as Wait;
use time::Duration;
use tokio_util::sync::CancellationToken;

/// Looking for due rows is one short query.
const PAUSE: Wait = Wait::from_secs(1);

/// Longer than one look may take; whoever crashes loses it.
const HOLD: Duration = Duration::minutes(2);

/// How long something that is set may take to show, and how many answered looks say that it does not (assumed margin: the
/// slowest answer on record is a little over a minute).
const SETTING: (Duration, i32) = (Duration::minutes(5), 3);

/// The same of something that is created, as of orders.
const CREATING: (Duration, i32) = (Duration::minutes(30), 5);

/// Works until `shutdown`. Any number of workers may run, in any number of processes: each write is held by one.
pub async fn run(backend: Backend, shutdown: CancellationToken) {
    while !shutdown.is_cancelled() {
        let worked = step(&backend).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "a write could not be looked at");
            false
        });
        if !worked {
            shutdown.run_until_cancelled(tokio::time::sleep(PAUSE)).await;
        }
    }
}

/// Takes one write that is due; answers whether there was one.
pub(super) async fn step(backend: &Backend) -> Result<bool> {
    let Ok(client) = backend.marketplace() else { return Ok(false) };
    let now = backend.clock.now();
    let Some(write) = sql::take(&backend.pool, now, now + HOLD).await? else { return Ok(false) };
    if write.state == WriteState::Sending {
        let problem = "Seatboard stopped while this was being sent.";
        outcome::unknown(backend, &write, None, problem, Duration::ZERO).await?;
    } else {
        look(backend, &client.with_priority(Priority::People), &write).await?;
    }
    Ok(true)
}

/// Looks once. Shown: it was carried out, and the thing's identifier is the answer. Not shown: it is looked at again later,
/// and after patience taken not to have been carried out.
pub(super) async fn look(backend: &Backend, client: &Client, write: &Held) -> Result<Option<String>> {
    if moved(backend, write).await? {
        outcome::give_up(backend, write, MOVED).await?;
        return Ok(None);
    }
    let as_of = backend.clock.now();
    let again = as_of + pause(write.looks);
    let (patience, fewest) = if write.kind.creates() { CREATING } else { SETTING };
    let is_late = as_of - write.asked_at >= patience;
    let seen = match write.request.seen(client, write.asked_at).await.map_err(Error::from) {
        Ok(seen) => seen,
        // That a list cannot be read says nothing of what was created.
        Err(error) if is_late && write.looks >= fewest && !write.kind.creates() && error.is_hidden() => {
            outcome::give_up(backend, write, HIDDEN).await?;
            return Ok(None);
        }
        Err(error) => {
            sql::look_again(&backend.pool, write.id, again, false).await?;
            return Err(error);
        }
    };
    let impatient = is_late && write.complete_looks + 1 >= fewest;
    match take_up(backend, write, seen, as_of).await? {
        Found::This(id) => return Ok(Some(id)),
        Found::Nothing if impatient => outcome::absent(backend, write).await?,
        // Which of several is the one nobody can know, and it may be so for good: the looks get rare.
        Found::Several if impatient => sql::look_again(&backend.pool, write.id, as_of + RARELY, true).await?,
        Found::Nothing | Found::Several => sql::look_again(&backend.pool, write.id, again, true).await?,
    }
    Ok(None)
}

const MOVED: &str = "The connection to the marketplace was changed before it was known whether this was done. Look at the old \
                     marketplace.";

const HIDDEN: &str = "The marketplace does not show it any more, so nobody can tell here whether this was done. Look at the \
                      marketplace's own panel.";

enum Found {
    This(String),
    Nothing,
    Several,
}

/// Settles the write with what was seen, if that is certain. What is created can look like what others create at the same
/// time: nothing is claimed twice, and while one of those is being sent nothing is decided.
async fn take_up(backend: &Backend, write: &Held, seen: Vec<Thing>, as_of: time::OffsetDateTime) -> Result<Found> {
    let (sending, unknown) = if write.kind.creates() { sql::rivals(&backend.pool, write).await? } else { (0, 0) };
    let mut db = backend.pool.begin().await?;
    let mut new: Vec<Thing> = seen.into_iter().filter(|thing| !known_before(write, thing)).collect();
    if write.kind.creates() && !new.is_empty() {
        sql::lock_claims(&mut db).await?;
        let ids: Vec<String> = new.iter().map(|thing| thing.id().to_owned()).collect();
        let claimed = sql::claimed(&mut db, write.kind, &ids, write.asked_at).await?;
        new.retain(|thing| claimed.iter().all(|id| id != thing.id()));
    }
    let certain = sending == 0 && i64::try_from(new.len()).unwrap_or(i64::MAX) <= 1 + unknown;
    let Some(value) = new.into_iter().next() else { return Ok(Found::Nothing) };
    if !certain {
        return Ok(Found::Several);
    }
    let answer = Answered { value, correlation_id: None };
    let id = outcome::done_in(&mut db, backend, write, &answer, as_of, Some(note(write))).await?;
    db.commit().await?;
    if matches!(answer.value, Thing::Order(_)) {
        backend.intents_waiting.notify_one();
    }
    id.map(Found::This)
}

fn known_before(write: &Held, thing: &Thing) -> bool {
    write.look_alikes.iter().any(|id| id == thing.id())
}

/// Somebody else may have set the same value: what is claimed is only that it shows.
fn note(write: &Held) -> String {
    let subject = write.kind.subject();
    if write.kind.creates() {
        format!("The marketplace's answer did not arrive; the {subject} was found afterwards.")
    } else {
        format!("The marketplace's answer did not arrive; what was asked for shows in the {subject}.")
    }
}

/// Whether the copy is of another marketplace than the write was sent to.
async fn moved(backend: &Backend, write: &Held) -> Result<bool> {
    let mut db = backend.pool.begin().await?;
    match ensure_same_copy(&mut db, write.asked_at).await {
        Ok(()) => Ok(false),
        Err(Error::Conflict(_)) => Ok(true),
        Err(error) => Err(error),
    }
}

/// How often to look where several could be the one.
const RARELY: Duration = Duration::minutes(15);

/// 2 s, then 5 s, 15 s, and 60 s from there on.
fn pause(looks: i32) -> Duration {
    Duration::seconds(match looks {
        ..=2 => 2,
        3..=6 => 5,
        7..=12 => 15,
        _ => 60,
    })
}
