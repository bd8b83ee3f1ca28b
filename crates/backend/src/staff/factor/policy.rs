//! Roles whose people must have a second factor. Nobody must unless an admin says so.

use super::sql;
use crate::activity::{self, Actor, Entry};
use crate::staff::Staff;
use crate::{Backend, Error, Result};
use domain::{Permission, Role};
use serde_json::json;
use uuid::Uuid;

/// The roles whose people must have one.
pub async fn required_roles(backend: &Backend, by: &Staff) -> Result<Vec<Role>> {
    by.require(Permission::ManageStaff)?;
    let mut db = backend.pool.acquire().await?;
    known(&sql::required_roles(&mut db).await?)
}

/// Has the people of these roles, and of no other, have one; whoever has none is led to set it up with their next request. Fails
/// with [`Error::Invalid`], naming `roles`, where one is no role.
pub async fn require_of(backend: &Backend, by: &Staff, roles: &[String]) -> Result<()> {
    by.require(Permission::ManageStaff)?;
    let roles = known(roles).map_err(|_| Error::invalid("roles", "Choose among the roles"))?;
    let names: Vec<String> = roles.iter().map(|role| role.as_str().to_owned()).collect();
    let now = backend.clock.now();
    let mut db = backend.pool.begin().await?;
    sql::lock_policy(&mut db).await?;
    let before = sql::required_roles(&mut db).await?;
    if before.len() == names.len() && before.iter().all(|role| names.contains(role)) {
        return Ok(db.rollback().await?);
    }
    sql::set_required_roles(&mut db, &names, by.id, now).await?;
    let id = by.id.to_string();
    let entry = Entry {
        before: Some(json!({ "roles": before })),
        after: Some(json!({ "roles": names })),
        ..Entry::new("staff.factor_policy_changed", "staff", &id)
    };
    activity::record(&mut db, now, Actor::Staff(by), entry).await?;
    Ok(db.commit().await?)
}

/// Whether the person's role must have one and they have none. Asked on every request.
pub async fn must_set_up(backend: &Backend, staff_id: Uuid) -> Result<bool> {
    sql::must_set_up(&backend.pool, staff_id).await
}

fn known(roles: &[String]) -> Result<Vec<Role>> {
    let known: Result<Vec<Role>, _> = roles.iter().map(|role| role.parse()).collect();
    known.map_err(|unknown: domain::UnknownRole| Error::Stored(unknown.to_string()))
}
