//! One's own identity at the provider.

use super::{SignOnError, sql};
use crate::activity::{self, Actor, Entry};
use crate::staff::{Staff, manage};
use crate::{Backend, Error, Result};
use serde_json::json;
use time::OffsetDateTime;

/// The identity that an account is bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnIdentity {
    /// The e-mail address that the provider told when it was bound.
    pub email: Option<String>,
    /// Since when.
    pub bound_at: OffsetDateTime,
}

/// What the person is bound to at the provider that is set up; `None` where nothing.
pub async fn own_identity(backend: &Backend, staff: &Staff) -> Result<Option<OwnIdentity>> {
    match &backend.single_sign_on {
        Some(single_sign_on) => sql::own(&backend.pool, single_sign_on.provider.issuer(), staff.id).await,
        None => Ok(None),
    }
}

/// Binds the person to nothing any more. Fails where they would be left without a way in.
pub async fn release(backend: &Backend, staff: &Staff) -> Result<(), Error> {
    let single_sign_on = super::begin::set_up(backend).map_err(|_: SignOnError| Error::NotFound("single sign-on"))?;
    let issuer = single_sign_on.provider.issuer();
    let mut db = backend.pool.begin().await?;
    let person = manage::lock_alone(&mut db, staff.id).await?.person;
    if !super::lets_in_by_password(backend, &person.staff.role) {
        return Err(Error::Conflict(
            "Single sign-on is the only way in for you. Ask an admin if you have to be bound to another account there."
                .to_owned(),
        ));
    }
    if !person.has_password {
        return Err(Error::Conflict(
            "You have no password to sign in with. Ask an admin for a link to set one first.".to_owned(),
        ));
    }
    let subject = sql::release(&mut db, issuer, staff.id).await?.ok_or(Error::NotFound("identity"))?;
    let id = staff.id.to_string();
    let before = json!({ "issuer": issuer, "subject": subject });
    let entry = Entry { before: Some(before), ..Entry::new("staff.identity_released", "staff", &id) };
    activity::record(&mut db, backend.clock.now(), Actor::Staff(staff), entry).await?;
    Ok(db.commit().await?)
}
