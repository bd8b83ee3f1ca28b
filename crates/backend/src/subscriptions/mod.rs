//! Subscriptions, as copied from the marketplace.

mod export;
mod filter;
mod model;
mod reading;
mod sql;
#[cfg(test)]
mod tests;
mod update;

pub use export::export;
pub use filter::{StatusFilter, SubscriptionFilter, TermFilter};
pub use model::{ProductLine, Subscription, SubscriptionRow};
pub use reading::{Reading, look_at};
pub(crate) use update::parse_price;
pub use update::{PriceBeside, price_beside_cost, set_attributes, set_auto_renew, set_price};

use crate::list::{Best, Filter, List, ListOf, ListRequest, Page, Sort, SortType};
use crate::{Backend, Error, Result, pool, resellers};
use reading::DetailState;
use time::OffsetDateTime;
use uuid::Uuid;

const LIST: List = List {
    table: "subscription",
    key: "id",
    sorts: &[
        Sort { name: "name", expression: "lower(name)", kind: SortType::Text, descending: false },
        Sort {
            name: "renewal",
            expression: "coalesce(renews_on, 'infinity'::date)",
            kind: SortType::Date,
            descending: false,
        },
        Sort {
            name: "created",
            expression: "coalesce(created_on, '-infinity'::date)",
            kind: SortType::Date,
            descending: true,
        },
        Sort { name: "seats", expression: "coalesce(seats, -1)", kind: SortType::Integer, descending: true },
        Sort { name: "status", expression: "status", kind: SortType::Text, descending: false },
    ],
};

const LISTED: ListOf<SubscriptionRow> =
    ListOf { list: LIST, key: |row| &row.id, read: |pool, keys| Box::pin(sql::rows(pool, keys)) };

/// The same as a search over everything orders it: terms of a month leave a removed subscription behind each, and those
/// come last.
static IN_USE_FIRST: ListOf<SubscriptionRow> = ListOf {
    list: List {
        sorts: &[Sort {
            name: "use",
            expression: "(case when status in ('active', 'pending', 'hold') then '0' else '1' end || lower(name))",
            kind: SortType::Text,
            descending: false,
        }],
        ..LIST
    },
    ..LISTED
};

/// A page of the list of subscriptions.
pub async fn page(
    backend: &Backend,
    request: &ListRequest,
    filter: &SubscriptionFilter,
) -> Result<Page<SubscriptionRow>> {
    let filters = conditions(backend, filter).await?;
    LISTED.page(&backend.pool, request, &filters).await
}

async fn conditions(backend: &Backend, filter: &SubscriptionFilter) -> Result<Vec<Filter>> {
    let mut filters = filter.conditions(backend.clock.now().date());
    if filter.customer_id.is_none() {
        filters.extend(of_own_customers(backend).await?);
    }
    Ok(filters)
}

/// The few subscriptions, of whatever status, that answer the text best.
pub(crate) async fn find(backend: &Backend, text: &str) -> Result<Best<SubscriptionRow>> {
    let own = Vec::from_iter(of_own_customers(backend).await?);
    IN_USE_FIRST.best(&backend.pool, text, &Filter::Contains(text.to_owned()), &own, &["id", "lower(name)"]).await
}

/// For an ordinary account the condition holds always, and would slow its count down.
async fn of_own_customers(backend: &Backend) -> Result<Option<Filter>> {
    Ok(resellers::has_any(backend).await?.then_some(filter::OF_OWN_CUSTOMERS))
}

/// The status of the subscription's customer, where it is one in which the marketplace takes no orders; `None` also
/// before the customer was read.
pub async fn customer_without_orders(backend: &Backend, id: &str) -> Result<Option<String>> {
    sql::inactive_customer(&backend.pool, id).await
}

/// The customer's subscriptions that are active, pending or on hold, those that renew soonest first; 500 at most.
pub async fn of_customer(backend: &Backend, customer_id: &str) -> Result<Vec<SubscriptionRow>> {
    sql::of_customer(&backend.pool, customer_id).await
}

/// Active subscriptions of the account's own customers with a term of a year or more that renew within `days`, the soonest
/// first, at most `limit`: all, or those of customers that the staff member `managed_by` looks after.
pub async fn renewing(
    backend: &Backend,
    managed_by: Option<Uuid>,
    days: u16,
    limit: i64,
) -> Result<Vec<SubscriptionRow>> {
    let today = backend.clock.now().date();
    sql::renewing(&backend.pool, managed_by, today, today + time::Duration::days(days.into()), limit).await
}

/// One subscription with its product lines.
pub async fn get(backend: &Backend, id: &str) -> Result<Subscription> {
    Ok(known(backend, id, backend.clock.now()).await?.0)
}

/// The same, and what is noted of its detail. A detail that is stored meanwhile is seen whole or not at all.
async fn known(backend: &Backend, id: &str, now: OffsetDateTime) -> Result<(Subscription, DetailState)> {
    let mut db = backend.pool.begin().await?;
    pool::look_once(&mut db).await?;
    let (subscription, state) = sql::get(&mut db, id, now).await?.ok_or(Error::NotFound("subscription"))?;
    let lines = sql::lines(&mut db, id).await?;
    Ok((Subscription { lines, ..subscription }, state))
}

/// Every vendor that a subscription is of, in order.
pub async fn vendors(backend: &Backend) -> Result<Vec<String>> {
    sql::vendors(&backend.pool).await
}
