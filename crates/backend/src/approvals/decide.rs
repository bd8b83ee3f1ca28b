//! Approving: what is stored is priced anew, and goes on only at the price that both people saw.

use super::consent::digest;
use super::sql::{self, Verdict};
use super::turn_down::LONGEST;
use super::waiting::{Approval, DecisionKind, of_intent};
use crate::activity::{self, Actor, Entry};
use crate::connection::ensure_same_copy;
use crate::orders;
use crate::staff::Staff;
use crate::{Backend, Error, Result};
use domain::{IntentState, Money, Permission};
use marketplace::models::OrderRequest;
use time::OffsetDateTime;
use uuid::Uuid;

/// What came of approving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// It is sent as soon as possible.
    Approved,
    /// It is not sent: it is no longer what was asked for.
    Voided,
}

/// What the order costs now: a live estimate of exactly what would be sent.
pub async fn price_now(backend: &Backend, staff: &Staff, intent_id: Uuid) -> Result<Option<Money>> {
    let approval = approvable(backend, staff, intent_id).await?;
    price(backend, staff, &approval, &request(&approval)?).await
}

/// What it costs now. Whoever approves does it within the limits of their own role.
async fn price(backend: &Backend, staff: &Staff, approval: &Approval, request: &OrderRequest) -> Result<Option<Money>> {
    let answer = backend.marketplace()?.estimate_order(request).await?;
    let worth = orders::worth(request, &approval.quoted, &answer);
    orders::ensure_within(backend, staff, "note", worth, &approval.quoted).await?;
    Ok(orders::total(&answer))
}

/// Lets somebody else's order go. `shown` is the price that the approver saw: at another one nothing is decided. Where
/// the price is no longer the one that was asked at, the order fails, and nothing is sent.
pub async fn approve(
    backend: &Backend,
    staff: &Staff,
    intent_id: Uuid,
    shown: Option<Money>,
    comment: &str,
) -> Result<Decided> {
    let begun = backend.clock.now();
    staff.require(Permission::ApproveOrders)?;
    if comment.chars().count() > LONGEST {
        return Err(Error::invalid("note", "Use at most 2,000 characters"));
    }
    if let Some(approval) = of_intent(backend, intent_id).await?
        && let Some(decision) = &approval.decision
        && decision.by_id == staff.id
        && decision.kind == DecisionKind::Approved
    {
        return Ok(Decided::Approved);
    }
    let approval = approvable(backend, staff, intent_id).await?;
    let request = request(&approval)?;
    let digest = digest(&request)?;
    let judged = if approval.asked_digest.as_ref() == Some(&digest) {
        orders::ensure_not_superseded(backend, intent_id).await?;
        orders::still_stands(backend, &request, &approval.lines).await?;
        let price = price(backend, staff, &approval, &request).await?;
        judge(&approval, shown, price)?
    } else {
        Judged::Void("The order was changed after it was asked for.".to_owned())
    };
    let comment = Some(comment.trim()).filter(|comment| !comment.is_empty());
    let settled = match judged {
        Judged::Sound(price) => {
            let verdict = Verdict { price, digest: Some(&digest), ..Verdict::new(DecisionKind::Approved, comment) };
            let note = price.map_or_else(|| "price not known".to_owned(), |price| format!("{} now", price.display()));
            let note = match comment {
                Some(comment) => format!("{note}: {comment}"),
                None => note,
            };
            settle(backend, staff, &approval, &verdict, "order.approved", note, begun).await?;
            Decided::Approved
        }
        Judged::Void(why) => {
            let problem = format!("{why} Nothing was sent. Place it again.");
            let verdict = Verdict { problem: Some(&problem), ..Verdict::new(DecisionKind::Voided, comment) };
            settle(backend, staff, &approval, &verdict, "order.failed", problem.clone(), begun).await?;
            Decided::Voided
        }
    };
    backend.intents_waiting.notify_one();
    Ok(settled)
}

/// Stores the decision, unless another one was quicker, and its activity row.
pub(super) async fn settle(
    backend: &Backend,
    staff: &Staff,
    approval: &Approval,
    verdict: &Verdict<'_>,
    action: &str,
    note: String,
    begun: OffsetDateTime,
) -> Result<()> {
    let now = backend.clock.now();
    let state = verdict.state();
    let mut transaction = backend.pool.begin().await?;
    ensure_same_copy(&mut transaction, begun).await?;
    if !sql::decide(&mut transaction, approval.intent_id, verdict, staff.id, now).await? {
        return Err(no_longer_waits());
    }
    let intent = approval.intent_id.to_string();
    let entry = Entry {
        customer_id: Some(&approval.customer_id),
        intent_id: Some(approval.intent_id),
        before: Some(IntentState::Drafted.as_str().into()),
        after: Some(state.as_str().into()),
        price: verdict.price,
        note: Some(note),
        ..Entry::new(action, "order", &intent)
    };
    activity::record(&mut transaction, now, Actor::Staff(staff), entry).await?;
    transaction.commit().await?;
    Ok(())
}

/// The order, if it waits and this person may let it go.
async fn approvable(backend: &Backend, staff: &Staff, intent_id: Uuid) -> Result<Approval> {
    staff.require(Permission::ApproveOrders)?;
    let approval = of_intent(backend, intent_id).await?.ok_or(Error::NotFound("order that needs approval"))?;
    staff.require(approval.permission)?;
    if approval.is_of(staff) {
        return Err(Error::Conflict("You asked for this order yourself. Somebody else has to approve it.".to_owned()));
    }
    if !approval.waits() {
        return Err(no_longer_waits());
    }
    Ok(approval)
}

enum Judged {
    Sound(Option<Money>),
    Void(String),
}

fn judge(approval: &Approval, shown: Option<Money>, now: Option<Money>) -> Result<Judged> {
    let words = |price: Option<Money>| price.map_or_else(|| "not known".to_owned(), Money::display);
    if now != approval.price_then {
        let (was, is) = (words(approval.price_then), words(now));
        return Ok(Judged::Void(format!("The price changed from {was} to {is} before the order was approved.")));
    }
    if shown != now {
        let (was, is) = (words(shown), words(now));
        return Err(Error::Conflict(format!("You saw {was}, but it costs {is}. Look at it again.")));
    }
    Ok(Judged::Sound(now))
}

fn request(approval: &Approval) -> Result<OrderRequest> {
    Ok(serde_json::from_value(approval.body.clone())?)
}

/// Decided meanwhile, or never waiting.
pub(super) fn no_longer_waits() -> Error {
    Error::Conflict("This order no longer waits for approval. Look at what became of it.".to_owned())
}
