use crate::error::AppError;
use leptos::prelude::*;

/// Gives an order of the marketplace up (`cancel`), or lets it pass without a credit check (`skip_credit_check`).
#[server(endpoint = "amend_order")]
pub async fn amend_order(order: String, to: String) -> Result<(), AppError> {
    use super::amend_panel::FORM;
    use crate::{context, flash, paths};
    use ::backend::orders::{Amendment, amend};
    flash::post(FORM, &paths::order(&order), &[], async {
        let staff = context::require(domain::Permission::PlaceOrders)?;
        let amendment = if to == "cancel" { Amendment::Cancel } else { Amendment::SkipCreditCheck };
        amend(&context::backend(), &staff, &order, amendment).await.map_err(context::surface)?;
        Ok(paths::order(&order))
    })
    .await
}
