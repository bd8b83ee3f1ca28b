//! Who is signed in where, and signing them out. Each leaves an activity row.

use super::facts::Facts;
use super::{id_hash, sql};
use crate::activity::{self, Actor, Entry};
use crate::staff::Staff;
use crate::{Backend, Error, Result};
use domain::Permission;
use serde_json::{Value, json};
use time::OffsetDateTime;
use tower_sessions::session::Id;
use uuid::Uuid;

/// A browser in which somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSession {
    /// What it is ended by. No use as a cookie.
    pub handle: Uuid,
    /// Whose it is.
    pub staff_id: Uuid,
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// What the browser calls itself.
    pub browser: Option<String>,
    /// When they signed in.
    pub signed_in_at: OffsetDateTime,
    /// When they were last seen, to the minute.
    pub seen_at: OffsetDateTime,
    /// It is the one that asks.
    pub is_this: bool,
}

/// One's own, the newest first.
pub async fn own(backend: &Backend, staff: &Staff, this: Option<Id>) -> Result<Vec<OpenSession>> {
    list(backend, Some(staff.id), this).await
}

/// Everybody's, by name.
pub async fn everybodys(backend: &Backend, staff: &Staff, this: Option<Id>) -> Result<Vec<OpenSession>> {
    staff.require(Permission::ManageSessions)?;
    list(backend, None, this).await
}

/// Signs the person out of the browser that asks. Nothing is left of the session.
pub async fn sign_out(backend: &Backend, staff: &Staff, this: Id) -> Result<()> {
    let mut db = backend.pool.begin().await?;
    sql::delete(&mut *db, &id_hash(this)).await?;
    note(&mut db, backend, staff, staff.id, "staff.signed_out", None).await?;
    Ok(db.commit().await?)
}

/// Signs a person out of one browser, their own session or, for those who may, anybody's.
pub async fn end(backend: &Backend, by: &Staff, handle: Uuid) -> Result<()> {
    let of = (!by.role.may(Permission::ManageSessions)).then_some(by.id);
    let mut db = backend.pool.begin().await?;
    let ended = sql::end_named(&mut db, handle, of, backend.clock.now()).await?;
    let (whose, data) = ended.ok_or(Error::NotFound("session"))?;
    let browser = Facts::of(&data).and_then(|facts| facts.browser);
    note(&mut db, backend, by, whose, "staff.session_ended", Some(json!({ "browser": browser }))).await?;
    Ok(db.commit().await?)
}

/// Signs the person out everywhere but in the browser that asks. Returns how many sessions ended.
pub async fn end_others(backend: &Backend, staff: &Staff, this: Id) -> Result<u64> {
    let mut db = backend.pool.begin().await?;
    let ended = sql::end_others(&mut db, staff.id, &id_hash(this), backend.clock.now()).await?;
    if ended > 0 {
        note(&mut db, backend, staff, staff.id, "staff.sessions_ended", Some(json!({ "sessions": ended }))).await?;
    }
    db.commit().await?;
    Ok(ended)
}

/// Signs somebody out everywhere, for those who may. Returns how many sessions ended.
pub async fn end_everywhere(backend: &Backend, by: &Staff, staff_id: Uuid) -> Result<u64> {
    by.require(Permission::ManageSessions)?;
    let mut db = backend.pool.begin().await?;
    let ended = sql::end_of_staff(&mut *db, staff_id, backend.clock.now()).await?;
    if ended > 0 {
        note(&mut db, backend, by, staff_id, "staff.sessions_ended", Some(json!({ "sessions": ended }))).await?;
    }
    db.commit().await?;
    Ok(ended)
}

async fn list(backend: &Backend, staff_id: Option<Uuid>, this: Option<Id>) -> Result<Vec<OpenSession>> {
    let now = backend.clock.now();
    let this = this.map(id_hash);
    let rows = sql::list(&backend.pool, staff_id, now).await?;
    let open = rows.into_iter().filter_map(|row| {
        // The limits may have been lowered since it was stored.
        let facts = Facts::of(&row.data).filter(|facts| now < facts.end(backend.session_limits).at)?;
        Some(OpenSession {
            handle: row.handle,
            staff_id: row.staff_id,
            name: row.name,
            email: row.email,
            browser: facts.browser,
            signed_in_at: facts.signed_in_at,
            seen_at: facts.seen_at,
            is_this: this.is_some_and(|this| this[..] == row.id_hash[..]),
        })
    });
    Ok(open.collect())
}

async fn note(
    db: &mut sqlx::PgConnection,
    backend: &Backend,
    by: &Staff,
    whose: Uuid,
    action: &str,
    before: Option<Value>,
) -> Result<()> {
    let id = whose.to_string();
    let entry = Entry { before, ..Entry::new(action, "staff", &id) };
    activity::record(db, backend.clock.now(), Actor::Staff(by), entry).await
}
