use super::progress::Progress;
use crate::error::AppError;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// How far the order of this intent is.
#[server(name = AskOrderProgress, endpoint = "order_progress", input = GetUrl)]
pub async fn order_progress(id: String) -> Result<Progress, AppError> {
    super::data::progress(id).await
}

/// Gives an order of the marketplace up (`cancel`), or lets it pass without a credit check (`skip_credit_check`).
#[server(endpoint = "amend_order")]
pub async fn amend_order(order: String, to: String, form_token: String) -> Result<(), AppError> {
    use super::amend_panel::FORM;
    use crate::{context, flash, paths, writes};
    use ::backend::orders::{Amendment, amend};
    flash::post(FORM, &paths::order(&order), &[], async {
        let staff = context::require(domain::Permission::PlaceOrders)?;
        let amendment = if to == "cancel" { Amendment::Cancel } else { Amendment::SkipCreditCheck };
        let (backend, token) = (context::backend(), context::form_token(&form_token)?);
        writes::settled(amend(&backend, &staff, &order, amendment, token).await)?;
        Ok(paths::order(&order))
    })
    .await
}
