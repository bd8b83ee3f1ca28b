//! What came of a write: its row, the thing in the copy and the activity, in one transaction.

use super::kind::Kind;
use super::request::Request;
use super::sql::{self, News};
use super::thing::Thing;
use crate::activity::{self, Actor, Entry};
use crate::connection::unless_moved;
use crate::staff::Staff;
use crate::{Backend, Result};
use domain::WriteState;
use marketplace::Answered;
use serde_json::Value;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// A write that somebody holds.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) id: Uuid,
    pub(super) form_token: Uuid,
    pub(super) kind: Kind,
    /// `None` until that which is created has one.
    pub(super) subject_id: Option<String>,
    pub(super) customer_id: Option<String>,
    pub(super) request: Request,
    /// What looked like it before: none of them is it.
    pub(super) look_alikes: Vec<String>,
    pub(super) before: Option<Value>,
    pub(super) after: Option<Value>,
    pub(super) state: WriteState,
    pub(super) asked_by: Staff,
    pub(super) asked_at: OffsetDateTime,
    pub(super) looks: i32,
    pub(super) complete_looks: i32,
    pub(super) correlation_id: Option<String>,
}

/// Longer than any call may take: whoever finds a write still being sent after this, finds it abandoned.
pub(super) const LEASE: Duration = Duration::minutes(5);

/// Records the wish. `false` when its form was posted before, or somebody sets the same already.
pub(super) async fn begin(backend: &Backend, write: &Held) -> Result<bool> {
    let mut db = backend.pool.begin().await?;
    if !sql::begin(&mut db, write, write.asked_at + LEASE).await? {
        return Ok(false);
    }
    record(&mut db, write, &write.kind.begun(), write.asked_at, Entry::default()).await?;
    db.commit().await?;
    Ok(true)
}

/// It was carried out; the thing is as the marketplace had it at `as_of`. Answers with its identifier. Where the
/// connection was changed meanwhile the thing is not in the copy, but what was done is recorded all the same.
pub(super) async fn done(
    backend: &Backend,
    write: &Held,
    answer: &Answered<Thing>,
    as_of: OffsetDateTime,
    note: Option<String>,
) -> Result<String> {
    let mut db = backend.pool.begin().await?;
    let id = done_in(&mut db, backend, write, answer, as_of, note).await?;
    db.commit().await?;
    if matches!(answer.value, Thing::Order(_)) {
        backend.intents_waiting.notify_one();
    }
    id
}

/// The same in a transaction of the caller's; the inner error is told after it was committed.
pub(super) async fn done_in(
    db: &mut PgConnection,
    backend: &Backend,
    write: &Held,
    answer: &Answered<Thing>,
    as_of: OffsetDateTime,
    note: Option<String>,
) -> Result<Result<String>> {
    let now = backend.clock.now();
    let id = answer.value.id();
    let correlation_id = answer.correlation_id.as_deref().or(write.correlation_id.as_deref());
    let news = News { subject_id: Some(id), correlation_id, ..News::default() };
    if !sql::move_on(db, write.id, WriteState::Done, &news, now).await? {
        // Somebody who looked for it was quicker, and has recorded it.
        return Ok(Ok(id.to_owned()));
    }
    let stored = unless_moved(answer.value.store(db, &write.request, write.asked_by.id, as_of).await)?;
    let entry = Entry { subject_id: id, correlation_id, note, after: answer.value.facts(), ..Entry::default() };
    record(db, write, write.kind.done(), now, entry).await?;
    Ok(stored.map(|()| id.to_owned()))
}

/// The marketplace said no.
pub(super) async fn refused(backend: &Backend, write: &Held, error: &marketplace::Error) -> Result<()> {
    let news = News { correlation_id: error.correlation_id(), problem: Some(error.message()), ..News::default() };
    settle(backend, write, WriteState::Refused, news).await
}

/// Nobody can know yet. It is looked at in a moment.
pub(super) async fn unknown(
    backend: &Backend,
    write: &Held,
    correlation_id: Option<&str>,
    problem: &str,
    look_in: Duration,
) -> Result<()> {
    let next_look_at = Some(backend.clock.now() + look_in);
    let news = News { correlation_id, problem: Some(problem), next_look_at, ..News::default() };
    settle(backend, write, WriteState::Unknown, news).await
}

/// The marketplace was looked at with patience and does not show it.
pub(super) async fn absent(backend: &Backend, write: &Held) -> Result<()> {
    let problem = if write.kind.creates() {
        format!(
            "The new {} never appeared at the marketplace. Ask for it again if it is still wanted.",
            write.kind.subject()
        )
    } else {
        format!(
            "The {} does not show it, so it was not carried out. It can safely be made again: it sets the same value.",
            write.kind.subject()
        )
    };
    settle(backend, write, WriteState::Absent, News { problem: Some(&problem), ..News::default() }).await
}

/// Nobody will ever know here, because of that.
pub(super) async fn give_up(backend: &Backend, write: &Held, problem: &str) -> Result<()> {
    let now = backend.clock.now();
    let mut db = backend.pool.begin().await?;
    if sql::give_up(&mut db, write.id, problem, now).await? {
        let entry = Entry { note: Some(problem.to_owned()), ..Entry::default() };
        record(&mut db, write, &write.kind.otherwise("unknown"), now, entry).await?;
    }
    Ok(db.commit().await?)
}

async fn settle(backend: &Backend, write: &Held, state: WriteState, news: News<'_>) -> Result<()> {
    let now = backend.clock.now();
    let mut db = backend.pool.begin().await?;
    if sql::move_on(&mut db, write.id, state, &news, now).await? {
        let entry = Entry {
            correlation_id: news.correlation_id.or(write.correlation_id.as_deref()),
            note: news.problem.map(ToOwned::to_owned),
            ..Entry::default()
        };
        record(&mut db, write, &write.kind.otherwise(state.as_str()), now, entry).await?;
    }
    Ok(db.commit().await?)
}

/// The activity row: who asked, what it was and what it was to be.
async fn record(
    db: &mut PgConnection,
    write: &Held,
    action: &str,
    at: OffsetDateTime,
    outcome: Entry<'_>,
) -> Result<()> {
    let form = write.form_token.to_string();
    let made = write.subject_id.as_deref().or(Some(outcome.subject_id).filter(|id| !id.is_empty()));
    let (subject_kind, subject_id) = match (write.kind, made) {
        (kind, Some(id)) => (kind.subject(), id),
        // There is no report yet to name; the form is what holds its rows together.
        (Kind::ReportSchedule, None) => ("report_request", &*form),
        (kind, None) => (kind.subject(), ""),
    };
    let customer_id = if write.kind == Kind::CustomerCreate { made } else { write.customer_id.as_deref() };
    let entry = Entry {
        action,
        subject_kind,
        subject_id,
        customer_id,
        before: write.before.clone(),
        price: write.request.price(),
        after: outcome.after.or_else(|| write.after.clone()),
        ..outcome
    };
    activity::record(db, at, Actor::Staff(&write.asked_by), entry).await
}
