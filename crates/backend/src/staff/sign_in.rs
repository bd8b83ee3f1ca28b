//! Signing in. A wrong password, an unknown e-mail address and a disabled account get the same answer after the same
//! work: one look-up, one password hash, one activity row.

use super::{Staff, email, password, sql};
use crate::activity::{self, Actor, Entry};
use crate::{Backend, Error, Result};
use secrecy::SecretString;

/// Why somebody is not signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The e-mail address or the password is wrong, or the account is disabled; nobody is told which.
    #[error("The email or the password is wrong")]
    Refused,
    /// It could not be found out.
    #[error(transparent)]
    Failed(#[from] Error),
}

/// The staff member with this e-mail address (in any case, spaces around it ignored) and password. Leaves
/// `staff.signed_in` or `staff.sign_in_failed` in the activity trail, never what was typed: people type passwords into
/// the wrong field. The caller gives the session a new id and notes who it is.
pub async fn sign_in(backend: &Backend, email: &str, password: &SecretString) -> Result<Staff, SignInError> {
    let (found, hash) = match credentials(backend, email).await? {
        Some(found) => (Some((found.staff, found.disabled)), Some(found.password_hash)),
        None => (None, None),
    };
    let right = password::matches(hash, password).await?;
    match found {
        Some((staff, false)) if right => {
            note(backend, Actor::Staff(&staff), "staff.signed_in", Some(&staff)).await?;
            Ok(staff)
        }
        other => {
            let staff = other.map(|(staff, _)| staff);
            note(backend, Actor::Part("sign-in"), "staff.sign_in_failed", staff.as_ref()).await?;
            Err(SignInError::Refused)
        }
    }
}

async fn credentials(backend: &Backend, address: &str) -> Result<Option<sql::Credentials>> {
    let address = address.trim();
    // Text that cannot be an address may be text that Postgres cannot take either.
    if email::is_plausible(address) { sql::credentials(&backend.pool, address).await } else { Ok(None) }
}

async fn note(backend: &Backend, actor: Actor<'_>, action: &str, staff: Option<&Staff>) -> Result<()> {
    let id = staff.map_or_else(|| "unknown".to_owned(), |staff| staff.id.to_string());
    let mut db = backend.pool.acquire().await?;
    activity::record(&mut db, backend.clock.now(), actor, Entry::new(action, "staff", &id)).await
}
