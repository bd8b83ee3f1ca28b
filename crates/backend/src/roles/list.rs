//! Which roles there are.

use super::sql;
use crate::staff::Staff;
use crate::{Backend, Error, Result};
use domain::{AssignedRole, Permission, Role};

/// A role, and who has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedRole {
    /// The role.
    pub role: AssignedRole,
    /// The names of those who have it.
    pub held_by: Vec<String>,
}

/// Every role: the built-in ones in the order people are shown them, then the others by name.
pub async fn list(backend: &Backend, by: &Staff) -> Result<Vec<ListedRole>> {
    by.require(Permission::ManageRoles)?;
    listed(backend).await
}

/// One of them.
pub async fn find(backend: &Backend, by: &Staff, id: &str) -> Result<ListedRole> {
    by.require(Permission::ManageRoles)?;
    // Text that Postgres cannot take is no identifier.
    let id = Some(id).filter(|id| !id.contains('\0')).ok_or(Error::NotFound("role"))?;
    sql::roles(&backend.pool, Some(id)).await?.pop().ok_or(Error::NotFound("role"))
}

/// Those that the person may give to others: the ones that allow no more than theirs.
pub async fn that_can_be_given(backend: &Backend, by: &Staff) -> Result<Vec<AssignedRole>> {
    by.require(Permission::ManageStaff)?;
    Ok(every(backend).await?.into_iter().filter(|role| by.role.covers(role)).collect())
}

/// All of them, for what asks for a permission itself.
pub(crate) async fn every(backend: &Backend) -> Result<Vec<AssignedRole>> {
    Ok(listed(backend).await?.into_iter().map(|listed| listed.role).collect())
}

async fn listed(backend: &Backend) -> Result<Vec<ListedRole>> {
    let mut roles = sql::roles(&backend.pool, None).await?;
    // Stable: the others keep the order of their names.
    roles.sort_by_key(|listed| match &listed.role {
        AssignedRole::BuiltIn(role) => Role::ALL.iter().position(|one| one == role),
        AssignedRole::Custom(_) => Some(Role::ALL.len()),
    });
    Ok(roles)
}
