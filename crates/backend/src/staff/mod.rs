//! Staff members: who they are, how they sign in.

mod create;
mod demo;
mod email;
mod password;
mod sign_in;
pub(crate) mod sql;
#[cfg(test)]
mod tests;

pub use create::{NewStaff, create};
pub use demo::upsert_demo;
pub use sign_in::{SignInError, sign_in};

use crate::{Backend, Result};
use domain::{Permission, Role};
use uuid::Uuid;

/// A signed-in staff member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// Identifier.
    pub id: Uuid,
    /// E-mail address they sign in with.
    pub email: String,
    /// Name shown to colleagues.
    pub name: String,
    /// Role.
    pub role: Role,
}

impl Staff {
    /// Fails unless the role includes the permission.
    pub fn require(&self, permission: Permission) -> crate::Result<()> {
        if self.role.may(permission) { Ok(()) } else { Err(crate::Error::Forbidden(permission)) }
    }
}

/// The staff member with this identifier; `None` when there is none or they were disabled. Asked on every request, so
/// that a changed role or a disabled account takes effect at once.
pub async fn find(backend: &Backend, id: Uuid) -> Result<Option<Staff>> {
    sql::find_enabled(&backend.pool, id).await
}
