//! Customers, as copied from the marketplace.

mod create;
mod export;
mod spend;
mod sql;
#[cfg(test)]
mod tests;
mod update;

pub use create::{Namesake, NewCustomer, create, namesakes};
pub use export::export;
pub use marketplace::models::{Address, ContactPerson};
pub use spend::{Spend, SpendPer};
pub use update::{set_hold, update};

use crate::list::{Best, Filter, List, ListOf, ListRequest, Page, Sort, SortType};
use crate::resellers::{ResellerName, Whose};
use crate::{Backend, Error, Result};
use serde_json::Value;
use time::OffsetDateTime;
use uuid::Uuid;

/// A row of the list of customers.
#[derive(Clone, Debug)]
pub struct CustomerRow {
    /// Identifier at the marketplace.
    pub id: String,
    /// Company name.
    pub name: String,
    /// Status, as the marketplace names it.
    pub status: String,
    /// Identifier in the reseller's own system.
    pub external_id: Option<String>,
    /// City and country, where known.
    pub city: Option<String>,
    /// ISO 3166 alpha-2 code.
    pub country_code: Option<String>,
    /// The names of their account managers.
    pub managers: Vec<String>,
    /// How many of their subscriptions are active.
    pub active_subscriptions: i64,
    /// The name of the reseller whose customer it is; `None` for the account's own.
    pub reseller_name: Option<String>,
    /// When this was read from the marketplace.
    pub as_of: OffsetDateTime,
}

/// Everything copied about one customer.
#[derive(Clone, Debug)]
pub struct Customer {
    /// Identifier at the marketplace.
    pub id: String,
    /// Company name.
    pub name: String,
    /// Status, as the marketplace names it.
    pub status: String,
    /// Identifier in the reseller's own system.
    pub external_id: Option<String>,
    /// Tax number.
    pub tax_reg_id: Option<String>,
    /// Language code.
    pub language: Option<String>,
    /// Where it is.
    pub address: Option<Address>,
    /// Whom to talk to.
    pub contacts: Vec<ContactPerson>,
    /// Custom attributes, by name.
    pub attributes: Value,
    /// The reseller whose customer it is; `None` for the account's own.
    pub reseller: Option<ResellerName>,
    /// When this was read from the marketplace.
    pub as_of: OffsetDateTime,
}

/// What the list of customers can be filtered by.
#[derive(Clone, Debug, Default)]
pub struct CustomerFilter {
    /// Part of the name, e-mail address, external id or id.
    pub search: Option<String>,
    /// Exactly this status.
    pub status: Option<String>,
    /// Those that this staff member looks after.
    pub managed_by: Option<Uuid>,
    /// Whose customers; the account's own unless chosen otherwise.
    pub whose: Whose,
}

impl CustomerFilter {
    fn conditions(&self) -> Vec<Filter> {
        [
            self.search.clone().map(Filter::Contains),
            self.status.clone().map(|status| Filter::Is("status", status)),
            self.managed_by.map(|staff_id| Filter::ManagedBy("id", staff_id)),
            self.whose.condition(),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

const LIST: List = List {
    table: "customer",
    key: "id",
    sorts: &[
        Sort { name: "name", expression: "lower(name)", kind: SortType::Text, descending: false },
        Sort { name: "status", expression: "status", kind: SortType::Text, descending: false },
    ],
};

static LISTED: ListOf<CustomerRow> =
    ListOf { list: LIST, key: |row| &row.id, read: |pool, keys| Box::pin(sql::rows(pool, keys)) };

/// A page of the list of customers.
pub async fn page(backend: &Backend, request: &ListRequest, filter: &CustomerFilter) -> Result<Page<CustomerRow>> {
    LISTED.page(&backend.pool, request, &filter.conditions()).await
}

/// By these a search over everything finds the very one, however many match; each is indexed.
const EXACT: [&str; 3] = ["id", "external_id", "lower(name)"];

/// The few customers that answer the text best, whoever's they are.
pub(crate) async fn find(backend: &Backend, text: &str) -> Result<Best<CustomerRow>> {
    LISTED.best(&backend.pool, text, &Filter::Contains(text.to_owned()), &[], &EXACT).await
}

/// The few customers whose names are nearly the text.
pub(crate) async fn find_near(backend: &Backend, text: &str) -> Result<Best<CustomerRow>> {
    LISTED.nearest(&backend.pool, text).await
}

/// One customer.
pub async fn get(backend: &Backend, id: &str) -> Result<Customer> {
    sql::get(&backend.pool, id).await?.ok_or(Error::NotFound("customer"))
}

/// The languages customers of the copy have, in alphabetical order.
pub async fn languages(backend: &Backend) -> Result<Vec<String>> {
    sql::languages(&backend.pool).await
}

/// What the customer's active subscriptions cost and earn.
pub async fn spend(backend: &Backend, id: &str) -> Result<Spend> {
    sql::spend(&backend.pool, id).await
}
