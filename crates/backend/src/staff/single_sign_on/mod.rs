//! Single sign-on at an OpenID Connect provider. An account is bound to the provider's name for a person, never to an e-mail
//! address: by a one-time link, by the person who is signed in, or, where groups give roles here, at the first sign-in of
//! somebody new.

mod account;
mod begin;
mod finish;
mod own;
mod refusal;
mod roles;
mod sql;
#[cfg(test)]
mod tests;

pub use begin::{Begun, Intent, begin};
pub use finish::{Finished, Returned, finish};
pub use own::{OwnIdentity, own_identity, release};
pub use refusal::SignOnError;
pub use roles::{InvalidRoles, RoleMapping};
pub(super) use sql::release_all;

use crate::{Backend, Result};
use domain::{AssignedRole, Role};
use oidc::Provider;

/// How single sign-on is set up.
#[derive(Debug)]
pub struct SingleSignOn {
    /// Who says who somebody is.
    pub provider: Provider,
    /// Which groups give which role; without it, roles are given in Seatboard alone.
    pub roles: Option<RoleMapping>,
    /// Whether passwords let in nobody but admins, for the day on which the provider is down.
    pub is_only: bool,
}

/// Whether people sign in by single sign-on alone.
pub fn is_only(backend: &Backend) -> bool {
    backend.single_sign_on.as_ref().is_some_and(|single_sign_on| single_sign_on.is_only)
}

/// Whether a password lets in whoever has the role.
pub fn lets_in_by_password(backend: &Backend, role: &AssignedRole) -> bool {
    !is_only(backend) || *role == Role::Admin
}

/// The issuer of the provider that is set up; `None` where none is.
pub(super) fn issuer(backend: &Backend) -> Option<&str> {
    backend.single_sign_on.as_ref().map(|single_sign_on| single_sign_on.provider.issuer())
}

/// Forgets the ways to the provider that nobody came back from.
pub(super) async fn delete_expired(backend: &Backend) -> Result<()> {
    sql::delete_expired(&backend.pool, backend.clock.now()).await
}
