//! Calls that were made.

use super::sql;
use crate::staff::Staff;
use crate::{Backend, Error, Result};
use domain::Permission;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// How long calls are kept.
pub(super) const KEPT: Duration = Duration::days(30);

/// How many calls the history shows.
const SHOWN: i64 = 50;

/// No call takes longer, so one that is still being sent by then was cut off by a crash.
const LONGEST_CALL: Duration = Duration::minutes(5);

/// What became of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is on its way.
    Sending,
    /// The marketplace answered; for a change that means it says whether it was made.
    Answered,
    /// It was not sent, so nothing was changed.
    NotSent,
    /// No answer came, or none that says whether the change was made.
    Unknown,
}

/// A call in the history.
#[derive(Clone, Debug)]
pub struct Summary {
    /// Identifier.
    pub id: Uuid,
    /// When it was made.
    pub at: OffsetDateTime,
    /// Who made it.
    pub by: String,
    /// `GET`, `POST` or `PATCH`.
    pub method: String,
    /// The path with its query, without secrets.
    pub path: String,
    /// Whether it may have changed something.
    pub is_write: bool,
    /// What became of it.
    pub outcome: Outcome,
    /// The HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// How many milliseconds the answer took.
    pub elapsed_ms: Option<i64>,
}

/// A call with its answer.
#[derive(Clone, Debug)]
pub struct Call {
    /// What it was and what became of it.
    pub summary: Summary,
    /// The body that was sent, without secrets.
    pub body: Option<String>,
    /// The marketplace's name for the call.
    pub correlation_id: Option<String>,
    /// What the marketplace answered.
    pub answer: Option<Answer>,
    /// Why there is no answer, or none that says whether the change was made.
    pub problem: Option<String>,
}

/// What the marketplace answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Its beginning, with a line for each value, without secrets.
    pub text: String,
    /// Whether the end is missing.
    pub is_cut: bool,
    /// How many bytes it had as it came.
    pub bytes: i64,
}

/// The person's last calls, the newest first; everybody's for those who may change something.
pub async fn history(backend: &Backend, staff: &Staff) -> Result<Vec<Summary>> {
    staff.require(Permission::UseConsole)?;
    sql::history(&backend.pool, whose(staff), since(backend), SHOWN, backend.clock.now()).await
}

/// One of the calls that the person may see.
pub async fn get(backend: &Backend, staff: &Staff, id: Uuid) -> Result<Call> {
    staff.require(Permission::UseConsole)?;
    let call = sql::call(&backend.pool, id, whose(staff), since(backend), backend.clock.now()).await?;
    call.ok_or(Error::NotFound("call"))
}

fn whose(staff: &Staff) -> Option<Uuid> {
    (!staff.role.may(Permission::WriteInConsole)).then_some(staff.id)
}

/// Older calls are gone, even if nobody has made one since that took them away.
fn since(backend: &Backend) -> OffsetDateTime {
    backend.clock.now() - KEPT
}

impl Outcome {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Sending => "sending",
            Self::Answered => "answered",
            Self::NotSent => "not_sent",
            Self::Unknown => "unknown",
        }
    }

    /// The outcome of a call of `at`, as it is stored.
    pub(super) fn read(stored: &str, at: OffsetDateTime, now: OffsetDateTime) -> Result<Self> {
        let known = [Self::Sending, Self::Answered, Self::NotSent, Self::Unknown];
        match known.into_iter().find(|outcome| outcome.as_str() == stored) {
            Some(Self::Sending) if now - at > LONGEST_CALL => Ok(Self::Unknown),
            Some(outcome) => Ok(outcome),
            None => Err(Error::Stored(format!("`{stored}` is not an outcome of a call"))),
        }
    }
}
