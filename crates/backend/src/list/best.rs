//! The few rows of a list that answer a text best: what the search over everything shows of it.

use super::query::push_filters;
use super::{Count, Filter, List, search};
use crate::Result;
use sqlx::postgres::PgRow;
use sqlx::{PgPool, Postgres, QueryBuilder, Row};

/// The best rows of a list.
#[derive(Clone, Debug)]
pub struct Best<T> {
    /// The best first.
    pub rows: Vec<T>,
    /// How many there are, these among them.
    pub count: Count,
}

/// So many are shown.
const FEW: usize = 5;

/// So many are counted and compared at most: while somebody types, most of what matches is not what they look for.
const MOST: i64 = 1_000;

/// So many of those are compared that are exactly what was typed. Hundreds may have the same name.
const MOST_EXACT: i64 = 100;

/// How alike words have to be. Two letters in the wrong order leave a word of seven half as alike, or less.
const ALIKE: &str = "0.35";

impl List {
    /// The keys of the rows that `matching` leaves, and of these first the ones of which a part is the text, then those of
    /// which a part begins with it, or a word; equal ones in the list's usual order. All of them fulfil `others` too. Where
    /// more match than are compared, those come first of which one of `exact` is the text: indexed expressions.
    pub(crate) async fn best(
        &self,
        pool: &PgPool,
        text: &str,
        matching: &Filter,
        others: &[Filter],
        exact: &[&'static str],
    ) -> Result<Best<String>> {
        let Self { table, key, sorts } = self;
        let (sort, direction) = (sorts[0].expression, if sorts[0].descending { "desc" } else { "asc" });
        let columns = format!("select {key} as key, search, {sort} as sort from {table} where ");
        let mut query = QueryBuilder::<Postgres>::new(format!("with found as materialized ({columns}"));
        matching.push(&mut query);
        push_filters(&mut query, others);
        query.push(format!(
            " limit {}), exact as materialized ({columns} (select count(*) from found) > {MOST} and (false",
            MOST + 1
        ));
        for expression in exact {
            query.push(format!(" or {expression} = any("));
            query.push_bind(vec![text.to_owned(), text.to_lowercase(), text.to_uppercase()]).push(")");
        }
        query.push(")");
        push_filters(&mut query, others);
        query.push(format!(
            " limit {MOST_EXACT}) select key, (select count(*) from found)
            from (select key, sort, 0 as rank from exact union all select key, sort, "
        ));
        search::push_rank(&mut query, "search", text);
        query.push(format!(
            " from found where key not in (select key from exact)) as hit order by rank, sort {direction}, key limit {FEW}"
        ));
        // Planned with its values each time, as a list's queries are.
        let rows = query.build().persistent(false).fetch_all(pool).await?;
        let count: i64 = match rows.first() {
            Some(row) => row.try_get(1)?,
            None => 0,
        };
        let count = if count > MOST { Count::MoreThan(MOST) } else { Count::Exactly(count) };
        Ok(Best { rows: keys(&rows)?, count })
    }

    /// The keys of the rows in which words stand that are like those of the text, the most alike first. How many there are
    /// says nothing: what is shown is all that is counted.
    pub(crate) async fn nearest(&self, pool: &PgPool, text: &str) -> Result<Best<String>> {
        let Self { table, key, .. } = self;
        let mut db = pool.begin_with("begin read only").await?;
        // Comparing is what costs: by the index only those are compared that share enough with the text.
        let mut set = QueryBuilder::<Postgres>::new("select set_config('enable_seqscan', 'off', true), ");
        set.push("set_config('pg_trgm.word_similarity_threshold', ").push_bind(ALIKE).push(", true)");
        set.build().execute(&mut *db).await?;
        let mut query = QueryBuilder::<Postgres>::new(format!(
            "with near as materialized (select {key} as key, search from {table} where lower("
        ));
        query
            .push_bind(text)
            .push(format!(") <% search limit {MOST}) select key from near order by word_similarity(lower("));
        query.push_bind(text).push(format!("), search) desc, search, key limit {FEW}"));
        let rows = query.build().persistent(false).fetch_all(&mut *db).await?;
        db.rollback().await?;
        let keys = keys(&rows)?;
        let count = Count::Exactly(i64::try_from(keys.len()).unwrap_or(MOST));
        Ok(Best { rows: keys, count })
    }
}

fn keys(rows: &[PgRow]) -> Result<Vec<String>, sqlx::Error> {
    rows.iter().map(|row| row.try_get(0)).collect()
}

impl<T> Best<T> {
    /// Whether nothing matches.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}
