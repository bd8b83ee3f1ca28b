//! The API's operations, one module per resource. Each module's `routes` names its operations; a new resource is a new
//! file and one line here.

mod customers;
mod orders;
mod plans;
mod products;
mod reports;
mod resellers;
mod subscriptions;
mod token;
mod validation;

use crate::faults::outage;
use crate::gateway::{envelope, guard, normalise, unknown_operation};
use crate::world::Shared;
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};

/// The API below its base path. A call passes, in this order: path, outage, correlation id, key, bearer, limits, route,
/// fault, validation, business rules.
pub(crate) fn router(world: &Shared) -> Router {
    let operations = Router::new()
        .merge(token::routes(world))
        .merge(customers::routes(world))
        .merge(subscriptions::routes(world))
        .merge(products::routes(world))
        .merge(plans::routes(world))
        .merge(orders::routes(world))
        .merge(reports::routes(world))
        .merge(resellers::routes(world))
        .merge(validation::routes(world))
        .fallback(unknown_operation)
        .method_not_allowed_fallback(unknown_operation)
        .layer(from_fn_with_state(world.clone(), guard))
        .layer(from_fn_with_state(world.clone(), envelope))
        .layer(from_fn_with_state(world.clone(), outage))
        .with_state(world.clone());
    // Routing happens inside, so that it sees the path without its trailing slash.
    Router::new().fallback_service(operations).layer(from_fn(normalise))
}
