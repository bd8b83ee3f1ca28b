//! What is asked over HTTP.

use crate::state::State;
use crate::{CLIENT_ID, CLIENT_SECRET, Lie};
use axum::body::Body;
use axum::extract::{Request, State as Shared};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;
use serde_json::json;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

type Held = Arc<Mutex<State>>;

/// The provider's endpoints. Nobody sees its pages: tests say yes for people.
pub(crate) fn router(state: Held) -> Router {
    Router::new()
        .route("/.well-known/openid-configuration", get(metadata))
        .route("/keys", get(keys))
        .route("/token", post(token))
        .route("/userinfo", get(userinfo))
        .layer(from_fn_with_state(state.clone(), counted))
        .with_state(state)
}

async fn counted(Shared(state): Shared<Held>, request: Request, next: Next) -> Response {
    let (down, endless, redirects) = {
        let mut state = locked(&state);
        *state.asked.entry(request.uri().path().to_owned()).or_default() += 1;
        (state.lies(Lie::Down), state.lies(Lie::Endless), state.lies(Lie::Redirects))
    };
    match (down, endless, redirects) {
        (true, ..) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        (_, true, _) => Body::from(vec![b' '; 1024 * 1024]).into_response(),
        (.., true) => Redirect::temporary("/elsewhere").into_response(),
        _ => next.run(request).await,
    }
}

async fn metadata(Shared(state): Shared<Held>) -> Response {
    Json(locked(&state).metadata()).into_response()
}

async fn keys(Shared(state): Shared<Held>) -> Response {
    Json(locked(&state).keys()).into_response()
}

#[derive(Deserialize)]
struct Redeemed {
    grant_type: String,
    code: String,
    redirect_uri: String,
    code_verifier: String,
}

async fn token(Shared(state): Shared<Held>, headers: HeaderMap, Form(form): Form<Redeemed>) -> Response {
    let refused = |status: StatusCode, why: &str| (status, Json(json!({ "error": why }))).into_response();
    if text(&headers) != Some(&*format!("Basic {}", BASE64_STANDARD.encode(credentials()))) {
        return refused(StatusCode::UNAUTHORIZED, "invalid_client");
    }
    if form.grant_type != "authorization_code" {
        return refused(StatusCode::BAD_REQUEST, "unsupported_grant_type");
    }
    let redeemed = locked(&state).redeem(&form.code, &form.code_verifier, &form.redirect_uri);
    match redeemed {
        Ok(tokens) => Json(tokens).into_response(),
        Err(why) => refused(StatusCode::BAD_REQUEST, why),
    }
}

async fn userinfo(Shared(state): Shared<Held>, headers: HeaderMap) -> Response {
    let access = text(&headers).and_then(|text| text.strip_prefix("Bearer "));
    match access.and_then(|access| locked(&state).person(access)) {
        Some(person) => Json(person).into_response(),
        None => StatusCode::UNAUTHORIZED.into_response(),
    }
}

/// Each as a form would write it.
fn credentials() -> String {
    let written = |text: &str| serde_urlencoded::to_string([("", text)]).unwrap_or_default().replacen('=', "", 1);
    format!("{}:{}", written(CLIENT_ID), written(CLIENT_SECRET))
}

fn text(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()
}

fn locked(state: &Held) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
