//! Deny by default: without a session only the pages to sign in, the way to the provider of single sign-on and back, and the
//! page to set a password by link answer, and their server functions.

use super::{denials, lapsed};
use crate::events::nothing_to_hear;
use crate::session::Left;
use app::{FrameFacts, Proof, RequestId, SignedIn};
use axum::Json;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use backend::Backend;
use backend::session_store::{HALF_STAFF_ID, LAST_SEEN_AT, PROVED_AT, RIGHTS, SIGNED_IN_AT, STAFF_ID};
use backend::staff::Staff;
use time::{Duration, OffsetDateTime};
use tower_sessions::Session;
use tracing::Instrument;
use uuid::Uuid;

/// What anybody may ask for.
const PUBLIC: [&str; 6] = [
    app::paths::SIGN_IN,
    "/api/sign_in",
    app::paths::SINGLE_SIGN_ON,
    app::paths::SINGLE_SIGN_ON_RETURN,
    app::paths::WELCOME,
    "/api/use_link",
];

/// What those may ask for besides who have shown their password and not yet their second factor.
const HALFWAY: [&str; 3] = [app::paths::CODE, "/api/second_step", "/api/sign_out"];

/// What those may ask for who must have a second factor and have none.
const SETTING_UP: [&str; 10] = [
    app::paths::SECOND_FACTOR,
    app::paths::PROVE,
    "/api/prove",
    app::paths::SINGLE_SIGN_ON,
    app::paths::SINGLE_SIGN_ON_RETURN,
    "/api/begin_factor",
    "/api/confirm_factor",
    "/api/stay_signed_in",
    "/api/sign_out",
    app::paths::SESSION,
];

/// What a script asks for by itself, and no person: nobody is led to the sign-in page from there, and it is no error to be signed
/// out.
const FOR_SCRIPTS: [&str; 2] = [app::paths::EVENTS, app::paths::SESSION];

/// Finds out who is asking, and turns away those who are nobody.
pub(crate) async fn require(
    State(backend): State<Backend>,
    session: Session,
    mut request: Request,
    next: Next,
) -> Response {
    let request_id = Uuid::now_v7().to_string();
    request.extensions_mut().insert(RequestId(request_id.clone()));
    let span = tracing::info_span!("request", request_id, method = %request.method(), path = request.uri().path());
    let shown = session.id();
    async move {
        match signed_in(&backend, &session, is_unattended(&request)).await {
            Ok(Some((staff, frame, proof))) => {
                if frame.must_set_up_factor && !SETTING_UP.contains(&request.uri().path()) {
                    return to_set_up(&request);
                }
                request.extensions_mut().insert(SignedIn(staff.clone()));
                request.extensions_mut().insert(frame);
                request.extensions_mut().insert(proof);
                denials::recorded(&backend, &staff, request, next).await
            }
            Ok(None) => {
                let knows_before = is_form(&request) && lapsed::remember(&backend, &session, shown).await;
                let turned_away = turn_away(&request);
                match (is_open(request.uri().path(), &session).await, knows_before) {
                    (true, _) => next.run(request).await,
                    (false, true) => lapsed::keep_typed(request, next).await.unwrap_or(turned_away),
                    (false, false) => turned_away,
                }
            }
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

/// Whether it is for whoever is not signed in.
async fn is_open(path: &str, session: &Session) -> bool {
    if HALFWAY.contains(&path) {
        return matches!(session.get::<Uuid>(HALF_STAFF_ID).await, Ok(Some(_)));
    }
    PUBLIC.contains(&path)
}

/// Pages ask by themselves for what changed, and browsers for what may be looked at next. That is nothing a person does, so it does not prolong their session.
fn is_unattended(request: &Request) -> bool {
    FOR_SCRIPTS.contains(&request.uri().path())
        || app::asked_by_nobody(request.method(), request.uri(), request.headers())
}

/// Posted by a browser to a server function, without wasm.
fn is_form(request: &Request) -> bool {
    request.method() == Method::POST && request.uri().path().starts_with("/api/") && wants_html(request)
}

/// The person of the session, unless it is over, what the frame of their pages shows, and whether they have proved lately that
/// it is them. Notes once a minute that they
/// were seen, unless the request is `unattended`.
async fn signed_in(
    backend: &Backend,
    session: &Session,
    unattended: bool,
) -> Result<Option<(Staff, FrameFacts, Proof)>, Box<dyn std::error::Error + Send + Sync>> {
    let Some(staff_id) = session.get::<Uuid>(STAFF_ID).await? else { return Ok(None) };
    let now = backend.clock.now();
    let signed_in_at: OffsetDateTime = session.get(SIGNED_IN_AT).await?.unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let mut seen_at: OffsetDateTime = session.get(LAST_SEEN_AT).await?.unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let (staff, has_resellers, waiting, marketplace_away, must_set_up_factor) = tokio::try_join!(
        backend::staff::find(backend, staff_id),
        backend::resellers::has_any(backend),
        backend::approvals::count(backend, staff_id),
        backend::health::notice(backend),
        backend::staff::factor::must_set_up(backend, staff_id),
    )?;
    let Some(staff) = staff else {
        session.flush().await?;
        return Ok(None);
    };
    if !unattended {
        renew_id(session, staff.rights()).await?;
    }
    if !unattended && now - seen_at > Duration::MINUTE {
        seen_at = now;
        session.insert(LAST_SEEN_AT, now).await?;
    }
    let waiting_orders = waiting.that_concerns(&staff.role);
    let session_end = backend.session_limits.end(signed_in_at, seen_at);
    let frame = FrameFacts { has_resellers, waiting_orders, marketplace_away, must_set_up_factor, session_end };
    let proof = Proof { is_fresh: backend::staff::is_fresh(backend, session.get(PROVED_AT).await?) };
    Ok(Some((staff, frame, proof)))
}

/// Gives the session a new id where what the person may do is not what it was.
async fn renew_id(session: &Session, rights: String) -> Result<(), tower_sessions::session::Error> {
    if session.get::<String>(RIGHTS).await?.as_ref() == Some(&rights) {
        return Ok(());
    }
    session.cycle_id().await?;
    session.insert(RIGHTS, rights).await
}

/// Whether a page is wanted, and not what scripts read.
pub(crate) fn wants_html(request: &Request) -> bool {
    let accept = request.headers().get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

/// People go where they set up their second factor; scripts get a 403.
fn to_set_up(request: &Request) -> Response {
    if request.uri().path() == app::paths::EVENTS {
        return nothing_to_hear();
    }
    if request.uri().path().starts_with("/api/") && !wants_html(request) {
        let error = app::AppError::new(app::Kind::Forbidden, "Set up a second factor to go on.");
        return (StatusCode::FORBIDDEN, Json(error)).into_response();
    }
    Redirect::to(app::paths::SECOND_FACTOR).into_response()
}

/// People go to the sign-in page and come back after it, or read there that what they sent was not done; scripts get a
/// 401, and pages that ask by themselves what they can understand.
fn turn_away(request: &Request) -> Response {
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let is_page = !path.starts_with("/api/") && !FOR_SCRIPTS.contains(&request.uri().path());
    // What is posted cannot be gone back to.
    let can_return = request.method() == Method::GET;
    // Of a sign-in that is under way nothing is lost, and whoever signs out is out.
    let is_lost = !request.method().is_safe() && !HALFWAY.contains(&request.uri().path());
    match (is_page, wants_html(request)) {
        (_, true) if is_lost => Redirect::to(app::paths::SIGN_IN_TO_SEND_AGAIN).into_response(),
        (true, _) if path == "/" || !can_return => Redirect::to("/sign-in").into_response(),
        (true, _) => Redirect::to(&format!("/sign-in?next={}", app::paths::segment(path))).into_response(),
        (false, true) => Redirect::to("/sign-in").into_response(),
        (false, false) if request.uri().path() == app::paths::EVENTS => nothing_to_hear(),
        (false, false) if request.uri().path() == app::paths::SESSION => Json(Left::NOTHING).into_response(),
        (false, false) => {
            let error = app::AppError::new(app::Kind::SignInNeeded, "Sign in to go on.");
            (StatusCode::UNAUTHORIZED, Json(error)).into_response()
        }
    }
}
