//! Staff members: who they are, how they sign in.

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
