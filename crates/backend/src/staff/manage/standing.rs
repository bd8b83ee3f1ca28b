//! Letting somebody in no more, and again.

use super::{State, begin, lock, sql};
use crate::activity::{self, Actor, Entry};
use crate::staff::{Staff, browser, link};
use crate::{Backend, Error, Result, session_store};
use serde_json::json;
use uuid::Uuid;

/// Disables the person: they are signed out everywhere at once, cannot sign in, and the link they may have cannot be used.
/// Nobody disables themselves, and the last admin who can sign in stays.
pub async fn disable(backend: &Backend, by: &Staff, id: Uuid) -> Result<()> {
    if by.id == id {
        return Err(Error::Conflict("Nobody disables themselves. Ask another admin.".to_owned()));
    }
    let mut db = begin(backend, by).await?;
    let concerned = lock(&mut db, by, id).await?;
    if concerned.person.disabled {
        return Ok(db.rollback().await?);
    }
    concerned.leave_an_admin(backend)?;
    let now = backend.clock.now();
    sql::set_disabled_at(&mut db, id, Some(now)).await?;
    link::withdraw(&mut db, id, now).await?;
    session_store::end_all_in(&mut db, id).await?;
    browser::forget_all_of(&mut db, id).await?;
    let before = concerned.person.enabled_state(backend);
    record(&mut db, backend, by, id, "staff.disabled", (before, State::Disabled)).await?;
    Ok(db.commit().await?)
}

/// Lets the person sign in again, with the password they had if they had one.
pub async fn enable(backend: &Backend, by: &Staff, id: Uuid) -> Result<()> {
    let mut db = begin(backend, by).await?;
    let person = lock(&mut db, by, id).await?.person;
    if !person.disabled {
        return Ok(db.rollback().await?);
    }
    sql::set_disabled_at(&mut db, id, None).await?;
    let after = person.enabled_state(backend);
    record(&mut db, backend, by, id, "staff.enabled", (State::Disabled, after)).await?;
    Ok(db.commit().await?)
}

async fn record(
    db: &mut sqlx::PgConnection,
    backend: &Backend,
    by: &Staff,
    id: Uuid,
    action: &str,
    (before, after): (State, State),
) -> Result<()> {
    let subject = id.to_string();
    let entry = Entry {
        before: Some(json!({ "state": before.as_str() })),
        after: Some(json!({ "state": after.as_str() })),
        ..Entry::new(action, "staff", &subject)
    };
    activity::record(db, backend.clock.now(), Actor::Staff(by), entry).await
}
