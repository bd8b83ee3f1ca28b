//! Releasing somebody from single sign-on.

use super::{begin, lock};
use crate::activity::{self, Actor, Entry};
use crate::staff::{Staff, browser, single_sign_on};
use crate::{Backend, Error, Result, session_store};
use serde_json::{Value, json};
use uuid::Uuid;

/// Binds somebody else to nothing any more and signs them out everywhere: from then on only a password that they have lets
/// them in, or a new link. The last admin who can sign in stays one. Nobody releases themselves so.
pub async fn release_identity(backend: &Backend, by: &Staff, id: Uuid) -> Result<()> {
    if by.id == id {
        return Err(Error::Conflict("Stop using single sign-on yourself under Settings, Profile.".to_owned()));
    }
    let mut db = begin(backend, by).await?;
    let concerned = lock(&mut db, by, id).await?;
    if !concerned.person.has_password {
        concerned.leave_an_admin(backend)?;
    }
    let released = single_sign_on::release_all(&mut db, id).await?;
    if released.is_empty() {
        return Err(Error::NotFound("identity"));
    }
    session_store::end_all_in(&mut db, id).await?;
    browser::forget_all_of(&mut db, id).await?;
    let was: Vec<Value> =
        released.into_iter().map(|(issuer, subject)| json!({ "issuer": issuer, "subject": subject })).collect();
    let subject = id.to_string();
    let entry = Entry {
        before: Some(json!({ "identities": was })),
        note: Some("Every session was ended".to_owned()),
        ..Entry::new("staff.identity_withdrawn", "staff", &subject)
    };
    activity::record(&mut db, backend.clock.now(), Actor::Staff(by), entry).await?;
    Ok(db.commit().await?)
}
