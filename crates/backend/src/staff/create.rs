//! Adding a staff member.

use super::{Staff, email, password, sql};
use crate::activity::{self, Actor, Entry};
use crate::{Backend, Error, FieldError, Result};
use domain::Role;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use uuid::Uuid;

/// The fewest characters of a password that is the only thing asked for.
const MIN_PASSWORD_CHARS: usize = 15;
const MAX_NAME_CHARS: usize = 100;

/// What is asked about a new staff member.
#[derive(Debug)]
pub struct NewStaff<'a> {
    /// E-mail address to sign in with; spaces around it are dropped.
    pub email: &'a str,
    /// Name shown to colleagues; spaces around it are dropped.
    pub name: &'a str,
    /// Role.
    pub role: Role,
    /// First password: 15 characters or more, at most 1,024 bytes, not the e-mail address.
    pub password: &'a SecretString,
}

/// Adds a staff member and leaves `staff.created` in the activity trail. Fails with [`Error::Invalid`], naming the
/// fields `email`, `name` and `password`, also when somebody has the e-mail address already.
pub async fn create(backend: &Backend, by: Actor<'_>, new: NewStaff<'_>) -> Result<Staff> {
    let problems = problems(&new);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let hash = password::hash(new.password).await?;
    let staff = Staff {
        id: Uuid::new_v4(),
        email: new.email.trim().to_owned(),
        name: new.name.trim().to_owned(),
        role: new.role,
    };
    let at = backend.clock.now();
    let mut db = backend.pool.begin().await?;
    sql::insert(&mut db, &staff, &hash, at).await?;
    activity::record(&mut db, at, by, created(&staff, &staff.id.to_string())).await?;
    db.commit().await?;
    Ok(staff)
}

fn created<'a>(staff: &Staff, id: &'a str) -> Entry<'a> {
    let after = json!({ "email": staff.email, "name": staff.name, "role": staff.role });
    Entry { after: Some(after), ..Entry::new("staff.created", "staff", id) }
}

fn problems(new: &NewStaff<'_>) -> Vec<FieldError> {
    [
        ("email", email_problem(new.email.trim())),
        ("name", name_problem(new.name.trim())),
        ("password", password_problem(new.password.expose_secret(), new.email.trim())),
    ]
    .into_iter()
    .filter_map(|(field, problem)| problem.map(|message| FieldError { field: field.to_owned(), message }))
    .collect()
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

fn password_problem(password: &str, address: &str) -> Option<String> {
    if password.chars().count() < MIN_PASSWORD_CHARS {
        Some(format!("Use at least {MIN_PASSWORD_CHARS} characters; a few unrelated words make a good password"))
    } else if password.len() > password::MAX_BYTES {
        Some(format!("Use a password of at most {} bytes", password::MAX_BYTES))
    } else if password.trim().to_lowercase() == address.to_lowercase() {
        Some("Use something other than the e-mail address".to_owned())
    } else {
        None
    }
}
