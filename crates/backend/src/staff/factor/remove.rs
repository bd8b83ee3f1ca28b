//! Taking it away: one's own, or that of somebody who has lost it.

use super::sql;
use crate::activity::{self, Actor, Entry};
use crate::staff::{Staff, browser};
use crate::{Backend, Error, Result, session_store};
use domain::Permission;
use sqlx::PgConnection;
use tower_sessions::session::Id;
use uuid::Uuid;

/// Removes one's own, with its recovery codes. Ends the person's sessions other than `kept`.
pub async fn remove(backend: &Backend, staff: &Staff, kept: Id) -> Result<()> {
    let mut db = backend.pool.begin().await?;
    if !sql::remove(&mut db, staff.id).await? {
        return Ok(db.rollback().await?);
    }
    session_store::end_others_in(&mut db, staff.id, kept).await?;
    note(&mut db, backend, staff, staff.id, "Every other session was ended").await?;
    Ok(db.commit().await?)
}

/// Removes somebody else's, who is signed out everywhere: from then on the password alone signs them in. Nobody's own is removed
/// so.
pub async fn remove_of(backend: &Backend, by: &Staff, id: Uuid) -> Result<()> {
    by.require(Permission::ManageStaff)?;
    if by.id == id {
        return Err(Error::Conflict("Remove your own second factor under Settings, Second factor.".to_owned()));
    }
    let mut db = backend.pool.begin().await?;
    if !sql::remove(&mut db, id).await? {
        return Ok(db.rollback().await?);
    }
    session_store::end_all_in(&mut db, id).await?;
    browser::forget_all_of(&mut db, id).await?;
    note(&mut db, backend, by, id, "Every session was ended").await?;
    Ok(db.commit().await?)
}

/// Removes it in the transaction of what is the reason for it.
pub(in crate::staff) async fn forget(db: &mut PgConnection, staff_id: Uuid) -> Result<bool> {
    sql::remove(db, staff_id).await
}

async fn note(db: &mut PgConnection, backend: &Backend, by: &Staff, whose: Uuid, note: &str) -> Result<()> {
    let id = whose.to_string();
    let entry = Entry { note: Some(note.to_owned()), ..Entry::new("staff.factor_removed", "staff", &id) };
    activity::record(db, backend.clock.now(), Actor::Staff(by), entry).await
}
