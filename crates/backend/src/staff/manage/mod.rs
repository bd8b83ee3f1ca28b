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

use super::Staff;
use crate::{Backend, Error, Result};
use domain::{AssignedRole, Permission, Role};
use sqlx::PgConnection;
use uuid::Uuid;

/// Somebody who is locked until the transaction ends.
pub(super) struct Person {
    pub(super) staff: Staff,
    pub(super) disabled: bool,
    pub(super) has_password: bool,
    /// Single sign-on lets them in.
    is_bound: bool,
}

impl Person {
    fn can_sign_in(&self) -> bool {
        self.enabled_state() == State::Active && !self.disabled
    }

    /// What they are while they are not disabled.
    fn enabled_state(&self) -> State {
        State::new(false, self.has_password || self.is_bound)
    }
}

/// Whom an act concerns, as they are once they are locked.
pub(super) struct Concerned {
    pub(super) person: Person,
    /// The admins who can sign in, other than the person.
    other_admins: usize,
}

/// Locks the person, the one who acts and every admin; fails where the one who acts may not any more.
async fn lock(db: &mut PgConnection, by: &Staff, id: Uuid) -> Result<Concerned> {
    let people = sql::lock(db, by.id, id).await?;
    let acts = |person: &Person| {
        person.staff.id == by.id && !person.disabled && person.staff.role.may(Permission::ManageStaff)
    };
    if !people.iter().any(acts) {
        return Err(Error::Forbidden(Permission::ManageStaff));
    }
    let concerned = concerned(people, id)?;
    give_no_more(by, &concerned.person.staff.role)?;
    Ok(concerned)
}

/// Locks the person and every admin, for what no admin does.
pub(super) async fn lock_alone(db: &mut PgConnection, id: Uuid) -> Result<Concerned> {
    concerned(sql::lock(db, id, id).await?, id)
}

fn concerned(mut people: Vec<Person>, id: Uuid) -> Result<Concerned> {
    let position = people.iter().position(|person| person.staff.id == id).ok_or(Error::NotFound("staff member"))?;
    let person = people.swap_remove(position);
    let counts = |person: &&Person| person.staff.role == Role::Admin && person.can_sign_in();
    Ok(Concerned { person, other_admins: people.iter().filter(counts).count() })
}

impl Concerned {
    /// Fails where nobody would be left to look after the staff.
    pub(super) fn leave_an_admin(&self) -> Result<()> {
        if self.person.staff.role == Role::Admin && self.other_admins == 0 {
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
