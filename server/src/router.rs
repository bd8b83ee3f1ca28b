//! What answers which request: static files, server functions, pages; and the layers around them.

use crate::middleware::visitor::{self, BrowserCookie};
use crate::middleware::{headers, sign_in};
use crate::{downloads, events, uploads};
use app::{AppError, Assets, shell};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use backend::Backend;
use backend::session_store::{IDLE, PostgresSessionStore};
use leptos::prelude::provide_context;
use std::path::Path;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::services::ServeDir;
use tower_sessions::cookie::SameSite;
use tower_sessions::{Expiry, SessionManagerLayer};

/// The most bytes of a request's body: the longest form is an order of 50 lines.
const LARGEST_BODY: usize = 64 * 1024;

/// The most bytes of a body that holds a table, most of whose characters a form may write as three.
const LARGEST_TABLE: usize = 4 * backend::matching::MAX_BYTES;

/// The whole site.
pub fn build(backend: Backend, assets: Assets, site_root: &Path, secure_cookie: bool) -> Router {
    // Rendering spawns tasks; whoever builds a second router finds the executor set already.
    let _already_set = any_spawner::Executor::init_tokio();
    let state = AppState { backend: backend.clone(), assets };
    let tables = Router::new()
        .route("/api/check_matching", any(server_function).with_state(state.clone()))
        .route(app::paths::MATCHING_FILE, post(uploads::matching).with_state(backend.clone()))
        .layer(RequestBodyLimitLayer::new(LARGEST_TABLE));
    let signed_in = Router::new()
        .route("/api/{*function}", any(server_function).with_state(state.clone()))
        .route(app::paths::EVENTS, get(events::stream).with_state(events::Events::new(backend.clone())))
        .route("/reports/{id}/download", get(downloads::report).with_state(backend.clone()))
        .route(app::paths::ACTIVITY_EXPORT, get(downloads::activity).with_state(backend.clone()))
        .route(app::paths::MATCHING_EXPORT, get(downloads::customers).with_state(backend.clone()))
        .route("/customers/matching/{id}/failed.csv", get(downloads::to_correct).with_state(backend.clone()))
        .fallback(get(page).with_state(state))
        .layer(RequestBodyLimitLayer::new(LARGEST_BODY))
        .merge(tables)
        .layer(from_fn_with_state(backend.clone(), sign_in::require))
        .layer(sessions(&backend, secure_cookie))
        .layer(from_fn_with_state(BrowserCookie { secure: secure_cookie }, visitor::known))
        .layer(from_fn(headers::private))
        .layer(CompressionLayer::new());
    Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready).with_state(backend))
        .nest_service("/pkg", built_files(&site_root.join("pkg")))
        .merge(static_files(site_root))
        .merge(signed_in)
        .layer(from_fn(headers::security))
}

#[derive(Clone)]
struct AppState {
    backend: Backend,
    assets: Assets,
}

impl AppState {
    fn provide(&self) {
        provide_context(self.backend.clone());
        provide_context(self.assets.clone());
    }
}

async fn page(State(state): State<AppState>, request: Request<Body>) -> Response {
    let provide = move || state.provide();
    leptos_axum::render_app_async_with_context(provide, shell)(request).await
}

async fn server_function(State(state): State<AppState>, request: Request<Body>) -> Response {
    let provide = move || state.provide();
    let response = leptos_axum::handle_server_fns_with_context(provide, request).await.into_response();
    if response.status() == StatusCode::INTERNAL_SERVER_ERROR { with_its_own_status(response).await } else { response }
}

/// Every refusal of a server function is a 500 unless the function said otherwise, which it cannot where its arguments
/// could not be read. The error itself says whose mistake it was.
async fn with_its_own_status(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else { return parts.status.into_response() };
    if let Ok(error) = serde_json::from_slice::<AppError>(&body)
        && let Ok(status) = StatusCode::from_u16(error.status_code())
    {
        parts.status = status;
    }
    Response::from_parts(parts, Body::from(body))
}

/// Ready once the database answers.
async fn ready(State(backend): State<Backend>) -> Response {
    match backend.ping().await {
        Ok(()) => "ready".into_response(),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer").into_response()
        }
    }
}

fn sessions(backend: &Backend, secure: bool) -> SessionManagerLayer<PostgresSessionStore> {
    let store = PostgresSessionStore::new(backend);
    SessionManagerLayer::new(store)
        .with_name(if secure { "__Host-seatboard" } else { "seatboard" })
        .with_secure(secure)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(IDLE))
}

/// The files of `public/`, each by its own name; anything else is a page.
fn static_files(site_root: &Path) -> Router {
    let mut router = Router::new();
    for entry in std::fs::read_dir(site_root).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = entry.path();
        let compressed = path.extension().is_some_and(|extension| extension == "br" || extension == "gz");
        if path.is_file() && name != "manifest.json" && !compressed {
            let file = tower_http::services::ServeFile::new(path).precompressed_br().precompressed_gzip();
            router = router.route_service(&format!("/{name}"), headers::cached(file, headers::AN_HOUR));
        }
    }
    router
}

/// Names hold a hash of the content, so a browser may keep them for good.
fn built_files(folder: &Path) -> Router {
    let files = ServeDir::new(folder).precompressed_br().precompressed_gzip();
    Router::new().fallback_service(headers::cached(files, headers::IMMUTABLE))
}
