//! What people tried and may not do.

use super::{Actor, Entry, record, sql};
use crate::staff::Staff;
use crate::{Backend, Result};
use domain::Permission;
use serde_json::json;
use time::Duration;

/// A reload within this time is the same attempt.
const ONE_ATTEMPT: Duration = Duration::minutes(5);

/// The longest path that is kept whole, in bytes. Any can be asked for, and what is written here stays.
const LONGEST_PATH: usize = 200;

/// Leaves `access.denied`: the person asked for the path, and their role does not include the permission. Once in a few
/// minutes for each permission and path, so that a reload does not flood the trail.
pub async fn denied(backend: &Backend, staff: &Staff, permission: Permission, path: &str) -> Result<()> {
    let path = &path[..path.floor_char_boundary(LONGEST_PATH)];
    let name = format!("{permission:?}");
    let now = backend.clock.now();
    let mut db = backend.pool.begin().await?;
    if sql::denied_since(&mut db, staff.id, &name, path, now - ONE_ATTEMPT).await? {
        return Ok(db.rollback().await?);
    }
    let kind = if path.starts_with("/api/") { "function" } else { "page" };
    let entry = Entry {
        after: Some(json!({ "permission": name, "role": staff.role.recorded() })),
        note: Some(format!("A {} may not {}", staff.role, permission.description())),
        ..Entry::new("access.denied", kind, path)
    };
    record(&mut db, now, Actor::Staff(staff), entry).await?;
    Ok(db.commit().await?)
}
