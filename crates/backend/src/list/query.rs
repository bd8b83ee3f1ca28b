//! Builds and runs the queries of a page: first how many rows match, because that tells how their keys are found.

use super::{COUNT_LIMIT, Count, Cursor, Filter, ListRequest, PAGE_SIZE, Page};
use crate::{Error, Result};
use sqlx::{PgPool, Postgres, QueryBuilder, Row};

/// A list: a table, its key and what it can be sorted by. All of it constants of the code.
#[derive(Clone, Copy, Debug)]
pub struct List {
    /// The table.
    pub table: &'static str,
    /// Its text key; breaks ties between equal sort values.
    pub key: &'static str,
    /// What it can be sorted by, the usual one first.
    pub sorts: &'static [Sort],
}

/// Something a list can be sorted by. An index on `(expression, key)` makes it quick.
#[derive(Clone, Copy, Debug)]
pub struct Sort {
    /// Its name in the URL.
    pub name: &'static str,
    /// The SQL expression; never null.
    pub expression: &'static str,
    /// The expression's type.
    pub kind: SortType,
    /// Starts with the largest.
    pub descending: bool,
}

/// The type of a sort expression: what the cursor's text is read as.
#[derive(Clone, Copy, Debug)]
pub enum SortType {
    /// `text`
    Text,
    /// `bigint`
    Integer,
    /// `numeric`
    Number,
    /// `date`
    Date,
    /// `timestamptz`
    Time,
}

impl List {
    /// The keys of the requested page, with its neighbours and the count.
    pub async fn page(&self, pool: &PgPool, request: &ListRequest, filters: &[Filter]) -> Result<Page<String>> {
        let sort = self.sort(request.sort.as_deref());
        let descending = sort.descending != request.reversed;
        let backwards = request.cursor.as_ref().is_some_and(|cursor| cursor.backwards);
        let matching = self.count(pool, filters, COUNT_LIMIT + 1).await?;
        let count = matching.count();
        let mut rows = if count == Count::Exactly(0) {
            Vec::new()
        } else {
            let cursor = request.cursor.as_ref();
            // One more than is shown tells whether there is another page.
            self.keys(pool, sort, &matching, cursor, filters, descending != backwards, PAGE_SIZE + 1).await?
        };
        let more = rows.len() > PAGE_SIZE;
        rows.truncate(PAGE_SIZE);
        if backwards {
            rows.reverse();
        }
        let beside = |row: Option<&(String, String)>, backwards| {
            row.map(|(key, value)| Cursor { key: key.clone(), value: value.clone(), backwards })
        };
        let previous = beside(rows.first(), true).filter(|_| if backwards { more } else { request.cursor.is_some() });
        let next = beside(rows.last(), false).filter(|_| backwards || more);
        Ok(Page {
            rows: rows.into_iter().map(|(key, _)| key).collect(),
            previous,
            next,
            count,
            sort: sort.name,
            descending,
        })
    }

    pub(super) fn sort(&self, name: Option<&str>) -> &'static Sort {
        let wanted = self.sorts.iter().find(|sort| Some(sort.name) == name);
        wanted.unwrap_or(&self.sorts[0])
    }

    /// The next keys after the cursor, each with its value of the sort.
    pub(super) async fn keys(
        &self,
        pool: &PgPool,
        sort: &Sort,
        matching: &Matching,
        cursor: Option<&Cursor>,
        filters: &[Filter],
        descending: bool,
        limit: usize,
    ) -> Result<Vec<(String, String)>> {
        let mut query = self.keys_query(sort, matching, cursor, filters, descending, limit);
        // Planned with its values each time: the same filter matches nearly all rows with one, and none with another.
        let rows = query.build().persistent(false).fetch_all(pool).await.map_err(refuse_damaged_cursor)?;
        Ok(rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect::<Result<_, sqlx::Error>>()?)
    }

    /// Where a good part of the table matches, the index of the sort is walked until the page is full. Otherwise the
    /// walk could go on to the end of the table: the rows that match are found first, and sorted.
    fn keys_query(
        &self,
        sort: &Sort,
        matching: &Matching,
        cursor: Option<&Cursor>,
        filters: &[Filter],
        descending: bool,
        limit: usize,
    ) -> QueryBuilder<Postgres> {
        let Self { table, key, .. } = self;
        let Sort { expression, .. } = sort;
        let (mut query, expression, key) = if matching.are_dense() {
            let mut walk = QueryBuilder::new(format!("select {key}, ({expression})::text from {table} where true"));
            push_filters(&mut walk, filters);
            (walk, *expression, *key)
        } else {
            let found = format!(
                "with found as materialized (select {key} as key, {expression} as value from {table} where true"
            );
            let mut sorted = QueryBuilder::new(found);
            push_filters(&mut sorted, filters);
            sorted.push(") select key, value::text from found where true");
            // The bare name would be that of the text that is selected.
            (sorted, "found.value", "found.key")
        };
        if let Some(cursor) = cursor {
            query.push(format!(" and ({expression}, {key}) {} (", if descending { "<" } else { ">" }));
            query.push_bind(cursor.value.clone()).push(format!("::text::{}, ", sort.kind.sql()));
            query.push_bind(cursor.key.clone()).push(")");
        }
        let direction = if descending { "desc" } else { "asc" };
        query.push(format!(" order by {expression} {direction}, {key} {direction} limit {limit}"));
        query
    }

    /// How many rows match, counted up to so many.
    pub(super) async fn count(&self, pool: &PgPool, filters: &[Filter], most: i64) -> Result<Matching, sqlx::Error> {
        let Self { table, .. } = self;
        let mut query = QueryBuilder::new(format!(
            "select count(*), (select reltuples::bigint from pg_class where oid = '{table}'::regclass)
             from (select 1 from {table} where true"
        ));
        push_filters(&mut query, filters);
        query.push(format!(" limit {most}) as counted"));
        let row = query.build().persistent(false).fetch_one(pool).await?;
        Ok(Matching { rows: row.try_get(0)?, table_rows: row.try_get(1)? })
    }
}

/// How many rows match, and of how many.
pub(super) struct Matching {
    /// As far as they were counted.
    pub(super) rows: i64,
    /// As Postgres estimates; -1 before it ever did.
    table_rows: i64,
}

/// One row in so many is dense: a page of 50 is full after a thousand.
const DENSE: i64 = 20;

impl Matching {
    fn count(&self) -> Count {
        if self.rows > COUNT_LIMIT { Count::MoreThan(COUNT_LIMIT) } else { Count::Exactly(self.rows) }
    }

    fn are_dense(&self) -> bool {
        match self.count() {
            Count::MoreThan(_) => true,
            Count::Exactly(count) => self.table_rows > 0 && count.saturating_mul(DENSE) >= self.table_rows,
        }
    }
}

impl SortType {
    fn sql(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "bigint",
            Self::Number => "numeric",
            Self::Date => "date",
            Self::Time => "timestamptz",
        }
    }
}

pub(super) fn push_filters(query: &mut QueryBuilder<Postgres>, filters: &[Filter]) {
    for filter in filters {
        query.push(" and ");
        filter.push(query);
    }
}

/// Only a cursor can hold a value that Postgres cannot read (class 22, data exception).
fn refuse_damaged_cursor(error: sqlx::Error) -> Error {
    let data_exception =
        error.as_database_error().and_then(sqlx::error::DatabaseError::code).is_some_and(|code| code.starts_with("22"));
    if data_exception { Error::invalid("page", super::cursor::InvalidCursor.to_string()) } else { error.into() }
}
