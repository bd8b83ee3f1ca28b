//! Loaders: permission first, then the services.

use super::form::Form;
use crate::context::{backend, require, surface};
use crate::error::{AppError, Kind};
use crate::flash::{self, Flash};
use ::backend::drafts::{self, Draft};
use ::backend::staff::Staff;
use domain::Permission;

/// The forms' name in the session.
pub(super) const FORM: &str = "drafts";

/// What the page shows.
pub(super) struct Loaded {
    pub(super) drafts: Vec<Draft>,
    /// What was kept a moment ago.
    pub(super) kept: Option<String>,
    pub(super) refused: Option<Flash>,
}

/// One's own drafts.
pub(super) async fn all() -> Result<Loaded, AppError> {
    let staff = require(Permission::Browse)?;
    let drafts = drafts::of(&backend(), &staff).await.map_err(surface)?;
    Ok(Loaded { drafts, kept: flash::told(FORM).await, refused: flash::take(FORM).await })
}

/// How many of them there are.
pub(super) async fn count() -> Result<i64, AppError> {
    let staff = require(Permission::Browse)?;
    drafts::count(&backend(), &staff).await.map_err(surface)
}

/// Keeps the form at the address; answers what it is called.
pub(super) async fn keep(address: &str) -> Result<String, AppError> {
    let form = Form::at(address);
    let staff = require(form.as_ref().map_or(Permission::ChangeSeats, |form| form.permission))?;
    let form = form.ok_or_else(|| AppError::new(Kind::Invalid, "This page cannot be kept as a draft."))?;
    drafts::keep(&backend(), &staff, &form.draft).await.map_err(surface)?;
    Ok(form.draft.title)
}

/// What the form at the address asked for was placed: a draft of it has had its time. That it stays is no reason to
/// refuse an order that is placed already.
pub(crate) async fn placed(staff: &Staff, address: &str) {
    let Some(form) = Form::at(address) else { return };
    if let Err(error) = drafts::finish(&backend(), staff, &form.draft.key).await {
        tracing::warn!(%error, "the draft of an order that was placed could not be deleted");
    }
}
