//! What is not settled, for people.

use super::kind::Kind;
use super::sql::{self, Of};
use crate::{Backend, Result};
use domain::WriteState;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// How long a write that was not carried out, or of which nobody can know, is shown, unless it is made again.
const ABSENT_SHOWN_FOR: Duration = Duration::days(2);

/// Rows shown at most.
const MOST: i64 = 20;

/// A write of which nobody knows yet what came of it, or which turned out not to have been carried out.
#[derive(Clone, Debug)]
pub struct OpenWrite {
    /// Identifier.
    pub id: Uuid,
    /// What it does.
    pub kind: Kind,
    /// How far it is.
    pub state: WriteState,
    /// The thing's identifier; `None` of what is being created.
    pub subject_id: Option<String>,
    /// What the thing is called, where that is known.
    pub subject_name: Option<String>,
    /// The customer's identifier and name, where one is concerned and known.
    pub customer: Option<(String, String)>,
    /// The name of who asked for it.
    pub asked_by: String,
    /// When.
    pub asked_at: OffsetDateTime,
    /// What people should know about it.
    pub problem: Option<String>,
    /// Nobody looks any more.
    pub settled: bool,
}

/// Every write that is not settled, the newest first; with `managed_by` those that this staff member asked for, or that
/// are about customers whom they look after.
pub async fn open(backend: &Backend, managed_by: Option<Uuid>) -> Result<Vec<OpenWrite>> {
    list(backend, Of { managed_by, ..Of::default() }).await
}

/// Those about one thing: `customer`, `subscription`, `order`, `reseller`.
pub async fn of_subject(backend: &Backend, kind: &str, id: &str) -> Result<Vec<OpenWrite>> {
    list(backend, Of { subject_kind: Some(kind), subject_id: Some(id), ..Of::default() }).await
}

/// Those about things of one kind.
pub async fn of_kind(backend: &Backend, kind: &str) -> Result<Vec<OpenWrite>> {
    list(backend, Of { subject_kind: Some(kind), ..Of::default() }).await
}

async fn list(backend: &Backend, of: Of<'_>) -> Result<Vec<OpenWrite>> {
    sql::open(&backend.pool, &of, backend.clock.now() - ABSENT_SHOWN_FOR, MOST).await
}
