//! Setting it up: a new key, and a code that shows that the app has it.

use super::{codes, is_too_late, seed, sql, totp};
use crate::activity::{self, Actor, Entry};
use crate::staff::Staff;
use crate::{Backend, Error, Result, session_store};
use ring::rand::SystemRandom;
use secrecy::{ExposeSecret, SecretString};
use tower_sessions::session::Id;

/// Makes a new key, of no use before it is confirmed. One that was begun before is forgotten.
pub async fn begin(backend: &Backend, staff: &Staff) -> Result<()> {
    let no_random = || Error::Stored("this machine gives no random numbers".to_owned());
    let seed = totp::new_seed(&SystemRandom::new()).ok_or_else(no_random)?;
    let sealed = seed::sealed(backend, staff.id, &seed)?;
    let now = backend.clock.now();
    let mut db = backend.pool.begin().await?;
    if !sql::begin(&mut db, staff.id, &sealed, now).await? {
        return Err(Error::Conflict("You have a second factor already. Remove it first.".to_owned()));
    }
    let id = staff.id.to_string();
    activity::record(&mut db, now, Actor::Staff(staff), Entry::new("staff.factor_begun", "staff", &id)).await?;
    Ok(db.commit().await?)
}

/// Puts the key in use, where the code shows that the app has it, and returns the recovery codes, one a line. Ends the person's
/// sessions other than `kept`. Fails with [`Error::Invalid`], naming `code`.
pub async fn confirm(backend: &Backend, staff: &Staff, kept: Id, code: &SecretString) -> Result<SecretString> {
    let gone =
        || Error::Conflict("This set-up was not finished in time, or begun anew elsewhere. Begin again.".to_owned());
    let now = backend.clock.now();
    let mut db = backend.pool.begin().await?;
    let row = sql::lock(&mut db, staff.id).await?.filter(|row| !is_too_late(row.begun_at, now)).ok_or_else(gone)?;
    if row.confirmed_at.is_some() {
        return Err(Error::Conflict("Your second factor is in use already.".to_owned()));
    }
    let seed = seed::opened(backend, staff.id, &row.sealed_seed).ok_or_else(gone)?;
    let typed: String = code.expose_secret().chars().filter(|c| !c.is_whitespace()).collect();
    let step = totp::digits(&typed).and_then(|typed| totp::step_of(&seed, typed, row.last_step, now));
    let step = step.ok_or_else(|| {
        Error::invalid(
            "code",
            "This is not the code that the app shows now; check that its clock is right and type the next one",
        )
    })?;
    sql::confirm(&mut db, staff.id, step, now).await?;
    let made = codes::make(&mut db, staff.id).await?;
    session_store::end_others_in(&mut db, staff.id, kept).await?;
    let id = staff.id.to_string();
    let entry = Entry {
        note: Some("Every other session was ended".to_owned()),
        ..Entry::new("staff.factor_set_up", "staff", &id)
    };
    activity::record(&mut db, now, Actor::Staff(staff), entry).await?;
    db.commit().await?;
    Ok(made)
}
