use crate::error::AppError;
use leptos::prelude::*;

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

/// Settles what became of an order placed here: looks for it now (`look`), says which one it is (`claim`), that it is not
/// there (`absent`), or stops waiting for it to be sent (`stop`). It takes what the order took, which the service knows.
#[server(endpoint = "settle_order")]
pub async fn settle_order(
    intent: String,
    act: String,
    order: Option<String>,
    sure: Option<String>,
) -> Result<(), AppError> {
    use super::settle_panel::{FORM, settled, settlement};
    use crate::{context, flash, paths};
    let back = paths::order(&intent);
    flash::post(FORM, &back, &[], async {
        let staff = context::require(domain::Permission::Browse)?;
        let settlement = settlement(&act, order, sure.is_some())?;
        let told = settled(&settlement);
        let (backend, intent) = (context::backend(), super::data::intent_id(&intent)?);
        ::backend::orders::settle(&backend, &staff, intent, settlement).await.map_err(context::surface)?;
        flash::tell_if_possible(&back, told).await;
        Ok(back.clone())
    })
    .await
}
