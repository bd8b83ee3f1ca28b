//! The list of reports.

use super::{Report, sql};
use crate::list::{Filter, List, ListOf, ListRequest, Page, Sort, SortType};
use crate::{Backend, Result};
use time::Date;

/// What the list of reports can be filtered by.
#[derive(Clone, Debug, Default)]
pub struct ReportFilter {
    /// Part of the name, its variant or the id.
    pub search: Option<String>,
    /// Exactly this status.
    pub status: Option<String>,
    /// Exactly this kind.
    pub kind: Option<String>,
    /// Exactly this format.
    pub format: Option<String>,
    /// Covers this day or a later one.
    pub from: Option<Date>,
    /// Covers this day or an earlier one.
    pub to: Option<Date>,
}

const LIST: List = List {
    table: "report",
    key: "id",
    sorts: &[
        Sort {
            name: "created",
            expression: "coalesce(created_at, '-infinity'::timestamptz)",
            kind: SortType::Time,
            descending: true,
        },
        Sort { name: "name", expression: "lower(name)", kind: SortType::Text, descending: false },
        Sort { name: "status", expression: "status", kind: SortType::Text, descending: false },
    ],
};

static LISTED: ListOf<Report> =
    ListOf { list: LIST, key: |row| &row.id, read: |pool, keys| Box::pin(sql::rows(pool, keys)) };

const FIRST_DAY: &str = "(start_at at time zone 'UTC')::date";
const LAST_DAY: &str = "(end_at at time zone 'UTC')::date";

/// A page of the list of reports, the newest first unless asked otherwise.
pub async fn page(backend: &Backend, request: &ListRequest, filter: &ReportFilter) -> Result<Page<Report>> {
    let filter = filter.clone();
    let filters: Vec<Filter> = [
        filter.search.map(Filter::Contains),
        filter.status.map(|status| Filter::Is("status", status)),
        filter.kind.map(|kind| Filter::Is("kind", kind)),
        filter.format.map(|format| Filter::Is("format", format)),
        filter.from.map(|from| Filter::Between(LAST_DAY, Some(from), None)),
        filter.to.map(|to| Filter::Between(FIRST_DAY, None, Some(to))),
    ]
    .into_iter()
    .flatten()
    .collect();
    LISTED.page(&backend.pool, request, &filters).await
}
