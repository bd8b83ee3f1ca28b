//! What a page or server function knows of its request: the backend, who is signed in, and how to answer errors.

use crate::denials::Denials;
use crate::error::{AppError, FieldMessage, Kind};
use crate::visitor::Visitor;
use crate::{proof, refusals};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use backend::Backend;
use backend::health::Notice;
use backend::session_store::End;
use backend::staff::Staff;
use backend::sync::{self, Collection};
use domain::Permission;
use leptos::prelude::{expect_context, use_context};
use leptos_axum::ResponseOptions;
use time::OffsetDateTime;
use tower_sessions::Session;
use uuid::Uuid;

/// The signed-in staff member; the server's middleware puts it into the request.
#[derive(Clone, Debug)]
pub struct SignedIn(pub Staff);

/// What the frame around every page shows; the server's middleware puts it into the request.
#[derive(Clone, Debug)]
pub struct FrameFacts {
    /// Whether the account has resellers below it.
    pub has_resellers: bool,
    /// How many orders wait for the signed-in staff member to approve them or, where they may not, to be approved for them.
    pub waiting_orders: i64,
    /// That the marketplace does not answer, while that is so.
    pub marketplace_away: Option<Notice>,
    /// Whether their role must have a second factor and they have none: they can do nothing before they have set one up.
    pub must_set_up_factor: bool,
    /// When their session ends if nothing more is done in it.
    pub session_end: End,
}

/// The session had ended when this form was posted. Nobody is signed in: what was typed is kept for who was, and nothing is
/// done. The server's middleware puts it into the request.
#[derive(Clone, Copy, Debug)]
pub struct Lapsed;

/// The header of a request that a page makes by itself, to look again. It is nothing a person does.
const UNATTENDED: &str = "x-unattended";

/// The field of the query of a page that loaded itself again, where there are no scripts. That is nothing a person does either.
pub const BY_ITSELF: &str = "by-itself";

/// Finds the log lines of one request.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// Where the built script, wasm and style sheet are, with their hashes in their names.
#[derive(Clone, Debug)]
pub struct Assets {
    /// Path of the wasm's script.
    pub js: String,
    /// Path of the wasm.
    pub wasm: String,
    /// Path of the style sheet.
    pub css: String,
}

/// The services.
pub(crate) fn backend() -> Backend {
    expect_context::<Backend>()
}

/// Who is signed in, if anybody.
pub(crate) fn staff() -> Option<Staff> {
    use_context::<Parts>()?.extensions.get::<SignedIn>().map(|signed_in| signed_in.0.clone())
}

/// Whether there is anything to see under `/resellers`.
pub(crate) fn has_resellers() -> bool {
    frame().is_some_and(|frame| frame.has_resellers)
}

/// How many orders wait for approval, as far as it concerns the signed-in staff member.
pub(crate) fn waiting_orders() -> i64 {
    frame().map_or(0, |frame| frame.waiting_orders)
}

/// Whether the signed-in staff member can do nothing before they have set up a second factor.
pub(crate) fn must_set_up_factor() -> bool {
    frame().is_some_and(|frame| frame.must_set_up_factor)
}

/// That the marketplace does not answer, while that is so.
pub(crate) fn marketplace_away() -> Option<Notice> {
    frame()?.marketplace_away
}

/// How many seconds the session of the signed-in staff member lasts if nothing more is done in it.
pub(crate) fn session_left() -> Option<i64> {
    Some((frame()?.session_end.at - backend().clock.now()).whole_seconds())
}

/// Whether the session had ended when this form was posted.
pub(crate) fn has_lapsed() -> bool {
    use_context::<Parts>().is_some_and(|parts| parts.extensions.get::<Lapsed>().is_some())
}

fn frame() -> Option<FrameFacts> {
    use_context::<Parts>()?.extensions.get::<FrameFacts>().cloned()
}

/// The signed-in staff member, if their role includes the permission and, where the act takes one, their proof that it is them
/// is fresh: the first line of every server function and loader.
pub(crate) fn require(permission: Permission) -> Result<Staff, AppError> {
    let staff = staff().ok_or_else(|| answer(AppError::new(Kind::SignInNeeded, "Sign in to go on.")))?;
    staff.require(permission).map_err(surface)?;
    if proof::is_lacking(permission) { Err(proof::needed()) } else { Ok(staff) }
}

/// The signed-in staff member, for a page that does not exist for those whose role does not include the permission.
pub(crate) fn require_to_see(permission: Permission) -> Result<Staff, AppError> {
    let staff = require(Permission::Browse)?;
    if staff.role.may(permission) {
        return Ok(staff);
    }
    note_denied(permission);
    Err(answer(AppError::new(Kind::NotFound, "There is nothing at this address, or you may not see it.")))
}

/// Whether the signed-in staff member's role includes the permission.
pub(crate) fn may(permission: Permission) -> bool {
    staff().is_some_and(|staff| staff.role.may(permission))
}

/// What somebody reads whose role does not include the permission.
pub(crate) fn not_permitted(permission: Permission) -> String {
    format!("Your role does not let you {}. Ask an admin.", permission.description())
}

/// Why the person may not do it; `None` where they may.
pub(crate) fn not_allowed(permission: Permission) -> Option<String> {
    (!may(permission)).then(|| not_permitted(permission))
}

/// The token of a posted form.
pub(crate) fn form_token(text: &str) -> Result<Uuid, AppError> {
    text.parse().map_err(|_| AppError::new(Kind::Invalid, "This form is incomplete. Open it again."))
}

/// How old a list is: as old as its oldest row or, where nothing matches, as the whole collection.
pub(crate) async fn list_as_of(
    rows: impl Iterator<Item = OffsetDateTime>,
    collection: Collection,
) -> Result<Option<OffsetDateTime>, AppError> {
    match rows.min() {
        None => sync::as_of(&backend(), collection).await.map_err(surface),
        oldest => Ok(oldest),
    }
}

/// The path of this request.
pub(crate) fn path() -> Option<String> {
    use_context::<Parts>().map(|parts| parts.uri.path().to_owned())
}

/// What the browser calls itself.
pub(crate) fn user_agent() -> Option<String> {
    let parts = use_context::<Parts>()?;
    Some(parts.headers.get(header::USER_AGENT)?.to_str().ok()?.to_owned())
}

/// The session of this request.
pub(crate) fn session() -> Option<Session> {
    use_context::<Parts>()?.extensions.get::<Session>().cloned()
}

/// Where the request comes from.
pub(crate) fn visitor() -> Visitor {
    use_context::<Parts>().and_then(|parts| parts.extensions.get::<Visitor>().cloned()).unwrap_or_default()
}

/// What somebody reads whose session could not be stored.
pub(crate) fn session_lost() -> AppError {
    answer(AppError::new(Kind::Internal, "The session could not be kept. Try again."))
}

/// Turns a service's error into what the person sees, and sets the response's status to it.
pub(crate) fn surface(error: backend::Error) -> AppError {
    answer(explain(error))
}

/// Turns a service's error into what the person sees; logs what they must not see.
pub(crate) fn explain(error: backend::Error) -> AppError {
    use backend::Error;
    let reference = request_id();
    let mut shown = match &error {
        Error::NotFound(what) => AppError::new(Kind::NotFound, format!("There is no such {what}.")),
        Error::Invalid(fields) => AppError {
            fields: fields
                .iter()
                .map(|field| FieldMessage { field: field.field.clone(), message: field.message.clone() })
                .collect(),
            ..AppError::new(Kind::Invalid, "Some of what was entered cannot be used.")
        },
        Error::Conflict(message) | Error::Unknown(message) => AppError::new(Kind::Conflict, message.clone()),
        Error::Forbidden(permission) => {
            note_denied(*permission);
            AppError::new(Kind::Forbidden, not_permitted(*permission))
        }
        Error::NotConnected => AppError::new(
            Kind::Marketplace,
            "No marketplace connection is configured. Ask an admin to connect the marketplace.",
        ),
        Error::Marketplace(error) => refusals::explain(error),
        Error::Busy => AppError::new(
            Kind::Busy,
            "Too many people are signing in at this moment. Nothing was changed. Try again in a few seconds.",
        ),
        Error::Database(_) | Error::Stored(_) => {
            tracing::error!(error = %error, request_id = reference.as_deref(), "a request failed");
            AppError::new(Kind::Internal, "Something went wrong in Seatboard. Nothing was changed. Try again.")
        }
    };
    shown.reference = reference;
    shown
}

/// As [`surface`], for an order that was not placed: it says so, unless nobody knows.
pub(crate) fn not_placed(error: ::backend::Error) -> AppError {
    let is_certain = !matches!(error, ::backend::Error::Unknown(_));
    let shown = surface(error);
    if is_certain { shown.nothing_ordered() } else { shown }
}

/// Sets the response's status to the error's, except on a plain form post, which is answered by a redirect.
pub(crate) fn answer(error: AppError) -> AppError {
    if let Some(response) = use_context::<ResponseOptions>()
        && !is_form_post()
        && let Ok(status) = StatusCode::from_u16(error.status_code())
    {
        response.set_status(status);
    }
    error
}

/// A form posted by a browser without wasm: it wants a page, not JSON.
pub(crate) fn is_form_post() -> bool {
    use_context::<Parts>().is_some_and(|parts| {
        parts.method == Method::POST
            && parts.uri.path().starts_with("/api/")
            && parts
                .headers
                .get(header::ACCEPT)
                .and_then(|accept| accept.to_str().ok())
                .is_some_and(|accept| accept.contains("text/html"))
    })
}

/// Whether what answers, or what a posted form leads to, is a page, and not what a script reads.
pub(crate) fn is_page() -> bool {
    is_form_post() || path().is_some_and(|path| !path.starts_with("/api/"))
}

fn note_denied(permission: Permission) {
    if let Some(parts) = use_context::<Parts>()
        && let Some(denials) = parts.extensions.get::<Denials>()
    {
        denials.note(permission);
    }
}

/// A page looks again by itself, or a browser fetches it before anybody asked for it.
pub(crate) fn is_unattended() -> bool {
    use_context::<Parts>().is_some_and(|parts| asked_by_nobody(&parts.method, &parts.uri, &parts.headers))
}

/// What somebody opens. `look_at` also has read what the copy lacks of it, which nobody needs where nobody asked: then it is
/// what `get` finds.
pub(crate) async fn opened<T>(
    get: impl Future<Output = backend::Result<T>>,
    look_at: impl Future<Output = backend::Result<T>>,
) -> Result<T, AppError> {
    let found = if is_unattended() { get.await } else { look_at.await };
    found.map_err(surface)
}

/// Whether a request is nothing a person does: one of a page that looks, or loads itself, again, or of a browser that fetches
/// what somebody may look at next.
pub fn asked_by_nobody(method: &Method, uri: &Uri, headers: &HeaderMap) -> bool {
    let is_by_itself = |query: &str| query.split('&').any(|field| field.split('=').next() == Some(BY_ITSELF));
    if method == Method::GET && uri.query().is_some_and(is_by_itself) {
        return true;
    }
    let purpose = headers.get("sec-purpose").and_then(|purpose| purpose.to_str().ok());
    headers.contains_key(UNATTENDED) || purpose.is_some_and(|purpose| purpose.contains("prefetch"))
}

/// What finds the log lines of this request.
pub(crate) fn request_id() -> Option<String> {
    use_context::<Parts>()?.extensions.get::<RequestId>().map(|id| id.0.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;
    use domain::Role;
    use leptos::prelude::{Owner, provide_context};
    use uuid::Uuid;

    fn as_seen_by(role: Role) -> Result<(), Kind> {
        let staff = Staff {
            id: Uuid::nil(),
            email: "a@seatboard.example".to_owned(),
            name: "Ana Reyes".to_owned(),
            role: role.into(),
        };
        let (mut parts, ()) = Request::new(()).into_parts();
        parts.extensions.insert(SignedIn(staff));
        Owner::new().with(|| {
            provide_context(parts);
            require_to_see(Permission::ViewActivity).map(drop).map_err(|error| error.kind)
        })
    }

    #[test]
    fn what_a_technician_may_not_see_does_not_exist() {
        assert_eq!(as_seen_by(Role::Technician), Err(Kind::NotFound));
    }

    #[test]
    fn an_account_manager_sees_it() {
        assert_eq!(as_seen_by(Role::AccountManager), Ok(()));
    }

    #[test]
    fn whoever_comes_when_too_many_sign_in_is_told_that_it_was_not_begun() {
        let shown = Owner::new().with(|| explain(backend::Error::Busy));
        assert_eq!((shown.kind, shown.status_code()), (Kind::Busy, 503));
        assert!(shown.message.contains("Nothing was changed."), "{}", shown.message);
    }
}
