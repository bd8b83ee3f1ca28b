use crate::error::AppError;
use leptos::prelude::*;

/// Places the migration that the query in `order` describes, at the price that was shown, then goes to it.
#[server(endpoint = "place_migration")]
pub async fn place_migration(
    order: String,
    shown: Option<String>,
    form_token: String,
    another: Option<String>,
) -> Result<(), AppError> {
    use super::{data::FORM, state::State};
    use crate::{context, drafts, flash, paths, seats::confirmation, url::Query};
    let state = State::read(&Query::parse(&order));
    let back = state.review_link();
    flash::post(FORM, &back, &[], async {
        let staff = context::require(domain::Permission::PlaceOrders)?;
        let confirmed = confirmation(shown.as_deref(), &form_token, &back, another.as_deref()).await?;
        let (backend, migration) = (context::backend(), state.migration());
        let placed = backend::orders::place_migration(&backend, &staff, &migration, &confirmed).await;
        let intent = placed.map_err(context::not_placed)?;
        drafts::placed(&staff, &back).await;
        Ok(paths::order(&intent.to_string()))
    })
    .await
}
