//! The loader: permission first, then the services.

use crate::context::{backend, require, surface};
use crate::error::AppError;
use backend::activity::{self, Activity};
use backend::overview::{self, Overview};
use domain::Permission;

/// Entries of the trail looked at.
const LOOKED_AT: i64 = 100;

/// Entries of the trail shown at most.
const SHOWN: usize = 8;

/// The overview, and what was done here since yesterday for those who may see it.
pub(super) async fn get() -> Result<(Overview, Option<Vec<Activity>>), AppError> {
    let role = require(Permission::Browse)?.role;
    let backend = backend();
    let overview = overview::get(&backend).await.map_err(surface)?;
    if !role.may(Permission::ViewActivity) {
        return Ok((overview, None));
    }
    let mut activity = activity::page(&backend, None, LOOKED_AT).await.map_err(surface)?;
    activity.retain(|entry| entry.at >= overview.since && !is_sign_in(entry));
    activity.truncate(SHOWN);
    Ok((overview, Some(activity)))
}

/// Signing in changes nothing.
fn is_sign_in(entry: &Activity) -> bool {
    entry.action.starts_with("staff.sign")
}
