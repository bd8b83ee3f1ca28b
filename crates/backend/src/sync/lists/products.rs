use super::{List, Position, Sweep, json, split};
use crate::Result;
use crate::sync::sql::products::{self as sql, ProductRow};
use domain::{Money, ProductId};
use marketplace::models::{Page, PriceType, Product, ProductPrice};
use marketplace::{Client, PAGE_SIZE, ProductFilter};
use sqlx::PgConnection;
use time::OffsetDateTime;

pub(in crate::sync) struct Products;

impl List for Products {
    type Item = Product;

    async fn page(&self, client: &Client, position: Position) -> Result<Page<Product>, marketplace::Error> {
        client.page(&ProductFilter::default(), position.offset, PAGE_SIZE).await
    }

    async fn store(&self, db: &mut PgConnection, items: &[Product], as_of: OffsetDateTime) -> Result<i64> {
        sql::upsert(db, &items.iter().map(row).collect::<Vec<_>>(), as_of).await
    }

    async fn complete(&self, db: &mut PgConnection, sweep: Sweep) -> Result<()> {
        sql::delete_unseen(db, sweep.started_at, sweep.total).await
    }
}

fn row(product: &Product) -> ProductRow<'_> {
    let id = product.id.as_ref().map(ProductId::as_str);
    let (billing_period_type, billing_period_length) = split(product.billing_period.as_ref());
    let (term_type, term_length) = split(product.subscription_period.as_ref());
    let (price, cost) = (recurring(&product.prices), recurring(&product.costs));
    ProductRow {
        id,
        mpn: product.mpn.as_deref(),
        vendor: product.vendor.as_deref().unwrap_or_default(),
        service_name: product.service_name.as_deref(),
        name: product.name.as_deref().or(product.mpn.as_deref()).or(id).unwrap_or_default(),
        minimum: product.minimum_quantity.map(Into::into),
        maximum: product.maximum_quantity.map(Into::into),
        billing_model: product.billing_model.as_ref().map(ToString::to_string),
        billing_period_type,
        billing_period_length,
        term_type,
        term_length,
        price_amount: price.map(|price| price.amount),
        price_currency: price.map(|price| price.currency.to_string()),
        cost_amount: cost.map(|cost| cost.amount),
        cost_currency: cost.map(|cost| cost.currency.to_string()),
        prices: json(&product.prices),
        costs: json(&product.costs),
        depends_on: json(&product.depends_on),
        coterming: product.coterming.as_ref().map(json),
    }
}

/// The first recurring price; one of no stated type is taken for recurring.
fn recurring(prices: &[ProductPrice]) -> Option<Money> {
    let mut recurring = prices.iter().filter(|price| matches!(price.kind, Some(PriceType::Recurring) | None));
    recurring.next().map(|price| price.price)
}
