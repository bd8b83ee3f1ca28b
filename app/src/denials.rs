//! What was denied while a request was answered, for the activity.

use domain::Permission;
use std::sync::{Arc, Mutex, PoisonError};

/// The permissions that the person lacked for what they asked. The server's middleware puts an empty one into the request
/// and records what is in it afterwards: loaders and server functions need not wait for the database to say no.
#[derive(Clone, Debug, Default)]
pub struct Denials(Arc<Mutex<Vec<Permission>>>);

impl Denials {
    /// Notes that the permission was lacking.
    pub fn note(&self, permission: Permission) {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !noted.contains(&permission) {
            noted.push(permission);
        }
    }

    /// Takes out what was noted.
    pub fn take(&self) -> Vec<Permission> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permission_that_is_asked_for_twice_is_denied_once() {
        let denials = Denials::default();
        let of_the_request = denials.clone();
        for permission in [Permission::ViewCosts, Permission::PlaceOrders, Permission::ViewCosts] {
            of_the_request.note(permission);
        }
        assert_eq!(denials.take(), [Permission::ViewCosts, Permission::PlaceOrders]);
        assert!(denials.take().is_empty());
    }
}
