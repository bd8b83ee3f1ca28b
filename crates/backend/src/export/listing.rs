//! A list as a file: exactly the rows that its page would show on all its pages together, in the same order.

use super::{Column, Export, head, lines};
use crate::activity::{Actor, Entry, record};
use crate::list::{Filter, ListOf, ListRequest, Walk};
use crate::staff::Staff;
use crate::{Backend, Result};
use bytes::Bytes;
use futures::stream::{self, StreamExt};
use serde_json::{Map, Value, json};
use sqlx::PgPool;

/// A list that can be taken away.
pub(crate) struct Listing<T: 'static> {
    /// What its file is called, and how the activity names it.
    pub(crate) name: &'static str,
    /// The list and its rows.
    pub(crate) of: &'static ListOf<T>,
    /// What it tells of a row, in the order in which it is written.
    pub(crate) columns: &'static [Column<T>],
}

/// What was asked of a list, for the row of the activity that says so.
pub(crate) fn asked<const N: usize>(filters: [(&'static str, Option<String>); N]) -> Map<String, Value> {
    filters.into_iter().filter_map(|(name, value)| Some((name.to_owned(), json!(value?)))).collect()
}

impl<T: Send + 'static> Listing<T> {
    /// Every row that the filters leave, for a person who may see the list. `asked` is the same filters in words.
    ///
    /// Leaves an activity row before the first byte is sent, with how many rows there were then. Whoever hangs up, and a
    /// database that breaks, have it left already, and no row of the activity is ever written anew.
    pub(crate) async fn export(
        &'static self,
        backend: &Backend,
        staff: &Staff,
        request: &ListRequest,
        filters: Vec<Filter>,
        asked: Map<String, Value>,
    ) -> Result<Export> {
        let walk = Walk::begin(&backend.pool, self.of.list, request, filters).await?;
        let now = backend.clock.now();
        let facts: Map<String, Value> = asked.into_iter().chain([("rows".to_owned(), json!(walk.rows()))]).collect();
        let entry = Entry { after: Some(Value::Object(facts)), ..Entry::new("list.exported", "list", self.name) };
        let mut db = backend.pool.acquire().await?;
        record(&mut db, now, Actor::Staff(staff), entry).await?;
        drop(db);
        let columns: Vec<&'static Column<T>> = self.columns.iter().filter(|column| column.is_for(staff)).collect();
        let head = head(columns.iter().map(|column| column.heading));
        let rest = Rest { pool: backend.pool.clone(), listing: self, columns, walk };
        let rows = stream::try_unfold(rest, Rest::next);
        Ok(Export {
            name: format!("{}-{}.csv", self.name, now.date()),
            content: stream::iter([head]).chain(rows).boxed(),
        })
    }
}

/// What of the file is not written yet.
struct Rest<T: 'static> {
    pool: PgPool,
    listing: &'static Listing<T>,
    columns: Vec<&'static Column<T>>,
    walk: Walk,
}

impl<T: Send + 'static> Rest<T> {
    /// The next rows, and what is left after them.
    async fn next(mut self) -> Result<Option<(Bytes, Self)>> {
        let keys = self.walk.batch(&self.pool).await?;
        if keys.is_empty() {
            return Ok(None);
        }
        let rows = self.listing.of.rows(&self.pool, &keys).await?;
        let cells = rows.iter().map(|row| self.columns.iter().map(|column| (column.cell)(row)).collect::<Vec<_>>());
        let written = lines(cells)?;
        Ok(Some((written, self)))
    }
}
