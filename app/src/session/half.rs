//! Sessions of people who have shown their password and not yet their second factor. They sign nobody in.

use crate::context::{self, answer, backend, session_lost};
use crate::error::{AppError, Kind};
use crate::flash;
use backend::session_store::{HALF_AT, HALF_STAFF_ID, TYPED_BY};
use backend::staff::Staff;
use tower_sessions::Session;
use tower_sessions::session::Error;
use uuid::Uuid;

/// Starts one, under a new session id. What the same person typed after their last session had ended goes on waiting.
pub(super) async fn begin(staff: &Staff) -> Result<(), AppError> {
    let session = context::session().ok_or_else(session_lost)?;
    begin_in(&session, staff).await.map_err(|error| {
        tracing::error!(%error, "half a session could not be started");
        session_lost()
    })
}

async fn begin_in(session: &Session, staff: &Staff) -> Result<(), Error> {
    let kept = flash::kept_for(session, staff).await?;
    session.clear().await;
    session.cycle_id().await?;
    session.insert(HALF_STAFF_ID, staff.id).await?;
    session.insert(HALF_AT, backend().clock.now()).await?;
    session.insert(TYPED_BY, staff.id).await?;
    flash::keep_on(session, kept).await
}

/// Whose it is.
pub(super) async fn staff_id() -> Result<Uuid, AppError> {
    let found = match context::session() {
        Some(session) => session.get(HALF_STAFF_ID).await.ok().flatten(),
        None => None,
    };
    found.ok_or_else(|| answer(AppError::new(Kind::SignInNeeded, "Sign in with your password first.")))
}
