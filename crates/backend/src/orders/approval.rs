//! What approvals need to know of an order: what the rules look at, what it takes, and whether it still makes sense.

use super::draft::Checked;
use super::intent::IntentLine;
use super::new_order::check_customer;
use crate::staff::Staff;
use crate::subscriptions;
use crate::{Backend, Error, Result, approvals};
use domain::{Money, OrderFacts, SubscriptionId};
use marketplace::models::{OrderLineRequest, OrderRequest};

/// Why the order has to wait for a second person; empty where it need not.
pub(super) async fn reasons(
    backend: &Backend,
    staff: &Staff,
    order: &Checked,
    now: Option<Money>,
) -> Result<Vec<String>> {
    let facts = OrderFacts {
        kind: order.request().kind.as_str().parse().ok(),
        vendors: order.lines.iter().map(|line| line.vendor.clone()).collect(),
        role: staff.role.clone(),
        amount: now,
        seats: order.lines.iter().map(|line| (line.before, line.after)).collect(),
    };
    approvals::reasons(backend, &facts).await
}

fn changes_seats(request: &OrderRequest) -> bool {
    let plain = |line: &OrderLineRequest| line.new_mpn.is_none() && line.new_id.is_none();
    request.plan_id.is_none() && !request.products.is_empty() && request.products.iter().all(plain)
}

/// Fails where the copy has something against the order by now: an inactive customer, or what [`overtaken`] says.
pub(crate) async fn still_stands(backend: &Backend, request: &OrderRequest, lines: &[IntentLine]) -> Result<()> {
    if subscription_of(request).is_none() {
        return check_customer(backend, request.customer_id.as_str()).await;
    }
    match overtaken(backend, request, lines).await? {
        None => Ok(()),
        Some(why) => Err(Error::Conflict(format!("{why} Reject the order, and let it be placed again."))),
    }
}

/// What became of the subscription since the order was asked for, by the copy: it is no longer active, or has other seats
/// than those the order starts from.
pub(super) async fn overtaken(
    backend: &Backend,
    request: &OrderRequest,
    lines: &[IntentLine],
) -> Result<Option<String>> {
    let Some(id) = subscription_of(request) else { return Ok(None) };
    let subscription = subscriptions::get(backend, id.as_str()).await?;
    if subscription.status != "active" {
        let status = subscription.status;
        return Ok(Some(format!("The subscription is {status} by now. Only an active one can be changed.")));
    }
    for line in lines.iter().filter(|_| changes_seats(request)) {
        let there = subscription.lines.iter().find(|there| there.name == line.name);
        if let Some(there) = there.filter(|there| there.seats != line.before) {
            return Ok(Some(format!("{} has {} seats by now, not {}.", line.name, there.seats, line.before)));
        }
    }
    Ok(None)
}

fn subscription_of(request: &OrderRequest) -> Option<SubscriptionId> {
    let on_lines = || request.products.iter().find_map(|line| line.subscription_id.clone());
    request.subscription_id.clone().or_else(on_lines)
}
