//! Who there is.

use super::sql;
use crate::staff::{Purpose, Staff, single_sign_on};
use crate::{Backend, Error, Result};
use domain::Permission;
use time::OffsetDateTime;
use uuid::Uuid;

/// Whether somebody can sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Not yet: they have no password and are not bound at the provider of single sign-on.
    Invited,
    /// Yes.
    Active,
    /// Not any more.
    Disabled,
}

impl State {
    pub(super) fn new(disabled: bool, can_enter: bool) -> Self {
        match (disabled, can_enter) {
            (true, _) => Self::Disabled,
            (false, false) => Self::Invited,
            (false, true) => Self::Active,
        }
    }

    /// The word people read.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Active => "active",
            Self::Disabled => "disabled",
        }
    }
}

/// A staff member as admins see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who it is.
    pub staff: Staff,
    /// Whether they can sign in.
    pub state: State,
    /// When they last did.
    pub last_signed_in_at: Option<OffsetDateTime>,
    /// Whether they are asked for a second factor.
    pub has_factor: bool,
    /// Whether they have a password.
    pub has_password: bool,
    /// Whether single sign-on lets them in.
    pub is_bound: bool,
    /// What the link that they have not used yet is for, and until when it can be.
    pub link: Option<(Purpose, OffsetDateTime)>,
}

/// Everybody, by name.
pub async fn members(backend: &Backend, by: &Staff) -> Result<Vec<Member>> {
    by.require(Permission::ManageStaff)?;
    sql::members(&backend.pool, None, single_sign_on::issuer(backend)).await
}

/// One of them.
pub async fn member(backend: &Backend, by: &Staff, id: Uuid) -> Result<Member> {
    by.require(Permission::ManageStaff)?;
    sql::members(&backend.pool, Some(id), single_sign_on::issuer(backend))
        .await?
        .pop()
        .ok_or(Error::NotFound("staff member"))
}
