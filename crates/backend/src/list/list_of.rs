//! A list with its rows: the list finds keys, and a feature's own checked query reads what stands in their rows.

use super::{Best, Filter, List, ListRequest, Page};
use crate::Result;
use futures::future::BoxFuture;
use sqlx::PgPool;
use std::collections::HashMap;

/// How the rows of some keys are read, in any order.
type Read<T> = for<'a> fn(&'a PgPool, &'a [String]) -> BoxFuture<'a, Result<Vec<T>>>;

/// A list whose rows are `T`s.
pub(crate) struct ListOf<T: 'static> {
    /// How it is filtered, sorted and paged.
    pub(crate) list: List,
    /// The key of a row.
    pub(crate) key: fn(&T) -> &str,
    /// The rows of these keys.
    pub(crate) read: Read<T>,
}

impl<T> ListOf<T> {
    /// The requested page, with its neighbours and the count.
    pub(crate) async fn page(&self, pool: &PgPool, request: &ListRequest, filters: &[Filter]) -> Result<Page<T>> {
        let keys = self.list.page(pool, request, filters).await?;
        let rows = self.rows(pool, &keys.rows).await?;
        Ok(keys.with_rows(rows))
    }

    /// The rows of [`List::best`].
    pub(crate) async fn best(
        &self,
        pool: &PgPool,
        text: &str,
        matching: &Filter,
        others: &[Filter],
        exact: &[&'static str],
    ) -> Result<Best<T>> {
        let Best { rows, count } = self.list.best(pool, text, matching, others, exact).await?;
        Ok(Best { rows: self.rows(pool, &rows).await?, count })
    }

    /// The rows of [`List::nearest`].
    pub(crate) async fn nearest(&self, pool: &PgPool, text: &str) -> Result<Best<T>> {
        let Best { rows, count } = self.list.nearest(pool, text).await?;
        Ok(Best { rows: self.rows(pool, &rows).await?, count })
    }

    /// The rows of these keys, in the order of the keys.
    pub(crate) async fn rows(&self, pool: &PgPool, keys: &[String]) -> Result<Vec<T>> {
        let mut rows = (self.read)(pool, keys).await?;
        let order: HashMap<&str, usize> = keys.iter().map(String::as_str).zip(0..).collect();
        rows.sort_by_key(|row| order.get((self.key)(row)).copied());
        Ok(rows)
    }
}
