//! Changing one's own password.

use super::browser::Caller;
use super::guessing::{self, Counter, Try};
use super::{Staff, browser, link, password, sql};
use crate::activity::{self, Actor, Entry};
use crate::{Backend, Error, Result, session_store};
use secrecy::{ExposeSecret, SecretString};
use time::Duration;
use tower_sessions::session::Id;

/// Gives the person a new password, if they know the one they have, and returns the cookie to know this browser by from now
/// on. Ends their sessions other than `kept`, knows none of their other browsers any more and withdraws a link that was made for
/// them. Whoever sits down at an open session may not try passwords
/// as they like: wrong ones are counted, apart from those of sign-ins. Fails with [`Error::Invalid`], naming `current` and
/// `new`.
pub async fn change_password(
    backend: &Backend,
    staff: &Staff,
    caller: &Caller,
    kept: Id,
    current: &SecretString,
    new: &SecretString,
) -> Result<SecretString> {
    if let Some(problem) = password::problem(new.expose_secret(), &staff.email, &staff.name) {
        return Err(Error::invalid("new", problem));
    }
    if new.expose_secret() == current.expose_secret() {
        return Err(Error::invalid("new", "Use another password than the one you have"));
    }
    let counters = [Counter::of_change(staff.id)];
    let old_hash = check(backend, staff, current, &counters).await?;
    let hash = password::hash(new).await?;
    let now = backend.clock.now();
    let mut db = backend.pool.begin().await?;
    if !sql::exchange_password(&mut db, staff.id, &old_hash, &hash).await? {
        return Err(Error::Conflict("Your password was changed meanwhile. Sign in again.".to_owned()));
    }
    link::withdraw(&mut db, staff.id, now).await?;
    session_store::end_others_in(&mut db, staff.id, kept).await?;
    guessing::forgive(&mut db, &counters, now).await?;
    browser::forget_all_of(&mut db, staff.id).await?;
    let browser = browser::remember(&mut db, caller, staff.id, now).await?;
    let id = staff.id.to_string();
    let entry = Entry {
        note: Some("Every other session was ended".to_owned()),
        ..Entry::new("staff.password_changed", "staff", &id)
    };
    activity::record(&mut db, now, Actor::Staff(staff), entry).await?;
    db.commit().await?;
    Ok(browser)
}

/// The hash of the password that they have, where they know it.
async fn check(backend: &Backend, staff: &Staff, current: &SecretString, counters: &[Counter]) -> Result<String> {
    let place = password::place().await?;
    let then = match guessing::count(backend, counters).await? {
        Try::Now { then } => then,
        Try::TooSoon(wait) => return Err(wrong(Some(wait))),
    };
    let hash = sql::password_hash(&backend.pool, staff.id).await?;
    match hash {
        Some(hash) if place.matches(Some(hash.clone()), current).await? => Ok(hash),
        _ => {
            let id = staff.id.to_string();
            let mut db = backend.pool.acquire().await?;
            let entry = Entry::new("staff.password_refused", "staff", &id);
            activity::record(&mut db, backend.clock.now(), Actor::Staff(staff), entry).await?;
            Err(wrong(then))
        }
    }
}

fn wrong(wait: Option<Duration>) -> Error {
    let message = match wait {
        None => "This is not the password you have; type it again".to_owned(),
        Some(wait) => format!(
            "This is not the password you have, or there were too many tries; type it again in {} seconds",
            wait.whole_seconds()
        ),
    };
    Error::invalid("current", message)
}
