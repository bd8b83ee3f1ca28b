//! What admins do about staff members. Each act is one transaction with its activity row; the rows of the people concerned, and
//! of every admin, are locked first and in the same order, so that two admins cannot take each other's role at once.

mod add;
mod factor;
mod identity;
mod link;
mod list;
mod role;
mod sql;
mod standing;

pub use add::{Invitation, NewStaff, invite, set_up};
pub use factor::{remove_factor, remove_factor_for};
pub use identity::release_identity;
pub use link::{make_link, make_link_for};
pub use list::{Member, State, member, members};
pub use role::change_role;
pub use standing::{disable, enable};

pub(super) use sql::set_role;

use super::{Staff, single_sign_on};
use crate::{Backend, Error, Result};
use domain::{AssignedRole, Permission, Role};
use sqlx::PgConnection;
use uuid::Uuid;

/// Somebody who is locked until the transaction ends.
pub(super) struct Person {
    pub(super) staff: Staff,
    pub(super) disabled: bool,
    pub(super) has_password: bool,
    /// The issuers at which they have an identity, former ones included.
    bound_to: Vec<String>,
}

impl Person {
    fn can_sign_in(&self, backend: &Backend) -> bool {
        self.enabled_state(backend) == State::Active && !self.disabled
    }

    /// What they are while they are not disabled. An identity lets somebody in only at the provider that is set up.
    fn enabled_state(&self, backend: &Backend) -> State {
        let issuer = single_sign_on::issuer(backend);
        let is_bound = issuer.is_some_and(|issuer| self.bound_to.iter().any(|bound| bound == issuer));
        State::new(false, self.has_password || is_bound)
    }
}

/// Whom an act concerns, as they are once they are locked.
pub(super) struct Concerned {
    pub(super) person: Person,
    /// Whoever acts, as they are now.
    by: Staff,
    /// The admins other than the person.
    other_admins: Vec<Person>,
}

/// Locks the person, the one who acts and every admin; fails where the one who acts may not any more.
async fn lock(db: &mut PgConnection, by: &Staff, id: Uuid) -> Result<Concerned> {
    let people = sql::lock(db, by.id, id).await?;
    let acts = |person: &&Person| {
        person.staff.id == by.id && !person.disabled && person.staff.role.may(Permission::ManageStaff)
    };
    let by = people.iter().find(acts).map(|person| person.staff.clone());
    let by = by.ok_or(Error::Forbidden(Permission::ManageStaff))?;
    let concerned = concerned(people, id, Some(by))?;
    give_no_more(&concerned.by, &concerned.person.staff.role)?;
    Ok(concerned)
}

/// Locks the person and every admin, for what no admin does.
pub(super) async fn lock_alone(db: &mut PgConnection, id: Uuid) -> Result<Concerned> {
    concerned(sql::lock(db, id, id).await?, id, None)
}

fn concerned(mut people: Vec<Person>, id: Uuid, by: Option<Staff>) -> Result<Concerned> {
    let position = people.iter().position(|person| person.staff.id == id).ok_or(Error::NotFound("staff member"))?;
    let person = people.swap_remove(position);
    people.retain(|person| person.staff.role == Role::Admin);
    let by = by.unwrap_or_else(|| person.staff.clone());
    Ok(Concerned { person, by, other_admins: people })
}

/// The one who acts, as they are now. Until the transaction ends nobody gives them another role, changes what it allows or
/// disables them. Fails where they may not any more.
pub(crate) async fn still(db: &mut PgConnection, by: &Staff, permission: Permission) -> Result<Staff> {
    let by = sql::keep(db, by.id).await?.ok_or(Error::Forbidden(permission))?;
    by.require(permission)?;
    Ok(by)
}

impl Concerned {
    /// Fails where nobody would be left to look after the staff.
    pub(super) fn leave_an_admin(&self, backend: &Backend) -> Result<()> {
        if self.person.staff.role == Role::Admin && !self.other_admins.iter().any(|admin| admin.can_sign_in(backend)) {
            return Err(Error::Conflict(
                "This is the only admin who can sign in. Make somebody else an admin first.".to_owned(),
            ));
        }
        Ok(())
    }
}

/// Nobody makes somebody more powerful than they are themselves, or lays hands on somebody who is.
fn give_no_more(by: &Staff, role: &AssignedRole) -> Result<()> {
    if by.role.covers(role) {
        return Ok(());
    }
    Err(Error::Conflict(format!("The role {role} may do more than yours. Ask an admin.")))
}

/// Begins an act of somebody who has to have the permission.
async fn begin(backend: &Backend, by: &Staff) -> Result<sqlx::Transaction<'static, sqlx::Postgres>> {
    by.require(Permission::ManageStaff)?;
    Ok(backend.pool.begin().await?)
}
