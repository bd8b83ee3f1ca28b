//! Storing a connection and forgetting it, each in one transaction with what follows from it.

use super::copy::{self, Arrival, Place};
use super::form::{Complete, Form};
use super::outcome::TestReport;
use super::sql::{self, New};
use super::stored::Held;
use super::take_up::take_up;
use super::trial::{Trial, tried};
use crate::activity::{self, Actor, Entry};
use crate::seal::{NotSealed, Purpose};
use crate::staff::Staff;
use crate::{Backend, Error, Result, budget, health};
use domain::Permission;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

/// What somebody agreed to when they saved.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wishes {
    /// Store what does not work (yet): a fresh set-up of the API can take a day.
    pub although_failed: bool,
    /// Forget the copy, where it is of another marketplace.
    pub forget_copy: bool,
}

/// What came of saving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is stored and in use.
    Yes(TestReport),
    /// It did not work, so nothing was stored.
    No(TestReport),
}

/// Tries what was typed and stores it if it works, or if that was wished for. It is in use at once, in every process.
/// Leaves `connection.tested` and `connection.changed` in the activity.
pub async fn save(backend: &Backend, staff: &Staff, form: &Form, wishes: Wishes) -> Result<Saved> {
    staff.require(Permission::ManageConnection)?;
    let complete = form.complete(backend).await?;
    let trial = tried(backend, staff, &complete).await?;
    if !trial.report.outcome.works() && !wishes.although_failed {
        return Ok(Saved::No(trial.report));
    }
    store(backend, staff, &complete, &trial, wishes).await?;
    take_up(backend).await?;
    Ok(Saved::Yes(trial.report))
}

pub(super) async fn store(
    backend: &Backend,
    staff: &Staff,
    complete: &Complete,
    trial: &Trial,
    wishes: Wishes,
) -> Result<()> {
    let now = backend.clock.now();
    let connection = &complete.connection;
    let place = Place { url: connection.base_url.clone(), code: connection.marketplace.clone() };
    let row = [&*place.url, &*place.code, &*connection.username];
    let new = New {
        place: &place,
        username: &connection.username,
        sealed_password: seal(backend, Purpose::MarketplacePassword, &row, &connection.password)?,
        sealed_key: seal(backend, Purpose::MarketplaceKey, &row, &connection.subscription_key)?,
        key_hint: hint(connection.subscription_key.expose_secret()),
        changed_by: staff.id,
    };
    let mut db = backend.pool.begin().await?;
    let in_use = Held::read_in(backend, &mut db).await?;
    let user_changed = in_use.is_some_and(|in_use| in_use.username != connection.username);
    let arrival = Arrival { place: &place, met: trial.met.as_ref(), user_changed, forget_copy: wishes.forget_copy };
    let forgotten = copy::settle(&mut db, arrival, now).await?;
    let before = Held::read_in(backend, &mut db).await?;
    if before.as_ref().map(|before| before.version) != complete.held {
        return Err(changed_meanwhile());
    }
    let moved = before.as_ref().is_none_or(|before| !before.place().is(&place));
    if moved || complete.key_changed {
        budget::reopen(&mut db).await?;
    }
    health::reset(&mut db).await?;
    sql::replace(&mut db, &new, now).await?;
    let mut after = facts(&place, new.username);
    for (fact, holds) in [
        ("password_changed", complete.password_changed),
        ("subscription_key_changed", complete.key_changed),
        ("copy_forgotten", forgotten),
    ] {
        if holds {
            after[fact] = true.into();
        }
    }
    let outcome = &trial.report.outcome;
    let entry = Entry {
        before: before.map(|before| facts(&before.place(), &before.username)),
        after: Some(after),
        note: (!outcome.works()).then(|| format!("Saved although the test failed: {}.", outcome.name())),
        ..Entry::new("connection.changed", "connection", &place.code)
    };
    activity::record(&mut db, now, Actor::Staff(staff), entry).await?;
    Ok(db.commit().await?)
}

/// What was forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forgotten {
    /// The stored connection, and the copy where it was of another marketplace.
    Connection,
    /// Only the copy: no connection was stored.
    Copy,
}

/// Forgets the stored connection; the environment's holds again, where there is one. Where nothing is stored but the copy
/// is of another marketplace than the environment's, only the copy is forgotten.
pub async fn forget(backend: &Backend, staff: &Staff, forget_copy: bool) -> Result<Forgotten> {
    staff.require(Permission::ManageConnection)?;
    let now = backend.clock.now();
    let mut db = backend.pool.begin().await?;
    let environment = backend.connecting.environment.as_ref().map(Held::environment);
    let forgotten = match &environment {
        Some(environment) => {
            let place = environment.place();
            let in_use = Held::read_in(backend, &mut db).await?;
            let user_changed = in_use.is_some_and(|in_use| in_use.username != environment.username);
            copy::settle(&mut db, Arrival { place: &place, met: None, user_changed, forget_copy }, now).await?
        }
        None => false,
    };
    let stored = sql::stored(&mut db).await?;
    if stored.is_none() && !forgotten {
        return Err(Error::Conflict("No connection is stored in Settings, so there is none to forget.".to_owned()));
    }
    health::reset(&mut db).await?;
    sql::delete(&mut db).await?;
    let mut after = environment.map_or_else(|| json!({}), |held| facts(&held.place(), &held.username));
    if forgotten {
        after["copy_forgotten"] = true.into();
    }
    let before = stored.map(|stored| facts(&Place { url: stored.url, code: stored.code }, &stored.username));
    let what = if before.is_some() { Forgotten::Connection } else { Forgotten::Copy };
    let action = match what {
        Forgotten::Connection => "connection.forgotten",
        Forgotten::Copy => "connection.copy_forgotten",
    };
    let entry = Entry { before, after: Some(after), ..Entry::new(action, "connection", "") };
    activity::record(&mut db, now, Actor::Staff(staff), entry).await?;
    db.commit().await?;
    take_up(backend).await?;
    Ok(what)
}

fn facts(place: &Place, username: &str) -> Value {
    json!({ "url": place.url, "code": place.code, "username": username })
}

fn seal(backend: &Backend, purpose: Purpose, row: &[&str], secret: &SecretString) -> Result<Vec<u8>> {
    let key = backend.connecting.sealing_key.as_ref();
    let key =
        key.ok_or_else(|| Error::Conflict("This server has no SECRET_KEY, so it can store no secret.".to_owned()))?;
    key.seal(purpose, row, secret).map_err(|error: NotSealed| Error::Stored(error.to_string()))
}

/// The last four characters, of a key so long that they give nothing away.
fn hint(key: &str) -> String {
    let key = key.trim();
    let length = key.chars().count();
    if length < SHORTEST_HINTED { String::new() } else { key.chars().skip(length - 4).collect() }
}

const SHORTEST_HINTED: usize = 16;

fn changed_meanwhile() -> Error {
    Error::Conflict(
        "Somebody else changed the connection in this moment. Look at it as it is now, then save again.".to_owned(),
    )
}

#[cfg(test)]
mod hint_tests {
    use super::hint;

    #[test]
    fn only_a_long_key_shows_its_end() {
        assert_eq!(hint(" 0123456789abcdef0123456789abcdef "), "cdef");
        assert_eq!(hint("0123456789abcde"), "");
        assert_eq!(hint(""), "");
    }
}
