//! Deny by default: without a session only the pages to sign in and to set a password by link answer, and their server
//! functions.

use super::denials;
use app::{FrameFacts, RequestId, SignedIn};
use axum::Json;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use backend::Backend;
use backend::session_store::{LAST_SEEN_AT, SIGNED_IN_AT, STAFF_ID, session_is_over};
use backend::staff::Staff;
use time::{Duration, OffsetDateTime};
use tower_sessions::Session;
use tracing::Instrument;
use uuid::Uuid;

/// What anybody may ask for.
const PUBLIC: [&str; 4] = ["/sign-in", "/api/sign_in", app::paths::WELCOME, "/api/use_link"];

/// Finds out who is asking, and turns away those who are nobody, and posts that come from another site.
pub(crate) async fn require(
    State(backend): State<Backend>,
    session: Session,
    mut request: Request,
    next: Next,
) -> Response {
    let request_id = Uuid::now_v7().to_string();
    request.extensions_mut().insert(RequestId(request_id.clone()));
    if !is_same_site(&request) {
        return (StatusCode::FORBIDDEN, "This request came from another site.").into_response();
    }
    let span = tracing::info_span!("request", request_id, method = %request.method(), path = request.uri().path());
    async move {
        match signed_in(&backend, &session, is_unattended(&request)).await {
            Ok(Some((staff, frame))) => {
                request.extensions_mut().insert(SignedIn(staff.clone()));
                request.extensions_mut().insert(frame);
                denials::recorded(&backend, &staff, request, next).await
            }
            Ok(None) if PUBLIC.contains(&request.uri().path()) => next.run(request).await,
            Ok(None) => turn_away(&request),
            Err(error) => {
                tracing::error!(%error, "the session could not be read");
                (StatusCode::SERVICE_UNAVAILABLE, "Seatboard's database does not answer. Try again in a moment.")
                    .into_response()
            }
        }
    }
    .instrument(span)
    .await
}

/// Pages ask by themselves for what changed. That is nothing a person does, so it does not prolong their session.
fn is_unattended(request: &Request) -> bool {
    request.uri().path() == app::paths::EVENTS || request.headers().contains_key(app::UNATTENDED)
}

/// The person of the session, unless it is over, and what the frame of their pages shows. Notes once a minute that they
/// were seen, unless the request is `unattended`.
async fn signed_in(
    backend: &Backend,
    session: &Session,
    unattended: bool,
) -> Result<Option<(Staff, FrameFacts)>, Box<dyn std::error::Error + Send + Sync>> {
    let Some(staff_id) = session.get::<Uuid>(STAFF_ID).await? else { return Ok(None) };
    let now = backend.clock.now();
    let signed_in_at: OffsetDateTime = session.get(SIGNED_IN_AT).await?.unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let seen_at: OffsetDateTime = session.get(LAST_SEEN_AT).await?.unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let (staff, has_resellers, waiting, marketplace_away) = tokio::try_join!(
        backend::staff::find(backend, staff_id),
        backend::resellers::has_any(backend),
        backend::approvals::count(backend, staff_id),
        backend::health::notice(backend),
    )?;
    let Some(staff) = staff.filter(|_| !session_is_over(signed_in_at, seen_at, now)) else {
        session.flush().await?;
        return Ok(None);
    };
    if !unattended && now - seen_at > Duration::MINUTE {
        session.insert(LAST_SEEN_AT, now).await?;
    }
    let waiting_orders = waiting.that_concerns(staff.role);
    Ok(Some((staff, FrameFacts { has_resellers, waiting_orders, marketplace_away })))
}

/// People go to the sign-in page and come back after it; scripts get a 401.
fn turn_away(request: &Request) -> Response {
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let is_page = !path.starts_with("/api/") && request.uri().path() != app::paths::EVENTS;
    let wants_html = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    // What is posted cannot be gone back to.
    let can_return = request.method() == Method::GET;
    match (is_page, wants_html) {
        (true, _) if path == "/" || !can_return => Redirect::to("/sign-in").into_response(),
        (true, _) => Redirect::to(&format!("/sign-in?next={}", app::paths::segment(path))).into_response(),
        (false, true) => Redirect::to("/sign-in").into_response(),
        (false, false) => {
            let error = app::AppError::new(app::Kind::SignInNeeded, "Sign in to go on.");
            (StatusCode::UNAUTHORIZED, Json(error)).into_response()
        }
    }
}

/// Browsers say where a request comes from. Safe methods may come from anywhere; others only from this site.
fn is_same_site(request: &Request) -> bool {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    let header = |name: header::HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    match (header(header::HeaderName::from_static("sec-fetch-site")), header(header::ORIGIN), header(header::HOST)) {
        (Some(site), ..) => site == "same-origin",
        (None, Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, from)| from == host),
        // Neither header: not a browser, so there is no cookie to abuse.
        (None, None, _) => true,
        (None, Some(_), None) => false,
    }
}
