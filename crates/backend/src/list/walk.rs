//! A whole list, batch after batch.

use super::query::Matching;
use super::{Cursor, Filter, List, ListRequest, Sort};
use crate::Result;
use sqlx::PgPool;

/// Rows of a batch.
const BATCH: usize = 1_000;

/// All rows that match, in the list's order. Like a page, a batch begins after the row before it, so nothing is held in
/// between: what is added behind that row meanwhile comes along, and what is added before it does not. A row whose own
/// place in the order changes meanwhile may come twice, or not at all.
pub(crate) struct Walk {
    list: List,
    filters: Vec<Filter>,
    sort: &'static Sort,
    descending: bool,
    matching: Matching,
    after: Option<Cursor>,
    ended: bool,
}

impl Walk {
    /// From the first row on, whichever page is asked for.
    pub(crate) async fn begin(pool: &PgPool, list: List, request: &ListRequest, filters: Vec<Filter>) -> Result<Self> {
        let sort = list.sort(request.sort.as_deref());
        let matching = list.count(pool, &filters, i64::MAX).await?;
        let ended = matching.rows == 0;
        Ok(Self { list, filters, sort, descending: sort.descending != request.reversed, matching, after: None, ended })
    }

    /// How many rows matched when it began.
    pub(crate) fn rows(&self) -> i64 {
        self.matching.rows
    }

    /// The keys of the next rows; none at the end.
    pub(crate) async fn batch(&mut self, pool: &PgPool) -> Result<Vec<String>> {
        if self.ended {
            return Ok(Vec::new());
        }
        let (sort, after) = (self.sort, self.after.as_ref());
        let rows = self.list.keys(pool, sort, &self.matching, after, &self.filters, self.descending, BATCH).await?;
        self.ended = rows.len() < BATCH;
        self.after =
            rows.last().map(|(key, value)| Cursor { key: key.clone(), value: value.clone(), backwards: false });
        Ok(rows.into_iter().map(|(key, _)| key).collect())
    }
}
