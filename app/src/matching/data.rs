//! Loaders: permission first, then the services.

use crate::context::{backend, require, surface};
use crate::error::AppError;
use crate::flash::{self, Flash};
use ::backend::Error;
use ::backend::matching::{self, Batch, RecentBatch};
use domain::Permission;
use uuid::Uuid;

/// What refused account managers of one customer are kept under.
pub(crate) const MANAGERS_FORM: &str = "set_managers";

/// What a refused table is kept under that was typed.
pub(super) const CHECK_FORM: &str = "check_matching";

/// The same of one that was uploaded.
pub(super) const FILE_FORM: &str = "check_matching_file";

/// What a refused application of a table is kept under.
pub(super) const APPLY_FORM: &str = "apply_matching";

/// What the page to begin with shows.
pub(super) struct Start {
    /// The latest tables.
    pub(super) recent: Vec<RecentBatch>,
    /// The refused text or file.
    pub(super) refused: Option<Flash>,
}

/// The page to begin with.
pub(super) async fn start() -> Result<Start, AppError> {
    let staff = require(Permission::EditCustomers)?;
    let recent = matching::recent(&backend(), &staff).await.map_err(surface)?;
    let refused = match flash::take(CHECK_FORM).await {
        None => flash::take(FILE_FORM).await,
        refused => refused,
    };
    Ok(Start { recent, refused })
}

/// One table, and why it was not applied, if it was not.
pub(super) async fn batch(id: String) -> Result<(Batch, Option<Flash>), AppError> {
    let staff = require(Permission::EditCustomers)?;
    let batch = matching::get(&backend(), &staff, batch_id(&id)?).await.map_err(surface)?;
    Ok((batch, flash::take(APPLY_FORM).await))
}

/// The identifier in an address.
pub(super) fn batch_id(text: &str) -> Result<Uuid, AppError> {
    text.parse().map_err(|_| surface(Error::NotFound("table")))
}

/// The identifiers of the boxes that were ticked.
pub(super) fn staff_ids(ticked: &[String]) -> Result<Vec<Uuid>, AppError> {
    ticked.iter().map(|id| id.parse().map_err(|_| surface(Error::NotFound("staff member")))).collect()
}

/// The name of a staff member's box.
pub(crate) fn managers_field(staff_id: &str) -> String {
    format!("staff-{staff_id}")
}
