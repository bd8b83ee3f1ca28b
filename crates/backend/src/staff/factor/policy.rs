//! Roles whose people must have a second factor. Nobody must unless an admin says so.

use super::sql;
use crate::activity::{self, Actor, Entry};
use crate::staff::{Staff, still};
use crate::{Backend, Error, Result, roles};
use domain::{AssignedRole, Permission};
use serde_json::json;
use uuid::Uuid;

/// Whether the people of a role must have one.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// The role, a built-in one or one that an admin made.
    pub role: AssignedRole,
    /// Whether they must.
    pub is_required: bool,
    /// Whether the person who asks may say so: their own role allows no less.
    pub may_be_changed: bool,
}

/// What is required of every role.
pub async fn requirements(backend: &Backend, by: &Staff) -> Result<Vec<Requirement>> {
    by.require(Permission::ManageStaff)?;
    let required = sql::required_roles(&mut *backend.pool.acquire().await?).await?;
    Ok(of_every_role(roles::every(backend).await?, by, &required))
}

/// Has the people of these roles have one, by the stable names of the roles, and of no other. Roles that may do more than
/// that of `by` stay as they are. Whoever has none is led to set it up with their next request. Fails with
/// [`Error::Invalid`], naming `roles`, where one is no role.
pub async fn require_of(backend: &Backend, by: &Staff, wanted: &[String]) -> Result<()> {
    by.require(Permission::ManageStaff)?;
    let every = roles::every(backend).await?;
    if !wanted.iter().all(|wanted| every.iter().any(|role| role.as_str() == wanted)) {
        return Err(Error::invalid("roles", "Choose among the roles"));
    }
    let now = backend.clock.now();
    let mut db = backend.pool.begin().await?;
    let by = &still(&mut db, by, Permission::ManageStaff).await?;
    sql::lock_policy(&mut db).await?;
    let stored = sql::required_roles(&mut db).await?;
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for Requirement { role, is_required, may_be_changed } in of_every_role(every, by, &stored) {
        let will_be = if may_be_changed { wanted.iter().any(|wanted| role.as_str() == wanted) } else { is_required };
        before.extend(is_required.then(|| role.clone()));
        after.extend(will_be.then_some(role));
    }
    if before == after {
        return Ok(db.rollback().await?);
    }
    let names: Vec<String> = after.iter().map(|role| role.as_str().to_owned()).collect();
    sql::set_required_roles(&mut db, &names, by.id, now).await?;
    let recorded = |roles: &[AssignedRole]| {
        let names: Vec<_> = roles.iter().map(AssignedRole::recorded).collect();
        Some(json!({ "roles": names }))
    };
    let entry = Entry {
        before: recorded(&before),
        after: recorded(&after),
        ..Entry::new("staff.factor_policy_changed", "policy", "second factor")
    };
    activity::record(&mut db, now, Actor::Staff(by), entry).await?;
    Ok(db.commit().await?)
}

/// Whether the person's role must have one and they have none. Asked on every request.
pub async fn must_set_up(backend: &Backend, staff_id: Uuid) -> Result<bool> {
    sql::must_set_up(&backend.pool, staff_id).await
}

fn of_every_role(roles: Vec<AssignedRole>, by: &Staff, required: &[String]) -> Vec<Requirement> {
    let requirement = |role: AssignedRole| Requirement {
        is_required: required.iter().any(|required| role.as_str() == required),
        may_be_changed: by.role.covers(&role),
        role,
    };
    roles.into_iter().map(requirement).collect()
}
