//! Resellers below the account, as copied from the marketplace. An ordinary account has none. Their customers and orders
//! are in the same tables as the account's own; [`Whose`] tells them apart.

mod create;
mod sql;
#[cfg(test)]
mod tests;
mod update;
mod whose;

pub use create::{NewReseller, create, namesakes};
pub use update::update;
pub use whose::Whose;

use crate::list::{Best, Filter, List, ListOf, ListRequest, Page, Sort, SortType};
use crate::{Backend, Error, Result};
use marketplace::models::{Address, ContactPerson};
use serde_json::Value;
use time::OffsetDateTime;

/// A row of the list of resellers.
#[derive(Clone, Debug)]
pub struct ResellerRow {
    /// Identifier at the marketplace.
    pub id: String,
    /// Company name.
    pub name: String,
    /// Status, as the marketplace names it.
    pub status: String,
    /// Identifier in the account's own system.
    pub external_id: Option<String>,
    /// City and country, where known.
    pub city: Option<String>,
    /// ISO 3166 alpha-2 code.
    pub country_code: Option<String>,
    /// What it is billed in.
    pub currency: Option<String>,
    /// How many customers it has; `None` before they were read.
    pub customers: Option<i64>,
    /// When this was read from the marketplace.
    pub as_of: OffsetDateTime,
}

/// Everything copied about one reseller.
#[derive(Clone, Debug)]
pub struct Reseller {
    /// Identifier at the marketplace.
    pub id: String,
    /// Company name.
    pub name: String,
    /// Status, as the marketplace names it.
    pub status: String,
    /// Identifier in the account's own system.
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
    /// What it is billed in.
    pub currency: Option<String>,
    /// Who calculates its taxes.
    pub taxation_provider: Option<String>,
    /// The group it belongs to.
    pub customer_class: Option<String>,
    /// Since when its customers are known completely; `None` before they were read.
    pub customers_as_of: Option<OffsetDateTime>,
    /// Since when its orders are.
    pub orders_as_of: Option<OffsetDateTime>,
    /// When this was read from the marketplace.
    pub as_of: OffsetDateTime,
}

/// What a reseller is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResellerName {
    /// Identifier at the marketplace.
    pub id: String,
    /// Company name.
    pub name: String,
}

/// What the list of resellers can be filtered by.
#[derive(Clone, Debug, Default)]
pub struct ResellerFilter {
    /// Part of the name, e-mail address, external id or id.
    pub search: Option<String>,
    /// Exactly this status.
    pub status: Option<String>,
}

const LIST: List = List {
    table: "reseller",
    key: "id",
    sorts: &[
        Sort { name: "name", expression: "lower(name)", kind: SortType::Text, descending: false },
        Sort { name: "status", expression: "status", kind: SortType::Text, descending: false },
    ],
};

static LISTED: ListOf<ResellerRow> =
    ListOf { list: LIST, key: |row| &row.id, read: |pool, keys| Box::pin(sql::rows(pool, keys)) };

/// A page of the list of resellers.
pub async fn page(backend: &Backend, request: &ListRequest, filter: &ResellerFilter) -> Result<Page<ResellerRow>> {
    let filters: Vec<Filter> =
        [filter.search.clone().map(Filter::Contains), filter.status.clone().map(|status| Filter::Is("status", status))]
            .into_iter()
            .flatten()
            .collect();
    LISTED.page(&backend.pool, request, &filters).await
}

/// By these a search over everything finds the very one, however many match; each is indexed.
const EXACT: [&str; 2] = ["id", "lower(name)"];

/// The few resellers that answer the text best.
pub(crate) async fn find(backend: &Backend, text: &str) -> Result<Best<ResellerRow>> {
    LISTED.best(&backend.pool, text, &Filter::Contains(text.to_owned()), &[], &EXACT).await
}

/// The few resellers whose names are nearly the text.
pub(crate) async fn find_near(backend: &Backend, text: &str) -> Result<Best<ResellerRow>> {
    LISTED.nearest(&backend.pool, text).await
}

/// One reseller.
pub async fn get(backend: &Backend, id: &str) -> Result<Reseller> {
    sql::get(&backend.pool, id).await?.ok_or(Error::NotFound("reseller"))
}

/// Whether the account has any, as far as is known.
pub async fn has_any(backend: &Backend) -> Result<bool> {
    sql::has_any(&backend.pool).await
}

/// The languages resellers of the copy have, in alphabetical order.
pub async fn languages(backend: &Backend) -> Result<Vec<String>> {
    sql::languages(&backend.pool).await
}

/// All of them, by name.
pub async fn names(backend: &Backend) -> Result<Vec<ResellerName>> {
    sql::names(&backend.pool).await
}
