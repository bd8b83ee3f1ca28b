//! The role that somebody has: a built-in one, or one that an admin made.

use crate::{Limits, Permission, Permissions, Role};
use std::fmt;

/// A role that an admin made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomRole {
    /// Identifier.
    pub id: String,
    /// The name people read.
    pub name: String,
    /// What it allows.
    pub permissions: Permissions,
    /// How much of it at once.
    pub limits: Limits,
}

/// The role that somebody has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AssignedRole {
    /// One that is always there, and has no limits.
    BuiltIn(Role),
    /// One that an admin made.
    Custom(CustomRole),
}

impl AssignedRole {
    /// Whether the role includes the permission.
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions().may(permission)
    }

    /// What the role allows.
    pub fn permissions(&self) -> Permissions {
        match self {
            Self::BuiltIn(role) => role.permissions(),
            Self::Custom(role) => role.permissions,
        }
    }

    /// How much of it at once.
    pub fn limits(&self) -> Limits {
        match self {
            Self::BuiltIn(_) => Limits::default(),
            Self::Custom(role) => role.limits,
        }
    }

    /// The stable name of a built-in one, the identifier of another.
    pub fn as_str(&self) -> &str {
        match self {
            Self::BuiltIn(role) => role.as_str(),
            Self::Custom(role) => &role.id,
        }
    }

    /// The name people read.
    pub fn label(&self) -> &str {
        match self {
            Self::BuiltIn(role) => role.label(),
            Self::Custom(role) => &role.name,
        }
    }

    /// As it is named in the activity, which outlives a role that was deleted.
    pub fn recorded(&self) -> &str {
        match self {
            Self::BuiltIn(role) => role.as_str(),
            Self::Custom(role) => &role.name,
        }
    }

    /// Whether it is the built-in one.
    pub fn is(&self, role: Role) -> bool {
        *self == Self::BuiltIn(role)
    }

    /// Whether whoever has it may do all that whoever has the other may. Nobody gives, or takes over, more than they have.
    pub fn covers(&self, other: &Self) -> bool {
        self.permissions().covers(other.permissions()) && self.limits().cover(&other.limits())
    }
}

impl From<Role> for AssignedRole {
    fn from(role: Role) -> Self {
        Self::BuiltIn(role)
    }
}

impl PartialEq<Role> for AssignedRole {
    fn eq(&self, role: &Role) -> bool {
        self.is(*role)
    }
}

impl fmt::Display for AssignedRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limited_role_never_covers_the_same_without_limits() {
        let limits = Limits { seats_added: Some(5), ..Limits::default() };
        let permissions = Role::Technician.permissions();
        let limited = AssignedRole::Custom(CustomRole { id: "1".into(), name: "Desk".into(), permissions, limits });
        assert!(!limited.covers(&Role::Technician.into()));
        assert!(AssignedRole::from(Role::Technician).covers(&limited));
        assert!(!limited.is(Role::Technician));
    }

    #[test]
    fn an_admin_covers_every_role() {
        for role in Role::ALL {
            assert!(AssignedRole::from(Role::Admin).covers(&role.into()), "{role}");
        }
    }
}
