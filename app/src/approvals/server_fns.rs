use crate::error::AppError;
use leptos::prelude::*;

/// Lets somebody else's order go at the price that was shown, then goes to the order.
#[server(endpoint = "approve_order")]
pub async fn approve_order(order: String, shown: Option<String>, note: Option<String>) -> Result<(), AppError> {
    use super::{data, words};
    use crate::{context, flash, paths, proof};
    let note = note.unwrap_or_default();
    flash::post(data::DECIDE_FORM, &paths::order(&order), &[("note", &note)], async {
        let staff = context::require(domain::Permission::ApproveOrders)?;
        let (id, price) = (context::form_token(&order)?, data::shown(shown.as_deref())?);
        proof::ensure_to_approve(id, price).await?;
        let decided = backend::approvals::approve(&context::backend(), &staff, id, price, &note).await;
        flash::tell_if_possible(&paths::order(&order), words::decided(decided.map_err(data::undecided)?)).await;
        Ok(paths::order(&order))
    })
    .await
}

/// Ends somebody else's order and says why, then goes to the order.
#[server(endpoint = "reject_order")]
pub async fn reject_order(order: String, reason: Option<String>) -> Result<(), AppError> {
    use super::data;
    use crate::{context, flash, paths};
    let reason = reason.unwrap_or_default();
    flash::post(data::REJECT_FORM, &paths::order(&order), &[("reason", &reason)], async {
        let staff = context::require(domain::Permission::ApproveOrders)?;
        let id = context::form_token(&order)?;
        let rejected = backend::approvals::reject(&context::backend(), &staff, id, &reason).await;
        rejected.map_err(context::surface)?;
        flash::tell_if_possible(&paths::order(&order), "Rejected. Nothing was sent.").await;
        Ok(paths::order(&order))
    })
    .await
}

/// Takes one's own order back, then goes to it.
#[server(endpoint = "withdraw_order")]
pub async fn withdraw_order(order: String) -> Result<(), AppError> {
    use super::data;
    use crate::{context, flash, paths};
    flash::post(data::DECIDE_FORM, &paths::order(&order), &[], async {
        let staff = context::require(domain::Permission::Browse)?;
        let id = context::form_token(&order)?;
        backend::approvals::withdraw(&context::backend(), &staff, id).await.map_err(context::surface)?;
        flash::tell_if_possible(&paths::order(&order), "Withdrawn. Nothing was sent.").await;
        Ok(paths::order(&order))
    })
    .await
}

/// Says something about an order that waits, then goes to it.
#[server(endpoint = "comment_order")]
pub async fn comment_order(order: String, comment: Option<String>, form_token: String) -> Result<(), AppError> {
    use super::data;
    use crate::{context, flash, paths};
    let comment = comment.unwrap_or_default();
    flash::post(data::COMMENT_FORM, &paths::order(&order), &[("comment", &comment)], async {
        let staff = context::require(domain::Permission::Browse)?;
        let (id, token) = (context::form_token(&order)?, context::form_token(&form_token)?);
        let said = backend::approvals::comment(&context::backend(), &staff, id, &comment, token).await;
        said.map_err(context::surface)?;
        Ok(paths::order(&order))
    })
    .await
}
