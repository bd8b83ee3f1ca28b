//! The loaders, and the link that a post leaves for the page: permission first, then the service.

use crate::context::{backend, require_to_see, surface};
use crate::error::AppError;
use crate::flash::{self, Flash};
use crate::paths;
use backend::roles;
use backend::staff::factor::{self, Requirement};
use backend::staff::{self, Link, Member};
use domain::{AssignedRole, Permission};
use secrecy::SecretString;
use uuid::Uuid;

/// What refused posts of the form that invites are kept under.
pub(super) const INVITE_FORM: &str = "invite_staff";

/// What refused posts of the form of second factors are kept under.
pub(super) const POLICY_FORM: &str = "factor_policy";

/// What refused posts of somebody's page are kept under.
pub(super) const MEMBER_FORM: &str = "staff_member";

/// What the page of everybody shows.
pub(super) struct Everybody {
    pub(super) members: Vec<Member>,
    /// The roles that may be given.
    pub(super) given: Vec<AssignedRole>,
    /// Which roles must have a second factor.
    pub(super) requirements: Vec<Requirement>,
    /// What the form that invites refused.
    pub(super) refused: Option<Flash>,
    /// What the form of second factors refused.
    pub(super) refused_policy: Option<Flash>,
}

/// Everybody, for whoever manages staff; a page that does not exist for others.
pub(super) async fn list() -> Result<Everybody, AppError> {
    let by = require_to_see(Permission::ManageStaff)?;
    let backend = backend();
    let members = staff::members(&backend, &by).await.map_err(surface)?;
    let given = roles::that_can_be_given(&backend, &by).await.map_err(surface)?;
    let requirements = factor::requirements(&backend, &by).await.map_err(surface)?;
    let (refused, refused_policy) = (flash::take(INVITE_FORM).await, flash::take(POLICY_FORM).await);
    Ok(Everybody { members, given, requirements, refused, refused_policy })
}

/// What somebody's page shows.
pub(super) struct Loaded {
    pub(super) member: Member,
    /// The roles that they can be given.
    pub(super) roles: Vec<AssignedRole>,
    /// Whether it is the admin's own page.
    pub(super) is_oneself: bool,
    pub(super) refused: Option<Flash>,
    /// The token of the link that was just made.
    pub(super) token: Option<SecretString>,
}

/// One person, for whoever manages staff; fails where there is nobody of that id.
pub(super) async fn member(id: String) -> Result<Loaded, AppError> {
    let by = require_to_see(Permission::ManageStaff)?;
    let backend = backend();
    let id: Uuid = id.parse().map_err(|_| surface(backend::Error::NotFound("staff member")))?;
    let member = staff::member(&backend, &by, id).await.map_err(surface)?;
    let sealed: Option<String> = flash::told(&link_of(id)).await;
    let given = roles::that_can_be_given(&backend, &by).await.map_err(surface)?;
    Ok(Loaded {
        member,
        roles: given,
        is_oneself: by.id == id,
        refused: flash::take(MEMBER_FORM).await,
        token: sealed.and_then(|sealed| staff::handed_over(&backend, &sealed)),
    })
}

/// Leaves the link for the person's page, which shows it once.
pub(super) async fn tell_of_link(id: Uuid, link: &Link) -> Result<String, AppError> {
    let sealed = staff::hand_over(&backend(), link).map_err(surface)?;
    flash::tell(&link_of(id), &sealed).await?;
    Ok(paths::staff_member(&id.to_string()))
}

fn link_of(id: Uuid) -> String {
    format!("staff_link {id}")
}
