//! Loaders: permission first, then the service.

use crate::context::{self, backend, not_permitted, require, surface};
use crate::error::{AppError, Kind};
use crate::flash::{self, Flash};
use ::backend::approvals::{self, Approval};
use ::backend::staff::Staff;
use domain::{Money, Permission};
use uuid::Uuid;

/// What refused posts of approving and withdrawing are kept under.
pub(super) const DECIDE_FORM: &str = "decide_order";
/// The same of rejecting.
pub(super) const REJECT_FORM: &str = "reject_order";
/// The same of commenting.
pub(super) const COMMENT_FORM: &str = "comment_order";

/// What the inbox shows.
pub(super) struct Inbox {
    /// What waits, the oldest first.
    pub(super) waiting: Vec<Approval>,
    /// Whose inbox it is.
    pub(super) me: Uuid,
    /// They may approve, so everybody's orders are shown.
    pub(super) may_approve: bool,
}

/// What waits for the signed-in person, and what they asked for.
pub(super) async fn inbox() -> Result<Inbox, AppError> {
    let staff = require(Permission::Browse)?;
    let waiting = approvals::waiting_for(&backend(), &staff).await.map_err(surface)?;
    Ok(Inbox { waiting, me: staff.id, may_approve: staff.role.may(Permission::ApproveOrders) })
}

/// What others asked for and the person may decide, the oldest first.
pub(crate) async fn to_decide(staff: &Staff) -> Result<Vec<Approval>, AppError> {
    if !staff.role.may(Permission::ApproveOrders) {
        return Ok(Vec::new());
    }
    let mut waiting = approvals::waiting_for(&backend(), staff).await.map_err(surface)?;
    waiting.retain(|approval| !approval.is_of(staff));
    Ok(waiting)
}

/// What the panel on an order's page shows.
pub(crate) struct PanelLoaded {
    pub(super) approval: Approval,
    /// The signed-in person asked for it.
    pub(super) own: bool,
    /// They may take part in the conversation.
    pub(super) may_comment: bool,
    /// Why they may not approve.
    pub(super) not_approvable: Option<String>,
    /// What it costs now; asked only for those who may approve.
    pub(super) price_now: Option<Result<Option<Money>, AppError>>,
    pub(super) decide_refused: Option<Flash>,
    pub(super) reject_refused: Option<Flash>,
    pub(super) comment_refused: Option<Flash>,
}

/// The approval of the order, where it needs one.
pub(crate) async fn panel(intent_id: Uuid) -> Result<Option<PanelLoaded>, AppError> {
    let staff = require(Permission::Browse)?;
    let Some(approval) = approvals::of_intent(&backend(), intent_id).await.map_err(surface)? else { return Ok(None) };
    let own = approval.is_of(&staff);
    let may = staff.role.may(Permission::ApproveOrders);
    let not_approvable = match (own, may) {
        (true, _) => Some("You asked for this order yourself. Somebody else has to approve it.".to_owned()),
        (false, false) => Some(not_permitted(Permission::ApproveOrders)),
        (false, true) => None,
    };
    let price_now = if approval.waits() && not_approvable.is_none() {
        // The page itself is fine: only the estimate in it failed.
        Some(approvals::price_now(&backend(), &staff, intent_id).await.map_err(context::explain))
    } else {
        None
    };
    Ok(Some(PanelLoaded {
        approval,
        own,
        may_comment: own || may,
        not_approvable,
        price_now,
        decide_refused: flash::take(DECIDE_FORM).await,
        reject_refused: flash::take(REJECT_FORM).await,
        comment_refused: flash::take(COMMENT_FORM).await,
    }))
}

/// Reads the price back that the approver was shown.
pub(super) fn shown(text: Option<&str>) -> Result<Option<Money>, AppError> {
    let unreadable = |_| AppError::new(Kind::Invalid, "This form cannot be used any more. Look at the order again.");
    text.filter(|text| !text.is_empty()).map(serde_json::from_str).transpose().map_err(unreadable)
}

/// The error, saying too that nothing was decided. Only where that is certain.
pub(super) fn undecided(error: ::backend::Error) -> AppError {
    let mut shown = surface(error);
    if shown.kind == Kind::Marketplace {
        shown.message = format!("{} Nothing was decided: the order still waits.", shown.message);
    }
    shown
}
