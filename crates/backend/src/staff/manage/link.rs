//! A new link for somebody who is there already.

use super::{Invitation, Person, begin, lock, sql};
use crate::activity::{self, Actor, Entry};
use crate::staff::link::{self, Link};
use crate::staff::{Purpose, Staff};
use crate::{Backend, Error, Result};
use serde_json::json;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// Makes a link by which the person sets a new password: an invitation where they have none yet. The one they had cannot be
/// used any more. Nobody makes one for themselves: that would be a way around their own password.
pub async fn make_link(backend: &Backend, by: &Staff, id: Uuid) -> Result<Link> {
    if by.id == id {
        return Err(Error::Conflict("Change your own password under Settings, Password.".to_owned()));
    }
    let mut db = begin(backend, by).await?;
    let person = lock(&mut db, by, id).await?.person;
    let purpose = if person.has_password { Purpose::Reset } else { Purpose::Invitation };
    let link = make(&mut db, &person, purpose, Some(by), backend.clock.now()).await?;
    db.commit().await?;
    Ok(link)
}

/// The same for whoever runs the installation, by e-mail address: so an admin gets in again when no other can help.
pub async fn make_link_for(backend: &Backend, email: &str) -> Result<Invitation> {
    let mut db = backend.pool.begin().await?;
    let person = sql::find_by_email(&mut db, email.trim()).await?.ok_or(Error::NotFound("staff member"))?;
    let purpose = if person.has_password { Purpose::Reset } else { Purpose::SetUp };
    let link = make(&mut db, &person, purpose, None, backend.clock.now()).await?;
    db.commit().await?;
    Ok(Invitation { staff: person.staff, link })
}

async fn make(
    db: &mut PgConnection,
    person: &Person,
    purpose: Purpose,
    by: Option<&Staff>,
    now: OffsetDateTime,
) -> Result<Link> {
    if person.disabled {
        return Err(Error::Conflict("This person is disabled. Enable them first.".to_owned()));
    }
    let link = link::make(db, person.staff.id, purpose, by, now).await?;
    let id = person.staff.id.to_string();
    let entry =
        Entry { after: Some(json!({ "purpose": purpose.as_str() })), ..Entry::new("staff.link_made", "staff", &id) };
    let actor = by.map_or(Actor::Part("command line"), Actor::Staff);
    activity::record(db, now, actor, entry).await?;
    Ok(link)
}
