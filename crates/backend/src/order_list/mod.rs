//! Orders to look at: the copy of the marketplace's, and those placed here that are not finished. Placing them is the
//! business of `orders`.

mod contents;
mod detail;
mod export;
mod open;
mod placed_here;
mod sql;
mod terms;
#[cfg(test)]
mod tests;
mod timeline;

pub use contents::{Contents, look_at};
pub use detail::{Charge, Order, OrderLine, Which, get, which};
pub use export::export;
pub use open::{OpenOrder, open};
pub use placed_here::{PlacedHere, placed_here};
pub use terms::{EndsWith, OrderTerms};

use crate::list::{self, Best, Filter, List, ListOf, ListRequest, Page, Sort, SortType};
use crate::resellers::Whose;
use crate::sync::{self, Collection};
use crate::{Backend, Result};
use domain::Money;
use time::OffsetDateTime;
use uuid::Uuid;

/// A row of the list of orders.
#[derive(Clone, Debug)]
pub struct OrderRow {
    /// Identifier at the marketplace.
    pub id: String,
    /// What people call it, such as `SO000012`.
    pub order_number: Option<String>,
    /// What it does, as the marketplace names it; `cancellation` ends a subscription.
    pub kind: String,
    /// How far it is, as the marketplace names it; a `cancelled` order was given up.
    pub status: String,
    /// Carried out with the subscription's renewal, not at once.
    pub at_renewal: bool,
    /// For whom.
    pub customer_id: String,
    /// Their name, once it is known.
    pub customer_name: Option<String>,
    /// The name of the reseller whose customer it is; `None` for the account's own.
    pub reseller_name: Option<String>,
    /// The customer's purchase order number, once the order's detail was read.
    pub po_number: Option<String>,
    /// What it comes to, as the marketplace says.
    pub total: Option<Money>,
    /// When it was made.
    pub created_at: Option<OffsetDateTime>,
}

/// What the list of orders can be filtered by.
#[derive(Clone, Debug, Default)]
pub struct OrderFilter {
    /// Part of the order number, the id, the PO number or the customer's name; one or two characters as of a name.
    pub search: Option<String>,
    /// Exactly this status.
    pub status: Option<String>,
    /// Exactly this type.
    pub kind: Option<String>,
    /// The customer's id, or part of their name; of a name one or two characters are the beginning of a word.
    pub customer: Option<String>,
    /// Of customers that this staff member looks after.
    pub managed_by: Option<Uuid>,
    /// Whose customers' orders; those of the account's own unless chosen otherwise.
    pub whose: Whose,
}

impl OrderFilter {
    /// Whether a certain order, or a certain customer's, is looked for.
    pub fn looks_for_some(&self) -> bool {
        self.search.is_some() || self.customer.is_some()
    }
}

const LIST: List = List {
    table: "marketplace_order",
    key: "id",
    sorts: &[
        Sort {
            name: "created",
            expression: "coalesce(created_at, '-infinity'::timestamptz)",
            kind: SortType::Time,
            descending: true,
        },
        Sort { name: "status", expression: "status", kind: SortType::Text, descending: false },
    ],
};

static LISTED: ListOf<OrderRow> =
    ListOf { list: LIST, key: |row| &row.id, read: |pool, keys| Box::pin(sql::rows(pool, keys)) };

/// A page of the list of orders.
pub async fn page(backend: &Backend, request: &ListRequest, filter: &OrderFilter) -> Result<Page<OrderRow>> {
    let filters = conditions(backend, filter).await?;
    LISTED.page(&backend.pool, request, &filters).await
}

/// What is asked of an order of the marketplace.
async fn conditions(backend: &Backend, filter: &OrderFilter) -> Result<Vec<Filter>> {
    let mut filters = looked_for(backend, filter).await?;
    filters.extend(filter.status.clone().map(|status| Filter::Is("status", status)));
    filters.extend(filter.whose.condition());
    Ok(filters)
}

/// The few orders, whoever's customer they are for, that answer the text best: those of the marketplace, and those placed
/// here that it does not have.
pub(crate) async fn find(backend: &Backend, text: &str) -> Result<(Best<OrderRow>, Best<OpenOrder>)> {
    let matching = list::contains_or_is_of(&backend.pool, "customer_id", text).await?;
    tokio::try_join!(find_listed(backend, text, &matching), placed_here::find(backend, text, &matching))
}

async fn find_listed(backend: &Backend, text: &str, matching: &Filter) -> Result<Best<OrderRow>> {
    LISTED.best(&backend.pool, text, matching, &[], &["id", "order_number"]).await
}

/// What is asked of an order wherever it is kept: the text, the customer, the type and who looks after the customer.
async fn looked_for(backend: &Backend, filter: &OrderFilter) -> Result<Vec<Filter>> {
    let mut filters = Vec::new();
    if let Some(text) = &filter.search {
        filters.push(list::contains_or_is_of(&backend.pool, "customer_id", text).await?);
    }
    if let Some(customer) = &filter.customer {
        let id = sql::is_a_customer(&backend.pool, customer).await?;
        let condition = if id { Filter::Is } else { Filter::OfCustomerNamed };
        filters.push(condition("customer_id", customer.clone()));
    }
    filters.extend(filter.kind.clone().map(|kind| Filter::Is("kind", kind)));
    filters.extend(filter.managed_by.map(|staff_id| Filter::ManagedBy("customer_id", staff_id)));
    Ok(filters)
}

/// Up to when the copy knows every such order and every change of an open one; `None` before it was complete once.
pub async fn as_of(backend: &Backend, whose: &Whose) -> Result<Option<OffsetDateTime>> {
    let lists: &[Collection] = match whose {
        Whose::Own => &OWN,
        Whose::Reseller(_) => &[Collection::Resellers],
        Whose::All => &[OWN[0], OWN[1], OWN[2], Collection::Resellers],
    };
    sync::oldest_as_of(backend, lists).await
}

/// The lists that together know every order of the account's own customers.
const OWN: [Collection; 3] = [Collection::Orders, Collection::SubmittedOrders, Collection::ProcessingOrders];
