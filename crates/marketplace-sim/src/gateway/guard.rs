//! The order in which a call is checked before any operation sees it: key, bearer, limits.

use super::body::{GatewayRefusal, MISSING_KEY, WRONG_KEY};
use super::limiter::TurnedAway;
use crate::error::ApiError;
use crate::world::{Shared, World};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Lets a call through, or answers in the gateway's or the API's words.
pub(crate) async fn guard(State(world): State<Shared>, request: Request, next: Next) -> Response {
    match admit(&world, &request) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal,
    }
}

/// The bearer token of a call, if it carries one.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

#[expect(clippy::result_large_err, reason = "the refusal is the response itself")]
fn admit(world: &World, request: &Request) -> Result<(), Response> {
    let key = key(world, request.headers()).map_err(|refusal| {
        world.stats().unauthorized += 1;
        refusal.into_response()
    })?;
    // Signing in carries Basic credentials instead, which the operation checks.
    let signs_in = request.method() == Method::POST && request.uri().path() == "/token";
    if !signs_in && !has_valid_bearer(world, request.headers()) {
        world.stats().unauthorized += 1;
        return Err(ApiError::unauthorized("The access token is missing, invalid or expired").into_response());
    }
    let admitted = world.limiter().admit(key, world.clock.real());
    admitted.map_err(|reason| {
        count(world, request, reason);
        GatewayRefusal::from(reason).into_response()
    })
}

fn key<'a>(world: &World, headers: &'a HeaderMap) -> Result<&'a str, GatewayRefusal> {
    let key = headers.get("x-subscription-key").ok_or(MISSING_KEY)?.to_str().map_err(|_| WRONG_KEY)?;
    // The control panel shows keys with and without hyphens.
    let same = key.replace('-', "").eq_ignore_ascii_case(&world.credentials.subscription_key);
    if same { Ok(key) } else { Err(WRONG_KEY) }
}

fn has_valid_bearer(world: &World, headers: &HeaderMap) -> bool {
    bearer(headers).is_some_and(|token| world.tokens().is_valid(token, world.clock.now()))
}

fn count(world: &World, request: &Request, reason: TurnedAway) {
    let (method, path) = (request.method(), request.uri().path());
    let mut stats = world.stats();
    match reason {
        TurnedAway::TooFast(_) => {
            stats.rate_limited += 1;
            tracing::warn!("rate limited: {method} {path} ({} so far)", stats.rate_limited);
        }
        TurnedAway::OutOfQuota(_) => {
            stats.out_of_quota += 1;
            tracing::warn!("out of quota: {method} {path} ({} so far)", stats.out_of_quota);
        }
    }
}
