//! What answers which request: static files, server functions, pages; and the layers around them.

use crate::middleware::limits::{self, BodyLimit};
use crate::middleware::visitor::{self, BrowserCookie};
use crate::middleware::{headers, same_site, sign_in, sign_out};
use crate::routes::Routes;
use crate::{downloads, events, session, uploads};
use app::{AppError, Assets, ExportedList, shell};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Method, Request, StatusCode, Uri, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, get_service, post};
use backend::Backend;
use backend::session_store::PostgresSessionStore;
use leptos::prelude::provide_context;
use std::path::Path;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::services::ServeDir;
use tower_sessions::cookie::SameSite;
use tower_sessions::{Expiry, SessionManagerLayer};

/// The most bytes of a request's body: the longest form is an order of 50 lines.
const LARGEST_BODY: usize = 64 * 1024;

/// The most bytes of a body that holds a table, most of whose characters a form may write as three.
const LARGEST_TABLE: usize = 4 * backend::matching::MAX_BYTES;

/// The whole site. `secure` says that people reach it by https.
pub fn build(backend: Backend, assets: Assets, site_root: &Path, secure: bool) -> Router {
    site(backend, assets, site_root, secure).into_router()
}

/// The path of each route that is neither a page nor a server function, as axum writes it.
pub fn paths(backend: Backend, assets: Assets, site_root: &Path) -> Vec<String> {
    site(backend, assets, site_root, true).into_paths()
}

fn site(backend: Backend, assets: Assets, site_root: &Path, secure: bool) -> Routes {
    // Rendering spawns tasks; whoever builds a second router finds the executor set already.
    let _already_set = any_spawner::Executor::init_tokio();
    let state = AppState { backend: backend.clone(), assets };
    let tables = Routes::default()
        .add("/api/check_matching", any(server_function).with_state(state.clone()))
        .add(app::paths::MATCHING_FILE, post(uploads::matching).with_state(backend.clone()))
        .layer(|router| router.layer(from_fn_with_state(BodyLimit::new(LARGEST_TABLE), limits::body)));
    let signed_in = Routes::default()
        .add("/api/{*function}", any(server_function).with_state(state.clone()))
        .add(app::paths::EVENTS, get(events::stream).with_state(events::Events::new(backend.clone())))
        .add(app::paths::SESSION, get(session::left).with_state(backend.clone()))
        .add("/reports/{id}/download", get(downloads::report).with_state(backend.clone()))
        .add(&app::paths::export(app::paths::ACTIVITY), get(downloads::activity).with_state(backend.clone()))
        .add(app::paths::MATCHING_EXPORT, get(downloads::customers).with_state(backend.clone()))
        .add("/customers/matching/{id}/failed.csv", get(downloads::to_correct).with_state(backend.clone()))
        .merge(lists(&backend))
        .layer(|router| router.fallback(get(page).with_state(state)))
        .layer(|router| router.layer(from_fn_with_state(BodyLimit::new(LARGEST_BODY), limits::body)))
        .merge(tables)
        .layer(|router| {
            router
                .layer(from_fn_with_state(backend.clone(), sign_in::require))
                .layer(sessions(&backend, secure))
                .layer(from_fn_with_state(BrowserCookie { secure }, visitor::known))
                .layer(from_fn_with_state(secure, sign_out::forget))
                .layer(from_fn(headers::private))
                .layer(CompressionLayer::new())
        });
    Routes::default()
        .add("/healthz", get(|| async { "ok" }))
        .add("/readyz", get(ready).with_state(backend))
        .layer(|router| router.nest_service("/pkg", built_files(&site_root.join("pkg"))))
        .merge(static_files(site_root))
        .merge(signed_in)
        .layer(|router| {
            router
                .layer(from_fn(limits::answer))
                .layer(CatchPanicLayer::custom(panicked))
                .layer(from_fn_with_state(secure, same_site::require))
                .layer(from_fn_with_state(secure, headers::security))
        })
}

/// The lists that can be taken away as files.
fn lists(backend: &Backend) -> Routes {
    ExportedList::ALL.into_iter().fold(Routes::default(), |routes, list| {
        routes.add(&list.path(), get(downloads::list).with_state((backend.clone(), list)))
    })
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

/// Forms are posted. Whoever goes to the address of one, by a bookmark or by loading again, finds that there is no such page.
async fn server_function(State(state): State<AppState>, mut request: Request<Body>) -> Response {
    if request.method() == Method::GET && sign_in::wants_html(&request) {
        return page(State(state), request).await;
    }
    forget_foreign_referer(request.headers_mut());
    let provide = move || state.provide();
    let response = leptos_axum::handle_server_fns_with_context(provide, request).await.into_response();
    if response.status() == StatusCode::INTERNAL_SERVER_ERROR { with_its_own_status(response).await } else { response }
}

/// Leptos sends a browser whose form could not be read back to where it says that it came from. That is a page of this site,
/// or nothing.
fn forget_foreign_referer(headers: &mut HeaderMap) {
    let text = |name| headers.get(name).and_then(|value: &header::HeaderValue| value.to_str().ok());
    let from = text(header::REFERER).and_then(|referer| referer.parse::<Uri>().ok());
    let host = from.as_ref().and_then(Uri::authority).map(Authority::as_str);
    if host.is_none() || host != text(header::HOST) {
        headers.remove(header::REFERER);
    }
}

/// The last resort: what went wrong is in the log, and nothing of it in the answer.
fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    tracing::error!("a request panicked");
    (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong in Seatboard. Try again.").into_response()
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

/// `Lax`, because people come by links in tickets and messages and are to find themselves signed in; what changes anything
/// is a post, and [`same_site`] looks at those. Without `Max-Age`, so that closing the browser signs out and a form that
/// comes too late still shows whose it was; the store knows when it ends. The prefix keeps the cookie from being set by
/// anything else below the same domain. Browsers take it by https only, some of them on loopback too.
fn sessions(backend: &Backend, secure: bool) -> SessionManagerLayer<PostgresSessionStore> {
    let store = PostgresSessionStore::new(backend);
    SessionManagerLayer::new(store)
        .with_name(if secure { "__Host-seatboard" } else { "seatboard" })
        .with_secure(secure)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnSessionEnd)
}

/// The files of `public/`, each by its own name; anything else is a page.
fn static_files(site_root: &Path) -> Routes {
    let mut routes = Routes::default();
    for entry in std::fs::read_dir(site_root).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = entry.path();
        let compressed = path.extension().is_some_and(|extension| extension == "br" || extension == "gz");
        if path.is_file() && name != "manifest.json" && !compressed {
            let file = tower_http::services::ServeFile::new(path).precompressed_br().precompressed_gzip();
            routes = routes.add(&format!("/{name}"), get_service(headers::cached(file, headers::AN_HOUR)));
        }
    }
    routes
}

/// Names hold a hash of the content, so a browser may keep them for good.
fn built_files(folder: &Path) -> Router {
    let files = ServeDir::new(folder).precompressed_br().precompressed_gzip();
    Router::new().fallback_service(headers::cached(files, headers::IMMUTABLE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_answered_without_what_it_said() {
        async fn panics() -> &'static str {
            panic!("5ec2e7")
        }
        let router = Router::new().route("/", get(panics)).layer(CatchPanicLayer::custom(panicked));
        let request = Request::get("/").body(Body::empty()).unwrap();
        let answer = tower::ServiceExt::oneshot(router, request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let body = to_bytes(answer.into_body(), 1024).await.unwrap();
        assert_eq!(body, "Something went wrong in Seatboard. Try again.");
    }

    #[test]
    fn a_referer_is_kept_only_where_it_is_a_page_of_this_site() {
        for (referer, kept) in [
            ("https://seatboard.example/orders/new?customer=1", true),
            ("https://evil.example/", false),
            ("https://seatboard.example.evil.example/", false),
            ("https://seatboard.example@evil.example/", false),
            ("//evil.example", false),
            ("/orders", false),
            ("nonsense", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, header::HeaderValue::from_static("seatboard.example"));
            headers.insert(header::REFERER, header::HeaderValue::from_static(referer));
            forget_foreign_referer(&mut headers);
            assert_eq!(headers.contains_key(header::REFERER), kept, "{referer}");
        }
    }
}
