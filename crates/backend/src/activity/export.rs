//! The trail as a file to take away.

use super::{Activity, Actor, Entry, Filter, record, sql};
use crate::export::{Cell, Export, head, lines};
use crate::staff::Staff;
use crate::{Backend, Result};
use bytes::Bytes;
use domain::Permission;
use futures::stream::{self, StreamExt};
use std::collections::HashMap;

/// The most rows of one file: what a spreadsheet opens without trouble.
pub const MAX_ROWS: usize = 100_000;

/// Rows read with one query.
const PAGE: usize = 1_000;

const HEADER: [&str; 16] = [
    "position",
    "hash",
    "at",
    "who",
    "action",
    "subject kind",
    "subject",
    "customer",
    "customer name",
    "order record",
    "price",
    "currency",
    "correlation id",
    "note",
    "before",
    "after",
];

/// The column that says why the file ends.
const NOTE: usize = 13;

/// The rows that match the filter, for a person who may see them. Each comes with its place in the chain. Leaves an
/// activity row, because who takes the trail away acts too.
pub async fn export(backend: &Backend, staff: &Staff, filter: Filter) -> Result<Export> {
    export_at_most(backend, staff, filter, MAX_ROWS).await
}

pub(super) async fn export_at_most(backend: &Backend, staff: &Staff, filter: Filter, most: usize) -> Result<Export> {
    staff.require(Permission::ViewActivity)?;
    let now = backend.clock.now();
    let entry = Entry { after: Some(filter.facts()), ..Entry::new("activity.exported", "activity", "") };
    let mut db = backend.pool.acquire().await?;
    record(&mut db, now, Actor::Staff(staff), entry).await?;
    drop(db);
    let rest = Rest { backend: backend.clone(), filter, before: None, left: most, most };
    let head = head(HEADER);
    let rows = stream::try_unfold(Some(rest), async |rest| match rest {
        Some(rest) => rest.next().await.map(Some),
        None => Ok(None),
    });
    Ok(Export { name: format!("activity-{}.csv", now.date()), content: stream::iter([head]).chain(rows).boxed() })
}

/// What of the file is not written yet.
struct Rest {
    backend: Backend,
    filter: Filter,
    before: Option<i64>,
    left: usize,
    most: usize,
}

impl Rest {
    /// The next rows, and what is left after them.
    async fn next(mut self) -> Result<(Bytes, Option<Self>)> {
        let wanted = PAGE.min(self.left);
        // One more than is written tells whether the file is cut.
        let limit = i64::try_from(wanted + 1).unwrap_or(i64::MAX);
        let mut rows = sql::matching(&self.backend.pool, &self.filter, self.before, limit).await?;
        let more = rows.len() > wanted;
        rows.truncate(wanted);
        self.left -= rows.len();
        self.before = rows.last().map(|row| row.id);
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let seals = sql::seals(&self.backend.pool, &ids).await?;
        let mut written: Vec<_> = rows.into_iter().map(|row| line(row, &seals)).collect();
        let cut = more && self.left == 0;
        if cut {
            written.push(cut_off(self.most));
        }
        Ok((lines(written)?, (more && !cut).then_some(self)))
    }
}

fn line(row: Activity, seals: &HashMap<i64, (i64, String)>) -> [Cell; 16] {
    let (position, hash) = seals.get(&row.id).cloned().unzip();
    let (customer, customer_name) = row.customer.unzip();
    [
        position.into(),
        hash.into(),
        row.at.into(),
        row.actor.into(),
        row.action.into(),
        row.subject_kind.into(),
        row.subject_id.into(),
        customer.into(),
        customer_name.into(),
        row.intent_id.map(|id| id.to_string()).into(),
        Cell::amount(row.price),
        Cell::currency(row.price),
        row.correlation_id.into(),
        row.note.into(),
        row.before.map(|facts| facts.to_string()).into(),
        row.after.map(|facts| facts.to_string()).into(),
    ]
}

fn cut_off(most: usize) -> [Cell; 16] {
    let mut line: [Cell; 16] = Default::default();
    line[NOTE] = format!("Only the newest {most} rows are in this file. Narrow the filter to get the others.").into();
    line
}
