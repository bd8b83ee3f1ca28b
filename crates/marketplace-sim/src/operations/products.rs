//! `GET /products`: the flat catalogue.

use crate::error::ApiError;
use crate::faults::operation;
use crate::http::{Params, page};
use crate::state::Product;
use crate::wire;
use crate::world::Shared;
use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use marketplace::models::{self, Page};

pub(super) fn routes(world: &Shared) -> Router<Shared> {
    Router::new().route("/products", operation(world, "getCatalog", get(list)))
}

async fn list(State(world): State<Shared>, params: Params) -> Result<Json<Page<models::Product>>, ApiError> {
    let window = params.window(world.config.largest_page)?;
    let state = world.state();
    let matching = state.catalogue.products.iter().filter(|product| matches(product, &params));
    Ok(Json(page(matching, window, |product| wire::product(&state.catalogue, product))))
}

fn matches(product: &Product, params: &Params) -> bool {
    let part = |name: &str, held: &str| {
        params.text(name).is_none_or(|part| held.to_lowercase().contains(&part.to_lowercase()))
    };
    let whole = |name: &str, held: &str| params.text(name).is_none_or(|text| text == held);
    part("name", product.name)
        && part("serviceName", product.service)
        && whole("mpn", product.mpn)
        && whole("vendor", product.vendor)
}
