//! Removing the second factor of somebody who has lost it.

use super::{begin, lock, sql};
use crate::activity::{self, Actor, Entry};
use crate::staff::{Staff, browser, factor};
use crate::{Backend, Error, Result, session_store};
use sqlx::PgConnection;
use uuid::Uuid;

/// Removes somebody else's second factor and signs them out everywhere: from then on their password alone signs them in. Nobody
/// removes their own so.
pub async fn remove_factor(backend: &Backend, by: &Staff, id: Uuid) -> Result<()> {
    if by.id == id {
        return Err(Error::Conflict("Remove your own second factor under Settings, Second factor.".to_owned()));
    }
    let mut db = begin(backend, by).await?;
    lock(&mut db, by, id).await?;
    remove(&mut db, backend, Actor::Staff(by), id).await?;
    Ok(db.commit().await?)
}

/// The same for whoever runs the installation, by e-mail address: so an admin gets in again when no other can help.
pub async fn remove_factor_for(backend: &Backend, email: &str) -> Result<Staff> {
    let mut db = backend.pool.begin().await?;
    let person = sql::find_by_email(&mut db, email.trim()).await?.ok_or(Error::NotFound("staff member"))?;
    remove(&mut db, backend, Actor::Part("command line"), person.staff.id).await?;
    db.commit().await?;
    Ok(person.staff)
}

async fn remove(db: &mut PgConnection, backend: &Backend, by: Actor<'_>, id: Uuid) -> Result<()> {
    if !factor::forget(db, id).await? {
        return Err(Error::NotFound("second factor"));
    }
    session_store::end_all_in(db, id).await?;
    browser::forget_all_of(db, id).await?;
    let subject = id.to_string();
    let entry = Entry {
        note: Some("Every session was ended".to_owned()),
        ..Entry::new("staff.factor_removed", "staff", &subject)
    };
    activity::record(db, backend.clock.now(), by, entry).await
}
