//! Taking it away.

use super::prove::prove;
use super::sql;
use crate::activity::{self, Actor, Entry};
use crate::staff::Staff;
use crate::{Backend, Result, session_store};
use secrecy::SecretString;
use sqlx::PgConnection;
use tower_sessions::session::Id;
use uuid::Uuid;

/// Removes one's own, with its recovery codes, for whoever proves it once more. Ends the person's sessions other than
/// `kept`. Fails with [`Error::Invalid`](crate::Error::Invalid), naming `code`, where the code is not right.
pub async fn remove(backend: &Backend, staff: &Staff, kept: Id, code: &SecretString) -> Result<()> {
    let mut db = prove(backend, staff, code).await?;
    sql::remove(&mut db, staff.id).await?;
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
