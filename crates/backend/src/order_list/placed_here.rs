//! Orders placed here that somebody looks for and that the list does not have: unknown, waiting for approval, turned
//! down, failed before they were orders, or not copied yet.

use super::open::in_words;
use super::{OpenOrder, OrderFilter, looked_for, sql};
use crate::list::{Best, Count, Filter, List, ListRequest, Sort, SortType};
use crate::{Backend, Result};

/// The newest of those that match, and how many there are.
#[derive(Clone, Debug)]
pub struct PlacedHere {
    /// The newest first.
    pub orders: Vec<OpenOrder>,
    /// How many match, these among them.
    pub count: Count,
}

/// So many are shown.
const MOST: usize = 20;

const INTENTS: List = List {
    table: "intent",
    key: "id::text",
    sorts: &[Sort { name: "created", expression: "created_at", kind: SortType::Time, descending: true }],
};

/// The copy has no order of it.
const NOT_LISTED: &str = "not exists (select from marketplace_order o where o.id = intent.order_id)";

/// Intents of every state and age without an order in the copy: those that the filter's text, customer, type and staff
/// member leave. Its status is the marketplace's, of which they have none, and whose customer it is may not be known yet:
/// neither is held against them.
pub async fn placed_here(backend: &Backend, filter: &OrderFilter) -> Result<PlacedHere> {
    let mut filters = looked_for(backend, filter).await?;
    filters.push(Filter::Sql(NOT_LISTED));
    let page = INTENTS.page(&backend.pool, &ListRequest::default(), &filters).await?;
    let newest: Vec<String> = page.rows.into_iter().take(MOST).collect();
    let orders = in_words(backend, sql::placed_here(&backend.pool, &newest).await?).await?;
    Ok(PlacedHere { orders, count: page.count })
}

/// The few of them that answer the text best, of those that `matching` leaves.
pub(super) async fn find(backend: &Backend, text: &str, matching: &Filter) -> Result<Best<OpenOrder>> {
    let best = INTENTS.best(&backend.pool, text, matching, &[Filter::Sql(NOT_LISTED)], &[]).await?;
    let mut rows = in_words(backend, sql::placed_here(&backend.pool, &best.rows).await?).await?;
    rows.sort_by_key(|row| best.rows.iter().position(|key| *key == row.id.to_string()));
    Ok(Best { rows, count: best.count })
}
