//! The trail as a file to take away.

use super::{Activity, Actor, Entry, Filter, record, sql};
use crate::formula::guard;
use crate::staff::Staff;
use crate::{Backend, Error, Result};
use bytes::Bytes;
use csv::{Terminator, WriterBuilder};
use domain::Permission;
use futures::stream::{self, BoxStream, StreamExt};
use std::collections::HashMap;
use std::fmt;
use time::format_description::well_known::Rfc3339;

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

/// A file of comma-separated rows on its way to a person.
pub struct Export {
    /// What it is called.
    pub name: String,
    /// What is in it, the newest row first.
    pub content: BoxStream<'static, Result<Bytes>>,
}

/// Says nothing of the content.
impl fmt::Debug for Export {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Export").field("name", &self.name).finish_non_exhaustive()
    }
}

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
    // Without the mark, spreadsheets take UTF-8 for the encoding of their own country.
    let head = table([HEADER.map(str::to_owned)]).map(|header| [b"\xef\xbb\xbf", header.as_ref()].concat().into());
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
        let mut lines: Vec<_> = rows.into_iter().map(|row| line(row, &seals)).collect();
        let cut = more && self.left == 0;
        if cut {
            lines.push(cut_off(self.most));
        }
        Ok((table(lines)?, (more && !cut).then_some(self)))
    }
}

fn line(row: Activity, seals: &HashMap<i64, (i64, String)>) -> [String; 16] {
    let (position, hash) = seals.get(&row.id).cloned().unzip();
    let (customer, customer_name) = row.customer.unzip();
    [
        position.map(|position| position.to_string()).unwrap_or_default(),
        hash.unwrap_or_default(),
        row.at.format(&Rfc3339).unwrap_or_default(),
        row.actor,
        row.action,
        row.subject_kind,
        row.subject_id,
        customer.unwrap_or_default(),
        customer_name.unwrap_or_default(),
        row.intent_id.map(|id| id.to_string()).unwrap_or_default(),
        row.price.map(|price| price.amount.to_string()).unwrap_or_default(),
        row.price.map(|price| price.currency.code().to_owned()).unwrap_or_default(),
        row.correlation_id.unwrap_or_default(),
        row.note.unwrap_or_default(),
        row.before.map(|facts| facts.to_string()).unwrap_or_default(),
        row.after.map(|facts| facts.to_string()).unwrap_or_default(),
    ]
}

fn cut_off(most: usize) -> [String; 16] {
    let mut line: [String; 16] = Default::default();
    line[NOTE] = format!("Only the newest {most} rows are in this file. Narrow the filter to get the others.");
    line
}

fn table(rows: impl IntoIterator<Item = [String; 16]>) -> Result<Bytes> {
    let stored = |error: csv::Error| Error::Stored(error.to_string());
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|cell| guard(cell))).map_err(stored)?;
    }
    writer.into_inner().map(Bytes::from).map_err(|error| Error::Stored(error.to_string()))
}
