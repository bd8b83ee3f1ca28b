//! Whose act an order is, as it is stored with the intent.

use crate::{Error, Result};
use domain::Permission;
use serde_json::Value;

/// As it is stored.
pub(super) fn stored_permission(permission: Permission) -> Result<String> {
    match serde_json::to_value(permission)? {
        Value::String(name) => Ok(name),
        other => Err(Error::Stored(format!("a permission without a name: {other}"))),
    }
}

/// As it was stored. Before it was, the kind tells, and in doubt it takes more.
pub(crate) fn permission_of(stored: Option<String>, kind: &str) -> Result<Permission> {
    match stored {
        Some(name) => Ok(serde_json::from_value(Value::String(name))?),
        None if matches!(kind, "sales" | "migration") => Ok(Permission::PlaceOrders),
        None => Ok(Permission::ManageSubscriptions),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_permission_is_read_back_as_it_was_stored() {
        for permission in Permission::ALL {
            let stored = stored_permission(permission).unwrap();
            assert_eq!(permission_of(Some(stored), "sales").unwrap(), permission);
        }
        assert_eq!(permission_of(None, "change").unwrap(), Permission::ManageSubscriptions);
    }
}
