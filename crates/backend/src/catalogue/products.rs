//! Products: the list, one of them, and one of them to order.

use super::sql;
use crate::Period;
use crate::list::{Best, Filter, List, ListOf, ListRequest, Page, Sort, SortType};
use crate::sync::{self, Collection};
use crate::{Backend, Error, Result};
use domain::{Margin, Money, SeatLimits};
use marketplace::models::{BillingModel, Coterming, Dependency, PriceType, ProductPrice};
use rust_decimal::Decimal;
use time::OffsetDateTime;

/// One product for one term and billing period. Prices and costs are per seat and billing period.
#[derive(Clone, Debug, PartialEq)]
pub struct Product {
    /// Ours: tells products apart that share an id and an mpn.
    pub key: String,
    /// Identifier at the marketplace.
    pub id: Option<String>,
    /// The vendor's number; the same for every term and billing period.
    pub mpn: Option<String>,
    /// Who makes it; may be empty.
    pub vendor: String,
    /// What it is called.
    pub name: String,
    /// How long it is bought for.
    pub term: Option<Period>,
    /// How often it is charged.
    pub billing_period: Option<Period>,
    /// When it is charged.
    pub billing_model: Option<BillingModel>,
    /// Fewest and most seats of a subscription.
    pub limits: SeatLimits,
    /// What the customer pays: the first recurring price.
    pub price: Option<Money>,
    /// What the reseller pays: the first recurring cost.
    pub cost: Option<Money>,
    /// The prices by quantity; empty where one price holds for every quantity.
    pub price_tiers: Vec<Tier>,
    /// The costs by quantity; empty where one cost holds for every quantity.
    pub cost_tiers: Vec<Tier>,
    /// Charged once at the start, besides the price.
    pub setup_price: Option<Money>,
    /// What the marketplace adds to an order of this product unless the order has it.
    pub depends_on: Vec<Dependency>,
    /// Whether and with what its term ends together.
    pub coterming: Option<Coterming>,
    /// When this was read from the marketplace.
    pub as_of: OffsetDateTime,
}

/// The price from a quantity upwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tier {
    /// The smallest quantity it holds for.
    pub from: Decimal,
    /// The price of one seat.
    pub price: Money,
}

impl Product {
    /// What the reseller earns per seat and billing period; `None` where price or cost is unknown, or their currencies
    /// differ.
    pub fn margin(&self) -> Option<Margin> {
        Margin::of(self.price?, self.cost?)
    }

    /// The same product for people who may not see what the reseller pays.
    #[must_use]
    pub fn without_costs(self) -> Self {
        Self { cost: None, cost_tiers: Vec::new(), ..self }
    }

    /// An order needs one of them to name the product.
    pub fn can_be_named(&self) -> bool {
        self.id.is_some() || self.mpn.is_some()
    }
}

/// What the list of products can be filtered by.
#[derive(Clone, Debug, Default)]
pub struct ProductFilter {
    /// Part of the name, mpn or id.
    pub search: Option<String>,
    /// Exactly this vendor.
    pub vendor: Option<String>,
    /// Exactly this term, its length and unit as they are stored: `1 year`, `3 year`.
    pub term: Option<String>,
    /// Exactly this billing period, written the same way.
    pub billing_period: Option<String>,
}

impl ProductFilter {
    pub(super) fn conditions(&self) -> Vec<Filter> {
        [
            self.search.clone().map(Filter::Contains),
            self.vendor.clone().map(|vendor| Filter::Is("vendor", vendor)),
            self.term.clone().map(|term| Filter::Is(TERM, term)),
            self.billing_period.clone().map(|period| Filter::Is(BILLING_PERIOD, period)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// What there is to choose from in the filter.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// Vendors by name.
    pub vendors: Vec<String>,
    /// Terms by unit and length.
    pub terms: Vec<Period>,
    /// Billing periods by unit and length.
    pub billing_periods: Vec<Period>,
    /// Since when the copy of them is known to be complete; `None` before it was complete once.
    pub as_of: Option<OffsetDateTime>,
}

/// By name, and under one name the shortest term and billing period first. Each sort is indexed as it is written here.
macro_rules! by_name {
    () => {
        "(lower(name) || ' ' \
         || lpad((coalesce(term_length, 0) * case term_type when 'year' then 12 else 1 end)::text, 5, '0') \
         || lpad((coalesce(billing_period_length, 0) * case billing_period_type when 'year' then 12 else 1 end)::text, \
         5, '0'))"
    };
}

/// Amounts sort within their currency: as text, padded, because amounts of two currencies cannot be compared.
const BY_PRICE: &str = "(coalesce(price_currency, '') || lpad(round(coalesce(price_amount, 0), 6)::text, 24, '0'))";

/// A term as the filter writes it. Indexed as it is written here.
const TERM: &str = "(coalesce(term_length, 1)::text || ' ' || term_type)";

/// The same of a billing period.
const BILLING_PERIOD: &str = "(coalesce(billing_period_length, 1)::text || ' ' || billing_period_type)";

const LIST: List = List {
    table: "product",
    key: "key",
    sorts: &[
        Sort { name: "name", expression: by_name!(), kind: SortType::Text, descending: false },
        Sort {
            name: "vendor",
            expression: concat!("(vendor || ' ' || ", by_name!(), ")"),
            kind: SortType::Text,
            descending: false,
        },
        Sort { name: "price", expression: BY_PRICE, kind: SortType::Text, descending: false },
    ],
};

pub(super) static LISTED: ListOf<Product> =
    ListOf { list: LIST, key: |row| &row.key, read: |pool, keys| Box::pin(sql::products(pool, keys)) };

/// A page of the list of products.
pub async fn products(backend: &Backend, request: &ListRequest, filter: &ProductFilter) -> Result<Page<Product>> {
    LISTED.page(&backend.pool, request, &filter.conditions()).await
}

/// By these a search over everything finds the very one, however many match; each is indexed.
const EXACT: [&str; 1] = ["mpn"];

/// The few products that answer the text best.
pub(crate) async fn find_products(backend: &Backend, text: &str) -> Result<Best<Product>> {
    LISTED.best(&backend.pool, text, &Filter::Contains(text.to_owned()), &[], &EXACT).await
}

/// The few products whose names are nearly the text.
pub(crate) async fn find_products_near(backend: &Backend, text: &str) -> Result<Best<Product>> {
    LISTED.nearest(&backend.pool, text).await
}

/// One product.
pub async fn product(backend: &Backend, key: &str) -> Result<Product> {
    sql::products(&backend.pool, &[key.to_owned()]).await?.pop().ok_or(Error::NotFound("product"))
}

/// One product, to put it into an order. [`Error::Conflict`] when the marketplace gave neither id nor mpn: no order can
/// name it.
pub async fn find_for_order(backend: &Backend, key: &str) -> Result<Product> {
    let found = product(backend, key).await?;
    if found.can_be_named() {
        Ok(found)
    } else {
        Err(Error::Conflict(format!("The marketplace gives {} no number to order it by.", found.name)))
    }
}

/// What the filter offers.
pub async fn choices(backend: &Backend) -> Result<Choices> {
    let (vendors, terms, billing_periods, as_of) = tokio::try_join!(
        sql::vendors(&backend.pool),
        sql::terms(&backend.pool),
        sql::billing_periods(&backend.pool),
        sync::oldest_as_of(backend, &[Collection::Products]),
    )?;
    Ok(Choices { vendors, terms: ordered(terms), billing_periods: ordered(billing_periods), as_of })
}

/// The prices of several quantities, the smallest first; empty where there is only one.
pub(super) fn tiers(prices: &[ProductPrice]) -> Vec<Tier> {
    let recurring = prices.iter().filter(|price| is_recurring(price));
    let mut tiers: Vec<Tier> =
        recurring.map(|price| Tier { from: price.lower_limit.unwrap_or_default(), price: price.price }).collect();
    tiers.sort_by_key(|tier| tier.from);
    if tiers.len() > 1 { tiers } else { Vec::new() }
}

/// Whether a unit's price depends on how many there are.
pub(crate) fn price_varies(prices: &[ProductPrice]) -> bool {
    !tiers(prices).is_empty()
}

/// The price of the kind, where it is not nothing.
pub(super) fn once(prices: &[ProductPrice], kind: &PriceType) -> Option<Money> {
    let mut prices = prices.iter().filter(|price| price.kind.as_ref() == Some(kind) && !price.price.amount.is_zero());
    prices.next().map(|price| price.price)
}

/// A price of no stated type is taken for recurring.
fn is_recurring(price: &ProductPrice) -> bool {
    matches!(price.kind, Some(PriceType::Recurring) | None)
}

fn ordered(mut periods: Vec<Period>) -> Vec<Period> {
    periods.sort();
    periods
}
