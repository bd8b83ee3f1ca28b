//! Ending a wait without sending anything, and what is said meanwhile.

use super::decide::{no_longer_waits, settle};
use super::sql::{self, Verdict};
use super::waiting::{Approval, DecisionKind, of_intent};
use crate::activity::{self, Actor, Entry};
use crate::staff::Staff;
use crate::{Backend, Error, Result};
use domain::Permission;
use uuid::Uuid;

/// Ends somebody else's order, with the reason for who asked.
pub async fn reject(backend: &Backend, staff: &Staff, intent_id: Uuid, comment: &str) -> Result<()> {
    staff.require(Permission::ApproveOrders)?;
    let comment = said("reason", comment, "Say why, so that the one who asked knows what to do")?;
    let approval = waiting(backend, intent_id).await?;
    if approval.is_of(staff) {
        return Err(Error::Conflict("You asked for this order yourself. Withdraw it instead.".to_owned()));
    }
    let problem = format!("Rejected by {}: {comment}", staff.name);
    end(backend, staff, &approval, DecisionKind::Rejected, "order.rejected", &problem, Some(comment)).await
}

/// Takes one's own order back.
pub async fn withdraw(backend: &Backend, staff: &Staff, intent_id: Uuid) -> Result<()> {
    let approval = waiting(backend, intent_id).await?;
    if !approval.is_of(staff) {
        return Err(Error::Conflict("Only the one who asked for this order can withdraw it.".to_owned()));
    }
    let problem = format!("Withdrawn by {}.", staff.name);
    end(backend, staff, &approval, DecisionKind::Withdrawn, "order.withdrawn", &problem, None).await
}

/// Says something about an order that waits: for who asked and those who may approve. The same `form_token` again says
/// nothing.
pub async fn comment(backend: &Backend, staff: &Staff, intent_id: Uuid, text: &str, form_token: Uuid) -> Result<()> {
    let approval = waiting(backend, intent_id).await?;
    if !approval.is_of(staff) {
        staff.require(Permission::ApproveOrders)?;
    }
    let text = said("comment", text, "Write the comment")?;
    let now = backend.clock.now();
    let mut transaction = backend.pool.begin().await?;
    if sql::add_comment(&mut transaction, form_token, intent_id, staff.id, text, now).await? {
        let intent = intent_id.to_string();
        let entry = Entry {
            customer_id: Some(&approval.customer_id),
            intent_id: Some(intent_id),
            note: Some(text.to_owned()),
            ..Entry::new("order.commented", "order", &intent)
        };
        activity::record(&mut transaction, now, Actor::Staff(staff), entry).await?;
    }
    transaction.commit().await?;
    Ok(())
}

async fn end(
    backend: &Backend,
    staff: &Staff,
    approval: &Approval,
    kind: DecisionKind,
    action: &str,
    problem: &str,
    comment: Option<&str>,
) -> Result<()> {
    let verdict = Verdict { problem: Some(problem), ..Verdict::new(kind, comment) };
    settle(backend, staff, approval, &verdict, action, problem.to_owned(), backend.clock.now()).await
}

async fn waiting(backend: &Backend, intent_id: Uuid) -> Result<Approval> {
    let approval = of_intent(backend, intent_id).await?.ok_or(Error::NotFound("order that needs approval"))?;
    if approval.waits() { Ok(approval) } else { Err(no_longer_waits()) }
}

/// The longest comment, in characters.
pub(super) const LONGEST: usize = 2_000;

fn said<'a>(field: &str, text: &'a str, missing: &str) -> Result<&'a str> {
    match text.trim() {
        "" => Err(Error::invalid(field, missing)),
        text if text.chars().count() > LONGEST => Err(Error::invalid(field, "Use at most 2,000 characters")),
        text => Ok(text),
    }
}
