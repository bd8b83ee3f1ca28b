//! Taking it away.

use super::sql;
use crate::activity::{self, Actor, Entry};
use crate::staff::Staff;
use crate::{Backend, Result, session_store};
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
    let id = staff.id.to_string();
    let entry = Entry {
        note: Some("Every other session was ended".to_owned()),
        ..Entry::new("staff.factor_removed", "staff", &id)
    };
    activity::record(&mut db, backend.clock.now(), Actor::Staff(staff), entry).await?;
    Ok(db.commit().await?)
}

/// Removes anybody's in the transaction of what is the reason for it. Answers whether one was in use.
pub(in crate::staff) async fn forget(db: &mut PgConnection, staff_id: Uuid) -> Result<bool> {
    sql::remove(db, staff_id).await
}
