//! A table that was checked, and what became of each of its rows.

use super::managers::Manager;
use super::sql;
use crate::staff::Staff;
use crate::{Backend, Error, Result};
use domain::Permission;
use std::fmt;
use std::str::FromStr;
use time::OffsetDateTime;
use uuid::Uuid;

/// A table that was checked and perhaps applied.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Identifier.
    pub id: Uuid,
    /// Who had it checked.
    pub checked_by: String,
    /// When.
    pub checked_at: OffsetDateTime,
    /// Who applied it, and when.
    pub applied: Option<(String, OffsetDateTime)>,
    /// Something is still to be sent or found out.
    pub under_way: bool,
    /// The names of its columns that mean nothing here.
    pub unused: Vec<String>,
    /// Its rows, in the order of their lines.
    pub rows: Vec<BatchRow>,
}

/// A row of a batch.
#[derive(Clone, Debug)]
pub struct BatchRow {
    /// Where it begins in the table.
    pub line: i32,
    /// What was typed as customer, external id and account managers.
    pub typed: [String; 3],
    /// The customer's identifier and name, once it is clear whom the row is about.
    pub customer: Option<(String, String)>,
    /// The external id before and after, where it changes.
    pub external_id: Option<(Option<String>, String)>,
    /// The account managers before and after, where they change.
    pub managers: Option<(Vec<Manager>, Vec<Manager>)>,
    /// How far it is.
    pub state: RowState,
    /// What is wrong and what to do, or what is noteworthy.
    pub message: Option<String>,
    /// The marketplace's name for the call.
    pub correlation_id: Option<String>,
}

/// How far a row is. Before it is applied it is one of the first three.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RowState {
    /// It can be applied.
    Ready,
    /// It says what is so already.
    Unchanged,
    /// It cannot be applied.
    Refused,
    /// Its external id is still to be sent.
    Waiting,
    /// Its external id is being sent.
    Sending,
    /// Everything it says is done.
    Done,
    /// Its external id was not set.
    Failed,
    /// Whether its external id was set is not known.
    Unknown,
}

/// A batch in the list of the latest.
#[derive(Clone, Debug)]
pub struct RecentBatch {
    /// Identifier.
    pub id: Uuid,
    /// Who had it checked.
    pub checked_by: String,
    /// When.
    pub checked_at: OffsetDateTime,
    /// Whether it was applied.
    pub applied: bool,
    /// How many rows it has.
    pub rows: i64,
    /// How many of them were refused, failed or are unknown.
    pub problems: i64,
}

/// Batches in the list of the latest.
const RECENT: i64 = 10;

/// One batch.
pub async fn get(backend: &Backend, staff: &Staff, id: Uuid) -> Result<Batch> {
    staff.require(Permission::EditCustomers)?;
    sql::batch::get(&backend.pool, id).await?.ok_or(Error::NotFound("table"))
}

/// The latest batches of anybody, the newest first.
pub async fn recent(backend: &Backend, staff: &Staff) -> Result<Vec<RecentBatch>> {
    staff.require(Permission::EditCustomers)?;
    sql::batch::recent(&backend.pool, RECENT).await
}

impl Batch {
    /// How many rows are in that state.
    pub fn count(&self, state: RowState) -> usize {
        self.rows.iter().filter(|row| row.state == state).count()
    }

    /// How many external ids would be set.
    pub fn external_ids(&self) -> usize {
        self.ready().filter(|row| row.external_id.is_some()).count()
    }

    /// How many customers would be assigned to other account managers.
    pub fn assignments(&self) -> usize {
        self.ready().filter(|row| row.managers.is_some()).count()
    }

    fn ready(&self) -> impl Iterator<Item = &BatchRow> {
        self.rows.iter().filter(|row| row.state == RowState::Ready)
    }
}

impl RowState {
    /// Every state, in the order people are shown them.
    pub const ALL: [Self; 8] = [
        Self::Refused,
        Self::Failed,
        Self::Unknown,
        Self::Ready,
        Self::Waiting,
        Self::Sending,
        Self::Done,
        Self::Unchanged,
    ];

    /// The stable name used in storage, and what people read.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Unchanged => "unchanged",
            Self::Refused => "refused",
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }

    /// Whether somebody has to look after it.
    pub fn is_problem(self) -> bool {
        matches!(self, Self::Refused | Self::Failed | Self::Unknown)
    }
}

impl fmt::Display for RowState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for RowState {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let named = Self::ALL.into_iter().find(|state| state.as_str() == text);
        named.ok_or_else(|| Error::Stored(format!("`{text}` is not a state of a row")))
    }
}
