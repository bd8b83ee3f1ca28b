//! How a session begins and ends.

use super::half;
use crate::context::{self, backend, session_lost, surface};
use crate::error::AppError;
use crate::{flash, paths, url};
use backend::session_store::{self, BROWSER, LAST_SEEN_AT, PROVED_AT, RIGHTS, SIGNED_IN_AT, STAFF_ID};
use backend::staff::{Entered, Staff, factor};
use secrecy::SecretString;
use tower_sessions::Session;
use tower_sessions::session::{Error, Id};

/// The most characters that are kept of what a browser calls itself.
const LONGEST_BROWSER: usize = 300;

/// Starts a session for whoever is let in, or half of one where their second factor is asked for next. Answers where they go:
/// to `next`, or back to the form that they sent after their last session had ended.
pub(super) async fn enter(entered: Entered, next: &str) -> Result<String, AppError> {
    let Some(browser) = entered.browser else { return enter_halfway(&entered.staff, next).await };
    begin(&entered.staff).await?;
    store().await?;
    // Another browser may have put one in use at this very moment.
    if factor::came_into_use(&backend(), entered.staff.id).await.map_err(surface)? {
        return enter_halfway(&entered.staff, next).await;
    }
    go_on(browser, next).await
}

/// The same for whoever has shown their second factor.
pub(super) async fn enter_with_factor(entered: Entered, next: &str) -> Result<String, AppError> {
    let Some(browser) = entered.browser else { return enter_halfway(&entered.staff, next).await };
    begin(&entered.staff).await?;
    go_on(browser, next).await
}

async fn enter_halfway(staff: &Staff, next: &str) -> Result<String, AppError> {
    half::begin(staff).await?;
    Ok(url::Query::default().with("next", next).link(paths::CODE))
}

async fn go_on(browser: SecretString, next: &str) -> Result<String, AppError> {
    context::visitor().mark(browser);
    Ok(flash::waiting().await.unwrap_or_else(|| next.to_owned()))
}

/// Stores the session now, and not with the answer.
async fn store() -> Result<(), AppError> {
    context::session().ok_or_else(session_lost)?.save().await.map_err(|error| {
        tracing::error!(%error, "a session could not be stored");
        session_lost()
    })
}

/// Starts a session for the staff member, under a new session id. Nothing of what was in it before stays, whoever that
/// was, but what this same person typed after their last one had ended.
async fn begin(staff: &Staff) -> Result<(), AppError> {
    let session = context::session().ok_or_else(session_lost)?;
    begin_in(&session, staff).await.map_err(|error| {
        tracing::error!(%error, "a session could not be started");
        session_lost()
    })
}

async fn begin_in(session: &Session, staff: &Staff) -> Result<(), Error> {
    let now = backend().clock.now();
    let kept = flash::kept_for(session, staff).await?;
    session.clear().await;
    session.cycle_id().await?;
    session.insert(STAFF_ID, staff.id).await?;
    session.insert(SIGNED_IN_AT, now).await?;
    session.insert(PROVED_AT, now).await?;
    session.insert(LAST_SEEN_AT, now).await?;
    session.insert(RIGHTS, staff.rights()).await?;
    if let Some(agent) = context::user_agent() {
        session.insert(BROWSER, agent.chars().take(LONGEST_BROWSER).collect::<String>()).await?;
    }
    flash::keep_on(session, kept).await
}

/// Notes that the person is there.
pub(super) async fn prolong() -> Result<(), AppError> {
    let session = context::session().ok_or_else(session_lost)?;
    session.insert(LAST_SEEN_AT, backend().clock.now()).await.map_err(|error| {
        tracing::error!(%error, "a session could not be prolonged");
        session_lost()
    })
}

/// Notes that the person has just proved that it is them. The session goes on under a new id: who knows the old one has not.
pub(super) async fn proved() -> Result<(), AppError> {
    renew().await?;
    let session = context::session().ok_or_else(session_lost)?;
    session.insert(PROVED_AT, backend().clock.now()).await.map_err(|error| {
        tracing::error!(%error, "a proof could not be kept");
        session_lost()
    })
}

/// Ends the session and forgets what it held.
pub(crate) async fn end() -> Result<(), AppError> {
    let session = context::session().ok_or_else(session_lost)?;
    if let (Some(staff), Some(id)) = (context::staff(), session.id()) {
        session_store::sign_out(&backend(), &staff, id).await.map_err(surface)?;
    }
    session.flush().await.map_err(|error| {
        tracing::error!(%error, "a session could not be ended");
        session_lost()
    })
}

/// Gives the session a new id, because what its person may do by it has changed.
pub(crate) async fn renew() -> Result<(), AppError> {
    let session = context::session().ok_or_else(session_lost)?;
    session.cycle_id().await.map_err(|error| {
        tracing::error!(%error, "a session could not be given a new id");
        session_lost()
    })
}

/// Signs out whoever is signed in, and goes on with an empty session under a new id.
pub(crate) async fn restart() -> Result<(), AppError> {
    context::session().ok_or_else(session_lost)?.clear().await;
    renew().await
}

/// The id of the session, which is not to be ended with the others.
pub(crate) fn id() -> Result<Id, AppError> {
    context::session().and_then(|session| session.id()).ok_or_else(session_lost)
}
