//! `GET /subscriptions`, `GET` and `PATCH /subscriptions/{id}`.

use crate::error::ApiError;
use crate::faults::operation;
use crate::http::{JsonBody, Params, number, page};
use crate::state::{RESELLER_ID, Special, State as Data, Subscription, SubscriptionStatus};
use crate::wire;
use crate::world::Shared;
use axum::extract::{Path, State};
use axum::routing::{get, patch, post};
use axum::{Json, Router};
use marketplace::models::{self, Page, SpecialPricing, SubscriptionProductUpdate, SubscriptionUpdate};
use rust_decimal::Decimal;
use serde_json::Value;
use std::ops::RangeInclusive;
use time::Date;

/// What one seat can cost; sums of more could not be written any more.
const PRICES: RangeInclusive<Decimal> = Decimal::ZERO..=Decimal::from_parts(1_000_000_000, 0, 0, false, 0);
const STATUSES: [&str; 6] = ["pending", "active", "hold", "terminated", "removed", "unknown"];

pub(super) fn routes(world: &Shared) -> Router<Shared> {
    let one =
        operation(world, "getSubscription", get(one)).merge(operation(world, "updateSubscription", patch(update)));
    let special = operation(world, "updateSubscriptionSpecialPricing", post(special_pricing));
    Router::new()
        .route("/subscriptions/{id}/specialPricing", special)
        .route("/subscriptions", operation(world, "getSubscriptions", get(list)))
        .route("/subscriptions/{id}", one)
}

async fn list(State(world): State<Shared>, params: Params) -> Result<Json<Page<models::Subscription>>, ApiError> {
    let window = params.window(world.config.largest_page)?;
    let customer = params.id("customerId")?;
    let status = params.one_of("status", &STATUSES)?;
    let (from, until) = (params.date("creationDateFrom")?, params.date("creationDateTo")?);
    let state = world.state();
    let matching = state.subscriptions.iter().rev().filter(|subscription| {
        let created = subscription.created.date();
        customer.is_none_or(|id| subscription.customer == id)
            && status.is_none_or(|status| {
                status.eq_ignore_ascii_case(wire::subscription_status(subscription.status).as_str())
            })
            && from.is_none_or(|from| from <= created)
            && until.is_none_or(|until| created <= until)
            && state.belongs_to(subscription.customer, RESELLER_ID)
    });
    Ok(Json(page(matching, window, |subscription| wire::subscription(&state.catalogue, subscription))))
}

async fn one(State(world): State<Shared>, Path(id): Path<String>) -> Result<Json<Value>, ApiError> {
    let number = number("id", &id)?;
    let state = world.state();
    let subscription = state.subscription(number).ok_or_else(|| ApiError::not_found("Subscription", &id))?;
    Ok(Json(wire::subscription_detail(&state.catalogue, subscription)))
}

async fn update(
    State(world): State<Shared>,
    Path(id): Path<String>,
    JsonBody(update): JsonBody<SubscriptionUpdate>,
) -> Result<Json<Value>, ApiError> {
    let number = number("id", &id)?;
    let today = world.clock.now().date();
    let mut state = world.state();
    apply(&mut state, number, update, today).ok_or_else(|| ApiError::not_found("Subscription", &id))??;
    let subscription = state.subscription(number).ok_or_else(|| ApiError::not_found("Subscription", &id))?;
    Ok(Json(wire::subscription_detail(&state.catalogue, subscription)))
}

/// The same as updating prices, but there must be some.
async fn special_pricing(
    state: State<Shared>,
    path: Path<String>,
    JsonBody(special): JsonBody<SpecialPricing>,
) -> Result<Json<Value>, ApiError> {
    if special.products.is_empty() {
        return Err(ApiError::invalid("products", "must not be empty"));
    }
    update(state, path, JsonBody(SubscriptionUpdate { products: special.products, ..SubscriptionUpdate::default() }))
        .await
}

/// `None` when there is no such subscription. Nothing changes unless everything can.
fn apply(state: &mut Data, id: u32, update: SubscriptionUpdate, today: Date) -> Option<Result<(), ApiError>> {
    let subscription = state.subscription(id)?;
    if update.renewal_status.is_some() && subscription.status != SubscriptionStatus::Active {
        return Some(Err(ApiError::invalid("renewalStatus", "can be changed for active subscriptions only")));
    }
    let prices = update.products.iter().map(|product| new_price(state, subscription, product));
    let prices = match prices.collect::<Result<Vec<_>, _>>() {
        Ok(prices) => prices,
        Err(error) => return Some(Err(error)),
    };
    let subscription = state.subscription_mut(id)?;
    for (place, price, cost) in prices {
        let line = &mut subscription.lines[place];
        line.special = Special { price, cost }.or(line.special);
    }
    subscription.attributes.extend(update.attributes);
    if let Some(renews) = update.renewal_status {
        subscription.auto_renew = renews;
    }
    subscription.modified = today;
    Some(Ok(()))
}

/// Which line, and its new price and cost.
fn new_price(
    state: &Data,
    subscription: &Subscription,
    update: &SubscriptionProductUpdate,
) -> Result<(usize, Option<Decimal>, Option<Decimal>), ApiError> {
    let found = subscription.lines.iter().position(|line| {
        let product = state.catalogue.product(line.product);
        match (&update.id, &update.mpn) {
            (Some(id), _) => id.as_str() == product.id,
            (None, Some(mpn)) => mpn == product.mpn,
            (None, None) => false,
        }
    });
    let place =
        found.ok_or_else(|| ApiError::invalid("products", "must name products of the subscription by id or mpn"))?;
    let currency = state.catalogue.product(subscription.lines[place].product).currency;
    let amount = |price: Option<&models::UnitPrice>| match price {
        Some(price) if price.price.currency != currency => {
            Err(ApiError::invalid("products", format_args!("are priced in {currency}")))
        }
        Some(price) if !PRICES.contains(&price.price.amount) => {
            Err(ApiError::invalid("products", "must have prices from 0 to 1,000,000,000"))
        }
        price => Ok(price.map(|price| price.price.amount)),
    };
    Ok((place, amount(update.unit_price.as_ref())?, amount(update.unit_cost.as_ref())?))
}
