//! `POST /token`.

use crate::error::ApiError;
use crate::faults::operation;
use crate::gateway::LIFETIME_SECONDS;
use crate::http::JsonBody;
use crate::world::{Shared, World};
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::routing::post;
use axum::{Json, Router};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use marketplace::models::{Confidential, TokenInfo, TokenRequest};

pub(super) fn routes(world: &Shared) -> Router<Shared> {
    Router::new().route("/token", operation(world, "generateAuthToken", post(issue)))
}

async fn issue(
    State(world): State<Shared>,
    headers: HeaderMap,
    JsonBody(request): JsonBody<TokenRequest>,
) -> Result<Json<TokenInfo>, ApiError> {
    let marketplace = request.marketplace.unwrap_or_default();
    if !has_credentials(&world, &headers) || !marketplace.eq_ignore_ascii_case(&world.credentials.marketplace) {
        world.stats().unauthorized += 1;
        return Err(ApiError::unauthorized("Incorrect or missing authorization"));
    }
    let token = format!("sim.{}{}", world.uuid().simple(), world.uuid().simple());
    world.tokens().issue(token.clone(), world.clock.now());
    Ok(Json(TokenInfo { token: Confidential::new(token), expires_in_seconds: LIFETIME_SECONDS }))
}

fn has_credentials(world: &World, headers: &HeaderMap) -> bool {
    let expected = format!("{}:{}", world.credentials.username, world.credentials.password);
    basic(headers).is_some_and(|sent| sent == expected.as_bytes())
}

fn basic(headers: &HeaderMap) -> Option<Vec<u8>> {
    let (scheme, encoded) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    BASE64_STANDARD.decode(encoded.trim()).ok().filter(|_| scheme.eq_ignore_ascii_case("basic"))
}
