use super::{List, Position, Sweep, json, split, word};
use crate::Result;
use crate::connection::ensure_same_copy;
use crate::sync::sql::subscriptions::{self as sql, LineRow, SubscriptionFacts, SubscriptionRow};
use domain::{PlanId, ProductId, Seats};
use marketplace::models::{Page, Subscription, SubscriptionDetailed, SubscriptionProduct};
use marketplace::{Client, PAGE_SIZE, SubscriptionFilter};
use sqlx::{Connection, PgConnection};
use time::OffsetDateTime;

pub(in crate::sync) struct Subscriptions;

impl List for Subscriptions {
    type Item = Subscription;

    async fn page(&self, client: &Client, position: Position) -> Result<Page<Subscription>, marketplace::Error> {
        client.page(&SubscriptionFilter::default(), position.offset, PAGE_SIZE).await
    }

    async fn store(&self, db: &mut PgConnection, items: &[Subscription], as_of: OffsetDateTime) -> Result<i64> {
        sql::upsert(db, &items.iter().map(row).collect::<Vec<_>>(), true, as_of).await
    }

    async fn complete(&self, db: &mut PgConnection, sweep: Sweep) -> Result<()> {
        sql::recheck_days_of_change(db, sweep.now.date()).await
    }
}

/// Stores a subscription answered to a write, with its product lines, as the marketplace had it at `as_of` (when the call
/// began). Facts fresher than that stay. A detail that is to be read stays so, and one of which the list said something new
/// meanwhile is: that may be another change, made after the answer.
pub async fn store_subscription(
    db: &mut PgConnection,
    subscription: &SubscriptionDetailed,
    as_of: OffsetDateTime,
) -> Result<()> {
    let key = sql::detail_key(db, subscription.subscription.id.as_str()).await?;
    store_detail(db, subscription, key.as_deref(), as_of).await
}

/// Stores a subscription just read. `key`: what the list said when it was asked for.
pub(in crate::sync) async fn store_detail(
    db: &mut PgConnection,
    detailed: &SubscriptionDetailed,
    key: Option<&str>,
    as_of: OffsetDateTime,
) -> Result<()> {
    let mut db = db.begin().await?;
    ensure_same_copy(&mut db, as_of).await?;
    sql::upsert(&mut db, &[row(&detailed.subscription)], false, as_of).await?;
    sql::update_detail(&mut db, &facts(detailed), key, as_of).await?;
    Ok(db.commit().await?)
}

fn row(subscription: &Subscription) -> SubscriptionRow<'_> {
    let (billing_period_type, billing_period_length) = split(subscription.billing_period.as_ref());
    let (term_type, term_length) = split(subscription.subscription_period.as_ref());
    SubscriptionRow {
        id: subscription.id.as_str(),
        customer_id: subscription.customer_id.as_ref().map_or("", |id| id.as_str()),
        name: subscription.name.as_deref().unwrap_or(subscription.id.as_str()),
        status: word(subscription.status.as_ref()),
        auto_renew: subscription.renewal_status,
        created_on: subscription.creation_date,
        renews_on: subscription.renewal_date,
        expires_on: subscription.expiration_date,
        modified_on: subscription.last_modified_date,
        billing_model: subscription.billing_model.as_ref().map(ToString::to_string),
        billing_period_type,
        billing_period_length,
        term_type,
        term_length,
        attributes: json(&subscription.attributes),
    }
}

fn facts(detailed: &SubscriptionDetailed) -> SubscriptionFacts<'_> {
    let lines: Vec<_> = detailed.products.iter().enumerate().map(line).collect();
    let price = detailed.total_subscription_price.or(detailed.total_price);
    let cost = detailed.total_subscription_cost;
    SubscriptionFacts {
        id: detailed.subscription.id.as_str(),
        plan_id: detailed.plan_id.as_ref().map(PlanId::as_str),
        vendor: detailed.products.first().and_then(|product| product.vendor.as_deref()),
        seats: lines.iter().map(|line| i64::from(line.seats)).sum(),
        price_amount: price.map(|price| price.amount),
        price_currency: price.map(|price| price.currency.to_string()),
        cost_amount: cost.map(|cost| cost.amount),
        cost_currency: cost.map(|cost| cost.currency.to_string()),
        order_parameters: json(&detailed.order_parameters),
        fulfilment_parameters: json(&detailed.fulfillment_parameters),
        lines,
    }
}

fn line((index, product): (usize, &SubscriptionProduct)) -> LineRow<'_> {
    let id = product.id.as_ref().map(ProductId::as_str);
    let unit_price = product.unit_price.as_ref().map(|unit| unit.price);
    let unit_cost = product.unit_cost.as_ref().map(|unit| unit.price);
    LineRow {
        line: index + 1,
        product_id: id,
        mpn: product.mpn.as_deref(),
        vendor: product.vendor.as_deref(),
        name: product.name.as_deref().or(product.mpn.as_deref()).or(id).unwrap_or_default(),
        seats: product.quantity.and_then(Seats::from_decimal).unwrap_or_default().as_i32(),
        unit_price: unit_price.map(|price| price.amount),
        unit_cost: unit_cost.map(|cost| cost.amount),
        extended_price: product.extended_price.map(|price| price.amount),
        price_currency: unit_price.or(product.extended_price).map(|price| price.currency.to_string()),
        cost_currency: unit_cost.map(|cost| cost.currency.to_string()),
        vendor_subscription_id: product.vendor_subscription_id.as_deref(),
    }
}
