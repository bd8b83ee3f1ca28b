//! Finds out whether an order whose answer was lost exists at the marketplace.

use super::place::MARK;
use super::progress::{Held, News, move_on, take_up};
use super::sql;
use crate::{Backend, Result};
use domain::{CustomerId, IntentState};
use futures::StreamExt;
use marketplace::OrderFilter;
use marketplace::models::{Order, OrderDetailed, OrderRequest};
use time::{Duration, OffsetDateTime};

/// Looks once. Found: the intent goes on as that order. Not found: looks again later, and after [`PATIENCE`] the order
/// is taken to have never arrived.
pub(super) async fn look_up(backend: &Backend, intent: &Held) -> Result<()> {
    let sent_at = intent.sent_at.unwrap_or_else(|| backend.clock.now());
    if let Some(order) = find(backend, intent, sent_at).await? {
        let news = News { look_again_in: Some(Duration::seconds(2)), ..News::of_order(&order) };
        return take_up(backend, intent, &order, news).await;
    }
    if backend.clock.now() - sent_at > PATIENCE && intent.looks >= FEWEST_LOOKS {
        let problem = "The order never appeared at the marketplace. Place it again if it is still wanted.";
        return move_on(
            backend,
            intent,
            IntentState::Failed,
            News { problem: Some(problem.to_owned()), ..News::default() },
        )
        .await;
    }
    sql::look_again(&backend.pool, intent.id, backend.clock.now() + pause(intent.looks)).await
}

/// How long an order may take to appear. The slowest answer on record is a little over a minute (assumed margin).
const PATIENCE: Duration = Duration::minutes(30);
const FEWEST_LOOKS: i32 = 5;

/// How far the marketplace's clock may be from ours.
const CLOCK_SKEW: Duration = Duration::minutes(5);

async fn find(backend: &Backend, intent: &Held, sent_at: OffsetDateTime) -> Result<Option<OrderDetailed>> {
    let request: OrderRequest = serde_json::from_value(intent.body.clone())?;
    let filter = OrderFilter {
        customer: Some(CustomerId::from(intent.customer_id.as_str())),
        created_from: Some(sent_at - CLOCK_SKEW),
        ..OrderFilter::default()
    };
    let marketplace = backend.marketplace()?;
    let mut pages = std::pin::pin!(marketplace.pages(filter));
    while let Some(page) = pages.next().await {
        for order in page?.data {
            if !may_be(&order, &request) || sql::is_claimed(&backend.pool, order.id.as_str(), intent.id).await? {
                continue;
            }
            let order = marketplace.order(&order.id).await?;
            if is(&order, &request, intent) {
                return Ok(Some(order));
            }
        }
    }
    Ok(None)
}

/// What a list row alone rules out.
fn may_be(order: &Order, request: &OrderRequest) -> bool {
    let other_mark = order.attributes.get(MARK).is_some_and(|mark| Some(mark) != request.attributes.get(MARK));
    order.kind.as_ref() == Some(&request.kind) && !other_mark
}

/// Our mark settles it. Where the marketplace keeps no attributes (assumed possible), the same products, PO number and
/// subscription do.
fn is(order: &OrderDetailed, request: &OrderRequest, intent: &Held) -> bool {
    if let Some(mark) = order.order.attributes.get(MARK) {
        return request.attributes.get(MARK) == Some(mark);
    }
    // Renewals and cancellations are read back without their products.
    let same_products = order.products.is_empty()
        || sorted(order.products.iter().map(|line| line.mpn.as_deref()))
            == sorted(request.products.iter().map(|line| line.mpn.as_deref()));
    let same_subscription = intent.subscription_id.is_none()
        || order.subscription_id.as_ref().map(domain::SubscriptionId::as_str) == intent.subscription_id.as_deref();
    same_products && same_subscription && order.order.po_number == intent.po_number
}

fn sorted<'a>(mpns: impl Iterator<Item = Option<&'a str>>) -> Vec<Option<&'a str>> {
    let mut mpns: Vec<_> = mpns.collect();
    mpns.sort_unstable();
    mpns
}

/// 2 s, then 5 s, 15 s, and 60 s from there on.
pub(super) fn pause(looks: i32) -> Duration {
    Duration::seconds(match looks {
        ..=2 => 2,
        3..=6 => 5,
        7..=12 => 15,
        _ => 60,
    })
}
