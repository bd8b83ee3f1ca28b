//! The loader: permission first, then the service.

use super::changes::{Change, changes};
use super::subject::Subject;
use super::words;
use crate::context::{backend, require_to_see, surface};
use crate::error::AppError;
use crate::url::Query;
use backend::activity::{self, Activity};
use domain::Permission;
use time::OffsetDateTime;

/// Entries on a page.
const PAGE_SIZE: usize = 50;

/// A page of the trail, the newest entry first.
pub(super) struct Trail {
    pub(super) entries: Vec<Entry>,
    /// The position to go on from, where there are older entries.
    pub(super) older: Option<i64>,
}

/// One entry, in words.
pub(super) struct Entry {
    pub(super) at: OffsetDateTime,
    pub(super) actor: String,
    pub(super) action: String,
    /// Our own record of the order concerned.
    pub(super) intent: Option<String>,
    pub(super) subject: Subject,
    /// The customer's identifier and name.
    pub(super) customer: Option<(String, String)>,
    pub(super) correlation_id: Option<String>,
    pub(super) changes: Vec<Change>,
    pub(super) note: Option<String>,
}

/// The page of the trail that the query asks for. A damaged `before` leads to the newest entries.
pub(super) async fn trail(query: Query) -> Result<Trail, AppError> {
    require_to_see(Permission::ViewActivity)?;
    let backend = backend();
    let before = query.get("before").and_then(|id| id.parse().ok());
    let limit = i64::try_from(PAGE_SIZE + 1).unwrap_or(i64::MAX);
    let rows = match query.get("customer") {
        Some(customer) => activity::of_customer(&backend, customer, before, limit).await,
        None => activity::page(&backend, before, limit).await,
    };
    let mut rows = rows.map_err(surface)?;
    let more = rows.len() > PAGE_SIZE;
    rows.truncate(PAGE_SIZE);
    let older = rows.last().map(|row| row.id).filter(|_| more);
    let mut names = activity::subject_names(&backend, &rows).await.map_err(surface)?;
    let with_words = |row: Activity| {
        let name = names.remove(&row.id);
        entry(row, name)
    };
    Ok(Trail { entries: rows.into_iter().map(with_words).collect(), older })
}

fn entry(row: Activity, name: Option<String>) -> Entry {
    Entry {
        at: row.at,
        actor: row.actor,
        action: words::action(&row.action).into_owned(),
        intent: row.intent_id.map(|id| id.to_string()),
        subject: Subject::new(&row.subject_kind, &row.subject_id, name),
        customer: row.customer,
        correlation_id: row.correlation_id,
        changes: changes(row.before.as_ref(), row.after.as_ref()),
        note: row.note,
    }
}
