//! Giving somebody another role.

use super::{begin, give_no_more, lock, sql};
use crate::activity::{self, Actor, Entry};
use crate::staff::Staff;
use crate::{Backend, Error, Result, roles};
use serde_json::json;
use uuid::Uuid;

/// Gives the person another role, which holds from their next request on. Nobody changes their own, and the last admin who can
/// sign in stays one. Fails with [`Error::Invalid`], naming `role`, where it is no role.
pub async fn change_role(backend: &Backend, by: &Staff, id: Uuid, role: &str) -> Result<()> {
    let mut db = begin(backend, by).await?;
    let concerned = lock(&mut db, by, id).await?;
    let role = roles::choose(&mut db, role).await?;
    let before = concerned.person.staff.role.clone();
    if before == role {
        return Ok(db.rollback().await?);
    }
    if by.id == id {
        return Err(Error::Conflict("Nobody changes their own role. Ask another admin.".to_owned()));
    }
    give_no_more(&concerned.by, &role)?;
    concerned.leave_an_admin(backend)?;
    let staff = Staff { role: role.clone(), ..concerned.person.staff };
    sql::set_role(&mut db, &staff).await?;
    let subject = id.to_string();
    let entry = Entry {
        before: Some(json!({ "role": before.recorded() })),
        after: Some(json!({ "role": role.recorded() })),
        ..Entry::new("staff.role_changed", "staff", &subject)
    };
    activity::record(&mut db, backend.clock.now(), Actor::Staff(by), entry).await?;
    Ok(db.commit().await?)
}
