//! One mechanism for every list: filter, sort and page by key, with a count that stops growing.
//!
//! This module builds the queries that count and that find the keys of the page, from constants of the code and bound
//! values only; the feature's own checked query then fetches the rows of those keys. Pages go by key: the row after the
//! last one shown, so any page is as quick as the first.

mod best;
mod cursor;
mod filter;
mod list_of;
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
pub(crate) use list_of::ListOf;
pub(crate) use named::contains_or_is_of;
pub use query::{List, Sort, SortType};
pub(crate) use search::contains;
pub(crate) use walk::Walk;

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

impl Page<String> {
    /// The same page with the rows of its keys.
    fn with_rows<T>(self, rows: Vec<T>) -> Page<T> {
        let Self { previous, next, count, sort, descending, .. } = self;
        Page { rows, previous, next, count, sort, descending }
    }
}
