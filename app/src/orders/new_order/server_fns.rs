use crate::error::AppError;
use leptos::prelude::*;

/// Places the order that the query in `order` describes, at the price that was shown, then goes to it.
#[server(endpoint = "place_order")]
pub async fn place_order(order: String, shown: Option<String>, form_token: String) -> Result<(), AppError> {
    use super::data::FORM;
    use super::draft::Draft;
    use crate::{context, flash, paths, seats::hidden, url::Query};
    let draft = Draft::read(&Query::parse(&order));
    flash::post(FORM, &draft.review_link(), &[], async {
        let staff = context::require(domain::Permission::PlaceOrders)?;
        let (shown, token) = hidden(shown.as_deref(), &form_token)?;
        let placed = backend::orders::place_new_order(&context::backend(), &staff, &draft.order()?, shown, token).await;
        let intent = placed.map_err(|error| context::surface(error).nothing_ordered())?;
        Ok(paths::order(&intent.to_string()))
    })
    .await
}
