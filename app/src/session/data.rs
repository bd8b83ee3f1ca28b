//! The loaders: permission first, then the service.

use super::begin::id;
use crate::context::{backend, require, require_to_see, surface};
use crate::error::{AppError, Kind};
use crate::flash::{self, Flash};
use backend::session_store::{self, OpenSession};
use domain::{AssignedRole, Permission};
use uuid::Uuid;

/// What refused posts about one's own sessions are kept under.
pub(super) const OWN_FORM: &str = "own_sessions";

/// The same about everybody's.
pub(super) const EVERYBODYS_FORM: &str = "sessions";

/// One's own role and open sessions, and what was refused about them.
pub(super) async fn own() -> Result<(AssignedRole, Vec<OpenSession>, Option<Flash>), AppError> {
    let staff = require(Permission::Browse)?;
    let sessions = session_store::own(&backend(), &staff, id().ok()).await.map_err(surface)?;
    Ok((staff.role, sessions, flash::take(OWN_FORM).await))
}

/// Everybody's open sessions, for whoever manages them, and what was refused about them.
pub(super) async fn everybodys() -> Result<(Vec<OpenSession>, Option<Flash>), AppError> {
    let staff = require_to_see(Permission::ManageSessions)?;
    let sessions = session_store::everybodys(&backend(), &staff, id().ok()).await.map_err(surface)?;
    Ok((sessions, flash::take(EVERYBODYS_FORM).await))
}

/// What a form says which session or person is meant.
pub(super) fn handle(text: &str) -> Result<Uuid, AppError> {
    text.parse().map_err(|_| AppError::new(Kind::Invalid, "This form is incomplete. Reload the page and try again."))
}
