//! The loader: permission first, then the service.

use super::changes::{Change, changes};
use super::filter;
use super::subject::Subject;
use super::words;
use crate::context::{backend, require_to_see, surface};
use crate::error::AppError;
use crate::url::Query;
use backend::activity::{self, Activity};
use backend::matching;
use domain::{Money, Permission};
use time::OffsetDateTime;

/// Entries on a page.
const PAGE_SIZE: usize = 50;

/// A page of the trail, the newest entry first.
pub(super) struct Trail {
    pub(super) entries: Vec<Entry>,
    /// Who can be looked for: each staff member's identifier and name.
    pub(super) people: Vec<(String, String)>,
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
    /// The price at the time.
    pub(super) price: Option<Money>,
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
    let wanted = filter::read(&query);
    let (rows, people) =
        tokio::try_join!(activity::matching(&backend, &wanted, before, limit), matching::people(&backend))
            .map_err(surface)?;
    let mut rows = rows;
    let more = rows.len() > PAGE_SIZE;
    rows.truncate(PAGE_SIZE);
    let older = rows.last().map(|row| row.id).filter(|_| more);
    let mut names = activity::subject_names(&backend, &rows).await.map_err(surface)?;
    let with_words = |row: Activity| {
        let name = names.remove(&row.id);
        entry(row, name)
    };
    let people = people.into_iter().map(|person| (person.staff_id.to_string(), person.name)).collect();
    Ok(Trail { entries: rows.into_iter().map(with_words).collect(), people, older })
}

fn entry(row: Activity, name: Option<String>) -> Entry {
    Entry {
        at: row.at,
        actor: row.actor,
        action: words::action(&row.action).into_owned(),
        intent: row.intent_id.map(|id| id.to_string()),
        subject: Subject::new(&row.subject_kind, &row.subject_id, name),
        customer: row.customer,
        price: row.price,
        correlation_id: row.correlation_id,
        changes: changes(row.before.as_ref(), row.after.as_ref()),
        note: row.note,
    }
}
