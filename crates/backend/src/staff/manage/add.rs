//! Adding a staff member, who sets their password themselves.

use super::{begin, give_no_more, still};
use crate::activity::{self, Actor, Entry};
use crate::staff::link::{self, Link};
use crate::staff::{Purpose, Staff, email, sql};
use crate::{Backend, Error, FieldError, Result, roles};
use domain::{AssignedRole, Permission};
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

const MAX_NAME_CHARS: usize = 100;

/// What is asked about a new staff member, as it was typed.
#[derive(Clone, Debug)]
pub struct NewStaff {
    /// E-mail address to sign in with; spaces around it are dropped.
    pub email: String,
    /// Name shown to colleagues; spaces around it are dropped.
    pub name: String,
    /// Stable name of the role.
    pub role: String,
}

/// Somebody new, and the link to hand over to them.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// Who it is.
    pub staff: Staff,
    /// Sets their password.
    pub link: Link,
}

/// Adds a staff member. Fails with [`Error::Invalid`], naming the fields `email`, `name` and `role`, also when somebody has
/// the e-mail address already.
pub async fn invite(backend: &Backend, by: &Staff, new: &NewStaff) -> Result<Invitation> {
    let mut db = begin(backend, by).await?;
    let by = still(&mut db, by, Permission::ManageStaff).await?;
    let invitation = add(backend, &mut db, Some(&by), new).await?;
    db.commit().await?;
    Ok(invitation)
}

/// The same for whoever runs the installation: so the first admin comes to be.
pub async fn set_up(backend: &Backend, new: &NewStaff) -> Result<Invitation> {
    let mut db = backend.pool.begin().await?;
    let invitation = add(backend, &mut db, None, new).await?;
    db.commit().await?;
    Ok(invitation)
}

async fn add(backend: &Backend, db: &mut PgConnection, by: Option<&Staff>, new: &NewStaff) -> Result<Invitation> {
    let (actor, purpose) = match by {
        Some(staff) => (Actor::Staff(staff), Purpose::Invitation),
        None => (Actor::Part("command line"), Purpose::SetUp),
    };
    let now = backend.clock.now();
    let role = roles::choose(db, &new.role).await;
    let staff = check(new, role)?;
    if let Some(by) = by {
        give_no_more(by, &staff.role)?;
    }
    sql::insert(db, &staff, None, now).await?;
    let link = link::make(db, staff.id, purpose, by, now).await?;
    let id = staff.id.to_string();
    let after = json!({ "email": staff.email, "name": staff.name, "role": staff.role.recorded() });
    let entry = Entry { after: Some(after), ..Entry::new("staff.invited", "staff", &id) };
    activity::record(db, now, actor, entry).await?;
    Ok(Invitation { staff, link })
}

fn check(new: &NewStaff, role: Result<AssignedRole>) -> Result<Staff> {
    let (email, name) = (new.email.trim(), new.name.trim());
    let role = match role {
        Err(Error::Invalid(_)) => None,
        role => Some(role?),
    };
    let role_problem = role.is_none().then(|| roles::CHOOSE.to_owned());
    match role {
        Some(role) if email_problem(email).is_none() && name_problem(name).is_none() => {
            Ok(Staff { id: Uuid::new_v4(), email: email.to_owned(), name: name.to_owned(), role })
        }
        _ => {
            let problems = [("email", email_problem(email)), ("name", name_problem(name)), ("role", role_problem)];
            let problems = problems
                .into_iter()
                .filter_map(|(field, problem)| problem.map(|message| FieldError { field: field.to_owned(), message }));
            Err(Error::Invalid(problems.collect()))
        }
    }
}

fn email_problem(address: &str) -> Option<String> {
    (!email::is_plausible(address)).then(|| "Enter an e-mail address, such as name@company.example".to_owned())
}

fn name_problem(name: &str) -> Option<String> {
    if name.is_empty() {
        Some("Enter the name colleagues will see".to_owned())
    } else if name.chars().count() > MAX_NAME_CHARS || name.contains(char::is_control) {
        Some(format!("Enter a name of at most {MAX_NAME_CHARS} characters on one line"))
    } else {
        None
    }
}
