//! Staff members: who they are, how they come to be, how they sign in.

mod browser;
mod change_password;
mod demo;
mod email;
pub mod factor;
mod fresh;
mod guessing;
mod handover;
mod link;
mod manage;
pub mod order_proof;
mod password;
mod prove;
mod second_step;
mod sign_in;
pub mod single_sign_on;
pub(crate) mod sql;
#[cfg(test)]
mod tests;
mod token;

pub use browser::Caller;
pub use change_password::change_password;
pub use demo::upsert_demo;
pub use fresh::{FRESH, is_fresh};
pub use link::{Link, OpenLink, Purpose, Used, hand_over, handed_over, open_link, use_link};
pub(crate) use manage::still;
pub use manage::{
    Invitation, Member, NewStaff, State, change_role, disable, enable, invite, make_link, make_link_for, member,
    members, release_identity, remove_factor, remove_factor_for, set_up,
};
pub use password::MIN_CHARS as MIN_PASSWORD_CHARS;
pub use prove::{Means, means, prove};
pub use second_step::second_step;
pub use sign_in::{Entered, SignInError, sign_in};

use crate::{Backend, Result};
use domain::{AssignedRole, Permission};
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
    pub role: AssignedRole,
}

impl Staff {
    /// What they may do, in one word: another one where their role, or what it allows, is not what it was.
    pub fn rights(&self) -> String {
        format!("{} {:x}", self.role.as_str(), self.role.permissions().bits())
    }

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

/// Deletes counters of guesses that count nothing any more, browsers that nobody has used for long, and ways to the
/// provider of single sign-on that nobody came back from.
pub(crate) async fn delete_expired(backend: &Backend) -> Result<()> {
    guessing::delete_expired(backend).await?;
    browser::delete_expired(backend).await?;
    single_sign_on::delete_expired(backend).await
}
