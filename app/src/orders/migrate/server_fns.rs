use crate::error::AppError;
use leptos::prelude::*;

/// Places the migration that the query in `order` describes, at the price that was shown, then goes to it.
#[server(endpoint = "place_migration")]
pub async fn place_migration(order: String, shown: Option<String>, form_token: String) -> Result<(), AppError> {
    use super::{data::FORM, state::State};
    use crate::{context, drafts, flash, paths, seats::hidden, url::Query};
    let state = State::read(&Query::parse(&order));
    flash::post(FORM, &state.review_link(), &[], async {
        let staff = context::require(domain::Permission::PlaceOrders)?;
        let (shown, token) = hidden(shown.as_deref(), &form_token)?;
        let (backend, migration) = (context::backend(), state.migration());
        let placed = backend::orders::place_migration(&backend, &staff, &migration, shown, token).await;
        let intent = placed.map_err(|error| context::surface(error).nothing_ordered())?;
        drafts::placed(&staff, &state.review_link()).await;
        Ok(paths::order(&intent.to_string()))
    })
    .await
}
