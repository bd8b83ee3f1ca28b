//! What takes a fresh proof that it is the person themselves: everything that a permission which says so lets them do, some acts
//! on their own account, and orders from an amount on that an admin sets. Looking at pages takes none.

use crate::context;
use crate::error::{AppError, Kind};
use crate::paths;
use axum::http::request::Parts;
use backend::staff::order_proof;
use domain::{Money, Permission};
use leptos::prelude::use_context;
use uuid::Uuid;

/// Whether the signed-in person has proved lately that it is them; the server's middleware puts it into the request.
#[derive(Clone, Copy, Debug)]
pub struct Proof {
    /// They need not do so again yet.
    pub is_fresh: bool,
}

/// Acts on one's own account: whoever did them at a session that somebody left open could come in by themselves, or keep its
/// owner out. Those that ask for a password or a code anyway are not among them.
const OF_ONESELF: [&str; 6] = [
    "/api/begin_factor",
    "/api/confirm_factor",
    "/api/end_own_session",
    "/api/end_other_sessions",
    "/api/release_single_sign_on",
    paths::SINGLE_SIGN_ON,
];

/// Whether what this request wants by the permission takes a proof that is not there.
pub(crate) fn is_lacking(permission: Permission) -> bool {
    use_context::<Parts>().is_some_and(|parts| !is_fresh(&parts) && is_wanted(parts.uri.path(), permission))
}

/// Fails where placing an order at this price, by the form of this token, takes a proof that is not there.
pub(crate) async fn ensure_to_place(form_token: Uuid, shown: Option<Money>) -> Result<(), AppError> {
    let wanted = async { order_proof::is_wanted_to_place(&context::backend(), form_token, shown).await };
    ensure(wanted, context::not_placed).await
}

/// The same of approving one.
pub(crate) async fn ensure_to_approve(intent: Uuid, shown: Option<Money>) -> Result<(), AppError> {
    let wanted = async { order_proof::is_wanted_to_approve(&context::backend(), intent, shown).await };
    ensure(wanted, context::surface).await
}

async fn ensure(
    wanted: impl Future<Output = backend::Result<bool>>,
    refuse: fn(backend::Error) -> AppError,
) -> Result<(), AppError> {
    let is_given = use_context::<Parts>().is_some_and(|parts| is_fresh(&parts));
    if !is_given && wanted.await.map_err(refuse)? { Err(needed()) } else { Ok(()) }
}

fn is_fresh(parts: &Parts) -> bool {
    parts.extensions.get::<Proof>().is_some_and(|proof| proof.is_fresh)
}

fn is_wanted(path: &str, permission: Permission) -> bool {
    OF_ONESELF.contains(&path) || (path.starts_with("/api/") && permission.needs_fresh_proof())
}

/// What somebody reads who has to prove it first.
pub(crate) fn needed() -> AppError {
    context::answer(AppError::new(Kind::ProofNeeded, "Confirm it is you to go on."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changing_takes_a_proof_and_looking_does_not() {
        assert!(is_wanted("/api/invite_staff", Permission::ManageStaff));
        assert!(!is_wanted(paths::STAFF, Permission::ManageStaff));
        assert!(!is_wanted("/api/place_order", Permission::PlaceOrders));
        assert!(is_wanted("/api/begin_factor", Permission::Browse));
        assert!(!is_wanted(paths::PROFILE, Permission::Browse));
    }
}
