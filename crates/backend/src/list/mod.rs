//! One mechanism for every list: filter, sort and page by key, with a count that stops growing.
//!
//! This module builds the queries that count and that find the keys of the page, from constants of the code and bound
//! values only; the feature's own checked query then fetches the rows of those keys. Pages go by key: the row after the
//! last one shown, so any page is as quick as the first.

mod best;
mod cursor;
mod filter;
mod named;
mod query;
#[cfg(test)]
mod reading_tests;
mod search;
#[cfg(test)]
mod tests;
mod walk;

pub use best::Best;
pub use cursor::Cursor;
pub use filter::Filter;
pub(crate) use named::contains_or_is_of;
pub use query::{List, Sort, SortType};
pub(crate) use search::contains;
pub(crate) use walk::Walk;

use std::collections::HashMap;

/// Rows on a page.
pub const PAGE_SIZE: usize = 50;

/// Rows counted at most; more are "more than".
pub const COUNT_LIMIT: i64 = 10_000;

/// What a person asks of a list; everything comes from the URL.
#[derive(Clone, Debug, Default)]
pub struct ListRequest {
    /// The column to sort by; the list's first sort where absent or unknown.
    pub sort: Option<String>,
    /// Reverses the sort's own direction.
    pub reversed: bool,
    /// Where the page begins or ends.
    pub cursor: Option<Cursor>,
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The rows, in order.
    pub rows: Vec<T>,
    /// Leads to the page before, where there is one.
    pub previous: Option<Cursor>,
    /// Leads to the page after, where there is one.
    pub next: Option<Cursor>,
    /// How many rows match.
    pub count: Count,
    /// The name of the column sorted by.
    pub sort: &'static str,
    /// Whether that column descends.
    pub descending: bool,
}

/// How many rows match the filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// This many.
    Exactly(i64),
    /// More than this many; counting on would cost more than it tells.
    MoreThan(i64),
}

impl<T> Page<T> {
    /// The same page with the rows that `rows` holds for its keys, in the page's order.
    pub(crate) fn with_rows<U>(self, rows: Vec<U>, key: impl Fn(&U) -> &str) -> Page<U>
    where
        T: AsRef<str>,
    {
        Page {
            rows: in_order(rows, &self.rows, key),
            previous: self.previous,
            next: self.next,
            count: self.count,
            sort: self.sort,
            descending: self.descending,
        }
    }
}

/// The rows in the order of their keys.
pub(crate) fn in_order<U>(mut rows: Vec<U>, keys: &[impl AsRef<str>], key: impl Fn(&U) -> &str) -> Vec<U> {
    let order: HashMap<&str, usize> = keys.iter().enumerate().map(|(position, key)| (key.as_ref(), position)).collect();
    rows.sort_by_key(|row| order.get(key(row)).copied());
    rows
}
