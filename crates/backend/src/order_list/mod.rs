//! Orders to look at: the copy of the marketplace's, and those placed here that are not finished. Placing them is the
//! business of `orders`.

mod contents;
mod detail;
mod open;
mod sql;
mod terms;
#[cfg(test)]
mod tests;
mod timeline;

pub use contents::{Contents, look_at};
pub use detail::{Charge, Order, OrderLine, Which, get, which};
pub use open::{OpenOrder, open};
pub use terms::{EndsWith, OrderTerms};

use crate::list::{Filter, List, ListRequest, Page, Sort, SortType};
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
    /// The client's purchase order number, once the order's detail was read.
    pub po_number: Option<String>,
    /// What it comes to, as the marketplace says.
    pub total: Option<Money>,
    /// When it was made.
    pub created_at: Option<OffsetDateTime>,
}

/// What the list of orders can be filtered by.
#[derive(Clone, Debug, Default)]
pub struct OrderFilter {
    /// Part of the order number, the id or the PO number.
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

/// A page of the list of orders.
pub async fn page(backend: &Backend, request: &ListRequest, filter: &OrderFilter) -> Result<Page<OrderRow>> {
    let mut filters: Vec<Filter> = [
        filter.search.clone().map(Filter::Contains),
        filter.status.clone().map(|status| Filter::Is("status", status)),
        filter.kind.clone().map(|kind| Filter::Is("kind", kind)),
        filter.managed_by.map(|staff_id| Filter::ManagedBy("customer_id", staff_id)),
        filter.whose.condition(),
    ]
    .into_iter()
    .flatten()
    .collect();
    if let Some(customer) = &filter.customer {
        let id = sql::is_a_customer(&backend.pool, customer).await?;
        let condition = if id { Filter::Is } else { Filter::OfCustomerNamed };
        filters.push(condition("customer_id", customer.clone()));
    }
    let keys = LIST.page(&backend.pool, request, &filters).await?;
    let rows = sql::rows(&backend.pool, &keys.rows).await?;
    Ok(keys.with_rows(rows, |row| &row.id))
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
